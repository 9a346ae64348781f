"""Part of step two: sentences of a source's paragraph that the candidate's paragraph leaves out.

Line k stands beside line k, so nothing says that a line lacks a sentence. Where the candidate's line has fewer
sentences than the source's and is short, the sentences of the two are aligned; one that is surely left out is a unit
of its own, and no part of what the rest is held against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.records import Document, Passage, Segment, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.source_units import lost_id, with_units
from evalkit.text.words import join

# Of paragraphs of three to six lines of NTREX and WMT without one line 40 % of the lost sentences are told so, and of
# 13,313 sentences in whole paragraphs none (`benchmarks/source.py shortened`, development).
SHORT = 0.9  # of the length that the text's other paragraphs let expect
LONGEST = 40  # sentences of a paragraph
_FEWEST = 3  # paragraphs, which tell how long translations are
INNER = re.compile(r"[.!?…。！？।؟][\"'”’»)]*\s*\S")

Cut = Callable[[Document], Sequence[Segment]]


class Shortened(NamedTuple):
    """What is left of the source of a paragraph, and a unit for each of its sentences that is left out."""

    rest: Passage
    lost: list[tuple[Unit, Passage]]


def shortened(
    units: Sequence[Unit], passages: Mapping[str, Passage], source: Document, cut: Cut, langs: tuple[str, str]
) -> dict[str, Shortened]:
    """The units that lack sentences of their source, by id. `langs` are those of the source and of the candidate; `cut`
    makes sentences of a document."""
    from evalkit.language.across_table import length_of

    pairs = [(unit, passages[unit.id]) for unit in units if unit.id in passages and unit.candidate is not None]
    pairs = [(unit, there) for unit, there in pairs if there.text.strip() and unit.candidate and unit.candidate.text]
    if len(pairs) < _FEWEST:
        return {}
    lengths = [(length_of(unit.candidate.text), length_of(there.text)) for unit, there in pairs if unit.candidate]
    ratio = sum(mine for mine, _ in lengths) / sum(theirs for _, theirs in lengths)
    found: dict[str, Shortened] = {}
    for (unit, there), (mine, theirs) in zip(pairs, lengths, strict=True):
        if mine > SHORT * ratio * theirs or not INNER.search(there.text):
            continue
        sentences = [piece for segment in there.segments for piece in sentences_of(segment, source, cut)]
        gone = _lost(sentences, unit, langs, ratio)
        if gone and len(gone) < len(sentences):
            rest = tuple(piece for n, piece in enumerate(sentences) if n not in gone)
            left_out = [_unit(unit, sentences[n], share) for n, share in sorted(gone.items())]
            found[unit.id] = Shortened(Passage(rest, join([piece.text for piece in rest], langs[0])), left_out)
    return found


def _lost(sentences: Sequence[Segment], unit: Unit, langs: tuple[str, str], ratio: float) -> dict[int, float]:
    from evalkit.language.across import lost_within

    here = [s.text for s in unit.candidate.segments if s.text.strip()] if unit.candidate else []
    fewer = 0 < len(here) < len(sentences) <= LONGEST
    return lost_within([s.text for s in sentences], here, *langs, ratio) if fewer else {}


def sentences_of(segment: Segment, source: Document, cut: Cut) -> Iterator[Segment]:
    """The sentences of a line, at their places in the source."""
    pieces = cut(replace(source, text=segment.text, rows=None, places=None, broken=""))
    for number, piece in enumerate(pieces, 1):
        start, end = piece.start + segment.start, piece.end + segment.start
        yield Segment(f"{segment.id}.{number}", segment.document, start, end, piece.text)


def _unit(like: Unit, sentence: Segment, share: float) -> tuple[Unit, Passage]:
    id_ = lost_id(like.document, sentence.id.rpartition(":")[2])
    return Unit(id_, like.document, "omitted", round(share, 4), None, ()), Passage((sentence,), sentence.text)


def with_lost(system: AlignedSystem, found: Mapping[str, Shortened]) -> AlignedSystem:
    """The system with the sentences that are left out behind the units that lack them."""
    units = [
        each
        for unit in system.units
        for each in (unit, *(lost for lost, _ in (found[unit.id].lost if unit.id in found else ())))
    ]
    sources = {id_: each.rest for id_, each in found.items()}
    sources |= {lost.id: passage for each in found.values() for lost, passage in each.lost}
    return with_units(system, units, sources)
