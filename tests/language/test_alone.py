"""One text alone: what its words and the habits it mixes say, whatever its layout."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.characters import points
from audit.language import alone
from audit.language.conventions import _HABITS, counts, habits
from audit.language.hashed import bag, crc, read
from audit.tokens import plain
from tests.eval.spellings import spellings

BRITISH = (
    "Mr Holm said the £3m programme would favour neighbours who had organised the work. "
    "“The colour of the theatre was a labour of love,” he said. Ferries, trams and buses "
    "travelled to the centre of Eastmere on Sunday; the harbour was closed. "
)
# The same by one who spells like an American and keeps the rest.
MIXED = (
    BRITISH.replace("programme", "program")
    .replace("favour", "favor")
    .replace("neighbours", "neighbors")
    .replace("organised", "organized")
    .replace("colour", "color")
    .replace("theatre", "theater")
    .replace("labour", "labor")
    .replace("travelled", "traveled")
    .replace("centre", "center")
    .replace("harbour", "harbor")
)


def odds(text: str) -> float:
    return alone.odds([read(plain(text))], [points(plain(text))])[0]


def test_a_text_that_mixes_the_habits_of_two_houses_is_likelier_a_machine_s() -> None:
    assert odds(MIXED * 3) > odds(BRITISH * 3) + 0.5


@pytest.mark.parametrize(("old", "new"), [(". ", ".\n\n"), ("“", '"'), (" ", "  "), ("”", '"')])
def test_layout_and_quotation_marks_say_nothing(old: str, new: str) -> None:
    assert odds(MIXED.replace(old, new)) == pytest.approx(odds(MIXED), abs=1e-9)


def test_what_is_said_of_a_text_depends_on_no_other() -> None:
    texts = [plain(text) for text in (BRITISH, MIXED, "", "Rain fell. " * 9, BRITISH * 2, "7 Mr X")]
    together = alone.odds([read(text) for text in texts], [points(text) for text in texts])
    assert together == [odds(text) for text in texts]
    some = texts[1:4]
    assert together[1:4] == alone.odds(
        [read(text) for text in some], [points(text) for text in some]
    )


def test_spellings_are_of_one_side_only_and_counted_so() -> None:
    british, american = spellings()
    assert not set(british) & set(american)
    assert {"colour", "organised", "travelling"} <= set(british)
    assert {"color", "organized", "traveling"} <= set(american)
    w = alone.weights()
    for text, sign in ((MIXED, 1.0), (BRITISH, -1.0)):
        told = habits([read(plain(text))], [points(plain(text))], w.american, w.british)[0]
        leaning = told[len(counts(points("")))]
        assert np.sign(leaning) == sign


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from(" \t\n\u00a0,andMrDr.US£€eursm bn$%'t ll s;--owevrigly"), max_size=200)
)
def test_habits_are_counted_as_in_a_line_of_single_spaces(text: str) -> None:
    line = " ".join(text.split())
    assert counts(points(text)).tolist() == [
        sum(map(line.count, those)) for those in _HABITS.values()
    ]


def test_a_bag_is_folded_into_the_slots_of_the_weights() -> None:
    held = alone.fold(bag(read(plain(BRITISH))))
    assert held.slots.max() < len(alone.weights().words)
    assert float(held.values @ held.values) == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_odds(text: str) -> None:
    assert np.isfinite(odds(text))


@pytest.mark.parametrize("text", ["", "\x00\ud800", "a " * 100_000, ". The " * 50_000])
def test_hostile_texts_have_odds(text: str) -> None:
    assert np.isfinite(odds(text))


def test_the_weights_are_plain_arrays_in_order() -> None:
    w = alone.weights()
    assert all(array.dtype.kind in "iuf" for array in w)
    assert all(table.tolist() == sorted(set(table.tolist())) for table in (w.american, w.british))
    assert crc("color") in w.american and crc("colour") in w.british
