"""Of thousands of numbers in one unit each is asked about, and none is held against all others."""

from __future__ import annotations

import cProfile
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import evalkit
from evalkit.detectors import _verbatim
from evalkit.detectors.numbers import pairs
from evalkit.detectors.numbers.figures import figures_of
from evalkit.detectors.numbers.held import Held, Known
from evalkit.detectors.numbers.moments import is_minute
from evalkit.detectors.numbers.pairs import off_by_tens
from evalkit.language.numbers.conversion import Measures, converted
from evalkit.language.numbers.quantity import Quantity
from evalkit.language.numbers.scan import scan

UNITS = ("km", "miles", "pounds", "kg", "°C", "°F", "dollars", "euros", "")


def quantities(number: int, seed: int) -> list[Quantity]:
    draw = random.Random(seed)
    kinds: tuple[Callable[[], str], ...] = (
        lambda: f"{draw.randint(1, 60)} {draw.choice(UNITS)},",
        lambda: f"{draw.randint(2010, 2013)}-{draw.randint(10, 12)}-{draw.randint(10, 14)},",
        lambda: f"{draw.randint(1, 9)} {draw.choice(('May', 'June'))} {draw.choice(('', '2012'))},",
        lambda: f"version {draw.randint(1, 3)}.{draw.randint(1, 9)}0,",
        lambda: f"{draw.randint(1, 12)}:{draw.randint(10, 59)},",
    )
    return scan(" ".join(draw.choice(kinds)() for _ in range(number)), "en")


def test_what_is_known_of_many_answers_as_one_after_another() -> None:
    many, asked = quantities(60, 1), quantities(150, 2)
    few = many[:3]
    assert {q.kind for q in asked} >= {"number", "date", "time"}
    for held in (many, few, []):
        known, measures = Known(held), Measures(held)
        said = [any(q.matches(other) for other in held) for q in asked]
        assert [known.matches(q) for q in asked] == said
        in_other_units = [any(converted(q, other) for other in held) for q in asked]
        assert [measures.have(q) for q in asked] == in_other_units
        assert [Held(held).matches(q) for q in asked] == [a or b for a, b in zip(said, in_other_units, strict=True)]


@pytest.mark.parametrize("below", [0, -1])
def test_measures_at_nought_and_below_are_found_too(below: int) -> None:
    held = [Quantity(0, 1, "number", frozenset(), value=Decimal(n), unit="celsius") for n in (below, 30)]
    asked = [Quantity(0, 1, "number", frozenset(), value=Decimal(n), unit="fahrenheit") for n in (30, 32, 50, 86)]
    assert [Measures(held).have(q) for q in asked] == [any(converted(q, o) for o in held) for q in asked]


def test_tens_are_told_by_the_digits() -> None:
    values = [Decimal(n) for n in ("0", "-10", "1", "10", "12", "120", "1.20", "0.012", "1001", "1E30")]
    for a in values:
        for b in values:
            tens = bool(a and b and a != b) and (a / b).normalize().as_tuple().digits == (1,)
            assert off_by_tens(a, b) is tens


def test_the_hours_of_figures_are_known_once() -> None:
    figures = figures_of("15:30 and 46, 1999")
    assert figures.hours == {15 % 12, 30 % 12, 46 % 12}  # 1999 is no hour
    time, minute = scan("10:46", "en")[0], Quantity(0, 2, "number", frozenset(), value=Decimal(46))
    assert is_minute(minute, time, figures)
    assert figures.numbers == {15, 30, 46, 1999}


def steps(folder: Path, text: Callable[[int], str], number: int, *, source: bool) -> int:
    """Calls of the detector for a line of so many pieces."""
    paths = [folder / f"{name}{number}.txt" for name in "ab"]
    for nth, path in enumerate(paths):
        path.write_text(" ".join(text(n + nth * number) for n in range(number)) + "\n", encoding="utf-8")
    profile = cProfile.Profile()

    def checked() -> None:
        kind = {"source": paths[1], "source_lang": "de"} if source else {}
        evalkit.check(paths[0], () if source else paths[1], lang="en", detectors=["numbers"], align="lines", **kind)

    profile.runcall(checked)
    return sum(entry.callcount for entry in profile.getstats())


# Of each kind what once was asked of all others of its unit: dates of one year, measures of one kind, one number in
# many units, thousands with a comma, hours.
KINDS: dict[str, Callable[[int], str]] = {
    "years": lambda n: f"2013-{10 + n % 3}-{10 + n % 19},",
    "measures": lambda n: f"{1 + n % 97} {('km', 'kg')[n // 1000 % 2]},",
    "thousands": lambda n: f"{1000 + 7 * n:,};",
    "hours": lambda n: f"{1 + n % 23}:{10 + n % 50},",
    "days": lambda n: f"{('Monday', 'Tuesday', 'Friday')[n % 3]},",
}


@pytest.mark.slow
@pytest.mark.parametrize("source", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_any_kind_cost_as_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, source: bool
) -> None:
    monkeypatch.setattr(pairs, "_MANY", 10)  # each is held against so many
    monkeypatch.setattr(_verbatim, "_LONGEST", 100)  # longer texts are not gone through for each
    made = KINDS[kind]
    steps(tmp_path, made, 30, source=source)  # what is loaded once
    first, second, third = (steps(tmp_path, made, n, source=source) for n in (100, 200, 400))
    # A step twice as long may cost a little more than twice.
    assert third - second <= 2.8 * max(second - first, second // 2) + 2000
