"""Gates on the command line: their options, what is said of them, exit code 1, and writing a baseline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from evalkit.cli.output import note
from evalkit.errors import ConfigError, EvalkitError, InputError
from evalkit.text.files import resolved

if TYPE_CHECKING:
    from evalkit.records import Finding
    from evalkit.records.comparison import Change
    from evalkit.records.config import GateConfig
    from evalkit.records.result import Result

_MOST = 10  # findings named of each kind; all are in the result


def options(
    fail_on: str = "",
    fail_under: list[str] | None = None,
    baseline: str = "",
    fail_on_new: str = "",
    fail_on_regression: bool = False,
    metrics: Iterable[str] = (),
) -> dict[str, Any]:
    """The `[gate]` that the options of a command make; what was not given is not in it. `metrics` are those of the
    command, as it spells them."""
    from evalkit.records.config import ACCEPTED

    given = {
        "fail_on": fail_on,
        "fail_under": thresholds(fail_under or [], metrics),
        "baseline": str(resolved(baseline)) if baseline not in ("", ACCEPTED) else baseline,
        "fail_on_new": fail_on_new,
        "fail_on_regression": fail_on_regression,
    }
    return {key: value for key, value in given.items() if value}


def needs_baseline(fail_on_new: str, baseline: str) -> None:
    """Refuses --fail-on-new where there is nothing to be new against."""
    if fail_on_new and not baseline:
        raise ConfigError("--fail-on-new: new against what? Name a saved result with --baseline")


def thresholds(texts: list[str], metrics: Iterable[str] = ()) -> dict[str, float]:
    """`bleu=30` and the like as numbers by metric; capitals do not matter, as in -m."""
    spelled = {metric.lower(): metric for metric in metrics}
    found = {}
    for text in texts:
        metric, equals, value = text.partition("=")
        try:
            found[spelled.get(metric.strip().lower(), metric.strip())] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise ConfigError(f"--fail-under {text!r}: write METRIC=VALUE, for example bleu=30")
    return found


def end(result: Result, quiet: bool = False) -> None:
    """Says what is new and what is fixed; ends with exit code 1, saying why, where the gate is not passed."""
    if result.gate is None:
        return
    for change in result.gate.changes:
        for line in _changed(change, result):
            note(f"evalkit: {line}", quiet)
    for line in result.gate.notes:
        note(f"evalkit: note: {line}", quiet)
    for reason in result.gate.reasons:
        note(f"evalkit: gate: {reason}")
    if not result.gate.passed:
        raise typer.Exit(1)


def _changed(change: Change, result: Result) -> list[str]:
    """The findings of a system that are new and fixed, a line each, as `check` shows them."""
    from evalkit.records.result import place

    now = {system.name: system for system in result.systems}.get(change.system)
    lines: list[str] = []
    for word, findings in (("new", change.new), ("fixed", change.fixed)):

        def show(f: Finding) -> str:
            where = place(f, now, result) if now else f"{change.system}:{f.line}:{f.column}"
            return f"{where}: {f.rule} {f.severity} {f.message}"

        lines += [f"{word}: {show(f)}" for f in findings[:_MOST]]
        if len(findings) > _MOST:
            lines.append(f"{word}: {len(findings) - _MOST} more of {change.system}, all in the result")
    return lines


def may_update(baseline: Path, inputs: Iterable[str | Path]) -> None:
    """Refuses to write a baseline over what the run reads, or over a file that never was a result."""
    from evalkit.text.files import read_bytes, usable
    from evalkit.text.outputs import refuse_inputs

    refuse_inputs(baseline, inputs, "--update-baseline:")
    if usable(baseline).is_file() and (held := read_bytes(baseline)) and b"evalkit/result/" not in held:
        raise InputError(f"--update-baseline: {baseline} is there and is no result of evalkit; name another file")


def update_baseline(result: Result, gate: GateConfig, folder: Path, quiet: bool, *, own: bool = False) -> None:
    """Writes the result as the gate's baseline, saying what has changed in it; not where it is the run's `own` result,
    which is written with its reports, by the rules of their folder."""
    from msgspec.structs import replace

    from evalkit.compare import gates
    from evalkit.records import json as jsonio

    target = folder / gate.baseline
    bare = replace(result, gate=None)
    try:
        old = jsonio.read(target) if target.exists() else None
    except EvalkitError as problem:
        old = None
        note(f"evalkit: baseline: the old one could not be read and is replaced ({problem})", quiet)
    if not own:
        jsonio.write(bare, target)
    if old is None:
        number = sum(len(system.findings) for system in bare.systems)
        note(f"evalkit: baseline: wrote {target} ({number} finding{'s' * (number != 1)} accepted)", quiet)
        return
    for line in gates.difference(old, bare):
        note(f"evalkit: baseline: {line}", quiet)
    note(f"evalkit: baseline: wrote {target}", quiet)
