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
