"""Many dates are told to agree with one as each of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evalkit.language.numbers.dates import Day
from evalkit.language.numbers.days import Days

PART = st.none() | st.integers(1, 3)
DAY = st.builds(Day, PART, PART, PART)


@given(st.lists(DAY, max_size=6), DAY)
def test_days_agree_as_each_of_them(days: list[Day], day: Day) -> None:
    assert Days(days).agree(day) == any(day.agrees(other) for other in days)
