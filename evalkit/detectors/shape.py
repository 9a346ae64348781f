"""The `shape` detector: what of a source's form a translation keeps whatever it says, and the room it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

import regex

from evalkit.detectors._units import locate
from evalkit.language.codes import bare
from evalkit.language.dictionaries import is_known
from evalkit.language.packs import words_of
from evalkit.language.scripts import BARS, scripts_of, written_in
from evalkit.records import Context, Finding, Passage, Row, Rule, Severity, Unit
from evalkit.records.findings import finding
from evalkit.text.messages import without_markup
from evalkit.text.words import plain_punctuation, quote

LENGTH = Rule(
    "max-length", "conventions", "design-markup/length", "major",
    "The translation is longer than its file allows.",
    "Einstellungen[ speichern]", "limit", "13 characters", rank=31,
)  # fmt: skip
LINES = Rule(
    "line-breaks", "conventions", "design-markup/whitespace", "minor",
    "The row has more or fewer line breaks than its source.",
    "[Speichern oder verwerfen?]", "rows", "Save\nor discard?", rank=265,
)  # fmt: skip
BRACKETS = Rule(
    "brackets", "conventions", "linguistic-conventions/punctuation", "minor",
    "Text in brackets in the source has no brackets in the translation, or is missing.",
    "[Der Rat tagte.]", "source", "The council (in full) met.", rank=255,
)  # fmt: skip
QUESTION = Rule(
    "question-mark", "conventions", "linguistic-conventions/punctuation", "minor",
    "The source is a question and the translation is not, or the reverse.",
    "[Hat der Rat getagt.]", "source", "Did the council meet?", rank=256,
)  # fmt: skip
LATIN = Rule(
    "latin-word", "accuracy", "accuracy/omission", "minor",
    "A name in Latin letters in a source of another script is missing in the translation.",
    "[The company showed a new telephone.]", "source", "公司展示了Gazprom的电话。", rank=32,
)  # fmt: skip
SCRIPT = Rule(
    "source-script", "accuracy", "accuracy/untranslated", "major",
    "A passage was left in the source's script.",
    "The [研究人员] waited in the hall.", "source", "研究人员在大厅里等候。", rank=105,
)  # fmt: skip

_ASK = "?？؟⁇⁈‽"
_MARKS = _ASK + "՞;፧"  # Armenian, Greek and Ethiopic ask with others
_CLOSING = r"[\s\"'”’»›)\]）】」』]"
_AFTER = re.compile(rf"(?<!{_CLOSING}){_CLOSING}+$")  # a long run is tried once, not from each of its characters
_ENDED = tuple(".!。！…:：")
_FEWEST = 3  # from so many places on
_SHARE = 1 / 3  # and with that share of them unlike the source, it is a way of writing
# A question within a sentence may be told indirectly: I thought, what is that?
_WITHIN = regex.compile(r"[,，،、:：;；\"“”„«»‘‚「『—–]|(?<!\p{L})'")
_FEW_WORDS = 3  # what is shorter is an abbreviation, a party or `pictured`: of no use to who does not know it elsewhere
_BRACKET = re.compile(r"[(（\[［][^()（）\[\]［］\n]{1,500}[)）\]］]")
_OPENING = "([（［【〔{｛<＜〈《「『﹙"
_WRAPPED = 40  # letters: lines so long on average are broken to fit a page, and the next language breaks others
# Words in Latin letters with capitals: no unit, no word of everyday English (app), no abbreviation, which languages
# have their own of (WHO, OMS).
_LATIN = regex.compile(
    r"(?<![\p{Latin}\d_@./-])(?<!\p{Latin} )\p{Latin}[\p{Latin}’']{3,30}(?: \p{Latin}[\p{Latin}’']{0,30}){0,5}"
    r"(?![\p{Latin}\d_@/-]| \p{Latin})"
)
_SHARED = 3  # letters at either end: enough of a name that is inflected or written with an accent
_NEAR = 2  # units before and behind, in which a name may stand for its pronoun here
_Pair = tuple[Unit, Passage, Passage]


@dataclass(frozen=True)
class ShapeDetector:
    """Length, line breaks, brackets, question marks, Latin names and left-over script, held against the source.

    The length is what the file gives a row: `maxwidth` or a size restriction in XLIFF, a column `max-length` in a
    table. Line breaks are those of rows of a bilingual file or a table. Brackets and question marks speak only where
    the translation has none at all, and not where it does so throughout.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "shape"
    rules: ClassVar[tuple[Rule, ...]] = (LENGTH, LINES, BRACKETS, QUESTION, LATIN, SCRIPT)

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Not judged: questions of a language that seldom marks them, scripts of one that the CLDR does not know."""
        said = {}
        if bare(lang) in words_of("languages", "questions_without_mark"):
            said[QUESTION.id] = "questions are seldom marked"
        if not scripts_of(lang):
            said[SCRIPT.id] = "its script is not known (CLDR)"
        return said

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """By unit; then what only a habit of the whole text can excuse."""
        paired: list[_Pair] = []
        for unit in units:
            if unit.candidate is None or not unit.candidate.text.strip():
                continue
            yield from self._too_long(unit, unit.candidate, context)
            if unit.source is not None and unit.source.segments and unit.source.text.strip():
                paired.append((unit, unit.source, unit.candidate))
                yield from self._lines(unit, unit.source, unit.candidate, context)
        rules: list[Callable[[Unit, Passage, Passage], Iterator[Finding | None]]] = [self._brackets]
        without = words_of("languages", "questions_without_mark")
        if bare(context.lang) not in without:
            rules.append(self._lost_questions)
            if bare(context.source_lang) not in without:
                rules.append(self._added_questions)
        if context.source_lang and bare(context.lang) != bare(context.source_lang):
            foreign = _foreign(context)
            for pair in paired if foreign else ():
                yield from self._left(*pair, foreign)
            if {*scripts_of(context.source_lang)[:1], "Latn"} - {"Latn"}:
                texts = [_plain(candidate.text) for _, _, candidate in paired]
                near = [" ".join(texts[max(0, n - _NEAR) : n + _NEAR + 1]) for n in range(len(texts))]
                yield from _unless_habit(
                    [list(self._latin(text, u, s)) for text, (u, s, _) in zip(near, paired, strict=True)]
                )
        for rule in rules:
            yield from _unless_habit([list(rule(*pair)) for pair in paired])

    def _too_long(self, unit: Unit, candidate: Passage, context: Context) -> Iterator[Finding]:
        """Rows of which the file says how long they may be, in characters; told once, where they begin."""
        for row, text in _rows_of(unit, candidate, context):
            limit = row.limit
            if limit is None or len(text) <= limit:
                continue
            segment = next(s for s in reversed(candidate.segments) if s.start >= row.start)
            start = min(max(0, row.start + limit - segment.start), len(segment.text) - 1)
            message = f"{len(text)} characters where the file allows {limit}"
            yield finding(LENGTH, self.name, unit, segment, start, len(segment.text), message, evidence="text")

    def _lines(self, unit: Unit, source: Passage, candidate: Passage, context: Context) -> Iterator[Finding]:
        rows = list(_rows_of(unit, candidate, context))
        if len(rows) != 1 or len(source.segments) != 1:
            return
        theirs, mine = source.segments[0].text, rows[0][1]
        if max(_line_length(theirs), _line_length(mine)) >= _WRAPPED:  # only what no page width explains
            theirs, mine = (re.sub(r"(?<=[^\n])\n(?=[^\n])", " ", text) for text in (theirs, mine))
        if theirs.count("\n") == mine.count("\n"):
            return
        segment = candidate.segments[0]
        message = _breaks(theirs, mine)
        yield finding(LINES, self.name, unit, segment, 0, len(segment.text), message, evidence="source")

    def _left(self, unit: Unit, source: Passage, candidate: Passage, foreign: regex.Pattern[str]) -> Iterator[Finding]:
        theirs = "".join(source.text.lower().split())
        for match in foreign.finditer(candidate.text):
            text = match.group()
            glossed = candidate.text[match.start() - 1 : match.start()] in tuple("([（［【") and match.start() > 0
            licensed = any(text in p.text for p in unit.references)
            if licensed or text in BARS or "".join(text.lower().split()) not in theirs:
                continue
            severity: Severity = "minor" if glossed else "major"
            said = f"{quote(text)} is in the source's script"
            yield self._at(SCRIPT, unit, candidate, match.span(), said, severity=severity)

    def _latin(self, near: str, unit: Unit, source: Passage) -> Iterator[Finding | None]:
        if written_in([source.text]) == "Latn":
            return  # a line left in Latin letters as a whole
        mine = [near, *(_plain(p.text) for p in unit.references)]
        for match in _LATIN.finditer(source.text):
            text = match.group()
            named = [_plain(word) for word in text.split() if _named(word)]
            if not named or _translatable(text):
                continue
            there = any(n[:_SHARED] in m or n[-_SHARED:] in m for n in named for m in mine[:1])
            licensed = len(mine) > 1 and not any(n[:_SHARED] in m for n in named for m in mine[1:])
            message = f"the translation does not have {quote(text)}"
            said = self._at(LATIN, unit, source, match.span(), message, side="source")
            yield None if there or licensed else said

    def _lost_questions(self, unit: Unit, source: Passage, candidate: Passage) -> Iterator[Finding | None]:
        if _last(source.text) in tuple(_ASK) and not _several(source.text):
            kept = any(not set(_MARKS) & set(p.text) for p in unit.references) or set(_MARKS) & set(candidate.text)
            end = len(_AFTER.sub("", source.text))
            message = "the source is a question, the translation has no question mark"
            place = (end - 1, end)
            severity: Severity | None = "neutral" if _WITHIN.search(source.text[:end]) else None
            told = self._at(QUESTION, unit, source, place, message, side="source", severity=severity)
            yield None if kept else told

    def _added_questions(self, unit: Unit, source: Passage, candidate: Passage) -> Iterator[Finding | None]:
        end = len(_AFTER.sub("", candidate.text))
        if candidate.text[end - 1 : end] in tuple(_ASK):
            others = [source.text, *(p.text for p in unit.references)]
            added = _last(source.text) in _ENDED and not any(set(_MARKS) & set(text) for text in others)
            # A hint: languages ask where others wonder, invite or add `you see`.
            told = self._at(
                QUESTION, unit, candidate, (end - 1, end), "the source is not a question", severity="neutral"
            )
            yield told if added else None

    def _brackets(self, unit: Unit, source: Passage, candidate: Passage) -> Iterator[Finding | None]:
        kept = set(_OPENING) & set(candidate.text) or any(not set(_OPENING) & set(p.text) for p in unit.references)
        glossed = regex.search(r"[\p{L}--\p{Latin}]", source.text, regex.V1) is not None
        for match in _BRACKET.finditer(without_markup(source.text)):  # %(name)s has no brackets
            if glossed and regex.search(r"\p{Latin}", match.group()):
                continue  # how a name is written where it comes from
            shown = source.text[match.start() : match.end()]
            message = f"the translation has no brackets for {quote(shown)}"
            severity: Severity | None = "neutral" if len(match.group()[1:-1].split()) < _FEW_WORDS else None
            told = self._at(BRACKETS, unit, source, match.span(), message, side="source", severity=severity)
            yield None if kept else told

    def _at(
        self,
        rule: Rule,
        unit: Unit,
        passage: Passage,
        place: tuple[int, int],
        message: str,
        side: Literal["candidate", "source"] = "candidate",
        severity: Severity | None = None,
    ) -> Finding:
        segment, start, end = locate(passage, *place)
        return finding(
            rule, self.name, unit, segment, start, end, message, side=side, severity=severity, evidence="source"
        )


def _foreign(context: Context) -> regex.Pattern[str] | None:
    """Runs of letters of the source's scripts that are none of the candidate's; none for a Latin source, whose names
    and abbreviations stand in every script."""
    mine, theirs = scripts_of(context.lang), scripts_of(context.source_lang)
    codes = [code for code in theirs if code not in mine and code != "Latn"]
    if not mine or not codes:
        return None
    letters = "".join(rf"\p{{Script={code}}}" for code in codes)
    return regex.compile(rf"[{letters}](?:[{letters}\p{{M}}\d\s・ー]*[{letters}\p{{M}}ー])?")


def _unless_habit(said: Sequence[Sequence[Finding | None]]) -> Iterator[Finding]:
    """The findings, by unit; none where so many of the units that could have one do that it is the way of writing."""
    able = [found for found in said if found]
    wrong = sum(any(found) for found in able)
    if not (len(able) >= _FEWEST and wrong > _SHARE * len(able)):
        yield from (f for found in able for f in found if f is not None)


@lru_cache(maxsize=4096)
def _translatable(text: str) -> bool:
    """True for Latin words of which one is no name: Parish Coroner's Office; a capital inside (iPhone) makes one."""
    plain = [word for word in text.split() if word[1:].islower()]
    return any(is_known(word.lower().removesuffix("'s"), "en") for word in plain)


