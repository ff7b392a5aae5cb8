"""Copies in a corpus: found, told apart, and unmoved by what has nothing to do with them."""

import random

import polars as pl
import pytest

from audit import frames
from audit.duplication import pairs
from audit.duplication.copies import FINGERPRINTED, Copies, copies_of, find_copies
from audit.duplication.fingerprint import fingerprint
from audit.engines.local import LocalEngine

CONSONANTS, VOWELS = "bcdfghjklmnprstvw", "aeiou"
JOINTS = "the a of in for with by from and to after before near under".split()


def word(pick: random.Random) -> str:
    """An invented word of two to four syllables."""
    return "".join(pick.choice(CONSONANTS) + pick.choice(VOWELS) for _ in range(pick.randint(2, 4)))


def article(seed: int, sentences: int = 14) -> str:
    """An article of invented words; two seeds share no more than a chance run of letters."""
    pick = random.Random(seed)
    cast = [word(pick).title() for _ in range(5)]
    lines = []
    for _ in range(sentences):
        words = [pick.choice(JOINTS) if n % 2 else word(pick) for n in range(14)]
        words[pick.randrange(14)] = pick.choice(cast)
        words[pick.randrange(14)] = str(pick.randint(3, 990))
        lines.append(" ".join(words).capitalize() + ".")
    return " ".join(lines)


def edited(text: str, seed: int, share: float = 0.05) -> str:
    pick = random.Random(seed)
    return " ".join("moreover" if pick.random() < share else w for w in text.split())


def find(texts: dict[str, str], **published: str) -> Copies:
    docs = pl.DataFrame({"id": list(texts), "text": list(texts.values())})
    marks = docs.select("id").hstack(fingerprint(docs["text"].to_list()))
    dates = pl.DataFrame(
        {
            "id": list(texts),
            "published": [
                {"value": d, "from": d, "to": d, "method": "given"} if d else None
                for d in (published.get(name) for name in texts)
            ],
        },
        schema={"id": pl.String(), "published": frames.MEASURED["published"]},
    )
    with LocalEngine(jobs=1) as engine:
        return find_copies(
            engine,
            engine.read([docs], {"id": pl.String(), "text": pl.String()}),
            engine.read([marks], FINGERPRINTED),
            engine.read([dates], dict(dates.schema)),
        )


def relations(copies: Copies) -> dict[tuple[str, str], str]:
    return {(a, b): r for a, b, r in copies.pairs.select("a", "b", "relation").iter_rows()}


def clusters(copies: Copies) -> list[list[str]]:
    return copies.clusters["documents"].to_list()


