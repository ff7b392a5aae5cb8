"""Rules as data: what loads, what is refused and in which words, what overrides what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model import RuleError
from audit.rules import folder, load, marked, read

RULE = """
[defaults]
language = "en"
family = "grammar"
source = "a grammar"
why = "a reason"

[[rule]]
id = "two-words"
pattern = 'a a'
message = "twice"
severity = 2
bad = ["See <<a a>> cat."]
good = ["See a cat."]
"""


def write(root: Path, text: str, name: str = "mine.toml") -> Path:
    (root / "language").mkdir(exist_ok=True)
    (root / "language" / name).write_text(text, "utf-8")
    return root


def refused(root: Path, text: str) -> str:
    with pytest.raises(RuleError) as error:
        load((str(write(root, text)),))
    return str(error.value)


def test_the_shipped_rules_load_and_are_many() -> None:
    rules = load()
    assert len(rules.patterns) >= 200
    assert [rule.id for rule in rules.patterns] == sorted({rule.id for rule in rules.patterns})
    assert len(rules.digest) == 16


def test_a_later_folder_overrides_by_id_and_changes_the_digest(tmp_path: Path) -> None:
    own = write(tmp_path, RULE.replace("two-words", "in-his-turn"))
    rules = load((str(own),))
    mine = next(rule for rule in rules.patterns if rule.id == "in-his-turn")
    assert mine.pattern == "a a"
    assert len(rules.patterns) == len(load().patterns)
    assert rules.digest != load().digest


def test_moving_a_rule_within_its_file_changes_no_digest(tmp_path: Path) -> None:
    first = load((str(write(tmp_path, RULE)),)).digest
    assert load((str(write(tmp_path, "\n\n" + RULE)),)).digest == first


def test_a_word_list_is_put_in_and_a_later_one_replaces_it(tmp_path: Path) -> None:
    text = RULE.replace("'a a'", "'{animal} {animal}'").replace("a a>>", "cat cat>>")
    own = write(tmp_path, '[lists]\nanimal = ["cat", "dog"]\n' + text)
    rule = next(r for r in load((str(own),)).patterns if r.id == "two-words")
    assert rule.pattern == "(?:cat|dog) (?:cat|dog)"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("'a a'", "'(a'"), "RE2 cannot run the pattern"),
        (("'a a'", "'(?=a)a'"), "RE2 cannot run the pattern"),
        (("'a a'", "'(?:(?:a{900}){900}){9}'"), "RE2 cannot run the pattern"),
        (("'a a'", "'a*'"), "matches the empty string"),
        (("'a a'", "'{nobody} a'"), "no word list is called 'nobody'"),
        (("'a a'", "'(a) a'"), "one group is captured"),
        (("two-words", "Two"), "an id is words joined by hyphens"),
        (('language = "en"', 'language = "English"'), "two-letter code"),
        (("severity = 2", "severity = 4"), "severity is 1, 2 or 3"),
        (("severity = 2", 'severity = "high"'), "Expected `int`"),
        (("severity = 2", "severity = 2\nbudget = -1.0"), "budget is findings"),
        (("severity = 2", "severity = 2\ncolour = 1"), "unknown field `colour`"),
        (('family = "grammar"', 'family = "taste"'), "Invalid enum value 'taste'"),
        (("<<a a>>", "a a"), "marks no <<span>>"),
        (('good = ["See a cat."]', "good = []"), "needs a bad and a good example"),
        (('message = "twice"', 'message = " "'), "say something"),
        (("[defaults]", "[default]"), "unknown table [default]"),
        (("[[rule]]", "[[rule]"), "Expected ']]'"),
    ],
)
def test_a_broken_rule_is_a_sentence(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in RULE
    sentence = refused(tmp_path, RULE.replace(*change))
    assert "language/mine.toml" in sentence
    assert told in sentence
    assert "\n" not in sentence


def test_the_sentence_names_line_and_id(tmp_path: Path) -> None:
    sentence = refused(tmp_path, RULE.replace("severity = 2", "severity = 9"))
    assert "language/mine.toml:8: rule two-words" in sentence


def test_an_id_twice_in_one_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, RULE, "other.toml")
    assert "the id is taken at language/mine.toml" in refused(tmp_path, RULE)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    second = RULE[RULE.index("[[rule]]") :].replace("two-words", "one-word")
    broken = (RULE + second).replace("severity = 2", "severity = 9")
    _, problems = read((folder(), write(tmp_path, broken)))
    assert len(problems) == 2


def test_a_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder of rules"):
        load((str(tmp_path / "none"),))


def test_marks_give_spans() -> None:
    assert marked("a <<bb>> c <<d>>") == ("a bb c d", [(2, 4), (7, 8)])


_WORD = st.sampled_from(["a", "a*", "(", "[", "{x}", "{month}", "\\", "<<a>>", "two-words", "en"])
_VALUE = st.one_of(
    _WORD.map(lambda word: f"'{word}'"),
    st.sampled_from(["1", "-1", "true", "nan", "[]", "['<<a>>']", "{}", "1979-05-27", "9" * 30]),
)
_KEY = st.sampled_from(
    "id language family pattern message why severity source bad good unless budget x".split()
)
_TABLE = st.sampled_from(["[[rule]]", "[defaults]", "[lists]", "[rule]", "[[lists]]", "[other]"])
_LINE = st.one_of(_TABLE, st.tuples(_KEY, _VALUE).map(lambda pair: f"{pair[0]} = {pair[1]}"))
_TOML = st.one_of(
    st.lists(_LINE, max_size=12).map("\n".join),
    st.text(max_size=40),
    st.tuples(_KEY, _VALUE).map(lambda p: RULE + f"\n{p[0]}x = {p[1]}"),
    st.tuples(st.sampled_from(["severity = 2", "'a a'", '"twice"']), _VALUE).map(
        lambda p: RULE.replace(p[0], p[1] if "=" not in p[0] else f"severity = {p[1]}")
    ),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_TOML, where=st.sampled_from(["language/x.toml", "checks.toml", "facts/x.toml"]))
def test_any_toml_loads_or_is_a_rule_error(tmp_path: Path, text: str, where: str) -> None:
    root = tmp_path / "any"
    for name in ("language", "facts"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for old in root.rglob("*.toml"):
        old.unlink()
    (root / where).write_text(text, "utf-8", errors="replace")
    try:
        load((str(root),))
    except RuleError as error:
        assert str(error)
