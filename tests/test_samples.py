"""The run over samples/ finds what samples/answers.toml says, and blames nobody else.

Each answer is one test. An answer the product misses is a fault of the product: it is not to be
weakened here. It is named in answers.toml (``missed``, by what is missed, with the reason), and the
day the product finds it, its test fails until the name is taken off. Long, for there is a kind of
test for each kind of answer, over one run.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from itertools import combinations
from typing import Any

import pytest

import audit
from audit import model
from audit.model import Cluster, Comparison, Finding, Pair
from tests.conftest import SAMPLES, Ran
from tests.reading.conftest import Reading

ANSWERS: dict[str, Any] = tomllib.loads((SAMPLES / "answers.toml").read_text("utf-8"))
# Which families of findings an answer's family stands for.
FAMILIES = {"translation": ("mt", "grammar", "orthography", "semantic"), "residue": ("residue",)}
SHARED = ("identical", "copy", "altered-copy", "partial-copy", "reworded-copy", "round-up")


@pytest.fixture(scope="module")
def report(ran: Ran) -> audit.Report:
    return ran.report


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    docs = Reading(str(SAMPLES)).docs
    return dict(docs.select("id", "text").iter_rows())


@pytest.fixture(scope="module")
def pairs(ran: Ran) -> list[Pair]:
    import msgspec

    lines = (ran.folder / "tables" / "pairs.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Pair) for line in lines]


@pytest.fixture(scope="module")
def notes(texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    given = [{"id": name, "text": text} for name, text in texts.items() if text]
    return {note["id"]: note for note in audit.inspect(given)}


def cases(answers: list[dict[str, Any]], what: str) -> list[Any]:
    """The answers as parameters; those whose ``what`` is known to be missed must fail."""
    made = []
    for answer in answers:
        reason = answer.get("missed", {}).get(what)
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        made.append(pytest.param(answer, marks=marks, id=named(answer)))
    return made


def named(value: Any) -> str:
    """A short name for an answer, for the list of tests."""
    if not isinstance(value, dict):
        return str(value)
    sides = [value.get(side, "") for side in "ab"]
    said = [s["quote"] if isinstance(s, dict) else s for s in sides if s]
    return " | ".join(said) or f"{value.get('document', '')}: {value.get('quote', '')}"


def overlap(text: str, quote: str, start: int, end: int) -> bool:
    """Whether a span touches the quote, which stands in the text once or more."""
    at = text.find(quote)
    while at >= 0:
        if start < at + len(quote) and at < max(end, start + 1):
            return True
        at = text.find(quote, at + 1)
    return False


# Reading ----


def test_every_document_is_counted(report: audit.Report) -> None:
    answers = ANSWERS["documents"]
    assert report.summary.documents.found == answers["found"]
    assert report.summary.documents.audited == answers["audited"]
    skipped = {d.id: d.reason for d in report.documents if d.state == "skipped"}
    assert skipped == answers["skipped"]
    assert report.summary.files.found == ANSWERS["files"]["found"]
    assert report.summary.files.skipped == len(ANSWERS["files"]["skipped"])
    assert report.errors == []


def test_sources_are_named(report: audit.Report) -> None:
    audited = Counter(d.source for d in report.documents if d.state == "audited")
    assert audited == ANSWERS["sources"]
    assert {s.id: s.documents for s in report.sources} == ANSWERS["sources"]


def test_languages_are_told(report: audit.Report) -> None:
    for document in report.documents:
        if document.state == "audited":
            assert document.language is not None
            assert document.language.code == ANSWERS["languages"].get(document.id, "en")


@pytest.mark.parametrize("answer", ANSWERS["mixed"], ids=named)
def test_a_passage_in_another_language_is_marked(
    report: audit.Report, texts: dict[str, str], answer: dict[str, Any]
) -> None:
    found = {d.id: d.language for d in report.documents}[answer["document"]]
    assert found is not None
    text = texts[answer["document"]]
    assert any(
        part.code == answer["code"] and overlap(text, answer["quote"], part.start, part.end)
        for part in found.mixed
    )


def test_no_other_document_is_called_mixed(report: audit.Report) -> None:
    mixed = {d.id for d in report.documents if d.language and d.language.mixed}
    assert mixed == {answer["document"] for answer in ANSWERS["mixed"]}


# Copies ----


def _pair(pairs: list[Pair], a: str, b: str) -> Pair | None:
    return next((p for p in pairs if {p.a, p.b} == {a, b}), None)


@pytest.mark.parametrize("answer", cases(ANSWERS["pair"], "relation"))
def test_a_copy_is_what_it_is_said_to_be(pairs: list[Pair], answer: dict[str, Any]) -> None:
    pair = _pair(pairs, answer["a"], answer["b"])
    assert pair is not None, "the pair was not found"
    assert pair.relation in answer["relation"]
    assert pair.credited == answer["credited"]


@pytest.mark.parametrize("answer", cases([p for p in ANSWERS["pair"] if "altered" in p], "altered"))
def test_what_a_copy_changed_is_found_and_nothing_else(
    pairs: list[Pair], texts: dict[str, str], answer: dict[str, Any]
) -> None:
    pair = _pair(pairs, answer["a"], answer["b"])
    assert pair is not None
    for change in answer["altered"]:
        assert any(
            found.kind == change["kind"]
            and overlap(texts[answer["a"]], change["a"], *_span(found, pair, answer["a"]))
            and overlap(texts[answer["b"]], change["b"], *_span(found, pair, answer["b"]))
            for found in pair.altered
        ), change
    assert len(pair.altered) == len(answer["altered"]), pair.altered


def _span(found: model.Altered, pair: Pair, document: str) -> tuple[int, int]:
    side = found.a if pair.a == document else found.b
    return side.start, side.end


def test_a_copy_that_changed_nothing_is_not_said_to(pairs: list[Pair]) -> None:
    expected = {frozenset((p["a"], p["b"])) for p in ANSWERS["pair"] if "altered" in p}
    sides = {name for pair in expected for name in pair}
    for pair in pairs:
        if not {pair.a, pair.b} & sides:
            assert pair.altered == [], (pair.a, pair.b)


@pytest.mark.parametrize(
    "answer", cases([p for p in ANSWERS["pair"] if "translated" in p], "translated")
)
def test_the_translated_one_of_two_is_told(pairs: list[Pair], answer: dict[str, Any]) -> None:
    pair = _pair(pairs, answer["a"], answer["b"])
    assert pair is not None
    assert pair.translated == answer["translated"]


def test_nobody_else_is_said_to_be_a_translation(pairs: list[Pair]) -> None:
    expected = {p["translated"] for p in ANSWERS["pair"] if "translated" in p}
    assert {p.translated for p in pairs if p.translated} <= expected


@pytest.mark.parametrize("answer", ANSWERS["independent"], ids=lambda a: a["documents"][0])
def test_own_work_is_no_copy(
    report: audit.Report, pairs: list[Pair], answer: dict[str, Any]
) -> None:
    documents = set(answer["documents"])
    for cluster in report.clusters:
        assert len(documents & set(cluster.documents)) <= 1, cluster.documents
    for a, b in combinations(answer["documents"], 2):
        pair = _pair(pairs, a, b)
        assert pair is None or pair.relation not in SHARED, (a, b, pair.relation)


def test_strangers_are_in_no_cluster(report: audit.Report) -> None:
    related = [{p["a"], p["b"]} for p in ANSWERS["pair"] if p["relation"] != ["round-up"]]
    groups: list[set[str]] = []
    for pair in related:
        joined = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [pair.union(*joined)]
    for cluster in report.clusters:
        assert any(set(cluster.documents) <= group for group in groups), cluster.documents


def test_the_agency_was_first(report: audit.Report) -> None:
    wire = "meridian-wire/dam-contract.txt"
    (cluster,) = [c for c in report.clusters if wire in c.documents]
    assert cluster.first is not None
    assert cluster.first.document == wire
    credited = {p.b if p.a == wire else p.a: p.credited for p in _with(cluster, wire)}
    assert credited["harbor-courant/dam-agency-copy.txt"]
    assert not credited["coast-post/dam.html"]


def _with(cluster: Cluster, name: str) -> list[Pair]:
    return [pair for pair in cluster.pairs if name in (pair.a, pair.b)]


# Facts ----


def _comparisons(report: audit.Report) -> list[Comparison]:
    return [c for event in report.events for c in event.comparisons]


def _about(found: Comparison, answer: dict[str, Any], texts: dict[str, str]) -> bool:
    """Whether a comparison sets the two quotes of an answer against each other, on either side."""

    def side(quote: model.Quote, said: dict[str, str]) -> bool:
        name = said["document"]
        return quote.document == name and overlap(
            texts[name], said["quote"], quote.start, quote.end
        )

    return any(
        side(a, answer["a"]) and side(b, answer["b"])
        for a, b in ((found.a, found.b), (found.b, found.a))
    )


@pytest.mark.parametrize("answer", cases(ANSWERS["conflict"], "verdict"))
def test_a_conflict_is_shown_with_both_quotes(
    report: audit.Report, texts: dict[str, str], answer: dict[str, Any]
) -> None:
    found = [c for c in _comparisons(report) if _about(c, answer, texts)]
    seen = [(c.kind, c.verdict) for c in found]
    assert (answer["kind"], answer["verdict"]) in seen, seen


@pytest.mark.parametrize("answer", cases(ANSWERS["agreement"], "verdict"))
def test_what_differs_without_conflict_is_said_so(
    report: audit.Report, texts: dict[str, str], answer: dict[str, Any]
) -> None:
    found = [c.verdict for c in _comparisons(report) if _about(c, answer, texts)]
    assert not set(found) & set(model.CONFLICTS)
    assert answer["verdict"] in found, found


def test_no_other_statements_are_called_a_conflict(
    report: audit.Report, texts: dict[str, str]
) -> None:
    """A conflict may be told between other documents that say the same as those of the answers."""
    false = []
    for found in _comparisons(report):
        if found.verdict not in model.CONFLICTS:
            continue
        if not any(_told(found, answer, texts) for answer in ANSWERS["conflict"]):
            false.append((found.verdict, found.kind, found.a.quote, found.b.quote))
    assert false == []


def _told(found: Comparison, answer: dict[str, Any], texts: dict[str, str]) -> bool:
    """Whether one side of a conflict is one of an answer's quotes, of the same kind."""
    if found.kind != answer["kind"]:
        return False
    return any(
        quote.document == said["document"]
        and overlap(texts[said["document"]], said["quote"], quote.start, quote.end)
        for quote in (found.a, found.b)
        for said in (answer["a"], answer["b"])
    )


