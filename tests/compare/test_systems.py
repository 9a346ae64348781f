"""Systems of a real evaluation compared: items in the order of the reference, documents, findings, disagreement."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from evalkit.compare.columns import Place, RecordColumns
from evalkit.compare.items import FindingItems, anchors, layout, layouts, metric_items
from evalkit.compare.statistics.rates import RATES
from evalkit.compare.systems import compare
from evalkit.kernel.tables import Table
from evalkit.plugins import Registry
from evalkit.records.config import StatisticsConfig, parse
from evalkit.records.result import Result
from evalkit.records.signatures import differing, settings_of
from evalkit.run.pipeline import evaluate
from tests.results import small_result

pytestmark = pytest.mark.slow

WORDS = [
    "the",
    "delegates",
    "of",
    "every",
    "country",
    "arrived",
    "in",
    "Geneva",
    "on",
    "Monday",
    "and",
    "left",
    "again",
    "with",
    "hopes",
    "for",
    "trade",
    "and",
    "peace",
]


def sentence(rng: random.Random) -> str:
    return " ".join(rng.sample(WORDS, 12)).capitalize() + "."


def spoilt(text: str, rng: random.Random, share: float) -> str:
    return " ".join("thing" if rng.random() < share else word for word in text.split())


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A reference of 24 documents of 3 segments and three systems: one good, two as bad as each other."""
    rng = random.Random(7)
    texts = [(f"d{n // 3}", sentence(rng)) for n in range(72)]
    for name, share in (("reference", 0.0), ("good", 0.1), ("poor", 0.4), ("bad", 0.4)):
        rows = [json.dumps({"doc": doc, "text": spoilt(text, rng, share)}) for doc, text in texts]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def evaluated(folder: Path, **settings: Any) -> Result:
    data = {
        "align": "lines",
        "metrics": ["bleu", "chrf", "ter"],
        "detectors": ["casing", "punctuation", "repetition"],
        "reference": [{"path": "reference.jsonl"}],
        "candidate": [{"path": f"{name}.jsonl", "name": name} for name in ("good", "poor", "bad")],
    }
    return evaluate(parse(data | settings, "the test"), folder=folder)


def test_documents_are_drawn_whole_where_they_are_known(tables: Path) -> None:
    result = evaluated(tables, statistics={"confidence": True})
    assert {(c.resampled, c.items) for c in result.comparisons} == {("documents", 24)}
    assert {s.resampled for system in result.systems for s in system.scores} == {"documents"}
    assert all("72 items in 24 documents drawn whole" in c.verdict for c in result.comparisons)
    alone = evaluated(tables, statistics={"unit": "segment"})
    assert {(c.resampled, c.items) for c in alone.comparisons} == {("segments", 72)}
    assert all("their 24 documents ignored" in c.verdict for c in alone.comparisons)
    assert [c.delta for c in alone.comparisons] == pytest.approx([c.delta for c in result.comparisons])


def test_ranks_and_findings_of_a_whole_evaluation(tables: Path) -> None:
    result = evaluated(tables)
    for ranking in result.rankings:
        if ranking.metric not in RATES:
            assert [r.cluster for r in ranking.systems] == [1, 2, 2]
            assert ranking.systems[0].system == "good"
    by_rate = {ranking.metric: ranking.systems for ranking in result.rankings if ranking.metric in RATES}
    assert list(by_rate) == list(RATES)
    for system in result.systems:
        (rate,) = (r.value for r in by_rate["findings_per_1000_words"] if r.system == system.name)
        weighing = sum(finding.severity != "neutral" for finding in system.findings)
        assert rate == pytest.approx(1000 * weighing / system.quality.words)
        (expected,) = (r.value for r in by_rate["expected_errors_per_1000_words"] if r.system == system.name)
        assert expected == system.quality.expected_errors_per_1000_words
    rates = {(c.metric, c.baseline, c.system): c for c in result.finding_comparisons}
    assert len(rates) == 3 * len(RATES)
    quality = {system.name: system.quality.penalty_per_1000_words for system in result.systems}
    likely = {system.name: system.quality.expected_errors_per_1000_words or 0.0 for system in result.systems}
    for (metric, base, system), c in rates.items():
        if metric == "penalty_per_1000_words":
            assert c.delta == pytest.approx(quality[system] - quality[base])
        if metric == "expected_errors_per_1000_words":
            assert c.delta == pytest.approx(likely[system] - likely[base])


def test_a_baseline_leaves_no_ranks_and_no_detectors_no_rates(tables: Path) -> None:
    result = evaluated(tables, detectors=[], statistics={"baseline": "good"})
    assert [(c.baseline, c.system) for c in result.comparisons[:2]] == [("good", "poor"), ("good", "bad")]
    assert (result.rankings, result.finding_comparisons) == ((), ())
    untested = evaluated(tables, detectors=[], statistics={"test": "none"})
    assert (untested.comparisons, untested.rankings) == ((), ())
    assert [d.shown_one for d in untested.disagreements] == [()] * len(untested.disagreements)


