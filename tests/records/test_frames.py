"""A result as data frames, flat numbers and a notebook's cell."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from msgspec.structs import replace

from evalkit.errors import MissingExtraError
from evalkit.records.frames import tables
from tests.results import empty_result, hostile_result, large_result, small_result

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("package", ["pyarrow", "pandas", "polars"])
def test_tables_hold_what_the_result_holds(package: str) -> None:
    method = "to_arrow" if package == "pyarrow" else f"to_{package}"
    pytest.importorskip(package, reason=f"NOT TESTED: {package} is not installed")
    result = small_result()
    tables: dict[str, Any] = getattr(result, method)()
    assert {name: len(table) for name, table in tables.items()} == {
        "units": sum(len(s.units) for s in result.systems),
        "documents": sum(len(s.documents) for s in result.systems),
        "scores": sum(len(s.scores) for s in result.systems),
        "findings": sum(len(s.findings) for s in result.systems),
    }
    first = result.systems[0].findings[0]
    found = tables["findings"]["rule"]
    assert (found.to_pylist() if package == "pyarrow" else list(found))[0] == first.rule
    assert all(len(table) == 0 for table in getattr(empty_result(), method)().values())


@pytest.mark.parametrize("name", ["words", "unit", "rule", "value", "link"])
def test_a_metric_called_like_a_column_has_one_of_its_own(name: str) -> None:
    """A plug-in may have any name; no number of its takes a column's place, or its type."""
    result = small_result()
    metric, facts = next(iter(result.metrics.items()))
    other = replace(
        result,
        metrics={name: facts},
        systems=tuple(
            replace(s, units=tuple(replace(u, scores={name: u.scores.get(metric, 0.0)}) for u in s.units))
            for s in result.systems
        ),
    )
    plain, made = tables(result), tables(other)
    for table in ("units", "documents"):
        for column in set(plain[table]) - set(result.metrics):
            assert made[table][column] == plain[table][column]
        assert f"metric.{name}" in made[table]
    pytest.importorskip("pyarrow", reason="NOT TESTED: pyarrow is not installed")
    assert str(other.to_arrow()["units"].schema.field(f"metric.{name}").type) == "double"


def test_an_empty_table_of_arrow_has_its_types() -> None:
    pytest.importorskip("pyarrow", reason="NOT TESTED: pyarrow is not installed")
    full, empty = small_result().to_arrow(), empty_result().to_arrow()
    shared = set(empty["findings"].schema.names)
    assert {f.name: f.type for f in empty["findings"].schema} == {
        f.name: f.type for f in full["findings"].schema if f.name in shared
    }


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"mt-evalkit\[pandas\]"):
        small_result().to_pandas()


def test_flat_numbers() -> None:
    result = small_result()
    flat = result.flat()
    system = next(s for s in result.systems if s.alignment.trusted and s.scores)
    score = system.scores[0]
    assert flat[f"{system.name}/{score.metric}/{score.scope}"] == score.value
    assert all(isinstance(value, float) for value in flat.values())


@pytest.mark.parametrize("made", [empty_result, small_result, hostile_result, large_result])
def test_a_notebooks_cell_is_small_and_safe(made: Any) -> None:
    html = made()._repr_html_()
    assert len(html.encode()) < 50_000
    assert "<script" not in html
    assert not set(html) & set("\x1b\u202e\x00")


def test_many_systems_make_no_large_cell() -> None:
    result = small_result()
    many = replace(result, systems=tuple(replace(result.systems[0], name=f"{k}" * 90) for k in range(3000)))
    assert len(many._repr_html_().encode()) < 50_000
    assert "... and 2900 more" in many._repr_html_()
