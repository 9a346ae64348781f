"""The `sarif` renderer: findings in the Static Analysis Results Interchange Format 2.1.0, for code scanning."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

from evalkit.records import Severity
from evalkit.records.notes import noted
from evalkit.records.result import Result, RuleRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._issues import Issue, issues

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}


@dataclass(frozen=True)
class SarifRenderer:
    """One run with all findings; columns count code points. `prefix` is the folder the paths lie in.

    Critical and major are errors, minor is a warning, neutral a note. `fixed` adds the findings of the
    baseline that are gone, as `absent`; viewers that know no baseline would show them as still there.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "sarif"
    suffix: ClassVar[str] = ".sarif"

    prefix: str = ""
    fixed: bool = False

    def render(self, result: Result) -> str:
        """ASCII JSON; ends with a newline."""
        found = list(issues(result, self.prefix, fixed=self.fixed))
        ids = sorted({issue.finding.rule for issue in found})
        rules = [_rule(id_, result.rules.get(id_)) for id_ in ids]
        index = {rule["id"]: number for number, rule in enumerate(rules)}
        driver = {"name": "evalkit", "version": result.evalkit, "rules": rules}
        run: dict[str, Any] = {
            "tool": {"driver": driver},
            "automationDetails": {"id": f"evalkit/{result.name}/"},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(result)}],
            "results": [_result(issue, index) for issue in found],
        }
        if result.gate:
            run["properties"] = {"gate": {"passed": result.gate.passed, "reasons": list(result.gate.reasons)}}
        return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, allow_nan=False) + "\n"


def _result(issue: Issue, index: dict[str, int]) -> dict[str, Any]:
    f = issue.finding
    region: dict[str, Any] = {
        "startLine": issue.line, "startColumn": issue.column, "endLine": issue.end_line, "endColumn": issue.end_column,
    }  # fmt: skip
    if f.text:
        region["snippet"] = {"text": f.text}
    made: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": index[f.rule],
        "level": _LEVELS[f.severity],
        "message": {"text": issue.message or f.rule},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(issue.path, safe="/"), "uriBaseId": "%SRCROOT%"},
                    "region": region,
                },
                "logicalLocations": [{"name": issue.system.name, "kind": "module"}],
            }
        ],
        "partialFingerprints": {"evalkitFinding/v1": f.fingerprint},
        "properties": {
            "severity": f.severity, "category": f.category, "mqm": f.mqm, "confidence": f.confidence,
            "expected": list(f.expected), "reference": f.other.text if f.other else "",
        },
    }  # fmt: skip
    if issue.state:
        made["baselineState"] = issue.state
    return made


def _rule(id_: str, rule: RuleRecord | None) -> dict[str, Any]:
    """What a rule means, in the words of the result."""
    if rule is None:  # a result that was put together by hand
        return {"id": id_, "name": id_}
    example = f"\n\n{rule.help}" if rule.help else ""
    more = "\n\nOne place can be accepted with [[ignore]] in the configuration."
    return {
        "id": id_,
        "name": "".join(word.capitalize() for word in id_.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary}{example}{more}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.category], "mqm": rule.mqm, "severity": rule.severity},
    }


def _notifications(result: Result) -> list[dict[str, Any]]:
    """What is no finding and must not be silent: the gate's reasons, texts not trusted, notes."""
    said = [("error", f"gate: {reason}") for reason in (result.gate.reasons if result.gate else ())]
    said += [
        ("warning", f"{s.name}: alignment not trusted: {s.alignment.reason}") for s in facts.untrusted(result)
    ]  # fmt: skip
    said += [("note", noted(result, failure)) for failure in result.failures]
    return [{"level": level, "message": {"text": text}} for level, text in said]
