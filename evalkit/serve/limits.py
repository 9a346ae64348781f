"""What the application allows: sizes, times, numbers, each so that no visitor takes the machine from the others."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bytes, seconds and numbers; the defaults suit documents, not corpora."""

    request: int = 32 * 1024**2  # bytes of one request: both texts and lists; a book has 1 MB
    seconds: int = 600  # of one evaluation: 2,000 sentences a side take well under a minute
    memory: int = 4 * 1024**3  # bytes of address space of one evaluation; libraries alone map 1 GB
    running: int = 1  # evaluations at a time: each keeps a core busy
    waiting: int = 20  # evaluations that may wait; who comes later is asked to come again
    jobs: int = 500  # that lie on the disk, kept ones too
    hours: float = 24.0  # after which texts and results go that nobody has kept
    guesses: int = 10  # wrong tokens a minute, from everybody together


class Settings(Struct, frozen=True):
    """Where the application listens, what it lets in, and where it keeps its files.

    `token` lets in whoever has it; empty means one made at the start, which lets in one browser, once. `names` are
    the hosts by which it may be called besides its own, behind a proxy.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    names: tuple[str, ...] = ()
    limits: Limits = Limits()
