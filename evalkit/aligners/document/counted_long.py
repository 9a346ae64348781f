"""The features of long texts, in arrays: a name of at most four characters is one number.

Each character is numbered by its code point among those that occur, so that numbers are in the order of the names;
a word is `=` and its place among all words. What does not fit (more characters than a number holds, words that are
joined to more than four) is left to `counted_short`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.aligners.document.counted import GRAMS, Array, Counted, plain
from evalkit.text.words import has_unspaced, word_spans

_BITS = 16  # of a character; four of them fit
_SPACE, _EQUALS = ord(" "), ord("=")
_BAND = 1 << 18  # characters that are looked at together
_PART = 1 << 18  # numbers looked up together


def counted_long(texts: Sequence[str]) -> Counted | None:
    """As `counted_short`; None where the characters of the texts do not fit."""
    import numpy as np

    folded = [plain(text) for text in texts]
    ends = np.cumsum(np.fromiter((len(text) + 1 for text in folded), dtype=np.int64, count=len(folded)))
    whole = "\n".join(folded)  # in no word, so that no feature goes from one text into the next
    del folded
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet = np.union1d(points, np.array([_SPACE, _EQUALS], dtype=np.uint32))
    if len(alphabet) >= 1 << _BITS:
        return None
    number_of = np.zeros(int(alphabet[-1]) + 1, dtype=np.uint16)
    number_of[alphabet] = np.arange(1, len(alphabet) + 1)  # 0 stands for no character
    alone = np.fromiter((has_unspaced(chr(point)) for point in alphabet.tolist()), dtype=bool, count=len(alphabet))
    text = _Text(number_of[points], np.concatenate(([False], alone)), *number_of[[_SPACE, _EQUALS]].tolist())
    del points
    starts, stops, names = _words(whole)
    del whole
    owners = np.searchsorted(ends, starts, side="right").astype(np.int32)
    if text.joins_too_much(starts, stops):
        return None
    codes, counts, lengths = [], [], np.zeros(len(texts), dtype=np.int32)
    for first, last in _bands(stops, owners):
        found = text.features(starts, stops, names, owners, first, last)
        codes.append(found[0])
        counts.append(found[1])
        lengths += np.bincount(found[2], minlength=len(texts)).astype(np.int32)
    del text, starts, stops, names, owners
    every = np.concatenate(codes) if codes else np.zeros(0, dtype=np.uint64)
    codes.clear()
    distinct = np.unique(every)
    features = np.empty(len(every), dtype=np.int32)
    for place in range(0, len(every), _PART):
        part = slice(place, place + _PART)
        features[part] = np.searchsorted(distinct, every[part])
    of_words = distinct >> np.uint64(3 * _BITS) == number_of[_EQUALS]
    return Counted(features, np.concatenate(counts) if counts else features, lengths, of_words)


def _words(whole: str) -> tuple[Array, Array, Array]:
    """Where each word starts and ends, and its place among all different words in their order."""
    from array import array

    import numpy as np

    seen: dict[str, int] = {}
    starts, stops, numbers = array("i"), array("i"), array("i")
    for start, stop in word_spans(whole):
        starts.append(start)
        stops.append(stop)
        numbers.append(seen.setdefault(whole[start:stop], len(seen)))
    rank = np.empty(len(seen), dtype=np.int64)
    rank[np.fromiter((seen[name] for name in sorted(seen)), dtype=np.int64, count=len(seen))] = np.arange(len(seen))
    first, last, number = (np.frombuffer(column, dtype=np.int32) for column in (starts, stops, numbers))
    return first, last, rank[number].astype(np.int32)


def _bands(stops: Array, owners: Array) -> Iterator[tuple[int, int]]:
    """Runs of words (from, to) of some `_BAND` characters, none of which parts a text."""
    import numpy as np

    first = 0
    while first < len(stops):
        last = int(np.searchsorted(stops, int(stops[first]) + _BAND, side="right"))
        last = int(np.searchsorted(owners, owners[last - 1], side="right"))
        yield first, last
        first = last


class _Text:
    """All texts as one row of numbered characters; `alone` says of each number whether it is a word by itself."""

    def __init__(self, characters: Array, alone: Array, space: int, equals: int) -> None:
        import numpy as np

        self._characters, self._space, self._equals = characters, space, equals
        self._alone = np.concatenate(([0], np.cumsum(alone[characters], dtype=np.int32)))

    def _unspaced(self, starts: Array, stops: Array) -> Array:
        return self._alone[stops] > self._alone[starts]

    def joins_too_much(self, starts: Array, stops: Array) -> bool:
        """True where two words without a space between are more than four characters."""
        unspaced = self._unspaced(starts, stops)
        joined = unspaced[1:] & unspaced[:-1] & (starts[1:] == stops[:-1])
        return bool((joined & (stops[1:] - starts[:-1] > max(GRAMS))).any())

    def features(
        self, starts: Array, stops: Array, names: Array, owners: Array, first: int, last: int
    ) -> tuple[Array, Array, Array]:
        """Of the words from `first` to `last` the features in order of texts and names, how often each occurs in its
        text, and which text it is."""
        import numpy as np

        starts, stops, owners = starts[first:last], stops[first:last], owners[first:last]
        unspaced = self._unspaced(starts, stops)
        words = np.uint64(self._equals) << np.uint64(3 * _BITS) | names[first:last].astype(np.uint64)
        spaced = ~unspaced
        codes, of_text = self._grams(starts[spaced], stops[spaced], owners[spaced])
        joined = np.flatnonzero(unspaced[1:] & unspaced[:-1] & (starts[1:] == stops[:-1]))
        codes += [words, self._packed(starts[joined], stops[joined + 1])]
        of_text += [owners, owners[joined]]
        code, text = np.concatenate(codes), np.concatenate(of_text)
        del codes, of_text
        order = np.lexsort((code, text))
        code, text = code[order], text[order]
        new = np.ones(len(code), dtype=bool)
        new[1:] = (code[1:] != code[:-1]) | (text[1:] != text[:-1])
        places = np.flatnonzero(new)
        return code[new], np.diff(np.append(places, len(code))).astype(np.int32), text[new]

    def _packed(self, starts: Array, stops: Array) -> Array:
        """Runs of at most four characters as one number each."""
        import numpy as np

        code = np.zeros(len(starts), dtype=np.uint64)
        for k in range(max(GRAMS)):
            inside = starts + k < stops
            character = np.where(inside, self._characters[np.minimum(starts + k, stops - 1)], 0)
            code = code << np.uint64(_BITS) | character.astype(np.uint64)
        return code

    def _grams(self, starts: Array, stops: Array, owners: Array) -> tuple[list[Array], list[Array]]:
        """The groups of letters of words with a space before and after each, by length, and the text of each group."""
        import numpy as np

        sizes = (stops - starts).astype(np.int64) + 2
        offsets = np.cumsum(sizes) - sizes
        total = int(sizes.sum())
        left = np.repeat(offsets + sizes, sizes) - np.arange(total)  # characters from each on to the end of its word
        inner = (left > 1) & (left < np.repeat(sizes, sizes))
        edged = np.full(total, self._space, dtype=np.uint64)
        edged[inner] = self._characters[(np.arange(total) + np.repeat(starts - offsets - 1, sizes))[inner]]
        text = np.repeat(owners, sizes)
        found, of_text = [], []
        for size in GRAMS:
            places = np.flatnonzero(left >= size)
            code = np.zeros(len(places), dtype=np.uint64)
            for k in range(size):
                code |= edged[places + k] << np.uint64(_BITS * (max(GRAMS) - 1 - k))
            found.append(code)
            of_text.append(text[places])
        return found, of_text
