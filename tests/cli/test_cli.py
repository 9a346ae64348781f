"""The command line through its real entry point: outputs, exit codes, one clear error for bad input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from evalkit.records.json import json_schema

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A small reference, two candidates and a folder of each."""
    (tmp_path / "ref.txt").write_text("The cat sat on the mat.\nIt was raining in Paris.\nNobody came to the party.\n")
    (tmp_path / "a.txt").write_text("The cat sat on a mat.\nIt was raining in Paris.\nNobody came to the party.\n")
    (tmp_path / "b.txt").write_text("A cat sits on mats.\nIt rained in Pariss.\nEverybody came.\n")
    for side, source in (("refs", "ref.txt"), ("sys", "a.txt")):
        (tmp_path / side).mkdir()
        for name in ("d1.txt", "d2.txt"):
            (tmp_path / side / name).write_text((tmp_path / source).read_text())
    return tmp_path


def test_score_prints_a_table_that_fits_80_columns(run: Run, texts: Path) -> None:
    code, out, err = run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "-m", "ter,wer")
    assert code == 0
    assert "a" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert err.startswith("evalkit: note: these scores do not say")
    assert err.count("\n") == 1


def test_json_is_one_shape_and_validates(run: Run, texts: Path) -> None:
    for arguments in (
        ("score", "a.txt", "-r", "ref.txt"),
        ("score", "sys", "-r", "refs", "-m", "chrf"),
        ("score", "sys", "-r", "refs", "--align", "document"),
        ("align", "b.txt", "-r", "ref.txt"),
        ("check", "b.txt", "-r", "ref.txt"),
        ("check", "b.txt"),
    ):
        code, out, _ = run(*arguments, "-f", "json")
        assert code == 0
        data = json.loads(out)
        jsonschema.validate(data, json_schema())
        assert str(texts) not in out


@pytest.mark.usefixtures("plain_sums")
def test_scores_by_line_are_the_librarys(run: Run, texts: Path) -> None:
    import sacrebleu

    lines = {name: (texts / f"{name}.txt").read_text().splitlines() for name in ("a", "b", "ref")}
    _, out, _ = run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "-f", "json")
    for system in json.loads(out)["systems"]:
        values = {s["metric"]: s["value"] for s in system["scores"]}
        assert {s["scope"] for s in system["scores"]} == {"corpus"}
        assert values["bleu"] == sacrebleu.corpus_bleu(lines[system["name"]], [lines["ref"]]).score
        assert values["chrf"] == sacrebleu.corpus_chrf(lines[system["name"]], [lines["ref"]]).score


def test_sacrebleus_options_reach_the_metric(run: Run, texts: Path) -> None:
    _, out, _ = run(
        "score", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf,ter", "--tokenize", "char", "--lowercase",
        "--smooth-method", "floor", "--smooth-value", "0.2", "--chrf-word-order", "2", "--chrf-beta", "3",
        "--ter-case-sensitive", "-f", "json",
    )  # fmt: skip
    signatures = {s["metric"]: s["signature"] for s in json.loads(out)["systems"][0]["scores"]}
    assert signatures["bleu"] == "nrefs:1|case:lc|eff:no|tok:char|smooth:floor[0.20]|version:2.6.0"
    assert "nw:2" in signatures["chrf"]
    assert "case:mixed" in signatures["ter"]


def test_score_only_and_width(run: Run, texts: Path) -> None:
    code, out, _ = run("score", "a.txt", "-r", "ref.txt", "-b", "-w", "3")
    assert code == 0
    assert out.strip().replace(".", "").isdigit()
    assert len(out.strip().partition(".")[2]) == 3


def test_names_of_systems(run: Run, texts: Path) -> None:
    _, out, _ = run("score", "a.txt", "b.txt", "-r", "ref.txt", "--names-of-systems", "one,two", "-f", "json")
    assert [s["name"] for s in json.loads(out)["systems"]] == ["one", "two"]
    code, _, err = run("score", "a.txt", "b.txt", "-r", "ref.txt", "--names-of-systems", "one")
    assert (code, "1 names for 2 candidates" in err) == (2, True)


