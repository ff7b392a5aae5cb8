"""Deeds a headline tells of, and the words by which its text would tell of them.

A headline that says somebody stole, fled or was jailed over a text with no word of it, in any of
the usual words, claims what the text does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.article import Article, Remark
from audit.tokens import Text

LEAST = 60  # words of a text below which it may leave out what its headline says
MOST = 12_000  # characters of a text that are looked at


def _deed(told: str, borne: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"\b(?:{told})\b", re.I), re.compile(rf"\b(?:{borne})", re.I)


_PEOPLE = (  # killed a bill, a mood: no deed
    r"(?:(?:his|her|their|a|an|the) )?(?:\d+|two|three|four|five|six|dozens|scores|hundreds|man|men"
    r"|woman|women|wife|husband|son|daughter|people|officers?|mother|father|girl|boy|students?|him"
    r"|her|child|children|soldiers?|civilians)"
)
# What a headline says, and the beginnings of words by which the text bears it out.
_DEEDS = [
    _deed("steal(?:s|ing)?|stole|stolen|robs|robbed|robbing|embezzl(?:es?|ed|ing)|loots|looted",
          "steal|stole|theft|thie[fv]|rob|embezz|loot|larcen|misappropri|siphon|pocket|burgl"
          "|pilfer|shoplift|swip|snatch|heist|defraud|fraud|took|taken"),
    _deed("flees|fled|fleeing",
          "fle[ed]|flight|escap|ran|run|abscond|left|leav|evad|evac|exil|refug|displac|asylum"),
    _deed(rf"killed(?: (?:in|by|at|after|near|when)|$)|kill(?:s|ed) {_PEOPLE}|murders|murdered"
          "|murdering|slays|slain|massacres?|massacred",
          "kill|murder|die[ds]?|dying|dead|death|sla[iy]|shot|shoot|fatal|execut|homicid|manslaughter"
          "|stab|perish|lives|casualt|massacr|assassin|bomb|explo|strangl|drown|gunned|victim|lost"),
    _deed("arrests|arrested|jails|jailed|imprisoned|handcuffed",
          "arrest|custod|detain|detention|jail|gaol|prison|handcuff|apprehend|charge|bars|convict"
          "|sentenc|raid|cuff|bail|inmate|incarcerat|cell|nabbed|caught|imprison"),
    _deed("rapes|raped|molests|molested", "rap|molest|assault|sex|abus|attack"),
    _deed("bribes|bribed|bribing", "brib|corrupt|kickback|pay|paid|graft|hush|cash"),
    _deed("resigns|resigned", "resign|quit|step|stood|depart|leav|left|exit|retir|oust|out|gone"),
    _deed("convicts|convicted|found guilty|pleads guilty|pleaded guilty",
          "convict|guilt|verdict|plea|sentenc|jury|felon"),
    _deed("bankrupt|bankruptcy", "bankrupt|chapter|insolv|creditor|liquidat|broke|debt|administ"),
    _deed("divorces|divorced|divorcing",
          "divorc|split|separat|marri|ex|estrang|custody|settle|part"),
    _deed("pregnant", "pregnan|expect|bab[yi]|bump|child|due|birth|womb|trimester|foetus|fetus"),
    _deed("kidnaps|kidnapped|abducts|abducted",
          "kidnap|abduct|hostage|taken|took|captiv|captur|ransom|snatch|missing|seiz|held"),
    _deed("defects|defected", "defect|asylum|fle[ed]|left|leav|escap|switch|join"),
    _deed("assassinat(?:es|ed|ing)", "assassin|kill|murder|shot|shoot|die[ds]?|dead|death"),
]  # fmt: skip
_ITSELF = re.compile(r"[?\"|]| '|'$")  # a question or a quotation says less


def unborne(article: Article) -> Iterator[Remark]:
    """The deed in a headline that the text tells of in no word, one at most."""
    title = (article.title or "").strip()
    head = Text(title).plain
    text = article.text
    if not 4 <= len(head.split()) <= 25 or _ITSELF.search(head) or len(text.words) < LEAST:
        return
    body = text.plain[:MOST].replace(head, " ")
    for told, borne in _DEEDS:
        said = told.search(head)
        if said is None or borne.search(body):
            continue
        start, end = next((s for s in text.sentences if head not in text.plain[slice(*s)]), (0, 0))
        if end > start:
            yield Remark(
                start, end,
                f"The headline says \u201c{said.group()}\u201d; the text has no word of it: "
                f"\u201c{title}\u201d.", 0.7,
            )  # fmt: skip
        return
