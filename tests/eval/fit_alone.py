"""Fits ``audit/language/alone.npz``: ``python -m tests.eval.fit_alone DATA``.

Whether one text alone is a machine's, by four groups of texts: people at home in English and its
back-translations, human translations and machine ones. What a text tells of by its subject
(translations of German news speak of Germany) must not count, so that *where* a text comes from
is judged apart, and a text weighed against people's of its own origin. Every figure printed is of
texts whose stories (or years) were held out from both stages of the fit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from audit.characters import points
from audit.language import hashed as h
from audit.language.alone import BITS, Weights, features, fold, odds_of
from audit.language.conventions import habits
from audit.tokens import plain
from tests.eval.fit_translation import logistic
from tests.eval.languages import rows
from tests.eval.spellings import spellings

OUT = Path(h.__file__).parent / "alone.npz"
STRENGTH = 10.0  # of the first stage
RIDGE = 0.1  # of the second, a text
GROUPS = {"native": 0, "back_translated": 1, "human_translation": 2, "mt": 3}


class Texts:
    """Texts as both stages see them."""

    def __init__(self, texts: list[str], tables: list[np.ndarray]) -> None:
        plains = [plain(text) for text in texts]
        seen = [h.read(text) for text in plains]
        self.words = _matrix([fold(h.bag(one)) for one in seen])
        self.habits = habits(seen, [points(text) for text in plains], *tables)
        self.length = np.array([len(one.hashes) for one in seen], np.float64)

    def take(self, chosen: np.ndarray) -> Texts:
        part = object.__new__(Texts)
        part.words, part.habits = self.words[chosen], self.habits[chosen]
        part.length = self.length[chosen]
        return part


def _matrix(bags: list[h.Bag]) -> sparse.csr_matrix:
    start = np.cumsum([0, *(len(held.slots) for held in bags)])
    column = np.concatenate([held.slots for held in bags])
    data = np.concatenate([held.values for held in bags])
    return sparse.csr_matrix((data, column, start), shape=(len(bags), 1 << BITS))


def hashes() -> list[np.ndarray]:
    """Sorted hashes of what only American and only British houses write."""
    british, american = spellings()
    return [np.array(sorted({h.crc(w) for w in s}), np.uint64) for s in (american, british)]


def first(words: sparse.csr_matrix, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of words: machine in all, at home, abroad; and abroad or at home. Constants."""
    machine, abroad = group % 2, group // 2
    everything = np.ones(len(group), bool)
    weights, constants = [], []
    for use, label in (
        (everything, machine),
        (abroad == 0, machine),
        (abroad == 1, machine),
        (everything, abroad),
    ):
        column = sparse.csr_matrix(np.ones((int(use.sum()), 1)))
        w = logistic(sparse.hstack([words[use], column]).tocsr(), label[use], STRENGTH)
        weights.append(w[:-1])
        constants.append(w[-1])
    return np.array(weights).T, np.array(constants)