def test_a_saved_result_is_compared_to_the_same_numbers(tables: Path) -> None:
    """From the records alone, without the texts."""
    from evalkit.compare.scorers import scorers_of
    from evalkit.records import json as jsonio

    result = evaluated(tables)
    saved = jsonio.loads(jsonio.dumps(result))
    again = compare(saved.systems, scorers_of(saved, Registry())[0], StatisticsConfig(), 12345)
    assert again.comparisons == result.comparisons
    assert again.finding_comparisons == result.finding_comparisons
    assert again.rankings == result.rankings
    assert tuple(again.disagreements) == tuple(result.disagreements)


def test_disagreement_names_the_units_that_cause_it(tmp_path: Path) -> None:
    """`long` repeats itself: chrF forgives it, TER does not."""
    rng = random.Random(3)
    reference = [sentence(rng) for _ in range(30)]
    texts = {
        "reference": reference,
        "long": [f"{t} {t} {t} {t}" if n == 4 else t for n, t in enumerate(reference)],
        "short": [spoilt(t, rng, 0.15) if n % 2 else t for n, t in enumerate(reference)],
    }
    for name, rows in texts.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = evaluated(
        tmp_path, detectors=[], reference=[{"path": "reference.txt"}],
        candidate=[{"path": "long.txt"}, {"path": "short.txt"}], metrics=["chrf", "ter", {"name": "wer"}],
    )  # fmt: skip
    (found,) = result.disagreements
    assert (found.one, found.two, found.for_one) == ("long", "short", ("chrf",))
    assert set(found.for_two) == {"ter", "wer"}
    assert (found.units[0].one, found.units[0].references) == ("1:5", ("1:5",))
    for unit in found.units:
        assert unit.contributions.keys() == {"chrf", "ter", "wer"}
        assert set(unit.contributions) == {"chrf", "ter", "wer"}
    worst = found.units[0].contributions
    assert worst["ter"] < -5 < worst["chrf"]


def test_items_stand_in_the_order_of_the_reference() -> None:
    result = small_result()
    systems = result.systems[:2]
    anchored = anchors([RecordColumns(system) for system in systems])
    for scope in ("aligned", "document"):
        for system in systems:
            laid = layout(RecordColumns(system), scope, anchored)
            starts = [anchored[key].order for key in laid.keys if key in anchored]
            assert starts == sorted(starts)
            # What is added in document scope is an item of its document, after all of the reference.
            rest = [key for key in laid.keys if key not in anchored]
            assert rest in ([], ["document/speech"] * (scope == "document"))
            assert all(key in anchored for key in laid.keys[: len(starts)])
            assert len(laid.places) == len(system.units)
    # The report joins segments 5 and 6 of the reference: they are one item for every system.
    assert anchored["official-remarks/speech:5"] == anchored["official-remarks/speech:6"]


class Laid(NamedTuple):
    """Columns of a system of two documents."""

    places: tuple[Place, ...]
    documents: tuple[str, ...] = ("d1", "d2")

    def rows(self, metric: str) -> Table:
        return Table.of([(float(number), 1.0) for number in range(len(self.places))])


def test_systems_cut_alike_have_the_items_of_any_others() -> None:
    """One segment a unit, the same for all: no segment need be joined, and nothing else comes out."""
    alike = [Place((f"r/{d}:{n}",), d, 10 * n, True) for d in ("d1", "d2") for n in (2, 1, 3)]
    odd = Laid((*alike, Place((), "d2", 0, True)))  # an addition: the way through all units
    short, long = (anchors([Laid(tuple(alike)), Laid(tuple(alike))]), anchors([Laid(tuple(alike)), odd]))
    assert (short, list(short)) == (long, list(long))
    laid = layouts({"a": Laid(tuple(alike)), "b": odd}, "aligned", short)
    assert laid["a"].keys == laid["b"].keys == ("r/d1:1", "r/d1:2", "r/d1:3", "r/d2:1", "r/d2:2", "r/d2:3")
    assert (laid["b"].places, laid["a"].straight) == ([1, 0, 2, 4, 3, 5, -1], False)
    assert metric_items(odd, "m", laid["b"]).rows[:, 0].tolist() == [1, 0, 2, 4, 3, 5]
    straight = sorted(alike)
    assert layouts({"a": Laid(tuple(straight))}, "corpus", short)["a"].straight


