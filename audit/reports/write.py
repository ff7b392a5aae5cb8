"""Where views of a report go: each output is written beside its place and moved there whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from audit.model import AuditError, Report

if TYPE_CHECKING:
    import polars as pl

KINDS = ("json", "html", "csv", "tables", "parquet")
Tables = Mapping[str, Iterable["pl.DataFrame"]]


def parse(output: str) -> tuple[str, str]:
    """Kind and place of an output such as ``html:report.html``; raises AuditError."""
    kind, colon, place = output.partition(":")
    if kind not in KINDS or not colon or not place:
        kinds = ", ".join(f"{k}:PLACE" for k in KINDS)
        raise AuditError(f"--output {output}: write one of {kinds}")
    if place == "-" and kind in ("tables", "parquet"):
        raise AuditError(f"--output {output}: {kind} needs a folder, not stdout")
    return kind, place


def checked(wanted: Sequence[str]) -> None:
    """Raises AuditError where an output could not be written, before any work is done for it."""
    places: dict[str, str] = {}
    for output in wanted:
        kind, place = parse(output)
        known = places.setdefault(os.path.abspath(place) if place != "-" else "-", output)
        if known is not output:
            where = "stdout" if place == "-" else place
            raise AuditError(f"--output {output}: {where} is taken by --output {known}")
        if place != "-":
            _possible(kind, Path(place))


def _possible(kind: str, place: Path) -> None:
    if kind in ("tables", "parquet"):
        folder = next(above for above in (place, *place.absolute().parents) if above.exists())
        if not folder.is_dir():
            raise AuditError(f"--output {kind}:{place}: {folder} is a file; name a folder")
    else:
        folder = place.parent
        if place.is_dir():
            raise AuditError(f"--output {kind}:{place}: is a folder; name a file")
        if not folder.is_dir():
            raise AuditError(f"--output {kind}:{place}: its folder does not exist")
    if not os.access(folder, os.W_OK):
        raise AuditError(f"--output {kind}:{place}: nothing may be written in {folder}")


def outputs(report: Report, wanted: Sequence[str], tables: Tables | None = None) -> None:
    """Writes every output asked for. Without ``tables`` they hold what the report shows."""
    checked(wanted)
    for kind, place in map(parse, wanted):
        try:
            if kind in ("tables", "parquet"):
                _folder(report, kind, Path(place), tables)
            else:
                with _placed(place) as file:
                    for piece in _view(report, kind):
                        file.write(piece)
        except OSError as error:
            raise AuditError(f"--output {kind}:{place}: {error.strerror or error}") from error


def dumps(report: Report) -> bytes:
    """report.json: indented, in the order of the records' fields."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"


def _view(report: Report, kind: str) -> Iterator[bytes]:
    if kind == "json":
        yield dumps(report)
    elif kind == "html":
        from audit.reports import html

        yield html.render(report).encode("utf-8", "replace")
    else:
        from audit.reports import spreadsheet

        yield spreadsheet.render(report).encode("utf-8", "replace")


def _folder(report: Report, kind: str, place: Path, tables: Tables | None) -> None:
    from audit.reports import tables as views

    place.mkdir(parents=True, exist_ok=True)
    every = views.of_report(report) if tables is None else tables
    for name, batches in every.items():
        if kind == "tables":
            with _placed(str(place / f"{name}.jsonl")) as file:
                views.write_jsonl(name, batches, file)
        else:
            with _placed(str(place / f"{name}.parquet")) as file:
                views.write_parquet(name, batches, file)


@contextmanager
def _placed(place: str) -> Iterator[IO[bytes]]:
    """A file that appears at its place only when it is whole; ``-`` is stdout."""
    if place == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(place)
    handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside, 0o666 & ~umask)
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
