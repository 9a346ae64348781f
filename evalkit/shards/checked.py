"""A stream checked: the findings of every shard written beside, their numbers as the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

import evalkit
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records import LINK_KINDS, SEVERITIES, Alignment, Coverage, Failure, Languages
from evalkit.records.config import RunConfig
from evalkit.records.json import SCHEMA
from evalkit.records.quality import rolled_up, with_expected
from evalkit.records.result import DocumentRecord, Gate, ReferenceRecord, Result, RuleRecord, SystemRecord
from evalkit.run import record as recording
from evalkit.run.cache import open_cache
from evalkit.run.kept import circumstances
from evalkit.run.parts import make_parts
from evalkit.run.read import shown_path
from evalkit.run.stages import begin
from evalkit.shards.check import ROWS, attempt, notes_of
from evalkit.shards.index import MARK
from evalkit.shards.plan import Plan, Side, check, plan
from evalkit.shards.records import CheckWork
from evalkit.shards.rows import alone
from evalkit.shards.run import Settings, check_rows, counted, engine_of, lost
from evalkit.shards.sums import unpacked
from evalkit.terms.load import load


class Checked(NamedTuple):
    """The result, whose qualities have the numbers of the findings, and these by system, rule and severity."""

    result: Result
    counts: Mapping[str, Mapping[tuple[str, str], int]]


def check_stream(config: RunConfig, settings: Settings, folder: Path = Path()) -> Checked:
    """The findings of line files and tables that are read in parts.

    A rule sees 2,000 rows at a time, of one document those of them that are its own; what is inconsistent farther
    apart it does not see. The findings are written as Parquet into `settings.rows`, without which there is nothing to
    look at: ConfigError. Raises EvalkitError also for what cannot be read or combined.
    """
    check(config, scoring=False)
    settings.check()
    if not settings.rows:
        raise ConfigError("--engine: name a folder for the findings with --rows; of a stream they are written beside")
    for option, given in (("--baseline", config.gate.baseline), ("--verdicts", config.verdicts)):
        if given:
            raise ConfigError(f"{option}: cannot be had of a stream; leave out --engine")
    config = replace(config, align="lines", segment="lines", metrics=())
    registry = Registry(tuple(str(folder / path) for path in config.plugins))
    parts = make_parts(config, registry)
    lists = load(
        [str(folder / path) for path in (*config.terms, *config.names)],
        registry=registry,
        languages=Languages(config.language, config.source.lang if config.source else ""),
    )
    begin("read")
    planned = plan(config, folder, registry, min(ROWS, settings.shard_rows), scoring=False)
    works = [
        CheckWork(
            shard,
            tuple(side.column for side in planned.systems),
            tuple(side.column for side in planned.references),
            tuple(side.name for side in planned.systems),
            planned.document,
            MARK,
            planned.checked,
            (),
            config.language,
            registry.files,
            str(Path(settings.rows) / f"part-{shard.number:06}.parquet"),
            config=config,
            folder=str(folder),
            sides=tuple(side.name for side in planned.references),
            source=planned.source.column if planned.source else None,
        )
        for shard in planned.shards
    ]
    ours = all(type(detector).__module__.startswith("evalkit.") for detector in parts.detectors)
    cache = open_cache() if ours and not (config.terms or config.names) else None
    engine, code = engine_of(settings, planned, registry), circumstances() if cache else ()
    with alone(settings.rows):
        check_rows(settings, works, planned)
        begin("detect")
        outcomes = counted(works, engine, cache, attempt, "detect", code)
        missing = lost(works, outcomes, planned, settings)
    found = [unpacked(outcome) for outcome in outcomes if isinstance(outcome, bytes)]
    rules = recording.rules(parts.detectors, config.rule)
    signature = f"{recording.signature(config, parts, lists)}|read:stream|seen:{ROWS}-rows"
    return _made(config, folder, planned, settings, found, missing, rules, signature)


def _made(
    config: RunConfig,
    folder: Path,
    planned: Plan,
    settings: Settings,
    found: Sequence[dict[str, Any]],
    missing: Sequence[str],
    rules: dict[str, RuleRecord],
    signature: str,
) -> Checked:
    counts = {side.name: _together(side.name, found) for side in planned.systems}
    systems = [
        _system(config, folder, side, number, found, counts[side.name], rules, planned)
        for number, side in enumerate(planned.systems)
    ]
    notes = [f"left out: {text}" for text in missing] + list(notes_of(found))
    written = sum(sum(of.values()) for of in counts.values())
    notes.append(f"{written:,} findings are in {Path(settings.rows).name}, none of them in this result")
    result = Result(
        schema=SCHEMA,
        evalkit=evalkit.__version__,
        name=config.name,
        signature=signature + (f"|missing:{len(missing)}-of-{len(planned.shards)}-shards" if missing else ""),
        config=recording.plain_config(config, folder),
        metrics={},
        rules=rules,
        references=tuple(ReferenceRecord(s.name, _path(s, folder), "", s.lang, 0, ()) for s in planned.references),
        systems=tuple(systems),
        failures=tuple(Failure("detect", "", "", "", note) for note in notes),
        gate=_gate(config, counts),
    )
    return Checked(result, counts)


def _together(system: str, found: Sequence[dict[str, Any]]) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for each in found:
        for key, number in each["counts"][system].items():
            rule, _, severity = key.rpartition(" ")
            total[rule, severity] += number
    return total


def _expected(system: str, found: Sequence[dict[str, Any]]) -> float:
    """The errors to expect, to the digit that adding all at once gives."""
    each = (Fraction(float(chance)) * n for shard in found for chance, n in shard["chances"][system].items())
    return float(sum(each, Fraction()))


def _system(
    config: RunConfig,
    folder: Path,
    side: Side,
    number: int,
    found: Sequence[dict[str, Any]],
    counts: Mapping[tuple[str, str], int],
    rules: Mapping[str, RuleRecord],
    planned: Plan,
) -> SystemRecord:
    words = sum(each["words"][number] for each in found)
    by_category: dict[str, Counter[str]] = {}
    for (rule, severity), times in counts.items():
        by_category.setdefault(rules[rule].category if rule in rules else "custom", Counter())[severity] += times
    links: dict[str, int] = {**dict.fromkeys(LINK_KINDS, 0), "1-1": planned.rows if planned.references else 0}
    paired = float(bool(planned.references))
    alignment = Alignment("lines", links, Coverage(paired, paired), paired, bool(paired), "line k belongs to line k")
    return SystemRecord(
        name=side.name,
        path=_path(side, folder),
        sha256="",
        kind=config.candidate[number].kind,
        lang=side.lang,
        words=words,
        documents=(DocumentRecord("1", "", words, alignment),),
        segments=(),
        alignment=alignment,
        scores=(),
        units=(),
        findings=(),
        quality=with_expected(rolled_up(by_category, words), _expected(side.name, found)),
    )


def _path(side: Side, folder: Path) -> str:
    return side.path if "://" in side.path else shown_path(side.path, folder)


def _gate(config: RunConfig, counts: Mapping[str, Mapping[tuple[str, str], int]]) -> Gate | None:
    """`fail_on` by the numbers; None where nothing is asked."""
    least = config.gate.fail_on
    if not least:
        return None
    severe = SEVERITIES[SEVERITIES.index(least) :]
    reasons = []
    for system, of in counts.items():
        number = sum(times for (_, severity), times in of.items() if severity in severe)
        if number:
            reasons.append(f"{system}: {number:,} {'finding' if number == 1 else 'findings'} of {least} or worse")
    return Gate(not reasons, tuple(reasons), fail_on=least)


def table(found: Checked) -> Iterator[str]:
    """The numbers of the findings in lines, the rules with most first."""
    for system in found.result.systems:
        quality, of = system.quality, found.counts[system.name]
        said = ", ".join(f"{number:,} {severity}" for severity, number in reversed(quality.counts.items()) if number)
        yield f"{system.name}: {said or 'no findings'}; {quality.words:,} words"
        for (rule, severity), number in sorted(of.items(), key=lambda item: (-item[1], item[0])):
            share = f"{1000 * number / quality.words:.3f} per 1,000 words" if quality.words else ""
            yield f"  {rule:<24} {severity:<9} {number:>12,}  {share}".rstrip()
