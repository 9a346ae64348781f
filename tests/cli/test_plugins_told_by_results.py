"""What a saved result says of a stranger's metrics and rules is enough for every command that reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parent.parent.parent

LENGTHS = """
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True)
class Lengths:
    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "lengths"
    better: ClassVar[str] = "lower"
    def measure(self, units):
        texts = [(u.candidate.text if u.candidate else "", u.references[0].text if u.references else "") for u in units]
        return [(float(abs(len(mine) - len(theirs))), float(len(theirs))) for mine, theirs in texts]
    def value(self, row):
        return 100 * row[0] / row[1] if row[1] else 0.0
    def segment(self, row):
        return self.value(row)
    def signature(self, nrefs):
        return f"lengths|nrefs:{nrefs}"
"""
SHEET = """
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True)
class NAME:
    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "NAME"
    suffix: ClassVar[str] = "ENDING"
    def render(self, result):
        return "by NAME"
"""


def shouting() -> str:
    """The example plug-in of the documentation."""
    (code,) = re.findall(r"```python\n(# shouting\.py\n.*?)```", (ROOT / "docs/plugins.md").read_text(), re.DOTALL)
    return str(code)


@pytest.fixture
def saved(run: Run, tmp_path: Path) -> Path:
    """A result of two systems, one.json, and one of the same names the other way round, two.json; no plug-in left."""
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (tmp_path / "ref.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "a.txt").write_text("\n".join(line.replace("again", "again!!") for line in lines) + "\n")
    (tmp_path / "b.txt").write_text("\n".join(line.replace("again", "once more") for line in lines) + "\n")
    (tmp_path / "lengths.py").write_text(LENGTHS)
    for name, *texts in (("one.json", "a.txt", "b.txt"), ("two.json", "b.txt", "a.txt")):
        code, _, err = run("score", *texts, "--names-of-systems", "a,b", "-r", "ref.txt", "-m", "lengths,chrf",
                           "--plugin", "lengths.py", "-f", "json", "-o", name)  # fmt: skip
        assert code == 0, err
    (tmp_path / "lengths.py").rename(tmp_path / "elsewhere.py")
    return tmp_path


def test_a_limit_on_a_strangers_metric_needs_the_result_alone(run: Run, saved: Path) -> None:
    assert run("compare", "one.json", "--fail-under", "lengths=7")[0] == 0
    code, _, err = run("compare", "one.json", "--fail-under", "lengths=4")
    assert code == 1
    assert "gate: b: lengths 5." in err
    assert "is above the limit of 4" in err


def test_an_unknown_metric_in_a_limit_is_refused_before_anything_is_read(run: Run, saved: Path) -> None:
    code, _, err = run("score", "no-such-file.txt", "-r", "ref.txt", "--fail-under", "lenghts=7")
    assert code == 2
    assert "names the metric 'lenghts', which is not scored" in err
    assert run("compare", "one.json", "--fail-under", "bleu=7")[0] == 2


def test_what_cannot_be_tested_is_shown_all_the_same(run: Run, saved: Path) -> None:
    code, out, err = run("compare", "one.json")
    assert code == 0
    assert err.count("no test was made of 'lengths'") == err.count("name its file with --plugin") == 1
    assert re.search(r"(?m)^b +a +lengths +\+2\.\d\d +– +not tested$", out)
    (row,) = [c for c in json.loads(run("compare", "one.json", "-f", "json")[1])["comparisons"] if not c["test"]]
    assert (row["metric"], row["outcome"], row["p_value"]) == ("lengths", "untested", None)
    for format_ in ("markdown", "html", "text", "tsv", "junit", "sarif", "latex", "summary"):
        assert run("compare", "one.json", "-f", format_)[0] == 0
    assert "| lengths ↓ | corpus | `a` | `b` | 2." in run("compare", "one.json", "-f", "markdown")[1]

    code, out, err = run("compare", "one.json", "two.json")
    assert code == 0
    assert re.search(r"lengths \(corpus\): 2\.\d\d -> 5\.\d\d, \+2\.\d\d; Nothing is claimed", out)
    assert "are too few" not in err


def test_with_its_file_a_strangers_metric_is_tested(run: Run, saved: Path) -> None:
    code, out, err = run("compare", "one.json", "--plugin", "elsewhere.py", "--fail-on-regression", "--baseline", "a")
    assert code == 1
    assert "b: lengths (corpus) is worse than a's" in err
    assert "not tested" not in out
    code, out, _ = run("compare", "one.json", "two.json", "--plugin", "elsewhere.py")
    assert code == 0
    assert re.search(
        r"lengths \(corpus\): [\d. >-]+, [^;]*: worse; better in 0, worse in 30 of 30 units", out.replace("\n ", "")
    )


def test_a_baseline_is_written_anew_without_the_plugin_that_scored_it(run: Run, saved: Path) -> None:
    (saved / "evalkit.toml").write_text(
        'plugins = ["elsewhere.py"]\nmetrics = ["lengths"]\nalign = "lines"\noutput = "out"\n'
        '[gate]\nbaseline = "b.json"\n'
        '[[reference]]\npath = "ref.txt"\n[[candidate]]\npath = "a.txt"\n'
    )
    assert run("run", "--update-baseline")[0] == 0
    (saved / "a.txt").write_text((saved / "ref.txt").read_text())
    code, _, err = run("run", "--update-baseline")
    assert code == 0
    assert "baseline: a: lengths (corpus) 2." in err


def test_reports_give_a_strangers_metric_its_arrow_and_its_place(run: Run, saved: Path) -> None:
    report = run("report", "one.json", "-f", "markdown")[1]
    assert "- lengths ↓: `a` 2." in report
    assert "- lengths (lower is better): " in report


def test_explain_says_what_the_rule_of_a_plugin_means(run: Run, saved: Path) -> None:
    (saved / "shouting.py").write_text(shouting())
    code, out, _ = run("explain", "custom-shouting", "--plugin", "shouting.py")
    assert code == 0
    assert "Several exclamation marks." in out
    assert "detector   shouting" in out
    assert "Come at once[!!!]" in out

    code, _, err = run("check", "a.txt", "--plugin", "shouting.py", "-f", "json", "-o", "found.json")
    assert code == 0, err
    (saved / "shouting.py").unlink()
    code, out, _ = run("explain", "custom-shouting", "--result", "found.json")
    assert code == 0
    assert "Several exclamation marks." in out
    assert "findings   30 in this result" in out
    assert run("explain", "--result", "found.json")[1].count("custom-shouting  (custom, minor)") == 1
    code, _, err = run("explain", "custom-shoutin", "--result", "found.json")
    assert code == 2
    assert "did you mean 'custom-shouting'" in err
    rules = json.loads(run("report", "found.json", "-f", "sarif")[1])["runs"][0]["tool"]["driver"]["rules"]
    (shown,) = [rule for rule in rules if rule["id"] == "custom-shouting"]
    assert shown["shortDescription"]["text"] == "Several exclamation marks."
    assert "Come at once[!!!]" in shown["help"]["text"]


def test_explain_tells_the_users_own_rule_as_the_result_has_it(run: Run, saved: Path) -> None:
    (saved / "evalkit.toml").write_text(
        'metrics = []\noutput = "out"\n[[candidate]]\npath = "a.txt"\n'
        '[[rule]]\nid = "custom-town"\npattern = "Geneva"\nmessage = "say \\u202eLausanne"\nseverity = "major"\n'
    )
    assert run("run")[0] == 0
    code, out, _ = run("explain", "custom-town", "--result", "out/result.json")
    assert code == 0
    assert "say ⟨U+202E⟩Lausanne" in out
    assert "severity   major" in out


def test_two_detectors_that_mean_different_things_by_one_id_are_refused(run: Run, saved: Path) -> None:
    (saved / "mine.py").write_text(shouting().replace('"custom-shouting"', '"casing"'))
    code, _, err = run("check", "a.txt", "--plugin", "mine.py")
    assert code == 2
    assert "the detector 'casing' and the detector 'shouting' both have a rule 'casing'" in err


def test_an_ending_belongs_to_whoever_claims_it(run: Run, saved: Path) -> None:
    for name, ending in (("Sheet", ".tab"), ("Other", ".TAB"), ("Page", ".html")):
        (saved / f"{name}.py").write_text(SHEET.replace("NAME", name).replace("ENDING", ending))
    given = ("report", "one.json", "-o")
    assert run(*given, "x.tab", "--plugin", "Sheet.py")[0] == 0
    assert (saved / "x.tab").read_text() == "by Sheet"
    code, _, err = run(*given, "y.tab", "--plugin", "Sheet.py", "--plugin", "Other.py")
    assert code == 2
    assert "several formats write '.tab' (Other, Sheet); name one with -f" in err
    assert run(*given, "y.tab", "-f", "Other", "--plugin", "Sheet.py", "--plugin", "Other.py")[0] == 0
    assert run(*given, "x.html", "--plugin", "Page.py")[0] == 0
    assert (saved / "x.html").read_text().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("command", [("score", "a.txt", "-r", "ref.txt"), ("check", "a.txt"), ("report", "one.json"),
                                     ("align", "a.txt", "-r", "ref.txt"), ("compare", "one.json")])  # fmt: skip
@pytest.mark.parametrize("name", ["x.ods", "x.docx", "x.rtf"])
def test_an_ending_nobody_claims_is_an_error_that_names_those_there_are(
    run: Run, saved: Path, command: tuple[str, ...], name: str
) -> None:
    code, _, err = run(*command, "-o", name)
    assert code == 2
    assert f"-o {name}: no format writes '{Path(name).suffix}' files (known: .csv, .html, .json, .md, " in err
    assert not (saved / name).exists()


def test_two_variants_of_a_metric_have_titles_that_part_them_and_limits_of_their_own(run: Run, saved: Path) -> None:
    (saved / "evalkit.toml").write_text(
        'metrics = ["chrf", {name = "chrf", beta = 3}]\nalign = "lines"\noutput = "out"\n'
        '[[reference]]\npath = "ref.txt"\n[[candidate]]\npath = "a.txt"\n[gate.fail_under]\n"chrf(beta=3)" = 99.9\n'
    )
    code, out, err = run("run")
    assert code == 1
    assert "chrF ↑  chrF (beta=3) ↑" in out
    assert re.search(r"gate: a: chrf\(beta=3\) \d+\.\d\d is below the limit of 99\.9", err)
