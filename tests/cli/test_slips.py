"""Slips of a command line: one message that says what to type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalkit.compare import gates
from evalkit.errors import ConfigError
from evalkit.records.config import GateConfig
from tests.cli.conftest import Run

TEXT = "The president met the prime minister in Bishkek on Monday.\nThey spoke about trade and about water.\n"


@pytest.fixture
def texts(run: Run, tmp_path: Path) -> Path:
    """A folder with a text, the same with an error, and one of three lines; `run` stands in it."""
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "report.txt").write_text(TEXT.replace("Monday", "Monday ,"), encoding="utf-8")
    (tmp_path / "three.txt").write_text(TEXT + "One more.\n", encoding="utf-8")
    return tmp_path


def test_a_reference_without_its_option_is_asked_about(run: Run, texts: Path) -> None:
    code, _, err = run("check", "report.txt", "speech.txt")
    assert code == 0
    assert "if speech.txt is the reference, type: evalkit check report.txt -r speech.txt" in err
    assert "type:" not in run("check", "report.txt", "speech.txt", "-q")[2]
    assert "type:" not in run("check", "report.txt", "speech.txt", "-r", "three.txt")[2]
    assert "type:" not in run("check", "report.txt")[2]


def test_the_file_that_is_called_reference_is_proposed_as_one(run: Run, texts: Path) -> None:
    (texts / "my ref.txt").write_text(TEXT, encoding="utf-8")
    err = run("check", "my ref.txt", "report.txt")[2]
    assert "type: evalkit check report.txt -r 'my ref.txt'" in err


@pytest.mark.parametrize("name", ["ref.txt", "newstest.refA.txt", "reference-en.txt", "gold/a.txt", "references/a.txt"])
def test_swapped_sides_are_told_by_their_names(run: Run, texts: Path, name: str) -> None:
    (texts / name).parent.mkdir(exist_ok=True)
    (texts / name).write_text(TEXT, encoding="utf-8")
    assert f"swapped, type: evalkit score report.txt -r {name}" in run("score", name, "-r", "report.txt")[2]
    assert "swapped" not in run("score", "report.txt", "-r", name)[2]


@pytest.mark.parametrize("name", ["refugees.txt", "prefer.txt", "humanity.txt", "goldman.txt", "preface.txt"])
def test_words_that_only_begin_so_are_no_reference(run: Run, texts: Path, name: str) -> None:
    (texts / name).write_text(TEXT, encoding="utf-8")
    assert "swapped" not in run("score", name, "-r", "report.txt")[2]


def test_swapped_sides_are_told_by_what_covers_what(run: Run, root: Path) -> None:
    speech, report = str(root / "references/official-remarks.txt"), str(root / "seeds/004_b9b7a7ebafc1f109.txt")
    (Path.cwd() / "a.txt").write_bytes(Path(speech).read_bytes())
    (Path.cwd() / "b.txt").write_bytes(Path(report).read_bytes())
    options = ("--kind", "report", "--select", "whitespace")
    assert "type: evalkit check b.txt -r a.txt" in run("check", "a.txt", "-r", "b.txt", *options)[2]
    assert "swapped" not in run("check", "b.txt", "-r", "a.txt", *options)[2]


def test_metrics_separated_by_spaces(run: Run, texts: Path) -> None:
    code, _, err = run("score", "report.txt", "-r", "speech.txt", "-m", "bleu", "chrf", "TER")
    assert code == 2
    assert "-m bleu,chrf,TER" in err
    (texts / "chrf").write_text(TEXT, encoding="utf-8")
    assert run("score", "report.txt", "-r", "speech.txt", "-m", "bleu", "chrf")[0] == 0


def test_capitals_of_a_metric_in_a_limit(run: Run, texts: Path) -> None:
    assert run("score", "report.txt", "-r", "speech.txt", "--fail-under", "BLEU=1")[0] == 0
    code, _, err = run("score", "report.txt", "-r", "speech.txt", "-m", "chrf", "--fail-under", "ChrF=99.9")
    assert code == 1
    assert "chrf" in err
    assert (
        "did you mean 'chrf'"
        in run("score", "report.txt", "-r", "speech.txt", "-m", "chrf", "--fail-under", "CHFR=1")[2]
    )


def test_capitals_in_a_configuration_are_named() -> None:
    with pytest.raises(ConfigError, match="did you mean 'bleu'"):
        gates.check(GateConfig(fail_under={"BLEU": 3.0}), ["bleu"])


@pytest.mark.parametrize("option", ["--paired-bs", "--paired-ar"])
def test_a_paired_test_of_one_system(run: Run, texts: Path, option: str) -> None:
    code, out, err = run("score", "report.txt", "-r", "speech.txt", option)
    assert (code, out) == (2, "")
    assert f"there is one (report); give another: evalkit score A.txt B.txt -r REF.txt {option}" in err


def test_unequal_lines_name_the_system(run: Run, texts: Path) -> None:
    code, _, err = run("score", "report.txt", "three.txt", "-r", "speech.txt")
    assert code == 2
    assert "three: document '1': the candidate has 3 lines and the reference 2" in err


def _rules(run: Run, *options: str) -> set[str]:
    out = run("check", "report.txt", "-q", *options)[1]
    return {line.split(": ")[1].split()[0] for line in out.splitlines() if ": " in line}


def test_rules_are_chosen(run: Run, texts: Path) -> None:
    (texts / "report.txt").write_text('He  said ,"no.. the the end\n', encoding="utf-8")
    every = _rules(run)
    assert {"whitespace", "repetition"} < every
    assert _rules(run, "--select", "repetition") == {"repetition"}
    assert _rules(run, "--select", "conventions") == every - {"repetition"}
    assert _rules(run, "--ignore", "white*,repetition") == every - {"whitespace", "repetition"}
    assert _rules(run, "--select", "conventions", "--ignore", "whitespace") == every - {"repetition", "whitespace"}


@pytest.mark.parametrize("ignored", ["repetition", "*"])
def test_a_choice_that_leaves_no_rule_passes_nothing(run: Run, texts: Path, ignored: str) -> None:
    code, out, err = run("check", "report.txt", "--select", "repetition", "--ignore", ignored)
    assert (code, out) == (2, "")
    assert "leave no rule" in err
    assert len(err.splitlines()) == 1
    assert run("check", "report.txt", "--ignore", "*")[0] == 2


def test_a_rule_that_is_left_out_hides_no_other(run: Run, texts: Path) -> None:
    (texts / "report.txt").write_text("We met in in Bishkek yesterday.\n", encoding="utf-8")
    config = """
