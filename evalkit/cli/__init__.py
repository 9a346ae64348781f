"""The command line: `main` is the entry point, one module per group of commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line; every error the user can put right ends with one message and code 2."""
    from evalkit.cli.app import run
    from evalkit.errors import EvalkitError

    try:
        run(sys.argv[1:])
    except EvalkitError as problem:
        print(f"evalkit: error: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("evalkit: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone. Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as problem:  # a user's plug-in file may fail in any way; name file and line
        place = _in_a_plugin(problem)
        if not place:
            raise  # ours: a defect that must be seen whole
        print(f"evalkit: error: {place}: the plug-in failed: {type(problem).__name__}: {problem}", file=sys.stderr)
        sys.exit(2)


def _in_a_plugin(problem: Exception) -> str:
    """File and line of a user's plug-in file in which the problem arose, empty where it did not."""
    import traceback

    for frame, number in reversed(list(traceback.walk_tb(problem.__traceback__))):
        if str(frame.f_globals.get("__name__", "")).startswith("evalkit_plugin_"):
            return f"{frame.f_code.co_filename}:{number}"
    return ""
