"""What every registered detector keeps, and every rule's example."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.records import Unit
from tests.detectors.units import REGISTRY, aligned, found

ASKS = {"judge", "xcomet"}  # a model: see tests/models
NAMES = [name for name in REGISTRY.names("detector") if name not in ASKS]
CLEAN = [
    "The council met in Bishkek on 10 November 2020 and heard 2,300 delegates.",
    "“We have not come here to talk,” said President Tokayev, “but to act.”",
    "After the meeting (the twentieth of its kind) the leaders signed three agreements.",
    "Nothing was said about the budget, which had grown by 4.5% to US$1.2 billion.",
]
DAMAGED = [
    "the council met in Bishkek on 31 November, 2020 and and heard 230 delegates",
    "We come here to talk 研究 , said president Tokayev ,, but to act.",
    "Ã©After the meeting the twentieth of its kind) the leaders. leaders signed agree\u200bments",
    "Something altogether different happened near the northern fishing harbour yesterday.",
]
# These need a moved link, or a file that gives a length: see test_moved.py, test_shape.py.
ELSEWHERE = {"moved", "max-length"}


def run(name: str, rows: list[tuple[str, list[str]]]):
    units, context = aligned(rows)
    return units, list(REGISTRY.make("detector", name).find(units, context))


def test_rule_ids_are_unique_and_complete() -> None:
    rules = [rule for name in NAMES for rule in REGISTRY.get("detector", name).rules]
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.summary and rule.mqm and rule.example for rule in rules)
    assert all(bool(rule.needs) == bool(rule.against) for rule in rules)


@pytest.mark.parametrize("name", NAMES)
def test_silent_on_a_perfect_copy(name: str) -> None:
    _, findings = run(name, [(text, [text]) for text in CLEAN])
    assert findings == []


@pytest.mark.parametrize("name", NAMES)
def test_spans_lie_in_their_document_and_are_its_text(name: str) -> None:
    units, context = aligned([(bad, [good]) for bad, good in zip(DAMAGED, CLEAN, strict=True)])
    for item in REGISTRY.make("detector", name).find(units, context):
        documents = context.documents if item.side == "candidate" else context.references["r0"]
        assert documents[item.document].text[item.start : item.end] == item.text
        assert 0 <= item.start < item.end
        assert item.unit in {unit.id for unit in units}
        assert item.detector == name


@pytest.mark.parametrize("name", NAMES)
def test_same_findings_twice(name: str) -> None:
    rows = [(bad, [good]) for bad, good in zip(DAMAGED, CLEAN, strict=True)]
    assert run(name, rows)[1] == run(name, rows)[1]


@pytest.mark.parametrize("name", NAMES)
def test_without_references_only_rules_that_need_none(name: str) -> None:
    detector = REGISTRY.make("detector", name)
    free = {rule.id for rule in detector.rules if rule.needs != "reference"}
    units, context = aligned([(text, []) for text in DAMAGED])
    assert {item.rule for item in detector.find(units, context)} <= free


@pytest.mark.parametrize("name", NAMES)
def test_comparing_rules_are_silent_where_the_alignment_is_not_trusted(name: str) -> None:
    detector = REGISTRY.make("detector", name)
    free = {rule.id for rule in detector.rules if rule.needs != "reference"}
    rows = [(bad, [good]) for bad, good in zip(DAMAGED, CLEAN, strict=True)]
    units, context = aligned(rows, trusted=False)
    assert {item.rule for item in detector.find(units, context)} <= free


@pytest.mark.parametrize("name", NAMES)
def test_empty_input_and_empty_units(name: str) -> None:
    detector = REGISTRY.make("detector", name)
    units, context = aligned([("", ["A sentence that is not there."]), ("Words from nowhere.", [""])])
    half = [
        Unit("o", "d", "omitted", 1.0, None, units[0].references),
        Unit("e", "d", "added", 1.0, units[1].candidate, ()),
    ]
    assert list(detector.find([], context)) == []
    for item in detector.find([*units, *half], context):
        assert item.text


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, deadline=None)
@given(candidate=st.text(max_size=60), reference=st.text(max_size=60))
def test_any_text_is_taken(name: str, candidate: str, reference: str) -> None:
    for item in found(name, candidate, reference):
        passage = candidate if item.side == "candidate" else reference
        assert passage[item.start : item.end] == item.text


def examples() -> list[tuple[str, object]]:
    return [(n, rule) for n in NAMES for rule in REGISTRY.get("detector", n).rules if rule.needs in ("", "reference")]


@pytest.mark.parametrize(
    ("name", "rule"), [e for e in examples() if e[1].id not in ELSEWHERE], ids=lambda v: getattr(v, "id", v)
)
def test_the_example_of_every_rule_fires_at_its_span(name: str, rule) -> None:
    marked = re.search(r"\[(.+)\]", rule.example)
    assert marked is not None, "the example shows its span in [brackets]"
    candidate = rule.example[: marked.start()] + marked[1] + rule.example[marked.end() :]
    references = [rule.against] if rule.against else []
    hits = [f for f in found(name, candidate, *references) if f.rule == rule.id]
    assert hits
    if all(hit.side == "candidate" for hit in hits):
        assert (marked.start(), marked.start() + len(marked[1])) in {(h.start, h.end) for h in hits}
