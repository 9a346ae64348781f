"""A history as tables: a line for each system, a column for each label, and a mark where the measure has changed."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.matrix.history import History, Value, heading
from evalkit.matrix.lines import Track, chart
from evalkit.matrix.shown import Section, Shown, Table
from evalkit.records.signatures import differing

_COLUMNS = 12  # labels shown: more do not fit a page
_NOTES = 20  # changes told for each metric: the marks stand at all of them
_DRAWN = 60  # sets of a metric: more are no page to look through
_MARK = "†"
Series = tuple[str, str, str]  # row, system, metric


def trends(history: History) -> list[Section]:
    """A section for each metric, with a table, the last labels to the right, and a drawing for each set."""
    labels = [entry.label for entry in history.entries]
    of: dict[Series, dict[str, Value]] = {}
    for entry in history.entries:
        for value in entry.values:
            of.setdefault((value.row, value.system, value.metric), {})[entry.label] = value
    if not labels:
        return [Section("No run has a label yet", ("Give one with `evalkit run --label NAME`.",))]
    metrics = list(dict.fromkeys(metric for _, _, metric in of))
    found = [_section(heading(history, metric), metric, of, labels) for metric in metrics]
    left = len(labels) - _COLUMNS
    more = [f"Of {len(labels)} labels the last {_COLUMNS} are shown; all are in history.json."] if left > 0 else []
    if history.accepted:
        more.append(f"Accepted: {', '.join(history.accepted)}. Gates that say so hold to the last.")
    return [Section("In short", (f"Labels, in the order they were given: {', '.join(labels)}.", *more)), *found]


def _section(title: str, metric: str, of: dict[Series, dict[str, Value]], labels: list[str]) -> Section:
    shown = labels[-_COLUMNS:]
    rows, notes = [], []
    tracks: dict[str, list[Track]] = {}
    for (row, system, _), values in ((key, v) for key, v in of.items() if key[2] == metric):
        marks = dict(_changed(values, labels))
        if any(label in values for label in shown):
            tracks.setdefault(row, []).append(Track(system, values, frozenset(marks)))
        rows.append((Shown(row), Shown(system), *(_cell(values.get(label), label in marks) for label in shown)))
        notes += [f"{_MARK} {label}, {row}, {system}: {said}" for label, said in marks.items() if label in shown]
    said = (
        f"{_MARK}: counted otherwise than under the label before, or on other texts. What stands on the two sides of "
        "it is not to be compared: a change there is one of the measure."
    )
    more = [f"... and {len(notes) - _NOTES} more"] if len(notes) > _NOTES else []
    if len(tracks) > _DRAWN:
        more.append(f"Of {len(tracks)} sets the first {_DRAWN} are drawn; the table has all.")
    table = Table(("set", "system", *shown), tuple(rows), 2)
    drawn = tuple(chart(f"{row}, {title}", each, shown) for row, each in list(tracks.items())[:_DRAWN])
    return Section(title, (said,) if notes else (), table, (*notes[:_NOTES], *more), drawn)


def _cell(value: Value | None, marked: bool) -> Shown:
    if value is None:
        return Shown("–", soft=True)
    text = f"{value.value:.2f}"
    if value.low is not None and value.high is not None:
        text += f" [{value.low:.2f}, {value.high:.2f}]"
    return Shown(f"{_MARK} {text}" if marked else text)


def _changed(values: dict[str, Value], labels: list[str]) -> Iterator[tuple[str, str]]:
    """The labels from which on a value is another measure, and in what it differs from the one before."""
    before: Value | None = None
    for label in labels:
        now = values.get(label)
        if now is None:
            continue
        if before is not None and (before.counted, before.texts) != (now.counted, now.texts):
            parts = [f"{name} {was or 'none'} → {this or 'none'}" for name, was, this in _parts(before, now)]
            yield label, "; ".join(parts)
        before = now


def _parts(before: Value, now: Value) -> Iterator[tuple[str, str, str]]:
    yield from differing(before.counted, now.counted)
    if before.texts != now.texts:
        yield "references and source", before.texts[:8], now.texts[:8]
