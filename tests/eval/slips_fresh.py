"""Twenty-five kinds of slip drafted before any of the rules that were to find them.

They follow taxonomies of learners' and translators' errors (Dulay, Burt and Krashen 1982; MQM;
Costa et al. 2015): omission, addition, wrong form, wrong word, wrong place. Most are open: they
take whatever word stands in the place, so that a list of words in a rule cannot cover one. Only
their mean was looked at while rules were written; ``tests.eval.slips`` measures them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Put = Callable[[re.Match[str], random.Random], str]

_GERUND = dict(
    pair.split("/")
    for pair in """making/make taking/take giving/give getting/get seeing/see finding/find
    going/go keeping/keep helping/help buying/buy selling/sell leaving/leave winning/win
    building/build paying/pay becoming/become reaching/reach showing/show using/use
    working/work trying/try playing/play bringing/bring calling/call meeting/meet
    putting/put losing/lose joining/join allowing/allow providing/provide""".split()
)
_NOMINATIVE = {"him": "he", "them": "they", "us": "we", "me": "I"}
_PAST = dict(
    pair.split("/")
    for pair in """be/was have/had make/made take/took get/got see/saw give/gave find/found go/went
    keep/kept help/helped buy/bought sell/sold leave/left win/won build/built pay/paid bring/brought
    become/became reach/reached show/showed use/used meet/met lose/lost provide/provided""".split()
)


def _bare(found: re.Match[str], draw: random.Random) -> str:
    head, last = found[0].rsplit(" ", 1)
    return f"{head} {_GERUND[last]}"


def _swapped(found: re.Match[str], draw: random.Random) -> str:
    return " ".join(reversed(found[0].split()))


FRESH: list[tuple[str, str, Put]] = [
    # omission
    ("perfect_dropped", r"(?<=[a-z] )(?:has|have|had) (?=been )", lambda m, r: ""),
    (
        "subject_dropped",
        r"(?<=[a-z] )(?:he|she|it|they) (?=(?:is|was|will|had|has|would|were|are|could) )",
        lambda m, r: "",
    ),
    (
        "ed_dropped_after_be",
        r"\b(?:was|were|been|be) [a-z]+(?:nt|st|ct|ck|rt|nd|sh|in|er|ow)ed\b",
        lambda m, r: m[0][:-2],
    ),
    ("possessive_dropped", r"[a-z]{3,}'s (?=[a-z]{3,})", lambda m, r: m[0][:-3] + " "),
    (
        "article_dropped_of_name",
        r"\bthe (?=(?:United States|United Kingdom|European Union|United Nations|Middle East"
        r"|White House|Netherlands|West Bank|BBC|UN|EU|US) )",
        lambda m, r: "",
    ),
    # addition
    (
        "article_before_name",
        r"(?<=[a-z] )(?=(?:Russia|Turkey|London|Washington|Paris|France|Germany|Iraq|Iran|China"
        r"|Israel|Britain|Spain|Syria|Japan|India)\b[ ,.])",
        lambda m, r: "the ",
    ),
    (
        "to_after_modal",
        r"\b(?:can|will|would|should|must|could|may|might) (?=[a-z]{3,} )(?!not|also|never|have)",
        lambda m, r: m[0] + "to ",
    ),
    (
        "to_after_make_let",
        r"\b(?:let|lets|make|made|makes) (?:him|them|it|us|her|people) (?=[a-z]{3,})",
        lambda m, r: m[0] + "to ",
    ),
    ("phrase_repeated", r"\b[a-z]{2,} [a-z]{3,} (?=[a-z])", lambda m, r: m[0] * 2),
    (
        "superlative_doubled",
        r"\b(?:the|its|their|his) (?=[a-z]{3,}est )",
        lambda m, r: m[0] + "most ",
    ),
    # wrong form
    (
        "base_after_preposition",
        rf"\b(?:by|of|for|without|after|before|from|in) (?:{'|'.join(_GERUND)})\b",
        _bare,
    ),
    (
        "past_after_to",
        rf"\bto (?:{'|'.join(_PAST)})\b",
        lambda m, r: "to " + _PAST[m[0].split()[1]],
    ),
    (
        "nominative_after_preposition",
        r"\b(?:with|for|to|of|by|from|about|against|on|at) (?:him|them|us|me)\b",
        lambda m, r: f"{m[0].split()[0]} {_NOMINATIVE[m[0].split()[1]]}",
    ),
    (
        "adjective_plural",
        r"\b(?:political|economic|national|military|public|local|foreign|financial|new|social"
        r"|international|young|former|strong|serious|important) (?=[a-z]{3,}s\b)",
        lambda m, r: m[0][:-1] + "s ",
    ),
    (
        "millions_of_number",
        r"\b(?:\d+|two|three|four|five|ten) (?:million|billion|hundred|thousand)\b",
        lambda m, r: m[0] + "s",
    ),
    (
        "perfect_with_past_date",
        r"\b(?:he|she|it|they|[A-Z][a-z]+) [a-z]{3,}ed\b"
        r"(?=[^.;]*\b(?:last (?:week|month|year)|yesterday|ago|in (?:19|20)\d\d)\b)",
        lambda m, r: m[0].replace(" ", " have " if m[0].startswith("they") else " has ", 1),
    ),
    # wrong word
    ("which_as_what", r", which (?=[a-z])", lambda m, r: ", what "),
    (
        "date_preposition",
        r"\b(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
        r"|in (?:January|March|April|May|June|July|August|September|October|November|December"
        r"|(?:19|20)\d\d))\b",
        lambda m, r: r.choice(["at ", "in " if m[0][0] == "o" else "on "]) + m[0].split()[1],
    ),
    ("so_as_such", r"\bsuch an? (?=[a-z])", lambda m, r: m[0].replace("such", "so")),
    (
        "light_verb",
        r"\b(?:make|made|makes|making) (?:an? |the |its |his )?(?:decision|mistake|statement|effort"
        r"|progress|sense|difference|money|speech|deal|claim|changes?|contribution|profit|case)\b",
        lambda m, r: (
            {"make": "do", "made": "did", "makes": "does", "making": "doing"}[m[0].split()[0]]
            + m[0][m[0].index(" ") :]
        ),
    ),
    (
        "amount_of_countable",
        r"\b(?:a|the) number of (?=[a-z]+s\b)",
        lambda m, r: m[0].replace("number", "amount"),
    ),
    # wrong place
    (
        "question_order",
        r"\b(?:[Ww]hy|[Hh]ow|[Ww]here|[Ww]hen|[Ww]hat) (?:he|she|it|they|we|I) "
        r"(?:is|are|was|were|has|have|will|would|can|should|could)\b",
        lambda m, r: " ".join(m[0].split()[i] for i in (0, 2, 1)),
    ),
    (
        "adverb_between_verb_and_object",
        r"\b[a-z]{3,}ly [a-z]{3,}ed (?=(?:the|his|her|its|their|a) )",
        lambda m, r: m[0].split()[1] + " " + m[0].split()[0] + " ",
    ),
    (
        "noun_before_determiner",
        r"(?<=[a-z] )(?:the|this|these|those) [a-z]{4,} (?=(?:is|was|are|were|has|have|will|of) )",
        lambda m, r: _swapped(m, r) + " ",
    ),
    # typography
    ("space_lost_after_stop", r"(?<=[a-z]{2})[,;] (?=[a-z]{2})", lambda m, r: m[0][0]),
]
