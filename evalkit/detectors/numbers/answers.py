"""Whether what one side says may be what the other says in another way: rounded, converted, written otherwise."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from evalkit.detectors.numbers.figures import DATE_PARTS, FIGURES, LOCAL, RUN, SPACED, Figures, Run, in_order
from evalkit.detectors.numbers.pairs import Placed, nearest, off_by_tens
from evalkit.language.numbers.conversion import converted, far_from
from evalkit.language.numbers.dates import Day
from evalkit.language.numbers.quantity import Key, Quantity, number_key
from evalkit.language.numbers.scan import plain_digits
from evalkit.language.numbers.units import MONEY
from evalkit.language.packs import values_of

_YEAR = len("2019")
_KNOWN = 16384  # dates: in a long passage each is held against many
_ROUND_FROM, _DIGITS = 100, 2  # what is larger is rounded (5.34 million, 5.3 million), to two digits and more
_APART = Decimal("1.1")  # times: so far apart no rounding brings two numbers
_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})  # names of units in the CLDR
ROUNDED_BY = Decimal("0.12")  # 320 km for 200 miles, 300 kg for 650 pounds
# By what a figure is multiplied when its unit is put into one that the other side writes and nobody reads.
RATIOS = {
    unit: tuple(map(Decimal, ratios.split())) for unit, ratios in values_of("languages", "units_converted").items()
}
IMPERIAL = frozenset(RATIOS) - _TIME
_CENTURIES = range(10, 22)
_GROUP = 3  # digits
_SCALE = 1_000_000  # from which a figure stands before a word for it: 1.2 million
_WHOLE = 100  # per cent


def answered(item: Placed, others: Sequence[Placed], figures: Figures) -> bool:
    """True where another side, by its quantities and its figures, may have what an item says."""
    q, others = item.quantity, nearest(item, others)
    run = tuple(RUN.findall(plain_digits(item.text)))
    if q.kind == "identifier":
        return any(q.matches(p.quantity) for p in others) or _dialled(run, figures)
    runs = (run, *_around(item)) if run else ()
    if len(run) == len(("day", "month")) and any(run in _days(p.quantity.days) for p in others if p.quantity.days):
        return True  # 4.03 beside March 4
    if _scaled_otherwise(item, others) or _in_another_month(q, others):
        return False
    if any(_written(one, q, figures) for one in runs):
        return True
    if q.unit == "%" and q.value and any(_is_share(q.value, p.quantity) for p in others):
        return True
    grouped = {Decimal("".join(one)) for one in runs if _is_grouped(one)}
    if grouped and any(other.quantity.value in grouped for other in others):
        return True
    if q.value is not None and q.value >= _ROUND_FROM and (format(q.value.normalize(), "f"),) in figures:
        return True
    centuries = _centuries(q)
    if centuries and not centuries.isdisjoint(
        (p.quantity.value or 0) // 100 + 1 for p in others if p.quantity.kind in ("decade", "number")
    ):
        return True
    return any(_may_be(q, other.quantity) for other in others)


def _dialled(run: Run, figures: Figures) -> bool:
    """True where the other side has the parts of a number of a telephone, in any order (from right to left), or it
    parted otherwise or behind another code: 020 7946, +44 20 7946."""
    number = "".join(run)
    if figures.parts.issuperset(run) or (number,) in figures:
        return True
    return len(number) > LOCAL and not figures.ends.get(number[-LOCAL:], frozenset()) <= {len(number)}


def _written(run: Run, q: Quantity, figures: Figures) -> bool:
    return (
        run in figures
        or (len(run) == DATE_PARTS and in_order(run) in figures)
        or (_is_grouped(run) and ("".join(run),) in figures)
        or (any(kind == "t" for kind, _ in q.keys) and _clocked(run, figures))
        or (q.kind == "date" and any(day in figures for day in _days(q.days)))
        or _listed(run, figures)
        or _short_year(run, figures)
    )


def _scaled_otherwise(item: Placed, others: Sequence[Placed]) -> bool:
    """True where the same figure stands before another scale: 1,2 млн, 1.2 billion; both were read with a word. Not
    where the number itself stands there too: 110亿 beside 11 billion and 110 billion."""
    q = item.quantity
    if q.value is None or q.value < _SCALE or any(q.value == p.quantity.value for p in others):
        return False
    mine = RUN.findall(plain_digits(item.text))
    alike = [
        p for p in others
        if mine and RUN.findall(plain_digits(p.text)) == mine and (p.quantity.value or 0) >= _SCALE
    ]  # fmt: skip
    spoken = all(any(char.isalpha() for char in p.text) and not _within_word(p) for p in (item, *alike))
    return bool(alike) and spoken and all(off_by_tens(q.value, p.quantity.value) for p in alike)


def _within_word(item: Placed) -> bool:
    """True where only the beginning of a word was read: 2,8 milj of miljardus."""
    end = item.quantity.end
    return item.text[-1:].islower() and item.passage.text[end : end + 1].islower()


def _in_another_month(q: Quantity, others: Sequence[Placed]) -> bool:
    """True where the other side has the day of a date, or the year of a month, and only with another month: the figures
    alone are no answer."""
    for places in ((2, 1), (0, 1)):  # the day and the month, the year and the month
        mine = _parts(q.days, places)
        theirs = frozenset[tuple[int, int]]().union(*(_parts(p.quantity.days, places) for p in others if mine))
        if mine and mine.isdisjoint(theirs) and any(a[0] == b[0] for a in mine for b in theirs):
            return True
    return False


@lru_cache(maxsize=_KNOWN)
def _parts(days: tuple[Day, ...], places: tuple[int, int]) -> frozenset[tuple[int, int]]:
    """Two parts of each reading of a date; none where one is open, and of the year and the month where the day is told
    too."""
    told = [(day[places[0]], day[places[1]]) for day in days if places[0] or day.day is None]
    return frozenset((one, month) for one, month in told if one is not None and month is not None)


def _is_share(percent: Decimal, other: Quantity) -> bool:
    """True for 20 % beside a fifth."""
    return other.value is not None and not other.unit and other.value * _WHOLE == percent


def _is_grouped(run: Run) -> bool:
    """True for the parts of a number in groups of three digits, whatever stands between them."""
    return len(run) > 1 and all(len(part) == _GROUP for part in run[1:]) and len(run[0]) <= _GROUP


@lru_cache(maxsize=_KNOWN)
def _days(days: tuple[Day, ...]) -> frozenset[Run]:
    """How the days of a date are written in figures: 12.6, 12.06, 6/12."""
    told = [(day.day, day.month) for day in days if day.day is not None and day.month is not None]
    both = [*told, *((month, day) for day, month in told)]
    pairs = [[(str(a), str(b)), (str(a), f"{b:02}"), (f"{a:02}", f"{b:02}")] for a, b in both]
    return frozenset(run for written in pairs for run in written)


def _around(item: Placed) -> Iterator[Run]:
    """The figure that a number is a part of where it has blanks (167, 000) or is a date that nobody reads."""
    for starts, places in _figures_in(item.passage.text):
        at = bisect_right(starts, item.quantity.start) - 1
        if at >= 0 and item.quantity.end <= places[at][0]:
            yield places[at][1]


@lru_cache(maxsize=8)
def _figures_in(text: str) -> tuple[tuple[list[int], list[tuple[int, Run]]], ...]:
    """Figures with blanks, and of three parts: where each begins, and its end and its runs of digits."""
    plain = plain_digits(text)
    found = []
    for pattern in (SPACED, FIGURES[1]):
        read = [(m.start(), m.end(), tuple(RUN.findall(m.group()))) for m in pattern.finditer(plain)]
        kept = [item for item in read if pattern is SPACED or len(item[2]) == DATE_PARTS]
        found.append(([start for start, _, _ in kept], [(end, run) for _, end, run in kept]))
    return tuple(found)


def _centuries(q: Quantity) -> set[int | Decimal]:
    """The 19th century of the eighties of 19 世纪, for 1880s."""
    return {q.value} if q.kind == "number" and q.value is not None and q.value in _CENTURIES and not q.unit else set()


class Keys:
    """What the quantities of a side can be matched by, all together; whether there is a date."""

    def __init__(self, side: Sequence[Placed]) -> None:
        self.every: frozenset[Key] = frozenset(key for p in side for key in p.quantity.keys)
        self.dated = any(p.quantity.days for p in side)


def day_lost(q: Quantity, others: Keys, figures: Figures) -> bool:
    """True where the other side has the month or year of a date, and nowhere its day."""
    days = {day.day for day in q.days}
    if not days or None in days or not others.dated:
        return False
    keys = {number_key(Decimal(day)) for day in days if day is not None}
    return days.isdisjoint(figures.numbers) and keys.isdisjoint(others.every)


def _may_be(p: Quantity, q: Quantity) -> bool:
    """True where both can mean the same; two dates of one year need not."""
    if p.days and q.days:
        return p.matches(q)
    return not p.keys.isdisjoint(q.keys) or _rounded(p, q) or converted(p, q)


def _clocked(run: Run, figures: Figures) -> bool:
    """True where the parts of a time stand one by one (3 minutes 35), or its hour without them (half past five)."""
    if (len(run), run[0]) in figures.beginnings:
        return False  # another minute of the hour
    return all((part,) in figures for part in run)


def _listed(run: Run, figures: frozenset[Run]) -> bool:
    """True for a day and a year that a comma ties: 19,1953."""
    return len(run) > 1 and len(run[-1]) > len("999") and all((part,) in figures for part in run)


def _short_year(run: Run, figures: frozenset[Run]) -> bool:
    """True for 2019 beside the summer collection SS19, and for the end of 1950-53 beside 1953."""
    if len(run) != 1:
        return False
    if len(run[0]) == _YEAR:
        return (run[0][2:],) in figures
    centuries = ("18", "19", "20")
    return len(run[0]) == _YEAR - 2 and any((century + run[0],) in figures for century in centuries)


def _rounded(p: Quantity, q: Quantity) -> bool:
    """True where one value is the other rounded."""
    if not p.value or not q.value or p.days or q.days:
        return False
    low, high = (p.value, q.value) if p.value < q.value else (q.value, p.value)
    if low > 0 and high > low * _APART:  # as most pairs are: rounding to two digits takes a twentieth at most
        return high == (low - 1) * 100 and low in _CENTURIES  # the 19th century, 1800-luku
    if max(abs(low), abs(high)) < _ROUND_FROM:
        return False
    short, long = sorted((p.value, q.value), key=lambda v: len(v.normalize().as_tuple().digits))
    digits = len(short.normalize().as_tuple().digits)
    exact = len(long.normalize().as_tuple().digits)
    step = Decimal(1).scaleb(short.adjusted() - digits + 1)
    return _DIGITS <= digits < exact and abs(p.value - q.value) <= step / 2


def in_other_unit(a: Placed, b: Placed, *, named: bool) -> bool:
    """True where the two may say one measure in two units (60 days, two months), or one tells an hour alone.

    A measure that is not of the metric system is compared where the candidate has the same one (`named`) alone: what a
    translator makes of it, rounded or by his own reckoning, is no question of numbers.
    """
    p, q = a.quantity, b.quantity
    if "time" in {p.kind, q.kind} != {"time"}:
        return True
    if p.unit != q.unit and {p.unit, q.unit} <= MONEY:
        return True  # what it is in the readers' money
    if not p.value or not q.value or not (_counts(p) or _counts(q)) or p.unit == q.unit:
        return False
    if p.unit and q.unit:
        return _counts(p) and _counts(q) and not far_from(p, q)  # two measures, whatever they are
    if (p.unit or q.unit) in IMPERIAL - MONEY and not named:
        return True
    if off_by_tens(p.value, q.value):
        return True  # 198 cm, 1,98 m: signs of one letter are not read
    share = p.value / q.value if q.unit else q.value / p.value
    return any(abs(share / ratio - 1) <= ROUNDED_BY for ratio in RATIOS.get(p.unit or q.unit, ()))


def _counts(q: Quantity) -> bool:
    return q.unit in RATIOS or (bool(q.unit) and q.unit != "%" and q.unit not in MONEY)  # a pound is both
