"""The command line: words in, one call to the pipeline, words out. Results go to stdout.

Nothing heavy is imported before a command runs, so that ``--help`` costs next to nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from audit import cli_index
from audit.options import Fields, Inputs, Jobs, Manifest, mapped

app = typer.Typer(
    name="source-audit",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(cli_index.index, name="index")

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


def _version(wanted: bool) -> None:
    if wanted:
        import audit

        sys.stdout.write(f"source-audit {audit.__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which it is.")
    ] = False,
) -> None:
    """Audit news sources from what they publish: copies, language, facts, scores."""


@app.command()
def run(
    inputs: Inputs,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Run a part only: duplication, language, facts, scores (repeatable)."),
    ] = None,
    output: Output = None,
    fields: Fields = None,
    manifest: Manifest = None,
    rules: RulesFolders = None,
    jobs: Jobs = 0,
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
        fields=mapped(fields),
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
        sys.stdout.write(terminal.render(report, terminal.columns()))
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
        sys.stdout.write(terminal.render(loaded, terminal.columns()))


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(help="Text, JSON or JSONL, or - for stdin.")],
    format: Format = None,
    rules: RulesFolders = None,
) -> None:
    """Say what is seen in each document: JSON, or JSONL for many."""
    from audit import pipeline
    from audit import rules as rule_folders

    docs = pipeline.documents_of(file, format)
    found = pipeline.notes(docs, rule_folders.load(tuple(rules or ())))
    if len(found) > 1 or file.endswith((".jsonl", ".ndjson")) or format == "jsonl":
        for note in found:
            sys.stdout.write(json.dumps(note, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(json.dumps(found[0], ensure_ascii=False, indent=2) + "\n")


@app.command()
def compare(
    a: Annotated[str, typer.Argument(help="A document: text or JSON.")],
    b: Annotated[str, typer.Argument(help="Another document.")],
    format: Format = None,
    rules: RulesFolders = None,
) -> None:
    """Say what two documents share and where they differ: JSON."""
    import msgspec
    import polars as pl

    from audit import pairs, pipeline
    from audit import rules as rule_folders
    from audit.model import AuditError

    sides = [pipeline.documents_of(file, format) for file in (a, b)]
    for file, docs in zip((a, b), sides, strict=True):
        if docs.height != 1:
            raise AuditError(f"{file}: holds {docs.height} documents, compare takes one")
    loaded = rule_folders.load(tuple(rules or ()))
    note = msgspec.to_builtins(pairs.compare_documents(pl.concat(sides), loaded))
    sys.stdout.write(json.dumps(note, ensure_ascii=False, indent=2) + "\n")


@app.command()
def schema() -> None:
    """Print the JSON Schema of report.json."""
    from audit.reports import schema as schemas

    sys.stdout.write(schemas.dumps())


@app.command()
def rules(
    check: Annotated[
        str | None, typer.Option(help="Run the examples of a folder of rules.")
    ] = None,
    lint: Annotated[
        str | None, typer.Option(help="Say all that is wrong with a folder of rules.")
    ] = None,
    bench: Annotated[
        str | None, typer.Option(help="Each rule's rate on clean texts, any input.")
    ] = None,
    folder: RulesFolders = None,
) -> None:
    """List the rules, or hold them to their examples, bounds and budgets."""
    from audit import rules as rule_folders
    from audit.language import rulecheck
    from audit.model import AuditError
    from audit.reports import catalogue

    chosen = [name for name in (check, lint) if name is not None]
    for name in chosen:
        if not Path(name).is_dir():
            raise AuditError(f"{name}: no such folder of rules")
    if chosen:
        faults = rulecheck.lint([*(folder or ()), *chosen])
        if not faults and check is not None:
            faults = rulecheck.check(rule_folders.load((*(folder or ()), check)))
        if faults:
            sys.stdout.write("".join(f"{fault}\n" for fault in faults))
            raise typer.Exit(1)
        sys.stdout.write("All rules hold.\n")
    elif bench is not None:
        from audit import pipeline

        texts = pipeline.documents_of(bench)["text"].drop_nulls().to_list()
        loaded = rule_folders.load(tuple(folder or ()))
        sys.stdout.write(catalogue.rates(*rulecheck.bench(loaded, texts)))
    else:
        sys.stdout.write(catalogue.listing(rule_folders.load(tuple(folder or ()))))


@app.command()
def explain(
    id: Annotated[str, typer.Argument(help="The id of a rule, a check or a score.")],
    folder: RulesFolders = None,
) -> None:
    """Say what a rule, a check or a score means, and why an editor should care."""
    from audit import rules as rule_folders
    from audit.reports import catalogue

    sys.stdout.write(catalogue.explain(id, rule_folders.load(tuple(folder or ()))))


@app.command()
def accept(
    ids: Annotated[
        list[str],
        typer.Argument(
            help="Ids of findings, conflicts or events, or their first letters: the summary shows"
            " them in brackets, the page beside each."
        ),
    ],
    report: Annotated[str, typer.Option(help="The report.json that has them.")],
    reason: Annotated[str, typer.Option(help="Why it is no problem.")],
    file: Annotated[str, typer.Option(help="The file of judgements.")] = "accepted.jsonl",
    date: Annotated[str | None, typer.Option(help="Since when; default: today.")] = None,
) -> None:
    """Put what an editor has judged into a file: runs with --accepted FILE leave it out. A conflict
    is settled on both sides."""
    import datetime

    from audit import judged
    from audit.reports import saved
    from audit.reports.safe import line

    when = date or datetime.date.today().isoformat()
    for one in judged.add(saved.load(report), ids, file, reason, when):
        sys.stdout.write(
            line(f"accepted {one.id} {one.rule} in {one.document}: {one.quote}") + "\n"
        )


@app.command()
def doctor() -> None:
    """Check that this installation works: versions, rules, engines, the right `audit` package."""
    from audit.doctor import examine

    lines, healthy = examine()
    sys.stdout.write("\n".join(lines) + "\n")
    if not healthy:
        raise typer.Exit(70)
