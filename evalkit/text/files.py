"""Text files in and out: strict UTF-8 in, whole files or none out."""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

from evalkit.errors import InputError
from evalkit.text.visible import shown

BOM = "\ufeff"
MAX_BYTES = 2 * 1024**3  # of a gzip file unpacked: a small file must not fill the memory
# Nor, beyond this, to more than so many times its size: texts unpack to 2 to 20 times, the most repetitive logs to 150.
LARGE, MOST_TIMES = 64 * 1024**2, 200
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LOOK = 64  # bytes from which a wide encoding is told
# What is often given in place of a text, by its first bytes, and how to get the text out.
_NO_TEXTS = {
    b"PK\x03\x04": "a Word, OpenDocument or other zip file; save it as plain text in UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Word or Office file; save it as plain text in UTF-8",
    b"%PDF-": "a PDF; take its text out, for example: pdftotext -enc UTF-8",
    b"{\\rtf": "an RTF file; save it as plain text in UTF-8",
}


def without_mark(data: bytes) -> str:
    """What a result says of a file whose byte order mark is no part of its text; empty where there is none."""
    if data.startswith(_WIDE_MARKS):
        return "is UTF-16 with a byte order mark, and was read as such"
    if not data.startswith(BOM.encode()):
        return ""
    return "begins with a byte order mark, which is no part of the text; sacrebleu counts it as a character"


_REMOTE = ("hub:", "sacrebleu:", "text:")


def is_remote(path: str) -> str:
    """The prefix of an input that is named, or given by a program (`text:`), and is no file; else empty."""
    return next((prefix for prefix in _REMOTE if path.startswith(prefix)), "")


def usable(path: str | Path) -> Path:
    """The path, where the system can look for such a name at all; raises InputError where it cannot.

    Whether something is there is another question. A name may be too long, hold NUL, lead around a circle of links or
    through a folder that is closed to us.
    """
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except ValueError as problem:  # NUL, or characters that the system's encoding of names has not
        raise InputError(f"{shown(str(path))}: is no name of a file ({problem}); correct it") from None
    except OSError as problem:
        raise InputError(f"{path}: cannot be looked for ({problem.strerror or problem}); check the path") from None
    return Path(path)


def resolved(path: str | Path) -> Path:
    """The whole path, behind its links; one of a circle of links as it is, where Python's own way raises an error."""
    return Path(os.path.realpath(path))


def read_text(path: str | Path) -> str:
    """The file's text: strict UTF-8, byte order mark removed, newlines as they are; `-` is standard
    input, `.gz` is unpacked. Raises InputError for anything else than text."""
    return decode(read_bytes(path), str(path))


def read_bytes(path: str | Path) -> bytes:
    """The file's bytes, unpacked; raises InputError naming the file and the remedy."""
    if str(path) == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed; name a file instead of `-`")
        return sys.stdin.buffer.read()
    try:
        if usable(path).is_dir():
            raise InputError(f"{path}: is a directory, where one file is expected")
        if Path(path).is_char_device() and str(path) != "/dev/stdin":
            raise InputError(f"{path}: is a device, where a file of text is expected")
        if Path(path).suffix == ".gz":
            return _unpacked(Path(path))
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file or folder; check the path") from None
    except OSError as problem:
        raise InputError(f"{path}: cannot be read ({problem.strerror or problem}); check its permissions") from None


def read_head(path: str | Path, size: int = 8192) -> bytes:
    """The first bytes of a file, unpacked; none where it cannot be read, which whoever reads it will say."""
    import gzip

    try:
        with gzip.open(path) if Path(path).suffix == ".gz" else Path(path).open("rb") as stream:
            return stream.read(size)
    except (OSError, EOFError, ValueError, zlib.error):
        return b""


def decode_head(head: bytes) -> str:
    """The characters that the first bytes of a file are, by their byte order mark or as UTF-8, without the mark."""
    wide = _wide_encoding(head[:_LOOK])
    return head.decode(wide or "utf-8", "replace").lstrip(BOM + " \t\r\n")


