"""Entries of a termbase from plain values, whatever format they came in: every mistake with place and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from evalkit.errors import InputError, all_problems, nearest
from evalkit.records import Name, Term
from evalkit.text.patterns import compile_pattern
from evalkit.text.problems import choices, remedy
from evalkit.text.visible import shown
from evalkit.text.words import fold
from evalkit.text.yaml import YamlFile

EntryKind = Literal["term", "name"]
RECORDS: dict[EntryKind, type[Term] | type[Name]] = {"term": Term, "name": Name}
_LISTS = ("terms", "names")
_WIDEST_GAP = 10  # words: more makes a term of two words that have nothing to do with one another


@cache
def fields_of(kind: EntryKind) -> tuple[str, ...]:
    """The keys an entry may have, in the order of the documentation."""
    return tuple(f.name for f in msgspec.structs.fields(RECORDS[kind]) if f.name != "origin")


def title_of(entry: Term | Name) -> str:
    """What an entry is called: its preferred form."""
    return entry.term if isinstance(entry, Term) else entry.name


def make(raw: object, kind: EntryKind, where: str) -> tuple[Any, list[str]]:
    """The entry and what is wrong with it; None for the entry where there is no making one."""
    allowed = fields_of(kind)
    if not isinstance(raw, Mapping):
        return None, [f"{where}: an entry is a table like `- {kind}: ...`, not {shown(raw)}"]
    unknown = sorted(set(raw) - set(allowed), key=str)
    if unknown:
        known = ", ".join(sorted(allowed))
        return None, [f"{where}: unknown key {shown(u)}{nearest(str(u), allowed)} (keys: {known})" for u in unknown]
    record = RECORDS[kind]
    try:
        entry = msgspec.convert({**raw, "origin": where}, record)
    except UnicodeEncodeError as problem:  # of a lone surrogate where no text belongs
        return None, [f"{where}: {shown(problem.object)} is not UTF-8; write it in plain characters"]
    except msgspec.ValidationError as problem:
        return None, [f"{where}: {_type_problem(problem, kind)}{choices(str(problem), record)}"]
    return entry, [f"{where}: {problem}" for problem in _impossible(entry)]


def from_yaml(file: YamlFile) -> tuple[tuple[Term, ...], tuple[Name, ...]]:
    """The terms and names that stand under `terms` and `names` of a file, its other keys aside."""
    return tuple(_listed(file, "terms", "term")), tuple(_listed(file, "names", "name"))


def refuse_other_keys(file: YamlFile) -> None:
    """Raises InputError for a file with a key that no termbase has."""
    for key, line in file.keys.items():
        if key not in _LISTS:
            hint = nearest(str(key), _LISTS) or f"; a termbase has {' and '.join(f'`{k}`' for k in _LISTS)}"
            raise InputError(f"{file.path}:{line}: unknown key {key!r}{hint}")


def _listed(file: YamlFile, key: str, kind: EntryKind) -> list[Any]:
    """The records of one list; every problem of the list is reported at once, with its line."""
    if file.data.get(key) is None:
        return []
    if not isinstance(file.data[key], list):
        raise InputError(f"{file.path}:{file.keys[key]}: `{key}` is not a list; start each entry with `- `")
    rows = zip(file.data[key], file.items[key], strict=True)
    return all_or_error(((raw, kind, f"{file.path}:{line}") for raw, line in rows), file.path)


def all_or_error(rows: Iterable[tuple[object, EntryKind, str]], path: str) -> list[Any]:
    """The entries of (values, kind, place); one InputError with every problem where one of them is wrong."""
    made, problems = [], []
    for raw, kind, where in rows:
        entry, wrong = make(raw, kind, where)
        made.append(entry)
        problems += wrong
    if problems:
        raise InputError(all_problems(f"{path} is not a valid termbase", problems))
    return made


def contradictions(entries: Iterable[Term | Name]) -> Iterator[str]:
    """What cannot be: an entry given twice, a form accepted and rejected at once, in one entry or two."""
    listed = list(entries)
    owners: dict[tuple[str, str], str] = {}
    accepted: dict[str, str] = {}
    for term in listed:
        if isinstance(term, Term):
            accepted.update((fold(form), term.term) for form in (term.term, *term.accept))
    for entry in listed:
        kind, title = ("term" if isinstance(entry, Term) else "name"), title_of(entry)
        if (kind, title) in owners:
            yield f"{entry.origin}: the {kind} {title!r} stands already in {owners[kind, title]}; merge the two"
        owners.setdefault((kind, title), entry.origin)
        yield from _contradictions(entry, title)
        if isinstance(entry, Term):
            for form in entry.reject:
                other = accepted.get(fold(form), title)
                if other != title:
                    yield f"{entry.origin}: {title!r} rejects {form!r}, which {other!r} accepts; remove one"


def remarks(entries: Iterable[Term | Name]) -> Iterator[str]:
    """What is allowed but may surprise: a rejected form inside an accepted one of the same entry."""
    for entry in entries:
        for form in entry.reject:
            inside = [a for a in (title_of(entry), *entry.accept) if f" {fold(form)} " in f" {fold(a)} "]
            if inside and fold(form) not in (fold(a) for a in inside):
                yield (
                    f"{entry.origin}: the rejected form {form!r} stands inside the accepted {inside[0]!r}: "
                    "it is reported only outside of it; remove one where that is not meant"
                )


def _contradictions(entry: Term | Name, title: str) -> Iterator[str]:
    """A form in two lists of one entry, or twice in one; capitals alone part two forms only where `case: true`."""
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
        yield from (f"{entry.origin}: {title!r} {verb} {form!r} twice; remove one" for form in _repeated(forms))


def _repeated(forms: Iterable[str]) -> list[str]:
    return [form for form, number in Counter(forms).items() if number > 1]


def _type_problem(problem: Exception, title: str) -> str:
    """The value that has the wrong type, with the remedy."""
    text = str(problem).replace(" - at `$.", " in `").replace("`$`", "the entry")
    if "missing required field" in text:
        return f"the entry has no `{title}`; every entry needs one"
    if remedy(text):
        return text + remedy(text)
    return text[0].lower() + text[1:] if text else "not a valid entry"


def _impossible(entry: Term | Name) -> Iterator[str]:
    """Values of the right type that make no sense."""
    more = (*entry.source_terms, *entry.when) if isinstance(entry, Term) else entry.variants
    for form in (title_of(entry), *entry.accept, *entry.reject, *more):
        if not any(char.isalnum() for char in form):
            yield f"the form {form!r} has no letter or digit; every form needs a word"
        elif form != form.strip():
            yield f"the form {form!r} begins or ends with white space; remove it"
        elif not form.isprintable():
            yield f"the form {form!r} has a control or line-break character; write it in one line of plain text"
    if isinstance(entry, Name):
        return
    if not 0 <= entry.gap <= _WIDEST_GAP:
        yield f"`gap` is {entry.gap}; it is the number of words that may stand between, 0 to {_WIDEST_GAP}"
    for pattern in entry.reject_patterns:
        try:
            compile_pattern(pattern)
        except ValueError as problem:
            yield f"the pattern {pattern!r} is {problem}; correct it, or list the form under `reject`"
