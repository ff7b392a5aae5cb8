"""Cycles are seldom looked for while an engine is open, and as before once it is closed."""

from __future__ import annotations

import gc

from audit.engines import COLLECTED, open_engine


def test_the_callers_own_way_of_collecting_comes_back() -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(701, 11, 12)
        with open_engine("local", 1):
            assert gc.get_threshold() == COLLECTED
        assert gc.get_threshold() == (701, 11, 12)
    finally:
        gc.set_threshold(*before)
