"""Documents with known links for the alignment benchmark, one function per data set."""

from __future__ import annotations

import gzip
import json
import os
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

from evalkit.plugins import Registry
from evalkit.records import Document, Segment

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data"))
Edge = tuple[int, int]
LONGEST = 24  # segments of a document, where it is perturbed as described
VERSIONS_SPLIT = 2  # chapters and documents whose number leaves this rest are for fitting


class Case(NamedTuple):
    """Two segment lists, their gold edges (candidate, reference), and the edges that count neither way."""

    name: str
    candidate: tuple[Segment, ...]
    reference: tuple[Segment, ...]
    gold: frozenset[Edge]
    ignore: frozenset[Edge] = frozenset()


def segments(texts: Sequence[str], name: str = "d") -> tuple[Segment, ...]:
    """Texts as segments of one running document."""
    found, at = [], 0
    for number, text in enumerate(texts):
        found.append(Segment(f"{name}:{number + 1}", name, at, at + len(text), text, "text", 1))
        at += len(text) + 1
    return tuple(found)


def split(text: str, lang: str = "en", name: str = "d") -> tuple[Segment, ...]:
    """The sentences of a text, as the default segmenter finds them."""
    document = Document(name, name, text, "", lang)
    return tuple(Registry().make("segmenter", "sentences").split(document))


def read_lines(path: Path) -> list[str]:
    """Lines of a gzip file; only a newline ends one."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def read_json_lines(name: str) -> Iterator[dict]:
    """Records of a gzip JSONL file of the data folder."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream)


