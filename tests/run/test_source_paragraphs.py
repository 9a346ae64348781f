"""Sentences left out of paragraphs that stand line by line beside their source."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.records.result import Result

SOURCE = [
    "The council met on Monday in the old town hall. It decided to spend 250 million euros on new schools. "
    "The mayor thanked the members for their long work.",
    "Two bridges over the river will be closed until May. Drivers have to take the road through Altdorf. "
    "Buses run every ten minutes.",
    "The museum shows pictures of the city from before the war. Entry is free for children and students.",
]
WHOLE = [
    "Der Rat tagte am Montag im alten Rathaus. Er beschloss, 250 Millionen Euro für neue Schulen auszugeben. "
    "Die Bürgermeisterin dankte den Mitgliedern für ihre lange Arbeit.",
    "Zwei Brücken über den Fluss bleiben bis Mai gesperrt. Autofahrer müssen die Straße durch Altdorf nehmen. "
    "Busse fahren alle zehn Minuten.",
    "Das Museum zeigt Bilder der Stadt aus der Zeit vor dem Krieg. Der Eintritt ist für Kinder und Studierende frei.",
]
LOST = " Er beschloss, 250 Millionen Euro für neue Schulen auszugeben."


def checked(folder: Path, candidate: list[str], align: str = "") -> Result:
    for name, lines in (("s.txt", SOURCE), ("t.txt", candidate)):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = {"align": align} if align else {}
    return evalkit.check(folder / "t.txt", source=folder / "s.txt", lang="de", source_lang="en", **kept)


def test_a_sentence_left_out_is_told_at_its_place(tmp_path: Path) -> None:
    result = checked(tmp_path, [WHOLE[0].replace(LOST, ""), *WHOLE[1:]])
    (said,) = result.systems[0].findings
    assert (said.rule, said.severity, said.side, said.line, said.column) == ("omission", "major", "source", 1, 49)
    assert said.text == "It decided to spend 250 million euros on new schools."


def test_the_rest_of_the_paragraph_is_held_against_the_rest_of_its_source(tmp_path: Path) -> None:
    units = checked(tmp_path, [WHOLE[0].replace(LOST, ""), *WHOLE[1:]]).systems[0].units
    sources = [unit.source.text if unit.source else "" for unit in units]
    assert [unit.link for unit in units] == ["added", "omitted", "added", "added"]
    assert sources[0] == SOURCE[0].replace(" It decided to spend 250 million euros on new schools.", "")
    assert sources[2:] == SOURCE[1:]


@pytest.mark.parametrize(
    "candidate",
    [
        WHOLE,
        [WHOLE[0].replace("Rathaus. Er beschloss", "Rathaus, und er beschloss"), *WHOLE[1:]],  # two in one sentence
        [WHOLE[0].replace(LOST, LOST[:25] + "."), *WHOLE[1:]],  # as many sentences: a number is missing, no sentence
    ],
)
def test_a_paragraph_that_says_all_is_whole(tmp_path: Path, candidate: list[str]) -> None:
    assert "omission" not in {finding.rule for finding in checked(tmp_path, candidate).systems[0].findings}


def test_lines_that_are_segments_are_not_cut(tmp_path: Path) -> None:
    result = checked(tmp_path, [WHOLE[0].replace(LOST, ""), *WHOLE[1:]], align="lines")
    assert {finding.rule for finding in result.systems[0].findings} == {"number-missing"}


@pytest.mark.parametrize("text", [None, ""])
def test_a_document_without_a_translation_is_told_and_fails_a_gate(tmp_path: Path, text: str | None) -> None:
    for name, lines in (("s/a.txt", SOURCE), ("s/b.txt", SOURCE), ("t/a.txt", WHOLE)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    if text is not None:
        (tmp_path / "t/b.txt").write_text(text, encoding="utf-8")
    result = evalkit.check(tmp_path / "t", source=tmp_path / "s", lang="de", source_lang="en")
    (said,) = result.systems[0].findings
    assert (said.rule, said.severity, said.side, said.document, said.line) == (
        "translation-missing", "major", "source", "b.txt", 1,
    )  # fmt: skip
    assert said.message == "the document has no translation"
    noted = "missing" if text is None else "empty"
    assert any(f"'b.txt' is {noted} in candidate" in failure.message for failure in result.failures)
