"""Source and translation beside each other in reports: what stands beside what, and what is marked on both sides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.plugins import Registry
from evalkit.records.json import dumps, loads
from evalkit.records.result import Result
from evalkit.renderers._source import Pieces
from evalkit.renderers.page.payload import payload
from evalkit.text.visible import with_spaces

SOURCE = ("It was about 450 dollars.", "All was well in 2017.", "Nobody came.")
GERMAN = ("Es ging um 450 Euro.", "Alles war gut im Jahr 2018.", "")


def checked(tmp_path: Path, source: str, target: str, **more: Any) -> Result:
    (tmp_path / "s.txt").write_text(source, encoding="utf-8")
    (tmp_path / "t.txt").write_text(target, encoding="utf-8")
    more = {name: str(tmp_path / "r.txt") if name == "references" else value for name, value in more.items()}
    made = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", source_lang="en", lang="de", **more)
    return loads(dumps(made))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return checked(tmp_path_factory.mktemp("lines"), "\n".join(SOURCE) + "\n", "\n".join(GERMAN) + "\n")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A source in one line, a translation of a line a sentence, of which one is missing."""
    english = [
        f"In {2000 + n} the town of Oxford paid {n}50,000 pounds for house number {n * n}." for n in range(3, 12)
    ]
    german = [
        f"Im Jahr {2000 + n} zahlte die Stadt Oxford {n}50.000 Pfund für Haus Nummer {n * n}." for n in range(3, 12)
    ]
    german[4] = german[4].replace("49", "48")
    source, target = " ".join(english), "\n".join(german[:2] + german[3:])
    return checked(tmp_path_factory.mktemp("running"), source + "\n", target + "\n")


def test_each_unit_has_its_line_of_the_source(lines: Result) -> None:
    pieces = Pieces(lines)
    beside = [[pieces.segments[n].text for n in pieces.of(unit)] for unit in lines.systems[0].units]
    assert beside == [[line] for line in SOURCE]


def test_a_blank_line_is_an_untranslated_unit(lines: Result) -> None:
    last = lines.systems[0].units[-1]
    assert (last.id.rpartition(":")[2], last.candidate and last.candidate.text) == ("line-3", "")
    assert "1 of 3 units untranslated" in Registry().make("renderer", "text").render(lines)
    assert [f.rule for f in lines.systems[0].findings if f.unit == last.id] == ["translation-missing"]


def test_a_line_of_which_a_unit_has_a_sentence_is_cut(running: Result) -> None:
    """Its pieces are all of the source, each once and in order; a unit has the sentences that surely belong to it."""
    pieces = Pieces(running)
    assert running.source
    assert " ".join(p.text for p in pieces.segments) == running.source.segments[0].text
    beside = [(unit, [pieces.segments[n].text for n in pieces.of(unit)]) for unit in running.systems[0].units]
    sure = [(unit.candidate.text, texts) for unit, texts in beside if unit.candidate and texts]
    assert len(sure) > 4
    for text, texts in sure:
        assert [t[3:7] for t in texts] == [text[8:12]]


@pytest.mark.parametrize("which", ["lines", "running"])
def test_a_finding_is_marked_on_both_sides(which: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(which)
    data = payload(result, {})
    system, source = data["systems"][0], data["source"]
    found = {data["rules"][f[0]]["rule"]: f for f in system["findings"]}
    wrong, right = ("2018", "2017") if which == "lines" else ("48", "49")
    ((here, start, end),) = found["number-mismatch"][3]
    assert data["texts"][system["segments"][here]][start:end] == wrong
    ((piece, start, end),) = found["number-mismatch"][11]
    assert data["texts"][source["segments"][piece]][start:end] == right
    assert source["documents"][source["of"][piece]] == result.systems[0].documents[0].id
    shown = Registry().make("renderer", "markdown").render(result)
    assert "| Source | Candidate |" in shown
    assert f"**{right}**" in shown
    assert f"**{wrong}**" in shown


def test_all_three_sides_stand_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Es ging um 450 Euro.\nAlles war gut im Jahr 2017.\nNiemand kam.\n", "utf-8")
    result = checked(tmp_path, "\n".join(SOURCE) + "\n", "\n".join(GERMAN) + "\n", references=True)
    assert "| Source | Candidate | Reference |" in Registry().make("renderer", "markdown").render(result)
    page = Registry().make("renderer", "html").render(result)
    assert all(f'data-head="{side}"' in page for side in ("Source", "Candidate", "Reference"))


def test_two_systems_cut_otherwise_share_the_pieces(lines: Result, running: Result) -> None:
    """Law: whoever takes what of a line, the pieces are the line, and a unit's are its own passage."""
    both = replace(running, systems=(*running.systems, replace(running.systems[0], units=running.systems[0].units[:1])))
    assert [p.text for p in Pieces(both).segments] == [p.text for p in Pieces(running).segments]


def test_without_a_source_there_is_none(lines: Result) -> None:
    alone = replace(lines, source=None)
    assert payload(alone, {})["source"] is None
    page = Registry().make("renderer", "html").render(alone)
    assert '<h2 id="h-aligned" dir="auto">Text</h2>' in page


def test_spaces_between_figures_are_shown_as_they_are() -> None:
    assert with_spaces(r"'3,8\xa0Milliarden' where the source has '2.8bn'").startswith("'3,8\xa0Milliarden'")
    assert with_spaces(r"'1\u202f000' is not '1000'") == "'1\u202f000' is not '1000'"
    for message in (r"'\xa0' before a full stop", r"C:\\xa0b", r"' \xa0' in a row"):
        assert with_spaces(message) == message


def test_lines_beside_lines_have_no_share_of_what_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Es ging um 450 Dollar.\nAlles war 2017 gut.\nNiemand kam.\n", encoding="utf-8")
    lines = [f"{text}\n" for text in ("Es ging um 450 Dollar.", "Alles war 2017 gut.", "Niemand kam.")]
    made = checked(tmp_path, "".join(f"{text}\n" for text in SOURCE), "".join(lines), references=True)
    markdown, html = (Registry().make("renderer", form).render(made) for form in ("markdown", "html"))
    assert "compared line by line on 3 segments" in markdown
    assert "covered" not in markdown
    assert "Compared line by line" in html
    assert "of the reference is rendered" not in html
