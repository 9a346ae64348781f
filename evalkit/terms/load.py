"""Termbases and names lists: the entries of one or several files, checked against one another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError, all_problems
from evalkit.plugins import Registry
from evalkit.plugins.guests import hosted
from evalkit.plugins.vetted import vetted
from evalkit.records import Languages, Termbase
from evalkit.records.checked_entries import contradictions, remarks

if TYPE_CHECKING:
    from evalkit.plugins.protocols import TermbaseFormat


def load(
    paths: Iterable[str | Path],
    base: Termbase | None = None,
    *,
    registry: Registry | None = None,
    languages: Languages | None = None,
) -> Termbase:
    """All termbases of several files as one, after `base`; raises InputError listing every problem.

    The format follows from the file's ending; a file of another ending is YAML.
    """
    base, registry = base or Termbase(), registry or Registry()
    for path in paths:
        base += _read(format_of(str(path), registry), str(path), languages or Languages())
    return checked(base)


def _read(format_: TermbaseFormat, path: str, languages: Languages) -> Termbase:
    base: Termbase = vetted(format_, hosted(format_, lambda: format_.read(path, languages)), Termbase, "as a termbase")
    return base


def checked(base: Termbase) -> Termbase:
    """The termbase with remarks among its notes; raises InputError where it contradicts itself."""
    problems = list(contradictions(base.entries))
    if problems:
        raise InputError(all_problems("the termbase contradicts itself", problems))
    return replace(base, notes=tuple(dict.fromkeys((*base.notes, *remarks(base.entries)))))


def format_of(path: str, registry: Registry, spec: str = "") -> TermbaseFormat:
    """The format named, else the one that takes the file's ending, else `yaml`."""
    if not spec:
        suffix = Path(path.removesuffix(".gz")).suffix.lower()
        takers = [n for n in registry.names("termbase") if suffix in registry.get("termbase", n).suffixes]
        if len(takers) > 1:
            raise ConfigError(f"{path}: several termbase formats take {suffix!r} ({', '.join(takers)}); name one")
        spec = takers[0] if takers else "yaml"
    return registry.make("termbase", spec)
