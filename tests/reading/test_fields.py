"""Fields are found by the names that publishers use, and short ones are one line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import AuditError
from audit.reading import fields


@pytest.mark.parametrize(
    ("columns", "field", "expected"),
    [
        (["ArticleBody", "Headline"], "text", ["ArticleBody"]),
        (["content", "text"], "text", ["text", "content"]),
        (["pub_date", "Date-Published"], "published", ["Date-Published", "pub_date"]),
        (["GUID", "link"], "id", ["GUID"]),
        (["canonical_url"], "url", ["canonical_url"]),
        (["Outlet"], "source", ["Outlet"]),
        (["summary", "tags"], "text", None),
    ],
)
def test_known_names(columns: list[str], field: str, expected: list[str] | None) -> None:
    assert fields.match(columns, {}).get(field) == expected


def test_a_name_that_is_given_comes_first_and_serves_one_field() -> None:
    found = fields.match(["text", "title", "date"], {"text": ["title"]})
    assert found == {"text": ["title", "text"], "published": ["date"]}
    assert fields.match(["body"], {"text": ["article"]}) == {"text": ["body"]}


def test_a_mapping_is_checked() -> None:
    assert fields.checked((("text", "a"), ("text", "b"))) == {"text": ["a", "b"]}
    with pytest.raises(AuditError, match="a document has no field texts; there are text, html"):
        fields.checked((("texts", "a"),))
    with pytest.raises(AuditError, match="--field text=: name the input's field"):
        fields.checked((("text", ""),))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" Harbor\n  Post ", "Harbor Post"),
        ("  ", None),
        (7, "7"),
        (7.0, "7"),
        (float("nan"), None),
        (True, None),
        (None, None),
        (["Ann", {"name": "Bo"}, None], "Ann, Bo"),
        ({"id": 3, "name": "Post"}, "Post"),
        (date(2020, 3, 1), "2020-03-01"),
        ({}, None),
    ],
)
def test_short_fields_are_one_line(value: Any, expected: str | None) -> None:
    assert fields.string(value) == expected


@pytest.mark.parametrize(
    ("header", "sign"), [("a,b", ","), ("a;b;c", ";"), ("a\tb", "\t"), ("a|b|c", "|"), ("a", ",")]
)
def test_what_parts_the_columns(header: str, sign: str) -> None:
    assert fields.delimiter(header + "\nx,y;z\n") == sign


@given(st.lists(st.text(max_size=12), unique=True))
def test_no_column_serves_two_fields(columns: list[str]) -> None:
    found = [name for names in fields.match(columns, {}).values() for name in names]
    assert len(found) == len(set(found))
    assert set(found) <= set(columns)