def test_finding_items_add_up_to_the_quality_of_each_system() -> None:
    """Whatever has no place in the reference is counted with its document."""
    systems = {system.name: system for system in small_result().systems}
    items = FindingItems(systems, anchors(list(map(RecordColumns, systems.values()))))
    for name, system in systems.items():
        weights, words = items.column(name, 0).rows.sum(axis=0)
        assert (weights, words) == (system.quality.penalty, system.words)
        found = items.column(name, 1).rows.sum(axis=0)[0]
        assert found == sum(1 for f in system.findings if f.severity != "neutral")


def test_without_a_reference_documents_are_the_items() -> None:
    result = small_result()
    bare = [replace(s, units=tuple(replace(u, references=None) for u in s.units), scores=()) for s in result.systems]
    found = compare(bare, {}, StatisticsConfig(), 1)
    assert found.comparisons == ()
    assert all("needs at least 10" in c.verdict for c in found.finding_comparisons)


def test_signatures_are_taken_apart() -> None:
    assert settings_of("jiwer|case:lc|a:b:c") == {"jiwer": "yes", "case": "lc", "a": "b:c"}
    assert list(differing("tok:13a|smooth:exp", "tok:zh|smooth:exp|bs:1000")) == [
        ("tok", "13a", "zh"), ("bs", "none", "1000"),
    ]  # fmt: skip
    assert list(differing("x:1", "x:1")) == []


# --- differences are those of the numbers beside them -----------------------------------------------


def of_documents(tmp_path: Path, **candidates: list[str]) -> Result:
    """Systems whose sentences are cut and left out otherwise, against one reference of 30 sentences."""
    rng = random.Random(3)
    reference = [sentence(rng) for _ in range(30)]
    (tmp_path / "reference.txt").write_text("\n".join(reference) + "\n", encoding="utf-8")
    made = {
        "whole": [spoilt(line, rng, 0.1) for line in reference],
        "wordy": [spoilt(line, rng, 0.1) for line in reference] + [f"Nobody knew {n} of it here." for n in range(9)],
        "short": [spoilt(line, rng, 0.05) for line in reference[:19]],
        "joined": [spoilt(line, rng, 0.2).rstrip(".") + (", " if n % 2 else ".") for n, line in enumerate(reference)],
    }
    for name, lines in made.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = {
        "align": "document",
        "metrics": ["bleu", "chrf", "ter"],
        "detectors": ["repetition"],
        "reference": [{"path": "reference.txt"}],
        "candidate": [{"path": f"{name}.txt", "name": name} for name in (candidates or made)],
    }
    return evaluate(parse(data, "the test"), folder=tmp_path)


def test_a_difference_is_that_of_the_two_scores_beside_it(tmp_path: Path) -> None:
    """Also where a system adds passages, leaves some out or cuts them otherwise."""
    result = of_documents(tmp_path)
    values = {(system.name, s.metric, s.scope): s.value for system in result.systems for s in system.scores}
    assert len(result.comparisons) == 6 * 3 * 2
    for c in result.comparisons:
        difference = values[c.system, c.metric, c.scope] - values[c.baseline, c.metric, c.scope]
        assert c.delta == pytest.approx(difference, abs=1e-6), (c.system, c.baseline, c.metric, c.scope)
        if c.low is not None and c.outcome != "untested" and c.corrected_for == 1:
            assert (c.low > 0 or (c.high or 0.0) < 0) == (c.outcome in ("better", "worse"))


def test_leaving_out_does_not_pay(tmp_path: Path) -> None:
    """What is missing is charged where systems are ranked, and nothing is claimed of what each renders."""
    result = of_documents(tmp_path)
    assert next(c.scope for c in result.comparisons) == "document"
    short = [c for c in result.comparisons if "short" in (c.system, c.baseline)]
    assert {c.outcome for c in short if c.scope == "aligned"} == {"untested"}
    assert all("of the reference" in c.verdict for c in short if c.scope == "aligned")
    for c in short:
        if c.scope == "document" and c.metric == "chrf" and c.baseline == "whole":
            assert c.delta < -10  # in scope aligned it is ahead by 12
    first = next(r for r in result.rankings if r.metric == "chrf")
    assert first.scope == "document"
    assert [ranked.system for ranked in first.systems][:2] == ["whole", "wordy"]


def test_a_pair_is_tested_the_same_whoever_else_is_there(tmp_path: Path) -> None:
    many, two = of_documents(tmp_path), of_documents(tmp_path, whole=[], wordy=[])
    mine = {(c.metric, c.scope): c for c in many.comparisons if (c.baseline, c.system) == ("whole", "wordy")}
    for c in two.comparisons:
        other = mine[c.metric, c.scope]
        assert (c.delta, c.p_value, c.low, c.high, c.items) == (
            other.delta, other.p_value, other.low, other.high, other.items,
        )  # fmt: skip
