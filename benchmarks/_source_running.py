"""Source and translation as running text, cut into sentences and put side by side: a part of benchmarks/source.py."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.source import DATA, code_of, is_dev, lines
from evalkit.language.across import beads
from evalkit.records import Document, Segment
from evalkit.run.source_lines import sure_lines
from evalkit.segmenters.sentences import SentenceSegmenter

_SHARE = 0.12  # of the lines of each side that are left out
_LONGEST = 120  # lines of a document
_WMT = {"zh-en": ("wmt23.zh-en", "refA"), "en-de": ("wmt24.en-de", "refA"), "en-zh": ("wmt22.en-zh", "refA")}
_NTREX = {"en-ja": "jpn", "en-ru": "rus", "en-fr": "fra"}


class Piece(NamedTuple):
    """A sentence, with how many letters of it each line has."""

    text: str
    lines: dict[int, int]


def pairs_of_texts() -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """The pair of languages, the lines of both sides, and the document of each."""
    for pair, (name, reference) in _WMT.items():
        one, two = pair.split("-")
        source = lines(DATA / f"wmt/{name}/source.{one}.txt.gz")
        target = lines(DATA / f"wmt/{name}/references/{reference}.{two}.txt.gz")
        yield pair, source, target, lines(DATA / f"wmt/{name}/docs.tsv.gz")
    source = lines(DATA / "ntrex/source.eng.txt.gz")
    documents = [line.strip() for line in (DATA / "ntrex/documents.txt").read_text("utf-8").splitlines()]
    for pair, name in _NTREX.items():
        yield pair, source, lines(DATA / f"ntrex/{name}.txt.gz"), documents


def pieces(texts: Sequence[str], lang: str, rng: random.Random | None) -> list[Piece]:
    """The sentences of the lines as one paragraph, of which some lines are left out."""
    kept = [n for n in range(len(texts)) if rng is None or rng.random() >= _SHARE]
    glue = "" if lang in ("zh", "ja") else " "
    text, spans = "", []
    for n in kept:
        spans.append((n, len(text), len(text) + len(texts[n])))
        text += texts[n] + glue
    found = SentenceSegmenter().split(Document("d", "", text, "", lang))
    return [
        Piece(s.text, {n: size for n, a, b in spans if (size := min(b, s.end) - max(a, s.start)) > 0}) for s in found
    ]


def running(wanted: Sequence[str]) -> None:
    for pair, source, target, documents in pairs_of_texts():
        if wanted and pair not in wanted:
            continue
        of: dict[str, list[int]] = defaultdict(list)
        for n, document in enumerate(documents):
            of[document].append(n)
        for half in ("development", "blind"):
            for way in ("as is", "left out"):
                counts = [0] * 6
                started = time.process_time()
                for document, numbers in of.items():
                    if is_dev(document) != (half == "development") or not 4 <= len(numbers) <= _LONGEST:
                        continue
                    _count(pair, [source[n] for n in numbers], [target[n] for n in numbers], document, way, counts)
                _print(pair, half, way, counts, time.process_time() - started)
            _trust(pair, half, {d: n for d, n in of.items() if is_dev(d) == (half == "development")}, source, target)


def _trust(pair: str, half: str, of: dict[str, list[int]], source: Sequence[str], target: Sequence[str]) -> None:
    """How many sources are taken for those of a text, its own and the next document's of about its length."""
    one, two = pair.split("-")
    wanted = sorted((d for d in of if 4 <= len(of[d]) <= _LONGEST), key=lambda d: (len(of[d]), d))
    sides = {
        d: (pieces([source[n] for n in of[d]], one, None), pieces([target[n] for n in of[d]], two, None))
        for d in wanted
    }
    own = other = 0
    for d, beside in zip(wanted, [*wanted[1:], *wanted[:1]], strict=True):
        own += _is_trusted(sides[d][0], sides[d][1], one, two)
        other += _is_trusted(sides[beside][0], sides[d][1], one, two)
    print(f"{pair:6} {half:12} trusted: {own} of {len(wanted)} own sources, {other} of another document", flush=True)


def _is_trusted(theirs: Sequence[Piece], mine: Sequence[Piece], one: str, two: str) -> bool:
    segments = [
        [Segment(f"d:{n}", "d", n, n + 1, piece.text) for n, piece in enumerate(side)] for side in (theirs, mine)
    ]
    found = sure_lines(segments[0], segments[1], (0, 0), (one, two))
    return found is not None and found.trusted


def _count(pair: str, source: Sequence[str], target: Sequence[str], document: str, way: str, counts: list[int]) -> None:
    rng = random.Random(f"{pair}{document}") if way == "left out" else None
    one, two = pair.split("-")
    theirs, mine = pieces(source, code_of(one), rng), pieces(target, code_of(two), rng)
    least = {code: 3 if code in ("zh", "ja") else 8 for code in (one, two)}  # letters that make a share of a line
    gold, strong = set(), set()
    for i, a in enumerate(theirs):
        for j, b in enumerate(mine):
            if a.lines.keys() & b.lines.keys():
                gold.add((i, j))
            if any(a.lines[n] >= least[one] and b.lines[n] >= least[two] for n in a.lines.keys() & b.lines.keys()):
                strong.add((i, j))
    told, sure = set(), set()
    for bead in beads([p.text for p in theirs], [p.text for p in mine], one, two):
        edges = {(i, j) for i in bead.source for j in bead.candidate}
        told |= edges
        if bead.sure:
            sure |= edges
    # Of a line of several sentences nobody knows which stands beside which: an edge within it is right, and none is
    # missed whose two sentences both stand in a bead of that line.
    right = {(i, j) for i, j in told if (i, j) in gold}
    lost = {
        (i, j) for i, j in strong
        if not any((i, k) in right for k in range(len(mine))) or not any((k, j) in right for k in range(len(theirs)))
    }  # fmt: skip
    for at, number in enumerate((len(told), len(right), len(strong), len(strong - lost), len(sure), len(sure & gold))):
        counts[at] += number


def _print(pair: str, half: str, way: str, counts: Sequence[int], seconds: float) -> None:
    told, right, strong, found, sure, sure_right = counts
    p, r = right / max(1, told), found / max(1, strong)
    print(
        f"{pair:6} {half:12} {way:9} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}; sure ones P "
        f"{sure_right / max(1, sure):.3f}, {sure / max(1, told):.0%} of all ({strong:,} pairs, {seconds:.0f} s)",
        flush=True,
    )
