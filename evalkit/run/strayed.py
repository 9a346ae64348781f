"""Candidate lines that carry another segment's text: a problem of the alignment, not three findings.

Files put together by hand or by a faulty export repeat a line under a segment that it does not render, or have it a
line too early or late. Such a line would be charged with an omission, an addition and a repetition. It is named as what
it is, and no detector sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from evalkit.language.overlap import likeness
from evalkit.records import Failure, Unit
from evalkit.run import kept
from evalkit.run.trust_sets import better_mates
from evalkit.text.words import count_words, fold, quote, words

_FEWEST = 5  # words: shorter lines are often said again
# Likeness of runs of characters: unrelated sentences of one language reach 0.25, renderings of one sentence seldom less
# than 0.35.
_UNRELATED = 0.25
_CLEARLY = 0.15  # by how much the line must be more like the other segment's reference
_MOST = 50  # lines of one text: of more, a phrase of the trade that no comparison of all with all should be made of
_LISTED = 20


def strayed_kept(units: Sequence[Unit], cache: kept.Keeps | None, *, stated: bool) -> dict[str, Unit]:
    """As `strayed`, by what an earlier run kept where there is a cache."""
    by_id = {unit.id: unit for unit in units}
    key, known = kept.looked_up(cache, ("strayed", str(stated)), units, dict[str, str])
    if known is not None and by_id.keys() >= {*known, *known.values()}:  # an entry may have been changed
        return {id_: by_id[other] for id_, other in known.items()}
    found = strayed(units, stated=stated)
    kept.keep(cache, key, {id_: unit.id for id_, unit in found.items()})
    return found


def strayed(units: Sequence[Unit], *, stated: bool) -> dict[str, Unit]:
    """The unit whose reference the line renders, by the id of the unit that it stands in and does not render.

    Only units of one line each: a candidate line that stands under several segments, is unlike its own reference and
    clearly more like that of another of them; and where the files state the pairs (`stated`), any line whose rare
    words are those of another line's reference.
    """
    found = _repeated(units)
    return {**_displaced(units, found), **found} if stated else found


def _displaced(units: Sequence[Unit], known: Collection[str]) -> dict[str, Unit]:
    """Lines that render the reference of another line of their document and not their own."""
    found: dict[str, Unit] = {}
    documents: dict[str, dict[str, Unit]] = {}
    for unit in units:
        if unit.link == "1-1" and unit.candidate and unit.references:
            documents.setdefault(unit.document, {})[unit.id] = unit
    for mine in documents.values():
        lines = {id_: [unit.candidate.text] for id_, unit in mine.items() if unit.candidate}
        there = {id_: [passage.text for passage in unit.references] for id_, unit in mine.items()}
        for id_, other in better_mates(lines, there).items():
            (line,) = lines[id_]
            own, like = (max(likeness(line, text) for text in there[place]) for place in (id_, other))
            if id_ not in known and count_words(line) >= _FEWEST and own <= _UNRELATED and like - own >= _CLEARLY:
                found[id_] = mine[other]
    return found


def _repeated(units: Sequence[Unit]) -> dict[str, Unit]:
    """Lines that stand under several segments, where they do not belong."""
    lines: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.link == "1-1" and unit.candidate and unit.references and count_words(unit.candidate.text) >= _FEWEST:
            lines.setdefault(" ".join(fold(unit.candidate.text).split()), []).append(unit)
    found = {}
    for text, same in lines.items():
        if not 1 < len(same) <= _MOST or len({fold(unit.references[0].text) for unit in same}) < 2:
            continue
        if all(_shares_words(text, unit) for unit in same):
            continue
        like = [max(likeness(text, passage.text) for passage in unit.references) for unit in same]
        best = max(range(len(same)), key=lambda at: (like[at], -at))
        for unit, own in zip(same, like, strict=True):
            if own <= _UNRELATED and like[best] - own >= _CLEARLY:
                found[unit.id] = same[best]
    return found


def _shares_words(text: str, unit: Unit) -> bool:
    """True where a third of the words are in the unit's own reference: a quick no for texts that repeat by nature."""
    mine = {word.text for word in words(text)}
    theirs = {fold(word.text) for passage in unit.references for word in words(passage.text)}
    return 3 * len(mine & theirs) >= len(mine)


def notes(found: Mapping[str, Unit], units: Sequence[Unit], system: str) -> Iterator[Failure]:
    """A note for each strayed line, the first twenty by themselves."""
    places = {unit.id: unit for unit in units}
    for number, (id_, other) in enumerate(found.items()):
        if number == _LISTED:
            message = f"{len(found) - number} more lines carry another segment's text; none of them was checked"
            yield Failure("align", "", system, "", message)
            return
        unit = places[id_]
        text = quote(unit.candidate.text if unit.candidate else "")
        there = other.references[0].segments[0]
        twice = unit.candidate and other.candidate and fold(unit.candidate.text) == fold(other.candidate.text)
        what = (
            f"the candidate has the text of unit {other.id} here ({text}), which renders {quote(there.text)}; a line "
            "was"
            if twice
            else f"the candidate's line ({text}) renders the reference of unit {other.id} ({quote(there.text)}) and "
            "not its own; a line of the candidate or of the reference was"
        )
        message = (
            f"document {unit.document!r}, unit {id_}: {what} probably put under the wrong segment: it was not checked, "
            "mend the file"
        )
        yield Failure("align", "", system, id_, message)
