"""What is said beside the result: on standard error, where nobody need listen."""

from __future__ import annotations

import contextlib
import os
import sys


def say(text: str) -> None:
    """Writes to standard error. That it is closed or full, or that nobody reads it any more, breaks off no work and
    changes no code of the end: what follows goes nowhere."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):  # ValueError: somebody has closed it
        with contextlib.suppress(OSError, ValueError):
            # Python would try what is left once more at its end, and end with a code of its own
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
