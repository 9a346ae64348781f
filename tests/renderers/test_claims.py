"""No format says more than the result holds: nothing of findings that nobody asked for, no file that is not there."""

from __future__ import annotations

import csv
import io
import re

import pytest
from msgspec.structs import replace

from evalkit.plugins import Registry
from evalkit.records.notes import noted
from evalkit.records.result import Result, Suppressed
from evalkit.renderers._facts import said, untested
from evalkit.renderers.charts.drawings import figures
from evalkit.renderers.markdown import MarkdownRenderer
from evalkit.renderers.table import TableRenderer
from tests.renderers.shown import without_code
from tests.results import large_result, of_one_kind, small_result, unchecked

REGISTRY = Registry()


def render(name: str, result: Result) -> str:
    text: str = REGISTRY.make("renderer", name).render(result)
    return text


@pytest.mark.parametrize("name", ["markdown", "html", "table", "latex"])
@pytest.mark.parametrize("result", [small_result(), large_result(3, 40, 20)], ids=["document", "lines"])
def test_without_detectors_nothing_claims_that_anything_was_checked(name: str, result: Result) -> None:
    text = without_code(render(name, unchecked(result))).lower()
    for claim in (
        "critical",
        "minor",
        "penalty",
        "what the rules found",
        "by programs",
        "come from programs",
        ">examples<",
        "## find",
    ):
        assert claim not in text
    assert render("lint", unchecked(result)).endswith("findings were not asked for\n")


def test_findings_that_are_there_are_shown_whatever_the_settings_say() -> None:
    result = replace(small_result(), config={"detectors": []})
    assert "number-mismatch" in render("markdown", result)


def listed(text: str, severity: str) -> int:
    section = text.partition("## Findings")[2].partition("\n## ")[0]
    return len(re.findall(rf"^\| `.* \| (?:\*\*)?{severity}(?:\*\*)? \|", section, re.MULTILINE))


def test_every_major_finding_is_listed_and_the_verdict_says_so() -> None:
    text = MarkdownRenderer().render(large_result(2, 200, 200))
    assert (listed(text, "major"), listed(text, "minor")) == (134, 10)
    assert "128 more critical or major findings are listed under Findings." in text


def test_a_short_list_is_listed_whole() -> None:
    text = MarkdownRenderer(per_rule=1).render(large_result(2, 60, 60))
    assert [listed(text, s) for s in ("major", "minor", "neutral")] == [40, 40, 40]
    assert "more of this rule" not in text


def test_the_hard_limit_is_said() -> None:
    text = MarkdownRenderer().render(large_result(5, 300, 300))
    assert listed(text, "major") == 300
    assert "Findings lists 300 of the 500 critical and major findings; all are in the JSON result." in text
    assert "200 more of this rule in the JSON result." in text


def test_findings_as_rows() -> None:
    result = small_result()
    rows = list(csv.DictReader(io.StringIO(render("findings-tsv", result)), delimiter="\t"))
    assert [row["rule"] for row in rows] == [f.rule for s in result.systems for f in s.findings]
    first = result.systems[0].findings[0]
    assert (rows[0]["line"], rows[0]["start"], rows[0]["expected"]) == (str(first.line), str(first.start), "20th")
    assert rows[0]["fingerprint"] == first.fingerprint


def test_markdown_refers_to_files_only_where_they_are() -> None:
    alone, beside = (MarkdownRenderer(figures=f).render(small_result()) for f in (False, True))
    assert "figures/" not in alone
    assert "result.json" not in alone
    assert beside.count("](figures/") == len(figures(small_result()))
    assert "result.json" in beside


def test_a_quote_is_not_said_twice() -> None:
    first = small_result().systems[0].findings[0]
    assert said(replace(first, text="ruhani", message="'ruhani' is no accepted spelling"))
    long = "Xi urged deepening pragmatic cooperation for common development."
    assert said(replace(first, text=long, message="not there: 'Xi urged deepening … common development.'"))
    assert not said(replace(first, text="an", message="Iran is written so"))
    assert not said(replace(first, text=" .", message="a space before ' .'"))
    named = replace(first, text="21st", message="'21st' where the reference has '20th'")
    result = small_result()
    system = replace(result.systems[0], findings=(named,))
    text = MarkdownRenderer().render(replace(result, systems=(system,)))
    assert "“21st”" not in text
    assert "Severity | Text" not in text


