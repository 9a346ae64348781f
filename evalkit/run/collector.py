"""Python's collector of circles, left out where much is made and none of it in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """Rows, findings and units are made by the hundred thousand, none of them in a circle, and the collector looks at
    all of them again and again: a quarter of the time of reading, a tenth of that of detectors, and more of a run for
    which most is kept from an earlier one. What was made meanwhile counts as old afterwards, so that it is not looked
    at as soon as the collector is back."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():  # else somebody keeps objects apart, which unfreezing would undo
                gc.freeze()
                gc.unfreeze()
            gc.enable()
