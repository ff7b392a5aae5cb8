"""One document as the checks see it, with what was measured in it; and what they remark on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit import model
from audit.tokens import Text


@dataclass(frozen=True)
class Article:
    """Everything known about one document alone. A check reads it and changes nothing."""

    id: str
    source: str | None
    title: str | None
    text: Text
    language: model.Language
    published: model.Published
    declared: str | None = None  # the language the input declares
    given: str | None = None  # the publication date the input gives
    url: str | None = None
    dates: list[model.Timex] = field(default_factory=list)
    quantities: list[model.Quantity] = field(default_factory=list)
    attributions: list[model.Attribution] = field(default_factory=list)
    claims: list[model.Claim] = field(default_factory=list)


@dataclass(frozen=True)
class Remark:
    """What a check says of the characters ``start`` .. ``end`` of a text, and how sure that is."""

    start: int
    end: int
    message: str
    confidence: float
