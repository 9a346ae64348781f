"""What the reports of a run need is made once for all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.records.lazy import Deferred
from evalkit.records.result import Result
from evalkit.renderers.charts import drawings
from tests.results import small_result


def test_charts_and_disagreements_are_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given, made = small_result(), Counter[str]()

    def counted(name: str, what: object) -> object:
        made[name] += 1
        return what

    for name, make in list(drawings._CHARTS.items()):
        monkeypatch.setitem(drawings._CHARTS, name, lambda of, n=name, m=make: counted(n, m(of)))
    late = Deferred(len(given.disagreements), lambda: counted("disagreements", given.disagreements))
    evalkit.write_reports(replace(given, disagreements=late), tmp_path / "once")
    assert set(made.values()) == {1}, made
    assert "disagreements" in made
    monkeypatch.undo()
    evalkit.write_reports(given, tmp_path / "plain")
    names = sorted(path.name for path in (tmp_path / "plain").rglob("*.*"))
    assert "report.html" in names
    for name in ("result.json", "report.md", "report.html"):
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


def test_charts_are_those_of_the_result_asked_for() -> None:
    """Also where another stood at the same place in memory before."""

    def renamed(number: int) -> Result:
        given = small_result()
        return replace(given, systems=tuple(replace(s, name=f"{s.name} {number}") for s in given.systems))

    drawn = {str(drawings.figures(renamed(number))) for number in range(3)}
    assert len(drawn) == 3
