"""The JSON Schema of report.json, made from the records themselves."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from audit.model import Report


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the report."""
    (top,), components = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "source-audit report",
        **top,
        "$defs": dict(sorted(components.items())),
    }


def dumps() -> str:
    """The schema as indented JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
