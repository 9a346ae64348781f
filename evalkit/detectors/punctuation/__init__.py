"""The `punctuation` detector: unpaired, doubled, missing and wrong final marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import regex

from evalkit.detectors._units import candidate_of, comparable, in_document_order, language
from evalkit.detectors.punctuation.marks import Mark, unpaired
from evalkit.language.codes import bare
from evalkit.language.packs import pattern_of, words_of
from evalkit.records import Context, Finding, Rule, Segment, Unit
from evalkit.records.findings import finding, whole_span

_MQM = "linguistic-conventions/punctuation"
UNPAIRED = Rule(
    "punctuation-unpaired", "conventions", _MQM, "minor",
    "A quotation mark or bracket without its partner in the paragraph.",
    "He called it [“]a new start and left.",
    rank=240,
)  # fmt: skip
DOUBLED = Rule(
    "punctuation-doubled", "conventions", _MQM, "minor",
    "Two marks where one is meant.",
    "The hall was full[,,] and the guests waited.",
    rank=250,
)  # fmt: skip
FINAL = Rule(
    "punctuation-final", "conventions", _MQM, "minor",
    "The sentence ends without the reference's final mark, with another one, or has one in its middle.",
    "The guests waited in the [hall]", "reference",
    "The guests waited in the hall.",
    rank=260, compares="final-mark",
)  # fmt: skip
_DOUBLED = re.compile(
    r",\s?[,;:!?]|,\s?\.(?!\w|\.\.)|;\s?[,;.:!?]|(?<![:;])[:]\s?[,;:.!](?![\w)(/])|(?<![.\s!?])\.\.(?![./\w])"
    r"|[!?](?:[,;:]|\.(?!\.))|(?<=[a-z]{4})\.[,;:]"
    r"|[，、；：][，。、；：]|。。(?!。)(?<!。。。)|。[，、；]|(?<=[a-z])-[,;.](?!\w)"
)
# What waits for the end of a later word: Brust-, Lungen- und Darmkrebs; short-, medium- and long-term. That word may be
# the next with a hyphen: Gesundheits-, Wellness-Profis.
_SUSPENDED = re.compile(r"(?<=[^\W\d_])-(?=[,\s])|(?<=-, )(?:[^\W\d_]{1,40} ){0,2}[^\W\d_]{1,40}-(?=[^\W\d_])")
_CLOSERS = "\"'”’»)]}」』）】》〉*_ \t"
# What ends a sentence by the Unicode data, and the Tibetan marks, which may end less than one.
_FINALS = regex.compile(r"[\p{Sentence_Terminal}…\u0f0d\u0f0e\u0f11\u0f14]+\s*\Z")
# An indirect question ends with either mark: she asked whether they came.
_ASKED = re.compile(
    rf"\b(?:{pattern_of('en', 'questions.asking')})\b[^.?!]{{0,40}}?\b(?:{pattern_of('en', 'questions.asked')})\b",
    re.IGNORECASE,
)
_ASKS = frozenset("?？؟;\u037e⁇⁈⁉‽⸮፧՞꘏꛷")
_INNER = re.compile(r"(?<=[a-z])[?!](?= [a-z])|(?<=[a-z]{3})\.(?= (?:[a-z]{2,} ){2})")
# In any script: a word, a mark that ends a sentence, and a word in small letters or of a script without capitals.
_INNER_ANYWHERE = re.compile(r"(?P<before>[^\W\d_]{3,40})(?P<mark>[.!?។።།।۔؟։]) (?P<after>[^\W\d_]{2,40})(?![^\W_])")
_BOUNDARY = re.compile(r"(?<!\w)(?P<last>[a-z]{3,40})[.!?][\"”’)]*\s+(?P<first>[A-Z][a-z]{0,40})\b")
_TITLE = "《》〈〉"  # of a title, which elsewhere has quotation marks
_FIGURE = re.compile(r"(?<!\d)\d{1,9}$")
_INCHES = re.compile(r"(?<!\d)(\d{1,9})\s?[\"″”“]")
_SINGLE_OPENS = re.compile(r"(?<![\w.,!?])['‘](?=\w)")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_DOUBLE = re.compile(r"[\"“”„«»「」『』]")
_LONGEST_END = 20  # characters: longer runs of marks at an end are told from their last ones
_SHORT = words_of("en", "abbreviations.before_small_letter")


@dataclass(frozen=True)
class PunctuationDetector:
    """Marks that miss their partner, stand twice, or differ from the reference's at the end."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "punctuation"
    rules: ClassVar[tuple[Rule, ...]] = (UNPAIRED, DOUBLED, FINAL)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        lang = language(context)
        for items in in_document_order(units).values():
            yield from self._unpaired(items, lang, context)
        for unit in units:
            if unit.candidate is None:
                continue
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            for segment in unit.candidate.segments:
                for m in _DOUBLED.finditer(segment.text):
                    known = any(m.group() in other for other in (*licences, *_source(unit)))
                    if not known and not (m.group() == "-," and len(_SUSPENDED.findall(segment.text)) > 1):
                        message = f"{m.group()!r}: one mark too many"
                        yield finding(DOUBLED, self.name, unit, segment, m.start(), m.end(), message)
            if licences and unit.candidate.segments:
                yield from self._final(unit, licences, lang, translated=context.kind == "translation")

    def _unpaired(self, items: list[tuple[Unit, Segment]], lang: str, context: Context) -> Iterator[Finding]:
        """Per paragraph; a quotation may run over several, so an open one may end in a later one."""
        paragraphs: dict[int, list[tuple[Unit, Segment]]] = {}
        for item in items:
            paragraphs.setdefault(item[1].paragraph, []).append(item)
        groups = [members for _, members in sorted(paragraphs.items())]
        loose = [[(i, mark) for i, mark in unpaired([s.text for _, s in group], lang)] for group in groups]
        found = [
            (*group[index], mark)
            for number, group in enumerate(groups)
            for index, mark in loose[number]
            if not _continues(mark, loose, number) and not _licensed(mark, group[index][0], context, lang)
        ]
        for unit, segment, mark in found:
            message = f"{mark.char!r} has no partner in the paragraph"
            yield finding(UNPAIRED, self.name, unit, segment, mark.at, mark.at + 1, message)

    def _final(self, unit: Unit, licences: list[str], lang: str, *, translated: bool) -> Iterator[Finding]:
        segment = candidate_of(unit).segments[-1]
        body = segment.text.rstrip(_CLOSERS)
        ends = [_final_marks(text.rstrip(_CLOSERS)) for text in licences]
        if body and ends and all(ends):
            last = body[-1]
            marks = _final_marks(body)
            other = whole_span(unit.references[0])
            if not marks and unicodedata.category(last)[0] in "LMN":
                start = len(body) - len(re.split(r"\s", body)[-1])
                message = f"no final mark; the reference ends with {ends[0]!r}"
                yield finding(
                    FINAL, self.name, unit, segment, start, len(body), message, other=other, expected=ends[:1]
                )
            elif last in ",;:，；：、،؛፣፤-" or (
                # Reported speech turns a question into a statement; only a translation must keep it.
                translated
                and marks
                and last not in "…"
                and all(_asks(marks) != _asks(end) for end in ends)
                and not any(_ASKED.search(text) for text in ([*licences] if _asks(marks) else [body]))
            ):
                message = f"ends with {last!r}, the reference with {ends[0]!r}"
                at = len(body) - 1
                yield finding(FINAL, self.name, unit, segment, at, at + 1, message, other=other, expected=ends[:1])
        yield from self._merged(unit)
        if lang != "en":
            yield from self._parted(unit, licences)
            return
        for segment in candidate_of(unit).segments:
            for m in _INNER.finditer(segment.text):
                word = re.search(r"\w+$", segment.text[max(0, m.start() - 20) : m.start()])
                said = word.group() if word else ""
                if said.lower() in _SHORT or any(f"{said}{m.group()}" in other for other in licences):
                    continue
                if any(m.group() in text.rstrip(_CLOSERS)[:-1] for text in licences):
                    continue
                message = f"{m.group()!r} in the middle of a sentence"
                yield finding(FINAL, self.name, unit, segment, m.start(), m.end(), message)

    def _parted(self, unit: Unit, licences: list[str]) -> Iterator[Finding]:
        """A mark between two words that stand side by side, without one, in every reference: in any language."""
        for segment in candidate_of(unit).segments:
            for m in _INNER_ANYWHERE.finditer(segment.text):
                together = f"{m['before']} {m['after']}"
                if not m["after"][0].isupper() and all(together in other for other in licences):
                    message = f"{m['mark']!r} in the middle of a sentence; the reference has {together!r}"
                    yield finding(FINAL, self.name, unit, segment, m.start("mark"), m.end("mark"), message)

    def _merged(self, unit: Unit) -> Iterator[Finding]:
        """Two sentences run into one: the reference's last word and next first word with no mark between."""
        pairs = [{(m["last"], m["first"]) for m in _BOUNDARY.finditer(p.text)} for p in unit.references]
        for segment in candidate_of(unit).segments:
            for last, first in sorted(set.intersection(*pairs)) if pairs else ():
                for m in re.finditer(rf"\b{last}(?=\s+{first}\b)", segment.text):
                    message = f"no mark between the sentences; the reference ends one after {last!r}"
                    yield finding(FINAL, self.name, unit, segment, m.start(), m.end(), message)


