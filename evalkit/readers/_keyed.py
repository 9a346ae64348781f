"""Texts by key, as files of strings hold them: a cell out of what stands in the file, with its escapes undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from babel import Locale, UnknownLocaleError

from evalkit.errors import InputError
from evalkit.readers._sides import NOTHING, Cell, Entry
from evalkit.records.texts import FEW_NUMBERS, PLURAL_OF

FORMS = ("zero", "one", "two", "few", "many", "other")  # of plurals, as Unicode calls them
_NUMBERS = 1000  # tried for what form they take: the forms of all languages repeat from 100 on
_OFTEN = 5  # numbers from which on a form has to say which, as in the reader of gettext's catalogues
_T = TypeVar("_T")
_ROOM = 16_000_000  # characters of all keys: some 100,000 long ones, and no harm to the memory
_TIMES = 4  # of the size of larger files, where keys within keys take more than the file: real ones take less than once
SURROGATES = r"[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # after `\u`: one character in two halves


class Text(NamedTuple):
    """One text while a file is read: its key, what stands for it, and what else the file says of it."""

    key: str
    cell: Cell
    metadata: Mapping[str, str] = {}
    plural: str = ""  # the plural's key, where the text is one of its forms
    form: str = ""

    def entry(self, few: Mapping[str, str]) -> Entry:
        """As a row. A plural form says of which text it is one, and for which few numbers it stands."""
        said = dict(self.metadata)
        if self.plural:
            said[PLURAL_OF] = self.plural
            said |= {FEW_NUMBERS: few[self.form]} if self.form in few else {}
        return Entry(row_id(self.key), {"candidate": self.cell}, said)


def bounded(found: Iterable[_T], length: Callable[[_T], int], size: int, path: str) -> Iterator[_T]:
    """What is found in a file of this size; InputError once it holds far more, for keys repeat those around them."""
    room = max(_ROOM, _TIMES * size)
    for each in found:
        room -= length(each)
        if room < 0:
            raise InputError(f"{path}: its keys, with those around them, hold far more than the file; is it damaged?")
        yield each


def row_id(key: str) -> str:
    """A key as the id of a row, which is a line: keys may be sentences."""
    return " ".join(key.split())


def unescaped(
    parts: Iterable[tuple[str, int]], escape: re.Pattern[str], character: Callable[[re.Match[str]], str]
) -> Cell:
    """The text of parts of a file, each with its place, what `escape` finds in them replaced by `character`."""
    texts: list[str] = []
    pieces: list[tuple[int, int]] = []
    size = 0

    def add(text: str, at: int) -> None:
        nonlocal size
        if text:
            pieces.append((size, at))
            texts.append(text)
            size += len(text)

    for raw, at in parts:
        last = 0
        for found in escape.finditer(raw) if "\\" in raw else ():
            add(raw[last : found.start()], at + last)
            add(character(found), at + found.start())
            last = found.end()
        add(raw[last:], at + last)
    return Cell("".join(texts), tuple(pieces)) if texts else NOTHING


def from_hex(digits: str) -> str:
    r"""The character of `263A`, or of two halves `D83D\uDE00`."""
    units = digits.replace("\\u", "").replace("\\U", "")
    return bytes.fromhex(units).decode("utf-16-be", "surrogatepass")


def few_numbers(lang: str) -> dict[str, str]:
    """The numbers of each plural form that stands for few of them in a language, by its name."""
    try:
        form = Locale.parse(lang, sep="-").plural_form
    except (ValueError, UnknownLocaleError):
        return {}
    numbers: dict[str, list[str]] = {}
    for n in range(_NUMBERS):
        numbers.setdefault(form(n), []).append(str(n))
    return {name: " ".join(few) for name, few in numbers.items() if len(few) < _OFTEN}
