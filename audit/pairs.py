"""Two documents side by side: what they share, what one changed, which reads as the translation.

The one place where the rooms meet over a pair; over a corpus it is mapped over verified pairs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import msgspec
import polars as pl

from audit import frames, model
from audit.checks import of
from audit.duplication import chunks
from audit.measure import GROUPS, facts_of
from audit.rules import Rules
from audit.tokens import Text

# The pair as it is reported, and what the pair checks found in its documents.
DETAILED: dict[str, pl.DataType] = {
    **frames.PAIRS,
    "findings": pl.List(frames.FINDING),
}
HELD = 64  # texts of a chunk whose words are kept at hand
_SAME_TEXT = ("identical", "copy", "altered-copy", "partial-copy", "round-up")
_WHOLE = ("copy", "altered-copy")  # a part of a text lacks facts, it does not change them
_SAME_STORY = (*_WHOLE, "reworded-copy")  # one of them can be the other, translated


def detail(rows: pl.DataFrame, *, rules: Rules, parts: frozenset[str]) -> pl.DataFrame:
    """DETAILED rows for chunks of PAIRS: passages, changed facts, translation, findings."""
    found = [frames.empty(DETAILED)]
    for some, texts in chunks.opened(rows):
        parsed = lru_cache(HELD)(lambda document, texts=texts: Text(texts[document]))
        done = [
            _detail(row, parsed(row["a"]), parsed(row["b"]), rules, parts)
            for row in some.iter_rows(named=True)
        ]
        made = {}
        for name in done[0]:
            values, dtype = [row[name] for row in done], DETAILED[name]
            nested = isinstance(dtype, pl.List | pl.Struct)
            made[name] = frames.column(values, dtype) if nested else pl.Series(values, dtype=dtype)
        found.append(frames.conform(some.with_columns(**made), DETAILED))
    return pl.concat(found)


def _detail(
    row: dict[str, Any], a: Text, b: Text, rules: Rules, parts: frozenset[str]
) -> dict[str, Any]:
    shown = _compared(a, b, row["relation"], rules, parts)
    pair = msgspec.convert(
        {
            **{name: row[name] for name in frames.PAIRS},
            "relation": shown["relation"],
            "translated": _named(shown["translated"], row["a"], row["b"]),
            "translation_margin": shown["margin"],
            "passages": [],
            "altered": [],
            "covered": None,
        },
        model.Pair,
    )
    pair = msgspec.structs.replace(
        pair, **{name: shown[name] for name in ("passages", "altered", "covered")}
    )
    groups = frozenset(group for part in parts for group in GROUPS[part])
    found: dict[str, list[model.Finding]] = {row["a"]: [], row["b"]: []}
    for check in of(groups).values():
        if check.by == "pair":
            for finding in check.find(pair, a, b, rules):
                found[finding.document].append(finding)
    return {
        "relation": pair.relation,
        "translated": pair.translated,
        "translation_margin": pair.translation_margin,
        "passages": pair.passages,
        "altered": pair.altered,
        "covered": pair.covered,
        "findings": [f for document in sorted(found) for f in found[document]],
    }


def _compared(
    a: Text, b: Text, relation: model.Relation, rules: Rules, parts: frozenset[str]
) -> dict[str, Any]:
    """What looking at both texts adds to a verified relation."""
    from audit.duplication.align import align
    from audit.duplication.passages import covered, passages
    from audit.facts.quotations import quotations

    shown: dict[str, Any] = {
        "relation": relation,
        "passages": [],
        "altered": [],
        "covered": None,
        "margin": 0.0,
        "translated": None,
    }
    ops = align(a, b)
    if relation in _SAME_TEXT or relation == "boilerplate":
        shared = passages(a, b, ops)
        shown["passages"] = shared
        shown["covered"] = covered(a, b, shared, quotations(a), quotations(b))
    if "facts" in parts and relation in _WHOLE:
        from audit.facts.altered import altered

        shown["altered"] = altered(a, b, ops, rules)
        if relation == "copy" and shown["altered"]:
            shown["relation"] = "altered-copy"
    if "language" in parts and relation in _SAME_STORY:
        from audit.language.versions import margin, translated

        shown["margin"] = margin(a, b)
        shown["translated"] = translated(shown["margin"])
    return shown


def _named(which: Literal["a", "b"] | None, a: str, b: str) -> str | None:
    return {"a": a, "b": b, None: None}[which]


def compare_documents(docs: pl.DataFrame, rules: Rules) -> model.PairNote:
    """What the first two documents of a DOCS frame share, and where they differ."""
    from audit.duplication.compare import compare_texts
    from audit.facts.compare import Doc
    from audit.facts.compare import compare_documents as compare_facts
    from audit.language.identify import identify

    first, second = docs.head(2).iter_rows(named=True)
    a, b = Text(first["text"]), Text(second["text"])
    parts = frozenset({"duplication", "language", "facts"})
    shared = compare_texts(a.raw, b.raw)
    shown = _compared(a, b, shared.relation, rules, parts)
    languages = identify([a.raw, b.raw], [first["declared"], second["declared"]])
    sides = [
        Doc(row["id"], text, facts_of(row, text, language.code, rules))
        for row, text, language in zip((first, second), (a, b), languages, strict=True)
    ]
    return model.PairNote(
        similarity=shared.similarity,
        contained=shared.contained,
        relation=shown["relation"],
        credited=shared.credited,
        translated=shown["translated"],
        translation_margin=shown["margin"],
        passages=shown["passages"],
        altered=shown["altered"],
        comparisons=compare_facts(sides[0], sides[1], rules),
    )
