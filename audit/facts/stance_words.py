"""The two sides of what cannot both be of one person, body or thing: as patterns of a clause.

A name in a sentence is masked before it is read: its first character is NAME, the others REST.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME, REST = "\x01", "\x02"
N = f"(?P<who>{NAME}{REST}*)"
_DAY = (
    r"(?:late |early )?(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?: night| evening| morning)?"
)
_ASIDE = rf"(?:,? \d\d(?=,)|, (?!{NAME})[^.;:!?\"\n,]{{2,70}},| \([^)\n]{{1,30}}\)|,){{0,2}}"
_ADV = rf"(?: (?:also|now|then|finally|later|\w+ly|again|always|both|yesterday|today|{_DAY}))?"
_HAVE = r"(?: (?:has|have|had))?"
_WAS = r"(?: (?:was|is|were|has been|had been|have been))"
S = rf"{N}{_ASIDE}{_ADV}{_HAVE}{_ADV}"  # who did it
_NOT = r"(?:n't| not)"
_AT = rf"(?: [a-z-]+)?(?: (?:of|in|at) (?:the )?{NAME}{REST}*)?"  # "the Lyric theatre in Welby"
_TITLE = r"(?:(?!not )(?:the |its |his |former |ex-)?(?:[\w-]+,? ){0,4}?)"  # the minister of whom
_ENDS = (
    r"(?=[.,;:!?\n]|$"
    r"| (?:as|from|on|in|at|after|over|for|last|this|by|and|but|to|with|amid|late))"
)
_OF = r"(?: of (?P<of>[^.;:!?\n]{3,90}))?"
_BODY = (
    r"(?P<body>council|board|parliament|senate|court|judges?|committee|cabinet|shareholders"
    r"|members|voters|regulators?|commission|assembly|lawmakers|panel|boards)"
    rf"(?: of (?:the )?{NAME}{REST}*)?{_ADV}{_HAVE}{_ADV}"
)
_DONE_TO = r" (?P<of>[^.;:!?\n]{3,80})"
_MEASURE = (
    rf"{N}'s? (?P<when>[\w-]+ )?(?:net |operating |pre-tax )?(?P<body>profits?|revenues?|sales"
    rf"|turnover|earnings|exports|output|losses){_ADV}{_HAVE}"
)
_MOVED = r"(?P<of>[^.;:!?\n]{0,60})"
PARTLY = re.compile(r"\b(?:at|in) (?:its|the) [\w -]*(?:arm|unit|division|business|segment)s?\b")
_THING = (
    r"(?P<body>schools?|airport|border|borders|bridge|port|tunnel|station|shops|factory|plant"
    rf"|hospital|university|market|churches|beaches|road) (?:in|of|at|on|to|with) (?:the )?{N}"
)


@dataclass(frozen=True)
class Kind:
    """Two sides of one kind of stance: what each is called, its patterns, and how they meet.

    ``turns`` where the second side may follow the first in time ("has not conceded", "conceded"),
    and ``soon`` where it often does on the same day;
    ``event`` is the class of events it is told under; ``people`` where whole names of people only
    are meant. What is said of ``of`` must meet: the same charge, the same matter."""

    name: str
    event: str
    sides: tuple[str, str]  # the first is what holds before the second, where it turns
    patterns: tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]
    turns: bool = False
    soon: bool = True
    people: bool = True


def _made(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in patterns)


_DEEDS = r"(?:arrested|detained|charged|dismissed|sacked|fired|suspended|expelled|extradited)"
_RACE = r"(?:election|race|vote|runoff|run-off|presidency|contest|seat|referendum|primary)"
KINDS = (
    Kind(
        "concession", "election", ("not conceded", "conceded"),
        (
            _made(rf"{N}{_ASIDE} (?:has|had|have|did|does|would|will){_NOT}(?: yet)? conceded?\b"
                  r"(?! (?:a|any|that|goals?|points?)\b)",
                  rf"{S} (?:refused|refuses|declined|declines|yet|refusing) to concede\b"),
            _made(rf"{S} (?:conceded|concedes)(?= defeat|[.,;\n]|$| to {NAME}| on | late | and "
                  rf"| after | in a | (?:the|his|her) (?:\w+ )?{_RACE})"),
        ),
        turns=True,
    ),
    Kind(
        "outcome", "verdict", ("convicted", "acquitted"),
        (
            _made(rf"{N}{_ASIDE}(?: who)?{_ADV}{_WAS}{_ADV} (?:convicted|found guilty)"
                  rf"(?: {_DAY})?{_OF}",
                  rf"\bconvicted {_TITLE}{N}{_OF}", rf"\bfound {_TITLE}{N} guilty{_OF}",
                  rf"^{N} (?:convicted|found guilty|guilty){_OF}"),
            _made(rf"{N}{_ASIDE}(?: who)?{_ADV}{_WAS}{_ADV} (?:acquitted|cleared|found not guilty)"
                  rf"(?: {_DAY})?{_OF}",
                  rf"\b(?:acquitted|cleared) {_TITLE}{N}{_OF}",
                  rf"\bfound {_TITLE}{N} not guilty{_OF}",
                  rf"^{N} (?:acquitted|cleared|found not guilty|not guilty){_OF}"),
        ),
    ),
    Kind(
        "leaving", "resignation", ("resigned", "was dismissed"),
        (
            _made(rf"{S} (?:resigned|resigns|quit|quits|stepped down|steps down|stood down)\b"),
            _made(rf"{N}{_ASIDE}{_ADV}{_WAS}{_ADV} (?:dismissed|sacked|fired|ousted){_ENDS}",
                  rf"\b(?:dismissed|dismisses|sacked|sacks|fired|fires) {_TITLE}{N}{_ENDS}",
                  rf"^{N} (?:sacked|fired|dismissed|ousted){_ENDS}"),
        ),
    ),
    Kind(
        "life", "death", ("survived", "died"),
        (
            _made(rf"{S} survived(?=[.,;\n]|$| and | but | with | unhurt| (?:the|a) (?:crash|attack"
                  r"|sinking|blast|explosion|fire|accident|shooting|bombing|disaster|collision))",
                  rf"{N}{_ASIDE}{_WAS} (?:among the survivors|rescued|found alive|pulled alive"
                  r"|unhurt|unharmed)\b"),
            _made(rf"{N}{_ASIDE}{_WAS} (?:also )?(?:among the (?:dead|victims|fatalities)|killed"
                  r"|found dead|confirmed dead)\b",
                  rf"{S} died(?= (?:in|on|at|when) (?:the|a|board) (?:crash|attack|sinking|blast"
                  r"|explosion|fire|accident|shooting|bombing|disaster|collision|wreck))"),
        ),
    ),
    Kind(
        "admission", "statement", ("denied", "admitted"),
        (
            _made(rf"{S} (?:denied|denies)(?: {_DAY})?{_DONE_TO}"),
            _made(rf"{S} (?:admitted|admits|confirmed|confirms|acknowledged)(?: {_DAY})?"
                  rf"{_DONE_TO}"),
        ),
        turns=True, people=False,
    ),
    Kind(
        "appeal", "verdict", ("will not appeal", "appeals"),
        (
            _made(r"\b(?:would|will)(?:n't| not) appeal\b"),
            _made(r"\b(?:would|will|to|has) appeal(?:ed)?\b",
                  r"\b(?:file|filed|lodge|lodged) an appeal\b",
                  r"\ban appeal (?:would|will) be (?:filed|lodged)\b"),
        ),
        turns=True,
        soon=False,
    ),
    Kind(
        "approval", "approval", ("rejected", "approved"),
        (
            _made(rf"\b{_BODY} (?:rejected|turned down|voted down|threw out|blocked){_DONE_TO}"),
            _made(rf"\b{_BODY} (?:approved|backed|accepted|passed|adopted|endorsed|ordered"
                  rf"|granted){_DONE_TO}"),
        ),
        people=False,
    ),
    Kind(
        "result", "result", ("fell", "rose"),
        (
            _made(rf"{_MEASURE} (?:fell|dropped|declined|slid|sank|plunged|decreased|shrank)\b"
                  rf"{_MOVED}"),
            _made(rf"{_MEASURE} (?:rose|grew|climbed|increased|jumped|gained|soared)\b{_MOVED}"),
        ),
        people=False,
    ),
    Kind(
        "closing", "closure", ("open", "closed"),
        (
            _made(rf"\b{_THING}{_ADV} (?:(?:remain|remains|remained|stay|stays|stayed"
                  r"|(?:will|would) (?:remain|stay)|(?:are|is|were|was) still) open)\b"),
            _made(rf"\b{_THING}{_ADV}(?: (?:were|was|are|is|have been|has been|have|has))? "
                  rf"(?:closed|shut){_ENDS}"),
        ),
        turns=True, people=False,
    ),
    Kind(
        "intent", "statement", ("considers it", "refuses it"),
        (
            _made(rf"{N}{_ASIDE} (?:is|are) (?:considering|mulling|weighing|contemplating)"
                  rf"{_DONE_TO}"),
            _made(rf"{S} (?:refuses|refused|ruled out|rules out|declines|declined){_DONE_TO}"),
        ),
        people=False,
    ),
    Kind(
        "done", "statement", ("not", "done"),
        (
            _made(rf"{N}{_ASIDE} (?:was|is|were|has|have|had){_NOT}(?: yet)?(?: been)?"
                  rf"(?: yet)? (?P<body>{_DEEDS})\b",
                  rf"\b(?:had|has|have|did)(?:n't| not) (?P<body>{_DEEDS}) {_TITLE}{N}{_ENDS}"),
            _made(rf"{N}{_ASIDE}{_ADV}{_WAS}{_ADV} (?P<body>{_DEEDS})\b",
                  rf"\b(?P<body>{_DEEDS}) {_TITLE}{N}{_ENDS}"),
        ),
        turns=True, people=False,
    ),
    Kind(
        "fate", "construction", ("to be rebuilt", "to be demolished"),
        (
            _made(rf"{N}{_AT}{_ASIDE} (?:will|would|is to|can|could) be (?:rebuilt|restored"
                  r"|saved)\b"),
            _made(rf"{N}{_AT}{_ASIDE} (?:will|would|is to|must) be (?:demolished|torn down"
                  r"|pulled down|razed|knocked down)\b"),
        ),
        people=False,
    ),
)  # fmt: skip
# "convicted her of bribery but acquitted her of fraud": of whom the clause before is.
AGAIN = (
    re.compile(rf"\b(?:but|and|while)(?: (?:was|he was|she was))? (?:convicted|found)(?: him| her)?"
               rf"(?: guilty)?{_OF}"),
    re.compile(rf"\b(?:but|and|while)(?: (?:was|he was|she was))? (?:acquitted|cleared|found not"
               rf" guilty)(?: him| her)?{_OF}"),
)  # fmt: skip


def _cues(lines: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """By word: the kinds and sides of which a pattern has it."""
    out: dict[str, tuple[tuple[str, int], ...]] = {}
    for line in lines.strip().splitlines():
        name, *sides = line.replace(":", "|").split("|")
        for side, words in enumerate(sides):
            for word in words.split():
                out[word] = (*out.get(word, ()), (name.strip(), side))
    return out


# Words without one of which no pattern of a kind and side matches, as they stand in a text.
CUES = _cues("""
concession: concede conceded | conceded concedes
outcome: convicted guilty | acquitted cleared guilty
leaving: resigned resigns quit quits stepped steps stood | dismissed dismisses sacked sacks fired fires ousted
life: survived survivors rescued alive unhurt unharmed | dead victims fatalities killed died
admission: denied denies | admitted admits confirmed confirms acknowledged
appeal: appeal | appeal appealed
approval: rejected turned voted threw blocked | approved backed accepted passed adopted endorsed ordered granted
result: fell dropped declined slid sank plunged decreased shrank | rose grew climbed increased jumped gained soared
closing: open | closed shut
intent: considering mulling weighing contemplating | refuses refused ruled rules declines declined
done: arrested detained charged dismissed sacked fired suspended expelled extradited | arrested detained charged dismissed sacked fired suspended expelled extradited
fate: rebuilt restored saved | demolished torn pulled razed knocked
""")  # noqa: E501
# Before the clause: what might be, is denied, or was at another time.
HELD_BACK = re.compile(
    r"(?:\b(?:if|whether|unless|until|before|once|should|could|might|may (?!\d)|deny|denied|denies"
    r"|denying|falsely|false|rumou?rs?|not|no|never|when|ago|forced|reports?|claims?|after|since)\b|\?)"
    r"[^,;\"]*$",
    re.IGNORECASE,
)
# In its sentence: of another stage of the matter than the first news.
ELSEWHERE = re.compile(
    r"\bon appeal|appeals court|\boverturn|\bquash|\bretrial|\bin absentia|\bwrongly|\bwrongful"
    r"|\bpreviously|\bearlier\b|\bof (?:his|her) (?:injuries|wounds)|\bin hospital|\?",
    re.IGNORECASE,
)
PROSECUTION = re.compile(r"\bprosecut|\battorney general|\bstate'", re.IGNORECASE)
