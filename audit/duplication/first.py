"""Which document of a cluster had the text first, on what grounds, and how sure that is."""

from __future__ import annotations

from typing import Any

from audit import model


def first_of(
    documents: list[str],
    pairs: list[dict[str, Any]],
    published: dict[str, model.Published],
) -> model.First | None:
    """Who was first: by publication date, then credit lines, containment, and length.

    ``pairs`` are judged pairs within the cluster (``pairs.JUDGED``). A document that says it took
    the text is not the first; one that is wholly held in a longer one is what the longer one was
    made from, less surely so. None where nothing tells them apart. That a text was edited tells
    nothing of the direction (a slip can be made or mended), so ``editing`` is no ground here.
    """
    dated = [
        (p.from_, p.to or p.from_, d) for d in documents if (p := published.get(d)) and p.from_
    ]
    dated.sort()
    takers = {row[side] for row in pairs for side in ("a", "b") if row[f"credit_{side}"]}
    if len(dated) >= 2:
        early, later = dated[0], dated[1]
        if early[1] < later[0]:
            share = len(dated) / len(documents)
            certainty = 0.5 + 0.45 * share
            if early[2] in takers:
                certainty -= 0.3
            return model.First(early[2], "date", round(certainty, 2))
    givers = [d for d in documents if d not in takers]
    if len(givers) == 1 and len(documents) > 1:
        return model.First(givers[0], "credit", 0.7)
    held = dict.fromkeys(documents, 0.0)
    for row in pairs:
        for mine, other in (("a", "b"), ("b", "a")):
            held[row[mine]] += row[f"contained_{mine}"] - row[f"contained_{other}"]
    ranked = sorted(documents, key=lambda d: (-held[d], d))
    lead = held[ranked[0]] - held[ranked[1]] if len(ranked) > 1 else 0.0
    if lead > 0.02:
        return model.First(ranked[0], "containment", round(min(0.65, 0.5 + lead / 4), 2))
    return None
