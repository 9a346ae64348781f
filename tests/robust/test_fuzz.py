"""The fuzzer of loaders and renderers finds nothing: a few inputs here, as many as one likes by its own command."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks._fuzz_loaders import without_sample
from benchmarks.fuzz import run, sample_result
from evalkit.plugins import Registry
from evalkit.records import json as jsonio

pytestmark = pytest.mark.slow


def test_every_reader_and_termbase_has_a_sample() -> None:
    assert without_sample() == []


KINDS = ("reader", "termbase", "term", "result", "plug-in", "configuration", "links", "pattern", "review", "history")


@pytest.mark.parametrize("only", [*KINDS, "field"])
def test_loaders_take_or_refuse_what_nobody_would_write(only: str) -> None:
    assert [fault for _, _, faults in run(40, 7, only) for fault in faults] == []


def test_renderers_show_or_refuse_a_result_that_was_edited() -> None:
    assert [fault for _, _, faults in run(60, 8, "renderer") for fault in faults] == []


@pytest.mark.parametrize("times", [0, 30])
def test_a_result_that_compares_what_has_no_score_is_shown(tmp_path: Path, times: int) -> None:
    result = jsonio.loads(sample_result(tmp_path).decode())
    assert result.comparisons
    bare = [replace(result.systems[0], name=f"s{n}", scores=()) for n in range(times)]
    bare_result = replace(result, systems=tuple(bare))
    for name in Registry().names("renderer"):
        assert Registry().make("renderer", name).render(bare_result) is not None, name
