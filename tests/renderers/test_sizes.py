"""What differences of some size have meant for people: as published, for metrics as they were studied alone."""

from __future__ import annotations

import inspect
import re
from functools import cache

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.plugins import Registry
from evalkit.renderers.page import page
from evalkit.renderers.report.report import sections
from evalkit.renderers.report.sizes import agreement
from evalkit.run.record import metric as record_of

LINES = [f"the council of town {k} opened a new bridge" for k in range(12)]
WORSE = [line.replace("opened a new", "shut the old") for line in LINES]


@cache
def compared(*metrics: str, kind: str = "translation") -> evalkit.Result:
    texts = {"worse": evalkit.Lines(WORSE), "good": evalkit.Lines(LINES)}
    return evalkit.score(texts, evalkit.Lines(LINES), metrics=metrics, test="randomisation", trials=99, kind=kind)


@pytest.mark.parametrize(
    ("spec", "delta", "said"),
    [
        ("bleu", 0.26, "no more than a coin toss"),
        ("bleu", -1.06, "65 to 70%"),
        ("bleu", 20.0, "85 to 90%"),
        ("bleu(tokenize=flores200)", 5.57, "90 to 95%"),
        ("bleu(lowercase=yes)", 1.0, ""),
        ("chrf", 2.0, "80 to 85%"),
        ("chrf++", 2.0, ""),
        ("comet", 0.0035, "70 to 75%"),
        ("comet", 0.02, "95% or more"),
        ("comet(model=mine)", 0.02, ""),
        ("xcomet(model=/m/XCOMET-XXL)", 0.0199, "90 to 95%"),
        ("metricx", 1.0, ""),
        ("windowed(metric=comet)", 0.01, ""),
    ],
)
def test_as_published(spec: str, delta: float, said: str) -> None:
    result = replace(compared("chrf"), metrics={"m": record_of("m", Registry().make("scorer", spec))})
    assert agreement(result, "m", delta) == said


def test_every_part_of_a_report_is_in_a_tab_of_the_page() -> None:
    """A part that is in none is not seen."""
    named = set(re.findall(r'^        "([\w-]+)": ', inspect.getsource(sections), re.MULTILINE))
    assert {"kinds-of-metric", "sizes", "signatures"} <= named <= set(page._ORDER)


def test_the_report_has_it_with_its_source() -> None:
    text = evalkit.render(compared("chrf", "wer"), "markdown")
    assert "What differences of this size have meant" in text
    assert "Navigating the" in text
    part = text.split("What differences of this size have meant")[1].split("\n## ")[0]
    assert "| chrF |" in part
    assert "WER" not in part
    for unknown in (compared("wer"), compared("chrf", kind="summary")):
        assert "What differences" not in evalkit.render(unknown, "markdown")
