"""What an English source says in measures and times that translators reckon for their readers, in its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = {"ft": "foot", "'": "foot", "′": "foot", "in": "inch", "ins": "inch", "″": "inch", "lb": "pound",
          "lbs": "pound", "st": "stone", "oz": "ounce", "mph": "mile", "mpg": "gallon", "yd": "yard", "yds": "yard",
          "f": "fahrenheit", "°f": "fahrenheit", "degrees": "fahrenheit", "degree": "fahrenheit"}  # fmt: skip
_FEET = re.compile(r"\d+(?:['′]|-(?:foot|feet)-|\s?(?:ft|foot|feet),?\s)\d{1,2}(?:[\"″]|\s?in\b)?(?!\d)", re.IGNORECASE)
_STONE = re.compile(r"\d+\s?st(?:\s\d{1,2}\s?lbs?)?\b(?!\.)")
_SHORT = re.compile(
    r"\d(?:[\d.,]*\d)?(?:\s?(?:[-–]|to|by|x)\s?\d[\d.,]*)?[\s-]?"
    r"(?P<u>(?:sq(?:uare)?\s|cu(?:bic)?\s)?(?:ft|(?<=\d)ins?|lbs?|oz|mph|mpg|yds?|degrees?|[°º]?F)\b|″)"
    r"(?!\s?(?:C\b|Celsius|centigrade))"
)
_ORDINAL = re.compile(r"1st\b")
_ZONE = re.compile(
    r"\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?,?\s?\(?(?:[ECMP][SD]?T|GMT|UTC|BST|IST|CES?T|AE[SD]T|"
    r"Eastern|Pacific|Central|Mountain|local time)\b"
)


class Reckoned(NamedTuple):
    """A place of the source; its unit, empty for a time of a time zone."""

    start: int
    end: int
    unit: str


def reckoned(text: str, lang: str) -> Iterator[Reckoned]:
    """The places; none in a source of another language, whose words for measures are read by name."""
    if lang != "en" or not any(map(str.isdigit, text)):
        return
    for m in _ZONE.finditer(text):
        yield Reckoned(m.start(), m.end(), "")
    for m in _FEET.finditer(text):
        yield Reckoned(m.start(), m.end(), "foot")
    for m in _STONE.finditer(text):
        if not _ORDINAL.match(text, m.start()):
            yield Reckoned(m.start(), m.end(), "stone")
    for m in _SHORT.finditer(text):
        yield Reckoned(m.start(), m.end(), _UNITS.get(m["u"].lower().split()[-1].replace("º", "°"), "foot"))
