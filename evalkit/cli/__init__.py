"""The command line: `main` is the entry point, one module per group of commands.

This room may use everything below it, plug-ins by the registry alone.
"""

from __future__ import annotations

import os
import sys

INTERNAL = 70  # the exit code of an error nobody foresaw: neither the user's (2) nor a gate's (1)


def main() -> None:
    """Runs the command line; every error the user can put right ends with one message and code 2."""
    from evalkit.cli.app import run
    from evalkit.errors import EvalkitError

    try:
        run(sys.argv[1:])
    except EvalkitError as problem:
        _say(f"evalkit: error: {problem}")
        sys.exit(2)
    except KeyboardInterrupt:
        print("evalkit: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone. Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (Exception, SystemExit) as problem:  # a user's plug-in file may fail in any way, or end the program
        if place := _in_a_plugin(problem):
            _say(f"evalkit: error: {place}: the plug-in failed: {type(problem).__name__}: {problem}")
            sys.exit(2)
        if isinstance(problem, SystemExit):
            raise
        print(f"evalkit: internal error: {type(problem).__name__}; {_reported(problem)}", file=sys.stderr)
        sys.exit(INTERNAL)


def _say(message: str) -> None:
    from evalkit.text.visible import told

    print(told(message), file=sys.stderr)


def _reported(problem: Exception) -> str:
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