def _unpacked(path: Path) -> bytes:
    import gzip

    most = min(MAX_BYTES, max(LARGE, MOST_TIMES * path.stat().st_size))
    try:
        with gzip.open(path) as stream:
            data = stream.read(most + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as problem:
        raise InputError(f"{path}: not a valid gzip file ({problem}); unpack it and give the text") from None
    if len(data) > most:
        raise InputError(
            f"{path}: unpacks to more than {most:,} bytes, {MOST_TIMES} times its size; unpack or split it"
        )
    return data


def decode(data: bytes, where: str) -> str:
    """Strict UTF-8 text of some bytes, or UTF-16 where a byte order mark says so; the error names the line and byte of
    the first bad one."""
    if data.startswith(_WIDE_MARKS) and not data.startswith(b"\xff\xfe\0\0"):
        return _decode_wide(data, where)
    if wide := _wide_encoding(data[:_LOOK]):
        raise InputError(f"{where}: this is {wide}, not UTF-8; convert it, for example: iconv -f {wide} -t UTF-8")
    for start, remedy in _NO_TEXTS.items():
        if data.startswith(start):
            raise InputError(f"{where}: this is no text but {remedy}")
    if (zero := data.find(b"\0")) >= 0:
        raise InputError(f"{where}: byte {zero} is NUL: a binary file, not text; give a UTF-8 text file")
    try:
        return data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise InputError(
            f"{where}:{line}: byte {problem.start} (0x{data[problem.start]:02x}) is not UTF-8; "
            "convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def _decode_wide(data: bytes, where: str) -> str:
    """UTF-16 text by its byte order mark."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as problem:
        raise InputError(
            f"{where}: byte {problem.start} is not UTF-16, though the byte order mark says so; save it as UTF-8"
        ) from None
    if (zero := text.find("\0")) >= 0:
        raise InputError(f"{where}: character {zero} is NUL: a binary file, not text; give a UTF-8 text file")
    return text


def _wide_encoding(start: bytes) -> str:
    """The name of a wide encoding that the first bytes tell: by a byte order mark, or by every second byte NUL."""
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    even, odd = start[::2], start[1::2]
    if len(odd) > 1 and not any(odd) and all(even):
        return "UTF-16LE"
    if len(odd) > 1 and not any(even) and all(odd):
        return "UTF-16BE"
    return ""


def destination(path: str | Path) -> Path:
    """Where writing to a path ends: behind its links, and without a way back (`no-folder/../a.txt` is `a.txt`)."""
    return usable(resolved(usable(path)))


# Names of what the shell has opened for the command: its content is appended to, and no file is replaced.
_STREAMS = re.compile(r"/dev/(?:(stdout)|(stderr)|fd/(\d{1,9}))|/proc/self/fd/(\d{1,9})")


def is_stream(path: str | Path) -> bool:
    """Whether a path names an open stream of this process, as /dev/stdout does."""
    return _STREAMS.fullmatch(str(path)) is not None


def write_text(path: str | Path, text: str) -> None:
    """Writes the whole file or nothing: a temporary file beside it, then a rename."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, data: bytes) -> None:
    """As `write_text`, of a file that is no text."""
    write_pieces(path, (data,))


def write_pieces(path: str | Path, pieces: Iterable[bytes]) -> None:
    """The same of a file that is made while it is written, and never whole in memory."""
    if is_stream(path):
        _write_to_stream(path, pieces)
        return
    target = destination(path)  # a link stays a link, the file it leads to is replaced
    if target.exists() and not target.is_file():
        _write_through(target, b"".join(pieces))
        return
    try:
        if target.exists() and not os.access(target, os.W_OK):  # a new file could take its place all the same
            raise PermissionError(13, "it is read-only")
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target.parent)
        handle, temporary = _temporary(target.parent)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror}); check folder and permissions") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())  # the new content is on the disk before the old one is given up
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror}); check folder and permissions") from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def _temporary(folder: Path) -> tuple[int, str]:
    """An open file with a name that says which process of which machine is writing it."""
    import tempfile

    return tempfile.mkstemp(dir=folder, prefix=f"{_prefix()}{os.getpid()}-", suffix=".tmp")


def is_temporary(path: Path) -> bool:
    """Whether a file is one that a process of evalkit writes, or was killed in: the next one there removes it."""
    return path.name.startswith(".evalkit-") and path.suffix == ".tmp"


def _prefix() -> str:
    import hashlib
    import platform

    host = hashlib.sha256(platform.node().encode()).hexdigest()[:8]
    return f".evalkit-{host}-"


def _remove_abandoned(folder: Path) -> None:
    """Takes away what processes of this machine have left that were killed while they wrote."""
    for path in folder.glob(f"{_prefix()}*.tmp"):
        number = path.name.removeprefix(_prefix()).partition("-")[0]
        if number.isdecimal() and not _is_alive(int(number)):
            path.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    """Whether there is such a process; where it cannot be told, it is taken to be there."""
    if os.name == "nt":  # there a signal of 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _write_to_stream(path: str | Path, pieces: Iterable[bytes]) -> None:
    """To a stream that is open: by its number, for opened by its name a file would be emptied first."""
    named = _STREAMS.fullmatch(str(path))
    assert named  # noqa: S101
    number = 1 if named[1] else 2 if named[2] else int(named[3] or named[4])
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    try:
        with os.fdopen(os.dup(number), "wb") as open_stream:
            open_stream.writelines(pieces)
    except OSError as problem:
        raise InputError(f"{path}: cannot be written ({problem.strerror}); check that it is open") from None


def _write_through(target: Path, data: bytes) -> None:
    """A device or pipe cannot be replaced, only written to."""
    try:
        with target.open("wb") as stream:
            stream.write(data)
    except OSError as problem:
        raise InputError(f"{target}: cannot be written ({problem.strerror}); check folder and permissions") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