skip = {skip}
output = "out"
[[candidate]]
path = "report.txt"
[[rule]]
id = "custom-doubled"
pattern = "in in"
message = "once"
"""
    found = []
    for skip in ('["untranslated"]', '["repetition"]', '["custom-doubled"]'):
        (texts / "evalkit.toml").write_text(config.format(skip=skip), encoding="utf-8")
        assert run("run", "-q")[0] == 0
        out = run("report", "out/result.json", "-f", "lint")[1]
        found.append({rule for rule in ("repetition", "custom-doubled") if rule in out})
    assert len(found[0]) == 1  # one per place
    assert found[1:] == [{"custom-doubled"}, {"repetition"}]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_none(run: Run, texts: Path, option: str) -> None:
    code, _, err = run("check", "report.txt", option, "white-space")
    assert code == 2
    assert "'white-space'; did you mean 'whitespace'?" in err


def test_a_configuration_chooses_rules_too_and_its_signature_says_so(run: Run, texts: Path) -> None:
    config = 'skip = ["conventions"]\noutput = "out"\n[[candidate]]\npath = "report.txt"\n'
    (texts / "evalkit.toml").write_text(config, encoding="utf-8")
    assert run("run", "-q")[0] == 0
    saved = (texts / "out" / "result.json").read_text(encoding="utf-8")
    assert "|chosen:" in saved
    (system,) = json.loads(saved)["systems"]
    assert {"rule": "whitespace", "reason": "not selected"} in system["unjudged"]
    assert all(found["rule"] != "whitespace" for found in system["findings"])


def test_a_file_behind_that_of_the_reference_is_asked_about(run: Run, texts: Path) -> None:
    (texts / "other.txt").write_text(TEXT, encoding="utf-8")
    for command in ("score", "check"):
        err = run(command, "report.txt", "-r", "speech.txt", "other.txt")[2]
        assert "other.txt was taken as another text" in err
        assert "type: -r speech.txt -r other.txt" in err
        assert "-r takes one" not in run(command, "-r", "speech.txt", "report.txt", "other.txt")[2]
        assert "-r takes one" not in run(command, "report.txt", "-r", "speech.txt", "-r", "other.txt")[2]


def test_without_a_reference_the_line_to_type_is_said(run: Run, texts: Path) -> None:
    assert "for example: evalkit score report.txt -r speech.txt" in run("score", "report.txt", "speech.txt")[2]
    (texts / "ref.txt").write_text(TEXT, encoding="utf-8")
    assert "evalkit score report.txt speech.txt -r ref.txt" in run("score", "ref.txt", "report.txt", "speech.txt")[2]
    assert "a reference is given with -r" in run("align", "report.txt", "speech.txt")[2]


def test_a_text_is_no_configuration(run: Run, texts: Path) -> None:
    assert "no configuration (`evalkit init` writes one)" in run("run", "report.txt")[2]


def test_scores_of_two_texts_say_how_to_test_the_difference(run: Run, texts: Path) -> None:
    (texts / "ref.txt").write_text(TEXT.replace("Monday", "Tuesday"), encoding="utf-8")
    scored = ("score", "report.txt", "speech.txt", "-r", "ref.txt")
    assert "--paired-ar tests it" in run(*scored)[2]
    assert "--align document pairs the sentences" in run(*scored, "--paired-ar")[2]
    assert "--paired-ar" not in run("score", "report.txt", "-r", "ref.txt")[2]


def test_a_text_checked_by_itself_is_asked_for_its_source(run: Run, texts: Path) -> None:
    (texts / "de.json").write_text('{"a": "Datei speichern"}', encoding="utf-8")
    assert "evalkit check de.json -s SOURCE" in run("check", "de.json")[2]
    assert "-s SOURCE" not in run("check", "de.json", "-s", "de.json", "--lang", "de")[2]
    assert "-s SOURCE" not in run("check", "report.txt", "-r", "speech.txt")[2]


def test_a_file_against_a_folder_names_the_file_that_is_meant(run: Run, texts: Path) -> None:
    (texts / "refs").mkdir()
    for name in ("report.txt", "three.txt"):
        (texts / "refs" / name).write_text(TEXT, encoding="utf-8")
    code, _, err = run("check", "report.txt", "-r", "refs")
    assert (code, "did you mean refs/report.txt?" in err) == (2, True)


def test_an_empty_file_of_strings_is_called_so(run: Run, texts: Path) -> None:
    (texts / "empty.json").write_text("{}", encoding="utf-8")
    code, _, err = run("check", "empty.json")
    assert (code, "is empty ({})" in err) == (2, True)


def test_what_the_source_has_is_told_with_the_line_of_the_translation(run: Run, texts: Path) -> None:
    (texts / "s.txt").write_text("The office is open.\n\nEnter your code {code} here.\n", encoding="utf-8")
    (texts / "t.txt").write_text("Das Büro ist offen.\n\nGeben Sie hier den Code ein.\n", encoding="utf-8")
    out = run("check", "t.txt", "-s", "s.txt", "--lang", "de", "--source-lang", "en")[1]
    assert "s.txt:3:17: placeholder major the translation has no placeholder '{code}' (translation: line 3)" in out


def test_rules_that_a_language_always_leaves_out_are_in_the_report_alone(run: Run, texts: Path) -> None:
    german = "Der Präsident traf am Montag die Ministerin in Bischkek, und sie sprachen über das Wasser.\n"
    for name in ("a.txt", "r.txt"):
        (texts / name).write_text(german, encoding="utf-8")
    command = ("check", "a.txt", "-r", "r.txt", "--lang", "de")
    assert "name-wrong" not in run(*command)[2]
    assert "name-wrong" in run(*command, "-f", "markdown", "-q")[1]