def second(x: np.ndarray, group: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Weights of a softmax over the four groups on standardised features; the last is constant."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    hot = np.eye(4)[group]

    def loss(flat_: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat_.reshape(-1, 4)
        odds = z @ w
        odds -= odds.max(1, keepdims=True)
        odds -= np.log(np.exp(odds).sum(1, keepdims=True))
        value = -(hot * odds).sum() + ridge * len(x) * (w[:-1] ** 2).sum() / 2
        slope = z.T @ (np.exp(odds) - hot)
        slope[:-1] += ridge * len(x) * w[:-1]
        return value, slope.ravel()

    start = np.zeros(z.shape[1] * 4)
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    w = w.reshape(-1, 4)
    inner = w[:-1] / spread[:, None]
    return np.vstack([inner, w[-1] - mean @ inner])


def out_of_fold(texts: Texts, group: np.ndarray, part: np.ndarray) -> np.ndarray:
    """The first stage's four figures of each text, by weights that never saw its part."""
    found = np.zeros((len(group), 4))
    for one in np.unique(part):
        use = part != one
        w, b = first(texts.words[use], group[use])
        found[~use] = texts.words[~use] @ w + b
    return found


def held_out(
    texts: Texts, others: list[Texts], group: np.ndarray, part: np.ndarray, ridge: float = RIDGE
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Log odds of each text by a model of the other parts only, and of other texts by the mean."""
    z = np.zeros(len(group))
    rest: list[list[np.ndarray]] = [[] for _ in others]
    for one in np.unique(part):
        use = part != one
        inner = out_of_fold(texts.take(use), group[use], part[use])
        v = second(features(inner, texts.habits[use], texts.length[use]), group[use], ridge)
        w, b = first(texts.words[use], group[use])
        for many, into in ((texts.take(~use), None), *zip(others, rest, strict=True)):
            rows = features(many.words @ w + b, many.habits, many.length)
            got = odds_of(rows @ v[:-1] + v[-1])
            if into is None:
                z[~use] = got
            else:
                into.append(got)
    return z, [np.mean(many, axis=0) for many in rest]


def recall(machine: np.ndarray, people: np.ndarray, false: float) -> float:
    return float((machine > np.sort(people)[-1 - int(false * len(people))]).mean())


def auc(a: np.ndarray, b: np.ndarray) -> float:
    ranked = np.sort(b)
    place = np.searchsorted(ranked, a, "left") + np.searchsorted(ranked, a, "right")
    return float(place.mean() / 2 / len(b))


def told(name: str, z: np.ndarray, group: np.ndarray) -> str:
    people = z[group % 2 == 0]
    parts = [name]
    for kind, one, own in (("back", 1, 0), ("mt", 3, 2)):
        mine = z[group == one]
        parts.append(
            f"{kind}: AUC {auc(mine, people):.3f} (own {auc(mine, z[group == own]):.3f}), "
            f"recall at 5/1/.1 % {recall(mine, people, 0.05):.3f} {recall(mine, people, 0.01):.3f} "
            f"{recall(mine, people, 0.001):.3f}"
        )
    return " | ".join(parts)


def main(data: Path) -> None:
    versions = rows(data / "translations.jsonl.gz")
    others = [rows(data / f"{name}.jsonl.gz") for name in ("clean", "rated_articles")]
    group = np.array([GROUPS[row["version"]] for row in versions])
    tables = hashes()
    texts = Texts([row["text"] for row in versions], tables)
    rest = [Texts([row["text"] for row in many], tables) for many in others]
    print(told("length only", texts.length, group))
    for name, part in (("year", years(versions)), ("story", stories(versions, 5))):
        old = np.zeros(len(group))  # words alone, as if where a text comes from did not matter
        for one in np.unique(part):
            w, b = first(texts.words[part != one], group[part != one])
            old[part == one] = (texts.words[part == one] @ w + b)[:, 0]
        print(told(f"{name} held out, words only", old, group), flush=True)
        z, (on_clean, on_rated) = held_out(texts, rest, group, part)
        print(told(f"{name} held out", z, group))
        people = np.sort(z[group % 2 == 0])
        for edge in (people[-6], people[-1], people[-1] + 0.5, people[-1] + 1):
            print(
                f"   over {edge:.2f}: people {int((people > edge).sum())} of {len(people)}, "
                f"clean {int((on_clean > edge).sum())}, rated {int((on_rated > edge).sum())}, "
                f"back {(z[group == 1] > edge).mean():.3f}, mt {(z[group == 3] > edge).mean():.3f}",
                flush=True,
            )
    figures = out_of_fold(texts, group, stories(versions, 5))
    groups = second(features(figures, texts.habits, texts.length), group)
    words, constant = first(texts.words, group)
    scale = np.abs(words).max(0) / 127
    np.savez_compressed(
        OUT,
        **Weights(
            words=np.round(words / scale).astype(np.int8),
            scale=scale,
            constant=constant,
            american=tables[0],
            british=tables[1],
            groups=groups,
        )._asdict(),
    )
    print("file", OUT.stat().st_size, "features", len(groups) - 1)


def years(versions: list[dict]) -> np.ndarray:
    """Four parts of about one size that share no year."""
    part = {"14": 0, "16": 1, "15": 2, "09": 2}
    return np.array([part.get(row["story"][3:5], 3) for row in versions])


def stories(versions: list[dict], parts: int) -> np.ndarray:
    """Parts that share no story."""
    return np.array([h.crc(row["story"]) % parts for row in versions])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
