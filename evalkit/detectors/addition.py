"""The `addition` detector: what the candidate says and the reference does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._coverage.facing import OR_FREELY, facing
from evalkit.detectors._coverage.missing_runs import gaps, of_candidate
from evalkit.detectors._coverage.unrelated import is_unrelated, verdict
from evalkit.detectors._units import candidate_of, comparable, locate, trusted
from evalkit.language.function_words import content
from evalkit.language.overlap import Difference, Weights, covered, difference, has_room_for_doubt, said, weights_of
from evalkit.records import Context, Finding, Rule, Segment, Severity, Unit
from evalkit.records.findings import finding, whole_span
from evalkit.text.words import quote

RULE = Rule(
    "addition", "accuracy", "accuracy/addition", "major",
    "A sentence or clause of the candidate has no counterpart in the reference; minor in a report or summary.",
    "[A completely different sentence about northern fishing boats.]", "reference",
    "Prices of bread and milk rose again in three provinces during August.",
    rank=150, compares="words",
)  # fmt: skip

_FEWEST = 4  # three words say more often the same otherwise than something else (WMT23 zh-en)


@dataclass(frozen=True)
class AdditionDetector:
    """Whole candidate sentences, and heavy runs of words inside a pair, that no reference has.

    Options as of `omission`; how much a pair of unrelated texts weighs depends on the evidence, since a
    free rendering may share no word (`_coverage/unrelated.py`). Below the sentence only translations are
    examined: a report may word things as it likes. There a sentence is an addition of which at most `covered`
    is in the reference, or at most `shared` and of its words in small letters, which say what happens, at
    most `covered`.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "addition"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    least: float = 5.0
    unrelated: float = 0.2
    covered: float = 0.2
    shared: float = 0.5

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        if not context.references and not any(unit.references for unit in units):
            return
        weights = weights_of(units)
        free = facing(units)
        for unit in units:
            if unit.candidate is None or not trusted(unit, context):
                continue
            if not any(p.text.strip() for p in unit.references):
                for segment in unit.candidate.segments if unit.link == "added" else ():
                    yield _whole(unit, segment, context, free=unit.id in free)
            elif comparable(unit, context) and context.kind == "translation":
                yield from self._inside(unit, weights, context)
            elif comparable(unit, context):
                yield from self._mostly_new(unit, weights, context)

    def _mostly_new(self, unit: Unit, weights: Weights, context: Context) -> Iterator[Finding]:
        """In a report or summary: a sentence of which the passage it is paired with holds but little.

        Such a text may say less than its reference and say it in its own words, so only the share of
        the candidate's weight that any reference has counts, and only where there is much to weigh.
        """
        differences = [difference(candidate_of(unit).text, p.text) for p in unit.references]
        share = max(covered(d, weights) for d in differences)
        names_only = share <= self.shared and max(said(d, weights, context.lang) for d in differences) <= self.covered
        if any(map(has_room_for_doubt, differences)) or not (share <= self.covered or names_only):
            return
        what = "hardly anything of this is" if share <= self.covered else "only the names of this are"
        for segment in candidate_of(unit).segments:
            message = f"{what} in the reference: {quote(segment.text)}"
            confidence = 0.6 if share <= self.covered else 0.4
            yield _report(
                unit, segment, 0, len(segment.text), message, _severity(segment, context), confidence, "report"
            )

    def _inside(self, unit: Unit, weights: Weights, context: Context) -> Iterator[Finding]:
        differences = [difference(candidate_of(unit).text, p.text) for p in unit.references]
        if is_unrelated(unit, differences, weights, self.unrelated, context.lang):
            yield from _other(unit, differences, context)
            return
        pairs = list(zip(unit.references, differences, strict=True))
        balances = [of_candidate(d, weights, candidate_of(unit).text, p.text) for p, d in pairs]
        if not all(balance.tells(self.least) for balance in balances):
            return
        open_everywhere = set.intersection(*({w.start for w, _ in d.candidate} for d in differences))
        unmatched = [item for item in differences[0].candidate if item[0].start in open_everywhere]
        spare = min(balance.spare for balance in balances)
        for gap in gaps(differences[0].all_candidate, unmatched, weights, self.least, spare):
            if gap.size < _FEWEST or _is_name(candidate_of(unit).text[gap.start : gap.end]):
                continue  # a name spelt out is for the rules of names
            segment, start, end = locate(candidate_of(unit), gap.start, gap.end)
            confidence = round(min(0.9, 0.3 + gap.mass / 30), 3)
            message = f"nothing in the reference says {quote(segment.text[start:end])}"
            yield _report(unit, segment, start, end, message, "minor", confidence, "clause")


def _whole(unit: Unit, segment: Segment, context: Context, *, free: bool) -> Finding:
    """A sentence without a partner; a hint where the reference has one without a partner in its place."""
    message = f"not in the reference{OR_FREELY if free else ''}: {quote(segment.text)}"
    severity: Severity = "neutral" if free else _severity(segment, context)
    return _report(unit, segment, 0, len(segment.text), message, severity, 0.9, "facing" if free else "sentence")


def _other(unit: Unit, differences: Sequence[Difference], context: Context) -> Iterator[Finding]:
    """A pair of unrelated texts, as surely as the reference most like the candidate allows."""
    segment, text = candidate_of(unit).segments[0], candidate_of(unit).text
    pairs = zip(unit.references, differences, strict=True)
    verdicts = [verdict(text, p.text, d, context.lang) for p, d in pairs]
    found = [v for v in verdicts if v is not None]
    if len(found) == len(verdicts):
        least = min(found, key=lambda v: v.confidence)
        severity = "neutral" if segment.kind != "text" else least.severity
        message = f"the reference of this pair says something else than {quote(segment.text)}"
        yield _report(unit, segment, 0, len(segment.text), message, severity, least.confidence, "pair")


def _is_name(text: str) -> bool:
    """True where most content words have a capital."""
    found = [w.text for w in content(text)]
    return 2 * sum(w[0].isupper() for w in found) > len(found)


def _report(
    unit: Unit, segment: Segment, start: int, end: int, message: str, severity: Severity, confidence: float,
    evidence: str,
) -> Finding:  # fmt: skip
    other = whole_span(unit.references[0]) if unit.references and unit.references[0].segments else None
    return finding(
        RULE, "addition", unit, segment, start, end, message, severity=severity, confidence=confidence, other=other,
        evidence=evidence,
    )  # fmt: skip


def _severity(segment: Segment, context: Context) -> Severity:
    if segment.kind != "text":
        return "neutral"
    return "major" if context.kind == "translation" else "minor"
