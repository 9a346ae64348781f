"""A metric that compares two candidates directly: which of them has more of the words on which they differ right.

evalkit score one.txt two.txt -r reference.txt -m preference --plugin preference.py --paired-ar
"""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar, Literal


def words(passage):
    return Counter(passage.text.lower().split()) if passage else Counter()


def wanted(unit):
    return words(unit.references[0]) if unit.references else Counter()


@dataclass(frozen=True)
class Preference:
    """Of the words that only one of two candidates has: the share the reference has too, second less first."""

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "preference"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    scale: ClassVar[str] = "0 to 1"
    meaning: ClassVar[str] = "words of the reference; two systems are compared by the words on which they differ"

    def prefer(self, first, second):
        """From -1 to 1 a pair, above 0 where the second is better. evalkit asks in both orders."""
        found = []
        for one, two in zip(first, second, strict=True):
            mine, theirs, right = words(two.candidate), words(one.candidate), wanted(two)
            found.append(self._share(mine - theirs, right - theirs) - self._share(theirs - mine, right - mine))
        return found

    def _share(self, only, right):
        return (only & right).total() / only.total() if only else 0.0

    def measure(self, units):
        """The score of one system alone, which a table shows: (words found, words of the reference)."""
        return [((words(u.candidate) & wanted(u)).total(), wanted(u).total()) for u in units]

    def value(self, row):
        return row[0] / row[1] if row[1] else 0.0

    segment = value

    def signature(self, nrefs):
        return f"preference|nrefs:{nrefs}"
