"""What several sections ask of a result: order of metrics and severities, places, which way is better."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from evalkit.records import SEVERITIES, SEVERITY_WEIGHTS, Finding, Kind, Scope, Severity
from evalkit.records.comparison import Comparison, Ranking
from evalkit.records.result import Result, Score, SystemRecord
from evalkit.renderers._text import count, label, listing, quoted
from evalkit.text.words import fold

# The figures at the end of a reason of distrust, in brackets that may hold brackets.
_FIGURES = re.compile(r" \((?:agreement|paired:) (?:[^()]|\([^()]*\))*\)$")
_OPENS, _CLOSES = "'\"“‘«", "'\"”’»"  # around a quotation
WORST_FIRST: tuple[Severity, ...] = tuple(reversed(SEVERITIES))
# Rates of findings by their title: tested like metrics, lower is better, no measure of nearness to the reference.
RATES = {
    "penalty_per_1000_words": "penalty per 1,000 words",
    "findings_per_1000_words": "findings per 1,000 words",
    "expected_errors_per_1000_words": "expected errors per 1,000 words",
}
# The fewest items a paired test takes.
LEAST_ITEMS = 10
# Below this share of the candidate's words with a counterpart, a text is mostly something else.
LEAST_PAIRED = 0.5


def title(result: Result, metric: str) -> str:
    """The name of a metric as the field writes it."""
    if metric in RATES:
        return RATES[metric]
    known = result.metrics.get(metric)
    return label(known.title if known else metric, 40)


def better(result: Result, metric: str) -> Literal["higher", "lower", ""]:
    """Which way is better; empty for a metric the result says nothing of."""
    if metric in RATES:
        return "lower"
    return result.metrics[metric].better if metric in result.metrics else ""


def meaning(result: Result, metric: str) -> str:
    """What a metric measures, in a sentence."""
    known = result.metrics.get(metric)
    return quoted(known.meaning if known else "", 400) or "a metric from a plug-in; see its own documentation"


def headline(result: Result, metric: str) -> str:
    """A column head: the name with an arrow towards better."""
    return title(result, metric) + {"higher": " ↑", "lower": " ↓", "": ""}[better(result, metric)]


def places(result: Result, metric: str, width: int = 2) -> int:
    """Decimals to show a value of a metric with, where one in percent has `width`: a scale of 0 to 1 needs more."""
    known = result.metrics.get(metric)
    return width + max(0, known.decimals - 2) if known else width


def trusted(result: Result) -> tuple[SystemRecord, ...]:
    """Systems whose alignment can be relied on; without a reference there is none to distrust."""
    return tuple(s for s in result.systems if s.alignment.trusted or not result.references)


def untrusted(result: Result) -> tuple[SystemRecord, ...]:
    return tuple(s for s in result.systems if result.references and not s.alignment.trusted)


def checked(result: Result) -> bool:
    """Whether findings were asked for; where not, their absence says nothing."""
    asked = result.config.get("detectors")
    return asked is None or len(asked) > 0 or any(system.findings for system in result.systems)


def strange_source(system: SystemRecord) -> bool:
    """Whether a text that was aligned with its source alone seems to be no translation of it."""
    return system.alignment.aligner == "source" and not system.alignment.trusted


def why_apart(system: SystemRecord) -> str:
    """Why a system is not trusted, in a sentence; the figures behind it, at its end in brackets, are in the result."""
    return _FIGURES.sub("", system.alignment.reason).rstrip(".") or "no reason given"


def rated(result: Result, system: SystemRecord) -> bool:
    """Whether a system's number of findings says anything: not where rules that need the reference did not run."""
    return checked(result) and system not in untrusted(result)


def judged(result: Result) -> dict[str, int]:
    """How many findings people have judged wrong, right, unsure or in dispute; only words that occur."""
    said: Counter[str] = Counter(finding.verdict for system in result.systems for finding in system.findings)
    said["wrong"] += sum(len(system.judged_wrong) for system in result.systems)
    return {word: said[word] for word in ("wrong", "right", "unsure", "disputed") if said[word]}


def kinds(systems: Iterable[SystemRecord]) -> dict[Kind, list[SystemRecord]]:
    """Systems by kind, in the order they come; only those of one kind were asked for the same text."""
    groups: dict[Kind, list[SystemRecord]] = {}
    for system in systems:
        groups.setdefault(system.kind, []).append(system)
    return groups


def scopes(result: Result) -> tuple[Scope, ...]:
    """The scopes that occur, the one to read first in front: translations are charged for what they leave out, a report
    or summary may leave things out."""
    present = {score.scope for system in result.systems for score in system.scores}
    charged = all(system.kind == "translation" for system in result.systems)
    order: tuple[Scope, ...] = ("corpus", "document", "aligned") if charged else ("corpus", "aligned", "document")
    return tuple(scope for scope in order if scope in present)


def metrics(result: Result, scope: Scope) -> tuple[str, ...]:
    """Metrics of a scope in the order they first occur."""
    seen = {score.metric: None for system in result.systems for score in system.scores if score.scope == scope}
    return tuple(seen)


def score(system: SystemRecord, metric: str, scope: Scope) -> Score | None:
    return next((s for s in system.scores if s.metric == metric and s.scope == scope), None)


_BY_LINE = {"lines", "id"}  # aligners


