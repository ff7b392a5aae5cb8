"""What py3langid's byte n-gram model says of texts: a compiled walk of the same tables.

The model (BSD-3) comes packed with LZMA; unpacking it takes longer than reading 1,000 articles.
So its arrays are unpacked once into the folder where numba keeps the compiled walk, and from then
on mapped into memory, which all processes share. Where that folder cannot be written to, each
process unpacks them for itself; the figures are the same.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import os
import shutil
import tempfile
import unicodedata
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit

# Labels of the model that ISO 639-1 knows by another code; the other long ones have none there.
_CODES = {
    **{"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "uzs": "uz", "sdh": "ku"},
    **{"kik": "ki", "gug": "gn", "fuv": "ff", "hbo": "he", "grc": "el", "zxx": "und"},
}
_SCALE = 1024.0  # the model's float16 weights are multiples of 1/1024, between -15 and -2
_COUNTED = 4096  # occurrences up to which log(1 + count) is looked up
_LAYOUT = 1  # of the arrays as kept; a higher one makes them anew


class Tables(NamedTuple):
    """py3langid's model as arrays; ``weights`` are its log odds times ``_SCALE``: exact."""

    moves: Any
    rows: Any
    output: Any
    weights: Any
    prior: Any


@njit(cache=True, nogil=True)
def _walk(data, bounds, logs, moves, rows, output, weights, prior, scores):  # type: ignore[no-untyped-def]
    """Naive Bayes log scores of each piece of ``data``: log(1 + count) times the weights."""
    counts = np.zeros(weights.shape[0], np.int32)
    seen = np.empty(weights.shape[0], np.int64)
    for piece in range(len(bounds) - 1):
        total = scores[piece]
        state = 0
        found = 0
        for at in range(bounds[piece], bounds[piece + 1]):
            state = moves[rows[state] + data[at]]
            feature = output[state]
            if feature >= 0:
                if counts[feature] == 0:
                    seen[found] = feature
                    found += 1
                counts[feature] += 1
        for label in range(len(prior)):
            total[label] = prior[label] if found else 0.0
        for index in range(found):
            feature = seen[index]
            count = counts[feature]
            times = logs[count] if count < len(logs) else np.float32(math.log1p(count) / _SCALE)
            counts[feature] = 0
            row = weights[feature]
            for label in range(len(prior)):
                total[label] += times * np.float32(row[label])


def labels() -> list[str]:
    """py3langid's labels in the order of ``probabilities``' columns."""
    return _model()[0]


def codes() -> list[str]:
    """The ISO 639-1 codes in the order of ``odds``' columns, which is alphabetical."""
    return _columns()[0]


def odds(texts: list[str]) -> np.ndarray:
    """One row a text, one column a code: ``probabilities`` added up by code."""
    _, order, starts = _columns()
    return np.add.reduceat(probabilities(texts)[:, order], starts, axis=1)


def probabilities(texts: list[str]) -> np.ndarray:
    """One row a text, one column a label of py3langid: its probabilities.

    The temperature is the root of the number of bytes, as in py3langid with ``norm_probs``.
    A text without any known byte sequence has equal probabilities.
    """
    held = _model()[1]
    pieces = [_encoded(text) for text in texts]
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    bounds = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(lengths, out=bounds[1:])
    data = np.frombuffer(b"".join(pieces), dtype=np.uint8)
    scores = np.empty((len(pieces), len(held.prior)), np.float32)
    _walk(data, bounds, _logs(), *held, scores)
    scores /= np.sqrt(np.maximum(lengths, 1))[:, None]
    np.exp(scores - scores.max(axis=1, keepdims=True), out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _encoded(text: str) -> bytes:
    """The bytes py3langid reads for a text."""
    if text.isupper():
        text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.encode("utf-8", "surrogatepass")


@cache
def _logs() -> np.ndarray:
    return (np.array([math.log1p(count) for count in range(_COUNTED)]) / _SCALE).astype(np.float32)


@cache
def _model() -> tuple[list[str], Tables]:
    """py3langid's labels and its tables."""
    spec = importlib.util.find_spec("py3langid")  # finds it without importing it
    assert spec and spec.origin
    packed = Path(spec.origin).parent / "data" / "model.npz.xz"
    place = _walk.stats.cache_path
    return _kept(packed, place, lambda: _unpacked(packed)) if place else _unpacked(packed)


@cache
def _columns() -> tuple[list[str], np.ndarray, np.ndarray]:
    """The codes in order; the labels in order of their codes; where each code's labels begin."""
    known = [_CODES.get(label, label if len(label) == 2 else "und") for label in labels()]
    order = np.argsort(np.array(known), kind="stable")
    held, starts = np.unique(np.array(known)[order], return_index=True)
    return held.tolist(), order, starts


def _unpacked(packed: Path) -> tuple[list[str], Tables]:
    from py3langid.langid import LanguageIdentifier

    held = LanguageIdentifier.from_model_file(packed)
    weights = np.asarray(held.nb_ptc, dtype=np.float32) * _SCALE
    return list(held.nb_classes), Tables(
        np.asarray(held.tk_nextmove, dtype=np.uint32),
        np.asarray(held.tk_row, dtype=np.int64) << 8,
        np.asarray(held.tk_output, dtype=np.int32),
        np.ascontiguousarray(np.round(weights).astype(np.int16)),
        np.asarray(held.nb_pc, dtype=np.float32),
    )


def _kept(
    packed: Path, place: str, unpack: Callable[[], tuple[list[str], Tables]]
) -> tuple[list[str], Tables]:
    """The model from ``place``, where it is put first if need be; all arrays read-only.

    The folder's name holds a checksum of the packed model, and appears whole or not at all.
    """
    checksum = zlib.crc32(packed.read_bytes())
    folder = Path(place) / f"py3langid-{_LAYOUT}-{checksum:08x}"
    with contextlib.suppress(OSError, ValueError):
        return _mapped(folder)
    names, tables = unpack()
    for array in tables:
        array.setflags(write=False)  # as those that are mapped: one compiled walk for both
    with contextlib.suppress(OSError):
        _keep(folder, names, tables)
        return _mapped(folder)
    return names, tables


def _mapped(folder: Path) -> tuple[list[str], Tables]:
    names = json.loads((folder / "labels.json").read_text("ascii"))
    return names, Tables(
        *(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in Tables._fields)
    )


def _keep(folder: Path, names: list[str], tables: Tables) -> None:
    """Writes the arrays beside and moves them into place; another process may be first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        for name, array in zip(Tables._fields, tables, strict=True):
            np.save(beside / f"{name}.npy", array, allow_pickle=False)
        (beside / "labels.json").write_text(json.dumps(names), "ascii")
        beside.chmod(0o755)
        os.rename(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
