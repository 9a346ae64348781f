"""Paragraphs without one of their sentences, beside their whole source: a part of benchmarks/source.py."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from benchmarks._source_lost import by_half
from benchmarks.source import code_of
from evalkit.records import Document, Passage, Segment, Unit
from evalkit.run.source_paragraphs import shortened as shortened_units
from evalkit.segmenters.sentences import SentenceSegmenter

_LINES = 6, 60  # of a document
_PARAGRAPH = 3, 6  # lines
_FIGURES = re.compile(r"\d{2}")
_UNSPACED = ("zh", "ja")


def shortened(wanted: Sequence[str]) -> None:
    """Documents in paragraphs, whole and with a line less in every third paragraph: what is told of which sentences."""

    def count(pair: str, document: str, source: Sequence[str], target: Sequence[str]) -> Counter[str]:
        paragraphs = list(_paragraphs(range(len(source)), random.Random(document)))
        counts: Counter[str] = Counter()
        for turn in (None, 0, 1, 2):
            counts += _counted(pair, document, (source, target), paragraphs, turn)
        return counts

    by_half(wanted, _LINES, count)


def _paragraphs(numbers: Sequence[int], draw: random.Random) -> Iterator[Sequence[int]]:
    at = 0
    while at < len(numbers):
        size = draw.randint(*_PARAGRAPH)
        yield numbers[at : at + size]
        at += size


def _counted(
    pair: str,
    document: str,
    sides: tuple[Sequence[str], Sequence[str]],
    paragraphs: Sequence[Sequence[int]],
    turn: int | None,
) -> Counter[str]:
    source, target = sides
    one, two = map(code_of, pair.split("-"))
    lost: dict[int, str] = {}
    theirs, mine = [], []
    for number, lines in enumerate(paragraphs):
        kept = list(lines)
        if turn is not None and number % 3 == turn and len(kept) > 1:
            gone = kept.pop(random.Random(f"{document} {lines[0]}").randrange(len(kept)))
            lost[number] = source[gone]
        theirs.append(("" if one in _UNSPACED else " ").join(source[n] for n in lines))
        mine.append(("" if two in _UNSPACED else " ").join(target[n] for n in kept))
    cut = SentenceSegmenter().split
    texts = "\n".join(theirs), "\n".join(mine)
    there = Document("d", "", texts[0], "", one)
    units, passages = [], {}
    for number, (own, other, text) in enumerate(zip(_starts(mine), _starts(theirs), mine, strict=True)):
        pieces = cut(Document("d", "", text, "", two))
        placed = tuple(replace(piece, start=piece.start + own, end=piece.end + own) for piece in pieces)
        units.append(Unit(f"d:{number}", "d", "1-1", 1.0, Passage(placed, text), ()))
        line = Segment(f"d:{number + 1}", "d", other, other + len(theirs[number]), theirs[number])
        passages[f"d:{number}"] = Passage((line,), line.text)
    found = shortened_units(units, passages, there, cut, (one, two))
    counts: Counter[str] = Counter()
    for number, text in enumerate(theirs):
        short = found.get(f"d:{number}")
        told = [p.text for _, p in short.lost] if short else []
        for sentence in (piece.text for piece in cut(Document("d", "", text, "", one))):
            what = _kind(sentence, lost.get(number))
            counts[what] += 1
            counts[f"{what} told"] += sentence in told
    return counts


def _kind(sentence: str, gone: str | None) -> str:
    if gone is None:
        return "whole"
    if sentence.strip() not in gone:
        return "beside"
    return "lost with figures" if _FIGURES.search(sentence) else "lost"


def _starts(texts: Sequence[str]) -> list[int]:
    made, at = [], 0
    for text in texts:
        made.append(at)
        at += len(text) + 1
    return made
