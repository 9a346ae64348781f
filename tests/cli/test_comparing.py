"""`evalkit compare` and what reports say of comparisons: names, corrections, what was not tested."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.compare.statistics.plan import MIN_DOCUMENTS
from evalkit.records.comparison import p_is

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return tmp_path


def test_two_results_of_one_system_each_are_compared_whatever_the_names(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "v1.txt").write_text("\n".join(line.replace("delegates", "delegate people") for line in lines) + "\n")
    (texts / "v2.txt").write_text("\n".join(lines) + "\n")
    for name in ("v1", "v2"):
        run("score", f"{name}.txt", "-r", "ref.txt", "-f", "json", "-o", f"{name}.json")
    code, out, _ = run("compare", "v1.json", "v2.json")
    assert code == 0
    assert "v2 (in the baseline: v1)" in out
    assert "better in 30" in out
    _, out, _ = run("compare", "v1.json", "v2.json", "-f", "markdown")
    assert "The baseline has this system as `v1`." in out
    assert run("compare", "v2.json", "v1.json", "--fail-on-regression")[0] == 1

    run("score", "v1.txt", "v2.txt", "-r", "ref.txt", "-f", "json", "-o", "both.json")
    run("score", "v1.txt", "-r", "ref.txt", "--names-of-systems", "other", "-f", "json", "-o", "other.json")
    code, _, err = run("compare", "both.json", "other.json")
    assert code == 2
    assert "--names-of-systems" in err
    assert "--update-baseline" not in err
    code, _, err = run("compare", "both.json", "v1.json", "--fail-on-regression")
    assert code == 1
    assert "v2: is in the baseline and not in this result" in err
    assert "--update-baseline" not in err


def test_a_comparison_says_how_p_was_corrected(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    for name, old in (("a", "delegates"), ("b", "Geneva"), ("c", "Monday")):
        (texts / f"{name}.txt").write_text("\n".join(line.replace(old, "x") for line in lines) + "\n")
    run("score", "a.txt", "b.txt", "c.txt", "-r", "ref.txt", "-f", "json", "-o", "three.json")

    def said(*options: str) -> str:
        return " ".join(run("compare", "three.json", *options)[1].split())

    plain = (
        "corrected (Holm) for the 3 pairs tested by each measure. A difference counts as shown if p is at most 0.05."
    )
    assert plain in said()
    assert "p is corrected (Benjamini-Hochberg) for the 2 pairs" in said("--correction", "bh", "--baseline", "a")
    assert "p is not corrected for the 3 pairs" in said("--correction", "none")
    one_sided = said("--alpha", "0.01", "--paired-bs")
    why = "the test is one-sided, so half of the level asked for"
    assert f"A difference counts as shown if p is at most 0.0025 ({why}, and less for only 30 items)." in one_sided
    assert one_sided.count("one-sided, so half") == 1
    assert re.search(r"corrected +shown$", run("compare", "three.json")[1], re.MULTILINE)


def test_one_pair_has_nothing_of_a_correction(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "a.txt").write_text("\n".join(lines) + "\n")
    (texts / "b.txt").write_text("\n".join(line.replace("Geneva", "x") for line in lines) + "\n")
    for format_ in ("table", "markdown"):
        code, out, _ = run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "--paired-ar", "-f", format_)
        shown = " ".join(out.split())
        assert code == 0
        assert "p corrected" not in shown
        assert "adjusted" not in shown
        assert "0.0001" in shown
    _, out, _ = run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "--paired-ar")
    assert "corrected  " not in out
    assert "points of BLEU" in " ".join(out.split())
    assert out.count("p = 0.0001") == 2


@pytest.mark.parametrize("command", ["score", "compare"])
def test_help_and_docs_say_how_many_documents_are_drawn_whole(run: Run, command: str) -> None:
    assert f"documents from {MIN_DOCUMENTS})" in " ".join(run(command, "--help")[1].split())
    docs = Path(__file__).parents[2] / "docs/configuration.md"
    assert f"documents if there are {MIN_DOCUMENTS} or more" in docs.read_text(encoding="utf-8")


@pytest.mark.parametrize(("value", "shown"), [(9.999e-05, "p = 0.0001"), (1e-06, "p < 0.0001"), (1.0, "p = 1.0000")])
def test_p_has_one_notation(value: float, shown: str) -> None:
    assert p_is(value) == shown


def test_the_terminal_shows_the_intervals_of_scores(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "a.txt").write_text("\n".join(lines[:20] + [line.replace("Geneva", "x") for line in lines[20:]]) + "\n")
    given = ("score", "a.txt", "-r", "ref.txt", "-m", "bleu,chrf")
    _, out, _ = run(*given, "--confidence")
    score = json.loads(run(*given, "--confidence", "-f", "json")[1])["systems"][0]["scores"][0]
    assert "95% intervals (bootstrap, segments drawn)" in out
    assert f"{score['low']:.2f} to {score['high']:.2f}" in out
    assert "interval" not in run(*given)[1]


def test_a_comparison_over_too_few_documents_says_documents(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "b.txt").write_text("\n".join(line.replace("Geneva", "x") for line in lines) + "\n")
    (texts / "a.txt").write_text("\n".join(line.replace("Monday", "x y") for line in lines) + "\n")
    run("score", "a.txt", "b.txt", "-r", "ref.txt", "-f", "json", "-o", "both.json")
    for form in ("table", "markdown"):
        _, out, _ = run("compare", "both.json", "--unit", "document", "-f", form)
        assert "1 document in common, at least 10 needed" in out
        assert "30 units in common" not in out


def test_a_result_whose_counts_were_changed_by_hand_is_refused(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(12)]
    for name in ("ref", "a", "b"):
        (texts / f"{name}.txt").write_text("\n".join(lines) + "\n")
    run("score", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "-f", "json", "-o", "both.json")
    for rows in ({"bleu": [1, 2]}, {"bleu": [1] * 10}):
        data = json.loads((texts / "both.json").read_text())
        data["systems"][0]["units"][0]["rows"] = rows
        (texts / "edited.json").write_text(json.dumps(data))
        code, _, err = run("compare", "edited.json")
        assert code == 2
        assert "the result's units of 'a' do not all have the same counts of" in err


def test_a_short_summary_keeps_the_best_systems(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(40)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    names = [f"s{n:02}.txt" for n in range(25)]
    for n, name in enumerate(names):
        (texts / name).write_text("\n".join("x" if k < 30 - n else line for k, line in enumerate(lines)) + "\n")
    _, out, _ = run("score", *names, "-r", "ref.txt", "-f", "summary")
    shown = [line.split("`")[1] for line in out.splitlines() if line.startswith("| `")]
    assert shown == [f"s{n:02}" for n in range(24, 4, -1)]
    assert "5 systems" in out


def test_pairs_that_were_not_tested_are_not_said_to_show_nothing(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    (texts / "base.txt").write_text("\n".join(lines) + "\n")
    (texts / "a.txt").write_text(
        "\n".join(
            line.replace("delegates", "delegate").replace("Geneva", "Geneve").replace("arrived", "arrive")
            for line in lines
        )
        + "\n"
    )
    (texts / "b.txt").write_text(
        "\n".join(line.replace("The delegates of", "Qqqqqqqqqqqq zzzzzzzzzzzzz wwwwwwwwwwwww") for line in lines) + "\n"
    )
    code, _, _ = run("score", "base.txt", "a.txt", "b.txt", "-r", "ref.txt", "-m", "bleu,chrf", "-f", "json",
                     "-o", "all.json")  # fmt: skip
    assert code == 0
    data = json.loads((texts / "all.json").read_text())
    assert len(data["disagreements"]) == 1
    said = " ".join(run("compare", "all.json", "--baseline", "base")[1].split())
    assert "rank 1 of 3 pairs differently (scope corpus); none of these pairs was tested. For example" in said
    assert "(scope corpus); in 1 of them the tests show both." in " ".join(run("compare", "all.json")[1].split())


def test_many_systems_against_one_are_grouped_by_outcome(run: Run, texts: Path) -> None:
    lines = [f"The delegates of country {n} arrived in Geneva on Monday and left again." for n in range(30)]
    (texts / "ref.txt").write_text("\n".join(lines) + "\n")
    names = [f"s{n}.txt" for n in range(8)]
    for n, name in enumerate(names):
        instead = {0: "x y z", 7: "Geneva"}.get(n, "x")
        (texts / name).write_text("\n".join(line.replace("Geneva", instead) for line in lines) + "\n")
    run("score", *names, "-r", "ref.txt", "-f", "json", "-o", "all.json")
    _, out, _ = run("compare", "all.json", "--baseline", "s1", "-f", "markdown")
    assert "Against `s1`, by what the tests show:" in out
    same = ", ".join(f"`s{n}`" for n in range(2, 7))
    assert f"- BLEU ↑ (scope corpus): better: `s7`; worse: `s0`; no difference shown: {same}\n" in out


def test_a_result_with_a_system_twice_is_refused(run: Run, texts: Path) -> None:
    (texts / "a.txt").write_text("one two three\n")
    run("score", "a.txt", "-r", "a.txt", "-f", "json", "-o", "one.json")
    data = json.loads((texts / "one.json").read_text())
    data["systems"] *= 2
    (texts / "two.json").write_text(json.dumps(data))
    code, _, err = run("report", "two.json")
    assert code == 2
    assert "two.json: two systems are called 'a'" in err


def test_a_value_or_a_name_cut_short_is_told_which_is_meant(run: Run, texts: Path) -> None:
    (texts / "a.txt").write_text("One line.\n")
    (texts / "c.toml").write_text('[[reference]]\npath = "a.txt"\n[[candidate]]\npath = "a.txt"\nkind = "sumary"\n')
    assert "did you mean 'summary'? (one of: translation, report, summary)" in run("run", "c.toml")[2]
    assert "did you mean 'document'?" in run("score", "a.txt", "-r", "a.txt", "--align", "doc")[2]
