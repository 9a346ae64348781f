"""The `junit` renderer: findings and the gate as test cases, for build servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from xml.etree import ElementTree as ET

from evalkit.records.notes import noted
from evalkit.records.result import Gate, Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._issues import Issue, issues
from evalkit.renderers._text import shorten
from evalkit.text.visible import visible


@dataclass(frozen=True)
class JunitRenderer:
    """A suite a system, a case a finding; scores are the suite's properties. The gate is a suite of one case.

    A finding for which the gate fails is a failure, any other one a skipped case. Without a gate every
    finding that weighs anything is a failure.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "junit"
    suffix: ClassVar[str] = ".xml"

    prefix: str = ""

    def render(self, result: Result) -> str:
        """XML 1.0; what XML cannot hold is shown by sign."""
        found = list(issues(result, self.prefix))
        suites = [_system(result, s, [i for i in found if i.system is s]) for s in result.systems]
        if result.gate:
            suites.append(_gate(result.gate, result))
        root = ET.Element("testsuites", {"name": visible(result.name) or "evalkit"})
        for suite in suites:
            root.append(suite)
        for count in ("tests", "failures", "errors", "skipped"):
            root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
        ET.indent(root)
        return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _system(result: Result, system: SystemRecord, found: list[Issue]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": visible(system.name)})
    if system.scores and system in facts.trusted(result):
        properties = ET.SubElement(suite, "properties")
        for score in system.scores:
            name = visible(f"{score.metric} ({score.scope})")
            ET.SubElement(properties, "property", {"name": name, "value": repr(score.value)})
    if result.references:
        case = _case(suite, system.path, "the alignment is trusted")
        if not system.alignment.trusted:
            ET.SubElement(case, "skipped", {"message": visible(f"not trusted: {system.alignment.reason}")})
    for issue in found:
        _finding(suite, issue)
    if not found and facts.checked(result):
        _case(suite, system.path, "no findings")
    notes = [noted(result, f) for f in result.failures if f.system == system.name]
    return _counted(suite, notes)


def _finding(suite: ET.Element, issue: Issue) -> None:
    f = issue.finding
    case = _case(suite, issue.path, f"{f.rule} {shorten(f.text, 40)} {f.fingerprint}")
    case.set("file", visible(issue.path))
    case.set("line", str(issue.line))
    place = f"{issue.path}:{issue.line}:{issue.column}"
    about = {"message": visible(issue.message), "type": visible(f"{f.rule} {f.severity}")}
    child = ET.SubElement(case, "failure" if issue.fails else "skipped", about)
    state = {"new": "not in the baseline", "unchanged": "in the baseline"}.get(issue.state, "")
    lines = [
        f"{place}: {f.rule} {f.severity} {f.message}",
        f"found: {f.text if f.side == 'candidate' else 'not in the candidate'}",
    ]
    lines += [f"expected: {' / '.join(f.expected)}"] if f.expected else []
    child.text = "\n".join(visible(line) for line in [*lines, state] if line)


def _gate(gate: Gate, result: Result) -> ET.Element:
    suite = ET.Element("testsuite", {"name": "gate"})
    limits = [f"{metric} {limit:g}" for metric, limit in sorted(gate.fail_under.items())]
    asked = [gate.fail_on and f"fail on {gate.fail_on}", *limits, gate.baseline and f"baseline {gate.baseline}"]
    case = _case(suite, "gate", ", ".join(filter(None, asked)) or "gate")
    if not gate.passed:
        first = visible(gate.reasons[0]) if gate.reasons else "not passed"
        failure = ET.SubElement(case, "failure", {"message": first, "type": "gate"})
        failure.text = "\n".join(visible(reason) for reason in gate.reasons)
    names = {system.name for system in result.systems}
    return _counted(suite, [*gate.notes, *(noted(result, f) for f in result.failures if f.system not in names)])


def _case(suite: ET.Element, classname: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", {"classname": visible(classname), "name": visible(name)})


def _counted(suite: ET.Element, notes: list[str]) -> ET.Element:
    """The suite with its numbers, and the notes as its standard error."""
    if notes:
        ET.SubElement(suite, "system-err").text = "\n".join(visible(note) for note in notes)
    numbers = {"tests": "testcase", "failures": ".//failure", "errors": ".//error", "skipped": ".//skipped"}
    for name, path in numbers.items():
        suite.set(name, str(len(suite.findall(path))))
    return suite
