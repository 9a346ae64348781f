"""The texts of a unit as the standard tools want them."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.errors import ConfigError
from evalkit.records import Unit


def candidate_text(unit: Unit) -> str:
    """The candidate's text, empty where the unit has no candidate side (an omission)."""
    return unit.candidate.text if unit.candidate else ""


def reference_texts(unit: Unit) -> tuple[str, ...]:
    """The texts of the references in their order; one empty text where there is none (an addition)."""
    return tuple([passage.text for passage in unit.references]) or ("",)


def streams_of(units: Sequence[Unit]) -> list[list[str | None]]:
    """The references as streams, one text a unit, None where a unit has no more references."""
    texts = [reference_texts(unit) for unit in units]
    most = max(map(len, texts), default=1)
    return [[of_unit[i] if i < len(of_unit) else None for of_unit in texts] for i in range(most)]


def reference_count(nrefs: str) -> int | None:
    """The number of references a signature states, None for `var` (it differs from unit to unit)."""
    if nrefs == "var":
        return None
    if not (nrefs.isascii() and nrefs.isdigit() and int(nrefs) > 0):
        raise ConfigError(f"number of references {nrefs!r}: give a number from 1, or 'var' where it differs by unit")
    return int(nrefs)
