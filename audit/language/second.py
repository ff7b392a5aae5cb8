"""A second opinion on the language of a text: langdetect, seeded, on at most 400 characters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

SAMPLE = 400  # characters that are read


def sample(text: str, size: int = SAMPLE) -> str:
    """At most ``size`` characters from the middle of a text, beginning at a word."""
    if len(text) <= size:
        return text
    start = (len(text) - size) // 2
    space = text.find(" ", start, start + 40)
    return text[space + 1 if space >= 0 else start : start + size]


def langdetect(text: str) -> dict[str, float]:
    """langdetect's probabilities above .1 by ISO 639-1 code, seeded; empty where it has none."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _detectors().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    odds: dict[str, float] = {}
    for one in found:
        code = one.lang.split("-")[0]
        odds[code] = odds.get(code, 0.0) + one.prob
    return odds


def knows(code: str) -> bool:
    """Whether langdetect has a profile of a language."""
    return code in _detectors().langlist


@cache
def _detectors() -> Any:
    """langdetect with a seed and an order of its own: nothing set elsewhere can reach it."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(0)
    paths = sorted(path for path in Path(PROFILES_DIRECTORY).iterdir() if path.is_file())
    factory.load_json_profile([path.read_text("utf-8") for path in paths])
    return factory
