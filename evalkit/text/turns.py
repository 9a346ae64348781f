"""One process after another: whoever reads a file, changes it and writes it back keeps others from it meanwhile."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evalkit.errors import InputError

_PATIENCE = 60.0  # seconds: the longest turn, the reports of a large run, is some seconds of writing
_TICK = 0.01  # seconds between two looks: short beside a start of the program
_mine = threading.local()  # the folders that this thread holds


@contextmanager
def turn(path: str | Path) -> Iterator[None]:
    """Within it no other process that asks for the same has a turn at files of the folder that the path lies in.

    The folder itself is locked, so that nothing is left behind, and a process that is killed holds nothing. One that is
    not there yet is made, and does not stay where nothing was written into it. Where the system or the disk knows no
    locks (Windows, some network drives) nobody waits. Raises InputError for a turn that does not come.
    """
    folder = str(Path(os.path.realpath(path)).parent)  # a link's file is changed where it lies
    held: set[str] = _mine.__dict__.setdefault("held", set())
    if folder in held:
        yield
        return
    made, handle = _locked(folder)
    try:
        held.add(folder)
        yield
    finally:
        held.discard(folder)
        for new in made:
            with suppress(OSError):  # something was written there
                new.rmdir()
        if handle is not None:
            _ended(handle)


def _locked(folder: str) -> tuple[list[Path], int | None]:
    """The folders that had to be made for it, the deepest first, and the handle that keeps others out, if one does."""
    made: list[Path] = []
    while (handle := _opened(Path(folder), made)) is not None:
        try:
            _waited(handle, folder)
            if os.path.samestat(os.fstat(handle), Path(folder).stat()):
                break
        except FileNotFoundError:  # who made it before us has taken it away
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    return made, handle


def _opened(folder: Path, made: list[Path]) -> int | None:
    try:
        for new in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
            with suppress(FileExistsError):
                new.mkdir()
                made.insert(0, new)
        return os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError):  # it cannot be made, which whoever writes there will say, or the system opens none
        return None


def _ended(handle: int) -> None:
    """Ends a turn for good: to close the folder would leave it locked by the workers that were forked meanwhile."""
    with suppress(ImportError, OSError):
        from fcntl import LOCK_UN, flock

        flock(handle, LOCK_UN)
    os.close(handle)


def _waited(handle: int, folder: str) -> None:
    with suppress(ImportError):
        from fcntl import LOCK_EX, LOCK_NB, flock

        end = time.monotonic() + _PATIENCE
        while True:
            try:
                flock(handle, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise InputError(
                        f"{folder}: another evalkit has been writing there for {_PATIENCE:.0f} seconds; wait until it "
                        "has ended, or end it"
                    ) from None
                time.sleep(_TICK)
            except OSError:  # a disk without locks
                return
            else:
                return
