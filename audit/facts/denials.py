"""A report that is denied without being told again: "The claim is baseless", "denied the report".

Such a sentence has no event of its own. It takes back what the text's head reports: the first
statement there that is a plan, or that somebody is cited for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from audit.facts.open_verbs import is_open
from audit.facts.statement import Statement
from audit.tokens import Text

_TALE = r"(?:reports?|claims?|allegations?|rumou?rs?|story|stories|accounts?|assertions?)"
_FALSE = (
    r"(?:false|untrue|baseless|unfounded|groundless|incorrect|inaccurate|fabricated|fake|invented"
    r"|nonsense|without (?:foundation|basis)|a lie|lies|fiction|speculation)"
)
_NOT = (
    r"not (?:on the agenda|on the table|true|correct|accurate|planned|being (?:considered|discussed"
    r"|planned)|under (?:consideration|discussion))"
)
_DENIAL = re.compile(
    rf"\b(?:the|this|that|these|those|such) (?:{_TALE}|question|matter|issue|idea|step|move)"
    rf" (?:is|was|are|were|had been|has been) (?:(?:totally|completely|entirely|simply|absolutely)"
    rf" )?(?:{_FALSE}|{_NOT})\b"
    rf"|\b(?:denied|denies|dismissed|dismisses|rejected|rejects|refuted|refutes) (?:the|this|that"
    rf"|these|those|such) {_TALE}(?=[.,;]| as\b| on [A-Z])"
    rf"|\b(?:called|calls|described) (?:the|this|that|these|those|such) {_TALE} (?:as )?{_FALSE}\b",
    re.IGNORECASE,
)
# What is denied stands after one of these: only there is a denial looked for.
_POINTERS = frozenset("the this that these those such".split())
_TALES = frozenset(
    """report reports claim claims allegation allegations rumor rumors rumour rumours story stories
    account accounts assertion assertions question matter issue idea step move""".split()
)
_AHEAD = ("planned", "considered", "proposed")
_HEAD = 3  # sentences at the head of a text in which the denied report is looked for
_REACH = 8  # sentences between a report and its denial


def denials(
    text: Text,
    made: list[Statement],
    said: list[tuple[int, int, int]],
) -> list[Statement]:
    """The statements that the denials of a text add: the denied one again, with status "denied".

    said: (start, end, index) of the words each attribution covers, sorted."""
    out: list[Statement] = []
    if not made:
        return out
    starts = [start for start, _ in text.sentences]
    for cue in _cues(text):
        here = bisect_right(starts, cue.start()) - 1
        target = next(
            (
                s
                for s in made
                if s.sentence[1] <= starts[here]
                and not is_open(s.claim.event)
                and bisect_right(starts, s.trigger[0]) - 1 < min(_HEAD, here)
                and here - bisect_right(starts, s.trigger[0]) < _REACH
                and s.agent
                and s.theme
                and (s.claim.status in _AHEAD
                     or (s.claim.status == "asserted" and s.claim.attribution is not None))
            ),
            None,
        )  # fmt: skip
        if target is None:
            continue
        who = next((i for a, b, i in said if a <= cue.start() < b), None)
        if who is not None and who == target.claim.attribution:
            continue
        claim = msgspec.structs.replace(
            target.claim,
            start=cue.start(),
            end=cue.end(),
            date=None,
            value=None,
            status="denied",
            attribution=who,
        )
        out.append(
            msgspec.structs.replace(
                target,
                claim=claim,
                trigger=(cue.start(), cue.end()),
                sentence=text.sentences[here],
                nominal=False,
                finite=True,
            )
        )
    return out


def _is_tale(word: str) -> bool:
    return word.lower() in _TALES


def _cues(text: Text) -> Iterator[re.Match[str]]:
    """The denials of a text: at "the report" and the like, or at the verb before it."""
    lower, words, done = text.lower, text.words, 0
    for at in text.where(_is_tale):
        if not at or lower[at - 1] not in _POINTERS:
            continue
        for first in (max(0, at - 2), at - 1):
            start = words[first][0] + max(lower[first].rfind("-"), lower[first].rfind("'")) + 1
            cue = _DENIAL.match(text.plain, start) if start >= done else None
            if cue:
                done = cue.end()
                yield cue
                break
