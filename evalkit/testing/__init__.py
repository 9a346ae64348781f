"""The contract of plug-ins as functions that a plug-in's own tests call; evalkit's plug-ins are held to it by the same.

    from evalkit import Registry
    from evalkit.testing import check_plugin

    def test_it_keeps_the_contract():
        check_plugin(Registry(("shouting.py",)).make("detector", "shouting"))

Each function raises AssertionError that says what is wrong. This room may use `run` and what is below it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evalkit.plugins.protocols import Plugin
from evalkit.testing.aligner import check_aligner
from evalkit.testing.any import check_pickling, check_text_form
from evalkit.testing.detector import check_detector
from evalkit.testing.reader import check_reader
from evalkit.testing.renderer import check_renderer
from evalkit.testing.scorer import check_scorer
from evalkit.testing.segmenter import check_segmenter
from evalkit.testing.termbase import check_termbase
from evalkit.testing.units import context_of, units_of

__all__ = [
    "check_aligner",
    "check_detector",
    "check_pickling",
    "check_plugin",
    "check_reader",
    "check_renderer",
    "check_scorer",
    "check_segmenter",
    "check_termbase",
    "check_text_form",
    "context_of",
    "units_of",
]

_OF_KIND: dict[str, Callable[..., None]] = {
    "aligner": check_aligner,
    "detector": check_detector,
    "reader": check_reader,
    "renderer": check_renderer,
    "scorer": check_scorer,
    "segmenter": check_segmenter,
    "termbase": check_termbase,
}


def check_plugin(plugin: Plugin, **samples: Any) -> None:
    """All that holds for any plug-in, in a fresh process too, and what holds for its kind.

    `samples` are handed to the function of its kind, for example `sample="text.srt"` for a reader.
    """
    check_text_form(plugin)
    check_pickling(plugin)
    _OF_KIND[plugin.kind](plugin, **samples)
