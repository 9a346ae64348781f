"""A folder of results that took long to get, shared by all processes of a user. It changes speed, never a number.

An entry is a file named by its key. It is written under another name and renamed, so a process that is
killed leaves no half of one; it holds a checksum of what follows, so what is damaged is as good as not
there. The oldest entries go when the folder grows beyond its bound. A folder that cannot be written, or a
full disk, is no error: it is said once, and everything is counted anew.

    EVALKIT_CACHE=off       no cache
    EVALKIT_CACHE=FOLDER    the cache in this folder; by default `evalkit` in the user's folder of caches
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BOUND = 256 * 1024**2  # bytes: the rows of some million lines; small beside the data they come from
# Room is made down to this share of the bound, so that it need not be made at every entry.
_KEPT = 0.8
# An unfinished file of a killed process goes when it is this old, in seconds.
_STALE = 3600
_SUFFIX = ".rows"
_UNFINISHED = ".unfinished-"
# What a folder that somebody names as a cache may hold besides is his, whatever ending it has.
_OURS = re.compile(rf"[0-9a-f]{{64}}{re.escape(_SUFFIX)}|{re.escape(_UNFINISHED)}[a-z0-9_]{{8}}")
_MAGIC = b"evalkit cache 1\n"


@dataclass
class Cache:
    """Bytes by key, in a folder of at most `bound` bytes."""

    folder: Path
    bound: int = BOUND
    _said: bool = field(default=False, init=False)
    _written: int = field(default=0, init=False)

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, None where there are none or they are damaged."""
        path = self._path(key)
        try:
            data = _read(path, self.bound)
        except OSError:
            return None
        start = len(_MAGIC) + hashlib.sha256().digest_size
        if not data.startswith(_MAGIC) or hashlib.sha256(data[start:]).digest() != data[len(_MAGIC) : start]:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):  # the time says when it was last of use
            os.utime(path)
        return data[start:]

    def put(self, key: str, content: bytes) -> bool:
        """Keeps bytes under a key; whether it could. Nothing that goes wrong here is an error."""
        if len(content) > self.bound // 4:
            return False
        path = self._path(key)
        temporary = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
            with os.fdopen(handle, "wb") as stream:
                stream.writelines((_MAGIC, hashlib.sha256(content).digest(), content))
            Path(temporary).replace(path)
        except OSError as problem:
            self._say(problem)
            with contextlib.suppress(OSError):
                Path(temporary or path.with_name(".none")).unlink()
            return False
        self._written += len(content)
        if self._written > self.bound // 16:
            self.make_room()
        return True

    def make_room(self) -> None:
        """Removes the entries longest out of use until the folder is within its bound again, and unfinished files."""
        self._written = 0
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        target = self.bound if total <= self.bound else int(self.bound * _KEPT)
        for _, size, path in entries:
            if total <= target:
                break
            if _remove(path):
                total -= size
        for path in self._files(f"{_UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()

    def size(self) -> tuple[int, int]:
        """How many entries there are, and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def clear(self) -> int:
        """Removes every entry and nothing else; how many there were."""
        for path in self._files(f"{_UNFINISHED}*"):
            _remove(path)
        return sum(_remove(path) for _, _, path in list(self._entries()))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def _files(self, pattern: str) -> Iterator[Path]:
        """Files of the cache: only in folders it makes, so that nothing else in the folder is touched."""
        with contextlib.suppress(OSError):
            for below in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
                if not below.is_symlink():
                    yield from (path for path in below.glob(pattern) if _OURS.fullmatch(path.name))

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._files(f"*{_SUFFIX}"):
            with contextlib.suppress(OSError):  # another process may have removed it
                found = path.stat()
                yield found.st_mtime, found.st_size, path

    def _say(self, problem: OSError) -> None:
        if not self._said:
            self._said = True
            import logging

            logging.getLogger("evalkit").warning(
                "the cache in %s cannot be written (%s); scores are counted anew each time. "
                "EVALKIT_CACHE names another folder, EVALKIT_CACHE=off does without",
                self.folder,
                problem.strerror or problem,
            )


def _read(path: Path, most: int) -> bytes:
    """The bytes of an entry of ours; OSError for a link, a pipe, one too large, what another user has put there."""
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as stream:
        found = os.fstat(stream.fileno())
        # The machine's owner may fill a cache for all, as an image of a container does.
        is_ours = not hasattr(os, "geteuid") or found.st_uid in (0, os.geteuid())
        if not stat.S_ISREG(found.st_mode) or not is_ours or found.st_size > most:
            raise OSError(f"{path} is no entry of this user's cache")
        return stream.read()


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def open_cache() -> Cache | None:
    """The user's cache as the environment names it; None where it is switched off or there is no place for it."""
    named = os.environ.get("EVALKIT_CACHE", "")
    if named.lower() == "off":
        return None
    if named:
        return Cache(Path(named))
    base = _user_caches()
    return Cache(base / "evalkit") if base else None


def _user_caches() -> Path | None:
    """Where programs keep what they can make again: the XDG folder, or the platform's."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():  # a relative one is to be ignored, says the XDG specification
        return Path(given)
    try:
        home = Path.home()
    except RuntimeError:  # no home folder at all
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
