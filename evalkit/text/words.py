"""Small things every layer needs to know about text: words, figures, folding, lines, scripts, widths."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

# Scripts written without spaces between words: a "word" here is one character.
_CJK = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
)
# A word: one character of a script without spaces, or letters, marks and digits,
# held together by apostrophes and hyphens, by points and commas between digits.
_WORD = re.compile(
    rf"[{_CJK}]|\d+(?:[.,]\d+)*(?:[^\W\d_{_CJK}]+)?|[^\W_{_CJK}](?:[^\W_{_CJK}]|[\u0300-\u036f])*"
    rf"(?:['’ʼ\-‐‑](?:[^\W_{_CJK}]|[\u0300-\u036f])+)*"
)
# The same for ASCII, without the classes of characters that take the time.
_ASCII_WORD = re.compile(r"\d+(?:[.,]\d+)*[A-Za-z]*|[A-Za-z0-9]+(?:['\-][A-Za-z0-9]+)*", re.ASCII)
_IS_CJK = re.compile(f"[{_CJK}]")
# Languages whose words are not separated by spaces.
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "km", "yue"})


# What is known of a text is found once for all rules: of so many texts, each the length of a segment at most. Rules go
# over all segments one after the other, so candidate, reference and source of some 2,000 lines have to fit. With room
# for two of these a check with a source takes a seventh longer, with room for one any check a third; more room than for
# three saves some 5 % at most and costs some ten megabytes for each thousand texts.
SHARED, SEGMENT = 6144, 2000


class Word(NamedTuple):
    """A word with its place in the text it was found in."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text; a character of an unspaced script counts as one word."""
    return list(_shared(text)) if len(text) <= SEGMENT else _words(text)


@lru_cache(maxsize=SHARED)
def _shared(text: str) -> tuple[Word, ...]:
    return tuple(_words(text))


def _words(text: str) -> list[Word]:
    # of a word that stands in many texts one copy: 2.5 KB a text of thirty words in place of 5
    pattern = _ASCII_WORD if text.isascii() else _WORD
    return [_make(Word, (intern(m[0]), *m.span())) for m in pattern.finditer(text)]


_make = tuple.__new__  # what Word(...) comes to, without a call in between


def folded_words(text: str) -> list[str]:
    """The words of the folded text: those of the text where folding it moves nothing."""
    if text.isascii() and "`" not in text:  # which folds to an apostrophe, and that holds words together
        return [word.text.lower() for word in words(text)]
    return _found(fold(text))


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of a text, one after another."""
    return (match.span() for match in _WORD.finditer(text))


def each_word(text: str) -> Iterator[str]:
    """The words of a text one after another, for who may not need them all."""
    return (match[0] for match in (_ASCII_WORD if text.isascii() else _WORD).finditer(text))


def count_words(text: str) -> int:
    """Number of words, as `words` finds them."""
    return len(_shared(text)) if len(text) <= SEGMENT else len(_found(text))


def word_texts(text: str) -> list[str]:
    """The words of a text without their places, of which nothing is kept."""
    return _found(text)


def has_more_words(text: str, number: int) -> bool:
    """True where a text has more words than that; of what is counted nothing is kept."""
    return len(text) > number and len(_found(text)) > number


def _found(text: str) -> list[str]:
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def is_unspaced(lang: str) -> bool:
    """True for languages written without spaces between words."""
    return lang.replace("_", "-").partition("-")[0].lower() in _UNSPACED


def has_unspaced(text: str) -> bool:
    """True where the text holds characters of a script written without spaces."""
    return _IS_CJK.search(text) is not None


def count_unspaced(text: str) -> int:
    """Number of characters of scripts written without spaces."""
    return len(_IS_CJK.findall(text))


_PUNCTUATION = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u3000": " "}
)  # fmt: skip


def plain_punctuation(text: str) -> str:
    """Curly quotes, dashes and odd spaces as their ASCII kin; every character stays one character."""
    return text.translate(_PUNCTUATION)


@lru_cache(maxsize=65536)  # words: some ten megabytes
def fold(text: str) -> str:
    """Case, diacritics and typographic punctuation removed: the form for comparing, not for showing."""
    return _folded(text)


def fold_text(text: str) -> str:
    """As `fold`, for segments and longer texts, of which fewer are remembered."""
    return _folded_segment(text) if len(text) <= SEGMENT else _folded(text)


@lru_cache(maxsize=SHARED // 8)
def _folded_segment(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    if text.isascii():  # most words of many languages: nothing to decompose
        return text.lower().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", plain_punctuation(text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Lines:
    """Line and column, both from 1, of any offset in one text; `\\n` ends a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of a code point offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def width(text: str) -> int:
    """Columns a terminal needs: wide characters take two, combining and control ones none."""
    if text.isascii() and text.isprintable():
        return len(text)
    total = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc", "Mn", "Me"):
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of a letter by the first word of its Unicode name (LATIN, CYRILLIC, CJK ...), else ''."""
    if not char.isalpha():
        return ""
    return unicodedata.name(char, "").partition(" ")[0]


def quote(text: str, limit: int = 60) -> str:
    """A text in quotation marks for a message; of one longer than `limit` the beginning and the end, in whole words
    where words are not too long for that."""
    plain = " ".join(text.split())
    if len(plain) > limit:
        head, tail = plain[: limit - limit // 3], plain[-(limit // 3) :]
        if " " in head[len(head) // 2 :]:
            head = head.rpartition(" ")[0]
        if " " in tail[: len(tail) // 2]:
            tail = tail.partition(" ")[2]
        plain = f"{head.rstrip()} … {tail.lstrip()}"
    return repr(plain)


def quote_apart(text: str, other: str, limit: int = 60) -> tuple[str, str]:
    """Two texts in quotation marks; of longer ones the parts around their first difference, which must be seen."""
    sides = [" ".join(t.split()) for t in (text, other)]
    if max(map(len, sides)) <= limit:
        return repr(sides[0]), repr(sides[1])
    same = next((n for n, (a, b) in enumerate(zip(*sides, strict=False)) if a != b), min(map(len, sides)))
    first = max(0, same - limit // 3) if same > limit // 2 else 0
    cut = [f"{'… ' if first else ''}{t[first : first + limit]}{' …' if len(t) > first + limit else ''}" for t in sides]
    return repr(cut[0]), repr(cut[1])


def join(texts: Sequence[str], lang: str) -> str:
    """Texts of one passage as one text: with a space between, or none in unspaced languages."""
    return texts[0] if len(texts) == 1 else ("" if is_unspaced(lang) else " ").join(texts)


_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def figures(text: str) -> list[str]:
    """The numbers written in figures, without their points and commas, which differ from language to language."""
    return [number.replace(",", "").replace(".", "") for number in _FIGURE.findall(text)]
