"""README says what there is: every command, option, check, setting and record, and nothing else."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import msgspec
import pytest
import typer

import audit
from audit import model
from audit.checks import catalogue
from audit.cli import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
GROUP = typer.main.get_command(app)
COMMANDS = {
    " ".join((name, *more)): found
    for name, command in GROUP.commands.items()  # type: ignore[attr-defined]
    for more, found in [
        ((), command),
        *(((part,), below) for part, below in getattr(command, "commands", {}).items()),
    ]
}
OPTIONS = sorted(
    {
        (name, option)
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--") and option != "--help"
    }
)
FENCED = re.findall(r"^```[a-z]*\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
INDENTED = re.findall(r"^(?: {4}.*\n)+", README, re.MULTILINE)
BLOCKS = [*FENCED, *(re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in INDENTED)]


def lines() -> list[str]:
    """The lines of README's code that run the product, continuation lines joined."""
    found = []
    for block in BLOCKS:
        for line in block.replace("\\\n", " ").splitlines():
            if match := re.search(r"(?:source-audit|python -m audit)\s+(\S.*)$", line):
                found.append(match[1].split(" # ")[0])
    return found


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_readme(name: str) -> None:
    assert re.search(rf"source-audit {name}\b", README), f"README says nothing of {name}"


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_is_in_readme(name: str, option: str) -> None:
    assert re.search(rf"{option}(?![\w-])", README), f"README says nothing of {name} {option}"


@pytest.mark.parametrize("check", sorted(catalogue()))
def test_every_check_is_in_readmes_table(check: str) -> None:
    row = re.search(rf"^\|\s*`{re.escape(check)}`\s*\|(.+)\|", README, re.MULTILINE)
    assert row, f"README's table of checks has no row for {check}"
    assert len(row[1].strip()) > 10


def test_readmes_table_names_no_check_that_is_not_there() -> None:
    named = re.findall(r"^\|\s*`([a-z]+(?:-[a-z]+)+)`\s*\|", README, re.MULTILINE)
    assert named
    assert set(named) <= {*catalogue(), *COMMANDS, *model.Relation.__args__, *_verdicts()}


def _verdicts() -> tuple[str, ...]:
    return (*model.Verdict.__args__, *model.TranslationVerdict.__args__)


def test_readmes_commands_exist() -> None:
    shown = lines()
    assert shown
    for line in shown:
        name, *words = line.split()
        if name.startswith("-"):
            continue
        if words and f"{name} {words[0]}" in COMMANDS:
            name = f"{name} {words.pop(0)}"
        assert name in COMMANDS, f"README runs source-audit {name}"
        known = {o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts)}
        for word in words:
            if word.startswith("--"):
                option = word.split("=")[0]
                assert option in known | {"--help"}, f"README gives {name} the option {option}"


@pytest.mark.parametrize("function", ["run", "inspect", "compare"])
def test_every_keyword_is_in_readme_and_in_the_docstring(function: str) -> None:
    called = getattr(audit, function)
    said = inspect.getdoc(called) or ""
    for name in inspect.signature(called).parameters:
        assert re.search(rf"\b{name}\b", README), f"README: {function}({name}=...)"
        assert re.search(rf"\b{name}\b", said) or name == "rules", f"{function}: {name}"


@pytest.mark.parametrize("record", [model.Note, model.PairNote, model.Comparison, model.Finding])
def test_every_field_of_a_record_is_in_readme(record: type) -> None:
    for field in msgspec.structs.fields(record):
        assert re.search(rf"\b{field.encode_name}\b", README), f"{record.__name__}.{field.name}"


def test_readme_names_every_exit_code() -> None:
    for code in ("0", "1", "2", "3", "4", "70", "130", "143"):
        assert re.search(rf"(?<![\d.]){code}(?![\d.]\d|\d)", README), f"exit code {code}"
    assert re.search(r"exit codes?", README, re.IGNORECASE)


def test_every_format_and_output_is_in_readme() -> None:
    from audit.reading.inputs import FORMATS
    from audit.reports.write import KINDS

    for ending in (".txt", ".md", ".html", ".jsonl", ".csv", ".parquet"):
        assert ending in FORMATS and ending in README
    for kind in KINDS:
        assert f"{kind}:" in README


def test_readme_links_to_what_is_there() -> None:
    for place in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / place).exists(), place


def test_the_top_level_is_what_the_design_says() -> None:
    visible = {path.name for path in Path(ROOT).iterdir() if not path.name.startswith(".")}
    visible -= {"build", "dist", "venv"}
    assert visible == {"pyproject.toml", "README.md", "rules", "samples", "audit", "tests"}
