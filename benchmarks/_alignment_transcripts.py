"""Transcripts (no case, no punctuation) against written references: words rightly linked, omissions claimed.

A segment is of the lines of which it holds at least 30 % (or which hold 30 % of it). A word of the reference is rightly
linked where the linked candidate has a line of its segment. Nothing is left out, so every omission is false.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from _alignment_data import DATA, read_lines, split

from evalkit.plugins import Registry
from evalkit.records import Segment
from evalkit.text.words import count_words

SETS = (
    ("wmt24.en-de", "ONLINE-B", "de", 2),
    ("wmt23.zh-en", "ONLINE-B", "en", 6),
)  # the last: every how many documents
_HELD = 0.3


def table() -> None:
    """Of each set the words rightly linked and the omissions."""
    print("| transcripts | documents | words of the reference rightly linked | falsely omitted segments |")
    print("|---|---|---|---|")
    aligner = Registry().make("aligner", "document")
    for name, system, lang, step in SETS:
        folder = DATA / "wmt" / name
        ids = [line.split("\t")[1] for line in read_lines(folder / "docs.tsv.gz")]
        mine, theirs = (
            read_lines(folder / f"{side}.{lang}.txt.gz") for side in (f"systems/{system}", "references/refA")
        )
        documents = [x for x in dict.fromkeys(ids) if x not in ("-", "canary")][::step]
        right = words = omitted = count = 0
        for document in documents:
            numbers = [k for k, x in enumerate(ids) if x == document]
            spoken, written = [_spoken(mine[k]) for k in numbers], [theirs[k].strip() for k in numbers]
            reference = split(" ".join(written) + "\n", lang)
            candidate = aligner.cut(split(" ".join(spoken) + "\n", lang), reference)
            of_mine, of_theirs = _lines(candidate, spoken), _lines(reference, written)
            for link in aligner.align(candidate, reference):
                held = {line for i in link.candidate for line in of_mine[i]}
                for j in link.reference:
                    size = count_words(reference[j].text)
                    right, words = right + size * bool(held & of_theirs[j]), words + size
                    omitted, count = omitted + (not link.candidate), count + 1
        print(f"| {name} | {len(documents)} | {right / words:.1%} | {omitted} of {count} |", flush=True)


def _spoken(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'-]", " ", text)).lower().strip()


def _lines(segments: Sequence[Segment], lines: Sequence[str]) -> list[set[int]]:
    """Of each segment the numbers of its lines."""
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return [
        {
            k
            for k, (start, end) in enumerate(spans)
            if min(end, s.end) - max(start, s.start) >= _HELD * max(min(end - start, s.end - s.start), 1)
        }
        for s in segments
    ]