@pytest.fixture(scope="module")
def corpus() -> dict[str, str]:
    texts = {f"s{n}": article(n) for n in range(12)}
    texts["copy"] = edited(texts["s1"], 1)
    texts["twin"] = texts["s2"]
    texts["shout"] = "(Desk) - " + texts["s3"].upper()
    texts["half"] = texts["s4"][: len(texts["s4"]) // 4]
    texts["three"] = " * ".join((texts["s5"], texts["s6"], texts["s7"]))
    return texts


def test_copies_are_found_and_told_apart(corpus):
    found = find(corpus)
    assert relations(found) == {
        ("copy", "s1"): "copy",
        ("s2", "twin"): "identical",
        ("s3", "shout"): "copy",
        ("half", "s4"): "partial-copy",
        ("s5", "three"): "round-up",
        ("s6", "three"): "round-up",
        ("s7", "three"): "round-up",
    }
    assert clusters(found) == [["copy", "s1"], ["s2", "twin"], ["s3", "shout"]]
    assert dict(found.pairs.schema) == frames.PAIRS
    assert dict(found.clusters.schema) == frames.CLUSTERS
    twin = found.pairs.row(by_predicate=pl.col("b") == "twin", named=True)
    assert twin["similarity"] == 1.0 and twin["contained"] == {"a": 1.0, "b": 1.0}
    assert found.groups["half"] == found.groups["s4"] == "half"
    assert sum(found.groups.get(part) == found.groups["three"] for part in ("s5", "s6", "s7")) == 1
    assert sum(part in found.groups for part in ("s5", "s6", "s7")) == 1


def test_an_unrelated_document_and_order_change_nothing(corpus):
    before = find(corpus)
    stranger = "Quarterly pottery figures: " + " ".join(f"kiln{n} glaze{n * 7}" for n in range(99))
    turned = dict(reversed(list({**corpus, "stranger": stranger}.items())))
    after = find(turned)
    assert after.pairs.equals(before.pairs) and after.clusters.equals(before.clusters)


@pytest.mark.parametrize("block", [1, 3])
def test_which_pairs_are_looked_at_together_changes_nothing(corpus, block, monkeypatch):
    copies = {f"{name}-{n}": edited(corpus[name], n) for name in ("s1", "s2", "s5") for n in (1, 2)}
    texts = {**corpus, **copies}
    ids = list(texts)
    before = copies_of(ids, list(texts.values()))
    monkeypatch.setattr(pairs, "BLOCK", block)
    after = copies_of(ids, list(texts.values()))
    assert before.pairs.height > 4 * block
    assert after.pairs.equals(before.pairs) and after.clusters.equals(before.clusters)


def test_similarity_is_the_jaccard_of_word_shingles(corpus):
    from audit.duplication.fold import shingles

    found = find({name: corpus[name] for name in ("s1", "copy")}).pairs.row(0, named=True)
    a, b = set(shingles(corpus["copy"])), set(shingles(corpus["s1"]))
    assert found["similarity"] == pytest.approx(len(a & b) / len(a | b))
    assert found["contained"]["a"] == pytest.approx(len(a & b) / len(a))


def test_boilerplate_makes_no_copies():
    tail = " Write to the desk at the old mint, room nine. All rights are reserved by the printers."
    texts = {f"b{n:02}": article(n, 2) + tail * 2 for n in range(60)}
    found = find(texts)
    assert clusters(found) == []
    assert set(relations(found).values()) <= {"boilerplate"}


def test_part_of_a_story_is_no_boilerplate_however_many_print_the_story():
    """Also where every document of the two has a long stretch of its own."""
    story, own = article(1), article(2)
    half = story[: story.index(".", len(story) * 6 // 10) + 1] + " " + own[: len(own) * 6 // 10]
    texts = {"half": half, "story": story, "roundup": " ".join((article(3), story, article(4)))}
    texts |= {f"copy{n}": edited(story, n, 0.02) for n in range(9)} | {"r3": article(3)}
    found = find(texts)
    assert relations(found)["half", "story"] == "partial-copy"
    assert clusters(found) == [sorted(["story", *(f"copy{n}" for n in range(9))])]


def test_what_unrelated_documents_share_is_boilerplate():
    notice = article(7, 5)
    found = find({f"n{n}": article(10 + n, 4) + " " + notice for n in range(4)})
    assert clusters(found) == []
    assert set(relations(found).values()) == {"boilerplate"} and found.groups == {}


def test_a_round_up_makes_no_two_stories_one_witness():
    one, two, three = article(1), article(2), article(3)
    texts = {"a1": one, "a2": edited(one, 1), "b1": two, "b2": edited(two, 2), "c": three}
    texts["all"] = " ".join((two[: len(two) // 2], three, one))
    texts["some"] = f"{one} {two}"
    groups = find(texts).groups
    assert groups["a1"] == groups["a2"] and groups["b1"] == groups["b2"]
    assert groups["a1"] != groups["b1"] and "c" not in {groups["a1"], groups["b1"]}


def test_a_round_up_of_stories_that_are_not_there_is_in_no_cluster():
    story = article(1)
    long = " ".join((story, article(2)[: len(story) * 2 // 3]))
    found = find({"a": story, "b": edited(story, 1, 0.02), "long": long})
    assert clusters(found) == [["a", "b"]]
    assert relations(found)["a", "long"] == relations(found)["b", "long"] == "partial-copy"
    assert found.groups["long"] == found.groups["a"] == found.groups["b"]


def test_who_was_first():
    text = article(1)
    texts = {"a": edited(text, 2), "b": text, "c": edited(text, 3, 0.1)}
    (by_date,) = find(texts, a="2021-03-04", b="2021-03-02", c="2021-03-03").clusters["first"]
    assert by_date["document"] == "b" and by_date["basis"] == "date" and by_date["certainty"] > 0.9
    texts["a"] = "This story was first published by Varde Daily. " + texts["a"]
    (by_credit,) = find({"a": texts["a"], "b": text}).clusters["first"]
    assert by_credit["document"] == "b" and by_credit["basis"] == "credit"


def test_short_texts_are_copies_only_where_identical():
    found = find({"a": "Rain at noon.", "b": "RAIN at noon", "c": "Rain at night."})
    assert clusters(found) == [["a", "b"]] and found.short == ["a", "b", "c"]


def test_nothing_and_empty_texts():
    assert find({}).clusters.is_empty() and find({"a": ""}).clusters.is_empty()
    assert clusters(find({"a": "", "b": " ", "c": article(1)})) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "市长宣布第{n}座新桥将于{m}月开放通行，但第{k}区的工程师表示检查尚未完成。",
        "{n}番目の橋は{m}月に開通すると市長が発表したが、第{k}地区の技師は検査が終わっていないと述べた。",
        "นายกเทศมนตรีประกาศว่าสะพานที่ {n} จะเปิดในเดือน {m} แต่วิศวกรเขต {k} ยังตรวจไม่เสร็จ ",
        "أعلن رئيس البلدية أن الجسر رقم {n} سيفتح في الشهر {m} لكن مهندسي الحي {k} لم ينتهوا. ",
        "Мэр объявил, что мост номер {n} откроют в {m} месяце, но инженеры района {k} против. ",
    ],
)
def test_other_scripts(sentence):
    def write(seed: int) -> str:
        pick = random.Random(seed)
        numbers = [[pick.randint(100, 99999) for _ in range(3)] for _ in range(12)]
        return "".join(sentence.format(n=n, m=m, k=k) for n, m, k in numbers)

    text = write(1)
    found = find({"a": text, "b": text[: len(text) * 9 // 10], "c": text[len(text) // 9 :]})
    assert clusters(found) == [["a", "b", "c"]]
