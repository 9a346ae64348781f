"""The quantities of a unit's candidate, source and references, and what is asked of all of them for each number.

A unit may have thousands of numbers: what does not depend on the one that is asked about is reckoned once.
"""

from __future__ import annotations

import re
from functools import cached_property

from evalkit.detectors.numbers.answers import Keys, answered
from evalkit.detectors.numbers.figures import Figures, figures_of
from evalkit.detectors.numbers.held import Known
from evalkit.detectors.numbers.moments import Moments, hour_alone
from evalkit.detectors.numbers.pairs import Placed, nearest
from evalkit.detectors.numbers.reckoned import minutes
from evalkit.language.alphabets import of_one_script
from evalkit.language.codes import bare, with_region
from evalkit.language.numbers.conversion import Measures
from evalkit.language.numbers.lexicon import BY_CHARACTER, reads_words
from evalkit.language.numbers.scan import scan
from evalkit.records import Context, Finding, Passage, Unit

_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?![^\W_])")  # letters, with neither letters nor digits behind


class Read:
    """The quantities of a unit's sides."""

    def __init__(self, unit: Unit, source: Passage, candidate: Passage, context: Context) -> None:
        self.unit, self.document = unit, unit.document
        self._lang = bare(context.lang)
        self._source_lang, self._source_text = bare(context.source_lang), source.text
        self._text = candidate.text
        self.words_known = reads_words(self._lang, candidate.text)
        self.by_character = bare(context.source_lang) in BY_CHARACTER
        self.source = [Placed(q, unit, source) for q in scan(source.text, with_region(context.source_lang))]
        text = of_one_script(candidate.text)
        self.candidate = [Placed(q, unit, candidate) for q in scan(text, with_region(context.lang))]
        self.figures = figures_of(source.text), figures_of(candidate.text)

    def has(self, item: Placed) -> bool:
        """True where the source may have what stands at a place of the candidate or of a reference."""
        return answered(item, self.source, self.figures[0])

    @cached_property
    def references(self) -> list[Placed]:
        """The quantities of the unit's references."""
        return [Placed(q, self.unit, p) for p in self.unit.references for q in scan(p.text, self._lang)]

    def in_reference(self, found: Finding) -> Placed | None:
        """The quantity of a reference that a finding is about."""
        return self.of_reference(found.text)

    def of_reference(self, text: str) -> Placed | None:
        """The quantity of a reference that is written so."""
        return self._by_text.get(text)

    @cached_property
    def _by_text(self) -> dict[str, Placed]:
        return {p.text: p for p in reversed(self.references)}  # the first that is written so

    def exchanged(self, item: Placed, found: Finding) -> bool:
        """True where the candidate has a number more often than the source, and less often what the reference has in
        its place: `(1995-2005), (2005-2005)` of `(1995-2005), (2005-2009)`."""
        theirs = self.of_reference(found.expected[0]) if found.expected else None
        return theirs is not None and self._surplus(item) > 0 > self._surplus(theirs)

    def _surplus(self, item: Placed) -> int:
        """How much more often the candidate has a quantity than the source."""
        sides = (nearest(item, side) for side in (self.candidate, self.source))
        mine, there = (sum(item.quantity.matches(p.quantity) for p in side) for side in sides)
        return mine - there

    def borne_out(self, mine: Placed, theirs: Placed) -> bool:
        """True where each reference has the source's value, and none has the candidate's in its place."""
        if not self.unit.references or self.reference_agrees(mine):
            return False
        return self.in_each_reference(theirs)

    def in_each_reference(self, item: Placed) -> bool:
        """True where there is a reference, and each has the value."""
        return bool(self._references) and all(known.matches(item.quantity) for known in self._references)

    @cached_property
    def _references(self) -> list[Known]:
        return [Known(p.quantity for p in self.of(r)) for r in self.unit.references]

    def converts(self, item: Placed) -> bool:
        """True for a measure that the source has in another unit."""
        return self._measures.have(item.quantity)

    @cached_property
    def _measures(self) -> Measures:
        return Measures(p.quantity for p in self.source)

    def of(self, reference: Passage) -> list[Placed]:
        """The quantities of one reference."""
        return [p for p in self.references if p.passage is reference]

    def reference_agrees(self, item: Placed) -> bool:
        """True where a reference has what the candidate has, or lacks as it does what the source has."""
        if not self.unit.references:
            return False
        there = answered(item, self.references, self._reference_figures)
        return there if item.passage is self.unit.candidate else not there

    @cached_property
    def _reference_figures(self) -> Figures:
        return figures_of(" ".join(p.text for p in self.unit.references))

    @cached_property
    def _candidate_keys(self) -> Keys:
        return Keys(self.candidate)

    def has_the_hour(self, item: Placed) -> bool:
        """True where the candidate has the hour of a time, but not its minutes."""
        return any(hour_alone(p, item) for p in nearest(item, self.candidate))

    @cached_property
    def _names(self) -> frozenset[str]:
        """What stands by itself in the candidate and may be the name of a time zone."""
        return frozenset(_ALONE.findall(self._text))

    @cached_property
    def _moments(self) -> tuple[Moments, Moments]:
        return Moments(self.source), Moments(self.candidate)

    @cached_property
    def _minutes(self) -> tuple[frozenset[int], frozenset[int]]:
        return minutes(self.source), minutes(self.candidate)

    @cached_property
    def _one_weekday_each(self) -> bool:
        days = [[d for d in side if d.quantity.kind == "weekday"] for side in (self.candidate, self.source)]
        return all(len({d.quantity.keys for d in side}) == 1 for side in days)

    @cached_property
    def _source_units(self) -> frozenset[str]:
        return frozenset(p.quantity.unit for p in self.source)
