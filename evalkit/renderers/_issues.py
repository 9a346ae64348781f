"""Findings as build tools want them: a file, a range of lines and columns, whether new, whether they fail the build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evalkit.records import SEVERITIES, SEVERITY_WEIGHTS, Finding
from evalkit.records.comparison import Change
from evalkit.records.result import Gate, Result, SystemRecord, path_of
from evalkit.renderers import _facts as facts

State = Literal["new", "unchanged", "absent", ""]


@dataclass(frozen=True)
class Issue:
    """A finding with its place: lines and columns from 1 in code points, the end exclusive.

    `state` is that against the baseline, empty without one; `fails`: it is one the gate fails for.
    """

    system: SystemRecord
    finding: Finding
    path: str
    state: State
    fails: bool

    @property
    def line(self) -> int:
        return max(1, self.finding.line)

    @property
    def column(self) -> int:
        return max(1, self.finding.column)

    @property
    def end_line(self) -> int:
        return self.line + self.finding.text.count("\n")

    @property
    def end_column(self) -> int:
        last = self.finding.text.rpartition("\n")[2]
        return len(last) + (self.column if self.end_line == self.line else 1)

    @property
    def message(self) -> str:
        """The message, with what is expected where it does not say so itself."""
        wanted = facts.expected(self.finding)
        return f"{self.finding.message} (expected {wanted})" if wanted else self.finding.message


def issues(result: Result, prefix: str = "", *, fixed: bool = False) -> Iterator[Issue]:
    """The findings of all systems in the order of the result; with `fixed` those of the baseline that are gone.
    One that other systems outvote is an issue only where the gate fails for it.

    `prefix` is the folder of the configuration as seen from the top of the repository.
    """
    changes = {change.system: change for change in result.gate.changes} if result.gate else {}
    for system in result.systems:
        change = changes.get(system.name)
        new = {f.fingerprint for f in change.new} if change else set()
        for finding in system.findings:
            state: State = "" if change is None else "new" if finding.fingerprint in new else "unchanged"
            failing = fails(result.gate, finding, state)
            if finding.outvoted and not (failing and result.gate):
                continue
            path = prefixed(prefix, path_of(finding, system, result))
            yield Issue(system, finding, path, state, failing)
        for finding in change.fixed if change and fixed else ():
            yield Issue(system, finding, prefixed(prefix, path_of(finding, system, result)), "absent", False)


def prefixed(prefix: str, path: str) -> str:
    """A path below a folder, with forward slashes."""
    return f"{prefix.rstrip('/')}/{path}" if prefix else path


def fails(gate: Gate | None, finding: Finding, state: State) -> bool:
    """Whether the gate fails for this finding; without a gate, whether it weighs anything."""
    if gate is None:
        return SEVERITY_WEIGHTS[finding.severity] > 0
    rank = SEVERITIES.index(finding.severity)
    limits = (gate.fail_on, gate.fail_on_new if state == "new" else "")
    return any(limit in SEVERITIES and rank >= SEVERITIES.index(limit) for limit in limits)


def change_of(result: Result, system: SystemRecord) -> Change | None:
    """What changed in a system since the baseline."""
    changes = result.gate.changes if result.gate else ()
    return next((change for change in changes if change.system == system.name), None)
