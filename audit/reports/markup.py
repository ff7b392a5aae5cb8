"""HTML that cannot be broken by article text: whatever is not an element is escaped."""

from __future__ import annotations

import html
import re

# Characters HTML forbids or that turn the direction of what follows.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]"
)
_VOID = frozenset({"meta"})


class Html(str):
    """A piece of finished HTML; only ``element`` and ``raw`` make one."""

    __slots__ = ()


def text(value: object) -> Html:
    """Any value as escaped text; what HTML cannot hold is shown as U+FFFD."""
    if isinstance(value, Html):
        return value
    return Html(html.escape(_UNSAFE.sub("\ufffd", str(value)), quote=True))


def element(name: str, /, *children: object, **attributes: object) -> Html:
    """``<name>`` with escaped attributes and children; None is left out, lists are flattened.

    ``class_`` is written ``class`` and underscores become hyphens: ``aria_label``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID and not children:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*children: object) -> Html:
    """Children one after another, escaped where they are not HTML yet."""
    pieces: list[str] = []
    for child in children:
        if child is None or child is False:
            continue
        if isinstance(child, list | tuple):
            pieces.append(join(*child))
        else:
            pieces.append(text(child))
    return Html("".join(pieces))


def raw(content: str) -> Html:
    """Content of our own that is HTML or CSS already; never article text."""
    return Html(content)


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 document``, ``2 documents``: words whose plural ends in s, or is given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
