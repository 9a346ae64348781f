"""Paired tests: laws, hand-computed examples, the oracle's p-values, and what a verdict may claim."""

import csv
import gzip
import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.compare.statistics import MIN_ITEMS, TESTS, bootstrap_interval, compare_systems, correct
from evalkit.compare.statistics.resampling import matrix_of
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records import Passage, Segment, Unit

pytestmark = pytest.mark.slow


class Ratio:
    """A small metric: 100 * first over second column."""

    better = "higher"

    def value(self, row):
        return 100 * row[0] / row[1] if row[1] else 0.0

    segment = value


class Errors(Ratio):
    better = "lower"


def items(values, width=20.0):
    return [(f"s{i}", (float(value), width)) for i, value in enumerate(values)]


def noise(seed, count=60, low=0, high=20):
    rng = random.Random(seed)
    return items(rng.randint(low, high) for _ in range(count))


def compared(systems, scorer=None, **options):
    return compare_systems(
        systems,
        scorer or Ratio(),
        **{"metric": "ratio", "scope": "corpus", "trials": 200, "interval_trials": 50} | options,
    )


rows = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=MIN_ITEMS, max_size=40)


@pytest.mark.parametrize("test", TESTS)
@settings(max_examples=25, deadline=None)
@given(pairs=rows, seed=st.integers(0, 5), cells=st.integers(1, 3000))
def test_laws(test, pairs, seed, cells):
    """Same seed same bytes, whatever the block size; p in (0, 1]; swapped systems mirror each other."""
    a, b = items(x for x, _ in pairs), items(y for _, y in pairs)
    options = {"test": test, "trials": 70, "seed": seed}
    (one,) = compared({"a": a, "b": b}, **options)
    (again,) = compared({"a": a, "b": b}, block_cells=cells, **options)
    assert msgspec.json.encode(one) == msgspec.json.encode(again)
    assert 0 < one.p_value <= one.p_adjusted <= 1
    assert one.low <= one.high
    assert one.wins + one.ties + one.losses == len(pairs)
    (mirror,) = compared({"b": b, "a": a}, **options)
    assert (mirror.delta, mirror.wins, mirror.losses) == (-one.delta, one.losses, one.wins)
    assert mirror.p_value == one.p_value
    (same,) = compared({"a": a, "copy": list(a)}, **options)
    assert (same.p_value, same.delta, same.low, same.high, same.wins, same.losses) == (1.0, 0.0, 0.0, 0.0, 0, 0)
    assert "nothing to test" in same.verdict


@pytest.mark.parametrize("test", TESTS)
def test_verdicts_reject_true_null_hypotheses_at_their_level(test):
    """400 pairs without a true difference; 5 % of 400 is 20, standard deviation 4.4."""
    claims = [
        "scores" in compared({"a": noise(seed), "b": noise(-seed - 1)}, test=test, trials=199, seed=seed)[0].verdict
        for seed in range(400)
    ]
    assert 8 <= sum(claims) <= 33


@pytest.mark.parametrize("test", TESTS)
def test_a_large_difference_is_found_and_its_direction_named(test):
    systems = {"a": noise(1, high=10), "b": noise(2, low=10)}
    (up,) = compared(systems, test=test)
    assert up.p_value == 1 / 201
    assert up.low > 0
    assert up.verdict.startswith("b scores better than a by ")
    (down,) = compared(systems, Errors(), test=test)
    assert down.verdict.startswith("b scores worse than a by ")
    assert (down.wins, down.losses) == (up.losses, up.wins)


def test_an_unproven_difference_is_never_called_equality():
    (found,) = compared({"a": noise(1), "b": noise(7)}, test="randomisation", trials=999)
    assert found.p_value > 0.05
    assert found.verdict.startswith("No difference in ratio between b and a is shown")
    assert "does not mean they are equal" in found.verdict


def test_too_few_items_give_no_p_value():
    (found,) = compared({"a": noise(1, 9), "b": noise(2, 9)})
    assert (found.p_value, found.p_adjusted, found.low, found.high) == (None, None, None, None)
    assert found.delta != 0
    assert found.verdict == (
        "Nothing is claimed about ratio: only 9 items, and a paired test needs at least 10; by their scatter, a rough "
        "guide, about 26 would show a difference of this size."
    )
    (none,) = compared({"a": noise(1, 9), "b": []})
    assert (none.delta, none.wins, none.p_value) == (0.0, 0, None)
    assert "only 0 items both have (a has 9, b 0)" in none.verdict


