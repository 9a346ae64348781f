"""The `gitlab` renderer: findings as a code quality report of GitLab."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, ClassVar

from evalkit.records import Severity
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._issues import Issue, issues, prefixed

_SEVERITIES: dict[Severity, str] = {"critical": "critical", "major": "major", "minor": "minor", "neutral": "info"}


@dataclass(frozen=True)
class GitlabRenderer:
    """One entry a finding, and one for a text whose alignment is not trusted; GitLab itself tells new from fixed.

    `prefix` is the folder the paths lie in, as seen from the top of the repository.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "gitlab"
    suffix: ClassVar[str] = ".json"
    claims: ClassVar[bool] = False

    prefix: str = ""

    def render(self, result: Result) -> str:
        """ASCII JSON; ends with a newline."""
        entries = [_entry(issue) for issue in issues(result, self.prefix)]
        for system in facts.untrusted(result):
            text = f"alignment not trusted: {system.alignment.reason}"
            path = prefixed(self.prefix, system.path)
            print_ = _print(system.name, path, "alignment")
            entries.append(_record(text, "alignment", print_, "major", path, 1, 1))
        return json.dumps(entries, indent=1, allow_nan=False) + "\n"


def _entry(issue: Issue) -> dict[str, Any]:
    f = issue.finding
    print_ = _print(issue.system.name, issue.path, f.fingerprint)
    severity = _SEVERITIES[f.severity]
    return _record(issue.message, f.rule, print_, severity, issue.path, issue.line, issue.end_line)


def _record(description: str, rule: str, print_: str, severity: str, path: str, begin: int, end: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": rule,
        "fingerprint": print_,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    }


def _print(*parts: str) -> str:
    """Unique in the report: the same omission of two systems lies in the same reference."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
