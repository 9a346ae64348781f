"""The trust gate on each kind of right and wrong candidate, by language: how many are accepted.

The texts are documents of WMT sets, by the true lines of a system as running text. Documents are parted by a checksum
of their id: the bounds of the mark were chosen on one half, the other is blind to them.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from _alignment_data import DATA, read_lines, split

from evalkit.kernel.words import stems
from evalkit.plugins import Registry
from evalkit.run.trust import assess_alignment
from evalkit.run.trust_sets import better_mates

SETS = (
    ("en", "wmt23.zh-en", "ONLINE-B", "zh"),
    ("de", "wmt24.en-de", "ONLINE-B", "en"),
    ("zh", "wmt22.en-zh", "Online-B", "en"),
)
RIGHT = ("whole", "a tenth", "one line", "two lines")


class Text(NamedTuple):
    """One document: its lines by the system and the reference, and its source."""

    name: str
    mine: list[str]
    theirs: list[str]
    source: list[str]

    @property
    def blind(self) -> bool:
        """True for the half that no bound of the mark was chosen on."""
        return zlib.crc32(self.name.encode()) % 2 == 1


def texts() -> Iterator[tuple[str, str, list[Text]]]:
    """(language, the source's, documents)."""
    for lang, name, system, source_lang in SETS:
        folder = DATA / "wmt" / name
        docs = [line.split("\t")[1] for line in read_lines(folder / "docs.tsv.gz")]
        paths = (f"systems/{system}.{lang}.txt.gz", f"references/refA.{lang}.txt.gz", f"source.{source_lang}.txt.gz")
        yield lang, source_lang, _documents(docs, [read_lines(folder / path) for path in paths])
    docs = (DATA / "ntrex" / "documents.txt").read_text("utf-8").splitlines()
    japanese, english = (read_lines(DATA / "ntrex" / f"{name}.txt.gz") for name in ("jpn", "source.eng"))
    yield "ja", "en", _documents(docs, [japanese, japanese, english])


def _documents(docs: list[str], sides: list[list[str]]) -> list[Text]:
    rows: dict[str, list[tuple[str, ...]]] = {}
    for doc, *lines in zip(docs, *sides, strict=True):
        if doc not in ("-", "canary") and all(line.strip() for line in lines):
            rows.setdefault(doc, []).append(tuple(lines))
    return [Text(doc, *map(list, zip(*found, strict=True))) for doc, found in rows.items() if len(found) > 2]


def candidates(lang: str, found: list[Text]) -> Iterator[tuple[str, Text, list[str], list[str]]]:
    """(kind, document, lines of the candidate, lines of the reference)."""
    names, theirs = _likest(found), {text.name: text.theirs for text in found}
    likest = {name: theirs[other] for name, other in names.items()}
    for k, text in enumerate(found):
        count = len(text.mine)
        tenth = max(1, round(count / 10))
        first = zlib.crc32(b"from" + text.name.encode()) % (count - tenth + 1)
        if lang != "ja":  # no second Japanese translation
            yield "whole", text, text.mine, text.theirs
            if count >= 15:
                yield "a tenth", text, text.mine[first : first + tenth], text.theirs
            yield "one line", text, text.mine[first : first + 1], text.theirs[first : first + 1]
            yield "two lines", text, text.mine[:2], text.theirs[:2]
        other = found[(k + 1) % len(found)]
        yield "the next document", text, text.mine, other.theirs
        if len(other.theirs) >= 15:
            yield "a tenth of the next", text, text.mine[first : first + tenth], other.theirs
        yield "one line, another", text, text.mine[first : first + 1], other.theirs[:1]
        yield "the most similar document", text, text.mine, likest[text.name]
        yield "the source", text, text.source, text.theirs


def _alike(one: frozenset[str], other: frozenset[str], spread: Counter[str]) -> float:
    return sum(1 / spread[stem] for stem in one & other) / (1 + min(len(one), len(other)))


def rows() -> Iterator[tuple[str, str, bool, str, bool, str]]:
    """(kind, language, blind, document, accepted, reason) of every pair."""
    aligner = Registry().make("aligner", "document")
    for lang, source_lang, found in texts():
        space = "" if lang in ("zh", "ja") else " "
        for kind, text, mine, theirs in candidates(lang, found):
            other = source_lang if kind == "the source" else lang
            candidate = split(("" if other == "zh" else " " if kind == "the source" else space).join(mine), other)
            reference = split(space.join(theirs), lang)
            candidate = aligner.cut(candidate, reference)
            links = aligner.align(candidate, reference)
            said = assess_alignment(candidate, reference, links, "document").alignment
            yield kind, lang, text.blind, text.name, said.trusted, said.reason


def table() -> None:
    """Accepted of all, development and blind halves apart; of these, those whose reason says that it may be another."""
    counts: dict[tuple[str, str], list[int]] = {}
    for kind, lang, blind, _, accepted, reason in rows():
        row = counts.setdefault((kind, lang), [0] * 6)
        row[3 * blind] += accepted
        row[3 * blind + 1] += accepted and "another text" in reason
        row[3 * blind + 2] += 1
    print("| candidate | should be | language | accepted, development | accepted, blind |\n|---|---|---|---|---|")
    for kind, lang in sorted(counts, key=lambda key: (key[0] not in RIGHT, key[0])):
        halves = counts[kind, lang][:3], counts[kind, lang][3:]
        told = (f"{taken} of {number}" + f", {marked} marked" * (marked > 0) for taken, marked, number in halves)
        print(f"| {kind} | {'accepted' if kind in RIGHT else 'refused'} | {lang} | {' | '.join(told)} |")


CUTS: dict[str, Callable[[list[str]], list[str]]] = {
    "whole": lambda lines: lines,
    "half": lambda lines: lines[: max(1, len(lines) // 2)],
    "a tenth": lambda lines: lines[len(lines) // 3 :][: max(1, len(lines) // 10)],
    "two lines": lambda lines: lines[:2],
    "two thirds, every third line left out": lambda lines: [line for k, line in enumerate(lines) if k % 3],
}


def mixed() -> None:
    """Of documents in a set, those said to fit another better: right ones, and ones exchanged with their likest."""
    print("| candidate | should be told | language | told, development | told, blind |\n|---|---|---|---|---|")
    for lang, _, found in texts():
        references = {text.name: text.theirs for text in found}
        halves = [[text for text in found if text.blind == blind] for blind in (False, True)]
        for kind, cut in CUTS.items() if lang != "ja" else ():
            told = [len(better_mates({text.name: cut(text.mine) for text in half}, references)) for half in halves]
            print(f"| {kind} | no | {lang} | {' | '.join(map(_of, told, halves))} |", flush=True)
        pairs = _likest(found)
        told = [sum(_exchanged(text, pairs[text.name], references) for text in half) for half in halves]
        print(f"| exchanged with the most similar | yes | {lang} | {' | '.join(map(_of, told, halves))} |", flush=True)


def _of(told: int, half: list[Text]) -> str:
    return f"{told} of {len(half)}"


def _likest(found: list[Text]) -> dict[str, str]:
    words = [frozenset().union(*map(stems, text.theirs)) for text in found]
    spread = Counter(stem for held in words for stem in held)
    numbers = range(len(found))
    return {
        text.name: found[
            max((j for j in numbers if j != k), key=lambda j: (_alike(words[k], words[j], spread), -j))
        ].name
        for k, text in enumerate(found)
    }


def _exchanged(text: Text, other: str, references: dict[str, list[str]]) -> bool:
    swapped = {**references, text.name: references[other], other: references[text.name]}
    return better_mates({text.name: text.mine}, swapped) == {text.name: other}
