"""The words that English claims are read by: auxiliaries, prepositions, verbs of saying."""

from __future__ import annotations

import re

AUX = frozenset(
    """will would has have had is are was were be been being am not may might could can shall should
    must do does did won't wouldn't didn't doesn't don't hasn't haven't isn't aren't wasn't weren't
    cannot can't couldn't to already also reportedly officially finally never now then still just
    only even first later recently allegedly again soon both formally eventually subsequently
    previously initially actually repeatedly get gets got""".split()
)
# Verbs and nouns that pass their subject on to the verb they govern: "agreed to buy".
GOVERNORS = frozenset(
    """consider considers considered considering decide decides decided deciding agree agrees agreed
    want wants wanted plan plans planned planning intend intends intended hope hopes hoped threaten
    threatens threatened threatening offer offers offered refuse refuses refused vow vows vowed try
    tries tried trying continue continues continued begin begins began start starts started seek
    seeks sought expect expects expected discuss discusses discussed discussing mull mulls mulled
    mulling weigh weighs weighed weighing set ready likely unlikely forced able unable due about
    going poised prepared preparing prepares scheduled supposed hesitated managed failed helped
    opted pledged promised promises deny denies denied denying confirm confirms confirmed""".split()
)
PREP = frozenset(
    """of in on at by for from with about over against into under between during after before
    without amid despite following through until since towards toward via upon per among within near
    outside inside across around along off onto to including regarding like plus out up
    concerning""".split()
)
CONJ = frozenset(
    """and or but while as because when although though if unless whether that than so which who
    whom whose where how why what nor yet where""".split()
)
PRONOUNS = frozenset("he she it they we i you this those these there him her them us me".split())
SAYING = frozenset(
    """said says say saying told tells tell announced announces reported reports claimed claims
    noted notes added adds believe believes think thinks thought stated states showed shows show
    according know knows known made make makes making caused causing causes prompted prompting
    led leading leads became become becomes let lets allow allows allowed used using uses asked asks
    came comes coming went goes take takes took gave gives has have had saw sees see put puts
    wrote writes argued argues insisted insists""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those his her its their our my your some any no every each another
    such more most many several few both all""".split()
)
ORDINALS = {
    **dict.fromkeys(("first", "initial", "1st", "original"), "first"),
    **dict.fromkeys(("second", "2nd"), "second"),
    **dict.fromkeys(("third", "3rd"), "third"),
    **dict.fromkeys(("fourth", "4th"), "fourth"),
    **dict.fromkeys(("fifth", "5th"), "fifth"),
    **dict.fromkeys(("sixth", "6th"), "sixth"),
    **dict.fromkeys(("seventh", "7th"), "seventh"),
    **dict.fromkeys(("another", "additional", "more", "further", "new", "extra"), "another"),
    **dict.fromkeys(("final", "last"), "last"),
}
# Nouns a part of a whole is counted in; after an ordinal they tell one event from the next.
PARTS = frozenset(
    """batch delivery shipment consignment tranche phase stage round part purchase order
    instalment installment regiment unit package set wave series season leg term quarter half
    deal sale contract agreement test trial election vote summit meeting visit launch
    flight""".split()
)
TOLLS = {
    "killed": "death",
    "injured": "injury",
    "missing": "disappearance",
    "arrested": "arrest",
    "magnitude": "earthquake",
    "displaced": "displacement",
    "evacuated": "displacement",
    "infected": "outbreak",
}
# Words at which a noun phrase ends, verbs that open claims aside.
STOPS = (
    (PREP - {"of"})
    | CONJ
    | (AUX - {"first", "only", "both"})
    | SAYING
    | GOVERNORS
    | frozenset("arrived occurred happened began started ended".split())
)
_ADVERB = re.compile(r"[a-z]+ly$")
EACH = re.compile(r"[ -]*(?:per\b|a (?:share|day|week|month|year|head)|each\b|apiece)")
SPEECH = frozenset(
    """said says say told tells announced reported reports claimed added believe believes think
    thinks thought stated showed according argued wrote writes tweeted""".split()
)
MODALS = frozenset("will would could may might should can must".split())
HAPPENED = frozenset(
    """arrived took place occurred happened came was were began started been had has have be is
    held made""".split()
)
TELLS = SPEECH | frozenset("deny denies denied confirm confirms confirmed insisted".split())
CARRIED_OUT = frozenset(
    """managed began begun started continued went forced proceeded helped chose used goes got came
    compelled happened dared""".split()
)
CLAUSES = frozenset(
    "and but while which who that because since after before when as although until if".split()
)
VERBAL = frozenset(
    """to will would may might could can shall should must not don't didn't doesn't
    won't do does did who they he she we""".split()
)
NOMINAL = frozenset("of for after before during in on by over amid following from with".split())
CAUSES = frozenset("earthquake storm flood fire crash attack outbreak protest".split())
HEADS = frozenset("sanction embargo fine penalty tariff charge attack ban".split())
# People and bodies that stand for their country when its adjective goes before them.
STAND_INS = frozenset(
    """official officials government authority president minister leader force troop army military
    side administration state source parliament forces troops diplomat spokesman ministry navy
    counterpart""".split()
)


def adverb(word: str) -> bool:
    """Whether a word in small letters looks like an adverb of manner."""
    return word[-2:] == "ly" and _ADVERB.match(word) is not None
