"""Which quantities of a side may be told when the other side lacks them."""

from __future__ import annotations

from evalkit.detectors.numbers.pairs import Placed

_CENTURY = 100  # a decade below has no century: in his thirties


def tells(item: Placed) -> bool:
    """True for what is worth a finding of its own."""
    q = item.quantity
    if q.kind == "weekday":
        return True
    if q.kind == "identifier":
        return any(kind == "g" for kind, _ in q.keys)  # of a telephone, a book, a section
    if q.kind == "date":
        return bool(q.keys)  # a month alone is read in few languages
    if q.kind == "decade" and (q.value or 0) < _CENTURY:
        return any(map(str.isdigit, item.text))  # not in his thirties, in the upper eighties
    return not q.weak and q.kind in ("number", "time", "decade") and q.value != 0


def months_of(side: list[Placed]) -> dict[int, Placed]:
    """The months of a side's dates, each where it stands last."""
    return {day.month: p for p in side if p.quantity.kind == "date" for day in p.quantity.days if day.month}
