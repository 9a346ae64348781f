"""The evaluation, step by step: read, segment, align, score, detect, compare, and the result of it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from msgspec.structs import replace

import evalkit
from evalkit.compare import gates
from evalkit.compare.compared import Compared
from evalkit.errors import ConfigError, nearest
from evalkit.plugins import Registry
from evalkit.plugins.vetted import is_strange
from evalkit.records import Failure, Languages, Termbase
from evalkit.records.config import RunConfig
from evalkit.records.given import Given
from evalkit.records.json import SCHEMA
from evalkit.records.result import Result, SystemRecord
from evalkit.run import kept
from evalkit.run import record as recording
from evalkit.run.align import AlignedSystem, align_split, align_system
from evalkit.run.collector import no_collector
from evalkit.run.detected import Detected, nothing
from evalkit.run.forget import MANY, forget_all
from evalkit.run.parts import Parts, make_parts, make_workers, remade
from evalkit.run.read import NO_TEXTS, Inputs, read_inputs, shown_path
from evalkit.run.rules import Choice
from evalkit.run.running_text import with_mended_texts
from evalkit.run.score import Scored, check_needs, score_systems
from evalkit.run.settle import settled
from evalkit.run.sides import SplitSide
from evalkit.run.sources import with_source
from evalkit.run.stages import begin, counting
from evalkit.run.unstated import with_languages_read
from evalkit.run.verdicts import Verdicts, cards, human, rated, ratings_of
from evalkit.run.workers import Pool, Workers
from evalkit.terms.load import load
from evalkit.text.memory import give_back
from evalkit.text.patterns import one_account


@one_account()
def evaluate(
    config: RunConfig,
    *,
    folder: Path | str = ".",
    jobs: int = 1,
    termbase: Termbase | None = None,
    with_baseline: bool = True,
    texts: Mapping[str, Given] = NO_TEXTS,
    pool: Pool | None = None,
) -> Result:
    """Runs the whole evaluation that a configuration describes and returns its Result. Writes no file.

    - `folder`: where the relative paths of the configuration start.
    - `jobs`: processes; changes no number. More than one starts fresh processes, so a script needs the usual
      `if __name__ == "__main__"`.
    - `termbase`: terms and names beside those of the files that the configuration names.
    - `with_baseline`: False ignores the baseline of the gate, to write a new one. The verdict is in `result.gate`; a
      gate that fails raises nothing.
    - `texts`: texts in memory, by the paths (`text:NAME`) that stand for them in the configuration.
    - `pool`: a cluster that does the work instead of processes on this machine; changes no number.

    Raises InputError for files that cannot be read or do not fit together, ConfigError for settings that cannot be
    used or combined, MissingExtraError where an optional package is needed.
    """
    base = Path(folder)
    _check_languages(config)
    registry = Registry(tuple(str(base / path) for path in config.plugins))
    parts = make_parts(config, registry)
    gates.check(config.gate, parts.scorers, config.statistics.baseline)
    languages = Languages(config.language, config.source.lang if config.source else "")
    paths = {str(base / path): shown_path(path, base) for path in (*config.terms, *config.names)}
    lists = load(paths, termbase, registry=registry, languages=languages)
    notes = [Failure("read", "", "", "", _shown(note, paths)) for note in lists.notes]
    begin("read")
    inputs = read_inputs(config, base, registry, texts)
    inputs = with_languages_read(config, inputs)
    config, asked = settled(config, inputs), config
    parts = remade(parts, asked, config, registry)
    if config.language != asked.language and paths:
        lists = load(paths, termbase, registry=registry, languages=Languages(config.language, languages.source))
    check_names(config, inputs)
    check_needs(parts.scorers, has_source=inputs.source is not None)
    gate = config.gate if with_baseline else replace(config.gate, baseline="", fail_on_regression=False)
    baseline = gates.read_baseline(gate.baseline, base)

    inputs = with_mended_texts(replace(inputs, failures=(*inputs.failures, *notes)), parts.segmenter)
    result = evaluated(config, base, inputs, parts, lists, make_workers(registry, jobs, inputs, pool), jobs)
    shown = replace(gate, baseline=shown_path(gate.baseline, base) if gate.baseline else "")
    verdict = gates.judge(
        result, shown, baseline, statistics=config.statistics, seed=config.seed, scorers=parts.scorers
    )
    return replace(result, gate=verdict)


def _check_languages(config: RunConfig) -> None:
    """Raises ConfigError for a language that is none; the default is one, and loads no table of codes."""
    source = [("lang of the source", config.source.lang)] if config.source else []
    sides = [(f"lang of {side.path}", side.lang) for side in config.candidate]
    sides += [(f"lang of {side.path}", side.lang) for side in config.reference]
    named = [(where, tag) for where, tag in (("lang", config.lang), *sides, *source) if tag not in ("", "en")]
    if named:
        from evalkit.language.codes import check_tags

        check_tags(named)


def evaluated(
    config: RunConfig, base: Path, inputs: Inputs, parts: Parts, lists: Termbase, workers: Workers, jobs: int
) -> Result:
    """The steps after reading, and what they found, as a result that no gate has judged."""
    marked = ratings_of(config, base)  # a file that cannot be used is told before the work
    begin("align")
    references = [SplitSide(reference, parts.segmenter) for reference in inputs.references]
    model = getattr(parts.aligner, "semantic", None)
    by_line = bool(getattr(parts.aligner, "line_by_line", False))
    pairings = _aligned(inputs, references, parts, workers)
    found_links = (with_source(system, inputs, model, by_line=by_line) for system in pairings)
    if parts.within and parts.detectors and inputs.references:
        from evalkit.run.lost_beside import with_parted_lines

        found_links = (with_parted_lines(system, inputs, *parts.within) for system in found_links)
    aligned = list(counting("align", found_links, len(inputs.candidates), "systems"))
    begin("score")
    memory = _memory(inputs)
    scored = score_systems(aligned, parts.scorers, config, workers, jobs, memory)
    is_long = sum(len(system.pairing) for system in aligned) > MANY
    if is_long:
        for each in scored:
            each.measured.pack()
        give_back()
    begin("detect")
    detected = _detect(aligned, inputs, parts, lists, workers, config)
    found = map(recording.system, aligned, scored, detected.findings, detected.suppressed, detected.unjudged)
    begin("compare")
    verdicts = Verdicts.of(config.verdicts, base)
    systems = verdicts.on(found)
    people = human(systems, marked)
    compared, untested = _compare(systems, scored, parts, config, memory)
    if is_long:
        for system in aligned:
            system.pairing.release()
        forget_all()
    told = [*inputs.failures, *_languages(inputs, parts), *(f for s in aligned for f in s.failures)]
    if is_long:
        forget_all()
    failures = [*told, *detected.failures, *verdicts.failures]
    return Result(
        schema=SCHEMA,
        evalkit=evalkit.__version__,
        name=config.name,
        signature=recording.signature(config, parts, lists, detected.voters) + verdicts.signature + rated(people),
        config=recording.plain_config(config, base),
        metrics={metric: recording.metric(metric, scorer) for metric, scorer in parts.scorers.items()},
        rules=recording.rules(parts.detectors, config.rule),
        references=tuple(recording.reference(r, inputs.derived) for r in references),
        systems=systems,
        comparisons=compared.comparisons,
        finding_comparisons=compared.finding_comparisons,
        rankings=compared.rankings,
        disagreements=compared.disagreements,
        review=verdicts.review(systems),
        scorecards=cards(systems, people, config),
        human=people,
        terms=detected.terms,
        source=recording.source(inputs.source) if inputs.source else None,
        failures=(*failures, *(f for each in scored for f in each.failures), *untested),
    )


def _aligned(
    inputs: Inputs, references: Sequence[SplitSide], parts: Parts, workers: Workers
) -> Iterator[AlignedSystem]:
    """The systems with their alignments; where there is a cluster it has made the links, a document a task."""
    segmenter, aligner = parts.segmenter, parts.aligner
    if workers.pool is None or getattr(aligner, "line_by_line", False):
        yield from (align_system(c, references, segmenter, aligner) for c in inputs.candidates)
        return
    from evalkit.run.ahead import linked

    sides = [SplitSide(candidate, segmenter) for candidate in inputs.candidates]
    memory = linked(sides, references, aligner, workers)
    yield from (align_split(side, references, segmenter, aligner, memory) for side in sides)


def _languages(inputs: Inputs, parts: Parts) -> Iterator[Failure]:
    """What is to be said of the candidates' languages, where something is looked for; a source whose language is given
    has its own way to."""
    if parts.detectors and not (inputs.source and inputs.source.lang):
        from evalkit.language.kept_dictionaries import kept_in
        from evalkit.run.language_remarks import of_candidate

        cache = kept.cache_for(d.text for side in inputs.candidates for d in side.documents)
        with kept_in(cache):
            told = [failure for candidate in inputs.candidates for failure in of_candidate(candidate, cache)]
        yield from told


def _detect(
    systems: list[AlignedSystem], inputs: Inputs, parts: Parts, lists: Termbase, workers: Workers, config: RunConfig
) -> Detected:
    """Step four, where there is something to look for."""
    if not (parts.detectors or lists.terms or config.ignore):
        return nothing(len(systems))
    from evalkit.run.detect import detect

    choice = Choice(config.select, config.skip, config.severity)
    careful = any(map(is_strange, parts.detectors)) or sum(len(system.pairing) for system in systems) > MANY
    with nullcontext() if careful else no_collector():
        return detect(systems, inputs, parts.detectors, lists, workers, config.rule, config.ignore, choice)


def _compare(
    systems: Sequence[SystemRecord],
    scored: Sequence[Scored],
    parts: Parts,
    config: RunConfig,
    memory: kept.Memory | None,
) -> tuple[Compared, tuple[Failure, ...]]:
    """Step five, where there are systems to compare."""
    if len(systems) < 2:
        return Compared(), ()
    from evalkit.compare.systems import compare, not_tested

    measured = {system.name: each.measured for system, each in zip(systems, scored, strict=True)}
    checked = bool(parts.detectors)
    with nullcontext() if any(map(is_strange, parts.scorers.values())) else no_collector():
        found = compare(
            systems, parts.scorers, config.statistics, config.seed, measured, checked=checked, memory=memory
        )
    return found, not_tested(systems, config.statistics)


def _memory(inputs: Inputs) -> kept.Memory | None:
    """Where intervals and the tests of pairs are kept, for texts that are worth it."""
    cache = kept.cache_for(d.text for candidate in inputs.candidates for d in candidate.documents)
    return kept.Memory(cache) if cache else None


def _shown(note: str, paths: Mapping[str, str]) -> str:
    """A note with its file as the result may name it."""
    path = next((path for path in sorted(paths, key=len, reverse=True) if note.startswith(path)), "")
    return paths[path] + note.removeprefix(path) if path else note


def check_names(config: RunConfig, inputs: Inputs) -> None:
    """Refuses settings that name a system that is not there."""
    systems = [candidate.name for candidate in inputs.candidates]
    baseline = config.statistics.baseline
    if baseline and baseline not in systems:
        raise ConfigError(
            f"the baseline {baseline!r} is no system of this evaluation{nearest(baseline, systems)} "
            f"(systems: {', '.join(systems)})"
        )
