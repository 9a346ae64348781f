"""The evaluation, step by step: read, segment, align, score, detect, compare, and the result of it all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from msgspec import Struct

import evalkit
from evalkit import gates
from evalkit.config import RunConfig
from evalkit.errors import ConfigError, nearest
from evalkit.jsonio import SCHEMA
from evalkit.model import Result
from evalkit.plugins import Registry, spec_of
from evalkit.steps import recording
from evalkit.steps.aligning import align_system
from evalkit.steps.comparing import compare
from evalkit.steps.detecting import detect
from evalkit.steps.reading import Inputs, read_inputs
from evalkit.steps.scoring import score_system
from evalkit.termbase import load


class Tools(Struct, frozen=True):
    """The plug-ins of one run, made from its configuration."""

    segmenter: Any
    aligner: Any
    scorers: dict[str, Any]
    detectors: tuple[Any, ...]


# Below this many candidate words a run is over before worker processes have started.
_WORTH_PROCESSES = 20_000


def evaluate(config: RunConfig, *, folder: Path | str = ".", jobs: int = 1) -> Result:
    """The whole evaluation of a configuration.

    `folder` is where the configuration's relative paths start; `jobs` the number of processes
    (more than one starts fresh processes, so a script needs the usual `if __name__ == "__main__"`);
    it never changes the result. Raises EvalkitError for
    anything that cannot be read, trusted or combined.
    """
    base = Path(folder)
    registry = Registry(tuple(str(base / path) for path in config.plugins))
    tools = make_tools(config, registry)
    termbase = load(base / path for path in (*config.terms, *config.names))
    inputs = read_inputs(config, base, registry)
    check_names(config, inputs)
    gates.check(config.gate.fail_on, config.gate.fail_under, tools.scorers)

    executor = make_executor(registry, jobs, inputs)
    aligned = [align_system(c, inputs.references, tools.segmenter, tools.aligner) for c in inputs.candidates]
    scored = [score_system(system, tools.scorers, config, executor) for system in aligned]
    detected = detect(aligned, inputs, tools.detectors, termbase, executor)
    systems = tuple(map(recording.system, aligned, scored, detected.findings))
    comparisons = compare(systems, tools.scorers, config.statistics, config.seed)

    failures = [*inputs.failures, *(f for system in aligned for f in system.failures)]
    return Result(
        schema=SCHEMA,
        evalkit=evalkit.__version__,
        name=config.name,
        signature=recording.signature(config, tools, termbase),
        config=recording.plain_config(config, base),
        references=tuple(recording.reference(r, tools.segmenter, inputs.derived) for r in inputs.references),
        systems=systems,
        comparisons=comparisons,
        terms=detected.terms,
        failures=(*failures, *(f for each in scored for f in each.failures)),
    )


def make_tools(config: RunConfig, registry: Registry) -> Tools:
    """The plug-ins a configuration names; unknown names and options raise ConfigError."""
    aligner = registry.make("aligner", config.align)
    segment = config.segment or ("lines" if aligner.name == "lines" else "sentences")
    chosen = registry.names("detector") if config.detectors is None else config.detectors
    return Tools(
        segmenter=registry.make("segmenter", segment),
        aligner=aligner,
        scorers=make_scorers(config, registry),
        detectors=tuple(registry.make("detector", spec) for spec in chosen),
    )


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
            raise ConfigError(f"the metric {label!r} is named twice")
        scorers[label] = scorer
    return scorers


def check_names(config: RunConfig, inputs: Inputs) -> None:
    """Refuses settings that name a system that is not there."""
    systems = [candidate.name for candidate in inputs.candidates]
    baseline = config.statistics.baseline
    if baseline and baseline not in systems:
        raise ConfigError(
            f"the baseline {baseline!r} is no system of this evaluation{nearest(baseline, systems)} "
            f"(systems: {', '.join(systems)})"
        )
