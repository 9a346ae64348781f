"""Termbases and names lists: reading and checking (YAML as documented in docs/termbase.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from evalkit.errors import InputError, all_problems, nearest
from evalkit.model import Name, Term
from evalkit.text import fold


class Termbase(msgspec.Struct, frozen=True):
    """Terms and names in file order."""

    terms: tuple[Term, ...] = ()
    names: tuple[Name, ...] = ()

    def __add__(self, other: Termbase) -> Termbase:
        return Termbase(self.terms + other.terms, self.names + other.names)


def load(paths: Iterable[str | Path]) -> Termbase:
    """All termbases of several files as one; raises InputError listing every problem."""
    base = Termbase()
    for path in paths:
        base += _load_one(Path(path))
    problems = list(check(base))
    if problems:
        raise InputError(all_problems("the termbase contradicts itself", problems))
    return base


def check(base: Termbase) -> Iterable[str]:
    """Contradictions: a form accepted and rejected at once, one form for two names or terms."""
    owners: dict[tuple[str, str], str] = {}
    entries: tuple[Term | Name, ...] = (*base.terms, *base.names)
    for entry in entries:
        title = entry.term if isinstance(entry, Term) else entry.name
        kind = "term" if isinstance(entry, Term) else "name"
        good = {fold(form) for form in (title, *entry.accept)}
        for form in entry.reject:
            if fold(form) in good and form in (title, *entry.accept):
                yield f"{entry.origin}: {title!r} both accepts and rejects {form!r}; remove one"
        key = (kind, title)
        if key in owners:
            yield f"{entry.origin}: the {kind} {title!r} stands already in {owners[key]}; merge the two"
        owners[key] = entry.origin


def _load_one(path: Path) -> Termbase:
    import yaml

    from evalkit.textfile import read_text

    text = read_text(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise InputError(f"{path}: not valid YAML: {' '.join(str(problem).split())}") from None
    if not isinstance(data, dict) or not set(data) <= {"terms", "names"} or not data:
        raise InputError(f"{path}: a termbase has the keys `terms` and `names`, each a list of entries")
    terms = _entries(path, data, node, "terms", Term)
    names = _entries(path, data, node, "names", Name)
    return Termbase(tuple(terms), tuple(names))


def _entries(path: Path, data: dict[str, Any], node: Any, key: str, record: type[Any]) -> list[Any]:
    """The records of one list; every problem of the list is reported at once, with its line."""
    if data.get(key) is None:
        return []
    if not isinstance(data[key], list):
        raise InputError(f"{path}: `{key}` is not a list; start each entry with `- `")
    lines = next(v for k, v in node.value if k.value == key).value
    allowed = {f.name for f in msgspec.structs.fields(record)} - {"origin"}
    made, problems = [], []
    for raw, place in zip(data[key], lines, strict=True):
        where = f"{path}:{place.start_mark.line + 1}"
        unknown = sorted(set(raw) - allowed, key=str) if isinstance(raw, dict) else []
        if not isinstance(raw, dict):
            problems.append(f"{where}: an entry is a table like `- {key[:-1]}: ...`, not {raw!r}")
        elif unknown:
            problems += [f"{where}: unknown key {u!r}{nearest(str(u), allowed)}" for u in unknown]
        else:
            try:
                entry = msgspec.convert({**raw, "origin": where}, record)
            except msgspec.ValidationError as problem:
                problems.append(f"{where}: {problem}")
                continue
            problems += [f"{where}: {p}" for p in _empty_forms(entry)]
            made.append(entry)
    if problems:
        raise InputError(all_problems(f"{path} is not a valid termbase", problems))
    return made


def _empty_forms(entry: Term | Name) -> Iterable[str]:
    title = entry.term if isinstance(entry, Term) else entry.name
    if any(not form.strip() for form in (title, *entry.accept, *entry.reject)):
        yield "an empty form; every form needs at least one character"
