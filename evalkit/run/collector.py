"""Python's collector of circles, left out where much is made and none of it in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """Rows and findings are made by the hundred thousand, none of them in a circle, and the collector looks at all of
    them again and again: a quarter of the time of reading, a tenth of that of detectors."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
