"""The items of a comparison: what of the reference two systems have in common, and what each did with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evalkit.compare.columns import Columns, Place, has_references, reference_keys
from evalkit.compare.statistics.items import Items
from evalkit.kernel.words import word_counts
from evalkit.records import SEVERITY_WEIGHTS, Scope
from evalkit.records.quality import expected_errors
from evalkit.records.result import SystemRecord

_WORDS = 3  # the column of a row of `FindingItems` that has the words
_AFTER_ALL = 1 << 62  # the place of what belongs to no segment: after all that do


class Anchor(NamedTuple):
    """An item of the reference: its key, its document, and its place in the order of the reference."""

    key: str
    document: str
    order: tuple[int, int, str]


def anchors(systems: Sequence[Columns]) -> dict[str, Anchor]:
    """For every reference segment the item it belongs to: segments that any system joins are one item.

    Systems cut the reference into units differently; a paired test needs the same items of all of
    them. Rows add up, so an item's row is the sum of its units' rows. Items stand in the order of the
    reference, so that the draws are the standard tool's.
    """
    numbers: dict[str, int] = {}
    if systems and cut_alike(systems):
        for document in systems[0].documents:
            numbers.setdefault(document, len(numbers))
        made = (
            Anchor(place.keys[0], place.document, (numbers[place.document], place.start, place.keys[0]))
            for place in systems[0].places
        )
        return {anchor.key: anchor for anchor in made}
    parent: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    documents: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for system in systems:
        for document in system.documents:
            numbers.setdefault(document, len(numbers))
        for unit in system.places:
            if not unit.keys:
                continue
            first = root(unit.keys[0])
            place = min([(numbers.setdefault(unit.document, len(numbers)), unit.start), *_known(places, first)])
            for key in unit.keys[1:]:
                place = min([place, *_known(places, root(key))])
                one, two = sorted((root(first), root(key)))
                parent[two] = first = one
            places[first] = place
            documents[first] = unit.document
    roots = {key: Anchor(key, documents[key], (*places[key], key)) for key in parent if root(key) == key}
    return {key: roots[root(key)] for key in parent}


def cut_alike(systems: Sequence[Columns]) -> bool:
    """True where every unit of every system renders one segment of the reference, the same at the same position."""
    first = systems[0].places
    keys = {place.keys for place in first}
    return (
        all(system.places == first for system in systems)
        and len(keys) == len(first)
        and all(len(of_unit) == 1 for of_unit in keys)
        and {place.document for place in first} <= set(systems[0].documents)
    )


def _known(places: Mapping[str, tuple[int, int]], key: str) -> list[tuple[int, int]]:
    return [places[key]] if key in places else []


class Layout(NamedTuple):
    """The items of one system in one scope: their keys in the order of the reference, and for every unit the
    place of its item (-1: it belongs to none). `straight`: unit k is item k."""

    keys: tuple[str, ...]
    places: Sequence[int]
    straight: bool


def layouts(systems: Mapping[str, Columns], scope: Scope, anchored: Mapping[str, Anchor]) -> dict[str, Layout]:
    """The layout of each system; units at the same places are laid out once."""
    made: dict[int, Layout] = {}
    for columns in systems.values():
        if id(columns.places) not in made:
            made[id(columns.places)] = layout(columns, scope, anchored)
    return {name: made[id(columns.places)] for name, columns in systems.items()}


def layout(columns: Columns, scope: Scope, anchored: Mapping[str, Anchor]) -> Layout:
    """Units without a reference are one item of their document, so that the sums are those of the score; `aligned`
    leaves them out, and omitted ones too. Where no unit has a reference each is an item, by its number."""
    alone = not has_references(columns)
    numbers = {document: number for number, document in enumerate(columns.documents)}

    def item(number: int, place: Place) -> Anchor | None:
        if scope == "aligned" and not (place.keys and place.rendered):
            return None
        if place.keys:
            return anchored[place.keys[0]]
        if alone:
            return Anchor(f"{place.document}/unit/{number:09}", place.document, (0, number, ""))
        return Anchor(rest_of(place.document), place.document, (numbers.get(place.document, 0), _AFTER_ALL, ""))

    of_unit = [item(number, place) for number, place in enumerate(columns.places)]
    order = sorted({anchor.key: anchor for anchor in of_unit if anchor}.values(), key=lambda anchor: anchor.order)
    number = {anchor.key: place for place, anchor in enumerate(order)}
    places = [number[anchor.key] if anchor else -1 for anchor in of_unit]
    return Layout(tuple(number), places, places == list(range(len(order))))


def metric_items(columns: Columns, metric: str, laid: Layout) -> Items:
    """Rows of a metric by item, added up where an item has several units."""
    import numpy as np

    table = columns.rows(metric)
    rows = np.asarray(table.data).reshape(len(table), table.width)
    if laid.straight:
        return Items(laid.keys, rows)
    kept = [position for position, place in enumerate(laid.places) if place >= 0]
    sums = np.zeros((len(laid.keys), table.width))
    np.add.at(sums, [laid.places[position] for position in kept], rows[kept])
    return Items(laid.keys, sums)


class PairLayout:
    """The items of two systems in one scope: everything that either of them has there, in the order of the reference.

    Cut for these two alone: what other systems join or leave out says nothing about them.
    """

    def __init__(self, pair: Mapping[str, Columns], scope: Scope) -> None:
        self._pair = pair
        anchored = anchors(list(pair.values()))
        self.laid = {name: layout(columns, scope, anchored) for name, columns in pair.items()}
        self.documents = {anchor.key: anchor.document for anchor in anchored.values()}
        self.documents |= {rest_of(name): name for columns in pair.values() for name in columns.documents}
        self.documents |= {
            key: key.rpartition("/unit/")[0] for laid in self.laid.values() for key in laid.keys if "/unit/" in key
        }
        places = {anchor.key: anchor.order for anchor in anchored.values()}
        keys = {key for laid in self.laid.values() for key in laid.keys}
        last = (_AFTER_ALL, 0)
        self.keys = tuple(sorted(keys, key=lambda key: places.get(key, (*last, key))))

    def items(self, metric: str) -> dict[str, Items]:
        """Rows by system, zeros where it has nothing: the difference of the sums is that of the scores."""
        import numpy as np

        numbers = {key: number for number, key in enumerate(self.keys)}
        found = {}
        for name, columns in self._pair.items():
            mine = metric_items(columns, metric, self.laid[name])
            rows = np.zeros((len(self.keys), mine.rows.shape[1]))
            rows[[numbers[key] for key in mine.keys]] = mine.rows
            found[name] = Items(self.keys, rows)
        return found


class FindingItems:
    """Findings and words of systems by item, with the document of each item.

    What belongs to no unit of the reference (added passages, words between units) is an item of its
    document where there is any, so that the sums are those of `quality`. Without any reference documents are the
    items. With `outvoted` those findings count too that the others of a run outvote: two results may have other
    systems.
    """

    def __init__(
        self, systems: Mapping[str, SystemRecord], anchored: Mapping[str, Anchor], *, outvoted: bool = False
    ) -> None:
        self.documents: dict[str, str] = {}
        self._outvoted = outvoted
        self._rows = {name: self._of(system, anchored) for name, system in systems.items()}
        order = {anchor.key: anchor.order for anchor in anchored.values()}
        for key in [key for key in self.documents if order and key not in order and not self._has(key)]:
            del self.documents[key]
        self._keys = tuple(sorted(self.documents, key=lambda key: order.get(key, (len(order), 0, key))))

    def column(self, name: str, column: int) -> Items:
        """(findings, words) of every item, (0, 0) where the system has nothing of it. Columns: 0 weights, 1 number of
        findings that weigh, 2 expected errors."""
        import numpy as np

        nothing = (0.0, 0.0, 0.0, 0.0)
        rows = [self._rows[name].get(key, nothing) for key in self._keys]
        pairs = [(row[column], row[_WORDS]) for row in rows]
        return Items(self._keys, np.array(pairs, dtype=np.float64).reshape(-1, 2))

    def _has(self, key: str) -> bool:
        """Whether any system has words or findings there: what nobody has is no item to draw."""
        return any(any(rows.get(key, ())) for rows in self._rows.values())

    def _of(self, system: SystemRecord, anchored: Mapping[str, Anchor]) -> dict[str, list[float]]:
        rows: dict[str, list[float]] = {}
        of_unit: dict[str, str] = {}

        def row(key: str, document: str) -> list[float]:
            self.documents[key] = document
            return rows.setdefault(key, [0.0, 0.0, 0.0, 0.0])

        left = {document.id: document.words for document in system.documents}
        for document in left:
            row(rest_of(document), document)
        texts = [unit.candidate.text if unit.candidate else "" for unit in system.units]
        for unit, words in zip(system.units, word_counts(texts), strict=True):
            keys = reference_keys(unit)
            key = of_unit[unit.id] = anchored[keys[0]].key if keys else rest_of(unit.document)
            if keys:
                row(key, unit.document)[_WORDS] += words
                left[unit.document] = left.get(unit.document, 0) - words
        for document, words in left.items():
            row(rest_of(document), document)[_WORDS] += words
        for finding in system.findings if self._outvoted else system.standing:
            entry = row(of_unit.get(finding.unit) or rest_of(finding.document), finding.document)
            entry[0] += SEVERITY_WEIGHTS[finding.severity]
            entry[1] += finding.severity != "neutral"
            entry[2] += expected_errors(finding)
        return rows


def rest_of(document: str) -> str:
    """The key of what belongs to no item of the reference."""
    return f"document/{document}"
