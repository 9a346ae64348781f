"""`evalkit meta` from a command line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evalkit.cli.meta import spread
from evalkit.meta.records import SCHEMA, MetaResult
from evalkit.records.json import json_schema, make_schema
from tests.cli.conftest import Run

SYSTEMS = [f"s{number}" for number in range(7)]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A test set of 24 segments in 12 documents of two domains: people, a good metric, a bad one."""
    rng = random.Random(1)
    lines: dict[str, list[str]] = {"people": [], "good": [], "bad": []}
    table = ["system\tdoc\tsegment\trater\tdomain\tscore"]
    for place, system in enumerate(SYSTEMS):
        for number in range(24):
            truth = place + rng.gauss(0, 2)
            lines["people"].append(f"{system}\t{truth}")
            lines["good"].append(f"{system}\t{truth + rng.gauss(0, 1)}")
            lines["bad"].append(f"{system}\t{rng.gauss(0, 1)}")
            for rater in ("r1", "r2"):
                row = (system, f"d{number // 2}", number + 1, rater, "news" if number < 12 else "chat", truth)
                table.append("\t".join(map(str, row)))
    for name, rows in lines.items():
        (tmp_path / f"{name}.seg.score").write_text("\n".join(rows) + "\n")
    (tmp_path / "docs.tsv").write_text("".join(f"{'news' if n < 12 else 'chat'}\td{n // 2}\n" for n in range(24)))
    (tmp_path / "people.tsv").write_text("\n".join(table) + "\n")
    (tmp_path / "esa.tsv").write_text("\n".join(row.replace("r1", "a") for row in table) + "\n")
    return {"good": "good.seg.score", "bad": "bad.seg.score", "people": "people.seg.score"}


