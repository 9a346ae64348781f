"""Without a reference every report says that nothing was scored, and what passed and failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.plugins import Registry
from evalkit.records.config import parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("sides")
    texts = {"t/a.txt": "Es ging um 450 Euro.\n", "s/a.txt": "It was about 450 dollars.\n",
             "t/b.txt": "Alles war gut.\n", "s/b.txt": "All was well.\n"}  # fmt: skip
    for name, text in texts.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root / "t", root / "s"


@pytest.fixture(scope="module")
def result(folders: tuple[Path, Path]) -> Result:
    target, source = folders
    return evalkit.check(str(target), source=str(source), source_lang="en", lang="de")


@pytest.mark.parametrize("renderer", ["markdown", "html", "text", "table", "lint"])
def test_every_report_says_that_there_are_no_scores(result: Result, renderer: str) -> None:
    shown = " ".join(Registry().make("renderer", renderer).render(result).split())
    assert "no reference given, so there are no scores;" in shown
    assert "1 failed" in shown
    assert "1 of 2 documents passed all" in shown


@pytest.mark.parametrize("renderer", ["markdown", "html", "text"])
def test_documents_and_rules_that_failed_are_named(result: Result, renderer: str) -> None:
    shown = Registry().make("renderer", renderer).render(result)
    assert "unit-mismatch" in shown
    assert all(word in shown for word in ("a.txt", "b.txt", "passed", "failed"))


def test_a_rule_that_did_not_judge_says_why_in_the_result(result: Result) -> None:
    silent = {item.rule: item.reason for item in result.systems[0].unjudged}
    assert silent["addition"] == "there is no reference"
    assert silent["omission"].startswith("texts are compared line by line")
    assert silent["term-missing"] == "there is no list of terms"
    assert not silent.keys() & {
        "number-mismatch",
        "placeholder",
        "whitespace",
        *(f.rule for f in result.systems[0].findings),
    }


def test_what_was_not_selected_is_not_passed(folders: tuple[Path, Path]) -> None:
    target, source = folders
    sides = {"source": {"path": str(source), "lang": "en"}, "candidate": [{"path": str(target), "lang": "de"}]}
    result = evaluate(parse({**sides, "select": ["tag"]}, "evalkit.toml"), folder=target)
    shown = Registry().make("renderer", "lint").render(result)
    assert "1 rule passed, 0 failed" in shown


def test_without_a_source_its_rules_did_not_judge(folders: tuple[Path, Path]) -> None:
    silent = {item.rule: item.reason for item in evalkit.check(str(folders[0]), lang="de").systems[0].unjudged}
    assert silent["tag"] == "there is no source"
    assert silent["number-mismatch"] == "there is no reference"


def test_without_the_language_of_the_source_numbers_did_not_judge(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\n"\n\n'
    # of keys nobody knows the language
    (tmp_path / "a.po").write_text(head + 'msgid "year.2019"\nmsgstr "En 2018."\n', encoding="utf-8")
    said, known = (evalkit.check(tmp_path / "a.po", source_lang=lang).systems[0] for lang in ("", "en"))
    assert [item.reason for item in said.unjudged if item.rule == "number-mismatch"] == [
        "the language of the source is not known (--source-lang)"
    ]
    assert "number-mismatch" not in {item.rule for item in known.unjudged}


def test_beside_a_reference_there_is_no_checklist(result: Result, folders: tuple[Path, Path]) -> None:
    target, _ = folders
    compared = evalkit.check(str(target), str(target), lang="de")
    assert "Checklist" not in Registry().make("renderer", "markdown").render(compared)


def test_a_hint_fails_nothing(result: Result) -> None:
    system = result.systems[0]
    hints = tuple(replace(f, severity="neutral") for f in system.findings)
    shown = Registry().make("renderer", "text").render(replace(result, systems=(replace(system, findings=hints),)))
    assert "0 failed" in shown
    assert "a.txt: passed all" in shown


def test_a_sentence_that_is_left_out_is_no_untranslated_unit(tmp_path: Path) -> None:
    """It is a finding: the same text is not to be called untranslated besides, as what no rule has looked at."""
    whole = "Der Rat tagte am Montag. Er gab 250 Millionen Euro aus. Die Sitzung war lang."
    short, others = whole.replace(" Er gab 250 Millionen Euro aus.", ""), ["Die Brücke ist zu. Es fährt ein Bus."] * 3
    source = ["The council met on Monday. It spent 250 million euros. The meeting was long."]
    source += ["The bridge is closed. There is a bus."] * 3
    (tmp_path / "t.txt").write_text("\n".join([short, *others]) + "\n", encoding="utf-8")
    (tmp_path / "s.txt").write_text("\n".join(source) + "\n", encoding="utf-8")
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", lang="de", source_lang="en")
    assert [f.rule for f in result.systems[0].findings if f.severity != "neutral"] == ["omission"]
    assert "untranslated" not in Registry().make("renderer", "lint").render(result)
