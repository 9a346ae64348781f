"""The fuzzer of loaders and renderers finds nothing: a few inputs here, as many as one likes by its own command."""

from __future__ import annotations

import pytest

from benchmarks._fuzz_loaders import without_sample
from benchmarks.fuzz import run

pytestmark = pytest.mark.slow


def test_every_reader_and_termbase_has_a_sample() -> None:
    assert without_sample() == []


KINDS = ("reader", "termbase", "term", "result", "plug-in", "configuration", "links", "pattern", "review", "history")


@pytest.mark.parametrize("only", [*KINDS, "field"])
def test_loaders_take_or_refuse_what_nobody_would_write(only: str) -> None:
    assert [fault for _, _, faults in run(40, 7, only) for fault in faults] == []


def test_renderers_show_or_refuse_a_result_that_was_edited() -> None:
    assert [fault for _, _, faults in run(60, 8, "renderer") for fault in faults] == []
