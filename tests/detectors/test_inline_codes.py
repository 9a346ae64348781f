"""Inline codes of bilingual files: what the source has the translation must have, as far as the file keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.records import Finding

_FILE = '<xliff version="1.2"><file original="a" source-language="en" target-language="de" datatype="x"><body>{}'
_UNIT = '<trans-unit id="u{}"><source>{}</source><target>{}</target></trans-unit>'


def check(folder: Path, *pairs: tuple[str, str]) -> list[Finding]:
    units = "".join(_UNIT.format(number, *pair) for number, pair in enumerate(pairs, 1))
    (folder / "a.xlf").write_text(f"{_FILE.format(units)}</body></file></xliff>", encoding="utf-8")
    return [f for f in evalkit.check(folder / "a.xlf").systems[0].findings if f.rule == "tag"]


LOST = ('Press <x id="2"/> to stop the machine.', "Halten Sie die Maschine an.")


@pytest.mark.parametrize(
    ("source", "target", "side", "marked"),
    [
        ('Click <g id="1">here</g> now.', "Klicken Sie jetzt hier.", "source", "here"),
        (*LOST, "source", ""),
        ('See <x id="1"/> and <x id="2"/>.', 'Siehe <x id="1"/> und <x id="1"/>.', "candidate", ""),
        ("Click here now.", 'Klicken Sie <g id="1">hier</g>.', "candidate", "hier"),
        ('A <bpt id="1">b</bpt>c<ept id="1">/b</ept> d.', "Ein C und D.", "source", "c"),
        ('A <bpt id="1">b</bpt>c<ept id="1">/b</ept> d.', 'Ein <bpt id="1">b</bpt>C und D.', "source", ""),
    ],
)
def test_a_code_that_is_missing_or_added(tmp_path: Path, source: str, target: str, side: str, marked: str) -> None:
    found = check(tmp_path, (source, target))[0]
    assert (found.severity, found.side) == ("major", side)
    assert marked in found.text
    assert found.line == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('<g id="1">Click</g> <x id="2"/> here.', '<x id="2"/> hier <g id="1">klicken</g>.'),
        ('Click <g id="1">here</g>.', 'Klicken Sie <bpt id="1">b</bpt>hier<ept id="1">/b</ept>.'),
        ('Read <mrk mtype="term">terms</mrk>.', "Lesen Sie die Begriffe."),
        ('Click <g id="1">here</g>.', ""),
    ],
)
def test_silent(tmp_path: Path, source: str, target: str) -> None:
    assert check(tmp_path, (source, target)) == []


def test_one_finding_for_a_pair_and_one_for_each_of_others(tmp_path: Path) -> None:
    found = check(tmp_path, ('<g id="1">A</g> <x id="2"/>b<x id="3"/> <x id="4"/>.', 'Ein B <x id="2"/>.'))
    assert [f.expected for f in found] == [('<g id="1">',), ('<x id="3"/>',), ('<x id="4"/>',)]


def test_a_memory_that_keeps_codes_on_one_side_alone_is_no_error(tmp_path: Path) -> None:
    assert len(check(tmp_path, *[LOST] * 4)) == 4
    assert check(tmp_path, *[LOST] * 5) == []
    assert len(check(tmp_path, *[LOST] * 5, ("A <x id='1'/>.", "Ein <x id='1'/>."))) == 5


def test_a_text_without_codes_is_not_held_against_a_file_with_them(tmp_path: Path) -> None:
    check(tmp_path, LOST)
    (tmp_path / "t.txt").write_text("Halten Sie die Maschine an.\n", encoding="utf-8")
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "a.xlf", source_lang="en", lang="de")
    assert [f for f in result.systems[0].findings if f.rule == "tag"] == []


def test_a_tag_lost_between_two_files_of_one_format_is_told(tmp_path: Path) -> None:
    rows = '<resources><string name="a">{}</string><string name="b">The bridge is closed.</string></resources>'
    (tmp_path / "en.xml").write_text(rows.format("Pay <b>now</b> or later"), encoding="utf-8")
    (tmp_path / "de.xml").write_text(rows.format("Jetzt oder später zahlen"), encoding="utf-8")
    result = evalkit.check(tmp_path / "de.xml", source=tmp_path / "en.xml", lang="de", source_lang="en")
    assert [(f.side, f.text) for f in result.systems[0].findings if f.rule == "tag"] == [("source", "now")]
