"""Every built-in plug-in keeps the contract, by the kit that outsiders run on their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.testing import (
    check_aligner,
    check_detector,
    check_pickling,
    check_reader,
    check_renderer,
    check_scorer,
    check_segmenter,
    check_termbase,
    check_text_form,
)

REGISTRY = Registry()
FOR_PROGRAMS = ("alignment-tsv", "json")  # hold every character
NEED_MORE = {"file"}  # made from an alignment file
# Need an environment, a worker or an endpoint: tests/models holds them to the contract with small ones.
MODELS = {
    "comet", "comet-kiwi", "xcomet", "metricx", "metricx-qe", "bertscore", "bleurt", "external", "llm-judge", "judge",
}  # fmt: skip
HAND_MADE = {"moved", "custom", "exact"}  # set off by a moved link, by the configuration, by segments that repeat


def of(kind: str) -> list[str]:
    return [name for name in REGISTRY.names(kind) if name not in NEED_MORE | MODELS]


def test_all_are_made_again_from_their_text_and_in_another_process() -> None:
    plugins = [REGISTRY.make(cls.kind, cls.name) for cls, _ in REGISTRY.all() if cls.name not in NEED_MORE]
    for plugin in plugins:
        check_text_form(plugin)
    check_pickling(*plugins)


@pytest.mark.parametrize("name", of("scorer"))
def test_scorers(name: str) -> None:
    check_scorer(REGISTRY.make("scorer", name))


@pytest.mark.parametrize("name", of("detector"))
def test_detectors(name: str) -> None:
    check_detector(REGISTRY.make("detector", name), examples=name not in HAND_MADE)


@pytest.mark.parametrize("name", of("aligner"))
def test_aligners(name: str) -> None:
    check_aligner(REGISTRY.make("aligner", name))


@pytest.mark.parametrize("name", of("segmenter"))
def test_segmenters(name: str) -> None:
    check_segmenter(REGISTRY.make("segmenter", name))


@pytest.mark.parametrize("name", of("renderer"))
def test_renderers(name: str) -> None:
    check_renderer(REGISTRY.make("renderer", name), for_programs=name in FOR_PROGRAMS)


@pytest.mark.parametrize("name", of("termbase"))
def test_termbases(name: str) -> None:
    check_termbase(REGISTRY.make("termbase", name))


@pytest.mark.parametrize(
    ("name", "file", "content"),
    [
        ("text", "a.txt", "One.\nTwo.\n"),
        ("table", "a.tsv", "doc\tid\ttext\tsource\nd\t1\tOne.\tEins.\nd\t2\tTwo.\tZwei.\n"),
        ("folder", "x/a.txt", "One.\n"),
        ("datasets", "", ""),
    ],
)
def test_readers(tmp_path: Path, name: str, file: str, content: str) -> None:
    path = tmp_path / file
    if file:
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    sample = path.parent if name == "folder" else path
    check_reader(REGISTRY.make("reader", name), sample=sample if file else None)
