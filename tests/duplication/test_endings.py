"""What compiled loops tell of plain texts is what is told of each by itself."""

import random

import numpy as np
import pytest

from audit.duplication import credit
from audit.duplication.editing import made, made_plainly
from audit.duplication.fingerprint import encoded

WORDS = "the mayor of Tessaly opened a bridge over the Varde, said NO and 12 went home".split()
GAPS = (*[" "] * 40, "  ", "\n", "\t ", "\x1c", ". ", "? ", "; ")
ENDS = (
    *["", " ", ".", "!\n", "...", " [more]", " Read more", " continue reading", "/", " AP", "'"],
    *[" See the full story here", " (DPA/AP)", "\x00", "\u2026", "\u3002", " e\u0301", "-"],
)


def written(pick: random.Random, size: int) -> str:
    return "".join(pick.choice(WORDS) + pick.choice(GAPS) for _ in range(size))


def texts() -> list[str]:
    pick = random.Random(7)
    found = ["", " ", "a", "word " * 9]
    for _ in range(60):
        whole = written(pick, pick.randrange(10, 120))
        found.append(pick.choice(["", " ", "\ufeff"]) + whole + pick.choice(ENDS))
        for _ in range(4):
            found.append(whole[: pick.randrange(20, len(whole))].rstrip("n") + pick.choice(ENDS))
        found.append(whole.replace(" ", pick.choice(["  ", "\n", "\u00a0"]), 9))
        found.append(" ".join(whole.split()))
    return found


def test_cut_texts_are_told_as_one_by_one() -> None:
    every = texts()
    source, offsets, _, _ = encoded(every)
    plain = np.array([text.isascii() for text in every])
    first, second = (side.ravel() for side in np.indices((len(every), len(every))))
    near = (abs(first - second) < 9) & (first != second)
    first, second = first[near], second[near]
    some = np.arange(len(first))[::-1].copy()
    found, unsure = np.zeros((2, len(some)), np.bool_), np.zeros(len(some), np.bool_)
    made_plainly(source, offsets, plain, first, second, some, found, unsure)
    known = ~unsure[some]
    for told, side in zip(made(every, first, second), found, strict=True):
        assert (told == side[some])[known].all()
        assert (told & known).sum() > 50
    assert 0.2 < known.mean() < 0.95


@pytest.mark.parametrize("filler", ["word ", "W\u00f6rter ", "\u65b0\u95fb", "A", "\ud800 "])
def test_no_credit_line_is_passed_by(filler: str) -> None:
    lines = [f"(Tessaly, {name}) -" for name in ("AP", "dpa", "Reuters", "The Canadian Press")]
    lines += ["(AFP) - So", "(The Associated Press)", "Copyright 2020 Xinhua", "Via: Varde Post"]
    lines += ["Originally published in The Varde.", "RE-PUBLISHED from The Varde", "Source: V"]
    lines += [
        "re-posted by Varde Post",
        "\u017fource AP",
        "ProPublica",
        "(ITAR-TASS).",
        "APS",
        "map",
    ]
    every = [
        f"{filler * before}{gap}{line}{gap}{filler * after}"
        for line in lines
        for gap in ("\n", " ", "")
        for before in (0, 90, 100, 118, 120, 200, 599, 600)
        for after in (0, 80, 99, 100, 240, 499, 500, 600)
    ]
    source, offsets, _, whole = encoded(every)
    may_be = credit.may_be(source, offsets) | ~whole
    told = credit.credited(every)
    assert sum(told) > 200
    assert not any(one and not two for one, two in zip(told, may_be.tolist(), strict=True))
    assert may_be.sum() < len(every)