def seeds() -> Iterator[Case]:
    """The two reports of the first job against the official remarks; strict and partial gold."""
    registry = Registry()
    reader, segmenter = registry.make("reader", "text(boilerplate=yes)"), registry.make("segmenter", "sentences")

    def load(number: str) -> tuple[Segment, ...]:
        path = next((ROOT / "seeds").glob(f"{number}_*.txt"))
        return tuple(segmenter.split(reader.read(str(path), "en")[0]))

    reference = load("001")
    gold_reference = _column(DATA / "align_seeds" / "seg_001.tsv", 1)
    for number in ("000", "004"):
        candidate = load(number)
        rows = [
            r.split("\t")
            for r in (DATA / "align_seeds" / f"gold_{number}_001.tsv").read_text("utf-8").split("\n")[1:]
            if r
        ]
        mine = _same_text(_column(DATA / "align_seeds" / f"seg_{number}.tsv", 1), candidate)
        theirs = _same_text(gold_reference, reference)
        gold: set[Edge] = set()
        ignore: set[Edge] = set()
        for row in rows:
            for column, into in ((1, gold), (2, ignore)):
                for j in () if row[column] == "-" else map(int, row[column].split(",")):
                    into |= {(a, b) for a in mine.get(int(row[0]), ()) for b in theirs.get(j, ())}
            parts = mine.get(int(row[0]), [])
            if len(parts) > 1:  # we split it further: its parts share its partners in order, other pairs don't count
                wanted = sorted(j for i, j in gold if i == parts[0])
                in_order = {(parts[k * len(parts) // len(wanted)], j) for k, j in enumerate(wanted)}
                ignore |= {(i, j) for i in parts for j in wanted}
                gold = {edge for edge in gold if edge[0] not in parts} | in_order
        yield Case(f"seed-{number}", candidate, reference, frozenset(gold), frozenset(ignore - gold))


def _column(path: Path, number: int) -> list[str]:
    return [row.split("\t")[number] for row in path.read_text("utf-8").split("\n")[1:] if row]


def _same_text(texts: Sequence[str], found: Sequence[Segment]) -> dict[int, list[int]]:
    """For each gold sentence the segments that are it, a part of it, or hold it, in order."""
    places: dict[int, list[int]] = {}
    taken = 0
    for number, text in enumerate(texts):
        for index in range(taken, len(found)):
            mine, gold = "".join(found[index].text.split()), "".join(text.split())
            if mine == gold or (len(mine) > 15 and (mine in gold or gold in mine)):
                places.setdefault(number, []).append(index)
                taken = index + 1 if mine == gold else index
                if mine == gold or gold in mine:
                    break
            elif places.get(number):
                break
    return places


def wmt_documents(name: str, system: str, reference: str) -> list[tuple[str, list[str], list[str]]]:
    """(document, system lines, reference lines) of one WMT set without empty lines; a reference may be the system."""
    folder = DATA / "wmt" / name
    kind = "references" if system.startswith("ref") else "systems"
    pairs: dict[str, tuple[list[str], list[str]]] = {}
    lines = zip(
        read_lines(folder / "docs.tsv.gz"),
        read_lines(folder / kind / f"{system}.en.txt.gz"),
        read_lines(folder / "references" / f"{reference}.en.txt.gz"),
        strict=True,
    )
    for doc, mine, theirs in lines:
        left, right = pairs.setdefault(doc.split("\t")[1], ([], []))
        if mine.strip() and theirs.strip():
            left.append(mine)
            right.append(theirs)
    return [(doc, left, right) for doc, (left, right) in pairs.items()]


Changes = Literal["", "both", "one", "thinned"]


def wmt(
    name: str, systems: Sequence[str], reference: str, changes: Changes, longest: int | None = None
) -> Iterator[Case]:
    """Lines as segments, of each document the first `longest`.

    Perturbed (`changes`): 15 % dropped on each side, 12 % merged on "both" or on "one", 20 % moved; or
    "thinned", in order, with up to half of each side dropped, as in a free report.
    """
    for system in systems:
        for doc, left, right in wmt_documents(name, system, reference):
            if len(left) < 2:
                continue
            left, right = left[:longest], right[:longest]
            candidate = [(text, {k}) for k, text in enumerate(left)]
            original = [(text, {k}) for k, text in enumerate(right)]
            candidate, original = changed(candidate, original, random.Random(f"{name} {system} {doc}"), changes)
            yield marked_case(f"{name} {system} {doc}", candidate, original)


def running(name: str, systems: Sequence[str], reference: str) -> Iterator[Case]:
    """Each document's lines joined to running text and cut into sentences on both sides.

    Sentences of one line belong together where one side has one of them there, and in order where both
    have as many; other pairs of the line count neither way.
    """
    for system in systems:
        for doc, left, right in wmt_documents(name, system, reference):
            (candidate, mine), (original, theirs) = sentences_of(left), sentences_of(right)
            gold, ignore = by_line(mine, theirs, len(left))
            yield Case(f"{name} {system} {doc}", candidate, original, gold, ignore)


def by_line(mine: list[set[int]], theirs: list[set[int]], lines: int) -> tuple[frozenset[Edge], frozenset[Edge]]:
    """Gold edges, and those that count neither way, of sentences whose lines are known."""
    gold: set[Edge] = set()
    ignore: set[Edge] = set()
    for line in range(lines):
        here = [i for i, found in enumerate(mine) if line in found]
        there = [j for j, found in enumerate(theirs) if line in found]
        every = {(i, j) for i in here for j in there}
        if min(len(here), len(there)) == 1:
            gold |= every
        else:
            gold |= set(zip(here, there, strict=True)) if len(here) == len(there) else set()
            ignore |= every
    return frozenset(gold), frozenset(ignore - gold)


def sentences_of(lines: Sequence[str]) -> tuple[tuple[Segment, ...], list[set[int]]]:
    """The sentences of joined lines, each with the numbers of the lines it touches."""
    found = split(" ".join(lines))
    ends = list(accumulate(len(line) + 1 for line in lines))
    return found, [set(range(bisect_right(ends, s.start), bisect_right(ends, s.end - 1) + 1)) for s in found]


Marked = list[tuple[str, set[int]]]


def marked_case(name: str, candidate: Marked, reference: Marked) -> Case:
    """Texts with the numbers of the lines they hold, right where they hold the same."""
    gold = {(i, j) for i, (_, a) in enumerate(candidate) for j, (_, b) in enumerate(reference) if a & b}
    return Case(name, segments([t for t, _ in candidate]), segments([t for t, _ in reference]), frozenset(gold))


def changed(candidate: Marked, reference: Marked, rng: random.Random, changes: Changes) -> tuple[Marked, Marked]:
    """Both sides as they are, perturbed or thinned."""
    if changes == "thinned":
        return _dropped(candidate, rng, rng.uniform(0, 0.5)), _dropped(reference, rng, rng.uniform(0, 0.5))
    return perturb(candidate, reference, rng, both=changes == "both") if changes else (candidate, reference)


def perturb(candidate: Marked, reference: Marked, rng: random.Random, both: bool = True) -> tuple[Marked, Marked]:
    """Both sides with 15 % of the segments dropped; 12 % merged with the one before; 20 % of the candidate moved.

    With `both` the reference's segments are merged too, at other places: a gold group may then be a chain.
    """
    candidate = _merged(_dropped(candidate, rng), rng)
    reference = _dropped(reference, rng)
    if both:
        reference = _merged(reference, rng)
    moving = [k for k in range(len(candidate)) if rng.random() < 0.2]
    moved = [candidate[k] for k in moving]
    candidate = [item for k, item in enumerate(candidate) if k not in set(moving)]
    for item in moved:
        candidate.insert(rng.randint(0, len(candidate)), item)
    return candidate, reference


def _dropped(items: Marked, rng: random.Random, share: float = 0.15) -> Marked:
    kept = [item for item in items if rng.random() >= share]
    return kept or items[:1]


def _merged(items: Marked, rng: random.Random) -> Marked:
    found: Marked = []
    joined = False
    for text, ids in items:
        if found and not joined and rng.random() < 0.12:
            found[-1] = (f"{found[-1][0]} {text}", found[-1][1] | ids)
            joined = True
        else:
            found.append((text, set(ids)))
            joined = False
    return found


def deplain(part: int | None = None) -> Iterator[Case]:
    """Standard against plain German; the plain text is the candidate. `part` 0 or 1: every other document."""
    for number, row in enumerate(read_json_lines("align_deplain/documents.jsonl.gz")):
        if part is not None and number % VERSIONS_SPLIT != part:
            continue
        gold = {(i, j) for link in row["alignments"] for i in link["simple"] for j in link["complex"]}
        yield Case(
            f"deplain {row['pair_id']} {number}",
            segments(row["simple_sentences"]),
            segments(row["complex_sentences"]),
            frozenset(gold),
        )


def bible(part: int | None = None, pairs: int = 15) -> Iterator[Case]:
    """Chapters of two English versions, sentences found by the segmenter, right where verses overlap."""
    for number, row in enumerate(read_json_lines("align_bible/chapters.jsonl.gz")):
        if part is not None and number % VERSIONS_SPLIT != part:
            continue
        sides = {name: _verses(verses) for name, verses in sorted(row["versions"].items())}
        names = list(sides)
        combos = [(a, b) for k, a in enumerate(names) for b in names[k + 1 :]]
        for a, b in combos[:pairs] if pairs == 15 else random.Random(number).sample(combos, min(pairs, len(combos))):
            (left, mine), (right, theirs) = sides[a], sides[b]
            gold = {(i, j) for i, x in enumerate(mine) for j, y in enumerate(theirs) if x & y}
            yield Case(f"bible {row['book']} {row['chapter']} {a} {b}", left, right, frozenset(gold))


def _verses(verses: dict[str, str]) -> tuple[tuple[Segment, ...], list[set[str]]]:
    """Sentences of a chapter, each with the verses whose text it touches."""
    places, text = [], ""
    for verse, words in verses.items():
        places.append((len(text), len(text) + len(words), verse))
        text += words + " "
    found = split(text.rstrip())
    return found, [{v for a, b, v in places if a < s.end and s.start < b} for s in found]


def onestop(part: int | None = None) -> Iterator[Case]:
    """News articles at the lowest against the highest reading level; no gold, for the trust gate alone."""
    for number, row in enumerate(read_json_lines("align_onestop/documents.jsonl.gz")):
        if part is None or number % VERSIONS_SPLIT == part:
            yield Case(f"onestop {row['doc']}", split(row["ele"]), split(row["adv"]), frozenset())


def groups_of(edges: frozenset[Edge] | set[Edge]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The connected parts of a set of edges: gold links with all their members."""
    found: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(edges):
        touching = [part for part in found if i in part[0] or j in part[1]]
        rows = {i}.union(*(part[0] for part in touching))
        columns = {j}.union(*(part[1] for part in touching))
        found = [part for part in found if part not in touching] + [(rows, columns)]
    return {(tuple(sorted(a)), tuple(sorted(b))) for a, b in found}
