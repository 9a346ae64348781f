"""The `whitespace` detector: doubled, missing and misplaced spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable, language
from evalkit.language.kept_readings import lasting_of_all
from evalkit.language.packs import optional_words, words_of
from evalkit.language.percent import stands_apart
from evalkit.records import Context, Finding, Rule, Segment, Unit
from evalkit.records.findings import finding
from evalkit.text.messages import without_syntax
from evalkit.text.words import has_unspaced, is_unspaced

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
_FEWEST = 3  # references that do something: two may be slips
_THROUGHOUT = 0.1  # of them: a slip is not in every tenth segment of a reference
_HIGH_MARKS_APART = words_of("languages", "space_before_high_marks")


@dataclass(frozen=True)
class WhitespaceDetector:
    """Spaces where none belong and none where one belongs; non-breaking ones are fine.

    French sets a space before `; : ? !`; the CLDR says before which percent signs one stands.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "whitespace"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        patterns = [p for p in _patterns(language(context)) if not _is_usual(p, units, context)]
        for unit, _, segment in candidates(units):
            for start, end, said in _spots(unit, segment, context, patterns):
                yield finding(RULE, self.name, unit, segment, start, end, said)


def _is_usual(pattern: tuple[re.Pattern[str], str], units: Sequence[Unit], context: Context) -> bool:
    """True for what the references do throughout: texts that a program has cut into words and marks."""
    return _throughout(
        tuple([p.text for unit in units if comparable(unit, context) for p in unit.references]), pattern[0].pattern
    )


@lasting_of_all(bool)  # the references are read once for all systems
def _throughout(references: tuple[str, ...], expression: str) -> bool:
    pattern = re.compile(expression)
    done = sum(pattern.search(text) is not None for text in references)
    return done >= max(_FEWEST, _THROUGHOUT * len(references))


def _spots(
    unit: Unit, segment: Segment, context: Context, patterns: list[tuple[re.Pattern[str], str]]
) -> Iterator[tuple[int, int, str]]:
    """Places with what is said of them, in order, none overlapping; not what a reference has too."""
    text = _blanked(segment.text)
    licences = [p.text for p in unit.references] if comparable(unit, context) else []
    taken = 0
    for start, end, said in sorted(
        (m.start(), m.end(), said) for pattern, said in patterns for m in pattern.finditer(text)
    ):
        around = text[max(0, start - 4) : end + 4]
        # In scripts without spaces between words a space parts phrases, and two a little more.
        phrases = said == _SEVERAL and "\t" not in text[start:end] and has_unspaced(text[max(0, start - 1) : end + 1])
        if start >= taken and not phrases and not any(around in other for other in licences):
            yield start, end, said
            taken = end


_SEVERAL = "more than one space"


def _patterns(lang: str) -> Iterator[tuple[re.Pattern[str], str]]:
    yield _DOUBLE, _SEVERAL
    yield _BEFORE, "a space before a mark that takes none"
    yield _AFTER_BRACKET, "a space after an opening bracket"
    if not is_unspaced(lang):
        yield _AFTER_COMMA, "no space after the mark"
        yield _AFTER_STOP, "no space after the end of the sentence"
    if lang not in _HIGH_MARKS_APART:
        yield _BEFORE_HIGH, "a space before a mark that takes none"
    if stands_apart(lang) is False:
        yield _BEFORE_PERCENT, "a space before the percent sign"
    if endings := optional_words(lang, "contracted_endings"):
        yield re.compile(rf"(?<=\w) (?:{'|'.join(endings)})\b(?!['’\"])"), "a space inside a contracted word"


def _blanked(text: str) -> str:
    """The text with addresses and the syntax of messages replaced by letters: their points and commas are no marks."""
    text = without_syntax(text, "x")
    if "." not in text and "@" not in text:
        return text
    return _ADDRESS.sub(lambda m: "x" * len(m.group()), text)
