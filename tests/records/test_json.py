"""Results and JSON: strict, lossless, one record a line; the roll-up of findings."""

from __future__ import annotations

import json

import jsonschema
import pytest
from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records import Finding
from evalkit.records.json import dumps, json_schema, loads, seen
from evalkit.records.lazy import Deferred
from evalkit.records.quality import expected_errors, quality
from evalkit.records.result import PassageRecord, UnitRecord
from tests.results import empty_result, hostile_result, large_result, small_result


@pytest.mark.parametrize("make", [small_result, empty_result, hostile_result, lambda: large_result(2, 50, 10)])
def test_results_survive_json_and_validate(make: object) -> None:
    result = make()
    text = dumps(result)
    assert loads(text) == result
    assert dumps(loads(text)) == text
    jsonschema.validate(json.loads(text), json_schema())


def test_what_is_no_number_is_refused() -> None:
    result = small_result()
    score = replace(result.systems[0].scores[0], value=float("nan"))
    bad = replace(result, systems=(replace(result.systems[0], scores=(score,)),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(bad)


@pytest.mark.parametrize("part", ["confidence", "scores", "rows"])
def test_what_is_no_number_in_a_unit_is_refused(part: str) -> None:
    result = small_result()
    (system, *_) = result.systems
    bad = {"confidence": float("inf"), "scores": {"bleu": float("nan")}, "rows": {"bleu": (1.0, float("-inf"))}}[part]
    units = (*system.units[:1], replace(system.units[1], **{part: bad}))
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(replace(result, systems=(replace(system, units=units),)))


def test_numbers_too_large_to_be_summed_are_written() -> None:
    result = small_result()
    (system, *_) = result.systems
    units = (replace(system.units[0], rows={"bleu": (1.5e308, 1.5e308)}),)
    large = replace(result, systems=(replace(system, units=units),))
    assert loads(dumps(large)).systems[0].units == units


@pytest.mark.parametrize("text", ['}, {"": 0}, {', '{"', '\\"', "", ', {"": 0}, ', "\n"])
def test_no_text_looks_like_what_parts_two_records(text: str) -> None:
    result = small_result()
    (system, *_) = result.systems
    passage = PassageRecord((text, text), 0, 1, text)
    one = replace(system.units[0], candidate=passage, scores={text: 1.0}, rows={text: (1.0,)})
    units = tuple(replace(one, id=f"u{number}") for number in range(3))
    written = dumps(replace(result, systems=(replace(system, units=units),)))
    lines = [line for line in written.split("\n") if line.startswith('{"id": "u')]
    assert [json.loads(line.rstrip(","))["candidate"]["text"] for line in lines] == [text] * 3


def test_what_was_seen_and_not_changed_is_written_without_being_made_anew() -> None:
    made = []

    def make() -> tuple[UnitRecord, ...]:
        made.append(1)
        return tuple(units)

    result = small_result()
    units = result.systems[0].units
    first, *others = result.systems
    lazy = replace(result, systems=(replace(first, units=Deferred(len(units), make)), *others))
    again = seen(lazy)
    assert made == []
    assert dumps(again) == dumps(result)
    assert made == [1]
    assert again == result


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "missing required field"),
        ("not json", "malformed"),
        ('{"schema": "evalkit/result/9"}', "Invalid enum value"),
        (dumps(empty_result()).replace('"systems": []', '"systems": [{}]'), r"\$\.systems"),
    ],
)
def test_what_is_no_result_says_where(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        loads(text, "r.json")


def test_a_unit_stands_on_a_line_of_its_own() -> None:
    lines = dumps(small_result()).splitlines()
    units = sum(len(system.units) for system in small_result().systems)
    assert sum(line.startswith('{"id"') and '"link"' in line for line in lines) == units


def test_the_roll_up_is_the_documented_formula() -> None:
    def found(severity: str, category: str) -> Finding:
        return Finding("r", category, "m", severity, "u", "d", 1.0, "1", "candidate", 0, 1, "x", "m")

    rolled = quality([found("critical", "names"), found("major", "names"), found("minor", "numbers")], 200)
    assert rolled.penalty == 31
    assert rolled.penalty_per_1000_words == 155.0
    assert rolled.raw_score == 100 - 100 * 31 / 200
    assert rolled.counts == {"neutral": 0, "minor": 1, "major": 1, "critical": 1}
    assert rolled.by_category["names"] == {"neutral": 0, "minor": 0, "major": 1, "critical": 1}
    assert quality([], 0).raw_score == 100.0


def test_expected_errors_are_the_sum_of_what_is_believed() -> None:
    def found(severity: str, confidence: float, category: str = "names", **more: object) -> Finding:
        return Finding("r", category, "m", severity, "u", "d", confidence, "1", "candidate", 0, 1, "x", "m", **more)

    assert expected_errors(found("major", 0.8)) == 0.8
    assert expected_errors(found("minor", 1.0, "conventions")) == 1.0
    assert expected_errors(found("neutral", 0.3)) == 0.3
    assert expected_errors(found("neutral", 1.0)) == 0.5  # a hint that was not measured
    assert expected_errors(found("neutral", 1.0, "conventions")) == 0.0  # a careless document was told once
    assert expected_errors(found("minor", 0.6, verdict="right")) == 1.0
    rolled = quality([found("major", 0.8), found("neutral", 0.3), found("minor", 0.9, outvoted=True)], 200)
    assert rolled.expected_errors == pytest.approx(1.1)
    assert rolled.expected_errors_per_1000_words == pytest.approx(5.5)
    assert quality([], 0).expected_errors_per_1000_words == 0.0
