"""Which finding stands where several speak of one place, and fingerprints that survive edits."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

import evalkit
from evalkit.compare.same_finding import fingerprint
from evalkit.plugins import Registry
from evalkit.records import Finding
from evalkit.records.findings import UNRANKED
from evalkit.run.one_per_place import one_per_place
from evalkit.run.rules import rules_of


def found(rule: str, start: int, end: int, text: str = "x") -> Finding:
    return Finding(rule, "names", "x", "minor", "1:1", "d", 1.0, "1", "candidate", start, end, text, "message")


REGISTRY = Registry()
RULES = rules_of(REGISTRY.make("detector", name) for name in REGISTRY.names("detector"))


def test_every_rule_of_our_own_has_a_rank_of_its_own() -> None:
    ranks = [rule.rank for rule in RULES.values()]
    assert len(set(ranks)) == len(ranks)
    assert max(ranks) < UNRANKED


def test_one_finding_wins_a_span_and_form_is_silent_inside_a_name() -> None:
    listed = [
        found("name-variant", 10, 18),
        found("name-case", 10, 18),
        found("casing", 10, 14),
        found("casing", 30, 34),
        found("repetition", 12, 40),
    ]
    assert [(f.rule, f.start) for f in one_per_place(listed, RULES, ["1"])] == [
        ("name-variant", 10),
        ("repetition", 12),
        ("casing", 30),
    ]


def test_a_sentence_without_its_last_mark_is_the_sentence() -> None:
    sentence = "The meeting was closed at noon."
    both = [found("source-copied", 0, 31, sentence), found("untranslated", 0, 30, sentence[:-1])]
    assert [f.rule for f in one_per_place(both, RULES, ["1"])] == ["untranslated"]
    marks = [found("punctuation-final", 0, 7, "closed."), found("untranslated", 0, 6, "closed")]
    assert len(one_per_place(marks, RULES, ["1"])) == 2


def test_a_hint_yields_to_what_weighs() -> None:
    hint = replace(found("name-wrong", 0, 6), severity="neutral")
    assert [f.rule for f in one_per_place([hint, found("untranslated", 0, 6)], RULES, ["1"])] == ["untranslated"]


def test_findings_stand_in_the_order_of_their_units_on_whichever_side(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("The price is 250 euro.\nHe has 12 cats.\nAll 99 dogs.\n", encoding="utf-8")
    (tmp_path / "t.txt").write_text("Der Preis beträgt Euro.\nEr hat 13 Katzen .\nAlle Hunde.\n", encoding="utf-8")
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", source_lang="en", lang="de")
    (system,) = result.systems
    assert [(f.side, f.line, f.rule) for f in system.findings] == [
        ("source", 1, "number-missing"),
        ("candidate", 2, "number-mismatch"),
        ("candidate", 2, "whitespace"),
        ("source", 3, "number-missing"),
    ]


def test_a_clause_left_out_that_is_a_name_is_told_as_the_name(tmp_path: Path) -> None:
    lines = [f"The {word} office of the department is closed on line {number}." for number, word in enumerate(WORDS)]
    said = "the Carvian Department of Defence office is tracking this debris."
    for name, first in (("mine", f"At {said}"), ("theirs", f"The Northern Orbital Survey Command of {said}")):
        (tmp_path / f"{name}.txt").write_text("\n".join([first, *lines]) + "\n", encoding="utf-8")
    (system,) = evalkit.check(tmp_path / "mine.txt", tmp_path / "theirs.txt", align="lines", lang="en").systems
    assert [(f.rule, f.text, f.severity) for f in system.findings] == [
        ("name-missing", "Northern Orbital Survey Command", "neutral")
    ]


WORDS = ["old", "new", "red", "low", "far", "near", "tall", "wide", "thin", "blue"] * 10


def test_fingerprints_survive_added_text_and_changed_line_ends() -> None:
    text = "They met in Uzbekstan on Monday.\nMore text."
    start = text.index("Uzbekstan")
    before = fingerprint(found("name-mistransliterated", start, start + 9, "Uzbekstan"), text)
    changed = "A new paragraph.\r\n\r\n" + text.replace("\n", "\r\n").replace(" on", "\r\non")
    start = changed.index("Uzbekstan")
    assert fingerprint(found("name-mistransliterated", start, start + 9, "Uzbekstan"), changed) == before
    assert fingerprint(found("name-case", start, start + 9, "Uzbekstan"), changed) != before
