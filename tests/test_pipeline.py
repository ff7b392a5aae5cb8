"""The whole run: same input same report, quotes where they are said to be, nothing lost.

Long, for each test is about the whole run; each stands alone.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import audit
from audit import rules
from audit.corpus import audit_corpus
from audit.engines import Engine, local
from audit.engines.local import LocalEngine
from audit.settings import Settings
from tests import quotes
from tests.conftest import SAMPLES, Ran, environment
from tests.reading.conftest import Reading

RULES = rules.load()
FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # to shrink would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# Sentences that make claims, name dates and sums, attribute, and carry slips.
SENTENCES = (
    "The mayor of Brannock, Ruth Ander, resigned on Monday, March 1, 2021.",
    "The council of Brannock signed the contract for the dam on 12 March 2021.",
    "The council of Brannock signed the contract for the dam on 9 April 2021.",
    "The dam will cost 410 million crowns, the ministry said.",
    "The dam will cost 140 million crowns, the ministry said.",
    "Four people were killed when the ferry sank off Gull Point on Tuesday.",
    "Seven people were killed when the ferry sank off Gull Point on Tuesday.",
    "Many believe that the plant will close, though the company denied it.",
    "“We never signed it,” Karin Thule told reporters on 2021-03-14.",
    "Officials who asked not to be named said that the plant would not be closed.",
    "Share on Facebook Share on Twitter ADVERTISEMENT",
    "It is raining ropes in the capital since two weeks, informs the agency.",
    "According to the harbour office, 1,200 crabs were landed in 2019 — a record.",
    "La ville a perdu deux millions de couronnes, selon le conseil municipal.",
    "Die Stadt hat im Januar zwei Millionen Kronen verloren, sagte der Rat.",
    "In July 2019 the country bought the S-400 system that it had ordered in December 2017.",
)
STORIES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9).map(" ".join)
WILD = st.text(st.characters(codec="utf-8"), max_size=60)
SOURCES = st.sampled_from(["Brannock Post", "Gull Wire", "Le Quai", None])
DAYS = st.sampled_from(["2021-03-02", "2021-04-10", "2019-07-15T08:00:00Z", "soon", None])
DOCUMENTS = st.fixed_dictionaries(
    {"text": STORIES | STORIES | STORIES | WILD, "source": SOURCES, "published": DAYS}
)
CORPORA = st.lists(DOCUMENTS, min_size=2, max_size=9).map(
    lambda found: [{"id": f"d{n}", **document} for n, document in enumerate(found)]
)


def written(folder: Path, documents: Sequence[dict[str, Any]], name: str = "c.jsonl") -> str:
    """The documents as a file of JSON lines."""
    place = folder / name
    place.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return str(place)


def audited(machine: Engine, *inputs: str) -> tuple[dict[str, Any], dict[str, list[dict]]]:
    """The report but for its run block, and the tables, both as plain values."""
    report, tables = audit_corpus(machine, Settings(inputs=inputs), RULES, lambda stage: None)
    plain = report.to_dict()
    del plain["run"]
    rows = {
        name: sorted(
            (row for batch in batches for row in batch.to_dicts()),
            key=lambda row: json.dumps(row, sort_keys=True),
        )
        for name, batches in tables.items()
    }
    return plain, rows


def balanced(report: audit.Report) -> bool:
    files, documents = report.summary.files, report.summary.documents
    states = [document.state for document in report.documents]
    return (
        files.found == files.read + files.skipped + files.failed
        and documents.found == documents.audited + documents.skipped + documents.failed
        and states.count("audited") == documents.audited
        and states.count("skipped") == documents.skipped
        and states.count("failed") == documents.failed
    )


# Same input, same report ----


@FEW
@given(data=st.data())
def test_order_and_batches_change_nothing(data: st.DataObject) -> None:
    documents = data.draw(CORPORA)
    mixed = data.draw(st.permutations(documents))
    rows = data.draw(st.integers(1, 5))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with LocalEngine(1) as machine:
            whole = audited(machine, written(folder, documents))
        with LocalEngine(1, rows=rows) as machine:
            again = audited(machine, written(folder, mixed))
    assert again[0] == whole[0]
    assert again[1] == whole[1]


def test_order_of_inputs_and_workers_change_nothing(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "PATIENCE", -1.0)
    parts = sorted(str(path) for path in SAMPLES.iterdir())
    with LocalEngine(2, rows=7) as machine:
        backward = audited(machine, *reversed(parts))
        assert machine._pool is not None
    with LocalEngine(1) as machine:
        forward = audited(machine, *parts)
    assert backward == forward
    with LocalEngine(2, rows=3) as machine:
        whole, _ = audited(machine, str(SAMPLES))
    first = ran.report.to_dict()
    del first["run"]
    assert whole == first


SCRIPT = """
import sys
import audit
folder, inputs = sys.argv[1], sys.argv[2:]
names = ("json:report.json", "html:report.html", "csv:report.csv")
places = [name.replace(":", f":{folder}/") for name in (*names, "tables:tables", "parquet:parquet")]
audit.run(inputs, output=places, jobs=1)
"""


def test_two_processes_write_the_same_bytes(ran: Ran, tmp_path: Path) -> None:
    """The other process has its own hash seed and another place, zone and language."""
    more = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-", str(tmp_path), str(SAMPLES)],
        input=SCRIPT,
        text=True,
        cwd=tmp_path,
        env=environment(**more),
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 3 + 10 + 10
    for path in made:
        twin = ran.folder / path.relative_to(tmp_path)
        assert _digest(path) == _digest(twin), path.name


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@FEW
@given(documents=CORPORA, at=st.integers(0, 9))
def test_an_unrelated_document_changes_no_other(documents: list[dict], at: int) -> None:
    stranger = {"id": "zz", "text": "Ζητείται βάρκα στο λιμάνι της Θάσου.", "source": "Ξένος"}
    with tempfile.TemporaryDirectory() as name, LocalEngine(1) as machine:
        alone, _ = audited(machine, written(Path(name), documents))
        more = [*documents[:at], stranger, *documents[at:]]
        beside, _ = audited(machine, written(Path(name), more))
    for part in ("findings", "documents", "clusters", "events", "sources"):
        key = "document" if part == "findings" else "id"
        kept = [row for row in beside[part] if row[key] not in ("zz", "Ξένος")]
        assert kept == alone[part], part


# Quotes ----


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    docs = Reading(str(SAMPLES)).docs
    return dict(docs.select("id", "text").iter_rows())


def test_every_quote_of_the_report_stands_where_it_is_said(ran: Ran, texts: dict) -> None:
    pointed = list(quotes.of_report(ran.report.to_dict()))
    kinds = {kind for kind, *_ in pointed}
    assert kinds >= {"finding", "passage", "altered", "comparison", "claim", "check first"}
    assert quotes.wrong(pointed, texts) == []
    for document in ran.report.documents:
        assert document.text is None or document.text == texts[document.id]


def test_every_quote_of_the_tables_stands_where_it_is_said(ran: Ran, texts: dict) -> None:
    tables = {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in (ran.folder / "tables").glob("*.jsonl")
    }
    pointed = list(quotes.of_tables(tables))
    assert {kind for kind, *_ in pointed} == {
        "finding",
        "passage",
        "altered",
        "comparison",
        "claim",
    }
    assert quotes.wrong(pointed, texts) == []


def test_every_quote_of_inspect_stands_where_it_is_said(texts: dict) -> None:
    given = [{"id": name, "text": text} for name, text in texts.items() if text]
    notes = audit.inspect(given)
    assert [note["id"] for note in notes] == [document["id"] for document in given]
    pointed = [one for note in notes for one in quotes.of_note(note)]
    kinds = {kind for kind, *_ in pointed}
    assert kinds >= {"dates", "quantities", "attribution", "claim", "role", "findings", "mixed"}
    assert quotes.wrong(pointed, texts) == []


def test_every_quote_of_compare_stands_where_it_is_said(texts: dict) -> None:
    told = "Ruth Ander, the mayor, said that {dam} by the council of Brannock. {cost}, she said."
    signed = "the contract for the Ravel dam was signed on {} 2021"
    price = "The price of the Ravel dam is {} million crowns"
    a, b = (
        told.format(dam=signed.format(day), cost=price.format(sum))
        for day, sum in (("12 March", 410), ("9 April", 140))
    )
    wire, copy = texts["meridian-wire/dam-contract.txt"], texts["coast-post/dam.html"]
    seen: set[str] = set()
    for one, two in ((a, b), (wire, copy), (copy, wire)):
        pair = audit.compare({"id": "a", "text": one}, {"id": "b", "text": two})
        pointed = list(quotes.of_comparison(pair))
        seen |= {kind for kind, *_ in pointed}
        assert quotes.wrong(pointed, {"a": one, "b": two}) == []
    assert seen == {"passage", "altered", "comparison"}


@FEW
@given(documents=CORPORA)
def test_quotes_and_counts_hold_on_any_corpus(documents: list[dict]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = written(Path(name), documents)
        kept = dict(Reading(place).docs.select("id", "text").iter_rows())
        report = audit.run([place], jobs=1)
    assert balanced(report)
    assert report.summary.documents.found == len(documents)
    assert quotes.wrong(quotes.of_report(report.to_dict()), kept) == []
    read = [{"id": name, "text": text} for name, text in kept.items()]
    pointed = [one for note in audit.inspect(read) for one in quotes.of_note(note)]
    assert quotes.wrong(pointed, kept) == []


def test_counts_of_the_samples_add_up(ran: Ran) -> None:
    assert balanced(ran.report)


# Copies ----


@FEW
@given(
    documents=CORPORA,
    text=st.lists(st.sampled_from(SENTENCES), min_size=6, unique=True).map(" ".join) | WILD,
)
def test_an_exact_copy_is_always_found(documents: list[dict], text: str) -> None:
    twins = [{"id": name, "text": text, "source": name} for name in ("t1", "t2")]
    with tempfile.TemporaryDirectory() as name:
        place = written(Path(name), [twins[0], *documents, twins[1]])
        report = audit.run([place], jobs=1)
    if not any(c.isalnum() for c in text):
        return
    together = [c for c in report.clusters if {"t1", "t2"} <= set(c.documents)]
    assert len(together) == 1
    pair = next(p for p in together[0].pairs if {p.a, p.b} == {"t1", "t2"})
    assert (pair.relation, pair.similarity) == ("identical", 1.0)
    assert (pair.contained.a, pair.contained.b) == (1.0, 1.0)


MIRROR = {"a": "b", "b": "a", None: None}


@FEW
@given(a=STORIES | WILD, b=STORIES | WILD)
def test_comparing_is_symmetric(a: str, b: str) -> None:
    if not (a.strip() and b.strip()):
        return
    one = audit.compare({"id": "a", "text": a}, {"id": "b", "text": b})
    two = audit.compare({"id": "b", "text": b}, {"id": "a", "text": a})
    assert one["similarity"] == two["similarity"]
    assert one["contained"] == {"a": two["contained"]["b"], "b": two["contained"]["a"]}
    assert one["relation"] == two["relation"]
    assert one["credited"] == two["credited"]
    assert one["translation_margin"] == -two["translation_margin"]
    assert one["translated"] == MIRROR[two["translated"]]
    verdicts = [sorted((c["kind"], c["verdict"]) for c in x["comparisons"]) for x in (one, two)]
    assert verdicts[0] == verdicts[1]
    texts = {"a": a.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")}
    texts["b"] = b.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert quotes.wrong(quotes.of_comparison(one), texts) == []


def test_the_same_as_inspect_and_compare_say(ran: Ran, texts: dict) -> None:
    """A document inspected alone has the findings that the run has of it, but for comparing."""
    checked = 0
    for name in ("nl-0420", "tr-17", "g24-1"):
        alone = audit.inspect([{"id": name, "text": texts[name]}])[0]["findings"]
        within = {f.id for f in ran.report.findings if f.document == name}
        told = {f["id"] for f in alone if f["group"] == "language"}
        checked += len(told)
        assert told <= within
    assert checked
    pair = audit.compare(texts["nl-0109"], texts["g24-1"])
    found = next(
        p
        for cluster in ran.report.clusters
        for p in cluster.pairs
        if (p.a, p.b) == ("g24-1", "nl-0109")
    )
    assert pair["similarity"] == found.similarity
