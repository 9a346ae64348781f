"""Weekdays and months of every pack say the day and month that the CLDR says, as they are and in a sentence."""

from __future__ import annotations

from importlib.resources import files

import pytest
from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from evalkit.language.numbers.dates import months
from evalkit.language.numbers.weekdays import weekdays


def _known() -> list[str]:
    """The languages of the packs and of the number words that the CLDR has."""
    found = set()
    for room in ("packs", "numbers.words"):
        names = (path.name.removesuffix(".toml") for path in files(f"evalkit.language.{room}").iterdir())
        found |= {name for name in names if name.isalpha() and len(name) <= 3}
    return sorted(name for name in found if _has(name))


def _has(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@pytest.mark.parametrize("lang", _known())
def test_days_and_months_are_those_of_the_cldr_or_none(lang: str) -> None:
    for number, name in get_day_names("wide", "format", lang).items():
        for said in (str(name), f"– {str(name).capitalize()}, 12"):
            assert {key for q in weekdays(said, lang) for key in q.keys} <= {("w", str(number))}, name
    for number, name in get_month_names("wide", "format", lang).items():
        for said in (str(name), f"– {str(name).capitalize()},"):
            found = {day.month for span in months(said, lang) for day in span.readings}
            assert found <= {number}, (name, found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("cümə axşamı günü", "3"),
        ("Cümə axşamına qədər", "3"),
        ("Çərşənbə axşamından", "1"),
        ("bazar ertəsi", "0"),
        ("cümə günü", "4"),
        ("cümə axşamları", None),  # a form that is not known is no Friday
    ],
)
def test_a_day_within_another_days_name(text: str, day: str | None) -> None:
    assert [q.keys for q in weekdays(text, "az")] == ([frozenset({("w", day)})] if day else [])
