"""What is written of many findings grows with their number, not with its square: counted in comparisons of names."""

from __future__ import annotations

import gc
import random
import weakref
from functools import cache

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.aligners.resegment.islands import stretches
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records.result import Result
from evalkit.renderers import google_mqm, pearmut, xlsx
from evalkit.serve import links
from evalkit.text.shared import shared
from tests.robust.test_growth import Named

LINE = "the council of the town opened a new bridge"
STEP = len(LINE) + 1


@cache
def checked() -> Result:
    return evalkit.check({"s": evalkit.Lines(["There are 5.", "x"])}, evalkit.Lines(["There are 6.", "x"]))


def result(number: int, documents: int, *, one_unit: bool = False) -> Result:
    """A finding in each of so many lines, which are a unit each or all together one; ids count how often they are
    compared."""
    base = checked()
    system, each = base.systems[0], number // documents
    unit, finding = system.units[0], system.findings[0]
    assert unit.candidate
    assert unit.references
    ids = [Named(f"d{n}") for n in range(documents)]
    keys = [Named(f"d{n // each}:{n % each + 1}") for n in range(number)]
    starts = [n % each * STEP for n in range(number)]
    segments = tuple(
        replace(system.segments[0], id=key, document=ids[n // each], start=at, end=at + len(LINE), text=LINE)
        for n, (key, at) in enumerate(zip(keys, starts, strict=True))
    )
    parts = [segments] if one_unit else [(segment,) for segment in segments]
    units = []
    for part in parts:
        told = {"segments": tuple(s.id for s in part), "text": "\n".join(s.text for s in part)}
        told |= {"start": part[0].start, "end": part[-1].end}
        sides = replace(unit.candidate, **told), (replace(unit.references[0], **told),)
        units.append(replace(unit, id=part[0].id, document=part[0].document, candidate=sides[0], references=sides[1]))
    findings = tuple(
        replace(
            finding, unit=units[0 if one_unit else n].id, document=segment.document, side="candidate", expected=(),
            start=segment.start + 4, end=segment.start + 11, text="council", other=None, id=f"f{n}", line=n + 1,
            rule=Named(finding.rule), fingerprint=f"{n:016x}", message=f"{n} is not there",
        )
        for n, segment in enumerate(segments)
    )  # fmt: skip
    held = tuple(replace(system.documents[0], id=name) for name in ids)
    system = replace(system, segments=segments, units=tuple(units), findings=findings, documents=held)
    return replace(base, systems=(system,), references=(replace(base.references[0], segments=segments),))


def compared(made: Result, name: str) -> int:
    Named.compared = 0
    Registry().make("renderer", name).render(made)
    return Named.compared


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["documents", "one unit"])
@pytest.mark.parametrize(
    "name", sorted({*Registry().names("renderer")} - {"parquet", "json"})
)  # these are encoded whole
def test_a_report_does_not_go_through_all_findings_for_each(name: str, shape: str) -> None:
    one = shape == "one unit"
    few, many = (compared(result(n, 1 if one else n // 5, one_unit=one), name) for n in (200, 400))
    assert many <= 2.5 * few + 400


def test_a_table_of_links_goes_through_each_side_once() -> None:
    steps = []
    for number in (50, 100):
        made = result(number, number)
        part = links.parts_of(made)[0]
        rows = links.rows_of(made, part)
        Named.compared = 0
        assert len(links.table(rows, made, part).splitlines()) == number + 1
        steps.append(Named.compared)
    assert steps[1] <= 2.5 * steps[0] + 100


@pytest.mark.slow
def test_a_sheet_looks_at_no_more_of_a_text_than_a_cell_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of any length stands in the row of each of its findings."""
    pytest.importorskip("xlsxwriter")
    real, lengths = xlsx.visible, [0]

    def counted(text: str) -> str:
        lengths.append(len(text))
        return real(text)

    monkeypatch.setattr(xlsx, "visible", counted)
    xlsx.XlsxRenderer().render(result(1000, 1, one_unit=True))
    assert max(lengths) < 33_000 < 1000 * STEP


@pytest.mark.parametrize("sign", ["\u200b", "##[", "😀"])
@pytest.mark.parametrize("before", range(31_975, 32_003))
def test_a_cell_that_is_cut_shows_what_it_would_show_of_the_whole(sign: str, before: int) -> None:
    text = "a" * before + sign + "b" * 100
    assert xlsx._text(text) == f"{xlsx.visible(text)[:32_000]} ..."


def test_the_places_of_a_campaign_are_counted_once_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = [], pearmut.pearmut_index
    monkeypatch.setattr(pearmut, "pearmut_index", lambda text: asked.append(text) or real(text))
    pearmut.PearmutRenderer().render(result(50, 1, one_unit=True))
    assert len(asked) == 1


def test_a_table_that_repeats_texts_is_refused_before_it_fills_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    made = result(50, 1, one_unit=True)
    monkeypatch.setattr(google_mqm, "_MOST", 100_000)
    with pytest.raises(ConfigError, match="--segment sentences"):
        google_mqm.GoogleMqmRenderer().render(made)
    monkeypatch.setattr(google_mqm, "_MOST", 400_000)
    assert len(google_mqm.GoogleMqmRenderer().render(made).splitlines()) == 51


class Found:
    """What somebody remembers of a text."""


def test_of_long_texts_as_many_are_remembered_as_their_length_allows() -> None:
    alive: weakref.WeakSet[Found] = weakref.WeakSet()

    def find(text: str) -> Found:
        found = Found()
        alive.add(found)
        return found

    known = shared(find)
    first = [known(f"{n}{'a' * 100_000}") for n in range(3)]
    assert [known(f"{n}{'a' * 100_000}") for n in range(3)] == first  # a unit's sides are asked in turn
    del first
    for n in range(30):
        known(f"{n}{'b' * 400_000}")
    gc.collect()
    assert len(alive) == 12  # of texts however long; four million characters are fewer of these


def test_a_text_cut_to_lines_is_held_against_them_in_tables_that_grow_with_it() -> None:
    """A word a line and none of them known to the other side: nothing but the bound parts the texts."""
    draw = random.Random(1)
    cells = []
    for number in (20_000, 40_000):
        sides = [[f"{side}{draw.random()}" for _ in range(number)] for side in "cr"]
        cells.append(sum((bottom - top) * (last - first) for top, bottom, first, last in stretches(*sides)))
    assert cells[1] <= 2.5 * cells[0]
