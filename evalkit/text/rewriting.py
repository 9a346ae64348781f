"""Writing a file of the user's anew: what was changed in it is its text, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

from evalkit.text.files import BOM, write_bytes

_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def rewrite(path: str | Path, text: str) -> None:
    """Writes the whole file or nothing, in the encoding and with the byte order mark that the file there has, and
    packed where its name says so: as `read_text` reads it."""
    import gzip

    before = Path(path).read_bytes() if Path(path).is_file() else b""
    is_packed = Path(path).suffix == ".gz"
    if is_packed and before:
        with gzip.open(path) as stream:
            before = stream.read(len(BOM.encode()))
    data = _encoded_as(before, text)
    write_bytes(path, gzip.compress(data, mtime=0) if is_packed else data)


def _encoded_as(before: bytes, text: str) -> bytes:
    if wide := _WIDE.get(before[:2]):
        return before[:2] + text.encode(wide)
    return (BOM if before.startswith(BOM.encode()) else "").encode() + text.encode()