def _rows_of(unit: Unit, candidate: Passage, context: Context) -> Iterator[tuple[Row, str]]:
    """The rows that begin in a unit, with their texts; none for a text of lines."""
    document = context.documents.get(unit.document)
    told = None
    for segment in candidate.segments if document is not None else ():
        row = document.row_at(segment.start) if document is not None else None
        if document is not None and row is not None and row is not told:
            told = row
            text = document.text[row.start : row.end]
            if not text[: segment.start - row.start].strip():  # else it began in the unit before
                yield row, text


def _line_length(text: str) -> float:
    lines = text.strip().split("\n")
    return sum(map(len, lines)) / len(lines) if len(lines) > 2 else 0  # two lines are no paragraph


def _breaks(theirs: str, mine: str) -> str:
    for text, other, said in ((theirs, mine, "is missing"), (mine, theirs, "is not in the source")):
        if text.endswith("\n") and not other.endswith("\n") and text.count("\n") == other.count("\n") + 1:
            return f"the line break at the end {said}"
    number = mine.count("\n")
    return f"{number} line break{'' if number == 1 else 's'}, the source has {theirs.count(chr(10))}"


def _last(text: str) -> str:
    return _AFTER.sub("", text)[-1:]


def _several(text: str) -> bool:
    """True for more sentences than the question: another one may ask in its place."""
    return bool(re.search(r"[.!?。！？؟]\s*\S", _AFTER.sub("", text)[:-1]))


def _named(word: str) -> bool:
    """True for a word with a capital that is no abbreviation (MWPs)."""
    return not word.islower() and not word[:-1].isupper() and len(word) > _SHARED


def _plain(text: str) -> str:
    """Small letters alone, without accents and what stands between them."""
    return str(regex.sub(r"\P{L}", "", unicodedata.normalize("NFD", plain_punctuation(text)).lower()))
