"""The compiled pass over cues is held to the candidates and weights that it was fitted with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules as rulebook
from audit.facts.cue_loop import table_of, worded
from audit.facts.cue_weights import weigh
from audit.facts.cue_words import lexicon, tokens
from audit.facts.cues import candidates
from audit.facts.quotations import quotations
from audit.tokens import Text

LEX = lexicon(rulebook.load())
TABLE = table_of(LEX)
PIECES = """said says told according to added has been was reported that the Mayor Venn, claims
"We know ." he not never would have denied accused of in a statement by officials asked why?
wasn't insisted it's ... ' : ; - \n\n (quoted) think believe warned also announced,""".split(" ")


def told(text):
    """The cues of a text, as the loop and as the fitted model tell them."""
    toks = tokens(Text(text), quotations(Text(text)))
    asked = [one for one in candidates(toks, LEX) if one.place and weigh(one, LEX) > LEX.threshold]
    return tuple(
        [(c.first, c.head, c.last, c.entry, c.passive, c.infinitive) for c in cues]
        for cues in (worded(toks, LEX, TABLE), asked)
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "said",
        'The ministry said that the bridge was shut. "We were told," Venn added, "to wait."',
        "According to Orla Venn, nothing was reported to have been said by the council.",
        '"No," he has never claimed.\n\nIn a statement, it said: "They were not asked to go."',
        "\u0130STANBUL said \ud800 it \u201cdenied\u201d that\u2026 officials\u2019 said",
    ],
)
def test_the_loop_finds_the_cues_that_the_model_weighs(text):
    found, asked = told(text)
    assert found == asked


def test_a_phrase_is_one_cue():
    found, _ = told("The bridge is shut, according to Orla Venn.")
    assert [(first, last) for first, _, last, *_ in found] == [(4, 5)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_the_loop_and_the_model_agree_on_any_words(pieces):
    found, asked = told(" ".join(pieces))
    assert found == asked
