"""The command line: `main` is the entry point, one module per group of commands.

This room may use everything below it, plug-ins by the registry alone.
"""

from __future__ import annotations

import os
import sys

INTERNAL = 70  # the exit code of an error nobody foresaw: neither the user's (2) nor a gate's (1)


def main() -> None:
    """Runs the command line; every error the user can put right ends with one message and code 2."""
    from evalkit.cli.ending import no_sudden_end

    try:
        with no_sudden_end():
            _run()
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
        raise
    _leave(0)


def _run() -> None:
    from evalkit.cli.app import run
    from evalkit.errors import EvalkitError

    try:
        run(sys.argv[1:])
    except EvalkitError as problem:
        _say(f"evalkit: error: {problem}")
        sys.exit(2)
    except KeyboardInterrupt:
        _say(f"evalkit: interrupted{_kept()}")
        sys.exit(130)
    except BrokenPipeError as problem:
        if _in_a_plugin(problem) or not _is_unread():
            _say(f"evalkit: error: {_place(problem)}{_of_the_machine(problem)}")
            sys.exit(2)
        # The reader of our help has gone. Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (OSError, MemoryError) as problem:
        _say(f"evalkit: error: {_place(problem)}{_of_the_machine(problem)}")
        sys.exit(2)
    except BaseException as problem:  # a user's plug-in file may fail in any way, or end the program
        if place := _in_a_plugin(problem):
            from evalkit.plugins.guests import said

            _say(f"evalkit: error: {place}: the plug-in failed: {type(problem).__name__}: {said(problem)}")
            sys.exit(2)
        if isinstance(problem, SystemExit):
            raise
        _say(f"evalkit: internal error: {type(problem).__name__}; {_reported(problem)}")
        sys.exit(INTERNAL)


def _leave(status: int) -> None:
    guests = sys.modules.get("evalkit.plugins.guests")
    if guests:  # without it no plug-in has been loaded
        guests.leave(status, _say)


def _say(message: str) -> None:
    from evalkit.cli.output import note

    note(message)


def _is_unread() -> bool:
    """Whether standard output is a pipe that nobody reads any more; taken to be where the system cannot say."""
    import select

    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(1, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _kept() -> str:
    """What an interrupted run leaves behind for the next."""
    stages = sys.modules.get("evalkit.run.stages")
    kept = stages.kept() if stages else ""
    return f"; kept: {kept}; the same command goes on from there" if kept else ""


def _place(problem: Exception) -> str:
    return f"{place}: the plug-in failed: " if (place := _in_a_plugin(problem)) else ""


def _of_the_machine(problem: OSError | MemoryError) -> str:
    """What the system refused: it is for the user to put right, wherever it struck."""
    if isinstance(problem, MemoryError):
        return "there is not enough memory for this; give smaller texts, or fewer at a time"
    file = f"{os.fsdecode(problem.filename)}: " if isinstance(problem.filename, (str, bytes)) else ""
    return f"{file}{problem.strerror or problem}; check the path, its permissions and the space there"


def _reported(problem: BaseException) -> str:
    """Where the whole of an unforeseen error stands: it may hold texts, so it is written to a file, not shown."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(problem))
    try:
        handle, path = tempfile.mkstemp(prefix="evalkit-error-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return "no report of it could be written"
    return f"please report it, with what stands in {path}"


def _in_a_plugin(problem: BaseException) -> str:
    """File and line of a user's plug-in file in which the problem arose, empty where it did not."""
    import traceback

    for frame, number in reversed(list(traceback.walk_tb(problem.__traceback__))):
        if str(frame.f_globals.get("__name__", "")).startswith("evalkit_plugin_"):
            return f"{frame.f_code.co_filename}:{number}"
    return ""
