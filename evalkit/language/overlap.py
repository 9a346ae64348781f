"""Which content words of one text have a counterpart in the other, weighted by how much they tell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.function_words import capitalises_nouns, content, stem
from evalkit.language.numbers.english import numeral
from evalkit.records import Unit
from evalkit.text.arithmetic import running_sum
from evalkit.text.words import SEGMENT, SHARED, Word, fold, has_unspaced

_ALIKE = 72.0  # rapidfuzz ratio from which two stems are taken for forms of one word


class Weights:
    """Weight of a stem: log of how rarely it stands in the run's texts; 1 to about 8 for words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        self._total = 1
        self._known: dict[str, float] = {}  # a word is weighed wherever it stands
        for text in texts:
            self._total += 1
            self._counts.update({s for _, s in stems(text)})

    def of(self, word: str) -> float:
        """The weight; a single character of an unspaced script weighs half."""
        known = self._known.get(word)
        if known is None:
            rare = math.log((self._total + 20) / (self._counts[word] + 1)) / 3
            known = self._known[word] = rare * (0.5 if has_unspaced(word) else 1.0)
        return known

    def mass(self, items: Iterable[tuple[Word, str]]) -> float:
        """Sum of the weights of (word, stem) pairs."""
        known = self._known.get
        return running_sum([known(s) or self.of(s) for _, s in items])


def weights_of(units: Sequence[Unit]) -> Weights:
    """The weights in the texts of a system and its references."""
    sides = (passage for unit in units for passage in (unit.candidate, *unit.references))
    return _weights(tuple(passage.text for passage in sides if passage is not None and passage.text))


@lru_cache(maxsize=1)  # two detectors, one after the other, ask for those of the same system
def _weights(texts: tuple[str, ...]) -> Weights:
    return Weights(texts)


def stems(text: str) -> list[tuple[Word, str]]:
    """Content words with their stems; the parts of a hyphenated word each by itself."""
    return list(_shared(text)) if len(text) <= SEGMENT else _stems(text)


@lru_cache(maxsize=SHARED)
def _shared(text: str) -> tuple[tuple[Word, str], ...]:
    return tuple(_stems(text))


def _stems(text: str) -> list[tuple[Word, str]]:
    found: list[tuple[Word, str]] = []
    for word in content(text):
        if word.text.isalpha() and word.text.isascii() and len(word.text) > 1:  # most words: one part
            found.append((word, _root(word.text)))
            continue
        at = word.start
        for part in word.text.replace("‑", "-").split("-"):
            if len(part) > 1 or part.isdigit() or has_unspaced(part):
                found.append((Word(part, at, at + len(part)), _root(part)))
            at += len(part) + 1
    return found


@lru_cache(maxsize=65536)
def _root(word: str) -> str:
    """The digits of a numeral, else the rough stem."""
    return numeral(word) or stem(word)


class Difference(NamedTuple):
    """Content words of two texts: those without counterpart on either side, and all of them."""

    candidate: tuple[tuple[Word, str], ...]
    reference: tuple[tuple[Word, str], ...]
    all_candidate: tuple[tuple[Word, str], ...]
    all_reference: tuple[tuple[Word, str], ...]


def difference(candidate: str, reference: str) -> Difference:
    """Words are matched one to one by stem, the rest by likeness of spelling."""
    short = max(len(candidate), len(reference)) <= SEGMENT
    return _shared_difference(candidate, reference) if short else _difference(candidate, reference)


