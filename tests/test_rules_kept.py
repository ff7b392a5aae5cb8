"""Rules that were read before: the same rules, and never those of another state of the files."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from audit import rules, rules_kept
from audit.rules import Rules, folder, read


class Few(msgspec.Struct):
    """Something to be kept."""

    name: str
    more: dict[str, object] = {}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def refused() -> Few:
    raise AssertionError("they were kept")


def root_of(tmp_path: Path, text: str) -> Path:
    (tmp_path / "mine").mkdir(exist_ok=True)
    (tmp_path / "mine" / "checks.toml").write_text(text, "utf-8")
    return tmp_path / "mine"


def test_the_shipped_rules_come_back_as_they_were_read(place: Path) -> None:
    roots = (folder(),)
    first, _ = read(roots)
    assert first is not None
    assert rules_kept.kept(Rules, roots, lambda: first) == first
    again = rules_kept.kept(Rules, roots, refused)  # type: ignore[arg-type]
    assert again == first and again.digest == first.digest
    assert [type(v) for v in again.scoring.values()] == [type(v) for v in first.scoring.values()]


def test_any_change_of_a_file_is_read(tmp_path: Path) -> None:
    root = root_of(tmp_path, "a = 1")
    assert rules_kept.kept(Few, [root], lambda: Few("one")).name == "one"
    assert rules_kept.kept(Few, [root], refused).name == "one"
    root_of(tmp_path, "a = 2")
    assert rules_kept.kept(Few, [root], lambda: Few("two")).name == "two"
    (root / "checks.toml").rename(root / "scoring.toml")
    assert rules_kept.kept(Few, [root], lambda: Few("three")).name == "three"


def test_what_is_damaged_or_cannot_be_kept_is_read_anew(tmp_path: Path, place: Path) -> None:
    root = root_of(tmp_path, "a = 1")
    rules_kept.kept(Few, [root], lambda: Few("one"))
    for path in place.glob("rules-*"):
        path.write_bytes(path.read_bytes()[:-3])
    assert rules_kept.kept(Few, [root], lambda: Few("anew")).name == "anew"
    import datetime

    dated = Few("dated", {"day": datetime.date(2021, 3, 1)})
    root_of(tmp_path, "a = 3")
    for _ in range(2):
        assert rules_kept.kept(Few, [root], lambda: dated) is dated


def test_only_some_states_are_kept(tmp_path: Path, place: Path) -> None:
    for n in range(rules_kept.MOST + 3):
        rules_kept.kept(Few, [root_of(tmp_path, f"a = {n}")], lambda: Few("one"))
    assert len(list(place.iterdir())) == rules_kept.MOST


def test_rules_that_cannot_be_used_are_refused_each_time(tmp_path: Path) -> None:
    root = root_of(tmp_path, "a =")
    for _ in range(2):
        with pytest.raises(rules.RuleError):
            rules.load((str(root),))
