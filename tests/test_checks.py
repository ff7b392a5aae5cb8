"""The catalogue of checks: those of some groups, and what is imported for them."""

from __future__ import annotations

import subprocess
import sys

from audit import checks

GROUPS = ("duplication", "facts", "language", "presentation", "reading", "sourcing")


def test_the_checks_of_groups_are_those_of_the_catalogue() -> None:
    every = checks.catalogue()
    assert {check.group for check in every.values()} == set(GROUPS)
    for some in (*({group} for group in GROUPS), {"reading", "duplication"}, set(GROUPS)):
        found = checks.of(frozenset(some))
        assert list(found.items()) == [x for x in every.items() if x[1].group in some]


def test_the_group_of_each_check_can_be_read_from_its_file() -> None:
    for check, one in checks.catalogue().items():
        assert checks._group(check.replace("-", "_")) == one.group


def test_a_run_for_copies_does_not_import_the_reading_of_facts() -> None:
    code = (
        "import sys, audit.pipeline; from audit import checks;"
        "checks.of(frozenset({'reading', 'duplication'}));"
        "print([name for name in sys.modules if name == 'audit.facts.extract'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
