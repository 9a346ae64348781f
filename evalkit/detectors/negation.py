"""The `negation` detector: a negation on one side of a pair only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from evalkit.detectors._units import candidate_of, comparable, in_one_language, language, locate
from evalkit.detectors._verbatim import is_denied
from evalkit.language.codes import bare
from evalkit.language.denials import is_known, left_out
from evalkit.language.denials_across import denied_nowhere
from evalkit.language.function_words import all_stems, content_stems, is_content, stem
from evalkit.language.negation import LIGHT, SELDOM, Cue, any_negation, denied_denial, is_answered, strong, weak
from evalkit.records import Context, Finding, Passage, Rule, Side, Unit
from evalkit.records.findings import VERBATIM, finding, span_of
from evalkit.text.shared import shared
from evalkit.text.words import Word, has_unspaced, words

RULE = Rule(
    "negation-mismatch", "accuracy", "accuracy/mistranslation", "major",
    "One side negates what the other affirms.",
    "The minister did [not] sign the treaty.", "reference",
    "The minister did sign the treaty.",
    rank=140, compares="negation",
)  # fmt: skip


@dataclass(frozen=True)
class NegationDetector:
    """Negators that no reference of the unit answers, not even by `fail`, `lack` or `un-`.

    In languages whose negators are listed; English, whose list is the longest, has rules of its own: where both sides
    negate, a negator counts as unanswered only if the word it denies stands on the other side with no negator near.
    Against an English source alone, hints: a verb it denies, where nothing in the candidate denies anything.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "negation"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)
    same_language: ClassVar[tuple[str, ...]] = (RULE.id,)
    by_source: ClassVar[tuple[str, ...]] = (RULE.id,)

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Not judged: a language without a list of negators."""
        known = bare(lang) == "en" or is_known(bare(lang))
        return {} if known else {RULE.id: "its negation words are not known"}

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        lang = language(context)
        if lang != "en" and not is_known(lang):
            return
        for unit in units:
            if not unit.references and unit.source is not None and unit.candidate is not None and context.source_lang:
                yield from self._of_source(unit, unit.source, unit.candidate.text, context)
        for unit in in_one_language(units, context):
            if comparable(unit, context):
                yield from self._unit(unit) if lang == "en" else self._abroad(unit, lang)

    def _of_source(self, unit: Unit, source: Passage, candidate: str, context: Context) -> Iterator[Finding]:
        """A hint: good translators say such a negation otherwise in 1 or 2 of 1,000 sentences."""
        known = bare(context.source_lang) == "en" != bare(context.lang) and candidate.strip()
        cue = denied_nowhere(source.text, candidate, bare(context.lang)) if known else None
        if cue is not None:
            segment, start, end = locate(source, cue.start, cue.end)
            yield finding(
                RULE, self.name, unit, segment, start, end, f"{cue.text!r} has no counterpart in the candidate",
                side="source", severity="neutral", evidence="source",
            )  # fmt: skip

    def _abroad(self, unit: Unit, lang: str) -> Iterator[Finding]:
        candidate = candidate_of(unit)
        added = [left_out(candidate.text, p.text, lang) for p in unit.references]
        if added[0] and all(added):
            cue, sure = added[0]
            yield self._finding(unit, candidate, cue, "candidate", "negates what the reference affirms", sure=sure)
            return
        lost = [left_out(p.text, candidate.text, lang) for p in unit.references]
        if lost[0] and all(lost):
            cue, sure = lost[0]
            said = "has no counterpart in the candidate"
            yield self._finding(unit, unit.references[0], cue, "reference", said, sure=sure)

    def _unit(self, unit: Unit) -> Iterator[Finding]:
        candidate = candidate_of(unit)
        denied = strong(candidate.text)
        sides = [(p, strong(p.text)) for p in unit.references]
        for cue in denied:
            if all(_unanswered(cue, candidate.text, denied, p.text, cues) for p, cues in sides):
                yield self._finding(unit, candidate, cue, "candidate", "negates what the reference affirms")
                return
        passage, cues = sides[0]
        for cue in cues:
            if all(c for _, c in sides) and _unanswered(cue, passage.text, cues, candidate.text, denied):
                yield self._finding(unit, passage, cue, "reference", "has no counterpart in the candidate")
                return

    def _finding(
        self, unit: Unit, passage: Passage, cue: Cue, side: Side, said: str, *, sure: bool | None = None
    ) -> Finding:
        segment, start, end = locate(passage, cue.start, cue.end)
        opposite = unit.references if side == "candidate" else (candidate_of(unit),)
        denied = all(is_denied(passage.text, (cue.start, cue.end), p.text) for p in opposite)
        asked = not denied and _is_asked(passage.text, cue) and all(_QUESTION.search(p.text) for p in opposite)
        # Where words are not parted a negator is a part of many that deny nothing, and other words deny (讨厌): of 12
        # read in Chinese beside a reference alone 2 were right.
        weak = asked or (not denied and unit.source is None and has_unspaced(passage.text))
        evidence = "question" if asked else {None: "", True: "beside", False: "clause"}[sure]
        other = None
        if side == "candidate":
            ref = unit.references[0]
            other = span_of(ref, ref.segments[0], 0, len(ref.segments[0].text))
        return finding(
            RULE, self.name, unit, segment, start, end, f"{cue.text!r} {said}", side=side, other=other,
            severity="neutral" if weak else "minor" if sure is False else RULE.severity,
            confidence=_UNSURE if asked or sure is False else 1.0,
            evidence=VERBATIM if denied else evidence,
        )  # fmt: skip


_QUESTION = re.compile(r"[?？؟]")
_END_OF_SENTENCE = re.compile(r"[.!?؟।](?!\w)|[。！？]")


def _is_asked(text: str, cue: Cue) -> bool:
    """True where the negator stands in a question, which asks the same without it: isn't it, nicht wahr, 是不是."""
    end = _END_OF_SENTENCE.search(text, cue.end)
    return end is not None and end.group() in "?？؟"


