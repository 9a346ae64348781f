"""Before the first step: the plug-ins a configuration names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import Struct

from evalkit.errors import ConfigError
from evalkit.plugins import Registry, spec_of
from evalkit.records.config import RunConfig
from evalkit.run.read import Inputs


class Tools(Struct, frozen=True):
    """The plug-ins of one run, made from its configuration."""

    segmenter: Any
    aligner: Any
    scorers: dict[str, Any]
    detectors: tuple[Any, ...]


# Below this many candidate words a run is over before worker processes have started.
_WORTH_PROCESSES = 20_000


def make_tools(config: RunConfig, registry: Registry) -> Tools:
    """The plug-ins a configuration names; unknown names and options raise ConfigError."""
    aligner = registry.make("aligner", config.align)
    segment = config.segment or getattr(aligner, "segmenter", "sentences")
    return Tools(
        segmenter=registry.make("segmenter", segment),
        aligner=aligner,
        scorers=make_scorers(config, registry),
        detectors=make_detectors(config, registry),
    )


def make_detectors(config: RunConfig, registry: Registry) -> tuple[Any, ...]:
    """The detectors a configuration names, by default those that are on by themselves; `*` stands for these,
    and a detector named beside it with options takes the place of its plain self."""
    named = ["*"] if config.detectors is None else list(config.detectors)
    made = [registry.make("detector", spec) for spec in named if spec != "*"]
    if "*" not in named:
        return tuple(made)
    usual = [name for name in registry.names("detector") if getattr(registry.get("detector", name), "default", True)]
    special = {detector.name: detector for detector in made}
    every = {name: special.get(name) or registry.make("detector", name) for name in usual}
    return tuple((every | special).values())


def make_executor(registry: Registry, jobs: int, inputs: Inputs) -> Any:
    """Worker processes where more than one is wanted and the work is worth starting them."""
    words = sum(len(d.text) // 6 for side in inputs.candidates for d in side.documents)
    worth = jobs > 1 and words >= _WORTH_PROCESSES
    return registry.make("executor", {"name": "processes", "jobs": jobs} if worth else "serial")


def make_scorers(config: RunConfig, registry: Registry) -> dict[str, Any]:
    """The scorers by the name of their metric; of two variants of one metric, by their spec."""
    made = [registry.make("scorer", spec) for spec in config.metrics]
    made = [replace(s, lang=config.lang) if getattr(s, "lang", None) == "" else s for s in made]
    names = [scorer.name for scorer in made]
    scorers: dict[str, Any] = {}
    for scorer in made:
        label = scorer.name if names.count(scorer.name) == 1 else spec_of(scorer)
        if label in scorers:
            raise ConfigError(f"the metric {scorer.name!r} is named twice with the same options; name it once")
        scorers[label] = scorer
    return scorers
