"""Which finding stands where several speak of one place, and fingerprints that survive edits."""

from __future__ import annotations

from evalkit.compare.same_finding import fingerprint
from evalkit.plugins import Registry
from evalkit.records import Finding
from evalkit.run.detect import PRECEDENCE, _one_per_place


def found(rule: str, start: int, end: int, text: str = "x") -> Finding:
    return Finding(rule, "names", "x", "minor", "1:1", "d", 1.0, "1", "candidate", start, end, text, "message")


def test_every_rule_has_a_place_in_the_order() -> None:
    registry = Registry()
    rules = {rule.id for name in registry.names("detector") for rule in registry.get("detector", name).rules}
    assert rules <= set(PRECEDENCE)


def test_one_finding_wins_a_span_and_form_is_silent_inside_a_name() -> None:
    ranked = [
        found("name-variant", 10, 18),
        found("name-case", 10, 18),
        found("casing", 10, 14),
        found("casing", 30, 34),
        found("repetition", 12, 40),
    ]
    assert [(f.rule, f.start) for f in _one_per_place(ranked)] == [
        ("name-variant", 10),
        ("casing", 30),
        ("repetition", 12),
    ]


def test_fingerprints_survive_added_text_and_changed_line_ends() -> None:
    text = "They met in Uzbekstan on Monday.\nMore text."
    start = text.index("Uzbekstan")
    before = fingerprint(found("name-mistransliterated", start, start + 9, "Uzbekstan"), text)
    changed = "A new paragraph.\r\n\r\n" + text.replace("\n", "\r\n").replace(" on", "\r\non")
    start = changed.index("Uzbekstan")
    assert fingerprint(found("name-mistransliterated", start, start + 9, "Uzbekstan"), changed) == before
    assert fingerprint(found("name-case", start, start + 9, "Uzbekstan"), changed) != before
