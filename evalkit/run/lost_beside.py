"""Part of step two: sentences that a line leaves out, or adds, beside its reference and its source.

Line k stands beside line k of both, so nothing aligns what is in a line. What either side alone would tell of its
sentences is looked for here: those of the source by `source_paragraphs`, those of the reference by an aligner. Only
what detectors see is parted so; scores are those of whole lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.plugins.protocols import Aligner, Segmenter
from evalkit.records import Document, Passage, Segment, Unit
from evalkit.run.align import AlignedSystem
from evalkit.run.parted import Parted
from evalkit.run.read import Inputs
from evalkit.run.source_paragraphs import INNER, LONGEST, SHORT, Cut, sentences_of
from evalkit.run.source_units import lost_id
from evalkit.text.words import join

_MOST = 400  # lines of a document: where more lack a sentence both others have, sentences are cut otherwise
_MINE, _SOURCE = "\0mine", "\0source"  # sides without a name, beside references of any name
_ROOM = 2.5  # a sentence left out that faces an added one, at most so many times as long, was rendered freely


class _Line(NamedTuple):
    """A unit with its sentences: of the candidate, of the first reference and of the source."""

    unit: Unit
    here: list[Segment]
    there: list[Segment]
    source: list[Segment]


def with_parted_lines(system: AlignedSystem, inputs: Inputs, segmenter: Segmenter, aligner: Aligner) -> AlignedSystem:
    """The system whose detectors see the sentences that its lines lack as units of their own, where there is a
    reference, a source, and a translation of running text."""
    source = inputs.source
    if source is None or not system.sources or system.scope != "corpus" or system.candidate.kind != "translation":
        return system
    by_document: dict[str, list[Unit]] = {}
    for unit in system.sourced():
        by_document.setdefault(unit.document, []).append(unit)
    found: dict[str, Parted] = {}
    for number, mine in enumerate(system.candidate.documents):
        documents = {r.name: r.documents[number] for r in inputs.references}
        documents |= {_MINE: mine, _SOURCE: source.documents[number]}
        if all(document.rows is None for document in documents.values()):
            langs = source.lang, system.candidate.lang
            found |= parted(by_document.get(mine.id, ()), documents, segmenter.split, aligner, langs)
    return replace(system, parted=found) if found else system


def parted(
    units: Sequence[Unit], documents: Mapping[str, Document], cut: Cut, aligner: Aligner, langs: tuple[str, str]
) -> dict[str, Parted]:
    """The units of one document, with their source, that lack a sentence of it or of every reference, by id.

    `documents` are those of the two sides and of the references by name; `langs` those of the source and of the
    candidate.
    """
    from evalkit.language.across_table import length_of

    pairs = [u for u in units if u.candidate and u.candidate.text.strip() and u.references and u.source]
    theirs = sum(length_of(u.references[0].text) for u in pairs)
    ratio = theirs / max(1, sum(length_of(u.source.text) for u in pairs if u.source))
    several = (_line(unit, documents, cut) for unit in pairs if _has_several(unit))
    lines = [each for each in several if 0 < len(each.here) < len(each.there) <= LONGEST and _may_lack(each, ratio)]
    if not lines or len(lines) > _MOST:
        return {}
    omitted = _omitted(lines, aligner)
    found = {}
    for number, line in enumerate(lines):
        gone = _of_source(line, langs, ratio, documents, cut)
        away = omitted.get(number, [])
        lost = [_lost(line.unit, line.source[n], share, source=True) for n, share in sorted(gone.items())]
        lost = lost or [_lost(line.unit, line.there[n], share, source=False) for n, share in away]
        if lost and len(gone) < len(line.source):
            found[line.unit.id] = Parted(_rest(line, gone, {n for n, _ in away} if gone else set(), langs), tuple(lost))
    return found


def _has_several(unit: Unit) -> bool:
    """Whether the source and every reference of a unit have more than one sentence, as far as a glance can tell."""
    sides = [unit.source, *unit.references]
    return all(passage is not None and INNER.search(passage.text) for passage in sides)


def _line(unit: Unit, documents: Mapping[str, Document], cut: Cut) -> _Line:
    first = unit.references[0]
    sides = ((unit.candidate, _MINE), (first, first.reference), (unit.source, _SOURCE))
    return _Line(unit, *(_cut(passage, documents[name], cut) for passage, name in sides))


def _cut(passage: Passage | None, document: Document, cut: Cut) -> list[Segment]:
    pieces = (
        (piece for segment in passage.segments for piece in sentences_of(segment, document, cut)) if passage else ()
    )
    return [piece for piece in pieces if piece.text.strip()]


def _may_lack(line: _Line, ratio: float) -> bool:
    """False where the source bears the candidate out: it has no more sentences, and the candidate is as long as is
    usual."""
    return len(line.here) < len(line.source) or _is_short(line, ratio)


def _is_short(line: _Line, ratio: float) -> bool:
    from evalkit.language.across_table import length_of

    mine, theirs = (sum(length_of(s.text) for s in side) for side in (line.here, line.source))
    return mine <= SHORT * ratio * theirs


def _of_source(
    line: _Line, langs: tuple[str, str], ratio: float, documents: Mapping[str, Document], cut: Cut
) -> dict[int, float]:
    """The sentences of the source that are left out here, and in no reference."""
    from evalkit.language.across import lost_within

    theirs, here = ([s.text for s in side] for side in (line.source, line.here))
    if len(here) >= len(theirs) or not _is_short(line, ratio):
        return {}
    gone = lost_within(theirs, here, *langs, ratio)
    for passage in line.unit.references if gone else ():
        there = [s.text for s in _cut(passage, documents[passage.reference], cut)]
        if len(there) < len(theirs):
            gone = {n: p for n, p in gone.items() if n not in lost_within(theirs, there, *langs, ratio)}
    return gone


def _omitted(lines: Sequence[_Line], aligner: Aligner) -> dict[int, list[tuple[int, float]]]:
    """By line the sentences of the reference that the aligner says are left out, by number, with its confidence; none
    of a line that has about as much for itself."""
    starts = [list(accumulate((len(side) for side in sides), initial=0)) for sides in _columns(lines)]
    here, there = ([s for side in sides for s in side] for sides in _columns(lines))
    owners = [[n for n, side in enumerate(sides) for _ in side] for sides in _columns(lines)]
    found: dict[int, list[tuple[int, float]]] = {}
    added = [0] * len(lines)
    for link in aligner.align(here, there):
        if not link.reference:
            for i in link.candidate:
                added[owners[0][i]] += len(here[i].text)
        if not link.candidate:
            for j in link.reference:
                number = owners[1][j]
                found.setdefault(number, []).append((j - starts[1][number], link.confidence))
    return {
        number: sorted(gone)
        for number, gone in found.items()
        if sum(len(lines[number].there[j].text) for j, _ in gone) > _ROOM * added[number]
        and len(gone) < len(lines[number].there)
    }


def _columns(lines: Sequence[_Line]) -> tuple[list[list[Segment]], list[list[Segment]]]:
    return [line.here for line in lines], [line.there for line in lines]


def _lost(like: Unit, sentence: Segment, share: float, *, source: bool) -> Unit:
    id_ = lost_id(like.document, sentence.id.rpartition(":")[2]) if source else f"{sentence.id}-lost"
    passage = Passage((sentence,), sentence.text, "" if source else like.references[0].reference)
    unit = Unit(id_, like.document, "omitted", round(share, 4), None, () if source else (passage,))
    return replace(unit, source=passage) if source else unit


def _rest(line: _Line, gone: Mapping[int, float], away: set[int], langs: tuple[str, str]) -> Unit:
    unit = line.unit
    if gone:
        unit = replace(unit, source=_without(line.source, set(gone), langs[0], ""))
    if away:
        first, *others = unit.references
        unit = replace(unit, references=(_without(line.there, away, langs[1], first.reference), *others))
    return unit


def _without(sentences: Sequence[Segment], gone: set[int], lang: str, reference: str) -> Passage:
    kept = tuple(piece for n, piece in enumerate(sentences) if n not in gone)
    return Passage(kept, join([piece.text for piece in kept], lang), reference)
