"""``python -m audit`` and the ``source-audit`` command: exit codes are settled here."""

from __future__ import annotations

import os
import signal
import sys


def _terminate(_signal: int, _frame: object) -> None:
    raise SystemExit(143)


def _over() -> str:
    """What writes over a line of progress that was left on a terminal."""
    return "\r\x1b[K" if sys.stderr.isatty() else ""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code (see README, "Exit codes")."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        import typer

        from audit.cli import app

        try:
            code = app(args=arguments, standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except typer.Exit as stop:
            return stop.exit_code
        except typer.Abort:
            return 130
        except typer.TyperException as error:
            said = error.format_message()
            print(said if said.startswith("Usage: ") else f"source-audit: {said}", file=sys.stderr)
            return 2
        except SystemExit as stop:
            if isinstance(stop.__context__, BrokenPipeError):  # typer makes it an exit of its own
                raise stop.__context__ from None
            raise
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            sys.stderr.write("\n")  # what stood there of progress keeps its line
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from audit.model import AuditError  # not before: help needs none of it
        from audit.reports.safe import line

        if isinstance(error, AuditError):
            print(f"{_over()}source-audit: {line(str(error))}", file=sys.stderr)
            return error.code
        if os.environ.get("SOURCE_AUDIT_TRACE"):
            raise
        print(
            f"{_over()}source-audit: a fault of ours: {type(error).__name__}: {line(str(error))}\n"
            "Set SOURCE_AUDIT_TRACE=1 to see where; the inputs are untouched.",
            file=sys.stderr,
        )
        return 70


if __name__ == "__main__":
    sys.exit(main())
