"""Part of step one: which reader takes a path, by its ending and by what is in the file, and what it makes of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.plugins.guests import hosted
from evalkit.plugins.protocols import Reader
from evalkit.records import Bitext, Side
from evalkit.records.config import Spec
from evalkit.run import strangers
from evalkit.run.bitexts import check_rows
from evalkit.run.collector import no_collector
from evalkit.run.folders import read_files
from evalkit.text.files import decode_head, is_remote, read_head, usable
from evalkit.text.markup import markup, may_be_written_for_a_program

_ZIP = b"PK\x03\x04"


def read_path(
    registry: Registry, path: str, lang: str, side: Side, *, spec: Spec = "", furniture: bool = False, columns: str = ""
) -> Bitext:
    """What a path holds, read for a side; raises EvalkitError for what cannot be read."""
    bitext = _read(registry, path, lang, side, spec, furniture, columns)
    if side != "candidate" and bitext.more:
        names = ", ".join(each.name for each in (bitext, *bitext.more))
        raise InputError(f"{path}: has several systems ({names}); a {side} is one text: name one with `reader`")
    return _for_side(bitext, side)


def _read(registry: Registry, path: str, lang: str, side: Side, spec: Spec, furniture: bool, columns: str) -> Bitext:
    """All sides of a path: of a file by its reader, of a folder by those of its files."""
    whole: Any = make_reader(registry, path, "" if _is_folder(path) else spec, furniture, columns)
    if not _is_folder(path) or not hasattr(whole, "files"):
        return _read_one(make_reader(registry, path, spec, furniture, columns) if spec else whole, path, lang, side)
    named = spec and "/" not in getattr(registry.make("reader", spec), "suffixes", ())

    def read(name: str, file: str) -> Bitext:
        reader = spec if named else _reader_for(registry, file)
        if reader == "text":
            return Bitext((whole.document(name, file, lang),))
        return _read_one(make_reader(registry, file, reader, furniture, columns), file, lang, side)

    return read_files(whole.files(path), read, path)


def _read_one(reader: Reader, path: str, lang: str, side: Side) -> Bitext:
    read_for = getattr(reader, "read_for", None)
    with no_collector():
        found = hosted(reader, lambda: read_for(path, lang, side) if read_for else reader.read(path, lang))
    bitext = strangers.documents(reader, found, path)
    for each in (bitext, *bitext.more):
        check_rows(each, path)
    return bitext


def _is_folder(path: str) -> bool:
    return path != "-" and not is_remote(path) and usable(path).is_dir()


def _for_side(bitext: Bitext, side: Side) -> Bitext:
    """A file given as reference stands for its references where it has such a side, one given as source likewise."""
    if side == "reference" and bitext.references:
        first, *more = (Bitext(documents, source=bitext.source, name=name) for name, documents in bitext.references)
        return replace(first, more=tuple(more))
    if side == "reference" and bitext.reference:
        return Bitext(bitext.reference, source=bitext.source)
    if side == "source" and bitext.source:
        return Bitext(bitext.source)
    return bitext


def make_reader(registry: Registry, path: str, spec: Spec, furniture: bool, columns: str = "") -> Reader:
    """The reader named, or the one for a folder, `hub:NAME`, the file's ending or what is in it; else `text`."""
    reader = registry.make("reader", spec or _reader_for(registry, path))
    if furniture:
        if not hasattr(reader, "boilerplate"):
            raise ConfigError(f"{path}: the reader {reader.name!r} has no option `boilerplate`; it is for running text")
        reader = _with(reader, boilerplate=True)
    if columns and hasattr(reader, "columns") and not reader.columns:
        reader = _with(reader, columns=columns)
    return reader


def _with(reader: Reader, **options: object) -> Reader:
    changed: Any = reader
    made: Reader = dataclasses.replace(changed, **options)
    return made


def _reader_for(registry: Registry, path: str) -> str:
    suffix = is_remote(path) or ("/" if _is_folder(path) else "")
    suffix = suffix or Path(path.removesuffix(".gz")).suffix.lower()
    usual = registry.only("reader", "text")
    is_usual = usual is not None and suffix in getattr(
        usual, "suffixes", ()
    )  # no two readers of our own take one ending
    if not is_usual:
        takers = [n for n in registry.names("reader") if suffix in getattr(registry.get("reader", n), "suffixes", ())]
        takers = takers if len(takers) < 2 else _fitting(registry, path, takers)
        if len(takers) > 1:
            raise ConfigError(f"{path}: several readers take {suffix!r} ({', '.join(takers)}); name one with `reader`")
        if takers and takers != ["text"]:
            return takers[0]
    return "text" if path == "-" or not Path(path).is_file() else _by_content(registry, path)


def _fitting(registry: Registry, path: str, takers: list[str]) -> list[str]:
    """Of several readers that take an ending, those that tell their own files by what is in them (`fits`) and that do
    so here, else the others."""
    asked = {name: fits for name in takers if (fits := getattr(registry.get("reader", name), "fits", None))}
    return [name for name, fits in asked.items() if fits(path)] or [name for name in takers if name not in asked]


def _by_content(registry: Registry, path: str) -> str:
    """The reader whose kind of file this is by what is in it; InputError for markup that is of none.

    A reader tells its files by `looks`, a pattern of their first characters, `starts`, their first bytes, or `holds`,
    parts of a zip file.
    """
    head = read_head(path)
    text = decode_head(head)
    if registry.only("reader", "text") is not None and not may_be_written_for_a_program(text):
        return "text"  # and no reader but that one is loaded
    readers = [registry.get("reader", name) for name in registry.names("reader")]
    if head.startswith(_ZIP):
        inside = _names_inside(path)
        return _one(path, (r.name for r in readers if inside.intersection(getattr(r, "holds", ())))) or "text"
    started = _one(path, (r.name for r in readers if any(map(head.startswith, getattr(r, "starts", ())))))
    if started:
        return started
    looking = _one(path, (r.name for r in readers if (p := getattr(r, "looks", "")) and re.match(p, text)))
    if looking:
        return looking
    if found := markup(text):
        known = ", ".join(registry.names("reader"))
        raise InputError(
            f"{path}: this is not running text but {found}, which no reader can read (readers: {known}); "
            "extract the text, or read it as it is with --reader text"
        )
    return "text"


def _one(path: str, names: Iterable[str]) -> str:
    found = list(names)
    if len(found) > 1:
        raise ConfigError(f"{path}: several readers take it ({', '.join(found)}); name one with `reader`")
    return found[0] if found else ""


def _names_inside(path: str) -> set[str]:
    import io
    import zipfile
    import zlib

    from evalkit.text.files import read_bytes

    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(path))) as file:
            return set(file.namelist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, IndexError):
        return set()
