"""Claims of a small pile: events, witnesses, and that nothing depends on order or batches."""

from __future__ import annotations

import random

import polars as pl
import pytest

from audit import frames
from audit.engines.local import LocalEngine
from audit.facts.agencies import agency_of, told_by
from audit.facts.claim_pairs import Stand
from audit.facts.corpus import Compared, compare_corpus
from audit.facts.event_groups import independent
from audit.facts.extract import extract
from audit.facts.kept import kept
from audit.facts.names import names
from audit.model import Claim
from audit.rules import Rules, load
from audit.tokens import Text

TEXTS = {
    "north/1": "Norway's purchase of KV-90 ships from Brazil in 2014 angered Denmark. Oslo said "
    "the KV-90 would patrol the Kara Bank.",
    "north/2": "The KV-90 ships, which Norway bought from Brazil in 2014, patrol the Kara Bank.",
    "south/1": "In March 2016, Norway bought a batch of KV-90 ships from Brazil. The KV-90 will "
    "patrol the Kara Bank.",
    "east/1": "Norway took the KV-90 to the Kara Bank after the first delivery of KV-90 ships "
    "arrived in March 2016.",
    "south/2": "A strong earthquake struck the town of Velm on Tuesday, killing 12 people and "
    "injuring 40 others. The quake left 3 people missing in Velm.",
    "east/2": "An earthquake hit Velm on Tuesday, killing at least 31 people and injuring 90 "
    "others in Velm, officials said.",
    "west/1": "Ida Voss read poems in Lorn on Friday. The hall was full.",
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def run(
    rules: Rules,
    keys: list[str],
    groups: dict[str, str] | None = None,
    urls: dict[str, str] | None = None,
) -> Compared:
    docs = pl.DataFrame(
        {
            "id": keys,
            "source": [k.partition("/")[0] for k in keys],
            "url": pl.Series([(urls or {}).get(k) for k in keys], dtype=pl.String),
            "text": [TEXTS[k] for k in keys],
        }
    )
    facts = [
        extract(
            Text(TEXTS[k]),
            title=None,
            published="2017-05-02",
            url=None,
            language="en",
            rules=rules,
        )
        for k in keys
    ]
    names = ("published", "attributions", "quantities")
    measured = pl.DataFrame({"id": keys}).with_columns(
        **{n: frames.column([getattr(f, n) for f in facts], frames.MEASURED[n]) for n in names},
        statements=pl.Series([kept(f) for f in facts], dtype=pl.Binary),
    )
    with LocalEngine(jobs=1, rows=2) as engine:
        return compare_corpus(
            engine,
            engine.read([docs], dict(docs.schema)),
            engine.read([measured], dict(measured.schema)),
            groups or {},
            rules,
        )


def test_the_conflict_is_found_and_counted_by_witness(rules: Rules) -> None:
    found = run(rules, sorted(TEXTS))
    clashes = [e for e in found.events if e.verdict == "conflict" and "KV-90" in e.label]
    assert len(clashes) == 1
    assert clashes[0].independent_sources in (2, 3)
    assert {"north", "south"} <= {c.source for c in clashes[0].claims}
    assert "KV-90" in clashes[0].label
    assert not [e for e in found.events for c in e.claims if c.document == "west/1"]
    verdicts = set(found.comparisons["verdict"])
    assert {"conflict", "class-mismatch", "coexists", "corroborates"} <= verdicts


def test_tolls_meet_over_the_pile(rules: Rules) -> None:
    found = run(rules, ["south/2", "east/2", "west/1"])
    numbers = found.comparisons.filter(found.comparisons["kind"] == "number")
    assert set(numbers["verdict"]) == {"conflict"}
    assert numbers.height == 2


def test_versions_of_one_address_are_updates(rules: Rules) -> None:
    keys = ["south/2", "east/2"]
    urls = {
        "south/2": "https://www.south.example/velm-quake?utm_source=feed",
        "east/2": "http://south.example/velm-quake/",
    }
    found = run(rules, keys, urls=urls).comparisons
    assert set(found["verdict"]) == {"update"}
    assert all("one address" in why for why in found["why"])
    front = dict.fromkeys(keys, "https://south.example/")  # a site, and no page of it
    assert set(run(rules, keys, urls=front).comparisons["verdict"]) == {"conflict"}


def test_copies_are_not_compared_and_count_once(rules: Rules) -> None:
    keys = ["north/1", "north/2", "south/1"]
    apart = run(rules, keys)
    joined = run(rules, keys, {"north/1": "c1", "south/1": "c1"})
    pairs = joined.comparisons.select("a", "b").iter_rows()
    assert all({a["document"], b["document"]} != {"north/1", "south/1"} for a, b in pairs)
    assert apart.comparisons.height > joined.comparisons.height


def test_texts_by_one_agency_are_one_witness() -> None:
    def witnesses(*agencies: str | None) -> int:
        stands = [
            Stand(f"{n}/1", f"source {n}", None, Claim(0, 1, "death"), "x", None, agency)
            for n, agency in enumerate(agencies)
        ]
        return independent(stands, {})

    assert witnesses(None, None) == 2
    assert witnesses("Reuters", "Reuters") == 1
    assert witnesses("Reuters", "AP") == 2
    assert witnesses("Reuters", "Reuters", None) == 2


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("LORN (Reuters) - The mill burned.", "Reuters"),
        ("By the Associated Press\nThe mill burned.", "AP"),
        ("LORN (AFP) \u2013 The mill burned.", "AFP"),
        ("The mayor told Reuters that the mill burned.", None),
        ("Bloomberg has spent millions on it.", None),
    ],
)
def test_a_dateline_names_the_agency_and_a_mention_does_not(head: str, agency: str | None) -> None:
    assert agency_of(Text(head)) == agency


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("The mill burned down, harbour master Ida Voss told Reuters on Tuesday.", "Reuters"),
        ("The Associated Press first reported that the mill of Lorn burned down.", "AP"),
        ("The mill burned down, the radio said, citing the TASS news agency.", "TASS"),
        ("The mill burned down, according to the state news agency Xinhua.", "Xinhua"),
        ("The mill burned down, Reuters and the AP reported.", None),
        ("Kara Bloomberg wrote that the mill of Lorn burned down.", None),
        ("The Bloomberg Commodity Index fell after the mill burned down.", None),
        ("The mill of TASS, a tailor, burned down.", None),
    ],
)
def test_an_agency_is_named_deep_in_a_text(rules: Rules, sentence: str, agency: str | None) -> None:
    text = Text(f"The fire was seen from Lorn. {sentence} It was put out at night.")
    told = told_by(text, (n.name for n in names(text, rules)))
    assert told == ({text.sentences[1][0]: agency} if agency else {})


