"""Knowing a finding again: an identity that survives edits elsewhere, and the pairing of two lists of findings."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from evalkit.records import Finding
from evalkit.text.words import fold, has_unspaced, word_texts

# How far the words around a place count: two words, never beyond the sentence, since what stands
# before and after a sentence changes when paragraphs are added or moved.
_WORDS = 2
_REACH = 80  # characters: the words around a finding are looked for here, further away is another sentence
# What may end a sentence, told from the characters alone so that no segmenter moves it; see `_ends`.
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*|\n\s*")
_FINAL = ".!?…。！？\"'”’»)]」』）"
# Two places of one text in one sentence that was edited elsewhere: the share of words in common.
_ALIKE = 0.5

# Of many alike only those near each other in order are compared.
_NEAR = 20


class Sentence(NamedTuple):
    """The sentence a finding stands in: what is before it, what is after it."""

    left: str
    right: str


Around = Callable[[Finding], Sentence]


def fingerprint(finding: Finding, text: str) -> str:
    """An identity that survives other segmentation, text added before it and changed line ends.

    It hashes the rule, the side, the words of the span, what is expected first, and the words beside it
    in its sentence. It says nothing of the place: a document can be renamed, a paragraph moved.
    """
    left = max((end for _, end in _ends(text, max(0, finding.start - _REACH), finding.start)), default=0)
    last = finding.start + len(finding.text.rstrip(_FINAL))  # a span that ends its sentence has nothing after it
    limit = finding.end + _REACH
    right = next((start for start, _ in _ends(text, last, limit)), limit)
    before = word_texts(text[max(left, finding.start - _REACH) : finding.start])[-_WORDS:]
    after = word_texts(text[finding.end : max(right, finding.end)])[:_WORDS]
    parts = (
        finding.rule, finding.side, _inside(finding), " ".join(map(fold, before)), " ".join(map(fold, after)),
        *finding.expected[:1],
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ends of sentences between two offsets: final punctuation, an empty line, and a line end before
    anything but a small letter or a script without spaces (which is a line that was wrapped)."""
    for found in _STOP.finditer(text, start, end):
        if found.group().count("\n") == 1:
            following = text[found.end() : found.end() + 1]
            if following.islower() or has_unspaced(following):
                continue
        yield found.span()


def numbered(print_: str, seen: Counter[str]) -> str:
    """The fingerprint as the result shows it: with the number of its occurrence, so that no two are the same."""
    seen[print_] += 1
    return f"{print_}-{seen[print_]}"


class Pairing(Struct, frozen=True):
    """Findings of two results: those only in the second, those only in the first, how many are in both."""

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    remaining: int


def pair(before: Sequence[Finding], now: Sequence[Finding], around_before: Around, around_now: Around) -> Pairing:
    """Pairs the findings of two results, each with at most one of the other.

    `around_*` give the sentence a finding stands in. First come findings of one fingerprint; where one
    side has more of them, the same sentence decides which is the new one, then the order. What is left
    is paired where the same rule speaks of the same words in a sentence that has half of its words unchanged.
    """
    old = {position: around_before(f) for position, f in enumerate(before)}
    new = {position: around_now(f) for position, f in enumerate(now)}
    keys: tuple[Callable[[Finding, Sentence], object], ...] = (
        lambda f, around: (f.fingerprint.partition("-")[0], f.document, around),
        lambda f, around: (f.fingerprint.partition("-")[0], around),
        lambda f, _: f.fingerprint.partition("-")[0],
    )
    total = 0
    for key in keys:
        total += _pair_by(key, before, now, old, new)
    total += _pair_alike(before, now, old, new)
    return Pairing(tuple(now[i] for i in sorted(new)), tuple(before[i] for i in sorted(old)), total)


def _pair_by(
    key: Callable[[Finding, Sentence], object],
    before: Sequence[Finding],
    now: Sequence[Finding],
    old: dict[int, Sentence],
    new: dict[int, Sentence],
) -> int:
    """Takes out of `old` and `new` what has the same key, in order; how many pairs that were."""
    waiting: dict[object, list[int]] = {}
    for position in sorted(old, reverse=True):
        waiting.setdefault(key(before[position], old[position]), []).append(position)
    total = 0
    for position in sorted(new):
        partners = waiting.get(key(now[position], new[position]))
        if partners:
            del old[partners.pop()], new[position]
            total += 1
    return total


def _pair_alike(
    before: Sequence[Finding], now: Sequence[Finding], old: dict[int, Sentence], new: dict[int, Sentence]
) -> int:
    """Takes out of `old` and `new` places of one text in sentences that are alike, the likest first."""
    groups: dict[tuple[str, str, str], tuple[list[int], list[int]]] = {}
    for side, (findings, left) in enumerate(((before, old), (now, new))):
        for position in sorted(left):
            groups.setdefault(_same(findings[position]), ([], []))[side].append(position)
    total = 0
    for mine, theirs in groups.values():
        scored = [
            (*_alike(old[p], new[q]), -i, -j)
            for i, p in enumerate(mine)
            for j, q in enumerate(theirs)
            if abs(i - j) <= _NEAR  # many alike stand in the order they stood in
        ]
        for share, _, i, j in sorted(scored, reverse=True):
            p, q = mine[-i], theirs[-j]
            if share >= _ALIKE and p in old and q in new:
                del old[p], new[q]
                total += 1
    return total


def _same(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.side, _inside(finding)


def _inside(finding: Finding) -> str:
    return " ".join(_folded(finding.text)) or finding.text.replace("\r", "")


def _alike(one: Sentence, two: Sentence) -> tuple[float, int]:
    """How like two places are: the share of words their sentences have in common, 0 to 1, of the shorter
    one, which may be a line of the other; and how many words beside the places are the same."""
    left, right, other_left, other_right = map(_folded, (*one, *two))
    first, second = Counter(left + right), Counter(other_left + other_right)
    shorter = min(first.total(), second.total())
    share = (first & second).total() / shorter if shorter else 1.0
    return share, _run(left[::-1], other_left[::-1]) + _run(right, other_right)


def _run(one: Sequence[str], two: Sequence[str]) -> int:
    """How many words are the same until the first that is not."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _folded(text: str) -> list[str]:
    return [fold(word) for word in word_texts(text)]


def sentence_of(segments: Iterable[tuple[str, int, int, str]]) -> Around:
    """The segments (document, start, end, text) of one side as a function from a finding to its sentence.

    Where a finding spans several segments, it begins in the first and ends in the last of them.
    """
    by_document: dict[str, list[tuple[int, int, str]]] = {}
    for document, start, end, text in segments:
        by_document.setdefault(document, []).append((start, end, text))
    starts = {document: [start for start, _, _ in held] for document, held in by_document.items()}

    def around(finding: Finding) -> Sentence:
        held = by_document.get(finding.document)
        if not held:
            return Sentence("", "")
        first, _, before = held[max(0, bisect_right(starts[finding.document], finding.start) - 1)]
        last, _, after = held[max(0, bisect_right(starts[finding.document], max(finding.start, finding.end - 1)) - 1)]
        left, right = before[: max(0, finding.start - first)], after[max(0, finding.end - last) :]
        return Sentence(" ".join(left.split()), " ".join(right.split()))

    return around
