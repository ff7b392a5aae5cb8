"""What a web page holds: its article, and what it says of itself.

The article is found by trafilatura. Pages that are too large or too deeply nested for it are
read by taking out their tags, which says so in ``origin``.
"""

from __future__ import annotations

import html
import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any

from audit.reading import fields

Value = tuple[str, str, float]  # value, origin, confidence

# What the extractor says of a page is said in ``origin``; its warnings belong on no terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
_LARGEST = 4 << 20
_DEEPEST = 400
# Opening tags. trafilatura's time grows with their square; a news page has 1,000 to 5,000.
_MOST = 30_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]{0,20000}?(/?)>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li".split()
)
_UNREAD = re.compile(
    r"<(script|style|noscript|template|svg|nav|footer|form|head)\b|<!--", re.IGNORECASE
)
_BLOCK = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|blockquote|header)\b[^<>]*>",
    re.IGNORECASE,
)
_ANY = re.compile(r"<[^<>]*>")
_NEWS = re.compile(r"Article|Posting|Report|WebPage|CreativeWork", re.IGNORECASE)
_PROPERTIES = {
    "published": (
        "article:published_time datepublished date.published publishdate pubdate dc.date.issued"
        " dcterms.created parsely-pub-date sailthru.date og:published_time dc.date"
    ).split(),
    "modified": "article:modified_time datemodified last-modified og:updated_time".split(),
    "title": "og:title twitter:title dc.title".split(),
    "author": "author article:author parsely-author dc.creator byl".split(),
    "source": "og:site_name application-name dc.publisher publisher".split(),
    "url": ["og:url"],
    "language": "og:locale content-language dc.language".split(),
}


@dataclass(frozen=True)
class Page:
    """The article's text, null where the page has none, and the fields the page states."""

    text: str | None
    origin: str
    confidence: float
    stated: dict[str, Value] = field(default_factory=dict)


def read(source: str) -> Page:
    """The article of a page and its metadata. Never raises."""
    why = _unfit(source)
    if why:
        stated: dict[str, Value] = {}
        if found := re.search(r"<title[^>]*>([^<]{1,400})</title", source[:200000], re.IGNORECASE):
            stated["title"] = (html.unescape(found[1]).strip(), "title of the page", 0.6)
        origin = f"the page without its tags ({why} to find its article)"
        return Page(_bare(source) or None, origin, 0.3, stated)
    try:
        return _extracted(source)
    except ImportError:
        raise  # a broken installation, not a broken page
    except Exception:  # a page that trips the extractor is still a page with words in it
        return Page(_bare(source) or None, "the page without its tags", 0.3)


def _extracted(source: str) -> Page:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(source) if _TAG.search(source) else None
    if tree is None:
        return Page(_bare(source) or None, "the page without its tags", 0.3)
    stated = _stated(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = getattr(found, "text", None)
    if text:
        text = _without_headline(re.sub(r"\s*\n\s*", "\n\n", text.strip()), tree, stated)
        return Page(text, "main text of the page, by trafilatura", 0.9, stated)
    return Page(None, "the page holds no article", 0.0, stated)


def _without_headline(text: str, tree: Any, stated: dict[str, Value]) -> str:
    """The article without its own headline, which is no sentence of it."""
    first, _, rest = text.partition("\n\n")
    heads = {" ".join(node.text_content().split()) for node in tree.iter("h1")}
    if "title" in stated:
        heads.add(stated["title"][0])
    return rest if rest and first in heads else text


def _stated(tree: Any) -> dict[str, Value]:
    """Title, dates, author and so on, from JSON-LD, then meta tags, then the page itself."""
    stated = _linked(tree)
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        name = name or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    for key, names in _PROPERTIES.items():
        for name in names:
            if name in metas and key not in stated and not metas[name].startswith(("http", "{")):
                stated[key] = (metas[name], f"{name} of the page", 0.9)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            "http"
        ):
            stated["url"] = (link.get("href").strip(), "canonical link of the page", 0.95)
    if "url" not in stated and metas.get("og:url", "").startswith("http"):
        stated["url"] = (metas["og:url"], "og:url of the page", 0.9)
    for path, key, sure in (("h1", "title", 0.8), ("title", "title", 0.6)):
        for node in tree.iter(path):
            words = " ".join(node.text_content().split())
            if words and key not in stated:
                stated[key] = (words, f"{path} of the page", sure)
            break
    if "published" not in stated:
        times = [t.get("datetime") for t in tree.iter("time") if t.get("datetime")]
        if len(set(times)) == 1:
            stated["published"] = (times[0], "time of the page", 0.7)
    if "language" not in stated and tree.get("lang"):
        stated["language"] = (tree.get("lang"), "lang of the page", 0.8)
    return stated


def _linked(tree: Any) -> dict[str, Value]:
    """What the page's JSON-LD says of its article."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text_content().strip())
        except (ValueError, RecursionError):
            continue
        for entry in _entries(content):
            kind = fields.string(entry.get("@type")) or ""
            if _NEWS.search(kind) and ("headline" in entry or "datePublished" in entry):
                stated: dict[str, Value] = {}
                for key, name in (
                    ("title", "headline"),
                    ("published", "datePublished"),
                    ("modified", "dateModified"),
                    ("author", "author"),
                    ("source", "publisher"),
                    ("language", "inLanguage"),
                ):
                    value = fields.string(entry.get(name))
                    if value:
                        stated[key] = (html.unescape(value), f"{name} of the page", 0.95)
                return stated
    return {}


def _entries(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [entry for part in content[:50] for entry in _entries(part)]
    if isinstance(content, dict):
        graph = content.get("@graph")
        return [content, *(_entries(graph) if isinstance(graph, list) else [])]
    return []


def _unfit(source: str) -> str | None:
    """Why a page is not given to the extractor; unclosed tags count as nested."""
    if len(source) > _LARGEST:
        return "too large"
    depth = deepest = tags = 0
    for tag in _TAG.finditer(source):
        tags += 1
        if tag[2].lower() in _VOID or tag[3]:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        return "too deeply nested"
    return "too many tags" if tags > 2 * _MOST else None


def _bare(source: str) -> str:
    """The words of a page: no scripts, no tags, a blank line between blocks."""
    text = _ANY.sub(" ", _BLOCK.sub("\n", _without_unread(source)))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _without_unread(source: str) -> str:
    """The page without scripts, navigation and comments; one that never ends is kept."""
    lower = source.lower() if len(source.lower()) == len(source) else source
    kept, at, endless = [], 0, set()
    while opening := _UNREAD.search(source, at):
        end = f"</{opening[1].lower()}" if opening[1] else "-->"
        close = -1 if end in endless else lower.find(end, opening.end())
        if close < 0:
            endless.add(end)
            kept.append(source[at : opening.end()])
            at = opening.end()
        else:
            kept.append(source[at : opening.start()])
            at = close + len(end)
    kept.append(source[at:])
    return " ".join(kept)