def is_lines(result: Result) -> bool:
    """True where line k was held against line k, or row against row: there are no gaps that scores or shares could tell
    of."""
    aligners = {system.alignment.aligner for system in result.systems}
    return scopes(result) == ("corpus",) or (not scopes(result) and bool(aligners) and aligners <= _BY_LINE)


def severity_rank(finding: Finding) -> tuple[int, int, int]:
    """Sorts the most severe first, the surest first among equals, then by place."""
    return -SEVERITY_WEIGHTS[finding.severity], -round(1000 * finding.confidence), finding.start


def usable(result: Result) -> tuple[SystemRecord, ...]:
    """Trusted systems most of whose words have a counterpart in the reference."""
    return tuple(s for s in trusted(result) if not result.references or s.alignment.coverage.candidate >= LEAST_PAIRED)


def outcome(comparison: Comparison) -> str:
    """What a test showed, in two or three words."""
    return {"none": "no difference shown", "untested": "not tested"}.get(comparison.outcome, comparison.outcome)


def won(comparison: Comparison) -> str:
    """`wins / ties / losses`, where they were counted."""
    return "–" if no_plugin(comparison) else f"{comparison.wins:,} / {comparison.ties:,} / {comparison.losses:,}"


def no_plugin(comparison: Comparison) -> bool:
    """Whether no test could be made, however many units there are: the plug-in that scored the metric is not loaded."""
    return not comparison.test


def ranking(result: Result, metric: str, scope: Scope, kind: Kind) -> Ranking | None:
    """The ranks by a metric, where all pairs were tested."""
    return next((r for r in result.rankings if (r.metric, r.scope, r.kind) == (metric, scope, kind)), None)


def clusters(ranking: Ranking) -> list[list[str]]:
    """Names by cluster, the best first."""
    groups: dict[int, list[str]] = {}
    for ranked in ranking.systems:
        groups.setdefault(ranked.cluster, []).append(ranked.system)
    return list(groups.values())


def neighbours(result: Result, tested: Iterable[Comparison]) -> list[Comparison]:
    """The tests of each system against the next in rank, metric by metric; empty without ranks."""
    found = {(c.metric, c.scope, frozenset((c.baseline, c.system))): c for c in tested}
    near = []
    for ranked in result.rankings:
        for pair in pairwise(system.system for system in ranked.systems):
            if c := found.get((ranked.metric, ranked.scope, frozenset(pair))):
                near.append(c)
    return near


def untested(comparisons: Iterable[Comparison]) -> str:
    """Why nothing was tested: how many items there are and how many it takes, or which plug-in is not there."""
    small: dict[str, set[int]] = {}
    bare: dict[str, None] = {}
    few_trials = False
    for c in comparisons:
        if no_plugin(c):
            bare[f"the plug-in that scored {label(c.metric, 40)} is not loaded"] = None
        elif c.p_value is None:
            units, documents = c.wins + c.ties + c.losses, c.resampled == "documents"
            noun = "document" if documents and units >= LEAST_ITEMS else "unit"
            small.setdefault(noun, set()).add(c.items if noun == "document" else units)
        elif c.correction == "holm" and c.corrected_for > c.level * (c.trials + 1):
            few_trials = True
        else:
            bare[f"the systems render different parts of the reference ({c.scope} scores)"] = None
    if few_trials:
        bare["too few trials for so many comparisons"] = None
    said = list(bare)
    for noun, numbers in small.items():
        some = f"{min(numbers):,} to {max(numbers):,} {noun}s" if len(numbers) > 1 else count(min(numbers), noun)
        said.append(f"{some} in common, at least {LEAST_ITEMS} needed")
    return "; ".join(said)


def said(finding: Finding) -> bool:
    """Whether the message quotes the found text, in full or with its middle left out."""
    text, message = finding.text.strip(), finding.message
    if not text or text != finding.text:
        return False
    if "…" in message and text[:15] in message and text[-10:] in message:
        return True
    at = message.find(text)
    while at >= 0:  # no pattern made of the text: to compile one of each finding takes longer than to look
        before, after = message[max(0, at - 1) : at], message[at + len(text) :][:1]
        beside = any(char.isalnum() or char == "_" for char in before + after)
        if (before in _OPENS and after in _CLOSES and before and after) or (len(text) > 3 and not beside):
            return True
        at = message.find(text, at + 1)
    return False


def expected(finding: Finding) -> str:
    """The forms expected, in quotes; empty where the message names one of them."""
    if any(form in finding.message for form in finding.expected):
        return ""
    return listing([f"“{quoted(form, 80)}”" for form in finding.expected], 3)


def worst(findings: Iterable[Finding]) -> list[Finding]:
    """Most severe first; within a severity one finding of each rule before a second of any, no text twice."""
    turn: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    keyed = []
    for position, finding in enumerate(sorted(findings, key=severity_rank)):
        if (finding.rule, fold(finding.text[:200])) in seen:
            continue
        seen.add((finding.rule, fold(finding.text[:200])))
        kind = (finding.severity, finding.rule)
        turn[kind] = turn.get(kind, 0) + 1
        keyed.append((-SEVERITY_WEIGHTS[finding.severity], turn[kind], position, finding))
    return [entry[-1] for entry in sorted(keyed, key=lambda entry: entry[:3])]


def place(system: SystemRecord, finding: Finding) -> str:
    """`line:column`, with the side where it is not the candidate's, the document where there are several."""
    where = f"{finding.line}:{finding.column}"
    if len(system.documents) > 1:
        where = f"{finding.document}:{where}"
    return where if finding.side == "candidate" else f"{finding.side} {where}"
