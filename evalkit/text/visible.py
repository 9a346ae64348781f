"""Untrusted text where nothing in it may act: control, bidi and other invisible characters made visible."""

from __future__ import annotations

import re
import reprlib
import unicodedata
from functools import lru_cache

_NAMED = {"\n": "⏎", "\t": "⇥", "\r": "␍"}
# Zero-width (non-)joiners belong to the spelling of many languages and to emoji.
_KEPT = "\u200c\u200d"
# Before what Azure, TeamCity and GitHub take for a command wherever it stands.
_ANYWHERE = re.compile(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)
_FEW = 8  # kinds of characters: so many are sooner replaced one after the other
# A space of many languages as `repr` writes it, between signs: 3,8\\xa0Milliarden, but not a quotation of spaces alone.
_SPACE = re.compile(r"(?<=[^\s'\"\\])\\(?:xa0|u2007|u2009|u202f|u3000)(?=[^\s'\"\\])")
_HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """One line without control, bidi or other invisible characters: each is shown as a sign or its number.

    What some builds obey anywhere in a line (`##vso[`, `##[error]`, `##teamcity[`) has its sign in brackets.
    """
    text = _ANYWHERE.sub("⟨##⟩", text) if "##" in text else text
    if text.isascii() and text.isprintable():
        return text
    signs = {ord(char): sign for char in set(text) if (sign := _sign(char)) != char}  # of a long text each once
    if len(signs) > _FEW:
        return text.translate(signs)
    for char, sign in signs.items():  # no sign has in it what another stands for
        text = text.replace(chr(char), sign)
    return text


@lru_cache(maxsize=4096)
def _sign(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if unicodedata.category(char) in _HIDDEN and char not in _KEPT:
        return f"⟨U+{ord(char):04X}⟩"
    return char


def told(message: str) -> str:
    """A message for a terminal or a build's log, which may quote any name or text: nothing in it acts there.

    Its line breaks stay; a line that a build would take for a command (`::error::`) is marked as quoted. Of a line
    that no one would read to its end the middle is left out, and how much is said.
    """
    return without_commands("\n".join(visible(_cut(line)) for line in message.split("\n")))


def without_commands(text: str) -> str:
    """Lines of a report for people, none of which a build would take for a command: `| ` goes before those."""
    text = _ANYWHERE.sub("⟨##⟩", text) if "##" in text else text
    if "::" not in text:
        return text
    return "\n".join(f"| {line}" if line.lstrip().startswith("::") else line for line in text.split("\n"))


def _cut(line: str) -> str:
    if len(line) <= _LONGEST_LINE:
        return line
    start, end = line[: _LONGEST_LINE // 2], line[-_LONGEST_LINE // 2 :]
    return f"{start} [... {len(line) - _LONGEST_LINE:,} characters ...] {end}"


def shown(value: object) -> str:
    """A value of the user's for a message, however large or deeply nested it is: 120 characters at most."""
    try:
        text = _SHORT.repr(value)
    except ValueError:  # Python writes no number of thousands of digits
        text = "a number of very many digits"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class _Short(reprlib.Repr):
    """Fails at a number of thousands of digits on every Python; from 3.14 on it would tell where in memory it is."""

    def repr_int(self, x: int, level: int) -> str:
        repr(x)
        return super().repr_int(x, level)


_LONGEST = 120  # characters of a value in a message: one line, whatever was given
_LONGEST_LINE = 1000  # ten lines of a terminal: longer ones quote a value that is no use whole
_SHORT = _Short()
_SHORT.maxlevel = 2  # a value may hold itself ten times over, and each of these too
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = _LONGEST


def with_spaces(message: str) -> str:
    """A message with the spaces between words and figures as they are, where a quotation in it has their numbers."""
    if "\\" not in message:
        return message
    return _SPACE.sub(lambda found: chr(int(found[0][2:], 16)), message)
