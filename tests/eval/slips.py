"""How many slips the rules find that were put into good text by kind: what they reach elsewhere.

Each kind is made as it arises: an article left out, "be" left out after a modal, a name without
its capital, a full stop inside a phrase, another preposition. They are put one at a time into
sentences of native news (``native`` of translations), by a seeded draw; a slip counts as found
where a rule that was silent before speaks beside it, of whatever severity. Kinds whose result may
be right English (a bare noun, another preposition) cannot reach 1. The rules were widened by
looking at what they missed in ``clean``, never here. ``blind`` kinds were drafted before anything
was measured on them, and what they showed as missed was not read: they stand for unseen slips.
``fresh`` kinds (``tests.eval.slips_fresh``) were drafted and measured (.140) before the rules of
session 4 were written, by the same hand: only their mean was looked at, but the kinds were known.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from audit.language.expressions import broken_expressions
from audit.language.forms import wrong_forms
from audit.language.patterns import Machine, search
from audit.language.repeats import repeated_words
from audit.language.rulecheck import document
from audit.model import Finding
from audit.rules import load
from audit.tokens import Text
from tests.eval.languages import rows
from tests.eval.slips_fresh import FRESH

FLOORS = {
    "slips.other_preposition": 0.45,
    "slips.a_an": 0.95,
    "slips.broken_sentence": 0.7,
    "slips.double_word": 0.65,
    "slips.modal_without_be": 0.4,
    "slips.modal_with_s": 0.7,
    "slips.perfect_with_base": 0.45,
    "slips.mean": 0.48,
    "slips.blind.mean": 0.28,
    "slips.fresh.mean": 0.32,
}
CEILINGS: dict[str, float] = {}

NEAR = 25  # characters from the slip within which a finding is of it
MOST = 200  # slips a kind
_PAST = dict(
    pair.split("/")
    for pair in """take/took make/made give/gave see/saw go/went come/came find/found keep/kept
    win/won lose/lost get/got need/needed want/wanted believe/believed""".split()
)
_BASE = dict(
    pair.split("/")
    for pair in """taken/take made/make given/give seen/see shown/show begun/begin written/write
    said/say found/find held/hold won/win lost/lose""".split()
)
_FLIPPED = dict(
    pair.split("/") for pair in "has/have have/has is/are are/is was/were were/was".split()
)
_PREPOSITIONS = "on in for of about at with to from".split()

_RULES = load()
# A kind: its name, what is looked for, and what is put in its place.
Put = Callable[[re.Match[str], random.Random], str]
KINDS: list[tuple[str, str, Put]] = [
    ("article_dropped", r"(?<=[a-z] )(?:the|a|an) (?=[a-z])", lambda m, r: ""),
    ("article_dropped_at_start", r"^(?:The|A|An) [a-z]", lambda m, r: m[0][-1].upper()),
    ("be_dropped", r"(?<=[a-z] )(?:is|are|was|were) ", lambda m, r: ""),
    (
        "modal_without_be",
        r"(?<=[a-z] )(?:will|would|could|should|may|might|must|can) be ",
        lambda m, r: m[0][:-3],
    ),
    ("a_an", r"\b(?:a|an) (?=[a-z]{3})", lambda m, r: "an " if m[0] == "a " else "a "),
    (
        "name_without_capital",
        r"(?<=[a-z] )(?:London|Britain|Europe|France|Germany|Paris|Iraq|China|Spain|Japan|Russia"
        r"|America|Washington|Obama|Monday|Tuesday|Friday|January|March|September)\b",
        lambda m, r: m[0].lower(),
    ),
    ("broken_sentence", r"(?<=[a-z]{3}) (?=[a-z]{3,} )", lambda m, r: ". "),
    ("agreement", r"\b(?:has|have|is|are|was|were)\b", lambda m, r: _FLIPPED[m[0]]),
    (
        "singular_after_number",
        r"\b(?:many|several|two|three|four|five|these|those) [a-z]+s\b",
        lambda m, r: m[0][:-1],
    ),
    (
        "double_word",
        r"\b(?:the|of|to|in|and|for|with|has|is|that|at|by|on)\b ",
        lambda m, r: m[0] * 2,
    ),
    (
        "to_dropped",
        r"(?<=[a-z] )to (?=(?:be|have|make|take|get|see|find|use|keep|give|help|buy|sell|go"
        r"|become|win|do|say)\b)",
        lambda m, r: "",
    ),
    (
        "perfect_with_base",
        rf"\b(?:has|have|had) (?:{'|'.join(_BASE)})\b",
        lambda m, r: f"{m[0].split()[0]} {_BASE[m[0].split()[1]]}",
    ),
    (
        "modal_with_past",
        rf"\b(?:will|would|could|should|must|can) (?:{'|'.join(_PAST)})\b",
        lambda m, r: f"{m[0].split()[0]} {_PAST[m[0].split()[1]]}",
    ),
    (
        "modal_with_s",
        r"\b(?:will|would|could|should|must|can) [a-z]{2,}[a-rt-z]\b(?= (?:the|a|to|in)\b)",
        lambda m, r: m[0] + "s",
    ),
    (
        "adjective_after_noun",
        r"\b(?:the|a) (?:British|French|German|American|political|economic|national|military"
        r"|public|local|foreign|financial) [a-z]{4,}\b",
        lambda m, r: " ".join(m[0].split()[i] for i in (0, 2, 1)),
    ),
    (
        "other_preposition",
        r"\b(?:depends?|interested|responsible|consists?|accused|insisted|focused|aware|capable"
        r"|famous|afraid|concerned|participated?|arrived|agreed|belongs?|compared|contributed?"
        r"|suffer(?:ed|ing)?|according|similar|different) (?:on|in|for|of|about|at|with|to|from)\b",
        lambda m, r: (
            m[0].split()[0] + " " + r.choice([p for p in _PREPOSITIONS if p != m[0].split()[1]])
        ),
    ),
    (
        "double_comparison",
        r"\b(?:bigger|larger|smaller|better|worse|higher|lower|stronger|cheaper|faster|easier)\b",
        lambda m, r: "more " + m[0],
    ),
]
_ING = dict(
    pair.split("/")
    for pair in """be/being have/having make/making take/taking get/getting see/seeing
    give/giving
    find/finding go/going keep/keeping help/helping buy/buying sell/selling leave/leaving
    win/winning
    build/building pay/paying become/becoming reach/reaching show/showing""".split()
)
_BARE = "|".join(_ING)
BLIND: list[tuple[str, str, Put]] = [
    (
        "uncountable_plural",
        r"\b(?:information|evidence|equipment|advice|research|progress|violence|traffic|damage"
        r"|behaviour|knowledge|weather|software|training)\b"
        r"(?= (?:about|on|of|for|in|and|from|is|was))",
        lambda m, r: m[0] + "s",
    ),
    (
        "double_determiner",
        r"(?<=[a-z] )(?:his|her|its|their) (?=[a-z])",
        lambda m, r: "the " + m[0],
    ),
    ("base_after_he", r"\b(?:[Hh]e|[Ss]he|[Ii]t) [a-z]{2,}[a-rt-z]s\b", lambda m, r: m[0][:-1]),
    ("ing_after_to", rf"\bto (?:{_BARE})\b", lambda m, r: "to " + _ING[m[0].split()[1]]),
    (
        "ing_after_modal",
        rf"\b(?:will|would|could|should|must|can|may) (?:{_BARE})\b",
        lambda m, r: f"{m[0].split()[0]} {_ING[m[0].split()[1]]}",
    ),
    (
        "base_after_was",
        rf"\b(?:is|are|was|were) (?:{'|'.join(_ING.values())})\b",
        lambda m, r: (
            m[0].split()[0] + " " + next(b for b, g in _ING.items() if g == m[0].split()[1])
        ),
    ),
    (
        "people_which",
        r"\b(?:people|man|woman|men|women|those|anyone|children|workers|voters|families) who\b",
        lambda m, r: m[0].replace("who", "which"),
    ),
    (
        "although_but",
        r"^(?:Although|Though|While|Because) [^,]{12,90}, ",
        lambda m, r: m[0] + "but ",
    ),
    ("preposition_dropped", r"(?<=[a-z] )(?:in|of|to|for|at|on) (?=the [a-z])", lambda m, r: ""),
    ("adverb_as_adjective", r"\b[a-z]{4,}ly (?=[a-z]{3,}ed\b)", lambda m, r: m[0][:-3] + " "),
    ("much_with_plural", r"\b[Mm]any (?=[a-z]+s\b)", lambda m, r: "much "),
    (
        "than_as_that",
        r"\b(?:more|less|better|higher|rather|fewer) than\b",
        lambda m, r: m[0][:-2] + "at",
    ),
    ("one_of_singular", r"\bone of the [a-z]+s\b", lambda m, r: m[0][:-1]),
    (
        "past_after_did",
        r"\b(?:did not|didn't|does not|do not|don't) "
        r"(?:want|need|believe|look|seem|expect|offer|help)\b",
        lambda m, r: m[0] + "ed",
    ),
    (
        "since_a_span",
        r"\bfor (?=(?:two|three|four|five|several|many|\d+) (?:years|months|weeks|days)\b)",
        lambda m, r: "since ",
    ),
    (
        "nationality_without_capital",
        r"(?<=[a-z] )"
        r"(?:British|American|French|German|Chinese|Russian|European|Indian|Iraqi|Irish)\b",
        lambda m, r: m[0].lower(),
    ),
    ("its_as_it_is", r"(?<=[a-z] )its (?=[a-z])", lambda m, r: "it's "),
    ("their_as_there", r"(?<=[a-z] )their (?=[a-z])", lambda m, r: "there "),
    (
        "enough_after_noun",
        r"\b(?:very|too|so|more|most) [a-z]{4,} (?=[a-z]{4,}\b)",
        lambda m, r: " ".join(reversed(m[0].split())) + " ",
    ),
    (
        "word_dropped_after_have",
        r"\b(?:has|have|had) been (?=[a-z]{3,})",
        lambda m, r: m[0].split()[0] + " ",
    ),
]


def measure(data: Path, **quick: Any) -> dict[str, float]:
    """The share of slips found, by kind; ``mean`` gives each kind the same weight."""
    machine = Machine(tuple(rule for rule in load().patterns if rule.language in ("en", "*")))
    texts = [r["text"] for r in rows(data / "translations.jsonl.gz") if r["version"] == "native"]
    sentences = [s for text in texts for s in _sentences(text)]
    random.Random(5).shuffle(sentences)
    shares = _shares(KINDS, machine, sentences)
    blind = _shares(BLIND, machine, sentences)
    fresh = _shares(FRESH, machine, sentences)
    return {
        **{f"slips.{name}": share for name, share in shares.items()},
        "slips.mean": sum(shares.values()) / len(shares),
        **{f"slips.blind.{name}": share for name, share in blind.items()},
        "slips.blind.mean": sum(blind.values()) / len(blind),
        **{f"slips.fresh.{name}": share for name, share in fresh.items()},
        "slips.fresh.mean": sum(fresh.values()) / len(fresh),
    }


def _shares(
    kinds: list[tuple[str, str, Put]], machine: Machine, sentences: list[str]
) -> dict[str, float]:
    """The share of each kind's slips that are found."""
    shares = {}
    for name, pattern, put in kinds:
        draw, finder = random.Random(7), re.compile(pattern)
        tried = found = 0
        for sentence in sentences:
            places = list(finder.finditer(sentence))
            if not places:
                continue
            match = draw.choice(places)
            new = put(match, draw)
            slip = sentence[: match.start()] + new + sentence[match.end() :]
            tried += 1
            found += _told(machine, sentence, slip, match.start(), match.start() + len(new))
            if tried == MOST:
                break
        shares[name] = found / max(tried, 1)
    return shares


def _sentences(text: str) -> Iterator[str]:
    """Sentences that end as such and hold no quotation, where rules of grammar are silent."""
    read = Text(text)
    for start, end in read.sentences:
        sentence = read.plain[start:end]
        if 40 < len(sentence) < 260 and sentence[-1] in ".!?" and '"' not in sentence:
            yield sentence


def _told(machine: Machine, before: str, after: str, start: int, end: int) -> bool:
    """Whether a rule that was silent before speaks beside the slip."""
    known = {one.rule for one in _findings(before, machine)}
    return any(
        one.rule not in known and one.start < end + NEAR and start - NEAR < one.end
        for one in _findings(after, machine)
    )


def _findings(sentence: str, machine: Machine) -> list[Finding]:
    """What the rules see in a sentence, and the checks of words that stand in a row."""
    article = document(sentence)
    found = list(search(article.text, machine))
    for check in (repeated_words, broken_expressions, wrong_forms):
        found.extend(check(article, _RULES))
    return found