def test_copies_are_one_witness(report: audit.Report) -> None:
    """Four documents hold the agency's dam report: they never count as four."""
    dam = {
        "meridian-wire/dam-contract.txt",
        "harbor-courant/dam-agency-copy.txt",
        "coast-post/dam.html",
        "valley-now/dam-first-half.md",
    }
    seen = 0
    for event in report.events:
        documents = {claim.document for claim in event.claims}
        if len(documents & dam) > 1:
            seen += 1
            own = len({claim.source for claim in event.claims if claim.document not in dam})
            assert event.independent_sources <= own + 1, event.label
    assert seen


# Language ----


def test_translations_are_told_and_second_language_is_not_blamed(report: audit.Report) -> None:
    wrong = {}
    for document in report.documents:
        if document.state != "audited":
            continue
        assert document.translation is not None
        allowed = ANSWERS["translations"].get(document.id, ["none"])
        if document.translation.verdict not in allowed:
            wrong[document.id] = document.translation.verdict
    assert wrong == ANSWERS["missed_translations"]


@pytest.mark.parametrize("answer", cases(ANSWERS["finding"], "finding"))
def test_a_slip_is_found_where_it_stands(
    report: audit.Report, texts: dict[str, str], answer: dict[str, Any]
) -> None:
    def fits(found: Finding) -> bool:
        if found.document != answer["document"]:
            return False
        if "rule" in answer and found.rule != answer["rule"]:
            return False
        if "family" in answer and found.family not in FAMILIES[answer["family"]]:
            return False
        text = texts[answer["document"]]
        return overlap(text, answer["quote"], found.start, found.end)

    seen = [(f.rule, f.quote) for f in report.findings if f.document == answer["document"]]
    assert any(fits(found) for found in report.findings), seen


