"""Every sentence the reports write about comparisons holds in the result, on results of all kinds."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evalkit.compare.statistics import rank_systems
from evalkit.plugins import Registry
from evalkit.records.comparison import (
    Change,
    Comparison,
    Disagreement,
    Effect,
    PullingUnit,
    Ranking,
    ScoreChange,
    SettingChange,
    UnitChange,
)
from evalkit.records.result import Gate, Result, Score
from evalkit.renderers.changes import ChangesRenderer
from evalkit.renderers.latex import LatexRenderer
from evalkit.renderers.markdown import MarkdownRenderer
from evalkit.renderers.report.disagreements import conflicts
from evalkit.renderers.table import TableRenderer
from evalkit.text.words import width
from tests.results import large_result, small_result

pytestmark = pytest.mark.slow

HIGHER = {"bleu": True, "chrf": True, "ter": False}
SHOWN = {"bleu": "BLEU", "chrf": "chrF", "ter": "TER", "penalty_per_1000_words": "penalty per 1,000 words"}


def judged(rng: random.Random, metric: str, base: str, system: str, delta: float, outcome: str) -> Comparison:
    """A test with the outcome wanted; its numbers agree with it."""
    p = rng.uniform(0.0001, 0.04) if outcome in ("better", "worse") else rng.uniform(0.06, 1.0)
    tested = outcome != "untested"
    better = (delta > 0) == HIGHER.get(metric, False)
    return Comparison(
        metric, "corpus", base, system, delta, delta - 1 if tested else None, delta + 1 if tested else None,
        p if tested else None, p if tested else None, "paired approximate randomisation", 10_000, 12345,
        *((6, 3, 1) if better else (1, 3, 6)), f"verdict on {system} and {base} by {metric}", outcome,  # type: ignore[arg-type]
        "segments", 10, 2, 0.05, 0.5 if tested else None, 1.4 if tested else None, 40,
        Effect(0.75, 0.6, 0.9, 0.3, 0.1, 0.5) if tested else None,
    )  # fmt: skip


@st.composite
def results(draw, least: int = 2, most: int = 9, untested: bool = True) -> Result:
    """Line-aligned systems with scores, tests, ranks and disagreements that fit together."""
    seed = draw(st.integers(0, 10**6))
    rng = random.Random(seed)
    count = draw(st.integers(least, most))
    sure = draw(st.sampled_from([0.0, 0.5, 1.0]))
    base = large_result(count, 12, 3)
    names = [f"s{n:02d}" for n in range(count)]
    values = {name: {m: round(rng.uniform(10, 60), 2) for m in HIGHER} for name in names}
    systems = tuple(
        replace(s, name=name, scores=tuple(Score(m, "corpus", v, None, None, "sig") for m, v in values[name].items()))
        for s, name in zip(base.systems, names, strict=True)
    )
    tests, rates, rankings = [], [], []
    for metric in (*HIGHER, "penalty_per_1000_words"):
        found = []
        for one, two in combinations(names, 2):
            delta = values[two][metric] - values[one][metric] if metric in HIGHER else rng.uniform(-9, 9)
            better = (delta > 0) == HIGHER.get(metric, False)
            outcome = ("better" if better else "worse") if rng.random() < sure else "none"
            if untested and rng.random() < 0.02:
                outcome = "untested"
            found.append(judged(rng, metric, one, two, delta, outcome))
        (tests if metric in HIGHER else rates).extend(found)
        if metric in HIGHER:
            of = {name: values[name][metric] for name in names}
            if ranked := rank_systems(of, found, "higher" if HIGHER[metric] else "lower"):
                rankings.append(Ranking(metric, "corpus", "translation", ranked))
    result = replace(
        base, systems=systems, comparisons=tuple(tests), finding_comparisons=tuple(rates), rankings=tuple(rankings)
    )
    return replace(result, disagreements=tuple(_disagreements(result)))


def _disagreements(result: Result):
    for c in conflicts(result):
        units = (PullingUnit("u2", "u3", ("speech:3",), {"bleu": 0.25, "chrf": -0.125, "ter": 0.0}),)
        yield Disagreement("corpus", "translation", c.one.name, c.two.name, c.for_one, c.for_two, c.shown_one,
                           c.shown_two, units)  # fmt: skip


def winners(result: Result) -> dict[tuple[str, str, str], str]:
    """(better, worse, metric) of all differences shown."""
    shown = {}
    for c in (*result.comparisons, *result.finding_comparisons):
        if c.outcome in ("better", "worse"):
            pair = (c.system, c.baseline) if c.outcome == "better" else (c.baseline, c.system)
            shown[(*pair, c.metric)] = c.outcome
    return shown


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def words(text: str) -> list[str]:
    return [w for w in re.split(r", | and ", text) if w]


@settings(max_examples=40, deadline=None)
@given(results())
def test_the_verdict_on_pairs_and_groups(result: Result) -> None:
    text, shown = section(MarkdownRenderer().render(result), "Verdict"), winners(result)
    names = [s.name for s in result.systems]
    by_title = {title: metric for metric, title in SHOWN.items()}
    for system, base, said in re.findall(r"- `(s\d\d)` against `(s\d\d)`: (.*)", text):
        told = {}
        for outcome, metrics in re.findall(
            r"(better|worse|no difference shown) by ([^;(]*?)(?=,? (?:\(|worse|better|no d|of)|;|\.$|, not)", said
        ):
            told |= {by_title[m]: outcome for m in words(metrics.strip(" ,")) if m in by_title}
        pair = {
            c.metric: c
            for c in (*result.comparisons, *result.finding_comparisons)
            if (c.baseline, c.system) == (base, system)
        }
        for metric, outcome in told.items():
            assert pair[metric].outcome == {"no difference shown": "none"}.get(outcome, outcome)
        assert {m for m, c in pair.items() if c.p_value is not None} <= set(told)
    for leaders, metrics in re.findall(
        r"^(`.*`) (?:is|are each) shown to be better than every (?:other system|system below them) by (.*?)[.;]",
        text,
        re.M,
    ):
        group = re.findall(r"`(s\d\d)`", leaders)
        for metric in words(metrics):
            assert all(
                (one, other, by_title[metric]) in shown for one in group for other in names if other not in group
            )
    if "No system is shown to be the best by every metric" in text:
        assert not any(all((one, o, m) in shown for o in names if o != one for m in HIGHER) for one in names)
        for metric, number, first in re.findall(r"by (\w+) (\d+) systems with `(s\d\d)` in front", text):
            ranking = next(r for r in result.rankings if r.metric == by_title[metric])
            assert Counter(r.cluster for r in ranking.systems)[1] == int(number)
            assert ranking.systems[0].system == first
        for metric, first in re.findall(r"by (\w+) `(s\d\d)` is shown to be better than all others", text):
            assert all((first, other, by_title[metric]) in shown for other in names if other != first)
    for metric, groups in re.findall(r"^- (\w+) [↑↓]: (1: .*)$", text, re.M):
        clusters = [re.findall(r"`(s\d\d)`", part) for part in groups.split("; ")]
        assert sorted(name for c in clusters for name in c) == sorted(names)
        for place in range(1, len(clusters)):
            above, below = ([name for c in part for name in c] for part in (clusters[:place], clusters[place:]))
            assert all((one, two, by_title[metric]) in shown for one in above for two in below)


@settings(max_examples=40, deadline=None)
@given(results())
def test_what_is_said_of_disagreement(result: Result) -> None:
    """Counted anew from the scores and the tests, not by the function the report uses."""
    text, shown = MarkdownRenderer().render(result), winners(result)
    ahead = {}
    for one, two in combinations(result.systems, 2):
        sides: dict[str, set[str]] = {one.name: set(), two.name: set()}
        for a, b in zip(one.scores, two.scores, strict=True):
            if a.value != b.value:
                sides[(one if (a.value > b.value) == HIGHER[a.metric] else two).name].add(a.metric)
        if all(sides.values()):
            ahead[one.name, two.name] = sides
    real = sum(
        all(any((name, other, m) in shown for m in sides[name]) for name, other in (pair, pair[::-1]))
        for pair, sides in ahead.items()
    )
    total = len(result.systems) * (len(result.systems) - 1) // 2
    sentence = re.search(
        r"The metrics disagree: they rank (\d+) of (\d+) pairs? differently \(scope corpus\); "
        r"(?:tests were made of \d+ of these pairs and show both )?in (none|\d+)",
        text,
    )
    assert bool(sentence) == bool(ahead)
    if not sentence:
        assert "the same way (scope corpus), ties aside" in text
        return
    assert sentence.groups() == (str(len(ahead)), str(total), str(real) if real else "none")
    for one, first, two, second in re.findall(r"^- `(s\d\d)` is ahead by (.*?); `(s\d\d)` by (.*)\.$", text, re.M):
        for name, other, said in ((one, two, first), (two, one, second)):
            told = {m: "shown" in rest for m, rest in re.findall(r"(\w+) \(([^)]*)\)", said)}
            assert {m.lower() for m in told} == ahead[one, two][name]
            assert all(sure == ((name, other, m.lower()) in shown) for m, sure in told.items())
    units = section(text, "Where the metrics disagree")
    assert units.count("It adds") == min(3, len(ahead))
    assert "BLEU +0.250, chrF -0.125, TER +0.000" in units
    table = " ".join(TableRenderer().render(result).split())
    assert f"they rank {len(ahead)} of" in table


@settings(max_examples=25, deadline=None)
@given(results(least=3))
def test_rank_tables_and_matrices(result: Result) -> None:
    text, shown = section(MarkdownRenderer().render(result), "Ranks"), winners(result)
    for ranking in result.rankings:
        part = text.partition(f"### By {SHOWN[ranking.metric]}")[2].partition("\n### ")[0]
        rows = re.findall(r"^\| (\d+) \| (\d+)(?:–(\d+))? \| `(s\d\d)` \| ([\d.]+) \|$", part, re.M)
        assert [(int(c), int(a), int(b or a), n, float(v)) for c, a, b, n, v in rows] == [
            (r.cluster, r.first, r.last, r.system, r.value) for r in ranking.systems
        ]
        matrix = re.findall(r"^\| \d+ \| `(s\d\d)` \|((?: [▲▼·?]? ?\|)+)$", part, re.M)
        order = [r.system for r in ranking.systems]
        assert [name for name, _ in matrix] == (order if len(order) >= 4 else [])
        for name, cells in matrix:
            for other, sign in zip(order, [c.strip() for c in cells.split("|")[:-1]], strict=True):
                wanted = "" if name == other else "·"
                wanted = "▲" if (name, other, ranking.metric) in shown else wanted
                assert sign == ("▼" if (other, name, ranking.metric) in shown else wanted)


@settings(max_examples=25, deadline=None)
@given(results())
def test_tables_of_comparisons(result: Result) -> None:
    everything = {(c.metric, c.baseline, c.system): c for c in (*result.comparisons, *result.finding_comparisons)}
    text = section(MarkdownRenderer().render(result), "Comparisons")
    rows = re.findall(
        r"^\| ([^|]+?) [↑↓] \| corpus \| `(s\d\d)` \| `(s\d\d)` \| ([-\d.]+) \|.*\| ([^|]+) \|$", text, re.M
    )
    titles = {v: k for k, v in SHOWN.items()}
    tested = [c for c in everything.values() if c.p_value is not None]
    for metric, base, system, delta, outcome in rows:
        c = everything[titles[metric], base, system]
        assert outcome == {"none": "no difference shown"}.get(c.outcome, c.outcome)
        assert float(delta) == pytest.approx(c.delta, abs=0.0051)
    if (said := re.search(r"Of ([\d,]+) comparisons the table has those of neighbours in rank", text)) is not None:
        assert int(said.group(1)) == len(tested) > 60
        assert len(rows) == sum(len(r.systems) - 1 for r in result.rankings)
    else:
        assert len(rows) == min(60, len(tested))
    if len(tested) < len(everything):
        assert f"{len(everything) - len(tested)} comparison" in text
    read = list(
        csv.DictReader(io.StringIO(Registry().make("renderer", "comparisons-tsv").render(result)), delimiter="\t")
    )
    assert [(r["metric"], r["baseline"], r["system"], r["outcome"]) for r in read] == [
        (*k, c.outcome) for k, c in everything.items()
    ]
    assert all(float(r["delta"]) == c.delta for r, c in zip(read, everything.values(), strict=True))


@settings(max_examples=25, deadline=None)
@given(results())
def test_latex_prints_the_best_cluster_bold_and_the_terminal_keeps_its_width(result: Result) -> None:
    text = LatexRenderer().render(result)
    bold = {
        r.metric: {s.system for s in r.systems if s.cluster == 1} for r in result.rankings if r.systems[-1].cluster > 1
    }
    for system in result.systems:
        row = next(line for line in text.split("\n") if line.startswith(f"{system.name} &"))
        for cell, metric in zip(row.removesuffix(r" \\").split(" & ")[2:], HIGHER, strict=True):
            assert cell.startswith(r"\textbf{") == (system.name in bold.get(metric, set()))
    assert ("bold: the first cluster" in text) == bool(bold)
    shown = TableRenderer().render(result)
    assert max(width(line) for line in shown.split("\n")) <= 80
    verdicts = [c.verdict for c in (*result.comparisons, *result.finding_comparisons) if c.p_value is not None]
    if len(verdicts) <= 4:
        assert all(verdict in " ".join(shown.split()) for verdict in verdicts)


def test_intervals_stand_beside_the_scores_in_latex() -> None:
    result = large_result(2, 12, 0)
    scores = (Score("bleu", "corpus", 30.0, 28.5, 31.25, "", "documents"),)
    text = LatexRenderer().render(replace(result, systems=tuple(replace(s, scores=scores) for s in result.systems)))
    assert r"30.00 {\footnotesize {[}28.50, 31.25{]}}" in text
    assert r"95\% bootstrap interval (documents drawn)" in text


def changed_result() -> Result:
    """Held against a baseline: one metric of other settings, findings new and fixed, units better and worse."""
    result = small_result()
    findings = result.systems[0].findings
    (comparison,) = result.comparisons
    worse = replace(comparison, metric="chrf", delta=-3.5, low=-4.0, high=-3.0, p_value=0.001, p_adjusted=0.002,
                    outcome="worse", resampled="segments")  # fmt: skip
    few = replace(comparison, metric="ter", p_value=None, p_adjusted=None, low=None, high=None, outcome="untested",
                  verdict="Nothing is claimed about ter: only 7 items.")  # fmt: skip
    change = Change(
        result.systems[0].name, "both", (worse, few), "bleu of scope aligned: tok: 13a against zh", findings[:2],
        findings[2:3], 2, (SettingChange("bleu", "aligned", "tok", "13a", "zh"),
                           SettingChange("findings", "", "lists", "aaa", "bbb")),
        (ScoreChange("chrf", "aligned", 51.75, 48.25),), (),
        (UnitChange("chrf", "u2", "speech", 12.5, 40.0, 52.5, "old", "new", "ref"),),
        (UnitChange("chrf", "u4", "speech", -9.5, 50.0, 40.5, "", "now text", "ref text"),),
    )  # fmt: skip
    gone = Change("withdrawn", "gone", fixed=findings[:1])
    return replace(result, gate=Gate(True, (), baseline="before.json", changes=(change, gone)))


@pytest.mark.parametrize("renderer", [MarkdownRenderer(), ChangesRenderer()], ids=["markdown", "changes"])
def test_what_changed(renderer) -> None:
    text = " ".join(renderer.render(changed_result()).replace("|", " ").split())
    for said in ("tok: 13a against zh", "51.75", "48.25", "-3.50", "worse", "only 7 items",
                 "2 new, 1 fixed, 2 still there",
                 "lists: aaa against bbb", "old", "now text", "ref text", "(nothing)", "withdrawn",
                 "name-mistransliterated"):  # fmt: skip
        assert said in text, said


def test_what_changed_fits_a_terminal_and_a_spreadsheet() -> None:
    result = changed_result()
    lines = ChangesRenderer().render(result).split("\n")
    assert max(width(line) for line in lines if not line.startswith(("  + ", "  - "))) <= 80
    rows = list(csv.DictReader(io.StringIO(Registry().make("renderer", "changes-tsv").render(result)), delimiter="\t"))
    assert Counter(row["what"] for row in rows) == {
        "score": 2, "setting": 2, "new": 2, "fixed": 2, "improved": 1, "worsened": 1,
    }  # fmt: skip
    setting = next(row for row in rows if row["name"] == "bleu tok")
    assert (setting["before"], setting["now"]) == ("13a", "zh")


def test_a_result_without_a_baseline_says_nothing_of_change() -> None:
    assert "What changed" not in MarkdownRenderer().render(small_result())
    head, *rows = Registry().make("renderer", "changes-tsv").render(small_result()).splitlines()
    assert head.startswith("system\twhat")
    assert rows == []
