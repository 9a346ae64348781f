"""What holds for every detector: findings at real places, of rules that are explained, and none in a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.plugins.protocols import Detector
from evalkit.records import SEVERITIES, Context, Finding, Rule, Unit
from evalkit.testing.units import BAD, GOOD, context_of, units_of


def check_detector(detector: Detector, *, clean: Sequence[str] = GOOD, lang: str = "en", examples: bool = True) -> None:
    """Spans are the text's, every rule says what it means, and a copy of the reference has no findings.

    `clean` are correct sentences of the language `lang`. The example of each rule sets it off at the span in
    [brackets], unless `examples` is false; rules that need a list are left out of that.
    """
    ids = [rule.id for rule in detector.rules]
    assert ids or not examples, "a detector without rules can report nothing"
    assert len(set(ids)) == len(ids), f"two rules have one id: {ids}"
    for rule in detector.rules:
        _check_rule(rule)
    assert list(detector.find([], context_of([]))) == [], "no units have no findings"
    copy = units_of(clean, [clean], clean)
    said = _findings(detector, copy, context_of(clean, [clean], lang=lang, source_lang=lang))
    assert not said, f"a perfect copy has findings: {[(f.rule, f.text) for f in said]}"
    for mine, theirs in ((BAD, [GOOD]), (BAD, []), ([None, "", *GOOD[2:]], [[*GOOD[:3], ""]])):
        units, context = units_of(mine, theirs), context_of(mine, theirs, lang=lang)
        found = _findings(detector, units, context)
        assert found == _findings(detector, units, context), "the same units have other findings the second time"
    for rule in detector.rules if examples else ():
        if rule.needs in ("", "reference", "source"):
            _check_example(detector, rule, lang)


def _check_rule(rule: Rule) -> None:
    for name in ("id", "category", "mqm", "summary", "example"):
        assert getattr(rule, name), f"the rule {rule.id!r} has no {name}"
    assert rule.severity in SEVERITIES, f"{rule.id!r}: severity {rule.severity!r} (known: {', '.join(SEVERITIES)})"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id), f"the rule id {rule.id!r} is not lower-case-with-hyphens"
    assert re.search(r"\[.+\]", rule.example), f"the example of {rule.id!r} shows no span in [brackets]"
    assert bool(rule.needs) == bool(rule.against), f"{rule.id!r}: `needs` and `against` go together"


def _findings(detector: Detector, units: Sequence[Unit], context: Context) -> list[Finding]:
    found = list(detector.find(units, context))
    known = {rule.id for rule in detector.rules}
    for item in found:
        assert item.rule in known, f"the rule {item.rule!r} is not among the detector's `rules`"
        assert item.detector == detector.name, f"a finding of {item.detector!r}; it is {detector.name!r} that found it"
        assert item.message, f"a finding of {item.rule!r} has no message"
        unit = next((unit for unit in units if unit.id == item.unit), None)
        assert unit is not None, f"{item.rule!r}: no unit {item.unit!r}"
        passages = {"candidate": (unit.candidate,), "source": (unit.source,), "reference": unit.references}[item.side]
        texts = {
            segment.text[item.start - segment.start : item.end - segment.start]
            for passage in passages
            for segment in (passage.segments if passage else ())
            if segment.start <= item.start < item.end <= segment.end
        }
        if texts:
            assert item.text in texts, f"{item.rule!r} at {item.start}: says {item.text!r} where the text has {texts}"
        else:  # over several segments, or a whole passage: still a place of a document
            sides = {"candidate": [context.documents], "reference": list(context.references.values())}.get(
                item.side, []
            )
            whole = [side[item.document].text[item.start : item.end] for side in sides]
            assert item.text in whole, f"{item.rule!r}: {item.start} to {item.end} is no place of the {item.side}"
    return found


def _check_example(detector: Detector, rule: Rule, lang: str) -> None:
    marked = re.search(r"\[(.+)\]", rule.example)
    assert marked is not None
    candidate = [rule.example.replace(marked[0], marked[1], 1)]
    references = [[rule.against]] if rule.needs == "reference" else []
    source = [rule.against] if rule.needs == "source" else []
    in_han = any("\u4e00" <= char <= "\u9fff" for text in source for char in text)
    hits: list[Finding] = []
    for source_lang in ("zh",) if in_han else ("", "de"):  # nobody states it, or it is German: how that writes numbers
        context = context_of(candidate, references, lang=lang, source_lang=source_lang)
        hits += [f for f in _findings(detector, units_of(candidate, references, source), context) if f.rule == rule.id]
        if hits:
            break
    assert hits, f"the example of {rule.id!r} does not set it off: {rule.example!r}"
    span = (marked.start(), marked.start() + len(marked[1]))
    mine = {(hit.start, hit.end) for hit in hits if hit.side == "candidate"}
    assert not mine or span in mine, f"the example of {rule.id!r} marks {span}, the findings are at {sorted(mine)}"
