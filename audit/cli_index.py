"""The commands of ``source-audit index``: have we seen this before?

Like ``audit.cli``: nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit.options import Fields, Inputs, Jobs, Manifest, mapped

if TYPE_CHECKING:
    from audit.duplication.index_check import Known, Seen

index = typer.Typer(
    help="Have we seen this before? An index on disk of articles, to look others up in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Place = Annotated[str, typer.Option("--index", help="The folder of the index.")]
FOLDER = "articles.index"


@index.command()
def add(
    inputs: Inputs,
    folder: Place = FOLDER,
    fields: Fields = None,
    manifest: Manifest = None,
    jobs: Jobs = 0,
) -> None:
    """Put articles into the index; one whose id is there already is replaced if it changed."""
    from audit import seen
    from audit.progress import display

    with display(True) as shown:
        counts, errors = seen.add(
            folder,
            inputs,
            fields=mapped(fields),
            manifest=manifest,
            jobs=jobs,
            say=_say,
            watch=shown.watch,
        )
    for error in errors:
        _say(f"{error.input}: {error.reason}")
    _print(_plain(counts), _added(counts))
    if errors:
        raise typer.Exit(3)


@index.command()
def check(
    inputs: Inputs,
    folder: Place = FOLDER,
    fields: Fields = None,
    manifest: Manifest = None,
    jobs: Jobs = 0,
) -> None:
    """Say for each article which known ones it is a copy of: JSON lines, or text on a terminal."""
    from audit import seen
    from audit.duplication.index import open_index

    known = open_index(folder)
    with seen.opened(inputs, mapped(fields), manifest, jobs) as docs:
        for one in seen.look_up(known, docs):
            _print(_plain(one), _told(one))
        for error in docs.errors:
            _say(f"{error.input}: {error.reason}")
        if docs.errors:
            raise typer.Exit(3)


@index.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of documents in the index.")],
    folder: Place = FOLDER,
) -> None:
    """Take documents out of the index: all of those named, or none where one is not there."""
    from audit.duplication import index_write

    gone = index_write.remove(folder, ids, _say)
    _print({"removed": gone}, f"{gone:,} removed.")


@index.command()
def stats(
    folder: Place = FOLDER,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every byte: is it as it was written?")
    ] = False,
) -> None:
    """Say how many documents the index holds, and how many bytes on disk each of them takes."""
    from audit import seen
    from audit.duplication.index import open_index
    from audit.duplication.index import stats as figures

    opened = open_index(folder)
    if verify:
        seen.verify(opened)
    found = figures(opened)
    lines = [f"{name.replace('_', ' '):<20} {value:>16,}" for name, value in found.items()]
    _print(found, "\n".join([*lines, *(["Every byte is as it was written."] * verify)]))


@index.command()
def export(
    file: Annotated[str, typer.Argument(help="The Parquet file to write.")],
    folder: Place = FOLDER,
) -> None:
    """Write all signatures and fingerprints to a Parquet file, for datasketch or another index."""
    from audit.duplication import index_exchange
    from audit.duplication.index import open_index

    many = index_exchange.write(open_index(folder), file)
    _print({"exported": many}, f"{many:,} documents written to {file}.")


@index.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(help="Parquet files with datasketch's signatures.")],
    folder: Place = FOLDER,
) -> None:
    """Put signatures into the index that export wrote, or that datasketch made."""
    from audit import seen

    counts = seen.take(folder, files, say=_say)
    _print(_plain(counts), _added(counts))


def _say(sentence: str) -> None:
    from audit.reports.safe import line

    print(f"source-audit: {line(sentence)}", file=sys.stderr)


def _plain(record: Any) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain


def _print(record: dict[str, Any], text: str) -> None:
    """A line of JSON for a program, text for a person at a terminal."""
    said = text if _person() else json.dumps(record, ensure_ascii=False)
    sys.stdout.write(said + "\n")


def _person() -> bool:
    return sys.stdout.isatty()


def _added(counts: Any) -> str:
    left = f", {counts.skipped:,} empty" if counts.skipped else ""
    left += f", {counts.failed:,} could not be read" if counts.failed else ""
    return (
        f"{counts.added:,} added, {counts.replaced:,} replaced by a new version,"
        f" {counts.unchanged:,} there already{left}."
    )


_WORDS = {
    "identical": "the same words as",
    "copy": "a copy of",
    "contains": "contains",
    "contained": "is contained in",
    "round-up": "one of the two is a round-up:",
}
_SHOWN = 20


def _told(seen: Seen) -> str:
    from audit.reports.safe import line

    if not seen.known:
        short = "; it is too short to be judged, unless identical" if seen.short else ""
        return line(f"{seen.id}: not seen before{short}")
    lines = [line(f"{seen.id}: seen before, {len(seen.known):,} known")]
    lines += [f"  {line(_one(known))}" for known in seen.known[:_SHOWN]]
    if len(seen.known) > _SHOWN:
        lines.append(f"  and {len(seen.known) - _SHOWN:,} more")
    return "\n".join(lines)


def _one(known: Known) -> str:
    about = ", ".join(part for part in (known.source, known.published) if part)
    title = f" “{known.title}”" if known.title else ""
    said = f"{_WORDS[known.relation]} {known.id}{title}{f' ({about})' if about else ''}"
    if known.by == "words":
        return said
    share = f"; estimated: similarity {known.similarity:.2f}"
    if known.contained:
        share += f", {known.contained.document:.0%} of it is there"
        share += f", {known.contained.known:.0%} of that is here"
    return said + share + (" (by its signature only)" if known.by == "signature" else "")
