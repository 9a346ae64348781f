"""The source beside the candidate where there is no reference."""

from __future__ import annotations

from pathlib import Path

import evalkit


def test_the_sentences_beside_one_line_of_the_source_are_one_unit(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("It has 45 rooms and was built in 1987.\nIt is old.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Es hat 45 Zimmer. Man baute es 1978.\nEs ist alt.\n", encoding="utf-8")
    system = evalkit.check(tmp_path / "c.txt", source=tmp_path / "s.txt", lang="de", source_lang="en").systems[0]
    assert [unit.candidate.text for unit in system.units if unit.candidate] == [
        "Es hat 45 Zimmer. Man baute es 1978.", "Es ist alt.",
    ]  # fmt: skip
    (said,) = [f for f in system.findings if f.rule.startswith("number")]
    assert (said.rule, said.text, said.line, said.column) == ("number-mismatch", "1978", 1, 32)


def test_a_sentence_over_a_line_end_stays_in_the_lines_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Why give up?\nHe said it in 1987.\n\nIt is 20.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("« Pourquoi céder ? »,\ndit-il en 1978.\n\nIl a 20 ans.\n", encoding="utf-8")
    system = evalkit.check(tmp_path / "c.txt", source=tmp_path / "s.txt", lang="fr", source_lang="en").systems[0]
    sides = [(unit.id, unit.candidate, unit.source) for unit in system.units]
    assert [(name, one.text, other.text) for name, one, other in sides if one and other] == [
        ("1:1", "« Pourquoi céder ? »,", "Why give up?"),
        ("1:2", "dit-il en 1978.", "He said it in 1987."),
        ("1:3", "Il a 20 ans.", "It is 20."),
    ]  # fmt: skip
    (said,) = [f for f in system.findings if f.rule.startswith("number")]
    assert (said.unit, said.text, said.line, said.column) == ("1:2", "1978", 2, 11)


def test_a_source_with_as_many_lines_as_reference_and_translation_pairs_them_by_line(tmp_path: Path) -> None:
    sides = {
        "s": "It is old. It has 45 rooms.\nWe left at 7.\n",
        "r": "Es ist alt. Es hat 45 Zimmer.\nWir gingen um 7.\n",
        "c": "Alt ist es. Es hat 54 Zimmer.\nUm 7 gingen wir.\n",
    }
    for name, text in sides.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = tmp_path / "c.txt", tmp_path / "r.txt"
    by_line = evalkit.check(*paths, source=tmp_path / "s.txt", lang="de", source_lang="en")
    assert [unit.source.text for unit in by_line.systems[0].units if unit.source] == sides["s"].splitlines()
    assert [(f.rule, f.text) for f in by_line.systems[0].findings] == [("number-mismatch", "54")]
    texts = evalkit.check(*paths, source=tmp_path / "s.txt", lang="de", source_lang="en", align="document")
    assert [unit.source.text for unit in texts.systems[0].units if unit.source] == ["We left at 7."]
    assert any("2 of 3 units are a part of a line of the source" in note.message for note in texts.failures)
