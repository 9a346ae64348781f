"""Texts that a program gives as they are, instead of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evalkit.errors import ConfigError
from evalkit.records.texts import Document, Row


@dataclass(frozen=True)
class Text:
    """A running text in memory, treated like a text file."""

    text: str

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise ConfigError(f"evalkit.Text takes a text, not {type(self.text).__name__}; a list is evalkit.Lines")
        if not self.text.strip():
            raise ConfigError("evalkit.Text: the text is empty; there is nothing to evaluate")


@dataclass(frozen=True, init=False)
class Lines:
    """Segments in memory, in order: line k belongs to line k of the other sides.

    With `ids`, one for each line, sides in another order are paired by them. Raises ConfigError for an empty list, for
    anything but texts, and for ids that are too few or repeated.
    """

    lines: tuple[str, ...]
    ids: tuple[str, ...]

    def __init__(self, lines: Iterable[str], ids: Iterable[object] = ()) -> None:
        if isinstance(lines, str):
            raise ConfigError("evalkit.Lines takes a list of texts; a single text is evalkit.Text")
        object.__setattr__(self, "lines", tuple(lines))
        object.__setattr__(self, "ids", tuple(map(str, ids)))
        wrong = [line for line in self.lines if not isinstance(line, str)]
        if wrong:
            raise ConfigError(f"evalkit.Lines takes texts; one of them is {type(wrong[0]).__name__}")
        if not self.lines:
            raise ConfigError("evalkit.Lines: the list is empty; there is nothing to evaluate")
        if self.ids and (len(self.ids) != len(self.lines) or len(set(self.ids)) < len(self.ids)):
            raise ConfigError(f"evalkit.Lines: {len(self.lines)} lines need as many ids, no two alike")


Given = Text | Lines


def document(given: Given, path: str, lang: str) -> Document:
    """The one document of a given text; raises ConfigError for half a character."""
    text = given.text if isinstance(given, Text) else "\n".join(given.lines)
    try:
        digest = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as problem:
        raise ConfigError(f"{path}: a lone surrogate, half a character, at {problem.start}; remove it") from None
    if isinstance(given, Text):
        return Document("1", path, text, digest, lang)
    return Document("1", path, text, digest, lang, rows=_rows(given.lines, given.ids), ids=bool(given.ids))


def _rows(lines: Sequence[str], ids: Sequence[str]) -> tuple[Row, ...]:
    rows, start = [], 0
    for number, line in enumerate(lines):
        rows.append(Row(ids[number] if ids else str(number + 1), start, start + len(line)))
        start += len(line) + 1
    return tuple(rows)
