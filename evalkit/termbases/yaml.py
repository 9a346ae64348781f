"""The yaml format: the termbase of docs/termbase.md, lossless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import msgspec

from evalkit.records import Languages, Name, Term, Termbase
from evalkit.records.checked_entries import from_yaml, refuse_other_keys
from evalkit.text.yaml import read_yaml
from evalkit.text.yaml_quote import pair

# Lines with comments that a note names.
_SHOWN = 5
_EXPECTED = "a termbase has the keys `terms` and `names`, each a list of entries; see docs/termbase.md"


@dataclass(frozen=True)
class Yaml:
    """YAML with the keys `terms` and `names`; holds everything."""

    kind: ClassVar[str] = "termbase"
    name: ClassVar[str] = "yaml"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml", ".yml")

    def read(self, path: str, languages: Languages) -> Termbase:  # noqa: ARG002  one language a file
        """The entries; raises InputError with file and line for every mistake."""
        file = read_yaml(path, _EXPECTED)
        refuse_other_keys(file)
        terms, names = from_yaml(file)
        lines = ", ".join(map(str, file.comments[:_SHOWN])) + (", ..." if len(file.comments) > _SHOWN else "")
        losses = (f"{path}: comments are not carried over (lines {lines})",) if file.comments else ()
        return Termbase(terms, names, losses=losses)

    def write(self, base: Termbase, languages: Languages) -> tuple[str, tuple[str, ...]]:  # noqa: ARG002
        """The entries with the keys that say more than their default."""
        lines: list[str] = []
        for key, entries in (("terms", base.terms), ("names", base.names)):
            if entries:
                lines += [f"{key}:", *(line for entry in entries for line in _entry(entry))]
        return "\n".join(lines or ["terms: []"]) + "\n", ()


def _entry(entry: Term | Name) -> Iterator[str]:
    lead = "  - "
    for field in msgspec.structs.fields(type(entry)):
        value = getattr(entry, field.name)
        if field.name == "origin" or value == field.default:
            continue
        for line in pair(field.name, value):
            yield f"{lead}{line}"
            lead = "    "
