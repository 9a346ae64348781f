"""The `github` renderer: findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Severity
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._issues import Issue, issues, prefixed
from evalkit.renderers._text import count
from evalkit.text.visible import visible

_COMMANDS: dict[Severity, str] = {"critical": "error", "major": "error", "minor": "warning", "neutral": "notice"}


@dataclass(frozen=True)
class GithubRenderer:
    """One command a finding, the worst first, since GitHub shows no more than ten of a kind in one step.

    `prefix` is the folder the paths lie in, as seen from the top of the repository.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "github"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    prefix: str = ""

    def render(self, result: Result) -> str:
        """The commands: the gate's reasons, texts not trusted, new findings, others; then a line with their number."""
        found = list(issues(result, self.prefix))
        ranked = sorted(found, key=lambda i: (not i.fails, i.state != "new", *facts.severity_rank(i.finding)))
        lines = [_command("error", r, title="evalkit gate") for r in (result.gate.reasons if result.gate else ())]
        for system in facts.untrusted(result):
            text = f"alignment not trusted: {system.alignment.reason}"
            lines.append(_command("warning", text, file=prefixed(self.prefix, system.path), title="evalkit"))
        lines += [_finding(issue) for issue in ranked]
        number = count(len(found), "finding") if found or facts.checked(result) else "findings were not asked for"
        return "\n".join([*lines, f"evalkit: {number}"]) + "\n"


def _finding(issue: Issue) -> str:
    place = {"file": issue.path, "line": str(issue.line)}
    if issue.end_line == issue.line:  # GitHub takes columns within one line only
        place |= {"col": str(issue.column), "endColumn": str(issue.end_column)}
    else:
        place["endLine"] = str(issue.end_line)
    state = " (new)" if issue.state == "new" else ""
    return _command(
        _COMMANDS[issue.finding.severity], issue.message, **place, title=f"evalkit {issue.finding.rule}{state}"
    )


def _command(command: str, message: str, **properties: str) -> str:
    """`::command key=value,...::message`; what would end a value or the line is encoded as GitHub wants it."""
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """Line ends stay line ends on the page; other control characters are shown by sign."""
    parts = [visible(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "%0A".join(part.replace("%", "%25") for part in parts)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