@lru_cache(maxsize=SHARED // 2)  # of pairs, each of which both what is omitted and what is added is looked for in
def _shared_difference(candidate: str, reference: str) -> Difference:
    return _difference(candidate, reference)


def _difference(candidate: str, reference: str) -> Difference:
    a, b = stems(candidate), stems(reference)
    count_a, count_b = Counter(s for _, s in a), Counter(s for _, s in b)
    open_a = _unmatched(a, count_b)
    open_b = _unmatched(b, count_a)
    open_a, open_b = _without_alike(open_a, open_b)
    # A word said more often than on the other side is no news: its stem is there.
    open_a = [item for item in open_a if item[1] not in count_b]
    open_b = [item for item in open_b if item[1] not in count_a]
    return Difference(tuple(open_a), tuple(open_b), tuple(a), tuple(b))


def _unmatched(items: list[tuple[Word, str]], other: Counter[str]) -> list[tuple[Word, str]]:
    left = Counter(other)
    found = []
    for item in items:
        if left[item[1]] > 0:
            left[item[1]] -= 1
        else:
            found.append(item)
    return found


def _without_alike(
    a: list[tuple[Word, str]], b: list[tuple[Word, str]]
) -> tuple[list[tuple[Word, str]], list[tuple[Word, str]]]:
    from rapidfuzz.fuzz import ratio

    used: set[int] = set()
    left = []
    for item in a:
        for j, other in enumerate(b):
            near = item[1][:1] == other[1][:1] and len(item[1]) > 2 and len(other[1]) > 2
            if j not in used and near and ratio(item[1], other[1]) >= _ALIKE:
                used.add(j)
                break
        else:
            left.append(item)
    return left, [other for j, other in enumerate(b) if j not in used]


def shared(diff: Difference, weights: Weights) -> float:
    """Share of the lighter side's weight that has a counterpart, 0 to 1."""
    a, b = weights.mass(diff.all_candidate), weights.mass(diff.all_reference)
    if not a or not b:
        return 0.0
    common = max(a - weights.mass(diff.candidate), b - weights.mass(diff.reference))
    return min(1.0, common / min(a, b))


_FEWEST_ORDINARY = 4  # words: of fewer the share of capitals says nothing


def covered(diff: Difference, weights: Weights) -> float:
    """Share of the candidate's weight that has a counterpart, 0 to 1."""
    total = weights.mass(diff.all_candidate)
    return 1 - weights.mass(diff.candidate) / total if total else 1.0


def said(diff: Difference, weights: Weights, lang: str) -> float:
    """The same for words in small letters: two texts may share names and speak of different things. 1 where
    there are fewer than four, or where nouns have capitals too."""
    everything = [item for item in diff.all_candidate if item[0].text.islower()]
    if len(everything) < _FEWEST_ORDINARY or capitalises_nouns(lang):
        return 1.0
    missing = [item for item in diff.candidate if item[0].text.islower()]
    return 1 - weights.mass(missing) / weights.mass(everything)


def likeness(a: str, b: str) -> float:
    """How alike two texts are by their runs of 1 to 6 characters, blanks left out: mean F-score, 0 to 1.

    Unrelated sentences of one language reach 0.1 to 0.25; a rendering without a common word often more.
    """
    one, other = ("".join(fold(text).split()) for text in (a, b))
    scores = []
    for size in range(1, 7):
        grams, others = (Counter([t[i : i + size] for i in range(len(t) - size + 1)]) for t in (one, other))
        total = max(len(one) - size + 1, 0) + max(len(other) - size + 1, 0)
        if total:
            common = grams.keys() & others.keys()
            scores.append(2 * sum(map(min, map(grams.__getitem__, common), map(others.__getitem__, common))) / total)
    return running_sum(scores) / len(scores) if scores else 0.0


_RENDERED = 0.4  # likeness of two renderings of one source; see above for unrelated ones


def renders(unit: Unit) -> bool:
    """True where a reference of the unit says what its candidate does, nearly in the same words."""
    mine = unit.candidate.text if unit.candidate else ""
    return any(likeness(mine, passage.text) >= _RENDERED for passage in unit.references)


# Few words may all be rendered freely, so pairs of short texts must differ in every respect.
_SURE_WORDS = 6
_SCANTY = 5  # words: nothing can be said of shorter sentences
_BRIEF = 9  # words: a short sentence is unrelated only with next to nothing in common
_MOST_ALIKE = 0.32  # likeness in characters of sentences that share no word
_MOST_ALIKE_SHORT = 0.24  # the same for short ones, which are alike in fewer ways
_LESS_WITH_WORDS = 0.5  # the more words in common, the less alike the letters must be


def has_room_for_doubt(diff: Difference) -> bool:
    """True where one of the texts has fewer than six content words."""
    return min(len(diff.all_candidate), len(diff.all_reference)) < _SURE_WORDS


def is_scanty(diff: Difference) -> bool:
    """True where one of the texts has fewer than five content words."""
    return min(len(diff.all_candidate), len(diff.all_reference)) < _SCANTY


def is_brief(diff: Difference) -> bool:
    """True where one of the texts has fewer than nine content words: few enough to be said in others."""
    return min(len(diff.all_candidate), len(diff.all_reference)) < _BRIEF


def unrelated(candidate: str, reference: str, diff: Difference, weights: Weights, most: float) -> bool:
    """True where two paired texts seem to speak of different things: at most `most` of their weight in
    common, a quarter of it for short texts, and no more alike in letters than unrelated sentences are."""
    if min(len(diff.all_candidate), len(diff.all_reference)) < 3:
        return False
    common = shared(diff, weights)
    if has_room_for_doubt(diff):
        return common <= most / 4 and likeness(candidate, reference) <= _MOST_ALIKE_SHORT
    return common <= most and likeness(candidate, reference) <= _MOST_ALIKE - _LESS_WITH_WORDS * common
