"""Adding an entry, or forms to an entry, to a termbase in YAML: comments and order stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import Name, Term
from evalkit.records.checked_entries import (
    RECORDS,
    EntryKind,
    contradictions,
    fields_of,
    from_yaml,
    make,
    refuse_other_keys,
    title_of,
)
from evalkit.terms.load import format_of
from evalkit.text.files import read_text, usable, write_text
from evalkit.text.rewriting import rewrite
from evalkit.text.turns import turn
from evalkit.text.words import fold
from evalkit.text.yaml import read_yaml
from evalkit.text.yaml_edit import YamlText
from evalkit.text.yaml_quote import pair, scalar

_TESTS = (".terms.yaml", ".terms.yml")  # a file of term tests, which has entries among its other keys
_EXPECTED = "a termbase has the keys `terms` and `names`, each a list of entries; see docs/termbase.md"


class Added(msgspec.Struct, frozen=True):
    """What an edit did: the line of the entry, and whether the entry is new, changed or was there already."""

    line: int
    outcome: str


def add(path: str, kind: EntryKind, title: str, given: Mapping[str, Any]) -> Added:
    """Writes the entry into the file, or what an entry of this title lacks; makes the file where there is none.

    `given` are the entry's other fields. Raises InputError, and leaves the file as it is, where the entry
    would contradict the termbase or the text cannot be edited without touching something else.
    """
    with turn(path):
        return _add(path, kind, title, given)


def _add(path: str, kind: EntryKind, title: str, given: Mapping[str, Any]) -> Added:
    key = f"{kind}s"
    if ".yaml" not in format_of(path, Registry()).suffixes:
        to = Path(path).with_suffix(".yaml")
        raise InputError(f"{path}: terms are added to YAML only; first: evalkit terms convert {path} -o {to}")
    _checked(kind, {kind: title, **given}, "the new entry")
    if not usable(path).exists():
        write_text(path, "\n".join([f"{key}:", *(f"  {line}" for line in _lines(kind, title, given))]) + "\n")
        return Added(2, "added")
    before = read_text(path)
    file = read_yaml(path, _EXPECTED)
    if not path.endswith(_TESTS):
        refuse_other_keys(file)
    entries = [entry for found in from_yaml(file) for entry in found if isinstance(entry, RECORDS[kind])]
    number = next((n for n, entry in enumerate(entries) if fold(title_of(entry)) == fold(title)), None)
    if number is None:
        text = YamlText(before, path).append_block(key, _lines(kind, title, given))
        if not text:
            raise InputError(f"{path}:{file.keys[key]}: `{key}` is a list in brackets; put each entry on its own line")
        wanted = _with(file.data, key, [*(file.data.get(key) or []), {kind: title, **given}])
        number, outcome = len(entries), "added"
    else:
        text, entry = _completed(before, path, key, number, entries[number], given)
        listed = [*file.data[key][:number], entry, *file.data[key][number + 1 :]]
        wanted, outcome = _with(file.data, key, listed), "changed" if text != before else "unchanged"
    return _written(path, before, text, wanted, key, number, outcome)


def _completed(
    text: str, path: str, key: str, number: int, entry: Term | Name, given: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The text with what the entry lacks, and the entry as it must then read."""
    plain: dict[str, Any] = dict(read_yaml(path, _EXPECTED).data[key][number])
    for field, value in given.items():
        edit = YamlText(text, path)
        table = edit.value(edit.root, key).value[number]
        node = edit.value(table, field)
        if isinstance(value, list):
            for form in [form for form in value if form not in getattr(entry, field)]:
                edit = YamlText(text, path)
                table = edit.value(edit.root, key).value[number]
                node = edit.value(table, field)
                text = (
                    edit.append_to(node, scalar(form))
                    if node is not None
                    else edit.add_key(table, _pair(field, [form]))
                )
                plain[field] = [*(plain.get(field) or []), form]
        elif plain.get(field) != value:
            text = edit.replace(node, scalar(value)) if node is not None else edit.add_key(table, _pair(field, value))
            plain[field] = value
    return text, plain


def _written(path: str, before: str, text: str, wanted: dict[str, Any], key: str, number: int, outcome: str) -> Added:
    """Checks the new text by reading it, then writes it."""
    import yaml

    try:
        reads_as = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        reads_as = None
    if reads_as != wanted:
        raise InputError(f"{path}: cannot be edited without touching more than the entry; add it by hand")
    node = YamlText(text, path)
    line = node.value(node.root, key).value[number].start_mark.line + 1
    terms, names = (_made(k, wanted, path, node) for k in ("term", "name"))
    problems = list(contradictions([*terms, *names]))
    if problems:
        raise InputError(f"{path} stays as it is: {problems[0]}")
    if text != before:
        rewrite(path, text)
    return Added(line, outcome)


def _made(kind: Any, data: dict[str, Any], path: str, text: YamlText) -> list[Any]:
    nodes = text.value(text.root, f"{kind}s")
    rows = zip(data.get(f"{kind}s") or [], nodes.value if nodes is not None else [], strict=False)
    return [_checked(kind, raw, f"{path}:{node.start_mark.line + 1}") for raw, node in rows]


def _checked(kind: EntryKind, raw: Mapping[str, Any], where: str) -> Any:
    entry, problems = make(raw, kind, where)
    problems = problems or list(contradictions([entry]))
    if problems:
        raise InputError(problems[0])
    return entry


def _with(data: dict[str, Any], key: str, listed: list[Any]) -> dict[str, Any]:
    return {**data, key: listed}


def _lines(kind: EntryKind, title: str, given: Mapping[str, Any]) -> list[str]:
    """The entry in YAML, its fields in the order of the documentation."""
    fields = {kind: title, **given}
    lines = [line for field in fields_of(kind) if field in fields for line in pair(field, fields[field])]
    return [f"{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]


def _pair(field: str, value: Any) -> str:
    return f"{field}: [{', '.join(map(scalar, value))}]" if isinstance(value, list) else f"{field}: {scalar(value)}"
