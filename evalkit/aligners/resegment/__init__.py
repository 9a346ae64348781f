"""The `resegment` aligner: a candidate without usable boundaries is cut to the reference's lines.

Words of the two texts become partners on the cheapest edit path; a candidate word belongs to the
reference line of its partner. A line that hardly any word supports stays empty, and a stretch of
words without partners stays unassigned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import ClassVar, NamedTuple

from msgspec.structs import replace

from evalkit.aligners.document.beads import Group
from evalkit.aligners.document.order import ordered_links
from evalkit.aligners.resegment.edit_path import KIN, partners
from evalkit.errors import ConfigError
from evalkit.records import Link, Segment
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import Word, count_words, fold, has_unspaced, words

_NOWHERE = -1  # the line of a word that belongs to none
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")
_MARKS = 5  # characters between two words: a mark, two that close, a note; more is no punctuation
_NEAR = 5  # words: so far a cut moves to stand at the end of a sentence
_MOSTLY = 0.6  # most words of a stretch, not all: names and numbers are known wherever they stand
_SURE = 0.6  # share of words with a partner from which a link is certain
# What a word counts that has no partner and stands, with others, where a line without words lies: a line of such words
# is linked, and weak (its confidence is this share of `_SURE`).
_PLACED = 0.27
_REST = 40  # words: the rest of a sentence is no longer; a longer one is a text without marks
# What opens in scripts without spaces, where nothing else tells to which word a mark belongs.
_OPENING = "「『（【《〈〔“‘(["
_FITS = 2.0  # the words of such a place and of its lines are at most so many times as many as the others


class _Word(NamedTuple):
    """A candidate word: its segment, its place in it, the reference line it belongs to, how far it is supported."""

    segment: int
    start: int
    end: int
    line: int
    supported: float


@dataclass(frozen=True)
class Resegmenter:
    """Cuts and links by word edit distance, in order; for speech translation and one line per document.

    `cut` parts the candidate where the reference's lines change; `align` links segments as they are.
    `least` is the share of words (of the shorter side) with a partner that a link needs; `stretch`
    the number of words without a partner that stay unassigned.
    """

    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "resegment"
    segmenter: ClassVar[str] = "lines"

    least: float = 0.25
    stretch: int = 6

    def __post_init__(self) -> None:
        if not 0 <= self.least <= 1:
            raise ConfigError(f"aligner 'resegment': least={self.least} is no share between 0 and 1")
        if self.stretch < 1:
            raise ConfigError(f"aligner 'resegment': stretch={self.stretch} must be at least 1")

    def cut(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Segment, ...]:
        """The candidate's text as new segments, each of one reference line or of none; nothing is lost."""
        found: list[Segment] = []
        for number, group in groupby(self._words(candidate, reference), key=lambda word: word.segment):
            segment, inside = candidate[number], list(group)
            cuts = [_cut(segment.text, a.end, b.start) for a, b in pairwise(inside) if a.line != b.line]
            for start, end in zip([0, *cuts], [*cuts, len(segment.text)], strict=True):
                text = segment.text[start:end]
                lead = len(text) - len(text.lstrip())
                found.append(
                    replace(
                        segment,
                        id=f"{segment.document}:{len(found) + 1}",
                        start=segment.start + start + lead,
                        end=segment.start + start + len(text.rstrip()),
                        text=text.strip(),
                    )
                )
        return tuple(found)

    def align(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> tuple[Link, ...]:
        """Each candidate segment goes to the line that most of its words belong to, or to none."""
        votes: list[Counter[int]] = [Counter() for _ in candidate]
        support = [0.0] * len(candidate)
        for word in self._words(candidate, reference):
            votes[word.segment][word.line] += 1
            support[word.segment] += word.supported
        of_line: dict[int, list[int]] = {}
        for number, counted in enumerate(votes):
            line = max(sorted(counted), key=lambda name: counted[name], default=_NOWHERE)
            if line != _NOWHERE:
                of_line.setdefault(line, []).append(number)
        groups = []
        for line, members in sorted(of_line.items()):
            mine, theirs = sum(count_words(candidate[k].text) for k in members), count_words(reference[line].text)
            share = running_sum(support[k] for k in members) / max(min(mine, theirs), 1)
            if mine <= _FITS * theirs and theirs <= _FITS * mine:  # in its place, about as long
                share = max(share, _PLACED)
            if share >= self.least:
                confidence = min(1.0, share / _SURE)
                groups.append(Group(tuple(members), (line,), confidence, (members[0], line)))
        return ordered_links(groups, candidate, reference, (_certain, _certain))

    def _words(self, candidate: Sequence[Segment], reference: Sequence[Segment]) -> list[_Word]:
        """The candidate's words, each with its line: partners decide, then weak lines and gaps are settled."""
        mine = [(number, word) for number, segment in enumerate(candidate) for word in words(segment.text)]
        theirs = [(number, word) for number, segment in enumerate(reference) for word in words(segment.text)]
        pairs = partners([fold(w.text) for _, w in mine], [fold(w.text) for _, w in theirs])
        lines = [theirs[j][0] if j >= 0 else None for j, _ in pairs]
        supported = [j >= 0 and cost <= KIN for j, cost in pairs]
        # a word of a script without spaces is two characters, as a rule
        stretch = self.stretch * (2 if sum(has_unspaced(w.text) for _, w in mine) > len(mine) / 2 else 1)
        self._free_stretches(lines, supported, stretch)
        self._empty_weak_lines(lines, supported, Counter(number for number, _ in theirs))
        after = _after(candidate, mine)
        settled = _settle(lines, after, stretch)
        placed = _in_empty_lines(settled, Counter(number for number, _ in theirs))
        settled = _at_sentence_ends(settled, after)
        return [
            _Word(number, word.start, word.end, line, float(kept and line != _NOWHERE) or _PLACED * (k in placed))
            for k, ((number, word), line, kept) in enumerate(zip(mine, settled, supported, strict=True))
        ]

    def _free_stretches(self, lines: list[int | None], supported: Sequence[bool], stretch: int) -> None:
        """Takes the line from every word of a long run in which most words have no partner at all."""
        for known, group in groupby(range(len(lines)), key=supported.__getitem__):
            places = list(group)
            alone = sum(lines[k] is None for k in places)
            if not known and alone >= stretch and alone >= _MOSTLY * len(places):
                for k in places:
                    lines[k] = None

    def _empty_weak_lines(self, lines: list[int | None], supported: list[bool], sizes: Counter[int]) -> None:
        """Takes the words of lines that too few words support from them again."""
        held, good = Counter(lines), Counter(line for line, ok in zip(lines, supported, strict=True) if ok)
        for place, line in enumerate(lines):
            if line is not None and good[line] < self.least * min(held[line], sizes[line]):
                lines[place] = None


def _after(candidate: Sequence[Segment], mine: Sequence[tuple[int, Word]]) -> list[str]:
    """What stands between each word and the next: the marks that may end a sentence."""
    found = []
    for (number, word), following in zip_longest(mine, mine[1:]):
        text = candidate[number].text
        end = following[1].start if following and following[0] == number else len(text)
        found.append(text[word.end : min(end, word.end + _MARKS)])
    return found


def _cut(text: str, end: int, start: int) -> int:
    """Where two words are parted: what is written together with the second ("@name", "„Wort") goes with it."""
    spaces = [place for place in range(end, start) if text[place].isspace()]
    return spaces[-1] + 1 if spaces else end + len(text[end:start].rstrip(_OPENING))


def _certain(_: int) -> float:
    return 1.0


def _settle(lines: Sequence[int | None], after: Sequence[str], stretch: int) -> list[int]:
    """A line for every word: words without one stay with their neighbours, or alone where they are many."""
    settled: list[int] = []
    for known, group in groupby(range(len(lines)), key=lambda k: lines[k] is not None):
        places = list(group)
        if known:
            settled += [line for k in places if (line := lines[k]) is not None]
            continue
        left = settled[-1] if settled else _NOWHERE
        following = lines[places[-1] + 1] if places[-1] + 1 < len(lines) else None
        right = _NOWHERE if following is None else following
        settled += _between(places, left, right, after, stretch)
    return settled


def _in_empty_lines(settled: list[int], sizes: Counter[int]) -> set[int]:
    """Gives the words of no line that stand where lines without words lie, and are about as many, to these lines.

    The places of these words come back; several lines share them evenly.
    """
    placed: set[int] = set()
    for line, group in groupby(range(len(settled)), key=settled.__getitem__):
        places = list(group)
        before = settled[places[0] - 1] if places[0] else -1
        after = settled[places[-1] + 1] if places[-1] + 1 < len(settled) else max(sizes, default=-1) + 1
        empty = range(before + 1, after)
        size = sum(sizes[number] for number in empty)
        if line != _NOWHERE or not empty or not 1 / _FITS <= size / len(places) <= _FITS:
            continue
        for n, k in enumerate(places):
            settled[k] = empty[n * len(empty) // len(places)]
        placed.update(places)
    return placed


def _between(places: Sequence[int], left: int, right: int, after: Sequence[str], stretch: int) -> Iterator[int]:
    """Lines for a run of words without one, between a word of line `left` and one of line `right`."""
    if left == right and left != _NOWHERE:
        return iter([left] * len(places))
    if len(places) >= stretch or _NOWHERE == left == right:
        return iter(_without_rests(places, left, right, after))
    if left == _NOWHERE or right == _NOWHERE:
        return iter([max(left, right)] * len(places))
    ends = [n for n, k in enumerate(places) if _SENTENCE_END.search(after[k])]
    first = ends[0] + 1 if ends else len(places)
    return iter([left] * first + [right] * (len(places) - first))


def _without_rests(places: Sequence[int], left: int, right: int, after: Sequence[str]) -> list[int]:
    """No line for words between two lines, but for the rest of a sentence of the one and the beginning of one of the
    other, which go with it."""
    found = [_NOWHERE] * len(places)
    ends = [n for n, k in enumerate(places) if _SENTENCE_END.search(after[k])]
    if right != left + 1 or left == _NOWHERE:  # they may be the words of a line between the two
        return found
    goes_on = places[0] > 0 and not _SENTENCE_END.search(after[places[0] - 1])
    if ends and goes_on and ends[0] < _REST:
        found[: ends[0] + 1] = [left] * (ends[0] + 1)
    started = ends[-1] + 1 if ends else 0
    if (ends or not goes_on) and 0 < len(places) - started <= _REST:
        found[started:] = [right] * (len(places) - started)
    return found


def _at_sentence_ends(lines: list[int], after: Sequence[str]) -> list[int]:
    """The lines with each change moved to the nearest end of a sentence, where one is near."""
    ends = [bool(_SENTENCE_END.search(text)) for text in after]
    moved = list(lines)
    for k in range(1, len(lines)):
        if lines[k] == lines[k - 1] or ends[k - 1]:
            continue
        for far in range(1, _NEAR + 1):
            back, on = k - far, k + far
            if back > 0 and ends[back - 1] and len(set(lines[back:k])) == 1:
                moved[back:k] = [lines[k]] * far
                break
            if on < len(lines) and ends[on - 1] and len(set(lines[k:on])) == 1:
                moved[k:on] = [lines[k - 1]] * far
                break
    return moved
