"""The error of a score that a sample stands behind: against simulation, at its ends, and the plan that follows."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from evalkit.records import Finding
from evalkit.records.scorecard import ScorecardConfig
from evalkit.review.sampling import sampled
from tests.results import small_result

WORDS = 2000
CONFIG = ScorecardConfig()
MODEL = replace(small_result().systems[0].findings[0], verdict="")


def findings(severity: str, verdicts: list[str]) -> list[Finding]:
    return [replace(MODEL, severity=severity, verdict=verdict) for verdict in verdicts]


def drawn(rng: random.Random, total: int, judged: int, share: float) -> tuple[list[Finding], float]:
    """Findings of which some are judged, and the score when all are."""
    truth = ["right" if rng.random() < share else "wrong" for _ in range(total)]
    score = 100 * (1 - 5 * truth.count("right") / WORDS)
    return findings("major", [word if n < judged else "" for n, word in enumerate(truth)]), score


@pytest.mark.slow
@pytest.mark.parametrize(("total", "judged", "share"), [(60, 20, 0.7), (200, 30, 0.5), (40, 10, 0.9), (100, 60, 0.2)])
def test_the_true_score_lies_within_the_error_as_often_as_it_says(total: int, judged: int, share: float) -> None:
    rng, inside = random.Random(7), 0
    for _ in range(600):
        part, truth = drawn(rng, total, judged, share)
        sample = sampled(part, WORDS, CONFIG)
        assert sample is not None
        assert sample.score is not None
        assert sample.error is not None
        inside += abs(sample.score - truth) <= sample.error
    assert 0.92 <= inside / 600 <= 0.995


def test_there_is_nothing_to_foretell_where_all_or_none_is_judged() -> None:
    assert sampled(findings("major", ["right"] * 8), WORDS, CONFIG) is None
    assert sampled(findings("major", [""] * 8), WORDS, CONFIG) is None
    assert sampled(findings("neutral", ["right", ""]), WORDS, CONFIG) is None
    assert sampled(findings("major", ["right", ""]), 0, CONFIG) is None


def test_a_severity_of_which_too_few_are_judged_is_no_base_for_a_score_but_for_a_plan() -> None:
    sample = sampled(findings("major", ["right"] * 3 + [""] * 20), WORDS, CONFIG)
    assert sample is not None
    assert (sample.score, sample.error) == (None, None)
    assert sample.plan["major"] >= 2


def test_the_plan_keeps_the_error_it_is_made_for() -> None:
    wanted = ScorecardConfig(error=0.5)
    rng = random.Random(3)
    part, _ = drawn(rng, 120, 20, 0.6)
    sample = sampled(part, WORDS, wanted)
    assert sample is not None
    more = sample.plan["major"]
    open_ = [n for n, f in enumerate(part) if not f.verdict][:more]
    then = [replace(f, verdict=rng.choice(["right", "wrong"])) if n in open_ else f for n, f in enumerate(part)]
    after = sampled(then, WORDS, wanted)
    assert after is not None
    assert after.error is not None
    assert after.error <= 0.5 * 1.1  # the share is not quite what it was
    assert sample.error is not None
    assert sample.error > 0.5


def test_what_weighs_more_is_judged_first() -> None:
    both = [
        *findings("major", ["right", "wrong"] * 5 + [""] * 30),
        *findings("minor", ["right", "wrong"] * 5 + [""] * 30),
    ]
    sample = sampled(both, WORDS, ScorecardConfig(error=1.5))
    assert sample is not None
    assert sample.plan.get("major", 0) > sample.plan.get("minor", 0)
