"""What a reader must know of the tests that were made: how, when a difference counts as shown, and where interval and
verdict say different things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.records.comparison import Comparison
from evalkit.records.crossing import crossing, lowered_by_size
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import listing, quoted

_CORRECTIONS = {"holm": "Holm", "bh": "Benjamini-Hochberg", "none": "none"}
_MOST = 4  # tests, or levels, told apart: a run has one or two
_NAMED = 6  # measures named for a level


def level(comparisons: Iterable[Comparison]) -> str:
    """What p-values are held against where it is not the level the user gave and `how_tested` does not say it, as in
    results of old; see docs/statistics.md."""
    if not any(c.test == "paired bootstrap" and not _corrected(c) for c in comparisons):
        return ""
    return "This bootstrap's p is one-sided and held against half the level (0.025 where the level is 0.05)."


def how_tested(result: Result, comparisons: Iterable[Comparison]) -> str:
    """The tests that were made: name, sides, trials, seed, what was drawn, and what p must be for a difference to
    be shown; empty where there is none."""
    said: dict[str, list[Comparison]] = {}
    for c in comparisons:
        if c.p_value is not None:
            sides = "one-sided" if c.sides == 1 else "two-sided"
            name = quoted(c.test, 100) if sides in c.test else f"{quoted(c.test, 100)}, {sides}"
            drawn = {"documents": ", whole documents drawn", "segments": ", segments drawn"}.get(c.resampled, "")
            text = f"Test: {name}, {c.trials:,} trials, seed {c.seed}{drawn}.{_corrected(c)}"
            said.setdefault(text, []).append(c)
    return " ".join(f"{text}{_shown_at(result, of)}" for text, of in list(said.items())[:_MOST])


def _shown_at(result: Result, tests: Sequence[Comparison]) -> str:
    """What p must be at most, by measure where it is not one number for all; nothing of results of old."""
    if not _corrected(tests[0]):
        return ""
    levels: dict[str, tuple[dict[str, None], list[int]]] = {}
    for c in tests:
        measures, items = levels.setdefault(f"{c.level:.2g}", ({}, []))
        measures[facts.title(result, c.metric)] = None
        items.append(c.items)
    parts = list(levels)
    if len(levels) > 1:
        parts = [
            f"{most} for {listing(list(measures), _NAMED)} ({max(items):,} items)"
            for most, (measures, items) in list(levels.items())[:_MOST]
        ]
    why = ""
    if tests[0].sides == 1:
        least = min(c.items for c in tests)
        few = f", and less for only {least:,} items" if lowered_by_size(tests[0]) else ""
        why = f" (the test is one-sided, so half of the level asked for{few})"
    return f" A difference counts as shown if p is at most {' or '.join(parts)}{why}."


def _corrected(c: Comparison) -> str:
    """How p was corrected for the number of tests; empty in older results."""
    if c.correction not in _CORRECTIONS or not c.corrected_for:
        return ""
    if c.corrected_for == 1:
        return " Each measure tests one pair, so p is not corrected."
    if c.correction == "none":
        return f" p is not corrected for the {c.corrected_for:,} pairs tested by each measure."
    return f" p is corrected ({_CORRECTIONS[c.correction]}) for the {c.corrected_for:,} pairs tested by each measure."


def any_corrected(comparisons: Iterable[Comparison]) -> bool:
    """Whether a p-value was corrected for the number of tests, or may have been: older results do not say."""
    return any(c.correction != "none" and c.corrected_for != 1 for c in comparisons if c.p_value is not None)


def crossings(result: Result, comparisons: Iterable[Comparison]) -> list[str]:
    """Where interval and verdict say different things and why, a sentence for each reason with the measures and pairs
    that have it."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for c in comparisons:
        if why := crossing(c):
            pair = found.setdefault(why, {}).setdefault((c.system, c.baseline), [])
            pair.append(facts.title(result, c.metric))
    said = []
    for why, pairs in found.items():
        of = [
            f"{quoted(one, 40)} against {quoted(two, 40)}, {listing(list(dict.fromkeys(titles)), _NAMED)}"
            for (one, two), titles in pairs.items()
        ]
        said.append(f"{listing(of, _MOST)}: {why}.")
    return said
