"""Pages of invented news by story, as story_pages has real ones, every number marked.

invented_pages.jsonl is our own writing: 18 topics of two stories each (two quakes in one region,
two fires of one chain), five pages a story, written before the product was run on them and by hands
that did not know it: early tolls, rounded ones, wrong ones, parts, background. Each number has what
it counts (``slot``), its value and bound, its span, and the event it belongs to. Two numbers of one
slot that differ are of ``one`` thing where their event is one, and should be told as a conflict or
an update; else of ``two``. The weights of rules/facts/identity.toml are fitted on these pages too:
``python -m tests.eval.fit_identity`` prints what is reached on topics left out of the fit.

invented_wires.jsonl has 16 topics more in the same form, short as wire reports are and no harder
than life: most of their like stories differ by place and year. invented_sites.jsonl has 8 topics as
a crawl of news sites has them: seven outlets on one event, from the first report to the inquiry, a
clumsy and a sloppy one among them, and three on a like event elsewhere. Nothing is fitted on these.

invented_desks.jsonl has 12 topics that are no disasters, written for the numbers that are no tolls:
deals, cuts, raids, robberies, trials, transfers, strikes, ships, breaches, launches, elections,
drugs; five outlets on one, three on a like one. Weights are fitted on it. invented_dailies.jsonl
has 8 topics of all kinds as plain dated reports, four pages and two; nothing is fitted on these.
invented_news.jsonl has 8 topics of the kinds that story_pages has, mostly undated, some in clumsy
English; nothing is fitted on these; the first four were looked at while rules were mended, the
others after they had been measured. invented_follow.jsonl has 8 more of these kinds, followed from
the first report to the charge or the verdict; nothing is fitted on these; of the first four what
was missed was looked at, of the others nothing.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from audit.facts.compare import Doc
from audit.facts.extract import extract
from audit.rules import Rules, load
from audit.tokens import Text
from tests.eval.stories import Found, by_two, in_folder, over

FLOORS = {
    "invented.two_toll_precision": 0.65,
    "invented.folder_toll_precision": 0.67,
    "invented.two_toll_recall": 0.19,
    "invented.folder_toll_recall": 0.24,
    "wires.two_toll_precision": 0.84,
    "wires.folder_toll_precision": 0.87,
    "wires.two_toll_recall": 0.14,
    "wires.folder_toll_recall": 0.19,
    "sites.two_toll_precision": 0.86,
    "sites.folder_toll_precision": 0.89,
    "sites.two_toll_recall": 0.15,
    "sites.folder_toll_recall": 0.185,
    "desks.two_precision": 0.74,
    "desks.two_recall": 0.055,
    "desks.folder_precision": 0.77,
    "desks.folder_recall": 0.05,
    "dailies.two_precision": 0.94,
    "dailies.two_recall": 0.21,
    "dailies.folder_precision": 0.94,
    "dailies.folder_recall": 0.19,
    "news.two_precision": 0.85,
    "news.two_recall": 0.095,
    "news.folder_precision": 0.87,
    "news.folder_recall": 0.115,
    "follow.two_precision": 0.86,
    "follow.two_recall": 0.09,
    "follow.folder_precision": 0.93,
    "follow.folder_recall": 0.11,
}
CEILINGS: dict[str, float] = {}
PAGES = Path(__file__).with_name("invented_pages.jsonl")
WIRES = Path(__file__).with_name("invented_wires.jsonl")
SITES = Path(__file__).with_name("invented_sites.jsonl")
DESKS = Path(__file__).with_name("invented_desks.jsonl")
DAILIES = Path(__file__).with_name("invented_dailies.jsonl")
NEWS = Path(__file__).with_name("invented_news.jsonl")
FOLLOW = Path(__file__).with_name("invented_follow.jsonl")
KINDS = (
    ("invented", PAGES),
    ("wires", WIRES),
    ("sites", SITES),
    ("desks", DESKS),
    ("dailies", DAILIES),
    ("news", NEWS),
    ("follow", FOLLOW),
)
TOLLS = ("killed", "injured", "magnitude")


def measure(data: Path, **_: Any) -> dict[str, float]:
    """Precision and recall of numbers that differ, two pages at a time and all in one folder."""
    del data
    rules = load()
    figures: dict[str, float] = {}
    for kind, of in KINDS:
        written = read(of)
        docs = documents(written, rules)
        figures[f"{kind}.pages"] = float(len(docs))
        for name, found in (("two", by_two(docs, rules)), ("folder", in_folder(docs, rules))):
            told = told_of(found, written)
            for what, slots in (("", None), ("toll_", TOLLS)):
                one, said, two = count(told, slots)
                figures[f"{kind}.{name}_{what}precision"] = round(one / max(1, one + two), 3)
                figures[f"{kind}.{name}_{what}recall"] = round(one / max(1, said), 3)
    return figures


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """The pages that weights are fitted on."""
    return (*read(PAGES), *read(WIRES), *read(DESKS))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def pages(rules: Rules) -> dict[str, Doc]:
    """Those pages as documents."""
    return documents(rows(), rules)


def documents(written: Iterable[dict[str, Any]], rules: Rules) -> dict[str, Doc]:
    docs = {}
    for row in written:
        text = Text(row["text"])
        facts = extract(text, title=None, published=None, url=None, language="en", rules=rules)
        docs[row["id"]] = Doc(row["id"], text, facts)
    return docs


def pairs(written: Iterable[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The pairs of numbers of one slot in two pages of one topic (of those ``written``, or of all
    that weights are fitted on) that differ, as story_pairs.jsonl has them; ``value``: both."""
    found = []
    for a, b in itertools.combinations(rows() if written is None else written, 2):
        if a["id"].partition("_")[0] != b["id"].partition("_")[0]:
            continue
        for one, two in itertools.product(a["numbers"], b["numbers"]):
            if one[0] == two[0] and one[1] != two[1]:
                found.append(
                    {
                        "a": [a["id"], *one[3:5]],
                        "b": [b["id"], *two[3:5]],
                        "slot": one[0],
                        "value": (one[1], two[1]),
                        "verdict": "one" if one[5] == two[5] else "two",
                        "event": (one[5], two[5]),
                    }
                )
    return found


def told_of(
    found: Found, written: Iterable[dict[str, Any]] | None = None
) -> Counter[tuple[str, str, bool]]:
    """By slot, verdict and whether it is reported: how many statements about two things differ.
    A text that gives one number twice states it once, so one report of it is enough."""
    told: dict[tuple[Any, ...], bool] = {}
    for row in pairs(written):
        (a, *one), (b, *two) = row["a"], row["b"]
        key = (row["slot"], row["verdict"], a, b, row["value"], row["event"])
        said = any(over(x, one) and over(y, two) for x, y in found(a, b))
        told[key] = told.get(key, False) or said
    return Counter((key[0], key[1], said) for key, said in told.items())


def count(
    told: Counter[tuple[str, str, bool]], slots: tuple[str, ...] | None
) -> tuple[int, int, int]:
    """How many of one thing are reported, how many there are, and how many of two are reported."""
    of = {k: n for k, n in told.items() if slots is None or k[0] in slots}
    one = sum(n for k, n in of.items() if k[1] == "one" and k[2])
    whole = sum(n for k, n in of.items() if k[1] == "one")
    return one, whole, sum(n for k, n in of.items() if k[1] == "two" and k[2])
