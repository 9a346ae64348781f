"""What a careless text does throughout is told once of each kind; the rest are hints."""

from __future__ import annotations

from pathlib import Path

import evalkit
from evalkit.records import Finding


def checked(folder: Path, lines: list[str], lang: str = "zu") -> list[Finding]:
    (folder / "text.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(evalkit.check(folder / "text.txt", lang=lang, align="lines").systems[0].findings)


def test_a_habit_is_told_once(tmp_path: Path) -> None:
    found = checked(tmp_path, [f"Uthe , ufika ngo {n} namhlanje." for n in range(12)])
    assert [f.severity for f in found] == ["minor", *["neutral"] * 11]
    assert "more such places" in found[0].message


def test_slips_of_different_kinds_make_a_text_careless_together(tmp_path: Path) -> None:
    lines = ["Uthe , ufika.", "Uthe) ufika.", "Uthe , uhamba.", "Uthe) ufika kusasa.", "Uthe,, ufika.", "Ufika."]
    found = checked(tmp_path, lines)
    assert [(f.rule, f.severity) for f in found] == [
        ("whitespace", "minor"), ("punctuation-unpaired", "minor"), ("whitespace", "neutral"),
        ("punctuation-unpaired", "neutral"), ("punctuation-doubled", "minor"),
    ]  # fmt: skip


def test_a_few_slips_in_a_long_text_are_told_each(tmp_path: Path) -> None:
    slips = [f"Uthe , ufika ngo {n}." for n in range(5)]
    found = checked(tmp_path, slips + [f"Ufika ngo {n} namhlanje." for n in range(160)])
    assert [f.severity for f in found] == ["minor"] * 5


def test_broken_encoding_is_grave_each_time(tmp_path: Path) -> None:
    found = checked(tmp_path, [f"The cafÃ© opens at {n}." for n in range(2, 12)], "en")
    assert {f.severity for f in found} == {"major"}


def test_of_very_many_slips_the_first_are_listed_and_the_number_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("(\n" * 1200)
    found = evalkit.check(tmp_path / "a.txt").systems[0].findings
    assert len(found) == 1000
    assert "1,199 more such places, of which 999 are listed" in found[0].message
    (tmp_path / "b.txt").write_text("Der Rat tagte " + "{0} " * 1200 + "\n")
    (tmp_path / "s.txt").write_text("The council met.\n")
    told = evalkit.check(tmp_path / "b.txt", source=tmp_path / "s.txt", source_lang="en", lang="de", align="lines")
    items = [f for f in told.systems[0].findings if f.rule == "placeholder"]
    assert len(items) == 1000
    assert items[-1].message.endswith("200 more of this segment are not listed")
