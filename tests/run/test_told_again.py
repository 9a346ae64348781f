"""A name spelt one way throughout is told once, and its other places are hints."""

from __future__ import annotations

from pathlib import Path

import evalkit

REFERENCE = [
    "The director Katharina Oberholzer opened the new harbour on Monday.",
    "Ships of the company wait there for passengers from Rorschach.",
    "On Tuesday Oberholzer will speak to the council about the winter.",
    "The council thanked Oberholzer for her long work.",
]
CANDIDATE = [
    "The director Katharina Oberholtzer opened the new harbour on Monday.",
    "Ships of the company wait there for passengers from Rorschach.",
    "On Tuesday Oberholtzer will speak to the council about the winter.",
    "The council thanked Oberholtzer for her long work.",
]


def test_the_first_place_keeps_its_weight_and_the_others_refer_to_it() -> None:
    found = evalkit.check(evalkit.Lines(CANDIDATE), evalkit.Lines(REFERENCE)).systems[0].findings
    assert [(f.text, f.severity) for f in found] == [
        ("Katharina Oberholtzer", "minor"), ("Oberholtzer", "neutral"), ("Oberholtzer", "neutral"),
    ]  # fmt: skip
    assert [f.message.endswith("see its first place above") for f in found] == [False, True, True]


def test_two_misspellings_of_a_name_are_two() -> None:
    lines = [*CANDIDATE[:2], CANDIDATE[2].replace("holtzer", "holser"), CANDIDATE[3]]
    found = evalkit.check(evalkit.Lines(lines), evalkit.Lines(REFERENCE)).systems[0].findings
    assert [f.severity for f in found] == ["minor", "minor", "neutral"]


def test_what_a_list_states_is_counted_at_each_place(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("names:\n  - name: Katharina Oberholzer\n", encoding="utf-8")
    found = evalkit.check(evalkit.Lines(CANDIDATE), names=[tmp_path / "names.yaml"]).systems[0].findings
    assert len(found) == 3
    assert {f.severity for f in found} == {"major"}
