"""What earlier runs came to, by their label: values alone, in the order in which the labels were first given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from evalkit.errors import ConfigError, InputError
from evalkit.matrix.overview import ARROWS, Measure, Row
from evalkit.text.files import read_bytes, write_text
from evalkit.text.turns import turn

FILE = "history.json"
SCHEMA: Literal["evalkit/history/1"] = "evalkit/history/1"
PENALTY = "penalty per 1,000 words"
_LABEL = re.compile(r"[\w.+-]{1,60}")


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """A value of one system in one row. `counted` says how it came about: values of two labels are to be compared only
    where it and `texts`, a hash of references and source, are the same."""

    row: str
    system: str
    metric: str
    value: float
    counted: str
    texts: str
    low: float | None = None
    high: float | None = None


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A run that was given a label."""

    label: str
    evalkit: str
    values: tuple[Value, ...]


class History(Struct, frozen=True, forbid_unknown_fields=True):
    """All labelled runs of one output folder; `accepted` are the labels that were accepted, the last one last.
    `metrics` say how a metric is called and which way is better; one written by 0.4.0 has none."""

    schema: Literal["evalkit/history/1"] = SCHEMA
    entries: tuple[Entry, ...] = ()
    accepted: tuple[str, ...] = ()
    metrics: dict[str, Measure] = {}


def check_label(label: str) -> None:
    """Raises ConfigError for a label that would not stand in a table or on a command line as it is."""
    if not _LABEL.fullmatch(label):
        raise ConfigError(f"--label {label[:60]!r}: use up to 60 letters, digits, `.`, `_`, `+`, `-`, for example v12")


def heading(history: History, metric: str) -> str:
    """A metric as tables and drawings call it, with an arrow to where it is better."""
    measure = Measure(PENALTY, "lower", "") if metric == PENALTY else history.metrics.get(metric)
    return f"{measure.title}{ARROWS[measure.better]}" if measure else metric


def values(rows: Sequence[Row]) -> Iterator[Value]:
    """The values of all cells with a score; of rows that are stale none, for they are of an earlier run."""
    for row in rows:
        for cell in row.cells if not row.stale else ():
            for metric, score in cell.scores.items():
                counted = row.signatures.get(metric, "")
                low, high = cell.low.get(metric), cell.high.get(metric)
                yield Value(row.id, cell.system, metric, score, counted, row.texts, low, high)
            if cell.findings is not None and cell.words:
                rate = 1000 * cell.penalty / cell.words
                yield Value(row.id, cell.system, PENALTY, rate, row.found_by, row.texts)


def read(path: Path) -> History:
    """The history in a file, an empty one where there is no file; InputError where it is none, or has what would be
    lost at the next label: a field of a later version, or of a person's own."""
    if not path.is_file():
        return History()
    try:
        return msgspec.json.decode(read_bytes(path), type=History)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError(f"{path}: not a history of evalkit ({problem}); move it away") from None


def add(path: Path, label: str, version: str, rows: Sequence[Row], metrics: Mapping[str, Measure] | None = None) -> int:
    """Keeps what a run came to under a label, and says how many values these are; a label that is there is given its
    new values in its old place."""
    entry = Entry(label, version, tuple(values(rows)))
    with turn(path):
        history = read(path)
        entries = [entry if each.label == label else each for each in history.entries]
        if entry not in entries:
            entries.append(entry)
        known = {**history.metrics, **(metrics or {})}
        write(path, msgspec.structs.replace(history, entries=tuple(entries), metrics=known))
    return len(entry.values)


def dumps(history: History) -> str:
    """The history as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(history), indent=1).decode() + "\n"


def write(path: Path, history: History) -> None:
    """The whole file or nothing."""
    write_text(path, dumps(history))
