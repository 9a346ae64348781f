"""The `casing` detector: sentence starts, whole sentences, titles before names, stray capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from evalkit.detectors._units import comparable, in_document_order, language
from evalkit.detectors.casing.nouns import Original, small_nouns
from evalkit.detectors.casing.titles import lower_titles, title_case_share
from evalkit.language.codes import bare
from evalkit.language.function_words import ENGLISH, capitalises_nouns
from evalkit.language.packs import words_of
from evalkit.language.scripts import has_case, is_caseless
from evalkit.records import Context, Finding, Rule, Segment, Unit
from evalkit.records.findings import finding
from evalkit.text.words import fold, has_unspaced, words

RULE = Rule(
    "casing", "conventions", "linguistic-conventions/capitalization", "minor",
    "A sentence that starts in lower case, is all in one case, a title or word in another case than its kin.",
    "[the] guests waited in the hall for an hour.",
    rank=230, role="form",
)  # fmt: skip
_ENDS = re.compile(r"[.!?。！？…][\"'”’»)\]]*$")
_SMALL_START, _ALL_SMALL = "the sentence starts in lower case", "the whole sentence is in lower case"
_FIRST = re.compile(r"^[\s\"'“‘«(\[¿¡]*([^\W\d_][^\W_]*(?:['’-][^\W_]+)*)")
_PARTICLES = words_of("en", "small_name_particles")
_CAPITAL = re.compile(r"(?<=[a-z] )([A-Z][a-z]{3,})(?= [a-z])")
_INNER_CAPITAL = re.compile(r"(?<=[^\W_] )(?!I\b)[A-Z]")
_JOINED = re.compile(r" ([a-z]+(?: [a-z]+)?) [A-Z]")
_BEFORE = re.compile(r"(?<![^\W_])([a-z]+) $")


_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True)
class CasingDetector:
    """Case that the reference or the rest of the document speaks against; evidence first.

    Names' case is another detector's. Lines that end no sentence (headings, list items) are left
    alone unless a reference shows a capital.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "casing"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Nothing to judge: a language whose scripts have no capitals."""
        return {RULE.id: "it is written without capitals"} if is_caseless(lang) else {}

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        known = _lower_words(units)
        small = frozenset(fold(word) for word in known)
        for items in in_document_order(units).values():
            own = Counter(w.text for _, s in items for w in words(s.text))
            share = title_case_share(s.text for _, s in items)
            before: Segment | None = None
            for at, (unit, segment) in enumerate(items):
                references = [p.text for p in unit.references] if comparable(unit, context) else []
                spots = list(_sentence(unit, segment, before, references))
                if language(context) == "en" and not spots[1:]:
                    spots += lower_titles(segment.text, share, references)
                    spots += _capitals(segment, own, known, references)
                if capitalises_nouns(context.lang) and references and not spots:
                    original = Original(unit.source.text, bare(context.source_lang)) if unit.source else None
                    spots += small_nouns(segment.text, references, small, context.lang, original)
                for start, end, said in sorted(set(spots)):
                    beside = [s.text for _, s in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])]
                    casual = said in (_SMALL_START, _ALL_SMALL) and _is_casual(segment.text, beside, said)
                    yield finding(
                        RULE, self.name, unit, segment, start, end, said, severity="neutral" if casual else None
                    )
                before = segment


def _is_casual(text: str, beside: list[str], said: str) -> bool:
    """True for a line as people write them in chats: without an end mark, or one of several that begin small."""
    begins = (next(filter(has_case, other), "") for other in beside)
    return not _ENDS.search(text) or (said == _SMALL_START and any(first.islower() for first in begins))


def _written_so(text: str, source: str) -> bool:
    """True where the source is in capitals or begins in small letters as the text does; scripts without case say
    nothing."""
    theirs, mine = (next(filter(has_case, side), "") for side in (source, text))
    if not theirs or not mine:
        return False
    return (theirs.islower() and mine.islower()) or (_mostly_upper(source) and _mostly_upper(text))


def _lower_words(units: Sequence[Unit]) -> frozenset[str]:
    """Lower-case words of the references."""
    return frozenset(w.text for u in units for p in u.references for w in words(p.text) if w.text.islower())


def _sentence(
    unit: Unit, segment: Segment, before: Segment | None, references: list[str]
) -> Iterator[tuple[int, int, str]]:
    text = segment.text
    cased = [c for c in text if has_case(c)]
    if len(cased) < 12 or len(words(text)) < 3 or text.rstrip()[-1:] in _GOES_ON:
        return
    if has_unspaced(text) or (unit.source is not None and _written_so(text, unit.source.text)):
        return  # a few Latin words say nothing of the text's case; what the source writes so may stand so
    upper = sum(c.isupper() for c in cased)
    if upper == len(cased) and references and not any(_mostly_upper(r) for r in references):
        yield 0, len(text), "the whole sentence is in capitals"
        return
    inner = [len(_INNER_CAPITAL.findall(r)) for r in references]
    if upper == 0 and inner and min(inner) > (0 if text[:1].isalpha() else 1) and _lost_capitals(text, references):
        yield 0, len(text), _ALL_SMALL
        return
    first = _FIRST.match(text)
    if (
        first is None
        or not first[1][0].islower()
        or not has_case(first[1][0])
        or _has_inner_capital(first[1])
        or first[1] in _PARTICLES
    ):
        return
    if _may_start_small(unit, segment, before, references) or _is_code(first[1], references):
        return
    yield first.start(1), first.end(1), _SMALL_START


def _lost_capitals(text: str, references: list[str]) -> bool:
    """True where every reference begins with a capital, or has one in a word that the text has without it."""
    mine = {w.text for w in words(text)}
    return all(
        next((c.isupper() for c in other if has_case(c)), False)
        or any(w.text.lower() in mine for w in words(other) if not w.text.islower())
        for other in references
    )


def _has_inner_capital(word: str) -> bool:
    """True for iPhone, eBay and the names of languages with prefixes: kwaZulu, isiXhosa, iNtsapho."""
    return any(c.isupper() for c in word[1:])


def _is_code(word: str, references: list[str]) -> bool:
    """True for gcc and its like: no vowel, and a reference writes it small too."""
    return word.isascii() and not _VOWEL.search(word) and any(re.search(rf"\b{word}\b", r) for r in references)


@lru_cache(maxsize=64)  # asked for each sentence of a long paragraph
def _mostly_upper(text: str) -> bool:
    cased = [c for c in text if c.isupper() or c.islower()]
    return bool(cased) and sum(c.isupper() for c in cased) > len(cased) / 2


_GOES_ON = tuple(",;-–—،，、；")  # a line that ends so goes on in the next one


def _may_start_small(unit: Unit, segment: Segment, before: Segment | None, references: list[str]) -> bool:
    """True for a fragment: the one before it ended no sentence, or no reference starts with a capital."""
    if before is not None and before.text.rstrip()[-1:] in _GOES_ON:
        return True
    is_first = unit.candidate is not None and segment == unit.candidate.segments[0]
    if references and is_first:
        starts = [_FIRST.match(r) for r in references]
        return not all(m is not None and m[1][0].isupper() for m in starts)
    ended = before is None or before.paragraph != segment.paragraph or _ENDS.search(before.text)
    return segment.kind != "text" or not ended or not _ENDS.search(segment.text)


def _capitals(
    segment: Segment, own: Counter[str], known: frozenset[str], references: list[str]
) -> Iterator[tuple[int, int, str]]:
    """A capital between two lower-case words that the document itself writes small everywhere else."""
    for m in _CAPITAL.finditer(segment.text):
        word, small = m[1], m[1].lower()
        left = _BEFORE.search(segment.text, max(0, m.start() - 30), m.start())
        if left is None or left[1] in ENGLISH or own[word] > 1 or own[small] < 1:
            continue
        if any(re.search(rf"\b{word}\b", r) for r in references) or small not in known | set(own):
            continue
        if _is_title(segment.text) or _goes_on_as_name(segment.text[m.end() :]):
            continue
        yield m.start(1), m.end(1), f"a capital inside the sentence; the document writes {small!r}"


def _goes_on_as_name(after: str) -> bool:
    """True where small words join the word to another one with a capital: Health and Wellness Festival."""
    joined = _JOINED.match(after)
    return joined is not None and all(word in ENGLISH for word in joined[1].split())


def _is_title(text: str) -> bool:
    """True where most longer words have a capital, as in a headline."""
    longer = [w.text for w in words(text) if len(w.text) > 3]
    return sum(w[0].isupper() for w in longer) > 0.7 * len(longer)
