"""The `whitespace` detector: doubled, missing and misplaced spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable, language
from evalkit.language.packs import words_of
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.findings import finding

RULE = Rule(
    "whitespace", "conventions", "linguistic-conventions/punctuation", "minor",
    "Doubled spaces, tabs, a space before a comma or none after it.",
    "The hall was full[ ,] and the guests waited.",
    rank=270,
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?<!\S)\S{0,300}?(?:https?://|www\.|@|\w\.(?:com|org|net|gov|edu|cn|io|de|uk|ru)\b)\S*", re.IGNORECASE
)
_DOUBLE = re.compile(r"(?<=\S)(?: {2,}|[ ]*\t+[ ]*)(?=\S)")
_BEFORE = re.compile(r"(?<=[\w\"”’'»)\]%])[ \t]+(?:[,.](?![\w.])|[,.](?=\w*\s)(?<=,)|[)\]}](?!\w))")
_BEFORE_HIGH = re.compile(r"(?<=[\w\"”’')\]%]) +[;:?!](?![\w)(\-.?!])")
_BEFORE_PERCENT = re.compile(r"(?<=\d) +%")
_AFTER_BRACKET = re.compile(r"(?<![\w:;=])[(\[{] +(?=\w)")
_AFTER_COMMA = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")
_AFTER_STOP = re.compile(r"(?<=[a-zà-ÿа-я]{3})[.?!](?=[A-ZÀ-ÞА-Я][a-zà-ÿа-я]+)")
_CLITIC = re.compile(r"(?<=\w)(?: n't| '(?:s|re|ve|ll|d|m))\b(?!['’\"])")
_HIGH_MARKS_APART = words_of("languages", "space_before_high_marks")
_PERCENT_APART = words_of("languages", "space_before_percent")
_JOINED = words_of("languages", "no_space_after_marks")


@dataclass(frozen=True)
class WhitespaceDetector:
    """Spaces where none belong and none where one belongs; non-breaking ones are fine.

    French sets a space before `; : ? !`; several languages before the percent sign.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "whitespace"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        patterns = list(_patterns(language(context)))
        for unit, _, segment in candidates(units):
            text = _blanked(segment.text)
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            taken = 0
            spots = sorted((m.start(), m.end(), said) for pattern, said in patterns for m in pattern.finditer(text))
            for start, end, said in spots:
                around = text[max(0, start - 4) : end + 4]
                if start >= taken and not any(around in other for other in licences):
                    yield finding(RULE, self.name, unit, segment, start, end, said)
                    taken = end


def _patterns(lang: str) -> Iterator[tuple[re.Pattern[str], str]]:
    yield _DOUBLE, "more than one space"
    yield _BEFORE, "a space before a mark that takes none"
    yield _AFTER_BRACKET, "a space after an opening bracket"
    if lang not in _JOINED:
        yield _AFTER_COMMA, "no space after the mark"
        yield _AFTER_STOP, "no space after the end of the sentence"
    if lang not in _HIGH_MARKS_APART:
        yield _BEFORE_HIGH, "a space before a mark that takes none"
    if lang not in _PERCENT_APART:
        yield _BEFORE_PERCENT, "a space before the percent sign"
    if lang == "en":
        yield _CLITIC, "a space inside a contracted word"


def _blanked(text: str) -> str:
    """The text with addresses replaced by letters, so that their points are no sentence ends."""
    if "." not in text and "@" not in text:
        return text
    return _ADDRESS.sub(lambda m: "x" * len(m.group()), text)
