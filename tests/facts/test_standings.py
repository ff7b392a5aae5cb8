"""Offices and memberships that cannot both be, in invented news."""

from __future__ import annotations

import msgspec
import polars as pl
import pytest

from audit import frames, model
from audit.engines.local import LocalEngine
from audit.facts.compare import compare_documents
from audit.facts.corpus import compare_corpus
from audit.facts.extract import extract
from audit.facts.kept import Kept, kept
from audit.facts.remarks import kind
from audit.rules import Rules, load
from audit.tokens import Text
from tests.facts.documents import doc

STORY = (
    "Analysts have followed the matter of the Lorn canal for a long time and expect it to occupy "
    "both towns. Officials in Lorn gave few details, and the ministry declined to say more "
    "when asked by reporters on the sidelines of a trade fair in Velm. "
)
DAYS = ("2017-05-03", "2017-05-20")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


def between(
    a: str, b: str, rules: Rules, days: tuple[str | None, str | None] = DAYS
) -> list[model.Comparison]:
    docs = [doc(k, t, STORY, rules, day) for k, t, day in zip("ab", (a, b), days, strict=True)]
    return clashes(compare_documents(docs[0], docs[1], rules))


def within(text: str, rules: Rules) -> list[model.Comparison]:
    one = doc("a", text, STORY, rules, None)
    return clashes(compare_documents(one, one, rules))


def clashes(found: list[model.Comparison]) -> list[model.Comparison]:
    return [c for c in found if c.verdict == "conflict" and kind(c) == "role-contradicted"]


TWO_TEXTS = [
    (
        "Velmark's President Ida Voss opened the canal.",
        "Velmark's Prime Minister Ida Voss opened the canal.",
        "Ida Voss: President against Prime Minister",
    ),
    (
        "Sen. Karel Vrba spoke about the canal.",
        "Congressman Karel Vrba spoke about the canal.",
        "Karel Vrba: Senator against Representative",
    ),
    (
        "The canal was built by Mr. Kim Ekmark.",
        "The canal was built by Ms Kim Ekmark.",
        "Kim Ekmark: Mr against Ms",
    ),
    (
        "NATO member Albania paid for the canal.",
        "Albania, which is not a member of NATO, paid for the canal.",
        "Albania: a member of NATO against no member of NATO",
    ),
    (
        "Tirana's ally Albania is a member of the Harbour League.",
        "The canal was paid for by non-Harbour League member Albania.",
        "Albania: a member of Harbour League",
    ),
    (
        "Albania, which joined the Harbour League in 1994, paid for the canal.",
        "Albania is not a member of the Harbour League.",
        "Albania: a member of Harbour League",
    ),
    (
        "Albania, the only southern member of the Harbour League, paid.",
        "Albania does not belong to the Harbour League.",
        "Albania: a member of Harbour League",
    ),
]


@pytest.mark.parametrize(("a", "b", "why"), TWO_TEXTS)
def test_two_texts_contradict_each_other(a: str, b: str, why: str, rules: Rules) -> None:
    found = between(a, b, rules)
    assert len(found) == 1
    assert found[0].why.startswith(why)
    assert found[0].a.quote in a and found[0].b.quote in b


ONE_TEXT = [
    "President Ida Voss opened the canal. Hours later Prime Minister Voss praised it.",
    "Prime Minister Ida Voss opened the canal. The crowd cheered President Ida Voss.",
    "Mr. Kim Ekmark built the canal. The crowd cheered Ms. Ekmark.",
    "Albania, a NATO member, paid for it. Albania is not a NATO member.",
]


@pytest.mark.parametrize("text", ONE_TEXT)
def test_one_text_contradicts_itself(text: str, rules: Rules) -> None:
    found = within(text, rules)
    assert len(found) == 1
    assert found[0].a.quote != found[0].b.quote


