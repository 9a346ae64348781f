"""The data of the page: every mark covers what was found, ranks are what they say, nothing can end the script."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from evalkit.records import Segment
from evalkit.records.result import Result
from evalkit.renderers.page.payload import payload, script_safe
from evalkit.renderers.page.read_first import disagreement, ranks
from evalkit.renderers.page.spans import Places
from evalkit.text.visible import visible
from tests.results import HOSTILE, METRICS, hostile_result, large_result, small_result

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


def utf16(text: str, start: int, end: int) -> str:
    """What a browser's slice(start, end) gives."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


@given(st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_a_mark_covers_what_was_found(texts: list[str], data: st.DataObject) -> None:
    """Law: the marks of a span, put together, are the visible form of the part of each segment inside the span."""
    segments, start = [], 0
    for number, text in enumerate(texts):
        segments.append(Segment(str(number), "d", start, start + len(text), text))
        start += len(text) + 1
    first = data.draw(st.integers(0, start - 1))
    last = data.draw(st.integers(first, start))
    whole = "\n".join(texts)
    marks = list(Places(segments).marks("d", first, last))
    shown = [utf16(visible(segments[n].text), a, b) for n, a, b in marks]
    parts = [whole[max(first, s.start) : min(last, s.end)] for s in segments]
    assert shown == [visible(part) for part in parts if part]


def test_another_document_has_no_marks() -> None:
    assert list(Places([Segment("1", "d", 0, 3, "abc")]).marks("other", 0, 3)) == []


@pytest.mark.parametrize("result", [small_result(), large_result(2, 30, 10)], ids=["document", "lines"])
def test_every_finding_is_there_with_its_place(result: Result) -> None:
    made = payload(result, {})
    for system, record in zip(made["systems"], result.systems, strict=True):
        assert len(system["findings"]) == len(record.findings)
        for entry, finding in zip(system["findings"], record.findings, strict=True):
            rule = made["rules"][entry[0]]
            assert (rule["rule"], made["severities"][entry[1]]) == (finding.rule, finding.severity)
            assert record.units[entry[2]].id == finding.unit
            ((segment, start, end),) = entry[3]
            assert made["texts"][system["segments"][segment]][start:end] == finding.text


def test_units_say_what_they_render() -> None:
    result = small_result()
    made = payload(result, {})
    for system, record in zip(made["systems"], result.systems, strict=True):
        for unit, entry in zip(record.units, system["units"], strict=True):
            mine = [made["texts"][system["segments"][n]] for n in entry[5]]
            theirs = [made["texts"][made["references"][0]["segments"][n]] for n in entry[6][0]]
            assert " ".join(mine) == (unit.candidate.text if unit.candidate else "")
            assert " ".join(theirs) == (unit.references[0].text if unit.references else "")


def test_a_system_that_is_not_trusted_shows_no_unit_score() -> None:
    result = small_result()
    scored = [replace(s, units=tuple(replace(u, scores={"bleu": 1.5}) for u in s.units)) for s in result.systems]
    made = payload(replace(result, systems=tuple(scored)), {})
    report, _, control = made["systems"]
    assert [bool(score) for score in report["scores"]] == [u[2] not in ("omitted", "added") for u in report["units"]]
    assert set(control["scores"]) == {None}


def test_no_data_can_end_its_element_or_steer_the_page() -> None:
    written = script_safe(payload(hostile_result(), {})).decode()
    assert not set(written) & set("<\u2028\u2029\u202e\u2066\x00\x7f\ufffe")
    read = json.loads(written)
    assert read["systems"][0]["segments"]
    assert visible(HOSTILE) in read["texts"]
    assert max(map(len, read["texts"])) > 100_000


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=12))
def test_a_rank_is_the_share_of_other_values_below(values: list[float]) -> None:
    for value, rank in zip(values, ranks(values), strict=True):
        below, equal = sum(v < value for v in values), sum(v == value for v in values)
        assert rank == pytest.approx((below + (equal - 1) / 2) / (len(values) - 1))


BOTH = {"bleu": METRICS["bleu"], "ter": METRICS["ter"]}


def test_disagreement_knows_which_way_is_better() -> None:
    agreed = [{"bleu": 10, "ter": 90}, {"bleu": 20, "ter": 50}, {"bleu": 30, "ter": 10}]
    assert disagreement(agreed, BOTH) == [0, 0, 0]
    torn = [{"bleu": 10, "ter": 10}, {"bleu": 20, "ter": 50}, {"bleu": 30, "ter": 90}]
    assert disagreement(torn, BOTH) == [100, 0, 100]


def test_disagreement_needs_two_metrics_with_a_direction() -> None:
    assert disagreement([{"bleu": 1}, {"bleu": 2}], {"bleu": METRICS["bleu"]}) == [None, None]
    assert disagreement([{"bleu": 1, "mine": 2}, {"bleu": 2, "mine": 1}], {"bleu": METRICS["bleu"]}) == [
        None,
        None,
    ]
    assert disagreement([], BOTH) == []


def test_places_are_found_without_going_back_to_the_segments() -> None:
    class Passing(tuple[Segment, ...]):
        __slots__ = ()

        def __getitem__(self, place: object) -> NoReturn:
            pytest.fail("of packed segments each look unpacks a thousand")

    texts = [f"word {number}" for number in range(20)]
    ends = list(accumulate(len(text) + 1 for text in texts))
    made = [Segment(f"d:{n}", "d", ends[n] - len(t) - 1, ends[n] - 1, t) for n, t in enumerate(texts)]
    places = Places(Passing(made[::-1]))
    assert list(places.marks("d", 2, 9)) == [(19, 2, 6), (18, 0, 2)]
    assert list(places.marks("d", made[19].start, made[19].end)) == [(0, 0, 7)]
    assert list(places.marks("d", 3, 3)) == list(places.marks("other", 0, 9)) == []
