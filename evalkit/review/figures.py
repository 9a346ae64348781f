"""What verdicts say: of each finding, of each rule, of each pair of reviewers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec.structs import replace

from evalkit.records.verdict_keys import in_system, of_all
from evalkit.records.verdicts import WORDS, Agreement, Judgement, RuleReview, Verdict

_Z = 1.959964  # the normal quantile of a 95 % interval


def of_system(verdicts: Sequence[Verdict], name: str) -> list[Verdict]:
    """What was said of one system's findings, by their bare keys: what a person said of it alone comes first."""
    here = in_system("", name)
    own = {(of_all(verdict.key), verdict.who) for verdict in verdicts if verdict.key.endswith(here)}
    return [
        replace(verdict, key=of_all(verdict.key))
        for verdict in verdicts
        if verdict.key.endswith(here) or ("@" not in verdict.key and (verdict.key, verdict.who) not in own)
    ]


def by_finding(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """Verdicts each of one finding: where somebody has judged single systems, those of others hold for each of them."""
    systems: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        if "@" in verdict.key:
            systems.setdefault(of_all(verdict.key), {})[verdict.key] = None
    said = {(verdict.key, verdict.who) for verdict in verdicts}
    for verdict in verdicts:
        if verdict.key not in systems:
            yield verdict
            continue
        for key in systems[verdict.key]:
            if (key, verdict.who) not in said:
                yield replace(verdict, key=key)


def judgements(verdicts: Iterable[Verdict]) -> dict[str, Judgement]:
    """What the reviewers of each finding agree on, by key. Who is unsure leaves the word to those who are not."""
    by_key: dict[str, set[str]] = {}
    for verdict in verdicts:
        by_key.setdefault(verdict.key, set()).add(verdict.verdict)
    return {key: _agreed(words) for key, words in by_key.items()}


def _agreed(words: set[str]) -> Judgement:
    if {"right", "wrong"} <= words:
        return "disputed"
    return "right" if "right" in words else "wrong" if "wrong" in words else "unsure"


def interval(right: int, total: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson's score, from 0 to 1; None of nothing."""
    if not total:
        return None
    share, z2 = right / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return (0.0 if right == 0 else middle - half, 1.0 if right == total else middle + half)


def of_rules(verdicts: Sequence[Verdict]) -> tuple[RuleReview, ...]:
    """The precision of every rule that was judged, sorted by rule."""
    verdicts = tuple(by_finding(verdicts))
    rules = {verdict.key: verdict.rule for verdict in verdicts}
    counts: dict[str, Counter[str]] = {}
    for key, judgement in judgements(verdicts).items():
        counts.setdefault(rules[key], Counter())[judgement] += 1
    return tuple(_of_rule(rule, counts[rule]) for rule in sorted(counts))


def _of_rule(rule: str, counts: Mapping[str, int]) -> RuleReview:
    right, wrong = counts["right"], counts["wrong"]
    bounds = interval(right, right + wrong)
    return RuleReview(
        rule, right, wrong, counts["unsure"], counts["disputed"],
        right / (right + wrong) if bounds else None, *(bounds or (None, None)),
    )  # fmt: skip


def agreement(verdicts: Sequence[Verdict]) -> tuple[Agreement, ...]:
    """Every two reviewers who have judged the same findings, by name."""
    by_person: dict[str, dict[str, str]] = {}
    for verdict in by_finding(verdicts):
        by_person.setdefault(verdict.who, {})[verdict.key] = verdict.verdict
    found = []
    for one, two in combinations(sorted(by_person), 2):
        both = [(by_person[one][key], by_person[two][key]) for key in by_person[one] if key in by_person[two]]
        if both:
            found.append(Agreement(one, two, len(both), sum(a == b for a, b in both), kappa(both)))
    return tuple(found)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' words; None where chance alone would make all alike."""
    number = len(pairs)
    observed = sum(a == b for a, b in pairs) / number
    ones, twos = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[word] * twos[word] for word in WORDS) / (number * number)
    return None if chance == 1 else (observed - chance) / (1 - chance)
