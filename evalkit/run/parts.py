"""Before the first step: the plug-ins a configuration names."""

from __future__ import annotations

from msgspec import Struct

from evalkit.compare.scorers import make_scorers
from evalkit.plugins import Registry
from evalkit.plugins.protocols import Aligner, Detector, Scorer, Segmenter
from evalkit.records.config import LINES_OR_IDS, RunConfig, Spec
from evalkit.run.read import Inputs
from evalkit.run.workers import Pool, Workers


class Parts(Struct, frozen=True):
    """The plug-ins of one run, made from its configuration."""

    segmenter: Segmenter
    aligner: Aligner
    scorers: dict[str, Scorer]
    detectors: tuple[Detector, ...]
    within: tuple[Segmenter, Aligner] | None = None  # what looks at the sentences of lines


# What stands for itself until the files are read (see `settle`).
_USUAL = {"": "document", LINES_OR_IDS: "lines"}
# Below this many candidate words a run is over before worker processes have started.
_WORTH_PROCESSES = 20_000


def make_parts(config: RunConfig, registry: Registry) -> Parts:
    """The plug-ins a configuration names; unknown names and options raise ConfigError."""
    aligner = registry.make("aligner", _usual(config))
    segment = config.segment or getattr(aligner, "segmenter", "sentences")
    return Parts(
        segmenter=registry.make("segmenter", segment),
        aligner=aligner,
        scorers=make_scorers(config.metrics, config.language, registry),
        detectors=make_detectors(config, registry),
        within=_within(config, registry),
    )


def remade(parts: Parts, asked: RunConfig, config: RunConfig, registry: Registry) -> Parts:
    """The plug-ins of the settings as the files have settled them; those there are where nothing changes."""
    if (_usual(asked), asked.segment, asked.language) == (_usual(config), config.segment, config.language):
        return parts
    return make_parts(config, registry)


def _within(config: RunConfig, registry: Registry) -> tuple[Segmenter, Aligner] | None:
    """The usual parts for texts as they are, where lines are aligned beside a source."""
    if config.source is None or _usual(config) != "lines":
        return None
    return registry.make("segmenter", "sentences"), registry.make("aligner", "document")


def _usual(config: RunConfig) -> Spec:
    return _USUAL.get(config.align, config.align) if isinstance(config.align, str) else config.align


def make_detectors(config: RunConfig, registry: Registry) -> tuple[Detector, ...]:
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


def make_workers(registry: Registry, jobs: int, inputs: Inputs, pool: Pool | None = None) -> Workers:
    """Worker processes where more than one is wanted and the work is worth starting them, or those of a cluster."""
    if pool is not None:
        return Workers(jobs, registry.files, pool)
    words = sum(len(d.text) // 6 for side in inputs.candidates for d in side.documents)
    return Workers(jobs if words >= _WORTH_PROCESSES else 1, registry.files)