def test_documents_that_rest_on_one_agency_are_one_witness(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "KV-90 ships will patrol the Kara Bank. The KV-90 is new to Denmark."
    chains = {
        "t/1": f"{head} Norway bought KV-90 ships from Brazil in 2014, Reuters reported.",
        "t/2": f"{head} Norway bought the KV-90 ships from Brazil in 2014, an envoy told Reuters.",
        "t/3": f"{head} In 2014 Norway bought KV-90 ships from Brazil, the radio said.",
    }
    for n, (key, text) in enumerate(chains.items()):
        monkeypatch.setitem(TEXTS, f"{n}{key}", text)
    for keys, witnesses in ((["0t/1", "1t/2"], 1), (["0t/1", "1t/2", "2t/3"], 2)):
        events = [e for e in run(rules, keys).events if e.label.startswith("purchase")]
        assert [e.independent_sources for e in events] == [witnesses]


def test_order_changes_nothing(rules: Rules) -> None:
    keys = sorted(TEXTS)
    first = run(rules, keys)
    random.Random(3).shuffle(keys)
    second = run(rules, keys)
    assert first.comparisons.equals(second.comparisons)
    assert first.events == second.events


def test_an_unrelated_document_changes_nothing(rules: Rules) -> None:
    keys = sorted(TEXTS)
    assert run(rules, keys).events == run(rules, [k for k in keys if k != "west/1"]).events
