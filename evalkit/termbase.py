"""Termbases and names lists: reading and checking (YAML as documented in docs/termbase.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from evalkit.errors import InputError, all_problems, nearest
from evalkit.model import Name, Term
from evalkit.text import fold

_KEYS = ("terms", "names")
_WIDEST_GAP = 10


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
    import yaml

    from evalkit.textfile import read_text

    text = read_text(path)
    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        repeated = list(_repeated_keys(node))
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise InputError(_yaml_problem(path, problem)) from None
    except RecursionError:
        raise InputError(f"{path}: nested too deeply for a termbase; see docs/termbase.md for its form") from None
    if repeated:
        problems = [f"{path}:{line}: the key {key!r} stands twice; merge the two" for key, line in repeated]
        raise InputError(all_problems(f"{path} is not a valid termbase", problems))
    if not isinstance(data, dict) or not data:
        raise InputError(f"{path}: a termbase has the keys `terms` and `names`, each a list of entries")
    for key, _ in node.value:
        if key.value not in _KEYS:
            hint = nearest(str(key.value), _KEYS) or f"; a termbase has {' and '.join(f'`{k}`' for k in _KEYS)}"
            raise InputError(f"{path}:{key.start_mark.line + 1}: unknown key {key.value!r}{hint}")
    terms = _entries(path, data, node, "terms", Term)
    names = _entries(path, data, node, "names", Name)
    return Termbase(tuple(terms), tuple(names))


def _yaml_problem(path: Path, problem: Exception) -> str:
    """Where and what; PyYAML keeps them in marks."""
    open_bracket = "flow" in (getattr(problem, "context", None) or "")
    mark = getattr(problem, "context_mark" if open_bracket else "problem_mark", None)
    where = f"{path}:{mark.line + 1}" if mark is not None else str(path)
    what = getattr(problem, "problem", None) or " ".join(str(problem).split())
    return f"{where}: not valid YAML: {what}; check indentation, and quote text with `: `, `#` or brackets"


def _repeated_keys(root: Any) -> Iterable[tuple[str, int]]:
    """Keys that stand twice in one table, with their line; YAML itself would keep the last silently."""
    stack, visited = [root], set()
    while stack:
        node = stack.pop()
        if node is None or id(node) in visited:
            continue
        visited.add(id(node))
        if not isinstance(node.value, list):
            continue
        pairs = [item for item in node.value if isinstance(item, tuple)]
        seen: set[str] = set()
        for key, value in pairs:
            name = key.value if isinstance(key.value, str) else ""
            if name and name in seen:
                yield name, key.start_mark.line + 1
            seen.add(name)
            stack.append(value)
        stack += [item for item in node.value if not isinstance(item, tuple)]


def _entries(path: Path, data: dict[str, Any], node: Any, key: str, record: type[Any]) -> list[Any]:
    """The records of one list; every problem of the list is reported at once, with its line."""
    if data.get(key) is None:
        return []
    lines = next(v for k, v in node.value if k.value == key)
    if not isinstance(data[key], list):
        raise InputError(f"{path}:{lines.start_mark.line + 1}: `{key}` is not a list; start each entry with `- `")
    allowed = {f.name for f in msgspec.structs.fields(record)} - {"origin"}
    made, problems = [], []
    for raw, place in zip(data[key], lines.value, strict=True):
        where = f"{path}:{place.start_mark.line + 1}"
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
                problems.append(f"{where}: {_type_problem(problem, key[:-1])}")
                continue
            problems += [f"{where}: {p}" for p in _impossible(entry)]
            made.append(entry)
    if problems:
        raise InputError(all_problems(f"{path} is not a valid termbase", problems))
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
