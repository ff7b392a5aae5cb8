"""Copies in scripts of every kind, texts too short to judge, and very long ones."""

import random
import time

import pytest

from audit.duplication.copies import copies_of
from audit.duplication.fingerprint import fingerprint

# Letters of scripts without spaces, with spaces, and written from the right.
SCRIPTS = {
    "Chinese": ([chr(0x4E00 + n) for n in range(900)], ""),
    "Japanese": ([chr(0x3042 + n) for n in range(80)] + [chr(0x65E5 + n) for n in range(300)], ""),
    "Thai": ([chr(0x0E01 + n) for n in range(46)], ""),
    "Arabic": ([chr(0x0627 + n) for n in range(20)], " "),
    "Russian": ([chr(0x0430 + n) for n in range(32)], " "),
}


def written(script: str, seed: int, words: int = 260) -> list[str]:
    """Invented words of two to five letters."""
    letters, _ = SCRIPTS[script]
    pick = random.Random(seed)
    return ["".join(pick.choices(letters, k=pick.randint(2, 5))) for _ in range(words)]


def edited(words: list[str], seed: int) -> list[str]:
    pick = random.Random(seed)
    return [word[::-1] if pick.random() < 0.05 else word for word in words[: len(words) * 9 // 10]]


@pytest.mark.parametrize("script", SCRIPTS)
def test_copies_are_found_in_any_script(script: str) -> None:
    gap = SCRIPTS[script][1]
    texts = {f"other{n}": gap.join(written(script, n)) for n in range(6)}
    texts |= {
        "first": gap.join(written(script, 99)),
        "copy": gap.join(edited(written(script, 99), 1)),
    }
    found = copies_of(list(texts), list(texts.values()))
    assert found.clusters["documents"].to_list() == [["copy", "first"]]
    assert found.pairs["relation"].to_list() == ["copy"] and not found.short


def test_a_text_too_short_to_judge_is_named_and_told_only_where_it_is_identical() -> None:
    texts = {
        "a": "The fair is off.",
        "b": "The fair is OFF",
        "c": "The fair is on.",
        "d": "天气很好",
        "e": "天气不好",
    }
    found = copies_of(list(texts), list(texts.values()))
    assert found.short == ["a", "b", "c", "d", "e"]
    assert found.pairs.select("a", "b", "relation").rows() == [("a", "b", "identical")]


def test_a_document_costs_its_length() -> None:
    """Ten megabytes, and a text that repeats itself: no more than in proportion, with room."""
    whole = " ".join(written("Russian", 5, 200_000))
    for text in (whole, "the same again " * 60_000):
        spent = []
        for part in (text[: len(text) // 8], text):
            fingerprint([part], 0)
            began = time.process_time()
            fingerprint([part, part], 0)
            spent.append(time.process_time() - began)
        assert spent[1] < 40 * max(spent[0], 0.002)


def test_a_very_long_document_is_found_with_its_copy() -> None:
    words = written("Russian", 6, 300_000)
    texts = [" ".join(words), " ".join(words[1000:]), " ".join(written("Russian", 7, 300))]
    assert sum(map(len, texts)) > 2_500_000
    found = copies_of(["long", "cut", "other"], texts)
    assert found.clusters["documents"].to_list() == [["cut", "long"]]


def test_the_order_and_the_batch_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.duplication import copies, fingerprint

    texts = {f"t{n}": " ".join(written("Russian", n // 3, 120)[: 120 - n % 3]) for n in range(30)}
    ids = list(texts)
    found = copies_of(ids, [texts[d] for d in ids])
    random.Random(3).shuffle(ids)
    monkeypatch.setattr(fingerprint, "BATCH", 5000)
    monkeypatch.setattr(copies, "PAIRS", 4)
    again = copies_of(ids, [texts[d] for d in ids])
    assert found.pairs.equals(again.pairs) and found.clusters.equals(again.clusters)
    assert found.groups == again.groups and len(found.clusters) == 10
