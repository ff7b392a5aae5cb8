"""The command line: words in, one call to the pipeline, words out. Results go to stdout.

Nothing heavy is imported before a command runs, so that ``--help`` costs next to nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

app = typer.Typer(
    name="source-audit",
    help="Audit news sources from what they publish: copies, language, facts, scores.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Inputs = Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.")]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        help="json:FILE html:FILE csv:FILE tables:DIR parquet:DIR; FILE may be - (repeatable).",
    ),
]
RulesFolders = Annotated[
    list[str] | None,
    typer.Option("--rules", help="A folder of rules over the shipped ones (repeatable)."),
]
Format = Annotated[
    str | None,
    typer.Option("--format", help="What the input is: text or json. Default: by its ending."),
]


@app.command()
def run(
    inputs: Inputs,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Run a part only: duplication, language, facts, scores (repeatable)."),
    ] = None,
    output: Output = None,
    field: Annotated[
        list[str] | None,
        typer.Option(help="Map a field of the input, as in text=body (repeatable)."),
    ] = None,
    manifest: Annotated[
        str | None, typer.Option(help="CSV of path, source, url, title, published, author.")
    ] = None,
    rules: RulesFolders = None,
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0: one a core.")] = 0,
    engine: Annotated[str, typer.Option(help="local or spark[:MASTER].")] = "local",
    gate: Annotated[
        list[str] | None,
        typer.Option(help="Fail (exit 1) unless it holds: reliability>=60, conflicts<=0 …"),
    ] = None,
    accepted: Annotated[
        str | None, typer.Option(help="Findings already judged (see accept).")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="Own facts to check against: CSV or JSON.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary, no progress.")] = False,
) -> None:
    """Audit a pile of articles and say what each source is worth, with evidence."""
    from audit import pipeline
    from audit.reports import terminal

    report = pipeline.run(
        inputs,
        only=only or (),
        output=output or (),
        fields=_pairs(field or []),
        manifest=manifest,
        rules=rules or (),
        jobs=jobs,
        engine=engine,
        gates=gate or (),
        accepted=accepted,
        reference=reference,
        progress=not quiet and sys.stderr.isatty(),
    )
    if not quiet and not any(o.endswith(":-") for o in output or ()):
        sys.stdout.write(terminal.render(report))
    raise typer.Exit(pipeline.exit_code(report))


@app.command()
def report(
    file: Annotated[str, typer.Argument(help="A report.json saved earlier, or -.")],
    output: Output = None,
) -> None:
    """Render a saved report again."""
    from audit.reports import saved, terminal, write

    loaded = saved.load(file)
    write.outputs(loaded, output or ())
    if not output:
        sys.stdout.write(terminal.render(loaded))


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(help="Text, JSON or JSONL, or - for stdin.")],
    format: Format = None,
    rules: RulesFolders = None,
) -> None:
    """Say what is seen in each document: JSON, or JSONL for many."""
    from audit import pipeline
    from audit.reading import given

    items, many = given.load(file, format)
    notes = pipeline.inspect(items, rules=rules or ())
    if many:
        for note in notes:
            sys.stdout.write(json.dumps(note, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps(notes[0], ensure_ascii=False, indent=2) + "\n")


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="A document: text or JSON.")],
    b: Annotated[str, typer.Argument(help="Another document.")],
    format: Format = None,
    rules: RulesFolders = None,
) -> None:
    """Say what two documents share and where they differ: JSON."""
    from audit import pipeline
    from audit.reading import given

    (first,), (second,) = given.load(a, format, one=True)[0], given.load(b, format, one=True)[0]
    note = pipeline.compare(first, second, rules=rules or ())
    sys.stdout.write(json.dumps(note, ensure_ascii=False, indent=2) + "\n")


@app.command()
def schema() -> None:
    """Print the JSON Schema of report.json."""
    from audit.reports import schema as schemas

    sys.stdout.write(schemas.dumps())


def _pairs(fields: list[str]) -> dict[str, str]:
    from audit.model import AuditError

    found: dict[str, str] = {}
    for field in fields:
        name, equals, column = field.partition("=")
        if not (name and equals and column):
            raise AuditError(f"--field {field}: write FIELD=NAME, as in text=body")
        found[name] = column
    return found
