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
