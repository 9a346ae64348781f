"""Office files are zip files of XML: opened as untrusted data, with a bound on what they unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib

from evalkit.errors import InputError
from evalkit.text.files import read_bytes

MAX_UNPACKED = 256 * 1024**2  # all parts together; a book of 1,000 pages has 20 MB
MAX_PARTS = 20_000
# A part that is larger than this and unpacks to more than so many times its size is made to fill a machine: XML of
# real documents unpacks to 5 to 50 times its size, of sheets that repeat one row to 100.
_LARGE, _MOST_TIMES = 16 * 1024**2, 200
_OLE = b"\xd0\xcf\x11\xe0"


def _sizes(info: zipfile.ZipInfo) -> tuple[int, int]:
    return info.file_size, info.compress_size


class Parts:
    """The parts of an office file, by name."""

    def __init__(self, path: str, what: str, old: str) -> None:
        """`what` the file should be, `old` the format before it; InputError where it is no zip file, or a bomb."""
        self.path = path
        self.data = read_bytes(path)
        if self.data.startswith(_OLE):
            raise InputError(f"{path}: is encrypted, or {old}; open it, take the password off, and save it as {what}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(self.data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError) as problem:
            raise InputError(f"{path}: is not {what} ({problem}); open it and save it anew") from None
        if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise InputError(f"{path}: unpacks to more than {MAX_UNPACKED // 1024**2} MB; split the document")
        # Packed sizes may be made up, and parts may lie over one another: the file's own size counts too.
        whole = (sum(info.file_size for info in infos), len(self.data))
        if any(size > _LARGE and size > _MOST_TIMES * packed for size, packed in (*map(_sizes, infos), whole)):
            raise InputError(
                f"{path}: unpacks to more than {_MOST_TIMES} times its size, as {what} never does; is it damaged?"
            )
        self.names = {info.filename: info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """A part's bytes; no more of them than its directory says are unpacked."""
        info = self.names[name]
        if info.flag_bits & 1:
            raise InputError(f"{self.path}: is encrypted; take the password off")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as problem:
            raise InputError(f"{self.path}: its part {name} is damaged ({problem}); open it and save it anew") from None
        if len(data) > info.file_size:
            raise InputError(f"{self.path}: its part {name} is larger than it says; open it and save it anew")
        return data