def test_only_common_items_are_compared():
    """Systems with gaps of their own: paired by key in any order, and the verdict says how many."""
    a, b = noise(1, 40), noise(2, 40)
    gaps = {"a": a[:35], "b": b[5:][::-1]}
    (found,) = compared(gaps)
    (expected,) = compared({"a": a[5:35], "b": b[5:35]})
    assert msgspec.structs.replace(found, verdict="") == msgspec.structs.replace(expected, verdict="")
    assert "30 items both have (a has 35, b 35)" in found.verdict
    # One system with gaps changes nothing for the pairs without it.
    three = compared(gaps | {"c": noise(3, 35)}, correction="none")
    (alone,) = compared({"a": a[:35], "c": noise(3, 35)}, correction="none")
    assert (three[1].corrected_for, alone.corrected_for) == (3, 1)
    assert three[1] == msgspec.structs.replace(alone, corrected_for=3)


def test_pairs_and_corrections():
    systems = {name: noise(seed) for name, seed in (("a", 1), ("b", 2), ("c", 3), ("d", 4))}
    found = compared(systems)
    assert [(c.baseline, c.system) for c in found] == [
        ("a", "b"),
        ("a", "c"),
        ("a", "d"),
        ("b", "c"),
        ("b", "d"),
        ("c", "d"),
    ]
    assert tuple(c.p_adjusted for c in found) == correct([c.p_value for c in found], "holm")
    assert {(c.correction, c.corrected_for) for c in found} == {("holm", 6)}
    against = compared(systems, baseline="c", correction="bh")
    assert [(c.baseline, c.system) for c in against] == [("c", "a"), ("c", "b"), ("c", "d")]
    assert tuple(c.p_adjusted for c in against) == correct([c.p_value for c in against], "bh")
    assert compared({"a": noise(1)}) == compared({}) == ()


def test_correct_by_hand():
    p_values = [0.01, 0.04, 0.03, 0.005]
    assert correct(p_values, "holm") == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert correct(p_values, "bh") == pytest.approx((0.02, 0.04, 0.04, 0.02))
    assert correct(p_values, "none") == tuple(p_values)
    assert correct([0.6, 0.9], "holm") == (1.0, 1.0)
    assert correct([], "holm") == ()


@given(st.lists(st.floats(0, 1), max_size=12))
def test_corrections_never_lower_a_p_value_nor_change_the_order(p_values):
    holm, bh = correct(p_values, "holm"), correct(p_values, "bh")
    assert all(0 <= p <= b + 1e-15 and b <= h + 1e-15 and h <= 1 for p, b, h in zip(p_values, bh, holm, strict=True))
    ranked = sorted(range(len(p_values)), key=p_values.__getitem__)
    for adjusted in (holm, bh):
        assert [adjusted[i] for i in ranked] == sorted(adjusted)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"test": "bootstap"}, "did you mean 'bootstrap'"),
        ({"correction": "bonferroni"}, "known: holm, bh, none"),
        ({"baseline": "aa"}, "no system 'aa' to compare with; did you mean 'a'"),
        ({"trials": 0}, "trials 0"),
        ({"seed": -1}, "seed -1"),
        ({"alpha": 1.0}, "between 0 and 1"),
        ({"confidence": float("nan")}, "between 0 and 1"),
    ],
)
def test_refused_settings(options, message):
    with pytest.raises(ConfigError, match=message):
        compared({"a": noise(1), "b": noise(2)}, **options)


def test_refused_rows():
    with pytest.raises(InputError, match="two rows for the item 's0'"):
        compared({"a": noise(1) + noise(2)[:1], "b": noise(2)})
    with pytest.raises(InputError, match="finite"):
        compared({"a": noise(1), "b": items([float("inf")] * 60)})
    with pytest.raises(InputError, match="no statistic rows"):
        bootstrap_interval([], Ratio())


def test_interval():
    """The ranks of sacrebleu: of 1,000 scores the 26th from each end at 95 %."""
    values = [row for _, row in noise(5)]
    low, high = bootstrap_interval(values, Ratio())
    drawn = np.random.default_rng(12345).choice(60, size=(1000, 60), replace=True)
    scores = sorted(100 * np.array(values)[picked].sum(0)[0] / 1200 for picked in drawn)
    assert (low, high) == pytest.approx((scores[25], scores[974]), abs=1e-12)
    wide = bootstrap_interval(values, Ratio(), confidence=0.99)
    assert wide[0] < low < high < wide[1]
    assert bootstrap_interval(values[:1], Ratio()) == (Ratio().value(values[0]),) * 2
    assert bootstrap_interval(values, Ratio(), seed=0) == bootstrap_interval(values, Ratio(), seed=0) != (low, high)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 10**6)), min_size=1, max_size=30), st.randoms())
