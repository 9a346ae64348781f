"""Memory that is free and not given back: what a C library keeps for later, a process seems to need."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Returns free memory to the system where the C library can be asked to (glibc); elsewhere nothing.

    glibc keeps blocks of up to 32 MB where anything above them is in use. After a stage that made arrays of such sizes
    from hundreds of megabytes of them, the next one's objects would come on top.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return
    trim(0)
