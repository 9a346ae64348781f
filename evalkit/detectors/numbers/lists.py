"""Lists of numbers without blanks, which look like one number with commas between its thousands."""

from __future__ import annotations

import re
from decimal import Decimal

from evalkit.detectors.numbers.held import Known
from evalkit.language.numbers.quantity import Quantity, number_key

_LIST = re.compile(r"\d{1,3}(?:,\d{3})+")
_FEWEST = 2  # one number is no list


def parts_of_list(quantity: Quantity, text: str, others: Known) -> list[Quantity]:
    """The members of `249,289,299` where the other side has at least two numbers and each of the members, and
    not the one large number; nothing where it is one number."""
    if quantity.kind != "number" or not _LIST.fullmatch(text) or others.matches(quantity):
        return []
    members = []
    for m in re.finditer(r"\d+", text):
        value = Decimal(m.group())
        place = quantity.start + m.start(), quantity.start + m.end()
        members.append(Quantity(*place, "number", frozenset({number_key(value)}), False, value))
    answered = all(map(others.matches, members))
    return members if answered and len({m.value for m in members}) >= _FEWEST else []
