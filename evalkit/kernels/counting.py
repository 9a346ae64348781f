"""Rows of units by the kernel, and by the library for the few it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evalkit.kernels.texts import candidate_text, reference_texts
from evalkit.model import Unit
from evalkit.protocols import Row

Rows = list[Row]
Prepare = Callable[[str], str]


def measure(
    units: Sequence[Unit],
    count: Callable[[list[str], list[tuple[str, ...]]], Rows],
    library: Callable[[Sequence[Unit]], Rows],
    prepare: Prepare | None,
    prepare_reference: Prepare | None,
) -> Rows:
    """One row per unit: from `count` over candidates and references, put through the function for each.

    `library` counts the units with a lone surrogate, which is no text in UTF-8, and those whose row `count`
    left open (a negative first number).
    """
    candidates = [candidate_text(unit) for unit in units]
    references = [reference_texts(unit) for unit in units]
    if prepare:
        candidates = [prepare(text) for text in candidates]
    if prepare_reference:
        references = [tuple(prepare_reference(text) for text in texts) for texts in references]
    try:
        rows = count(candidates, references)
    except UnicodeEncodeError:
        whole = [i for i in range(len(units)) if _is_whole(candidates[i], *references[i])]
        counted = dict(zip(whole, count([candidates[i] for i in whole], [references[i] for i in whole]), strict=True))
        rows = [counted.get(i, (-1.0,)) for i in range(len(units))]
    for position, row in enumerate(rows):
        if row[0] < 0:
            (rows[position],) = library([units[position]])
    return rows


def _is_whole(*texts: str) -> bool:
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        return False
    return True
