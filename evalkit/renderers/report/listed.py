"""Which findings a report lists: every critical and major one, of the others some of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from evalkit.records import SEVERITY_WEIGHTS, Finding
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts

_SHORT = 150  # findings in all, up to which a report lists every one
_MOST_WEIGHTY = 300  # critical and major ones, whatever their number
WEIGHTY = ("critical", "major")
Entry = tuple[int, Finding]  # the system's number and the finding


def listed(result: Result, limit: int) -> dict[tuple[str, str], list[Entry]]:
    """The findings to list by category and rule, the most severe first; rules with nothing to list are there too.

    `limit` is the number of minor and neutral findings of each rule, where there are many in all.
    """
    entries = sorted(
        ((number, f) for number, system in enumerate(result.systems) for f in system.standing), key=_order(result)
    )
    rules: dict[tuple[str, str], list[Entry]] = {key: [] for key in sorted({_rule(f) for _, f in entries})}
    kept = set(map(id, _weighty(entries)))
    light: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        rule = _rule(entry[1])
        if entry[1].severity not in WEIGHTY:
            light[rule] += 1
        if len(entries) <= _SHORT or id(entry) in kept or (entry[1].severity not in WEIGHTY and light[rule] <= limit):
            rules[rule].append(entry)
    return rules


def _weighty(entries: list[Entry]) -> list[Entry]:
    """The critical and major findings to list: critical ones first, every rule in its turn."""
    turn: Counter[tuple[str, ...]] = Counter()
    keyed = []
    for place, entry in enumerate(entries):
        finding = entry[1]
        if finding.severity in WEIGHTY:
            turn[(finding.severity, finding.rule)] += 1
            keyed.append((-SEVERITY_WEIGHTS[finding.severity], turn[(finding.severity, finding.rule)], place))
    return [entries[place] for _, _, place in sorted(keyed)[:_MOST_WEIGHTY]]


def _rule(finding: Finding) -> tuple[str, str]:
    return finding.category, finding.rule


def _order(result: Result) -> Callable[[Entry], tuple[bool, int, int, int]]:
    """Trusted systems first, then by severity, system and place."""
    bad = {number for number, s in enumerate(result.systems) if s in facts.untrusted(result)}
    return lambda e: (e[0] in bad, -SEVERITY_WEIGHTS[e[1].severity], e[0], e[1].start)
