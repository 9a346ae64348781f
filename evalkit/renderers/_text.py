"""Text on its way into a report: long text shortened, white space drawn, numbers rounded."""

from __future__ import annotations

import re

from evalkit.errors import ConfigError
from evalkit.text.visible import shown, visible

_MOST_DECIMALS = 17  # of a number as it is stored
_SPACES = re.compile(r"^[^\S\n\t\r]+|[^\S\n\t\r]+$|[^\S\n\t\r]{2,}")
_SPACE = {" ": "␣", "\u00a0": "⟨U+00A0⟩", "\u202f": "⟨U+202F⟩", "\u3000": "⟨U+3000⟩"}


def quoted(text: str, limit: int = 200) -> str:
    """A found text for a table cell: white space at its ends and in runs is drawn, a long text is cut and says so."""
    return shorten(_SPACES.sub(lambda run: "".join(_SPACE.get(c, c) for c in run.group()), text), limit)


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with the number of characters left out; never cut for a few characters."""
    if len(text) <= limit + 40:
        return visible(text)
    space = text.rfind(" ", limit - 30, limit)
    cut = space if space > 0 else limit
    return f"{visible(text[:cut].rstrip())} … [{len(text) - cut:,} more characters]"


def side_by_side(before: str, now: str, limit: int) -> tuple[str, str]:
    """Two texts shortened alike, so that the first difference is seen: what both begin with gives way to `…`."""
    pairs = enumerate(zip(before, now, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(before), len(now)))
    start = before.rfind(" ", 0, max(0, same - limit // 4)) + 1
    if start <= 0 or max(len(before), len(now)) <= limit + 40:
        return shorten(before, limit), shorten(now, limit)
    return f"… {shorten(before[start:], limit)}", f"… {shorten(now[start:], limit)}"


def label(text: str, limit: int = 60) -> str:
    """A name that fits a table or figure: cut in the middle, where long names differ least."""
    text = visible(text)
    if len(text) <= limit:
        return text
    head = (limit - 1) * 2 // 3
    return f"{text[:head]}…{text[-(limit - 1 - head) :]}"


def labels(names: tuple[str, ...], limit: int = 60) -> dict[str, str]:
    """Labels of names, distinct where the names are."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        short, number = label(name, limit), 2
        while short in taken:
            short, number = f"{label(name, limit - len(str(number)) - 2)} #{number}", number + 1
        made.setdefault(name, short)
        taken.add(made[name])
    return made


def check_width(renderer: str, width: int) -> None:
    """Raises ConfigError for a number of decimals that no score has."""
    if not 0 <= width <= _MOST_DECIMALS:
        raise ConfigError(
            f"renderer {renderer!r}: width {shown(width)} is no number of decimals, 0 to {_MOST_DECIMALS}"
        )


def number(value: float, places: int = 2) -> str:
    """A number rounded for reading; never `-0.00`."""
    shown = f"{value:,.{places}f}" if abs(value) < 1e15 else f"{value:.{places}e}"
    return shown.lstrip("-") if not shown.strip("-0.,") else shown


def percent(share: float) -> str:
    """A share as whole per cent; what is not quite none or all is not shown as such."""
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def count(amount: int, noun: str, plural: str = "") -> str:
    """`1 finding`, `2 findings`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def listing(items: list[str], limit: int = 5) -> str:
    """`a, b and c`; what is beyond `limit` is counted."""
    if len(items) > limit:
        items = [*items[:limit], f"{len(items) - limit:,} more"]
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))
