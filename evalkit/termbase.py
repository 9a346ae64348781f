"""Termbases and names lists: reading and checking (YAML as documented in docs/termbase.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from evalkit.errors import InputError, all_problems, nearest
from evalkit.model import Name, Term
from evalkit.structs import choices
from evalkit.text import fold
from evalkit.yamlfile import YamlFile, read_yaml

_KEYS = ("terms", "names")
_WIDEST_GAP = 10


class Termbase(msgspec.Struct, frozen=True):
    """Terms and names in file order."""

    terms: tuple[Term, ...] = ()
    names: tuple[Name, ...] = ()

    def __add__(self, other: Termbase) -> Termbase:
        return Termbase(self.terms + other.terms, self.names + other.names)


def load(paths: Iterable[str | Path], base: Termbase | None = None) -> Termbase:
    """All termbases of several files as one, after `base`; raises InputError listing every problem."""
    base = base or Termbase()
    for path in paths:
        base += _load_one(Path(path))
    problems = list(check(base))
    if problems:
        raise InputError(all_problems("the termbase contradicts itself", problems))
    return base


def check(base: Termbase) -> Iterable[str]:
    """Contradictions: an entry given twice, a form accepted and rejected at once, in one entry or two."""
    owners: dict[tuple[str, str], str] = {}
    accepted: dict[str, str] = {}
    for term in base.terms:
        accepted.update((fold(form), term.term) for form in (term.term, *term.accept))
    entries: tuple[Term | Name, ...] = (*base.terms, *base.names)
    for entry in entries:
        kind, title = ("term", entry.term) if isinstance(entry, Term) else ("name", entry.name)
        if (kind, title) in owners:
            yield f"{entry.origin}: the {kind} {title!r} stands already in {owners[kind, title]}; merge the two"
        owners.setdefault((kind, title), entry.origin)
        yield from _contradictions(entry, title)
        if isinstance(entry, Term):
            for form in entry.reject:
                other = accepted.get(fold(form), title)
                if other != title:
                    yield f"{entry.origin}: {title!r} rejects {form!r}, which {other!r} accepts; remove one"


def _contradictions(entry: Term | Name, title: str) -> Iterable[str]:
    """A form in two lists of one entry; capitals alone part two forms only where `case: true`."""
    same: Callable[[str], str] = str if isinstance(entry, Name) or entry.case else fold
    lists = [("accepts", (title, *entry.accept))]
    lists += [("knows as a variant", entry.variants)] if isinstance(entry, Name) else []
    lists.append(("rejects", entry.reject))
    seen: dict[str, str] = {}
    for verb, forms in lists:
        for form in forms:
            earlier = seen.setdefault(same(form), verb)
            if earlier != verb:
                yield f"{entry.origin}: {title!r} both {earlier} and {verb} {form!r}; remove one"


def _load_one(path: Path) -> Termbase:
    file = read_yaml(path, "a termbase has the keys `terms` and `names`, each a list of entries; see docs/termbase.md")
    for key, line in file.keys.items():
        if key not in _KEYS:
            hint = nearest(str(key), _KEYS) or f"; a termbase has {' and '.join(f'`{k}`' for k in _KEYS)}"
            raise InputError(f"{path}:{line}: unknown key {key!r}{hint}")
    return from_yaml(file)


def from_yaml(file: YamlFile) -> Termbase:
    """The terms and names that stand under `terms` and `names` of a file, its other keys aside."""
    return Termbase(tuple(_entries(file, "terms", Term)), tuple(_entries(file, "names", Name)))


def _entries(file: YamlFile, key: str, record: type[Any]) -> list[Any]:
    """The records of one list; every problem of the list is reported at once, with its line."""
    if file.data.get(key) is None:
        return []
    if not isinstance(file.data[key], list):
        raise InputError(f"{file.path}:{file.keys[key]}: `{key}` is not a list; start each entry with `- `")
    allowed = {f.name for f in msgspec.structs.fields(record)} - {"origin"}
    made, problems = [], []
    for raw, line in zip(file.data[key], file.items[key], strict=True):
        where = f"{file.path}:{line}"
        unknown = sorted(set(raw) - allowed, key=str) if isinstance(raw, dict) else []
        if not isinstance(raw, dict):
            problems.append(f"{where}: an entry is a table like `- {key[:-1]}: ...`, not {raw!r}")
        elif unknown:
            known = ", ".join(sorted(allowed))
            problems += [f"{where}: unknown key {u!r}{nearest(str(u), allowed)} (keys: {known})" for u in unknown]
        else:
            try:
                entry = msgspec.convert({**raw, "origin": where}, record)
            except msgspec.ValidationError as problem:
                problems.append(f"{where}: {_type_problem(problem, key[:-1])}{choices(str(problem), record)}")
                continue
            problems += [f"{where}: {p}" for p in _impossible(entry)]
            made.append(entry)
    if problems:
        raise InputError(all_problems(f"{file.path} is not a valid termbase", problems))
    return made


def _type_problem(problem: Exception, title: str) -> str:
    """The value that has the wrong type, with the remedy."""
    text = str(problem).replace(" - at `$.", " in `").replace("`$`", "the entry")
    if "missing required field" in text:
        return f"the entry has no `{title}`; every entry needs one"
    if "Expected `array`" in text:
        return f"{text}; write a list: [one form, another form]"
    if "Expected `str`" in text:
        return f'{text}; put it in quotes: "..."'
    return text[0].lower() + text[1:] if text else "not a valid entry"


def _impossible(entry: Term | Name) -> Iterable[str]:
    """Values of the right type that make no sense."""
    title = entry.term if isinstance(entry, Term) else entry.name
    variants = entry.variants if isinstance(entry, Name) else ()
    for form in (title, *entry.accept, *variants, *entry.reject):
        if not any(char.isalnum() for char in form):
            yield f"the form {form!r} has no letter or digit; every form needs a word"
    if isinstance(entry, Term) and not 0 <= entry.gap <= _WIDEST_GAP:
        yield f"`gap` is {entry.gap}; it is the number of words that may stand between, 0 to {_WIDEST_GAP}"