_UNSURE = 0.5  # where the words around a negator agree, and not those beside it: wrong half the time on NTREX


def _unanswered(cue: Cue, text: str, cues: list[Cue], other: str, answers: list[Cue]) -> bool:
    """True where nothing on the other side may carry the negation of `cue`."""
    if is_answered(text, cue, other, answers):
        return False
    clause = _clause(text, cue)
    there = all_stems(other)
    turned = denied_denial(text, cue)
    if turned and stem(turned) not in there:
        return False  # not bad: good
    heads = [s for w, s in clause if w.start >= cue.end][:1]
    share = sum(s in there for _, s in clause) / max(1, len(clause))
    carriers = weak(other) - weak(text)
    if not answers and not carriers - SELDOM:
        least = _LITTLE if set(heads) & there or _alike(text, other) else _MUCH
        return bool(clause) and share >= least
    spoken = set(heads) & there
    first = next((w.start for w, _ in clause if w.start >= cue.end), cue.end)
    if carriers and any(w.text.lower() in LIGHT for w in words(text[cue.end : first])):
        return False  # do not use headphones: avoid using them
    if share < _HALF or not spoken or (answers and (carriers or len(answers) >= len(cues))):
        return False
    return not any(_denied_near(other).ask(head) for head in spoken)


# Shares of the words around a negator that the other side must have, for the two to speak of one thing: where
# it has the word denied or is worded much alike, where something in it may answer, and where neither.
_LITTLE, _HALF, _MUCH = 0.3, 0.5, 0.6
_ALIKE = 0.45  # the words around the negation must be the same ones, near half of them
_NEAR = 4  # words on each side that a negation speaks of
_BEFORE, _AFTER = 7, 3  # words around a place of the other side where its answer may stand
_BREAK = re.compile("[,.;:!?()，。；：！？]")


@lru_cache(maxsize=64)
def _alike(text: str, other: str) -> bool:
    mine, there = content_stems(text), all_stems(other)
    return len(mine) > 2 and len(mine & there) >= _ALIKE * len(mine)


def _clause(text: str, cue: Cue) -> list[tuple[Word, str]]:
    """Content words before and after a negator in its clause, four at most on either side."""
    breaks = _breaks(text)
    at, following = bisect_left(breaks, cue.start), bisect_left(breaks, cue.end)
    begin = breaks[at - 1] + 1 if at else 0
    placed = _content(text, begin, breaks[following] if following < len(breaks) else len(text))
    before = bisect_right(placed, cue.start, key=lambda item: item[0].end)
    after = bisect_left(placed, cue.end, key=lambda item: item[0].start)
    return [*placed[max(0, before - _NEAR) : before], *placed[after : after + _NEAR]]


@shared
def _breaks(text: str) -> list[int]:
    return [m.start() for m in _BREAK.finditer(text)]


@lru_cache(maxsize=2)  # a clause may be a whole long line, with a negator in each of its words
def _content(text: str, begin: int, end: int) -> list[tuple[Word, str]]:
    """The content words of a clause, with their stems."""
    inside = [w for w in words(text[begin:end]) if is_content(w.text)]
    return [(Word(w.text, w.start + begin, w.end + begin), stem(w.text)) for w in inside]


class _Denied:
    """Of a text: which of its words have a negator near, anywhere; in a long line each is asked often."""

    def __init__(self, text: str) -> None:
        self._text, self._words = text, words(text)
        self._at: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            self._at.setdefault(stem(word.text), []).append(at)
        self._known: dict[str, bool] = {}

    def ask(self, head: str) -> bool:
        """Whether a word of that stem has."""
        if head not in self._known:
            self._known[head] = any(map(self._negated, self._at.get(head, ())))
        return self._known[head]

    def _negated(self, at: int) -> bool:
        window = self._words[max(0, at - _BEFORE) : at + _AFTER]
        return any_negation(self._text[window[0].start : window[-1].end])


_denied_near = shared(_Denied)
