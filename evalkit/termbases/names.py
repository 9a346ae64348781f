"""The names format: a names list as plain text, one name a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import ConfigError, InputError
from evalkit.records import Languages, Name, Termbase
from evalkit.records.checked_entries import EntryKind, all_or_error
from evalkit.text.files import read_text

_OTHER = re.compile(r"(?:terms|names):\s*$")  # how a list in YAML starts


@dataclass(frozen=True)
class NamesList:
    """Names alone, each as it should be spelt; empty lines and those that begin with `#` are left out. Only read."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "names"
    suffixes: ClassVar[tuple[str, ...]] = (".txt",)
    only_read: ClassVar[bool] = True

    def read(self, path: str, languages: Languages) -> Termbase:  # noqa: ARG002  one language a file
        """The names; raises InputError with file and line for every mistake."""
        names = [entry for entry in all_or_error(_lines(path), path) if isinstance(entry, Name)]
        if not names:
            raise InputError(f"{path}: holds no name; write one a line")
        return Termbase((), tuple(names))

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """Raises ConfigError: nothing is written."""
        raise ConfigError("plain text holds nothing but names, and is only read; write .yaml or .csv")


def _lines(path: str) -> Iterator[tuple[object, EntryKind, str]]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        name = line.strip()
        if _OTHER.match(name):
            raise InputError(f"{path}:{number}: this is a list in YAML; call the file .yaml")
        if name and not name.startswith("#"):
            yield {"name": name}, "name", f"{path}:{number}"
