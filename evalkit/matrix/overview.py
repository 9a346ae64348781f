"""The overview of a matrix as records: what `overview.json` holds, and all that its pages show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from evalkit.errors import InputError
from evalkit.matrix.config import RowConfig
from evalkit.records import Scope
from evalkit.records.comparison import Ranked
from evalkit.records.result import Result, SystemRecord
from evalkit.records.signatures import settings_of
from evalkit.text.files import read_bytes

SCHEMA: Literal["evalkit/overview/1"] = "evalkit/overview/1"
Status = Literal["scored", "untrusted", "missing", "failed", "not run"]


class Cell(Struct, frozen=True):
    """One system on one row. `scores`, `low` and `high` (with intervals) are by metric, of the row's scope.

    `findings` count those that stand by severity, None where none were looked for; `penalty` is their weight.
    """

    system: str
    status: Status
    reason: str = ""
    scores: dict[str, float] = {}
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    words: int = 0
    findings: dict[str, int] | None = None
    penalty: int = 0


class Row(Struct, frozen=True):
    """One set in one language: a cell for every system. `made_from` is a hash of its settings and files; `stale` says
    that they have changed since the row was made. `ranks` are by metric, best first, empty where nothing was tested.
    `texts` is a hash of references and source, `found_by` the settings of the result's signature that findings hang on.
    """

    set: str
    lang: str
    tags: tuple[str, ...]
    folder: str
    scope: Scope | Literal[""]
    cells: tuple[Cell, ...]
    signatures: dict[str, str] = {}
    ranks: dict[str, tuple[Ranked, ...]] = {}
    passed: bool = True
    made_from: str = ""
    stale: bool = False
    texts: str = ""
    found_by: str = ""

    @property
    def id(self) -> str:
        return f"{self.set}/{self.lang}"

    def cell(self, system: str) -> Cell:
        """The cell of a system."""
        return next(cell for cell in self.cells if cell.system == system)


ARROWS = {"higher": " ↑", "lower": " ↓", "": ""}  # behind a metric's title: where it is better


class Measure(Struct, frozen=True):
    """A metric of the overview: its title, which way is better, its range in words."""

    title: str
    better: Literal["higher", "lower", ""]
    scale: str


class Overview(Struct, frozen=True):
    """Everything the pages show; `metrics` in the order of the configuration, the first is the one read first."""

    schema: Literal["evalkit/overview/1"]
    evalkit: str
    name: str
    seed: int
    alpha: float
    systems: tuple[str, ...]
    metrics: dict[str, Measure]
    rows: tuple[Row, ...]


def row_of(result: Result, plan: RowConfig, systems: Iterable[str], made_from: str) -> tuple[Row, dict[str, Measure]]:
    """The row that a result makes, and its metrics."""
    scope = _scope(result)
    found = {system.name: _cell(result, system, scope) for system in result.systems}
    cells = tuple(found.get(name) or missing(name) for name in systems)
    row = Row(
        set=plan.set,
        lang=plan.lang,
        tags=plan.tags,
        folder=plan.folder,
        scope=scope,
        cells=cells,
        signatures={s.metric: s.signature for system in result.systems for s in system.scores if s.scope == scope},
        ranks={r.metric: r.systems for r in result.rankings if r.scope == scope},
        passed=result.gate is None or result.gate.passed,
        made_from=made_from,
        texts=_texts(result),
        found_by=_found_by(result),
    )
    return row, {name: Measure(m.title, m.better, m.scale) for name, m in result.metrics.items()}


# Parts of a result's signature that decide what is found.
_OF_FINDINGS = ("evalkit", "detectors", "select", "skip", "lists", "rules", "ignore", "segment", "align")


def _texts(result: Result) -> str:
    """A hash of what the systems are held against."""
    against = [reference.sha256 for reference in result.references]
    against += [result.source.sha256] if result.source else []
    return hashlib.sha256(" ".join(against).encode()).hexdigest()


def _found_by(result: Result) -> str:
    settings = settings_of(result.signature)
    return "|".join(f"{name}:{settings[name]}" for name in _OF_FINDINGS if name in settings)


def missing(system: str) -> Cell:
    """The cell of a system without a text."""
    return Cell(system, "missing", "it has no text for this set")


def not_run(system: str) -> Cell:
    """The cell of a system that has a text, and no result yet."""
    return Cell(system, "not run", "it was not run yet")


def empty_row(plan: RowConfig, systems: Iterable[str], cell: Callable[[str], Cell]) -> Row:
    """A row without a result: the cell of each system that has a text, that of one that has none says so."""
    cells = tuple(missing(name) if name in plan.absent else cell(name) for name in systems)
    return Row(plan.set, plan.lang, plan.tags, plan.folder, "", cells)


def _scope(result: Result) -> Scope | Literal[""]:
    """The scope to read first: translations are charged for what they leave out, reports and summaries are not."""
    present = {score.scope for system in result.systems for score in system.scores}
    charged = all(system.kind == "translation" for system in result.systems)
    order: tuple[Scope, ...] = ("corpus", "document", "aligned") if charged else ("corpus", "aligned", "document")
    return next((scope for scope in order if scope in present), "")


def _cell(result: Result, system: SystemRecord, scope: str) -> Cell:
    trusted = system.alignment.trusted or not result.references
    scores = [score for score in system.scores if score.scope == scope] if trusted else []
    looked = result.config.get("detectors") != [] or bool(system.findings)
    return Cell(
        system=system.name,
        status="scored" if trusted else "untrusted",
        reason="" if trusted else f"its alignment is not trusted: {system.alignment.reason}",
        scores={score.metric: score.value for score in scores},
        low={score.metric: score.low for score in scores if score.low is not None},
        high={score.metric: score.high for score in scores if score.high is not None},
        words=system.words,
        findings=dict(system.quality.counts) if looked and trusted else None,
        penalty=system.quality.penalty if looked and trusted else 0,
    )


def dumps(overview: Overview) -> str:
    """The overview as JSON, indented; the same bytes for the same overview."""
    return msgspec.json.format(msgspec.json.encode(overview), indent=1).decode() + "\n"


def read(path: Path) -> Overview | None:
    """The overview of an earlier run; None where there is none. Raises InputError where the file is none of ours."""
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(read_bytes(path), type=Overview)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise InputError(
            f"{path}: not an overview of evalkit ({problem}); move it away, or name another output"
        ) from None
