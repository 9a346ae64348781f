"""The items of a comparison: what of the reference two systems have in common, and what each did with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evalkit.compare.statistics.items import Items
from evalkit.errors import InputError
from evalkit.kernel.lines import LineUnits
from evalkit.records import SEVERITY_WEIGHTS, Scope
from evalkit.records.result import SystemRecord, UnitRecord
from evalkit.run.record import RecordedUnits
from evalkit.text.words import count_words


class Anchor(NamedTuple):
    """An item of the reference: its key, its document, and its place in the order of the reference."""

    key: str
    document: str
    order: tuple[int, int, str]


def anchors(systems: Sequence[SystemRecord]) -> dict[str, Anchor]:
    """For every reference segment the item it belongs to: segments that any system joins are one item.

    Systems cut the reference into units differently; a paired test needs the same items of all of
    them. Rows add up, so an item's row is the sum of its units' rows. Items stand in the order of the
    reference, so that the draws are the standard tool's.
    """
    if lines := _same_lines(systems):
        return {anchor.key: anchor for anchor in _line_anchors(lines)}
    parent: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    documents: dict[str, str] = {}
    numbers: dict[str, int] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for system in systems:
        for document in system.documents:
            numbers.setdefault(document.id, len(numbers))
        for unit in system.units:
            keys = reference_keys(unit)
            if not keys:
                continue
            start = (unit.references or ())[0].start
            first = root(keys[0])
            place = min([(numbers.setdefault(unit.document, len(numbers)), start), *_known(places, first)])
            for key in keys[1:]:
                place = min([place, *_known(places, root(key))])
                one, two = sorted((root(first), root(key)))
                parent[two] = first = one
            places[first] = place
            documents[first] = unit.document
    made = {key: Anchor(key, documents[key], (*places[key], key)) for key in parent if root(key) == key}
    return {key: made[root(key)] for key in parent}


def _same_lines(systems: Sequence[SystemRecord]) -> tuple[LineUnits, ...]:
    """The documents of the first system where all systems stand line by line beside the same reference."""
    found = [system.units.lines if isinstance(system.units, RecordedUnits) else () for system in systems]
    sides = {tuple(id(next(iter(part.references.values()))) for part in lines) for lines in found}
    return found[0] if found and len(sides) == 1 else ()


def _line_anchors(lines: Iterable[LineUnits]) -> Iterator[Anchor]:
    """Every line of the reference is an item of its own."""
    for number, part in enumerate(lines):
        reference, segments = next(iter(part.references.items()))
        for segment, start in zip(segments.ids(), segments.starts, strict=True):
            key = f"{reference}/{segment}"
            yield Anchor(key, segments.document.id, (number, start, key))


def has_references(system: SystemRecord) -> bool:
    """Whether any unit has one."""
    if isinstance(system.units, RecordedUnits) and system.units.lines:
        return len(system.units) > 0
    return any(unit.references for unit in system.units)


def _known(places: Mapping[str, tuple[int, int]], key: str) -> list[tuple[int, int]]:
    return [places[key]] if key in places else []


def reference_keys(unit: UnitRecord) -> list[str]:
    """Identities of the reference segments of a unit's first reference."""
    return [f"{passage.reference}/{segment}" for passage in (unit.references or ())[:1] for segment in passage.segments]


class Layout(NamedTuple):
    """The items of one system in one scope: their keys in the order of the reference, and for every unit the
    place of its item (-1: it belongs to none)."""

    keys: tuple[str, ...]
    places: Sequence[int]


def layout(system: SystemRecord, scope: Scope, anchored: Mapping[str, Anchor]) -> Layout:
    """Units without a reference belong to no item; `aligned` leaves omitted ones out too."""
    if len(anchored) == len(system.units) and _same_lines([system]):
        return Layout(tuple(anchored), range(len(anchored)))
    of_unit = [
        anchored[keys[0]] if (scope != "aligned" or unit.candidate) and (keys := reference_keys(unit)) else None
        for unit in system.units
    ]
    order = sorted({anchor for anchor in of_unit if anchor}, key=lambda anchor: anchor.order)
    number = {anchor.key: place for place, anchor in enumerate(order)}
    return Layout(tuple(number), [number[anchor.key] if anchor else -1 for anchor in of_unit])


def metric_items(system: SystemRecord, metric: str, laid: Layout) -> Items:
    """Rows of a metric by item, added up where an item has several units."""
    import numpy as np

    if isinstance(system.units, RecordedUnits):
        table = system.units.measured.tables[metric]
        every = np.asarray(table.data).reshape(len(table), table.width)
        if len(laid.keys) == len(table) and isinstance(laid.places, range):
            return Items(laid.keys, every)
    kept = [position for position, place in enumerate(laid.places) if place >= 0]
    try:
        rows = np.array([system.units[position].rows[metric] for position in kept], dtype=np.float64)
    except (KeyError, ValueError):
        raise InputError(
            f"the result's units of {system.name!r} do not all have the same counts of {metric}, so it cannot be "
            "compared: the file was changed by hand; make it again with `evalkit run` or `-f json`"
        ) from None
    sums = np.zeros((len(laid.keys), rows.shape[1] if kept else 0))
    np.add.at(sums, [laid.places[position] for position in kept], rows.reshape(len(kept), -1))
    return Items(laid.keys, sums)


class FindingItems:
    """Findings and words of systems by item, with the document of each item.

    What belongs to no unit of the reference (added passages, words between units) is an item of its
    document, so that the sums are those of `quality`. Without any reference documents are the items.
    """

    def __init__(self, systems: Mapping[str, SystemRecord], anchored: Mapping[str, Anchor]) -> None:
        self.documents: dict[str, str] = {}
        self._rows = {name: self._of(system, anchored) for name, system in systems.items()}
        order = {anchor.key: anchor.order for anchor in anchored.values()}
        self._keys = tuple(sorted(self.documents, key=lambda key: order.get(key, (len(order), 0, key))))

    def column(self, name: str, column: int) -> Items:
        """(findings, words) of every item, (0, 0) where the system has nothing of it; 0: weights, 1: number."""
        import numpy as np

        nothing = (0.0, 0.0, 0.0)
        rows = [self._rows[name].get(key, nothing) for key in self._keys]
        return Items(self._keys, np.array([(row[column], row[2]) for row in rows], dtype=np.float64).reshape(-1, 2))

    def _of(self, system: SystemRecord, anchored: Mapping[str, Anchor]) -> dict[str, list[float]]:
        rows: dict[str, list[float]] = {}
        of_unit: dict[str, str] = {}

        def row(key: str, document: str) -> list[float]:
            self.documents[key] = document
            return rows.setdefault(key, [0.0, 0.0, 0.0])

        left = {document.id: document.words for document in system.documents}
        for document in left:
            row(_rest(document), document)
        for unit in system.units:
            keys = reference_keys(unit)
            key = of_unit[unit.id] = anchored[keys[0]].key if keys else _rest(unit.document)
            if keys:
                words = count_words(unit.candidate.text) if unit.candidate else 0
                row(key, unit.document)[2] += words
                left[unit.document] = left.get(unit.document, 0) - words
        for document, words in left.items():
            row(_rest(document), document)[2] += words
        for finding in system.findings:
            entry = row(of_unit.get(finding.unit) or _rest(finding.document), finding.document)
            entry[0] += SEVERITY_WEIGHTS[finding.severity]
            entry[1] += finding.severity != "neutral"
        return rows


def _rest(document: str) -> str:
    return f"document/{document}"
