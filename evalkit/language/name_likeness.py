"""How alike two names sound: a weighted edit distance over folded romanisations.

Letters that romanisations, ears and dictation confuse (vowels, sibilants, l and r, voiced and unvoiced
pairs) cost a fraction of an edit. The value is 1 for names that fold to the same sounds and falls to 0.
It tells whether two forms may stand for one name; it can't tell an accepted variant from an error.
"""

from __future__ import annotations

from functools import lru_cache

from evalkit.language.romanise import lacks_vowels, sounds

VOWELS = frozenset("aeiou")
_VOWEL_FOR_VOWEL = 0.35  # romanisations differ in vowels first
_VOWEL_GAP = 0.55  # a vowel comes and goes more easily than a consonant
_WEAK_GAP = 0.5  # h comes and goes in every romanisation
_GAP = 1.0  # the unit: one consonant
_SWAP = 0.7  # two neighbours in the wrong order
_UNWRITTEN = 0.05  # a vowel the script of the other side doesn't write

_CLASSES = (
    (0.35, "lr"),
    (0.4, "mn"),
    (0.4, "szSJCZX"),
    (0.35, "bp"),
    (0.35, "dt"),
    (0.35, "gk"),
    (0.35, "vf"),
    (0.4, "Jg"),
    (0.45, "hk"),
    (0.45, "hg"),
    (0.5, "vb"),
    (0.5, "Ck"),
    (0.5, "Zt"),
    (0.5, "ck"),
    (0.4, "cszSCZ"),
    (0.5, "Ji"),
    (0.5, "uv"),
    (0.5, "hX"),
)


def _costs() -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for cost, members in _CLASSES:
        for a in members:
            for b in members:
                table[a, b] = min(cost, table.get((a, b), 1.0))
    for a in VOWELS:
        for b in VOWELS:
            table[a, b] = _VOWEL_FOR_VOWEL
    return table


_COSTS = _costs()


@lru_cache(maxsize=65536)
def word_similarity(a: str, b: str) -> float:
    """0 to 1 for two single names in any script; 0 where one of them has no letters."""
    left, right = sounds(a), sounds(b)
    if not left or not right:
        return 0.0
    vowel_gap = _UNWRITTEN if lacks_vowels(a) != lacks_vowels(b) else _VOWEL_GAP
    return max(0.0, 1.0 - _distance(left, right, vowel_gap) / max(len(left), len(right)))


def _distance(a: str, b: str, vowel_gap: float) -> float:
    """Cost of turning `a` into `b`: gaps, class-weighted substitutions, swaps of neighbours."""

    def gap(char: str) -> float:
        return vowel_gap if char in VOWELS else _WEAK_GAP if char == "h" else _GAP

    before: list[float] = []
    row = [0.0]
    gaps = [gap(char) for char in b]
    for each in gaps:
        row.append(row[-1] + each)
    for i, x in enumerate(a):
        before, above = row, before
        mine = gap(x)
        last = before[0] + mine
        row = [last]
        for j, y in enumerate(b):
            cost = before[j] if x == y else before[j] + _COSTS.get((x, y), 1.0)
            # comparisons, since `min` takes three times as long, and this is all that is done here
            if (left_out := before[j + 1] + mine) < cost:
                cost = left_out
            if (added := last + gaps[j]) < cost:
                cost = added
            if x != y and i and j and x == b[j - 1] and y == a[i - 1]:
                cost = min(cost, above[j - 1] + _SWAP)
            row.append(cost)
            last = cost
    return row[-1]
