"""How many line ends the `sentences` segmenter finds in translated documents joined to running text.

Usage: python benchmarks/segmentation.py   (data: EVALKIT_DATA)
A line is what a translator had as a unit: a sentence, a heading, sometimes two sentences. Boundaries inside lines are
counted too; most are true ones. Beside it: the library alone, whose marks that enclose text hide what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from _alignment_data import deplain, split, wmt_documents
from sentencex import segment

SETS = ("wmt22.zh-en", "wmt23.zh-en")
Starts = Callable[[str, str], set[int]]


def ours(text: str, lang: str) -> set[int]:
    """Starts of the segments evalkit finds."""
    return {found.start for found in split(text, lang)}


def library(text: str, lang: str) -> set[int]:
    """Starts of the sentences of sentencex, white space and opening marks skipped as the library leaves them."""
    starts, at = set(), 0
    for piece in segment(lang, text):
        at = text.index(piece, at)
        starts.add(at + len(piece) - len(piece.lstrip()))
        at += len(piece)
    return starts


def documents() -> Iterator[tuple[str, str, list[list[str]]]]:
    """(set, language, documents as lists of lines): references and all systems."""
    for name in SETS:
        yield f"{name}, reference", "en", [theirs for _, _, theirs in wmt_documents(name, "refA", "refA")]
        yield f"{name}, Online-B", "en", [mine for _, mine, _ in wmt_documents(name, _online(name), "refA")]
    cases = [[s.text for s in side] for case in deplain() for side in (case.candidate, case.reference)]
    yield "DEPlain, both sides", "de", cases


def _online(name: str) -> str:
    return "ONLINE-B" if name.startswith("wmt23") else "Online-B"


def row(title: str, lang: str, texts: list[list[str]], starts: Starts) -> str:
    """One line of the table."""
    ends = hits = inside = 0
    for lines in texts:
        text, gold, at = " ".join(line.strip() for line in lines), set(), 0
        for line in lines[:-1]:
            at += len(line.strip()) + 1
            gold.add(at)
        found = starts(text, lang) - {0}
        ends, hits, inside = ends + len(gold), hits + len(found & gold), inside + len(found - gold)
    return f"| {title} | {starts.__name__} | {ends} | {hits / ends:.1%} | {inside} |"


def main() -> None:
    """Prints the table."""
    print("| lines of | segmenter | line ends | found | boundaries inside lines |\n|---|---|---|---|---|")
    for title, lang, texts in documents():
        for starts in (library, ours):
            print(row(title, lang, texts, starts), flush=True)


if __name__ == "__main__":
    main()
