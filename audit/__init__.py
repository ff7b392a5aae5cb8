"""Audit news sources from what they publish.

    import audit
    report = audit.run(["press/"])
    notes = audit.inspect([{"id": "a", "text": "…", "published": "2020-03-01"}])
    pair = audit.compare({"text": "…"}, {"text": "…"})

The names below are loaded on first use, so that ``import audit`` costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.model import AuditError, Report
    from audit.pipeline import compare, inspect, run

__version__ = "0.10.0"
__all__ = ["AuditError", "Report", "__version__", "compare", "inspect", "run"]

_HOMES = {
    "AuditError": "audit.model",
    "Report": "audit.model",
    "compare": "audit.pipeline",
    "inspect": "audit.pipeline",
    "run": "audit.pipeline",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'audit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
