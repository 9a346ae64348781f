"""Segments that repeat: one source rendered in several ways, one rendering of several sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from evalkit.detectors._units import row_of
from evalkit.language.overlap import likeness, renders
from evalkit.records import Context, Segment, Unit
from evalkit.records.texts import PLURAL_OF
from evalkit.text.words import count_words, fold, has_unspaced

_FEWEST_WORDS = 4  # shorter segments (headings, labels) are rendered by what they stand over
_FEWEST_CHARACTERS = 10  # the same where words are not parted
_SAME_SOURCE = 0.7  # likeness of sources that differ in an article or a mark; their renderings may well be one


class Odd(NamedTuple):
    """A unit with its segment and what others of the same kind have in its place."""

    unit: Unit
    segment: Segment
    others: tuple[str, ...]


def _key(text: str) -> str:
    return " ".join(fold(text).split())


def _long(text: str) -> bool:
    return len(text) >= _FEWEST_CHARACTERS if has_unspaced(text) else count_words(text) >= _FEWEST_WORDS


def _pairs(units: Sequence[Unit]) -> Iterator[tuple[Unit, str, str]]:
    for unit in units:
        if unit.source and unit.candidate and unit.candidate.segments and unit.candidate.text.strip():
            yield unit, unit.source.text, unit.candidate.text


def odd_targets(units: Sequence[Unit], context: Context) -> Iterator[Odd]:
    """Units whose source others have too and render in one way more often; without a usual way the later ones. The
    forms of one plural are what its language makes of one source."""
    groups: dict[str, list[tuple[Unit, str]]] = {}
    for unit, source, candidate in _pairs(units):
        if _long(source) and not _is_plural_form(unit, context):
            groups.setdefault(_key(source), []).append((unit, candidate))
    for members in groups.values():
        counts = Counter(_key(candidate) for _, candidate in members)
        if len(counts) > 1:
            (usual, _), *_ = counts.most_common(1)
            shown = next(candidate for _, candidate in members if _key(candidate) == usual)
            for unit, candidate in members:
                if _key(candidate) != usual and unit.candidate:
                    yield Odd(unit, unit.candidate.segments[0], (shown,))


def _is_plural_form(unit: Unit, context: Context) -> bool:
    row = row_of(unit.candidate.segments[0], context) if unit.candidate else None
    return row is not None and PLURAL_OF in row.metadata


def odd_sources(units: Sequence[Unit]) -> Iterator[Odd]:
    """Units whose rendering an earlier unit has too, of a source that says something else. Where their references say
    whose rendering it is, the other one; where it may be both's, none."""
    first: dict[str, tuple[Unit, str]] = {}
    told: set[str] = set()
    for unit, source, candidate in _pairs(units):
        if not _long(candidate):
            continue
        earlier, known = first.setdefault(_key(candidate), (unit, source))
        if _key(known) == _key(source) or likeness(fold(known), fold(source)) >= _SAME_SOURCE:
            continue
        mine, theirs = renders(unit), renders(earlier)
        odd, other = (earlier, source) if mine and not theirs else (unit, known)
        if odd.candidate and odd.id not in told and not (mine and theirs):
            told.add(odd.id)
            yield Odd(odd, odd.candidate.segments[0], (other,))
