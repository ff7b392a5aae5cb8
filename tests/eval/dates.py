"""Time expressions and publication dates against the labelled news texts."""

from __future__ import annotations

import json
import sys
import time
import zlib
from pathlib import Path
from typing import Any

from audit import rules
from audit.facts.dates import dates
from audit.facts.published import published
from audit.tokens import Text, plain

FLOORS: dict[str, float] = {
    "dates.strict_f1": 86.5,
    "dates.relaxed_f1": 92.5,
    "dates.value_f1": 80.0,
    "dates.watched.strict_f1": 83.0,
    "dates.watched.relaxed_f1": 91.0,
    "dates.watched.value_f1": 76.0,
    "dates.collapsed.value_f1": 79.5,
}


def same(a: str, b: str) -> bool:
    """Whether two values are one: 2000-W7 is 2000-W07."""
    return _week(a) == _week(b)


def _week(value: str) -> str:
    head, mark, tail = value.partition("-W")
    number, dash, rest = tail.partition("-")
    return f"{head}-W{int(number):02d}{dash}{rest}" if mark and number.isdigit() else value


def collapse(text: str, spans: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The text as one paragraph with straight quotes, and the spans moved along."""
    out: list[str] = []
    place = [0] * (len(text) + 1)
    length = 0
    blank = True
    for at, char in enumerate(plain(text)):
        place[at] = length
        if char.isspace():
            if not blank:
                out.append(" ")
                length += 1
            blank = True
            continue
        blank = False
        out.append(char)
        length += 1
    place[len(text)] = length
    moved = [{**s, "start": place[s["start"]], "end": place[s["end"] - 1] + 1} for s in spans]
    return "".join(out), moved


def score(rows: list[dict[str, Any]], loaded: rules.Rules, show: bool = False) -> dict[str, float]:
    """Strict, relaxed and value F1 (TempEval-3), and documents a second of processor time."""
    gold = guess = strict = relaxed = value = 0
    spent = 0.0
    for row in rows:
        text = Text(row["text"])
        begun = time.process_time()
        when = published(text, given=row["published"], url=None, title=None)
        found = dates(text, when, loaded)
        spent += time.process_time() - begun
        gold += len(row["timexes"])
        guess += len(found)
        used: set[int] = set()
        for want in row["timexes"]:
            hits = [
                n
                for n, f in enumerate(found)
                if n not in used and f.start < want["end"] and want["start"] < f.end
            ]
            exact = [
                n for n in hits if (found[n].start, found[n].end) == (want["start"], want["end"])
            ]
            if not hits:
                if show:
                    print(
                        "MISS",
                        repr(row["text"][want["start"] : want["end"]]),
                        want["value"],
                        "|",
                        row["text"][max(0, want["start"] - 30) : want["end"] + 20].replace(
                            "\n", " "
                        ),
                    )
                continue
            best = (exact or hits)[0]
            used.add(best)
            relaxed += 1
            strict += bool(exact)
            good = same(found[best].value, want["value"])
            value += good
            if show and not exact:
                print(
                    "SPAN", repr(row["text"][want["start"] : want["end"]]), repr(found[best].text)
                )
            if show and not good:
                print(
                    "VALUE",
                    repr(found[best].text),
                    found[best].value,
                    want["value"],
                    row["published"][:10],
                    "|",
                    row["text"][max(0, want["start"] - 60) : want["end"] + 30].replace("\n", " "),
                )
        if show:
            for n, f in enumerate(found):
                if n not in used:
                    print(
                        "EXTRA",
                        repr(f.text),
                        f.value,
                        "|",
                        row["text"][max(0, f.start - 30) : f.end + 20].replace("\n", " "),
                    )

    def f1(right: int) -> float:
        return round(200 * right / (gold + guess), 2) if gold + guess else 0.0

    return {
        "strict_f1": f1(strict),
        "relaxed_f1": f1(relaxed),
        "value_f1": f1(value),
        "precision": round(100 * relaxed / max(1, guess), 2),
        "recall": round(100 * relaxed / max(1, gold), 2),
        "docs_per_s": round(len(rows) / max(spent, 1e-9)),
    }


def measure(data: Path, **quick: Any) -> dict[str, float]:
    """The figures over all rows, the half tuned on, the half only watched, and collapsed."""
    with (data / "dates.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    loaded = rules.load()
    halves = {
        "": rows,
        "tuned.": [r for r in rows if zlib.crc32(r["id"].encode()) % 2 == 0],
        "watched.": [r for r in rows if zlib.crc32(r["id"].encode()) % 2],
    }
    figures: dict[str, float] = {}
    for name, part in halves.items():
        figures.update({f"dates.{name}{k}": v for k, v in score(part, loaded).items()})
    flat = []
    for row in rows:
        text, timexes = collapse(row["text"], row["timexes"])
        flat.append({**row, "text": text, "timexes": timexes})
    figures.update({f"dates.collapsed.{k}": v for k, v in score(flat, loaded).items()})
    return figures


if __name__ == "__main__":
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    if "--errors" in sys.argv:
        with (folder / "dates.jsonl").open(encoding="utf-8") as handle:
            all_rows = [json.loads(line) for line in handle]
        half = [r for r in all_rows if zlib.crc32(r["id"].encode()) % 2 == 0]
        print(score(half, rules.load(), show=True))
    else:
        for key, figure in measure(folder).items():
            print(f"{key} {figure}")