def test_sums_are_exact_in_any_order(values, rng):
    matrix = matrix_of(values)
    assert matrix == pytest.approx(np.array(values), rel=1e-9, abs=1e-7)
    assert (matrix[:, 1] == [count for _, count in values]).all()
    mixed = matrix.tolist()
    rng.shuffle(mixed)
    forward = [sum(column) for column in zip(*matrix.tolist(), strict=True)]
    assert [sum(column) for column in zip(*mixed, strict=True)] == forward == matrix.sum(axis=0).tolist()


@pytest.mark.parametrize(("test", "code", "trials"), [("bootstrap", "bs", 1000), ("randomisation", "ar", 10000)])
def test_p_values_of_sacrebleu(data, test, code, trials):
    """BLEU of five close systems: every p-value of the published tests."""
    folder = data("wmt/wmt22.zh-en")
    with (folder / "oracle" / "significance_close.tsv").open(encoding="utf-8") as stream:
        oracle = [r for r in csv.DictReader(stream, delimiter="\t") if (r["test"], r["metric"]) == (code, "BLEU")]
    scorer = Registry().make("scorer", "bleu")
    reference = _lines(folder / "references" / "refA.en.txt.gz")
    systems = {}
    for row in oracle:
        texts = _lines(folder / "systems" / f"{row['system']}.en.txt.gz")
        units = [Unit("u", "d", "1-1", 1.0, _passage(t), (_passage(r),)) for t, r in zip(texts, reference, strict=True)]
        systems[row["system"]] = [(str(i), stats) for i, stats in enumerate(scorer.measure(units))]
    found = compare_systems(
        systems, scorer, metric="bleu", scope="corpus", baseline=oracle[0]["baseline"], test=test, trials=trials
    )
    assert [(c.system, c.p_value) for c in found] == [(r["system"], float(r["p_value"])) for r in oracle[1:]]


def _passage(text):
    return Passage((Segment("s", "d", 0, len(text), text),), text)


def _lines(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def test_too_few_trials_for_many_comparisons_claim_nothing() -> None:
    from evalkit.compare.statistics import trials_for
    from evalkit.plugins import Registry

    scorer = Registry().make("scorer", "wer")
    systems = {f"s{n}": [(str(i), (10.0 - n % 10, float(n % 10), 0.0, 0.0)) for i in range(40)] for n in range(12)}
    few = compare_systems(systems, scorer, metric="wer", scope="corpus", trials=1000)
    enough = compare_systems(systems, scorer, metric="wer", scope="corpus", trials=trials_for("bootstrap", 66, 0.05))
    real = [c for c in few if c.delta]
    assert {c.outcome for c in real} == {"untested"}
    assert all("1,000 trials cannot show a difference once 66 comparisons" in c.verdict for c in real)
    assert {c.outcome for c in enough if c.delta} == {"better", "worse"}


@settings(max_examples=60, deadline=None)
@given(pairs=rows, seed=st.integers(0, 20), alpha=st.sampled_from([0.01, 0.05, 0.2]))
def test_the_interval_of_a_randomisation_leaves_out_zero_where_the_test_shows_something(pairs, seed, alpha):
    a, b = items(x for x, _ in pairs), items(y for _, y in pairs)
    (found,) = compared({"a": a, "b": b}, test="randomisation", trials=199, seed=seed, alpha=alpha)
    assert (found.low > 0 or found.high < 0) == (found.outcome in ("better", "worse"))
    assert f"{100 * (1 - alpha):g}% interval" in found.verdict or "nothing to test" in found.verdict


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("differing", [1, 4, 5])
def test_few_items_that_differ_show_nothing(test, differing):
    """Exchanged exactly, five items have 32 outcomes, two of them as extreme as can be: p is 1/16 at least."""
    a = noise(3, 40)
    b = [(key, (row[0] + 5, row[1])) if place < differing else (key, row) for place, (key, row) in enumerate(a)]
    (found,) = compared({"a": a, "b": b}, test=test, trials=999)
    assert found.outcome == "none"
    assert f"only {differing} of them differ, too few for any test" in found.verdict


def test_what_can_be_detected_is_reckoned_after_the_correction():
    systems = {name: noise(seed) for name, seed in (("a", 1), ("b", 2), ("c", 3))}
    many = {(c.baseline, c.system): c for c in compared(systems, test="randomisation")}
    (alone,) = compared({"a": systems["a"], "b": systems["b"]}, test="randomisation")
    assert many["a", "b"].error == alone.error
    assert many["a", "b"].detectable > 1.1 * alone.detectable
