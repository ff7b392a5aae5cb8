"""Readability: equal to textstat's own functions, spans of what is hard, hostile input."""

from __future__ import annotations

import json
import warnings

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.article import Article
from audit.checks import hard_to_read
from audit.language.formulas import LANGUAGES
from audit.language.hardness import hard
from audit.language.readability import readability
from audit.model import Language, Published
from audit.rules import Rules
from audit.tokens import Text

STORY = (
    "The U.S. ferry Calliope, which had been stranded off Port Merrow since Friday, was brought "
    'in by tugs on Sunday. "We weren\'t afraid," said Capt. Ines Halloran. "It\'s a ship."\n\n'
    "Investigators from the Maritime Safety Agency haven't decided whether negligence or "
    "extraordinarily unpredictable electrical conditions caused the twelve-hour interruption! "
    "Passengers' luggage, 'tis said, stayed dry. Who pays? Nobody knows."
)
ODD = [
    "",
    ".",
    "a",
    "...",
    'The U.S. said "no".',
    "rock 'n' roll don't 'tis the dogs' 's",
    "İstanbul İİ Σας ΟΔΟΣ naïve façade",
    "x\x1cy z\u2028 w\x00",
    "one two three! four five. six? seven eight nine ten",
    "—–“quoted” text’s ’twas",
    "_a_ __ b_c 1,200.5 %",
    "- " * 120 + "word. " * 130,
    "\ud800 lone surrogate here",
    STORY * 2,
]
OTHERS = {
    "de": "Die Fähre wurde am Sonntag von zwei Schleppern in den Hafen gezogen. Keiner fiel.",
    "es": "El transbordador fue remolcado el domingo por dos remolcadores. Nadie resultó herido.",
    "fr": "Le ferry a été remorqué dimanche par deux remorqueurs. Personne n'a été blessé.",
    "it": "Il traghetto è stato rimorchiato domenica da due rimorchiatori. Tutti salvi.",
    "ar": "قال المتحدث إن السفينة عادت إلى الميناء يوم الأحد. لم يصب أحد بأذى.",
}


def difference(text: str, code: str) -> dict[str, tuple]:
    """What differs from textstat's own functions on the same text."""
    textstat.set_lang(code)
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, value in readability([Text(text)], [code])[0]["textstat"].items():
            if name.startswith("wiener"):
                own = textstat.wiener_sachtextformel(text, int(name[-1]))
            elif name == "text_standard":
                own = textstat.text_standard(text, float_output=True)
            else:
                own = getattr(textstat, name)(text)
            if own != value:
                found[name] = (value, own)
    textstat.set_lang("en_US")
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_measure_equals_textstat(code: str) -> None:
    for text in [*ODD, STORY, *OTHERS.values()]:
        assert difference(text, code) == {}, text[:40]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from(list("aeiTtsdvlr'’.!? \n-_1é")), max_size=300))
def test_any_text_equals_textstat(text: str) -> None:
    assert difference(text, "en") == {}


def test_sentences_are_counted_where_a_reader_ends_them() -> None:
    text = (
        "The U.S. Senate met Mr. Aldous P. Wren of the U.N. on Monday in Geneva. It was brief now."
    )
    note = readability([Text(text)], ["en"])[0]
    assert note["sentences"] == 2 == note["true_sentences"]["sentence_count"]
    assert note["textstat"]["sentence_count"] != 2
    assert note["true_sentences"]["flesch_kincaid_grade"] > note["textstat"]["flesch_kincaid_grade"]


def test_a_language_without_a_formula_has_null_and_is_json() -> None:
    notes = readability([Text("市议会将于下周表决。"), Text("")], ["zh", "und"])
    assert [(n["textstat"], n["true_sentences"]) for n in notes] == [(None, None)] * 2
    json.dumps(readability([Text(t) for t in ODD], ["en"] * len(ODD)))


def test_the_batch_changes_nothing() -> None:
    texts = [STORY, *ODD, *OTHERS.values()]
    codes = ["en"] * (1 + len(ODD)) + list(OTHERS)
    together = readability([Text(t) for t in texts], codes)
    assert together == [readability([Text(t)], [c])[0] for t, c in zip(texts, codes, strict=True)]


def test_passives_are_a_share_of_sentences() -> None:
    text = Text("The bridge was quickly repaired. The crew is tired. Two men were seen. They ran.")
    assert readability([text], ["en"])[0]["passive_share"] == 0.5


def test_the_hard_sentence_is_the_finding() -> None:
    hard = (
        "Notwithstanding the administration's considerable reservations regarding international "
        "telecommunications liberalisation, parliamentary representatives unanimously recommended "
        "comprehensive institutional reorganisation, accompanied by proportionate environmental "
        "responsibilities and extraordinarily complicated transitional accountability arrangements."
    )
    text = f"The vote was short. {hard} Then they went home."
    article = Article("a", None, None, Text(text), Language("en", 1.0), Published())
    rules = Rules(patterns=(), checks={}, scoring={}, facts={}, digest="")
    assert [f.quote for f in hard_to_read.find(article, rules)] == [hard]


def test_a_word_of_a_million_letters_and_a_million_stops_take_linear_time() -> None:
    for text in ("a" * 300_000, "." * 300_000, "is " * 100_000, "'t" * 100_000):
        readability([Text(text)], ["en"])


def test_hard_sentences_are_the_same_asked_for_alone_or_with_the_measures() -> None:
    raw = "Municipal administration representatives considered alternative infrastructure " * 6
    raw = f"{raw}\u2014 \u201cyes\u201d. It rained. {raw}in the end."
    text = Text(raw)
    (note,) = readability([text], ["en"])
    assert note["hard"] and hard(text, "en") == hard(Text(raw), "en") == note["hard"]
