"""Whether what two texts say differs in one place alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evalkit.language.function_words import is_content, stem
from evalkit.language.packs import words_of
from evalkit.text.words import words

_FEWEST, _OF_PART = 2, 3  # content words: texts of fewer may speak of different things, the more so of two lengths
_LONGEST = 5_000  # characters: a passage has a pair for each of its numbers, and is gone through for every one
_CLOSE = 0.55  # of the content words: from there experts bore out three of four numbers on the dev halves, else few
_HELPERS = words_of("en", "negation.helping_verbs")


def is_verbatim(text: str, place: tuple[int, int], other: str, there: tuple[int, int]) -> bool:
    """True where the content words outside the two places are the same in the same order, figures not counted; one of
    the texts may be a part of the other, as in a summary. Of texts longer than some pages that is not asked."""
    if max(len(text), len(other)) > _LONGEST:
        return False
    short, long = sorted(([*_content(text, place)], [*_content(other, there)]), key=len)
    return len(short) >= (_FEWEST if short == long else _OF_PART) and _is_part(short, long)


def is_denied(text: str, place: tuple[int, int], other: str) -> bool:
    """True where the two texts have the same words but for the negator at the place of the first, and helping verbs."""
    sides = (_around(text, place), _all(other))
    mine, theirs = ([stem(w) for w in said if w.lower() not in _HELPERS] for said in sides)
    return mine == theirs and sum(map(is_content, mine)) >= _OF_PART


def is_close(text: str, other: str) -> bool:
    """True where the two texts share most of their content words, figures not counted: what differs in so faithful a
    rendering is seldom another way to say it. Of texts longer than some pages that is not asked."""
    if max(len(text), len(other)) > _LONGEST:
        return False
    mine, theirs = (Counter(_content(side, (0, 0))) for side in (text, other))
    both = (mine & theirs).total()
    return both >= _FEWEST and 2 * both >= _CLOSE * (mine.total() + theirs.total())


def _content(text: str, place: tuple[int, int]) -> Iterator[str]:
    return (stem(w) for w in _around(text, place) if is_content(w) and not w[0].isdigit())


def _around(text: str, place: tuple[int, int]) -> Iterator[str]:
    return (w.text for w in words(text) if w.end <= place[0] or w.start >= place[1])


def _all(text: str) -> Iterator[str]:
    return (w.text for w in words(text))


def _is_part(short: Iterable[str], long: Iterable[str]) -> bool:
    """True where the words of the one stand in the other in the same order."""
    rest = iter(long)
    return all(word in rest for word in short)
