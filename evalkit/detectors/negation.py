"""The `negation` detector: a negation on one side of a pair only. English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.findings import finding, span_of
from evalkit.language.negation import Cue, any_negation, strong, weak
from evalkit.language.passages import comparable, language, own, place
from evalkit.language.stopwords import is_content, stem
from evalkit.model import Context, Finding, Passage, Rule, Side, Unit
from evalkit.text import Word, words

RULE = Rule(
    "negation-mismatch", "accuracy", "accuracy/mistranslation", "major",
    "One side denies what the other says.",
    "The minister did [not] sign the treaty.", "reference",
    "The minister did sign the treaty.",
)  # fmt: skip
_SCOPE = 1  # content words after a negator taken for what it denies


@dataclass(frozen=True)
class NegationDetector:
    """Negators that no reference of the unit answers, not even by `fail`, `lack` or `un-`.

    Where both sides negate, a negator counts as unanswered only if the word it denies stands on the
    other side with no negator near it.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "negation"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        if language(context) != "en":
            return
        for unit in units:
            if comparable(unit, context):
                yield from self._unit(unit)

    def _unit(self, unit: Unit) -> Iterator[Finding]:
        candidate = own(unit)
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

    def _finding(self, unit: Unit, passage: Passage, cue: Cue, side: Side, said: str) -> Finding:
        segment, start, end = place(passage, cue.start, cue.end)
        other = None
        if side == "candidate":
            ref = unit.references[0]
            other = span_of(ref, ref.segments[0], 0, len(ref.segments[0].text))
        return finding(RULE, self.name, unit, segment, start, end, f"{cue.text!r} {said}", side=side, other=other)


def _unanswered(cue: Cue, text: str, cues: list[Cue], other: str, answers: list[Cue]) -> bool:
    """True where nothing on the other side may carry the negation of `cue`."""
    carriers = weak(other) - weak(text)
    heads = _heads(text, cue)
    if not answers and not carriers:
        return _says_the_same(heads, text, other)
    if not heads or (carriers and answers):
        return False
    seen = [(w, stem(w.text)) for w in words(other)]
    spots = [i for i, (_, s) in enumerate(seen) if s in heads]
    if not spots:
        return False
    if len(answers) >= len(cues):
        return False
    return not any(_negated(seen[max(0, i - 6) : i + 3], other) for i in spots)


_ALIKE = 0.45


def _says_the_same(heads: set[str], text: str, other: str) -> bool:
    """True where the other side has the word denied, or is worded much alike: else it may say the same
    in other words (`free` for `at no cost`)."""
    there = {stem(w.text) for w in words(other)}
    mine = {stem(w.text) for w in words(text) if is_content(w.text)}
    return bool(heads & there) or len(mine & there) >= _ALIKE * len(mine)


def _heads(text: str, cue: Cue) -> set[str]:
    """Stems of the words a negator denies: the first content words after it."""
    after = words(text[cue.end : cue.end + 60])
    return {stem(w.text) for w in [w for w in after[:5] if is_content(w.text)][:_SCOPE]}


def _negated(window: list[tuple[Word, str]], other: str) -> bool:
    first, last = window[0][0], window[-1][0]
    return any_negation(other[first.start : last.end])