def found(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("meta", *arguments, "-f", "json", "--trials", "100")
    assert code == 0, err
    result: dict[str, Any] = json.loads(out)
    return result


def test_json_has_the_fields_of_the_contract(run: Run, files: dict[str, str]) -> None:
    result = found(run, files["good"], files["bad"], "--human", files["people"])
    assert len(result["values"]) == 24
    assert set(result["values"][0]) >= {
        "human", "metric", "level", "statistic", "average", "value", "low", "high", "systems", "segments", "options",
    }  # fmt: skip
    kinds = {(value["level"], value["statistic"], value["average"]) for value in result["values"]}
    assert kinds == {
        ("system", "pairwise-accuracy", None), ("system", "pearson", None), ("system", "spearman", None),
        ("system", "kendall-b", None), ("system", "soft-pairwise-accuracy", None), ("segment", "pearson", "none"),
        ("segment", "kendall-b", "none"), ("segment", "pearson", "system"), ("segment", "kendall-b", "system"),
        ("segment", "pearson", "item"), ("segment", "kendall-b", "item"), ("segment", "acc-eq", "item"),
    }  # fmt: skip
    assert {c["outcome"] for c in result["comparisons"] if c["level"] == "segment"} == {"worse"}


def test_the_same_bytes_each_time(run: Run, files: dict[str, str]) -> None:
    line = ("meta", files["good"], files["bad"], "--human", files["people"], "--trials", "50", "-f", "json")
    assert run(*line) == run(*line)


def test_lines_with_documents_are_the_same_as_a_table_that_names_them(run: Run, files: dict[str, str]) -> None:
    by_line = found(run, files["good"], "--human", files["people"], "--docs", "docs.tsv")
    by_name = found(run, files["good"], "--human", "people.tsv")
    assert by_line["drawn"] == by_name["drawn"] == "documents"
    assert by_name["humans"][0]["raters"] == 2
    assert by_name["humans"][0]["ratings_per_segment"] == {"2": 168}
    assert by_line["values"] == by_name["values"]
    assert by_line["domains"] == by_name["domains"]
    shapes = [(d["domain"], d["segments"], len(d["values"])) for d in by_line["domains"]]
    assert shapes == [("chat", 12, 12), ("news", 12, 12)]


def test_a_metric_of_which_lower_is_better(run: Run, files: dict[str, str]) -> None:
    text = Path(files["good"]).read_text().replace("\t-", "\t+").replace("\t", "\t-").replace("\t-+", "\t")
    Path("turned.seg.score").write_text(text)
    result = found(run, files["good"], "turned.seg.score", "--human", files["people"], "--lower", "turned")
    good, turned = ([v["value"] for v in result["values"] if v["metric"] == name] for name in ("good", "turned"))
    assert good == turned
    assert result["metrics"][1]["negated"]


def test_tables_for_people_and_for_papers(run: Run, files: dict[str, str]) -> None:
    line = ("meta", files["good"], files["bad"], "--human", files["people"], "--trials", "50", "--docs", "docs.tsv")
    code, table, _ = run(*line)
    assert code == 0
    assert "Agreement with people" in table
    assert "Domain chat: 12 segments" in table
    code, text, _ = run(*line, "-o", "meta.md")
    assert (code, text) == (0, "")
    page = Path("meta.md").read_text()
    assert "| level | statistic | average | metric | systems | segments | value | interval | best |" in page
    assert "permutation on both sides" in page
    code, rows, _ = run(*line, "-f", "tsv")
    assert len({line.count("\t") for line in rows.splitlines()}) == 1
    assert len(rows.splitlines()) == 1 + 24 + 2 * 24


def test_one_metric_is_the_baseline(run: Run, files: dict[str, str]) -> None:
    Path("third.seg.score").write_text(Path(files["bad"]).read_text())
    result = found(run, *(f"{name}.seg.score" for name in ("good", "bad", "third")), "--human", files["people"],
                   "--baseline", "bad")  # fmt: skip
    assert {(c["baseline"], c["metric"]) for c in result["comparisons"]} == {("bad", "good"), ("bad", "third")}
    for one in result["comparisons"]:
        if one["p_value"] is not None:
            assert one["p_adjusted"] >= one["p_value"]


def test_scores_of_systems_alone_have_values_without_intervals(run: Run, files: dict[str, str]) -> None:
    Path("m.sys.score").write_text("".join(f"{name}\t{n}\n" for n, name in enumerate(SYSTEMS)))
    result = found(run, "m.sys.score", "--human", files["people"])
    assert [(v["statistic"], v["low"]) for v in result["values"]] == [
        (name, None) for name in ("pairwise-accuracy", "pearson", "spearman", "kendall-b")
    ]


def test_metrics_of_different_systems_are_told(run: Run, files: dict[str, str]) -> None:
    lines = Path(files["good"]).read_text().splitlines(keepends=True)
    Path("some.seg.score").write_text("".join(lines[:-24]))
    result = found(run, files["good"], "some.seg.score", "--human", files["people"])
    assert result["notes"][0].startswith("people: metrics have scored different systems (good 7, some 6)")
    assert {c["systems"] for c in result["comparisons"]} == {6}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A B --human H I -f json", "A B --human H --human I -f json"),
        ("--human H A B", "--human H A B"),
        ("-f json A --human H -q I", "-f json A --human H -q I"),
        ("A --human=H I", "A --human=H I"),
        ("A --seed -1 --human - H", "A --seed -1 --human - --human H"),
        ("A --human H I --human J K", "A --human H --human I --human J --human K"),
        ("A -- --human", "A -- --human"),
    ],
)
def test_several_files_may_follow_one_human(line: str, expected: str) -> None:
    assert spread(line.split()) == expected.split()


def test_two_human_files_after_one_option(run: Run, files: dict[str, str]) -> None:
    result = found(run, files["good"], "--human", files["people"], "esa.tsv")
    assert [side["name"] for side in result["humans"]] == ["people", "esa"]


def test_metrics_without_a_common_system_are_not_tested(run: Run, files: dict[str, str]) -> None:
    lines = Path(files["good"]).read_text().splitlines(keepends=True)
    Path("one.seg.score").write_text("".join(lines[: 3 * 24]))
    Path("two.seg.score").write_text("".join(lines[3 * 24 :]))
    result = found(run, "one.seg.score", "two.seg.score", "--human", files["people"])
    assert result["comparisons"] == []
    assert "(one 3, two 4)" in result["notes"][0]


def test_too_few_trials_for_the_correction_are_told(run: Run, files: dict[str, str]) -> None:
    line = ("meta", files["good"], files["bad"], "--human", files["people"], "--trials", "10", "-f", "json")
    code, out, err = run(*line)
    assert code == 0
    assert "give --trials 20 or more" in err
    assert {c["outcome"] for c in json.loads(out)["comparisons"]} == {"none"}
    assert run(*line, "--correction", "none", "-q")[2] == ""


