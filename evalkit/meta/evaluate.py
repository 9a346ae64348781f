"""Metrics held against people: every value with its interval, every pair of metrics tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

import msgspec

import evalkit
from evalkit.compare.statistics import correct, pairs_of
from evalkit.compare.statistics.plan import check_numbers
from evalkit.meta.exchange import Tested, exchanges
from evalkit.meta.exchanged import two
from evalkit.meta.intervals import Drawing, enough, interval
from evalkit.meta.measures import measures
from evalkit.meta.pairing import Paired, common_systems, left_out, pair, systems_of, unscored
from evalkit.meta.records import SCHEMA, DomainRecord, MetaResult, MetricComparison, Outcome, SideRecord, Value
from evalkit.meta.scores import Key, Scores


class Settings(NamedTuple):
    """How much is drawn, how tests are corrected, and which systems count."""

    trials: int = 1000
    seed: int = 12345
    alpha: float = 0.05
    correction: str = "holm"
    references: bool = False
    baseline: str = ""  # the metric to test the others against; empty for all pairs

    @property
    def drawing(self) -> Drawing:
        return Drawing(self.trials, self.seed, self.alpha)


class Places(NamedTuple):
    """Domain and document of segments, by human side."""

    domains: Mapping[str, Mapping[Key, str]]
    documents: Mapping[str, Mapping[Key, str]]


def evaluate(
    metrics: Sequence[Scores], humans: Sequence[Scores], settings: Settings, places: Places | None = None
) -> MetaResult:
    """All values and comparisons; raises InputError where two sides have too little in common, ConfigError for
    settings that mean nothing."""
    check_numbers(settings.trials, settings.seed, settings.alpha)
    correct([], settings.correction)
    places = places or Places({}, {})
    values: list[Value] = []
    comparisons: list[MetricComparison] = []
    by_domain: dict[str, list[Value]] = {}
    sizes: dict[str, set[Key]] = {}
    notes = []
    for human in humans:
        documents = _documents(human, places)
        for metric in metrics:
            paired = pair(human, metric, systems_of(human, [metric], references=settings.references))
            values += _values(human, metric, paired, documents, settings)
        if not settings.references and (names := left_out(human, metrics)):
            notes.append(f"{human.name}: {', '.join(names)} left out as reference; count it with --with-references")
        if names := unscored(human, metrics):
            notes.append(f"{human.name}: {', '.join(names)} left out, for no metric has scored {_them(names)}")
        notes += _unlike(human, metrics, settings)
        comparisons += _comparisons(human, metrics, settings)
        for domain, keys in _domains(human, places).items():
            sizes.setdefault(domain, set()).update(keys)
            for metric in metrics:
                paired = pair(human, metric, systems_of(human, [metric], references=settings.references), keys, domain)
                by_domain.setdefault(domain, []).extend(_values(human, metric, paired, documents, settings))
    notes += _beyond_showing(len(metrics), settings)
    drawn = any(_documents(human, places) is not None for human in humans)
    return MetaResult(
        SCHEMA,
        evalkit.__version__,
        settings.trials,
        settings.seed,
        settings.alpha,
        settings.correction,
        "documents" if drawn else "segments",
        tuple(_record(human, metrics, settings) for human in humans),
        tuple(_record(metric, humans, settings) for metric in metrics),
        tuple(values),
        tuple(comparisons),
        tuple(DomainRecord(name, len(sizes[name]), tuple(found)) for name, found in sorted(by_domain.items())),
        tuple(notes),
    )


def _them(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _record(side: Scores, others: Sequence[Scores], settings: Settings) -> SideRecord:
    """What is said of a side; of its systems those count that the values are of."""
    counted = {name for other in others for name in common_systems(side, [other], references=settings.references)}
    return msgspec.structs.replace(side.record(), systems=len(counted))


def _unlike(human: Scores, metrics: Sequence[Scores], settings: Settings) -> list[str]:
    """That metrics have scored different systems, so that their values are not of the same thing."""
    systems = {metric.name: systems_of(human, [metric], references=settings.references) for metric in metrics}
    if len(set(systems.values())) < 2:
        return []
    counts = ", ".join(f"{name} {len(found)}" for name, found in systems.items())
    return [
        f"{human.name}: metrics have scored different systems ({counts}), so their values cannot be compared; the "
        "tests look at what both metrics of a pair have"
    ]


def _beyond_showing(metrics: int, settings: Settings) -> list[str]:
    """That even the smallest p-value these trials can give is above the level once corrected."""
    tests = metrics - 1 if settings.baseline else metrics * (metrics - 1) // 2
    if settings.correction != "holm" or tests / (settings.trials + 1) <= settings.alpha:
        return []
    return [
        f"{tests} pairs of metrics are tested: with {settings.trials} trials Holm's correction can show no difference; "
        f"give --trials {ceil(tests / settings.alpha)} or more, --baseline or --correction bh"
    ]


def _documents(human: Scores, places: Places) -> Mapping[Key, str] | None:
    """The document of every segment, where each has one and there are enough to draw them whole."""
    known = places.documents.get(human.name) or {key: key[0] for key in human.order if key[0]}
    if len(known) < len(human.order) or not enough(list(known.values())):
        return None
    return known


def _domains(human: Scores, places: Places) -> dict[str, set[Key]]:
    found: dict[str, set[Key]] = {}
    for key, domain in (places.domains.get(human.name) or human.domains).items():
        found.setdefault(domain, set()).add(key)
    return found


def _values(
    human: Scores, metric: Scores, paired: Paired, documents: Mapping[Key, str] | None, settings: Settings
) -> list[Value]:
    import numpy as np

    scored = np.asarray(paired.both.any(axis=0))
    groups = None
    if documents is not None:
        numbers: dict[str, int] = {}
        kept = [key for key, has in zip(paired.keys, scored.tolist(), strict=True) if has]
        groups = [numbers.setdefault(documents[key], len(numbers)) for key in kept]
    found = []
    for measure in measures(paired):
        low, high = interval(measure, settings.drawing, groups)
        value = None if measure.value != measure.value else measure.value
        head = (human.name, metric.name, measure.level, measure.statistic, measure.average, value, low, high)
        found.append(Value(*head, len(paired.systems), measure.segments, dict(measure.options), measure.reason))
    return found


def _comparisons(human: Scores, metrics: Sequence[Scores], settings: Settings) -> list[MetricComparison]:
    """Pairs of metrics, the earlier one the baseline; corrected for all pairs tested by the same statistic."""
    found: dict[tuple[str, str, str], list[tuple[Scores, Scores, int, Tested]]] = {}
    by_name = {metric.name: metric for metric in metrics}
    for first, second in pairs_of(list(by_name), settings.baseline):
        one, other = by_name[first], by_name[second]
        systems = common_systems(human, [one, other], references=settings.references)
        if len(systems) < 2:
            continue  # each has systems in common with people, and the note on different systems says so
        both = two(pair(human, one, systems), pair(human, other, systems))
        for tested in exchanges(both, settings.drawing):
            kind = (tested.level, tested.statistic, tested.average or "")
            found.setdefault(kind, []).append((one, other, len(systems), tested))
    compared = []
    for group in found.values():
        sure = [tested.p_value for *_, tested in group if tested.p_value is not None]
        adjusted = iter(correct(sure, settings.correction))
        for one, other, systems_count, tested in group:
            p = next(adjusted) if tested.p_value is not None else None
            compared.append(_compared(human, one, other, systems_count, tested, p, settings))
    return compared


def _compared(
    human: Scores, one: Scores, other: Scores, systems: int, tested: Tested, adjusted: float | None, settings: Settings
) -> MetricComparison:
    outcome: Outcome = "untested" if adjusted is None else "none"
    if adjusted is not None and tested.delta and adjusted <= settings.alpha:
        outcome = "better" if tested.delta > 0 else "worse"
    return MetricComparison(
        human.name,
        tested.level,
        tested.statistic,
        tested.average,
        one.name,
        other.name,
        tested.delta,
        tested.p_value,
        adjusted,
        tested.test,
        settings.trials,
        settings.seed,
        systems,
        tested.segments,
        outcome,
        tested.reason,
    )
