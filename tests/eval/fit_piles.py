"""What a pile adds to two documents' own likeness: weights fitted on piles drawn at random.

Each draw takes pages of some topics, from one to eight of a story, so that nothing hangs on how
many tell one; and some of rated_articles as other news. What is fitted is how the parts of
audit/facts/piles.py tell whether a pair is of one story; two rated articles that appeared long
after each other are not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

import numpy as np

from audit.facts.piles import Pair, parts_of

DRAWS = 60
TOPICS = (1, 3, 8, 40)  # topics of a draw, at most
OTHERS = (0, 50, 200, 400)  # other articles of a draw, at most
MOST = 8  # pages of one story in a draw
ONE_ONLY = 0.3  # how often a topic has one of its stories only
PARTS = ("own", "average", "company", "nearer")


def rows(
    odds: Mapping[Pair, float],
    never: float,
    stories: Mapping[str, str],
    topics: Mapping[str, str],
    others: list[str],
    apart: set[Pair],
    far: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """Pairs of all draws: PARTS, whether of one story, weights, topics ("-": two
    topics or none).

    odds: log-odds of one story by pair; stories, topics: of each page; others: articles of other
    news, of whose pairs those of ``apart`` are surely of two stories and weigh ``far``."""
    found, one, weights, of = [], [], [], []
    for ids in _draws(stories, topics, others):
        kept = set(ids)
        mine = {p: o for p, o in odds.items() if p[0] in kept and p[1] in kept}
        for pair, parts in parts_of(mine, never).items():
            a, b = pair
            other = a not in stories and b not in stories
            if other and pair not in apart:
                continue
            found.append([parts[name] for name in PARTS])
            one.append(a in stories and stories[a] == stories.get(b))
            weights.append(far if other else 1.0)
            of.append(topics[a] if a in topics and topics[a] == topics.get(b) else "-")
    return np.array(found), np.array(one, float), np.array(weights), of


def _draws(
    stories: Mapping[str, str], topics: Mapping[str, str], others: list[str]
) -> Iterator[list[str]]:
    by_topic: dict[str, dict[str, list[str]]] = {}
    for page in sorted(stories):
        by_topic.setdefault(topics[page], {}).setdefault(stories[page], []).append(page)
    chance = random.Random(7)
    for _ in range(DRAWS):
        ids = chance.sample(others, min(len(others), chance.choice(OTHERS)))
        for topic in chance.sample(sorted(by_topic), min(len(by_topic), chance.choice(TOPICS))):
            told = sorted(by_topic[topic])
            if chance.random() < ONE_ONLY:
                told = [chance.choice(told)]
            for story in told:
                pages = by_topic[topic][story]
                ids += chance.sample(pages, chance.randint(1, min(len(pages), MOST)))
        yield sorted(ids)
