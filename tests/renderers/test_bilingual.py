"""Reports of one bilingual file: untranslated rows, both sides named, and which side a finding stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.plugins import Registry
from evalkit.records.result import Result
from evalkit.review.sheet import COLUMNS, rows_of

_HEAD = '<xliff version="1.2"><file original="a" source-language="en" target-language="de" datatype="x"><body>'
_EMPTY = "".join(f'<trans-unit id="e{n}"><source>Text {n}.</source><target></target></trans-unit>\n' for n in range(12))
_ROWS = (
    '<trans-unit id="u1"><source>It took 14 days.</source><target>Es dauerte 41 Tage.</target></trans-unit>\n'
    '<trans-unit id="u2"><source>Hello {name}!</source><target>Hallo {nome}!</target></trans-unit>\n'
    '<trans-unit id="u3"><source>See &lt;b&gt;this&lt;/b&gt;.</source><target>Siehe &lt;b&gt;das.</target>'
    "</trans-unit>\n"
)


def made(folder: Path, rows: str) -> Result:
    (folder / "a.xlf").write_text(f"{_HEAD}\n{rows}</body></file></xliff>", encoding="utf-8")
    return evalkit.check(folder / "a.xlf")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return made(tmp_path_factory.mktemp("bilingual"), _ROWS + _EMPTY)


def shown(result: Result, renderer: str) -> str:
    return Registry().make("renderer", renderer).render(result)


def test_a_note_names_the_rows_without_a_translation(result: Result) -> None:
    note = next(f.message for f in result.failures if "without a translation" in f.message)
    assert "has 12 of 15 segments without a translation ('e0', 'e1'," in note
    assert "'e9' and 2 more)" in note


@pytest.mark.parametrize("renderer", ["lint", "text", "table", "markdown"])
def test_rows_without_a_translation_are_counted(result: Result, renderer: str) -> None:
    said = " ".join(shown(result, renderer).split())
    assert "12 of 15 units untranslated" in said
    assert "Nothing: every line" not in said


def test_a_checklist_lists_them_by_their_rows(result: Result) -> None:
    assert "the units 1:e0, 1:e1, 1:e2" in shown(result, "markdown")


def test_each_is_a_finding_that_a_gate_sees(result: Result) -> None:
    findings = result.systems[0].findings
    assert {f.unit for f in findings if f.rule != "translation-missing"} == {"1:1", "1:2", "1:3"}
    missing = [f for f in findings if f.rule == "translation-missing"]
    assert [(f.side, f.severity, f.text) for f in missing] == [("source", "major", f"Text {n}.") for n in range(12)]


def test_nothing_is_untranslated_where_all_is_there(tmp_path: Path) -> None:
    said = shown(made(tmp_path, _ROWS), "markdown")
    assert "ntranslated, so" not in said
    assert "units untranslated" not in said
    assert "Nothing: every line of every file was evaluated." in said


@pytest.mark.parametrize("renderer", ["markdown", "html"])
def test_a_report_without_a_reference_pairs_nothing_with_one(result: Result, renderer: str) -> None:
    said = shown(result, renderer)
    assert "unit 1:1 (added)" not in said
    assert "candidate and reference side by side" not in said
    assert '"1:1",0,"added"' not in said


def test_what_was_compared_names_both_sides_and_their_languages(result: Result) -> None:
    compared = shown(result, "markdown").split("## What was compared")[1]
    assert "Source `source`: 34 words, in en, file `a.xlf`" in compared
    assert "translation, in de, file `a.xlf`" in compared


def test_a_finding_on_the_side_of_the_source_says_so(result: Result) -> None:
    lines = {line.split()[1]: line for line in shown(result, "lint").splitlines() if line.startswith("a.xlf:")}
    assert "the translation has no tag '</b>' (translation: line " in lines["tag"]
    assert "(source)" not in lines["placeholder"]
    assert "the source has the placeholder '{name}', the translation has '{nome}'" in lines["placeholder"]


def test_what_is_missing_is_expected_and_not_found(result: Result) -> None:
    rows = {row["rule"]: row for row in (dict(zip(COLUMNS, cells, strict=True)) for cells in rows_of(result))}
    assert (rows["tag"]["found"], rows["tag"]["expected"]) == ("", "</b>")
    assert (rows["placeholder"]["found"], rows["placeholder"]["expected"]) == ("{nome}", "{name}")
    assert (rows["number-mismatch"]["found"], rows["number-mismatch"]["expected"]) == ("41", "14")