def test_a_system_that_is_not_trusted_gets_no_counts() -> None:
    for name in ("markdown", "table"):
        text = render(name, small_result())
        assert "100.00" not in text.replace("raw score 100.00", "") or "`ambassador-interview`: 0" not in text
        row = next(line for line in text.split("\n")[25:] if "ambassador-interview" in line and "– " in line)
        assert not re.search(r"\b0\.00\b", row)
    assert "Only rules that need no reference ran there" in render("markdown", small_result())
    assert "only rules that need no reference ran" in render("table", small_result())


def test_systems_of_different_kind_do_not_share_a_chart() -> None:
    title = re.compile(r">BLEU ↑([^<]*)<")
    assert title.findall(figures(small_result())["scores"]) == [" (report)", " (summary)"]
    assert title.findall(figures(of_one_kind(small_result()))["scores"]) == [""]


def test_too_few_units_are_counted() -> None:
    few = replace(small_result().comparisons[0], p_value=None, p_adjusted=None, outcome="untested", wins=3, losses=4)
    result = replace(small_result(), comparisons=(few,))
    assert untested([few]) == "7 units in common, at least 10 needed"
    for name in ("markdown", "table"):
        assert "7 units in common, at least 10 needed" in render(name, result)


def test_examples_come_most_severe_first() -> None:
    text = MarkdownRenderer().render(large_result(3, 60, 60)).partition("## Examples")[2].partition("\n## ")[0]
    assert "(minor)" not in text
    assert text.count("(major)") == 6


def test_no_more_than_twenty_comparisons_with_both_p_values() -> None:
    result = large_result(4, 20, 3)
    (one, *_), many = result.comparisons, 50
    text = TableRenderer().render(replace(result, comparisons=(one,) * many))
    assert len(re.findall(r"System-01 .*0\.0010 +0\.0020 +worse", text)) == 20
    assert "30 more comparisons in the JSON result" in text


def test_the_level_of_the_one_sided_bootstrap_is_said() -> None:
    """Else a corrected p of 0.03 beside `none` looks wrong."""
    result = small_result()
    bootstrap = replace(result, comparisons=(replace(result.comparisons[0], test="paired bootstrap"),))
    for name in ("markdown", "table"):
        assert "half the level" in " ".join(render(name, bootstrap).split())
        assert "half the level" not in " ".join(render(name, result).split())


def test_a_note_names_the_file() -> None:
    result = small_result()
    failure = replace(result.failures[0], message="document 'speech', line 3: a segment of 110 words")
    assert noted(result, failure) == "seeds/ambassador-interview.txt, line 3: a segment of 110 words"
    assert noted(result, replace(failure, system="nobody")) == failure.message


def test_ignored_findings_are_counted_with_their_reason() -> None:
    result = small_result()
    system = replace(result.systems[0], suppressed=(Suppressed(1, "house style", 3, {"casing": 2, "whitespace": 1}),))
    text = MarkdownRenderer().render(replace(result, systems=(system, *result.systems[1:])))
    assert "| `machine-translated-report` | 3 | casing 2, whitespace 1 | house style |" in text


def test_terms_that_were_not_found_are_not_called_consistent() -> None:
    text = MarkdownRenderer().render(small_result())
    assert "| 1 | 0 | 0% | 0 | – |" in text
    assert "| 1 | 1 | 100% | 0 | yes |" in text


def test_the_odd_one_out_is_named() -> None:
    result = small_result()
    mixed = replace(result.terms[1], consistent=False, odd=("shared future",), forms={"shared future": 2}, rejected=2)
    text = MarkdownRenderer().render(replace(result, terms=(mixed,)))
    assert "| 1 | 1 | 100% | 2 | no: shared future (2) |" in text