BOTH_CAN_BE = [
    "President Ida Voss opened the canal. The former Prime Minister Ida Voss cheered.",
    "President Ida Voss opened the canal. The then Prime Minister Ida Voss planned it.",
    "President Ida Voss opened the canal. In 2009 Prime Minister Ida Voss had planned it.",
    "President Ida Voss was Prime Minister Ida Voss when the canal was planned.",
    "President Ida Voss opened it. Acting Prime Minister Ida Voss signed the papers.",
    "President Ida Voss opened it. Deputy Prime Minister Ida Voss signed the papers.",
    "Prime Minister Ida Voss opened it. Vice President Ida Voss signed the papers.",
    "Prime Minister Ida Voss opened it. Velm Bank President Ida Voss signed the papers.",
    "Prime Minister Ida Voss opened it. Voters fear a President Ida Voss.",
    "Prime Minister Ida Voss opened it. They met President-elect Ida Voss.",
    "Prime Minister Ida Voss opened it. President Jon Voss of Velmark came.",
    "Prime Minister Ida Voss opened it, and so did Jon Voss. President Voss came.",
    "Mr. Jon Ekmark came with his wife. Mrs. Ekmark spoke.",
    "Mr. Jon Ekmark came. Mr. and Mrs. Jon Ekmark spoke.",
    "Mr. Jon Ekmark came. Ms. Kim Ekmark spoke.",
    "Mr. Jon Ekmark came. Kim Ekmark came. Ms. Ekmark spoke.",
    "Mr. Ekmark came. Ms. Ekmark spoke.",
    "Sen. Karel Vrba spoke. Rep. Vrba of the other chamber listened.",
    "Albania is not a full member of NATO. Albania is a member of NATO.",
    "Albania, a NATO member, paid. In 1990 Albania was not a NATO member.",
    "Albania, a NATO member, paid. Albania is not a member of the European Union.",
    "Albania, an observer member of NATO, paid. Albania is not a member of NATO.",
    "Jon Ek of Albania, a member of NATO, paid. Albania is not a member of NATO.",
    "Albania is a member of NATO's board. Albania is not a member of NATO.",
    "Albania wants to be a NATO member. Albania is not a NATO member.",
    "Albania, which joined NATO in 2009, paid. Albania is no longer a member of NATO.",
    "Albania, a NATO member, paid. Serbia is not a NATO member.",
    "Albania, a NATO member, paid. Non-NATO member Serbia did not.",
]


@pytest.mark.parametrize("text", BOTH_CAN_BE)
def test_what_can_both_be_is_no_contradiction(text: str, rules: Rules) -> None:
    assert within(text, rules) == []


def test_offices_change_hands(rules: Rules) -> None:
    a, b, _ = TWO_TEXTS[0]
    assert between(a, b, rules, ("2017-05-03", "2017-09-20")) == []
    assert between(a, b, rules, (None, "2017-05-03")) == []
    assert between(*TWO_TEXTS[2][:2], rules, ("2015-05-03", None))  # nobody's title does


def test_who_joined_this_year_was_no_member_before(rules: Rules) -> None:
    a, b, _ = TWO_TEXTS[5]
    assert between(a.replace("1994", "2017"), b, rules) == []


def test_a_surname_of_two_texts_is_not_one_person(rules: Rules) -> None:
    assert between("President Ida Voss came.", "Prime Minister Voss came.", rules) == []


@pytest.mark.parametrize(
    "text",
    ["President " * 2000, "NATO member " * 2000, "Mr Jon Ek and his wife. " + "Ms Ek. " * 9000],
)
def test_long_runs_are_read(text: str, rules: Rules) -> None:
    extract(Text(text), title=None, published=None, url=None, language="en", rules=rules)


def test_a_pile_tells_them_too(rules: Rules) -> None:
    texts = [f"{claim} {STORY * 2}" for claim in (*TWO_TEXTS[0][:2], ONE_TEXT[3])]
    found = [
        extract(Text(t), title=None, published=DAYS[0], url=None, language="en", rules=rules)
        for t in texts
    ]
    assert all(msgspec.msgpack.decode(kept(f) or b"", type=Kept).standings for f in found)
    ids = ["a", "b", "c"]
    docs = pl.DataFrame({"id": ids, "source": ids, "text": texts}).with_columns(
        url=pl.lit(None, pl.String)
    )
    names = ("published", "attributions", "quantities")
    measured = pl.DataFrame({"id": ids}).with_columns(
        **{n: frames.column([getattr(f, n) for f in found], frames.MEASURED[n]) for n in names},
        statements=pl.Series([kept(f) for f in found], dtype=pl.Binary),
    )
    with LocalEngine(jobs=1, rows=2) as engine:
        compared = compare_corpus(
            engine,
            engine.read([docs], dict(docs.schema)),
            engine.read([measured], dict(measured.schema)),
            {},
            rules,
        ).comparisons
    told = compared.filter(pl.col("event").is_in(["office", "membership"]))
    assert sorted(told["verdict"].to_list()) == ["conflict", "conflict"]
    assert {(r["a"]["document"], r["b"]["document"]) for r in told.to_dicts()} == {
        ("a", "b"),
        ("c", "c"),
    }
