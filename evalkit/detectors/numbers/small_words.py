"""Small numbers in words, of which one is said for another: acht for seven. Hints, since each may be another word."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.detectors.numbers.answers import answered
from evalkit.detectors.numbers.from_source import Sides
from evalkit.detectors.numbers.pairs import Placed
from evalkit.language.codes import bare
from evalkit.language.numbers.lexicon import knows_words
from evalkit.records import Context

_SMALL = range(3, 13)  # one and two are said by articles, duals and words such as both; from 13 on words are numbers


def said_for_another(sides: Sides, context: Context) -> tuple[Placed, Placed] | None:
    """The one small number of the candidate that the source lacks, and the one of the source that the candidate lacks;
    None where either side has none or several, or words of a language that nobody reads."""
    if (
        sides.measures_named
        or not sides.words_known
        or not knows_words(bare(context.source_lang))
        or sides.unit.references
    ):
        return None
    mine, theirs = _small(sides.candidate), [p for p in _small(sides.source) if not any(map(str.isdigit, p.text))]
    if bare(context.source_lang) == "en":
        theirs = [p for p in theirs if p.quantity.kind == "number"]  # a decade is no ten
    if not mine or not theirs:
        return None
    mine = [p for p in mine if not answered(p, sides.source, sides.figures[0])]
    theirs = [p for p in theirs if not answered(p, sides.candidate, sides.figures[1])]
    return (mine[0], theirs[0]) if len(mine) == len(theirs) == 1 else None


def _small(side: Sequence[Placed]) -> list[Placed]:
    """The small numbers of a side that have one reading."""
    found = [p for p in side if p.quantity.kind in ("number", "hint") and p.quantity.value in _SMALL]
    return [p for p in found if len(p.quantity.keys) == 1]
