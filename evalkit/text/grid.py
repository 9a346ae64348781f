"""Plain-text tables that never pass a number of columns, whatever the names in them."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.text.visible import visible
from evalkit.text.words import width

_GAP = "  "
_LONGEST = 4_000  # characters looked at for one line: no terminal is as wide, and marks that need no column may follow
_NAME = 18  # columns of a name before numbers go into a further table: most names are no longer
_LEAST = 6  # columns a name keeps at least


def fit(text: str, columns: int) -> str:
    """The text in at most `columns` columns, cut in the middle with `…`; wide characters count two."""
    text = visible(text[:2000]) + ("…" if len(text) > 2000 else "")
    if width(text) <= columns:
        return text
    head, tail = _take(text, (columns - 1) * 2 // 3), _take(text[::-1], (columns - 1) // 3)[::-1]
    return f"{head}…{tail}"


def _take(text: str, columns: int) -> str:
    used, taken = 0, []
    for char in text:
        used += width(char)
        if used > columns:
            break
        taken.append(char)
    return "".join(taken)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces, on its left where it is a number."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], names: int, columns: int, *, evenly: bool = False
) -> list[str]:
    """Lines of a table: the first `names` columns are text and may be shortened, the rest numbers.

    Numbers that do not fit beside the names follow in a further table below with the names repeated. `evenly`: names
    have half of the columns, so that they read the same in all tables, whatever numbers stand beside them.
    """
    table = [[visible(cell) for cell in row] for row in (head, *rows)]
    sizes = [max(width(row[place]) for row in table) for place in range(len(head))]
    sizes[names:] = [min(size, columns // 2) for size in sizes[names:]]
    lines: list[str] = []
    for group in _groups(sizes, names, columns, columns // 2 if evenly else _NAME):
        free = columns - sum(sizes[p] + len(_GAP) for p in group) - len(_GAP) * (names - 1)
        free = min(free, columns // 2 - len(_GAP) * (names - 1)) if evenly else free
        shown = _shares(sizes[:names], free)
        whole = sum(shown) + sum(sizes[p] for p in group) + len(_GAP) * (names + len(group) - 1)
        made = [_row(row, shown, [(row[p], sizes[p]) for p in group]) for row in table]
        lines += [*([""] if lines else []), made[0], "-" * min(columns, whole), *made[1:]]
    return lines


def _row(row: Sequence[str], names: Sequence[int], numbers: Sequence[tuple[str, int]]) -> str:
    """A line: the first cells in the columns given for names, then the numbers in theirs."""
    cells = [pad(fit(row[place], size), size) for place, size in enumerate(names)]
    cells += [pad(fit(text, size), size, right=True) for text, size in numbers]
    return _GAP.join(cells).rstrip()


def _groups(sizes: Sequence[int], names: int, columns: int, name: int) -> list[list[int]]:
    """The columns of numbers that fit beside the names, of each of which so many columns are sure, table by table."""
    least = min(columns // 2, sum(min(size, name) for size in sizes[:names]) + len(_GAP) * (names - 1))
    groups: list[list[int]] = [[]]
    for place in range(names, len(sizes)):
        need = sum(sizes[p] + len(_GAP) for p in (*groups[-1], place))
        if groups[-1] and need > columns - least:
            groups.append([])
        groups[-1].append(place)
    return groups


def _shares(sizes: Sequence[int], free: int) -> list[int]:
    """Columns for each name: what it needs where there is room for all, else the widest give way."""
    shown = list(sizes)
    while sum(shown) > free and max(shown, default=0) > _LEAST:
        widest = shown.index(max(shown))
        others = max((size for place, size in enumerate(shown) if place != widest), default=0)
        shown[widest] = max(_LEAST, min(shown[widest] - 1, max(others, shown[widest] - (sum(shown) - free))))
    return shown


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """A text broken at spaces into lines; a word wider than a line is shortened."""
    lines, current = [], indent
    for word in visible(text).split(" "):
        word = fit(word, columns - width(indent))
        joined = f"{current} {word}" if current.strip() else current + word
        if width(joined) > columns and current.strip():
            lines.append(current.rstrip())
            joined = indent + word
        current = joined
    return [*lines, current.rstrip()]


def broken(text: str, columns: int, indent: str = "    ") -> list[str]:
    """A text over as many lines as it takes, none of it left out; broken after a space or `|` where there is one."""
    lines: list[str] = []
    rest, before, start = visible(text), "", 0
    while True:
        head = _take(rest[start : start + _LONGEST], columns - width(before))
        if start + len(head) >= len(rest):
            return [*lines, before + head]
        at = max(head.rfind(" "), head.rfind("|")) + 1
        at = at if len((before + head[:at]).strip()) > (len(before) + len(head)) // 2 else len(head)
        lines.append((before + head[:at]).rstrip())
        start += max(at, 1)  # a line too narrow for one character still goes on
        while rest[start : start + 1].isspace():
            start += 1
        before = indent
