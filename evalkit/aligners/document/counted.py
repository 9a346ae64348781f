"""What segments consist of: words and groups of letters, numbered by their text, and how often each has which."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from evalkit.text.words import fold_text, has_unspaced, words

GRAMS = (3, 4)  # characters: shorter ones are shared by all words, longer ones split at inflection
_LONG = 50_000  # characters: from here on arrays are quicker than objects, which would take hundreds of megabytes
# Between letters: the middle dots of plain language and of Catalan, and the hyphen that only shows at a line end.
_PARTED = re.compile(r"(?<=[^\W\d_])[\u00b7\u2022\u2027\u2219\u00ad](?=[^\W\d_])")
Array = Any  # numpy is imported inside functions; its arrays pass through as this


class Counted(NamedTuple):
    """The features of texts one after another, ascending within each text, how often each occurs in its text, how many
    each text has, and of every feature whether it is a word. Features are numbered in the order of their text."""

    features: Array
    counts: Array
    lengths: Array
    is_word: Array


def plain(text: str) -> str:
    """The text folded, with words whole that plain language parts ("Mindest·haltbar·keits·datum")."""
    return fold_text(_PARTED.sub("", text))


def features_of(text: str) -> list[str]:
    """Words (marked `=`) and groups of letters of a text, folded; one entry per occurrence."""
    found: list[str] = []
    previous_end, previous = -1, ""
    for word in words(plain(text)):
        found.append("=" + word.text)
        if has_unspaced(word.text):
            if previous and word.start == previous_end:
                found.append(previous + word.text)
            previous, previous_end = word.text, word.end
            continue
        previous = ""
        edged = f" {word.text} "
        for size in GRAMS:
            found += [edged[k : k + size] for k in range(len(edged) - size + 1)]
    return found


def counted(texts: Sequence[str]) -> Counted:
    """The features of texts, short or long; the figures are the same either way."""
    if sum(map(len, texts)) >= _LONG:
        from evalkit.aligners.document.counted_long import counted_long

        found = counted_long(texts)
        if found is not None:
            return found
    return counted_short(texts)


def counted_short(texts: Iterable[str]) -> Counted:
    """As `counted`, text by text. In plain arrays: an object a text would take more than its features."""
    import numpy as np

    seen: dict[str, int] = {}
    features, counts, lengths = array("i"), array("i"), array("i")
    for text in texts:
        found: dict[int, int] = {}
        for name in features_of(text):
            number = seen.setdefault(name, len(seen))
            found[number] = found.get(number, 0) + 1
        features.extend(found)
        counts.extend(found.values())
        lengths.append(len(found))
    names = sorted(seen)
    rank = np.empty(len(names), dtype=np.int32)
    rank[np.fromiter((seen[name] for name in names), dtype=np.int64, count=len(names))] = np.arange(len(names))
    del seen
    numbers, sizes = rank[np.frombuffer(features, dtype=np.int32)], np.frombuffer(lengths, dtype=np.int32)
    order = np.lexsort((numbers, np.repeat(np.arange(len(sizes)), sizes)))
    is_word = np.fromiter((name[0] == "=" for name in names), dtype=bool, count=len(names))
    return Counted(numbers[order], np.frombuffer(counts, dtype=np.int32)[order], sizes, is_word)
