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