def _final_marks(body: str) -> str:
    """The marks that end a sentence at the end of a text, without blanks between."""
    found = _FINALS.search(body[-_LONGEST_END:])
    return "".join(found.group().split()) if found else ""


def _asks(marks: str) -> bool:
    return any(mark in _ASKS for mark in marks)


def _continues(mark: Mark, loose: list[list[tuple[int, Mark]]], number: int) -> bool:
    """True where a quotation left open goes on, or one that ends here began, in a paragraph near by."""
    if mark.bracket:
        return False
    near = [m for group in loose[max(0, number - 6) : number] for _, m in group]
    after = [m for group in loose[number + 1 : number + 7] for _, m in group]
    partners = after if mark.opens else near if mark.closes else near + after
    return any(
        (m.family == mark.family and (m.opens != mark.opens or m.closes != mark.closes or not m.opens))
        or (mark.opens and m.opens)
        for m in partners
        if not m.bracket
    )


def _source(unit: Unit) -> list[str]:
    return [unit.source.text] if unit.source else []


def _turned_alike(mark: Mark, other: Mark) -> bool:
    """True for two marks of which both open or both do not; one with blanks on both sides may do either."""
    free = any(not m.opens and not m.closes and not m.bracket for m in (mark, other))
    return free or mark.opens == other.opens


