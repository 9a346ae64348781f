"""JSON of strings: objects of texts, flat or nested, Flutter's `.arb`, and messages of browsers' extensions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.errors import InputError
from evalkit.language.codes import is_registered
from evalkit.readers._keyed import FORMS, SURROGATES, Text, bounded, from_hex, unescaped
from evalkit.readers._sides import Cell
from evalkit.text import strict_json

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_ESCAPE = re.compile(rf"\\(?:u({SURROGATES}|[0-9a-fA-F]{{4}})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_NO_TEXT = frozenset({"$schema", "_comment", "//"})  # what files of JSON, which has no comments, call theirs
_OF_MESSAGE = ("message", "defaultMessage")  # of extensions of browsers, and of FormatJS
_FORM = re.compile(rf"(.+)_({'|'.join(FORMS)})")
_TAG = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4}){0,2}")  # longer codes of languages are words too
_Path = tuple[str, ...]


def is_strings(data: object) -> bool:
    """Whether a JSON file holds texts by key and nothing else: no numbers, and no table."""
    return isinstance(data, dict) and any(isinstance(v, str | dict) for v in data.values()) and _is_text(data)


def _is_text(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, str) and (k.startswith("@") or _is_text(v)) for k, v in value.items())
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str)


def texts(text: str, path: str) -> tuple[list[Text], str]:
    """The texts in order, and the language that the file states; InputError for what is no object of JSON."""
    data = parsed(text, path)
    places = [(keys, at, raw) for keys, at, raw in leaves(text) if not _NO_TEXT.intersection(keys)]
    tags = [
        key for key, value in data.items() if _TAG.fullmatch(key) and isinstance(value, dict) and is_registered(key)
    ]
    root = ""
    if tags and len(tags) == len(data):
        if len(tags) > 1:
            raise InputError(f"{path}: holds several languages ({', '.join(tags)}); give each a file of its own")
        root, data = tags[0], data[tags[0]]  # as Rails has it: the language is no part of the keys
        places = [(keys[1:], at, raw) for keys, at, raw in places]
    wanted = next((name for name in _OF_MESSAGE if data and all(_has(each, name) for each in data.values())), "")
    if wanted:
        places = [(keys[:1], at, raw) for keys, at, raw in places if keys[1:] == (wanted,)]
    named = list(bounded((".".join(keys) for keys, _, _ in places), len, len(text), path))
    known = set(named)
    made = [
        Text(name, cell(raw, at), _said(data, keys, wanted), *_plural(name, known))
        for name, (keys, at, raw) in zip(named, places, strict=True)
        if not keys[0].startswith("@")
    ]
    lang = root or data.get("@@locale")
    return made, lang.replace("_", "-") if isinstance(lang, str) else ""


def parsed(text: str, path: str) -> dict[str, Any]:
    """The object that a file holds; InputError where it holds none."""
    try:
        data = strict_json.parse(text)
    except ValueError as problem:
        raise InputError(f"{path}: not valid JSON ({problem})") from None
    if not isinstance(data, dict):
        raise InputError(f"{path}: no object of texts by key, but a list or a single value; name its reader (table)")
    return data


def cell(raw: str, at: int) -> Cell:
    """The text of a string as it stands between its quotation marks."""
    return unescaped([(raw, at)], _ESCAPE, _character)


def _has(value: object, name: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(name), str)


def _said(data: Mapping[str, Any], keys: _Path, wanted: str) -> dict[str, str]:
    """The remark for the translator, where the file has one."""
    about = data.get(keys[0]) if wanted else data.get(f"@{keys[0]}")
    note = about.get("description") if isinstance(about, dict) else None
    return {"note": note} if isinstance(note, str) and note else {}


def _plural(name: str, known: set[str]) -> tuple[str, str]:
    """The key of the form `other`, and the form, of what i18next calls `item_one`; empty where it is no plural."""
    found = _FORM.fullmatch(name)
    other = f"{found[1]}_other" if found else ""
    return (other, found[2]) if found and other in known else ("", "")


def leaves(text: str, of_keys: dict[_Path, tuple[int, str]] | None = None) -> Iterator[tuple[_Path, int, str]]:
    """Keys, place and raw text of each string of valid JSON that is a value and no key; items of lists have numbers.
    `of_keys` gets the same of the keys themselves."""
    keys: list[str | int] = []
    is_key: list[bool] = []  # of each object or list around: whether a key comes next
    for found in _TOKEN.finditer(text):
        part = found.group()
        if part in "{[":
            keys.append("" if part == "{" else 0)
            is_key.append(part == "{")
        elif part in "}]":
            keys.pop()
            is_key.pop()
        elif part == ",":
            last = keys[-1]
            keys[-1] = last + 1 if isinstance(last, int) else ""
            is_key[-1] = isinstance(last, str)
        elif part == ":":
            is_key[-1] = False
        elif part[0] == '"' and is_key[-1]:
            keys[-1] = json.loads(part)
            if of_keys is not None:
                of_keys[tuple(map(str, keys))] = found.start() + 1, part[1:-1]
        elif part[0] == '"' or part == "null":
            raw = part[1:-1] if part[0] == '"' else ""
            yield tuple(map(str, keys)), found.start() + (part[0] == '"'), raw


def _character(escape: re.Match[str]) -> str:
    return from_hex(escape[1]) if escape[1] else _PLAIN.get(escape[2], escape[2])
