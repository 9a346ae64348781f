"""The run configuration: `evalkit.toml` as records. Paths in it are relative to the file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from evalkit.errors import ConfigError, nearest
from evalkit.model import Kind
from evalkit.textfile import read_text

Spec = str | dict[str, Any]


class ReferenceConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One official reference. `derived_from`: the raw file it was made from by `evalkit clean`."""

    path: str
    name: str = ""
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False
    derived_from: str = ""


class SourceConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The text the candidates were translated from. It is read, matched and recorded; no metric uses it yet."""

    path: str
    name: str = "source"
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False


class CandidateConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One candidate: a translation, report or summary of the reference."""

    path: str
    name: str = ""
    kind: Kind = "translation"
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False


class GateConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a run fail: findings of a severity or worse, scores beyond a value, a worse baseline."""

    fail_on: str | None = None
    fail_under: dict[str, float] = {}
    baseline: str = ""


class StatisticsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Intervals and paired tests between systems."""

    confidence: bool = False
    test: Literal["randomisation", "bootstrap", "bootstrap-two-sided", "none"] = "randomisation"
    trials: Annotated[int, Meta(ge=0)] = 0  # 0: 10,000 for randomisation, 1,000 for bootstrap
    baseline: str = ""
    alpha: Annotated[float, Meta(gt=0, lt=1)] = 0.05
    correction: Literal["holm", "bh", "none"] = "holm"

    @property
    def number_of_trials(self) -> int:
        """Trials of the paired test: as set, or the field's custom."""
        return self.trials or (1_000 if self.test.startswith("bootstrap") else 10_000)


class RunConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting of an evaluation. `folder` is where relative paths start; it is never recorded."""

    reference: tuple[ReferenceConfig, ...] = ()
    candidate: tuple[CandidateConfig, ...] = ()
    source: SourceConfig | None = None
    name: str = "evaluation"
    lang: str = "en"
    output: str = "reports"
    metrics: tuple[Spec, ...] = ("bleu", "chrf", "ter", "wer")
    segment: Spec = ""  # by default `lines` where lines are aligned, else `sentences`
    align: Spec = "document"
    seed: Annotated[int, Meta(ge=0)] = 12345
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    detectors: tuple[Spec, ...] | None = None
    statistics: StatisticsConfig = StatisticsConfig()
    gate: GateConfig = GateConfig()
    plugins: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, object]:
        """The settings as plain values for the result."""
        plain: dict[str, object] = msgspec.to_builtins(self)
        return plain


def load(path: str | Path) -> tuple[RunConfig, Path]:
    """The configuration of a file and the folder its paths are relative to."""
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ConfigError(f"{path}: not valid TOML: {problem}") from None
    return parse(data, str(path)), Path(path).parent


def parse(data: dict[str, Any], where: str) -> RunConfig:
    """RunConfig from plain data; unknown keys are errors that name the nearest known one."""
    try:
        config = msgspec.convert(data, RunConfig)
    except msgspec.ValidationError as problem:
        raise ConfigError(f"{where}: {_readable(str(problem))}") from None
    if not config.candidate:
        raise ConfigError(f"{where}: no [[candidate]]; name at least one document or system to evaluate")
    return config


def parse_statistics(**settings: object) -> StatisticsConfig:
    """Statistics from the options of a command."""
    try:
        return msgspec.convert(settings, StatisticsConfig)
    except msgspec.ValidationError as problem:
        raise ConfigError(f"the options: {_readable(str(problem))}") from None


_TABLES: dict[str, type[Struct]] = {
    "reference": ReferenceConfig,
    "candidate": CandidateConfig,
    "source": SourceConfig,
    "gate": GateConfig,
    "statistics": StatisticsConfig,
}


def _readable(problem: str) -> str:
    """The library's message with the key in TOML's words and the nearest known key."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.?(\w*))?", problem)
    if not unknown:
        return problem.replace("Object ", "the table ").replace("`$.", "`").replace("`$`", "the top")
    key, table = unknown.group(1), unknown.group(2) or ""
    record = _TABLES.get(table, RunConfig)
    known = [f.name for f in msgspec.structs.fields(record)]
    place = f" in [{table}]" if table else ""
    return f"unknown key {key!r}{place}{nearest(key, known)} (known: {', '.join(known)})"
