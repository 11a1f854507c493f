"""The `optopscan` command: a table of commands, and one place where errors become one line.

A command module is imported when its command runs, so `--help` answers before
numpy could have been loaded. Each module has one `command`.
"""

from __future__ import annotations

import contextlib
import importlib
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import click

from optopscan import __version__
from optopscan.cli.terminal import give_up, prepare_streams, quiet_libraries, say
from optopscan.cli.words import nearest
from optopscan.errors import OptopscanError

COMMANDS = {
    "scan": "Whole job: storeys that fit, placed modules, record and views.",
    "inspect": "What was read and inferred from the model, with its gaps.",
    "capacity": "Storeys that fit, what stops the next; one whole calculation.",
    "place": "Variants with dwelling counts, the front, and why not more.",
    "report": "Views of a record: page, calculation, sheets, models, drawings.",
    "diff": "What changed between two records, and why the answer moved.",
    "feasibility": "Worth doing? Costs, income, gap, carbon and consent of a variant.",
    "check-model": "Does the model say what a quickscan needs (IDS, BIM Basis ILS)?",
    "catalog": "List, show, check and describe products, or print the schema.",
    "families": "Typical building families: list, show, check, or build as IFC.",
    "portfolio": "Many buildings: folders of models, or city data (3D BAG).",
    "demo": "Scan a bundled example building.",
    "clause": "Run one clause of a standard by hand: formula, numbers, result.",
    "explain": "Explain an issue code such as OPT-301.",
    "doctor": "Versions of Python and libraries, catalogue and examples found.",
}
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
TERMINATED = 143  # 128 + SIGTERM: a scheduler or the machine wants to stop
PIPE_CLOSED = 141  # 128 + SIGPIPE: the reader (head, less) had enough


class OneLineGroup(click.Group):
    """Group whose errors of any kind are one line on stderr, with the exit codes of README.md."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - signature of click
        """Return the commands in the order in which a reader meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - signature of click
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"optopscan.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command; a misspelt one is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"{args[0]}: no such command; {nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - signature of click
        """Write the table above without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Parse; `--help` prints here."""
        with _closed_pipe_ends_quietly():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        quiet_libraries()
        with _closed_pipe_ends_quietly():
            return super().invoke(ctx)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run, and leave with the exit code; anything that is not ours keeps its traceback."""
        run = partial(super().main, *args, standalone_mode=False, **extra)
        return sys.exit(_exit_code(run)) if standalone_mode else run()


def _exit_code(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except OptopscanError as exc:
        say(str(exc))
        return exc.exit_code
    except click.UsageError as exc:
        where = exc.ctx.command_path if exc.ctx is not None else "optopscan"
        say(f"{exc.format_message().rstrip('.')}; see {where} --help")
        return exc.exit_code
    except click.ClickException as exc:
        say(exc.format_message())
        return exc.exit_code
    except click.Abort:
        say("interrupted; nothing more was written")
        return INTERRUPTED
    return code if isinstance(code, int) else 0


@contextlib.contextmanager
def _closed_pipe_ends_quietly() -> Iterator[None]:
    # click would leave with 1, which here means that a gate said no.
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        give_up(sys.stdout)
        raise click.exceptions.Exit(PIPE_CLOSED) from None


class _Terminated(BaseException):
    """SIGTERM arrived; on the way out temporary files go and child processes end."""


@contextlib.contextmanager
def _terminated_cleans_up() -> Iterator[None]:
    def stop(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
        raise _Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except _Terminated:
        say("terminated; nothing more was written")
        sys.exit(TERMINATED)
    finally:
        signal.signal(signal.SIGTERM, before)


@click.group(cls=OneLineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="optopscan %(version)s")
def cli() -> None:
    """How many light timber storeys fit on an existing building, from its IFC model.

    A quickscan, never a design check. stdout carries the result, stderr everything else.

    Exit codes: 0 done; 1 done and a gate you asked for says no; 2 wrong usage or configuration, or a result that cannot be
    written; 3 no readable file, no bearing structure or no roof; 130, 141, 143 interrupted, reader gone, terminated.
    """


def run() -> None:
    """Run the command line as a process of its own: with streams that take any text, and a clean end at SIGTERM."""
    prepare_streams()
    with _terminated_cleans_up():
        cli(prog_name="optopscan")