def test_sober_sources_have_few_language_findings(report: audit.Report) -> None:
    """A false alarm in well-edited text of our own writing: at most one a document."""
    sober = ("meridian-wire", "Harbor Courant", "Northern Ledger")
    source = {d.id: d.source for d in report.documents}
    alarms = Counter(
        f.document
        for f in report.findings
        if f.group == "language" and f.severity >= 2 and source[f.document] in sober
    )
    assert not {name: count for name, count in alarms.items() if count > 1}


# Sourcing and presentation ----


@pytest.mark.parametrize("answer", cases(ANSWERS["attribution"], "kind"))
def test_who_answers_for_it_is_told(
    notes: dict[str, Any], texts: dict[str, str], answer: dict[str, Any]
) -> None:
    text, seen = texts[answer["document"]], []
    for one in notes[answer["document"]]["attributions"]:
        spans = [span for span in (one["source"], one["cue"]) if span]
        if any(overlap(text, answer["quote"], s["start"], s["end"]) for s in spans):
            seen.append(one["kind"])
    assert answer["kind"] in seen, seen


@pytest.mark.parametrize("answer", cases(ANSWERS["headline"], "headline"))
def test_a_headline_stronger_than_its_body_is_found(
    report: audit.Report, answer: dict[str, Any]
) -> None:
    blamed = {f.document for f in report.findings if f.rule == "headline-stronger-than-body"}
    assert blamed == {answer["document"]}


def test_the_worst_is_to_be_checked_first(report: audit.Report) -> None:
    """Coast Post changed figures in a copy: that heads what to check of it."""
    checks = {source.id: source.check_first for source in report.sources}
    assert any("changed in a copy" in c.why for c in checks["coastpost.example"][:3])
    assert all(c.quote for found in checks.values() for c in found)
