"""The address of a page without what differs between two visits: two texts of one are versions."""

from __future__ import annotations

import re

import polars as pl


def address(url: str | None) -> str | None:
    """An address without what differs between two visits: protocol, "www.", query, last slash.
    None where it names a site and no page."""
    if not url:
        return None
    bare = re.sub(r"^[a-z]+://|^www\.", "", url.strip().lower().split("#")[0].split("?")[0])
    bare = bare.removeprefix("www.").rstrip("/")
    return bare if "/" in bare else None


def addresses_of(docs: pl.DataFrame) -> dict[str, str]:
    """The address of each document (id, url) that has one: two of one are versions of a page."""
    found = {key: address(url) for key, url in docs.select("id", "url").iter_rows()}
    return {key: where for key, where in found.items() if where}