def test_references_left_out_are_told(run: Run, files: dict[str, str]) -> None:
    for name in ("good", "people"):
        lines = Path(files[name]).read_text().splitlines(keepends=True)
        Path(files[name]).write_text("".join([*lines, *(line.replace("s0", "refA") for line in lines[:24])]))
    result = found(run, files["good"], "--human", files["people"])
    counted = found(run, files["good"], "--human", files["people"], "--with-references")
    assert {v["systems"] for v in result["values"]} == {7}
    assert {v["systems"] for v in counted["values"]} == {8}
    assert "refA left out" in result["notes"][0]
    assert ([side["systems"] for side in result["humans"]], result["metrics"][0]["systems"]) == ([7], 7)
    assert counted["humans"][0]["systems"] == 8


def test_what_no_metric_has_scored_is_named_and_not_counted(run: Run, files: dict[str, str]) -> None:
    path = Path(files["people"])
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines, *(line.replace("s0", "refA") for line in lines[:24])]))
    result = found(run, files["good"], "--human", files["people"])
    assert result["notes"] == ["people: refA left out, for no metric has scored it"]
    assert result["humans"][0]["systems"] == 7
    page = run("meta", files["good"], "--human", files["people"], "--trials", "10")[1]
    assert "7 systems, 24 rated segments" in page
    assert "blank not tested" in " ".join(page.split())


def test_json_is_as_its_schema_says(run: Run, files: dict[str, str]) -> None:
    result = found(run, files["good"], files["bad"], "--human", files["people"], "--docs", "docs.tsv")
    jsonschema.validate(result, json_schema("meta"))
    assert json_schema("meta") == json.loads(json.dumps(make_schema(MetaResult, SCHEMA)))
    assert result["schema"] == SCHEMA


@pytest.mark.parametrize("name", ["table", "markdown", "latex", "html", "tsv"])
def test_no_name_becomes_markup(run: Run, files: dict[str, str], name: str) -> None:
    hostile = "<b>&\\input{x}|\x1b[31m"
    Path("named.tsv").write_text(
        "system\tsegment\tscore\tmetric\n"
        + "".join(f"{system}\t{n + 1}\t{n}\t{hostile}\n" for system in SYSTEMS for n in range(24))
    )
    code, out, _ = run("meta", files["good"], "named.tsv", "--human", files["people"], "--trials", "20", "-f", name)
    assert code == 0
    assert "\x1b" not in out
    assert ("<b>" in out) == (name in ("table", "tsv"))
    if name == "latex":
        assert r"\input" not in out


def test_a_report_for_a_paper(run: Run, files: dict[str, str]) -> None:
    line = ("meta", files["good"], files["bad"], "--human", files["people"], "--docs", "docs.tsv", "--trials", "100")
    assert run(*line, "-o", "m.tex")[0] == run(*line, "-o", "m.html")[0] == 0
    tex, page = Path("m.tex").read_text(), Path("m.html").read_text()
    assert tex.count(r"\begin{table*}") == tex.count(r"\end{table*}") == 4  # values, tests, two domains
    assert r"segment & pearson & item & \textbf{" in tex
    assert "permutation on both sides" in tex
    assert "permutation on both sides" in page
    assert page.count("<table>") == page.count("</table>") == 4
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("good.seg.score",), "no human scores"),
        (("none.seg.score", "--human", "people.seg.score"), "no such file"),
        (("good.seg.score", "--human", "people.seg.score", "--lower", "goood"), "did you mean 'good'?"),
        (("good.seg.score", "--human", "people.seg.score", "--baseline", "x"), "no such metric"),
        (("good.seg.score", "--human", "people.seg.score", "-f", "htm"), "did you mean"),
        (("good.seg.score", "--human", "people.seg.score", "-o", "x.pdf"), "no format writes '.pdf'"),
        (("good.seg.score", "--human", "people.seg.score", "-o", "good.seg.score", "-f", "tsv"), "good.seg.score"),
        (("good.seg.score", "--human", "people.seg.score", "--trials", "0"), "trials 0"),
        (("good.seg.score", "--human", "people.seg.score", "--correction", "x"), "unknown correction"),
        (("good.seg.score", "--human", "people.seg.score", "--docs", "people.tsv"), "a domain and a document"),
        (("good.seg.score", "--human", "people.tsv", "--docs", "docs.tsv"), "leave it out"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_one_error(
    run: Run, files: dict[str, str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run("meta", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_the_table_fits_a_terminal(run: Run, files: dict[str, str]) -> None:
    code, out, _ = run("meta", files["good"], files["bad"], "--human", files["people"], "--trials", "100")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "system level, soft-pairwise-accuracy" in out
    assert "segment level, acc-eq, average item" in out
