"""Which files a path stands for, of what kind they are, and how they are opened: here, or where fsspec says."""

from __future__ import annotations

import glob
import re
from pathlib import Path
from typing import IO, Any

from evalkit.errors import ConfigError, InputError, MissingExtraError
from evalkit.plugins import Registry
from evalkit.shards.records import FileKind
from evalkit.text.files import BOM, is_remote, usable

_KINDS: dict[str, FileKind] = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl", ".tsv": "tsv"}
_MARKS = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"(\d+)")
# Starts of files that are no UTF-8 text, by what they are.
_NO_TEXT = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x1f\x8b": "gzip", b"PAR1": "Parquet", b"PK\3\4": "a zip"}


def is_url(path: str) -> bool:
    """Whether fsspec is to open it."""
    return "://" in path


def is_pattern(path: str) -> bool:
    """Whether a path stands for several files: it has a wildcard, and no file is called so."""
    return bool(_MARKS.search(path)) and not is_remote(path) and (is_url(path) or not usable(path).exists())


def files_of(path: str) -> list[str]:
    """The files of a path or pattern, numbers in their names in the order of numbers; InputError where none is."""
    if path == "-" or is_remote(path):
        raise InputError(f"{path}: is read as a whole; streams are made of files")
    if is_url(path):
        found = _remote(path) if is_pattern(path) else [path]
    elif is_pattern(path):
        # pathlib's takes no absolute pattern
        found = [each for each in glob.iglob(path, recursive=True) if Path(each).is_file()]  # noqa: PTH207
    else:
        if usable(path).is_dir():
            raise InputError(f"{path}: is a folder; write which of its files, for example '{path.rstrip('/')}/*.jsonl'")
        if not usable(path).exists():
            raise InputError(f"{path}: no such file; check the path")
        found = [path]
    if not found:
        raise InputError(f"{path}: no file is called so; check the pattern")
    return sorted(found, key=_by_number)


def kind_of(path: str, registry: Registry) -> FileKind:
    """How a file is cut; ConfigError for one that cannot be read in parts."""
    ending = Path(path).suffix.lower()
    if ending in _KINDS:
        return _KINDS[ending]
    readers = (registry.get("reader", name) for name in registry.names("reader") if name != "text")
    if ending == ".gz" or any(ending in cls.suffixes for cls in readers):
        raise ConfigError(
            f"{path}: {ending} files cannot be read in parts; Parquet, JSONL, TSV and plain lines can, so convert it, "
            "or evaluate it in memory, without --engine"
        )
    return "lines"


def opened(path: str) -> IO[bytes]:
    """The file, for reading bytes anywhere in it. Raises OSError, or what the file system of a URL raises."""
    if not is_url(path):
        return Path(path).open("rb")
    opener: IO[bytes] = _fsspec(path).open(path, "rb").open()
    return opener


def stamp(path: str) -> str:
    """What tells a file from the one it was before: size and time of change, or what its file system has of them."""
    if not is_url(path):
        found = Path(path).stat()
        return f"{found.st_size} {found.st_mtime_ns}"
    system, inner = _fsspec(path).core.url_to_fs(path)
    info = system.info(inner)
    known = ("size", "ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")
    return " ".join(f"{key}={info[key]}" for key in known if key in info)


def check_text(path: str) -> int:
    """The first byte after a byte order mark; InputError for an empty file and for what is no UTF-8."""
    with opened(path) as file:
        head = file.read(4)
    if not head:
        raise InputError(f"{path}: the file is empty; there is nothing to evaluate")
    what = next((what for start, what in _NO_TEXT.items() if head.startswith(start)), "")
    if what:
        raise InputError(f"{path}: this is {what}, not UTF-8 text; convert it, or give it its ending")
    mark = BOM.encode()
    return len(mark) if head.startswith(mark) else 0


def unreadable(paths: tuple[str, ...]) -> str:
    """The first of the files that cannot be opened here, and why; empty where all can."""
    for path in paths:
        try:
            opened(path).close()
        except Exception as problem:  # file systems of fsspec raise errors of many packages
            return f"{path}: {type(problem).__name__}: {problem}"
    return ""


def _remote(path: str) -> list[str]:
    system, inner = _fsspec(path).core.url_to_fs(path)
    return [system.unstrip_protocol(each) for each in system.glob(inner)]


def _fsspec(path: str) -> Any:
    try:
        import fsspec
    except ImportError:
        raise MissingExtraError("fsspec", "dask", f"reading {path}") from None
    return fsspec


def _by_number(path: str) -> list[tuple[int, str]]:
    """`part-2` before `part-10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(path)]