def _licensed(mark: Mark, unit: Unit, context: Context, lang: str) -> bool:
    """True where the reference of the unit leaves the same kind of mark unpaired, or the source a bracket or quotation
    mark of any shape: a quotation that begins in this segment and ends in another."""
    if unit.source is not None:
        there = _loose(unit.source.text, bare(context.source_lang))
        if any((m.bracket == mark.bracket or m.char in _TITLE) and _turned_alike(m, mark) for m in there):
            return True
        if not mark.bracket and (_has_inches(mark, unit, unit.source.text) or _quotes_left_open(unit.source.text)):
            return True
    if not comparable(unit, context):
        return False
    return any(m.family == mark.family for p in unit.references for m in _loose(p.text, lang))


def _has_inches(mark: Mark, unit: Unit, source: str) -> bool:
    """True for the mark behind a figure that the source has with a sign for inches: 10", 10“."""
    texts = [s.text for s in unit.candidate.segments] if unit.candidate else []
    before = [text[max(0, mark.at - 10) : mark.at] for text in texts if text[mark.at : mark.at + 1] == mark.char]
    return any((m := _FIGURE.search(text)) and m.group() in _inches(source) for text in before)


@lru_cache(maxsize=4)  # asked for each mark of a segment
def _inches(source: str) -> frozenset[str]:
    return frozenset(_INCHES.findall(source))


@lru_cache(maxsize=4)
def _quotes_left_open(source: str) -> bool:
    """True for a source in single quotation marks of which one has no partner: We Hope' Biden has a plan, 'If They Do'.
    Those of translations are double."""
    opened, closed = len(_SINGLE_OPENS.findall(source)), len(_SINGLE_CLOSES.findall(source))
    return opened > 0 and opened != closed and not _DOUBLE.search(source)


@lru_cache(maxsize=32)  # asked once for each mark of a segment
def _loose(text: str, lang: str) -> tuple[Mark, ...]:
    """The marks of a text without a partner."""
    return tuple(mark for _, mark in unpaired([text], lang))
