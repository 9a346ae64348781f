"""Part of step four: which findings the other systems of the run outvote.

They keep their place in the result. A gate, a baseline and a comparison of two results judge by all findings, for
those are made from the system's own text, its reference and the lists; what is counted and shown leaves these out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from evalkit.records import Finding, Renderings, Rule
from evalkit.run.align import AlignedSystem

_FEWEST = 3  # of two systems neither is the odd one out


class Vote(Struct, frozen=True):
    """What the systems that have a vote wrote for each reference segment."""

    renderings: Renderings = {}

    @classmethod
    def of(cls, systems: Sequence[AlignedSystem]) -> Vote:
        """Nothing where fewer than three may vote."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for system in _voters(systems):
            for unit in system.units:
                if unit.candidate is not None:
                    for passage in unit.references:
                        for segment in passage.segments:
                            texts = found.setdefault((passage.reference, segment.id), {})
                            texts[system.candidate.name] = unit.candidate.text
        return cls(found)

    def marked(
        self, found: Sequence[Sequence[Finding]], rules: Mapping[str, Rule], systems: Sequence[AlignedSystem]
    ) -> list[Sequence[Finding]]:
        """The findings of each system, those marked that most other systems share."""
        if not self.renderings:
            return list(found)
        marked = [list(mine) for mine in found]
        from evalkit.language.consensus import is_shared

        units = [{unit.id: unit for unit in system.units} for system in systems]
        # unit by unit, not system by system: what is known of the texts of a unit is not forgotten in between
        for id_, number, place in sorted((f.unit, n, at) for n, mine in enumerate(marked) for at, f in enumerate(mine)):
            f, unit = marked[number][place], units[number].get(id_)
            if unit and is_shared(f, rules[f.rule], unit, systems[number].candidate.name, self.renderings):
                marked[number][place] = replace(f, outvoted=True)
        return [*marked]


def identity(systems: Sequence[AlignedSystem]) -> str:
    """Who votes, for the signature: how many systems and a hash of their texts; `none` where nobody does."""
    texts = sorted(document.sha256 for system in _voters(systems) for document in system.candidate.documents)
    voters = len(_voters(systems))
    return f"{voters}-systems-{hashlib.sha256(' '.join(texts).encode()).hexdigest()[:12]}" if voters else "none"


def _voters(systems: Sequence[AlignedSystem]) -> list[AlignedSystem]:
    trusted = [system for system in systems if system.total.trusted]
    return trusted if len(trusted) >= _FEWEST else []