def test_standard_input_and_output_file(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Stdin:
        buffer = io.BytesIO((texts / "a.txt").read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    code, out, _ = run("score", "-", "-r", "ref.txt", "-f", "json", "-o", "out/r.json")
    assert (code, out) == (0, "")
    assert json.loads((texts / "out" / "r.json").read_text())["systems"][0]["name"] == "stdin"


def test_the_source_is_read_and_recorded(run: Run, texts: Path) -> None:
    (texts / "src.txt").write_text("Le chat.\nIl pleut.\nPersonne.\n")
    _, out, _ = run("score", "a.txt", "-r", "ref.txt", "-s", "src.txt", "-f", "json")
    result = json.loads(out)
    assert result["source"]["words"] == 5
    texts_of = {segment["id"]: segment["text"] for segment in result["source"]["segments"]}
    for unit in result["systems"][0]["units"]:
        assert [texts_of[id_] for id_ in unit["source"]["segments"]] == [unit["source"]["text"]]
    assert run("score", "a.txt", "-r", "ref.txt", "-s", "none.txt")[0] == 2


def test_check_prints_linter_lines(run: Run, texts: Path) -> None:
    (texts / "c.txt").write_text("It was raining in  Paris.\nThe the cat sat.\n")
    code, out, _ = run("check", "c.txt")
    assert code == 0
    assert "c.txt:2:1: repetition" in out
    assert "c.txt:1:18: whitespace" in out
    assert run("check", "c.txt", "--fail-on", "minor")[0] == 1


def test_check_as_a_spreadsheet_has_a_row_a_finding(run: Run, texts: Path) -> None:
    (texts / "c.txt").write_text("It was raining in  Paris.\nThe the cat sat.\n")
    code, out, _ = run("check", "c.txt", "-f", "tsv")
    head, *rows = (line.split("\t") for line in out.splitlines())
    assert code == 0
    assert {row[head.index("rule")] for row in rows} == {"repetition", "whitespace"}


def test_align_round_trip_through_a_spreadsheet(run: Run, texts: Path) -> None:
    assert run("align", "b.txt", "-r", "ref.txt", "-f", "tsv", "-o", "links.tsv")[0] == 0
    lines = (texts / "links.tsv").read_text().splitlines()
    header = lines[0].split("\t")
    cells = [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
    candidate = [c["candidate"] for c in cells if c["candidate"]]
    reference = [c["reference"] for c in cells if c["reference"]]
    joined = [[" ".join(candidate), " ".join(reference)]]
    (texts / "links.tsv").write_text(
        "document\tcandidate\treference\n" + "".join(f"1\t{left}\t{right}\n" for left, right in joined)
    )
    _, out, _ = run(
        "score", "b.txt", "-r", "ref.txt", "--alignment", "links.tsv", "--segment", "sentences", "-f", "json"
    )
    units = json.loads(out)["systems"][0]["units"]
    assert [u["link"] for u in units] == ["n-m"]
    (texts / "b.txt").write_text("A cat sits on rugs.\nIt rained in Pariss.\nEverybody came.\n")
    code, _, err = run("score", "b.txt", "-r", "ref.txt", "--alignment", "links.tsv", "--segment", "sentences")
    assert code == 2
    assert "links.tsv:2: the text of candidate segment 1:1 has changed" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", "none.txt", "-r", "ref.txt"), "none.txt: no such file"),
        (("score", "a.txt", "-r", "short.txt"), "--align document"),
        (("score", "a.txt", "-r", "empty.txt"), "empty.txt: the file is empty"),
        (("score", "latin1.txt", "-r", "ref.txt"), "latin1.txt:1: byte 3 (0xe9) is not UTF-8"),
        (("score", "binary.bin", "-r", "ref.txt"), "NUL"),
        (("score", "a.txt", "-r", "ref.txt", "-m", "blue"), "did you mean 'bleu'"),
        (("score", "a.txt", "-r", "ref.txt", "--align", "documnt"), "did you mean 'document'"),
        (("score", "a.txt", "-r", "ref.txt", "-f", "jsn"), "did you mean 'json'"),
        (("score", "a.txt", "-r", "ref.txt", "--kind", "novel"), "novel"),
        (("score", "a.txt", "-r", "ref.txt", "--tokenize", "14a"), "13a"),
        (("score", "a.txt", "-r", "ref.txt", "-o", "a.txt/x.json", "-f", "json"), "cannot be written"),
        (("score", "a.txt", "-r", "refs"), "one side is a file, another a folder"),
        (("score", "sys", "-r", "other"), "none of its documents"),
        (("score", "a.txt", "a.txt", "-r", "ref.txt"), "give each its own name"),
        (("score", "-", "-", "-r", "ref.txt"), "standard input"),
        (("score", "a.txt", "-r", "ref.txt", "--fail-under", "bleu"), "METRIC=VALUE"),
        (("score", "a.txt", "-r", "ref.txt", "--fail-under", "ter=3"), "the metric 'ter'"),
        (("score", "a.txt", "-r", "ref.txt", "--fail-under", "bleu=nan"), "not a number"),
        (("score", "a.txt", "-r", "ref.txt", "-w", "-1"), "'-w'"),
        (("score", "a.txt", "-r", "ref.txt", "-o", "a.txt"), "is also an input"),
        (("score", "a.txt", "-r", "ref.txt", "-m", ""), "names no metric"),
        (("check", "a.txt", "--fail-on", "terrible"), "unknown severity"),
        (("check", "a.txt", "--names", "none.yaml"), "no such file"),
        (("run",), "evalkit.toml: no such file"),
        (("run", "bad.toml"), "did you mean 'metrics'"),
        (("report", "a.txt"), "not a result of evalkit"),
        (("explain", "name-varient"), "did you mean 'name-variant'"),
        (("init", "nowhere"), "no such folder"),
    ],
)
def test_bad_input_is_one_clear_error(run: Run, texts: Path, arguments: tuple[str, ...], said: str) -> None:
    (texts / "short.txt").write_text("One line.\n")
    (texts / "empty.txt").write_text("")
    (texts / "latin1.txt").write_bytes(b"caf\xe9\n")
    (texts / "binary.bin").write_bytes(b"\x7fELF\0\0")
    (texts / "bad.toml").write_text('metrcs = ["bleu"]\n[[candidate]]\npath = "a.txt"\n')
    (texts / "other").mkdir()
    (texts / "other" / "x.txt").write_text("x")
    before = sorted(p.name for p in texts.iterdir())
    code, out, err = run(*arguments)
    assert code == 2
    assert said in err
    assert out == ""
    assert sorted(p.name for p in texts.iterdir()) == before


def test_unequal_lines_name_both_counts(run: Run, texts: Path) -> None:
    (texts / "short.txt").write_text("One line.\n")
    _, _, err = run("score", "a.txt", "-r", "short.txt")
    assert "3" in err
    assert "1" in err


@pytest.mark.parametrize(
    "arguments", [("score", "a.txt"), ("score",), ("nonsense",), ("score", "a.txt", "-r", "ref.txt", "--jobs", "x")]
)
def test_usage_errors_exit_2(run: Run, texts: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_a_document_missing_on_one_side_is_a_failure_not_skipped(run: Run, texts: Path) -> None:
    (texts / "sys" / "d2.txt").unlink()
    code, out, err = run("score", "sys", "-r", "refs", "-f", "json")
    assert code == 0
    data = json.loads(out)
    assert "'d2.txt' is missing in candidate 'sys'" in data["failures"][0]["message"]
    assert "d2.txt" in err
    assert [d["id"] for d in data["systems"][0]["documents"]] == ["d1.txt", "d2.txt"]
    assert sum(u["link"] == "omitted" for u in data["systems"][0]["units"]) == 3


def test_gates_exit_1(run: Run, texts: Path) -> None:
    code, _, err = run("score", "b.txt", "-r", "ref.txt", "--fail-under", "bleu=90")
    assert code == 1
    assert "below the limit of 90" in err
    assert run("score", "a.txt", "-r", "ref.txt", "--fail-under", "bleu=1")[0] == 0
    code, _, err = run("score", "b.txt", "-r", "ref.txt", "-m", "ter", "--fail-under", "ter=5")
    assert code == 1
    assert "above the limit of 5" in err


def test_init_writes_a_starter_that_runs_and_never_overwrites(run: Run, texts: Path) -> None:
    assert run("init")[0] == 0
    assert (texts / "references" / "terms.yaml").is_file()
    code, _, err = run("init")
    assert code == 2
    assert "never overwrites" in err
    (texts / "references" / "official.txt").write_text((texts / "ref.txt").read_text())
    (texts / "candidates").mkdir()
    (texts / "candidates" / "system-a.txt").write_text((texts / "a.txt").read_text())
    code, out, err = run("run")
    assert code == 0
    made = texts / "reports" / "my-evaluation"
    assert {p.name for p in made.iterdir()} >= {"result.json", "report.md", "report.html"}
    code, out, _ = run("report", str(made / "result.json"), "-f", "markdown")
    written = (made / "report.md").read_text()
    assert "![" in written
    assert re.sub(r"!\[.*\]\(figures/.*\n\n", "", written).rpartition("; ")[0] == out.rpartition("; ")[0]


def test_every_rule_can_be_explained(run: Run) -> None:
    _, out, _ = run("explain")
    rules = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert "name-mistransliterated" in rules
    assert all(len(line) <= 80 for line in out.splitlines())
    for rule in rules:
        code, text, _ = run("explain", rule)
        assert code == 0
        assert rule in text


def test_an_explanation_says_what_a_rule_needs_what_lowers_it_and_how_to_skip_it(run: Run) -> None:
    _, text, _ = run("explain", "number-mismatch")
    words = " ".join(text.split())
    assert "an aligned reference, or the source" in words
    assert "Severity follows the evidence" in words
    assert words.count("numbers in words are not checked") == 1
    assert text.index("--ignore number-mismatch") < text.index('skip = ["number-mismatch"]') < text.index("[[ignore]]")
    assert "reference, or the source" not in run("explain", "name-variant")[1]
    assert "Severity follows" not in run("explain", "whitespace")[1]
    assert "hints included" in run("explain", "whitespace")[1]  # not the share that the README has


def test_a_rule_of_ones_own_and_one_that_is_off_are_explained(run: Run) -> None:
    code, text, _ = run("explain", "custom-house-style")
    assert (code, text.count("custom-house-style")) == (0, 2)
    assert 'detectors = ["*", "spelling"]' in run("explain", "spelling")[1]
    assert "The reference has:" in run("explain", "omission")[1]


def test_results_are_the_same_bytes_on_any_number_of_jobs(run: Run, texts: Path) -> None:
    long = "".join(f"Sentence {n} says that the cat number {n * 3} sat on the mat in Paris.\n" for n in range(2500))
    (texts / "ref.txt").write_text(long)
    (texts / "a.txt").write_text(long.replace("number 9 ", "number 8 "))
    outputs = {
        run("score", "a.txt", "-r", "ref.txt", "-m", "bleu,chrf", "--jobs", jobs, "-f", "json")[1] for jobs in "12"
    }
    assert len(outputs) == 1


def test_compare_inside_one_result_and_between_two(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "a.txt").write_text("\n".join(lines) + "\n")
    (texts / "b.txt").write_text("\n".join(line.replace("delegates", "delegate people") for line in lines) + "\n")
    run("score", "a.txt", "b.txt", "-r", "ref.txt", "-f", "json", "-o", "both.json")
    code, out, _ = run("compare", "both.json", "-f", "json")
    (comparison,) = json.loads(out)["comparisons"]
    assert code == 0
    assert (comparison["baseline"], comparison["system"], comparison["losses"]) == ("a", "b", 30)
    assert comparison["p_value"] < 0.01

    for name, now in (("before.json", "a.txt"), ("now.json", "b.txt")):
        run("score", now, "-r", "ref.txt", "--names-of-systems", "mine", "-f", "json", "-o", name)
    code, out, err = run("compare", "before.json", "now.json", "--fail-on-regression")
    assert code == 1
    assert "worse in 30 of 30 units" in out
    assert "mine: bleu (corpus) is worse" in err
    assert run("compare", "now.json", "before.json", "--fail-on-regression")[0] == 0
    assert run("compare", "now.json", "now.json", "--fail-on-regression")[0] == 0


def test_results_of_other_settings_are_said_to_be_incomparable(run: Run, texts: Path) -> None:
    run("score", "a.txt", "-r", "ref.txt", "-f", "json", "-o", "one.json")
    run("score", "a.txt", "-r", "ref.txt", "--tokenize", "char", "-f", "json", "-o", "two.json")
    _, out, _ = run("compare", "one.json", "two.json")
    assert "bleu of scope corpus: tok: 13a against char" in out


def test_a_baseline_gates_a_run(run: Run, texts: Path) -> None:
    config = 'metrics = []\noutput = "out"\n[[candidate]]\npath = "a.txt"\n[[reference]]\npath = "ref.txt"\n'
    (texts / "evalkit.toml").write_text(config)
    assert run("run")[0] == 0
    (texts / "out" / "result.json").rename(texts / "base.json")
    (texts / "evalkit.toml").write_text(config + '[gate]\nbaseline = "base.json"\n')
    assert run("run")[0] == 0
    (texts / "a.txt").write_text((texts / "a.txt").read_text().replace("cat sat", "cat cat sat"))
    code, _, err = run("run")
    assert code == 1
    assert "not in the baseline, the first at a.txt:1:5: repetition" in err


def test_a_text_that_is_refused_passes_no_gate(run: Run, root: Path) -> None:
    briefing = str(root / "seeds" / "003_71f0d433acadce02.txt")
    speech = str(root / "references" / "official-remarks.txt")
    arguments = ("score", briefing, "-r", speech, "--align", "document", "-m", "ter")
    code, _, err = run(*arguments, "--fail-under", "ter=1000")
    assert code == 1
    assert "its alignment is not trusted" in err
    assert run(*arguments, "-b")[1] == "-\n" * len(run(*arguments, "-b")[1].split())


def test_what_has_vanished_is_a_regression(run: Run, texts: Path) -> None:
    run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,ter", "-f", "json", "-o", "old.json")
    run("score", "a.txt", "-r", "ref.txt", "-m", "bleu", "-f", "json", "-o", "new.json")
    code, out, err = run("compare", "old.json", "new.json", "--fail-on-regression")
    assert code == 1
    assert "b: is in the baseline and not in this result" in err
    assert "ter of scope corpus is no longer scored" in out


def test_the_folder_a_run_starts_from_changes_no_byte(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (texts / "terms.yaml").write_text("terms:\n  - term: mat\n    reject: [rug]\n")
    (texts / "evalkit.toml").write_text(
        'terms = ["terms.yaml"]\nmetrics = []\noutput = "out"\n'
        '[[candidate]]\npath = "a.txt"\n[[reference]]\npath = "ref.txt"\n'
    )
    assert run("run")[0] == 0
    before = (texts / "out" / "result.json").read_bytes()
    monkeypatch.chdir(texts / "sys")
    assert run("run", "../evalkit.toml")[0] == 0
    assert (texts / "out" / "result.json").read_bytes() == before


def test_the_runs_own_output_can_be_its_baseline(run: Run, texts: Path) -> None:
    config = 'metrics = []\noutput = "out"\n[[candidate]]\npath = "a.txt"\n[[reference]]\npath = "ref.txt"\n'
    (texts / "evalkit.toml").write_text(config)
    assert run("run")[0] == 0
    (texts / "evalkit.toml").write_text(config + '[gate]\nbaseline = "out/result.json"\n')
    (texts / "a.txt").write_text((texts / "a.txt").read_text().replace("cat sat", "cat cat sat"))
    assert run("run")[0] == 1
    (texts / "evalkit.toml").write_text(config + '[gate]\nbaseline = "none.json"\n')
    code, out, err = run("run")
    assert (code, out) == (2, "")
    assert "none.json: no such file" in err


PLUGIN = """
from dataclasses import dataclass
from typing import ClassVar
from evalkit.records.findings import finding
from evalkit.records import Rule
RULE = Rule("custom-x", "custom", "Style", "minor", "x", "[x]")

@dataclass(frozen=True)
class Mine:
    '''Mine.'''
    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "mine"
    rules: ClassVar[tuple] = (RULE,)
    def find(self, units, context):
        BODY
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            PLUGIN.replace("BODY", "raise ValueError('boom')"),
            "the detector 'mine' (a plug-in) failed: ValueError: boom",
        ),
        (
            PLUGIN.replace(
                "BODY", "u = units[0]; yield finding(RULE, 'mine', u, u.candidate.segments[0], 0, 10**6, 'x')"
            )
            .replace("finding(RULE", "__import__('msgspec').structs.replace(finding(RULE")
            .replace("'x')\n", "'x'), end=10**6)\n"),
            "gave a place outside the text",
        ),
        ("raise SystemExit(0)", "cannot be loaded"),
    ],
)
def test_a_strangers_plugin_that_fails_is_named(run: Run, texts: Path, content: str, said: str) -> None:
    (texts / "mine.py").write_text(content)
    code, _, err = run("check", "a.txt", "--plugin", "mine.py")
    assert code == 2
    assert said in err


def test_too_narrow_a_table_is_refused(run: Run, texts: Path) -> None:
    for spec in ("alignment(columns=10)", "table(columns=5)"):
        code, _, err = run("score", "a.txt", "-r", "ref.txt", "-f", spec)
        assert code == 2
        assert "too narrow" in err


def test_a_date_that_no_calendar_has_is_an_error_with_its_file(run: Run, texts: Path) -> None:
    (texts / "t.yaml").write_text("terms:\n  - term: foo\n    source: 2020-02-31\n")
    code, _, err = run("check", "a.txt", "--terms", "t.yaml")
    assert code == 2
    assert "t.yaml:3: not a valid value: day is out of range for month" in err


@pytest.mark.parametrize(
    ("name", "begins"), [("x.json", "{"), ("x.md", "#"), ("x.HTML", "<!DOCTYPE html>"), ("x.txt", "score (evalkit")]
)
def test_the_ending_of_the_output_names_its_format(run: Run, texts: Path, name: str, begins: str) -> None:
    code, out, _ = run("score", "a.txt", "-r", "ref.txt", "-o", name)
    assert (code, out) == (0, "")
    assert (texts / name).read_text().startswith(begins)
    run("score", "a.txt", "-r", "ref.txt", "-f", "latex", "-o", name)
    assert "\\begin{tabular}" in (texts / name).read_text()


def test_a_metric_named_twice_is_an_error_in_the_users_words(run: Run) -> None:
    Path("a.txt").write_text("One.\n")
    code, _, err = run("score", "a.txt", "-r", "a.txt", "-m", "bleu,bleu")
    assert (code, err) == (2, "evalkit: error: the metric 'bleu' is named twice with the same options; name it once\n")


@pytest.mark.parametrize("line", [("report", "now.json"), ("compare", "now.json"), ("compare", "old.json", "now.json")])
def test_a_saved_result_is_not_overwritten_by_a_view_of_it(run: Run, texts: Path, line: tuple[str, ...]) -> None:
    for name in ("old.json", "now.json"):
        run("score", "a.txt", "b.txt", "-r", "ref.txt", "-o", name)
    code, _, err = run(*line, "-f", "text", "-o", "now.json")
    assert (code, err) == (2, "evalkit: error: --output now.json is also an input; choose another file\n")
    assert json.loads((texts / "now.json").read_text())["name"] == "score"


@pytest.mark.parametrize("line", [("check", "a.txt", "-r", "ref.txt"), ("compare", "now.json"), ("run", "e.toml")])
def test_new_findings_need_something_to_be_new_against(run: Run, texts: Path, line: tuple[str, ...]) -> None:
    run("score", "a.txt", "b.txt", "-r", "ref.txt", "-o", "now.json")
    (texts / "e.toml").write_text('[[candidate]]\npath = "a.txt"\n[[reference]]\npath = "ref.txt"\n')
    code, _, err = run(*line, "--fail-on-new", "minor")
    assert code == 2
    assert err.startswith("evalkit: error: --fail-on-new: new against what? ")


def test_the_self_test_has_no_other_format(run: Run, texts: Path) -> None:
    code, _, err = run("check", "--self-test", "-r", "ref.txt", "-o", "x.json")
    assert (code, err) == (2, "evalkit: error: --self-test shows its own table; it has no format 'json'\n")
    assert not (texts / "x.json").exists()


def test_the_list_of_model_families_fits_a_terminal(run: Run) -> None:
    _, out, _ = run("models", "list")
    assert "comet" in out
    assert max(map(len, out.splitlines())) <= 80
