"""The run configuration: `evalkit.toml` as records. Paths in it are relative to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from evalkit.errors import ConfigError, all_problems, nearest
from evalkit.records import CustomRule, Kind, Severity
from evalkit.records.scorecard import ScorecardConfig
from evalkit.records.toml_told import in_toml, parsed
from evalkit.text.files import read_text
from evalkit.text.patterns import compile_pattern
from evalkit.text.problems import choices
from evalkit.text.visible import shown

ACCEPTED = "accepted"  # as a gate's baseline: what was accepted last; a file of that name is ./accepted
Spec = str | dict[str, Any]
Columns = dict[str, str]  # the column of a table that plays a role: text, reference, source, doc, id, lang, system
DEFAULT_LANG = "en"
LINES_OR_IDS = "auto"  # the aligner of `score`: `lines`, or `id` where rows state ids that stand in another order


class ReferenceConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One official reference. `derived_from`: the raw file it was made from by `evalkit clean`."""

    path: str
    name: str = ""
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False
    columns: Columns = {}
    derived_from: str = ""


class SourceConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The text the candidates were translated from. Without a `path` it is the one that the candidates' files bring
    with them, and `lang` says its language."""

    path: str = ""
    name: str = "source"
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False
    columns: Columns = {}


class CandidateConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One candidate: a translation, report or summary of the reference."""

    path: str
    name: str = ""
    kind: Kind = "translation"
    lang: str = ""
    reader: Spec = ""
    boilerplate: bool = False
    columns: Columns = {}


class GateConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a run fail: findings of a severity or worse, scores beyond a value, a worse baseline.

    `baseline` is a saved result; scores shown to be worse than its own fail, and findings that it does not have, from
    the severity `fail_on_new` on. `fail_on_regression` without a saved result holds systems against the one that
    `[statistics]` names as baseline."""

    fail_on: str | None = None
    fail_under: dict[str, float] = {}
    baseline: str = ""
    fail_on_new: str = "minor"
    fail_on_regression: bool = False
    scorecard: bool = False  # a scorecard that fails makes the run fail


class IgnoreConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Findings to leave out, each with a reason. What is given must all fit: `rule`, `path` and `system` are
    globs, `text` is the finding's text, `pattern` a regular expression searched in it."""

    reason: Annotated[str, Meta(min_length=1)]
    rule: str = ""
    path: str = ""
    system: str = ""
    text: str = ""
    pattern: str = ""


class StatisticsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Intervals and paired tests between systems."""

    confidence: bool = False
    test: Literal["randomisation", "bootstrap", "bootstrap-two-sided", "none"] = "randomisation"
    trials: Annotated[int, Meta(ge=0, le=10**7)] = 0  # 0: 10,000, of bootstrap 1,000, of many systems more
    baseline: str = ""
    alpha: Annotated[float, Meta(gt=0, lt=1)] = 0.05
    correction: Literal["holm", "bh", "none"] = "holm"
    unit: Literal["auto", "document", "segment"] = "auto"  # what is drawn: documents where there are enough of them


class RunConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting of an evaluation. `folder` is where relative paths start; it is never recorded."""

    reference: tuple[ReferenceConfig, ...] = ()
    candidate: tuple[CandidateConfig, ...] = ()
    source: SourceConfig | None = None
    name: str = "evaluation"
    lang: str = ""  # by default as the files state, else as the texts read where that is sure, else English
    output: str = "reports"
    metrics: tuple[Spec, ...] = ("bleu", "chrf", "ter", "wer")
    segment: Spec = ""  # by default `lines` where lines are aligned, else `sentences`
    align: Spec = ""  # by default `id` where all sides state ids of their rows, else `document`
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 12345  # what every program that reads the result can hold
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    detectors: tuple[Spec, ...] | None = None
    statistics: StatisticsConfig = StatisticsConfig()
    rule: tuple[CustomRule, ...] = ()
    ignore: tuple[IgnoreConfig, ...] = ()
    select: tuple[str, ...] = ()  # rules to run, by id, glob or category; by default all
    skip: tuple[str, ...] = ()  # rules to leave out of them
    severity: dict[str, Severity] = {}  # by rule, glob or category, instead of what the evidence deserves
    verdicts: str = ""  # what people have said of findings
    ratings: tuple[str, ...] = ()  # errors that people have marked in the texts themselves
    gate: GateConfig = GateConfig()
    scorecard: ScorecardConfig | None = None
    plugins: tuple[str, ...] = ()
    reader: Spec = ""  # by default the one that takes a file
    columns: Columns = {}

    @property
    def language(self) -> str:
        """The language that texts are taken for where nothing says another."""
        return self.lang or DEFAULT_LANG

    def inputs(self) -> tuple[str, ...]:
        """Every file or folder the evaluation reads, as the settings name it; the gate's baseline apart."""
        sides = (*self.reference, *self.candidate, *((self.source,) if self.source else ()))
        links = self.align.get("path") if isinstance(self.align, Mapping) else None
        raw = [entry.derived_from for entry in self.reference if entry.derived_from]
        named = [*raw, *([links] if isinstance(links, str) else []), *([self.verdicts] if self.verdicts else [])]
        return (*(entry.path for entry in sides), *self.terms, *self.names, *self.plugins, *self.ratings, *named)

    def to_plain(self) -> dict[str, object]:
        """The settings as plain values for the result."""
        return dict(msgspec.to_builtins(self))


def column_spec(columns: Columns) -> str:
    """Roles and columns in a line, as readers of tables take them."""
    return ",".join(f"{role}={column}" for role, column in columns.items())


def parse_columns(given: str) -> Columns:
    """Roles and columns of `ROLE=COLUMN,ROLE=COLUMN`."""
    pairs = [part.partition("=") for part in given.split(",") if part.strip()]
    wrong = next((role for role, equals, column in pairs if not (equals and column.strip())), None)
    if wrong is not None:
        raise ConfigError(f"--columns: {wrong.strip()!r}: write ROLE=COLUMN,ROLE=COLUMN, for example text=prediction")
    return {role.strip(): column.strip() for role, _, column in pairs}


def load(path: str | Path) -> tuple[RunConfig, Path]:
    """The configuration of a file and the folder its paths are relative to."""
    return parse(read_toml(path), str(path)), Path(path).parent


def read_toml(path: str | Path) -> dict[str, Any]:
    """What a configuration file says, unchecked; ConfigError where it is no TOML."""
    text = read_text(path)
    try:
        return parsed(text)
    except ValueError as problem:  # Python's own too: of a number of thousands of digits
        what = "" if str(path).endswith(".toml") else "no configuration (`evalkit init` writes one), for it is "
        raise ConfigError(f"{path}: {what}not valid TOML: {problem}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not valid TOML: nested too deeply; see docs/configuration.md") from None


def parse(data: dict[str, Any], where: str) -> RunConfig:
    """RunConfig from plain data; unknown keys are errors that name the nearest known one."""
    check_texts(data, where)
    try:
        config = msgspec.convert(data, RunConfig)
    except (msgspec.ValidationError, UnicodeEncodeError) as problem:  # the latter of a path where none belongs
        raise ConfigError(f"{where}: {in_toml(str(problem), data) or _readable(str(problem))}") from None
    if not config.candidate:
        raise ConfigError(f"{where}: no [[candidate]]; name at least one document or system to evaluate")
    if problems := [*_rule_problems(config), *_ignore_problems(config)]:
        raise ConfigError(all_problems(where, problems))
    return config


def check_texts(data: dict[str, Any], where: str) -> None:
    """Refuses what no result could hold or show: depth without end, and characters that are none. A path may hold
    bytes that are no UTF-8, as the system gives it; whoever reads the file says so."""
    level: list[tuple[str, object]] = list(data.items())
    for _ in range(_DEEPEST):
        below: list[tuple[str, object]] = []
        for key, value in level:
            if isinstance(value, Mapping):
                below += [(str(name), item) for name, item in value.items()]
            elif isinstance(value, (list, tuple)):
                below += [(key, item) for item in value]
            elif isinstance(value, str) and "\0" in value:
                raise ConfigError(f"{where}: {key!r} has NUL in it ({shown(value)}); remove it")
            elif isinstance(value, str) and key not in _PATHS and not value.isascii() and _SURROGATE.search(value):
                raise ConfigError(f"{where}: {key!r} is not UTF-8 ({shown(value)}); write it in plain characters")
            elif isinstance(value, int) and abs(value) > _LARGEST:
                raise ConfigError(f"{where}: {key!r} is {shown(value)}, larger than any setting takes")
        if not below:
            return
        level = below
    raise ConfigError(f"{where}: nested more than {_DEEPEST} deep; no setting is")


_DEEPEST = 20  # the deepest setting, an option of a plug-in that is a table, lies five deep
_LARGEST = 2**63 - 1  # what every program that reads the result can hold
_SURROGATE = re.compile("[\ud800-\udfff]")
_PATHS = frozenset({"path", "output", "derived_from", "baseline", "terms", "names", "plugins", "verdicts", "ratings"})


def _rule_problems(config: RunConfig) -> Iterator[str]:
    """What is wrong with the user's own rules."""
    seen: set[str] = set()
    for rule in config.rule:
        if not re.fullmatch(r"custom-[a-z0-9]+(?:-[a-z0-9]+)*", rule.id):
            yield f"[[rule]] {rule.id!r}: the id must be `custom-` and lower-case words, for example custom-date-order"
        if rule.id in seen:
            yield f"[[rule]] {rule.id!r} is there twice; give each rule an id of its own"
        seen.add(rule.id)
        if not rule.message.strip():
            yield f"[[rule]] {rule.id!r}: the message is empty; say what to do"
        yield from _pattern_problems(f"[[rule]] {rule.id!r}", rule.pattern)
    named = [spec if isinstance(spec, str) else str(spec.get("name")) for spec in config.detectors or ()]
    if config.rule and config.detectors is not None and not {"custom", "*"} & {s.partition("(")[0] for s in named}:
        yield '[[rule]] is there but `detectors` leaves them out; add "custom" to `detectors`'


def _ignore_problems(config: RunConfig) -> Iterator[str]:
    """What is wrong with the findings to ignore."""
    for number, entry in enumerate(config.ignore, 1):
        where = f"[[ignore]] number {number}"
        if not entry.reason.strip():
            yield f"{where}: the reason is empty; say why these findings may be left out"
        if not any((entry.rule, entry.path, entry.system, entry.text, entry.pattern)):
            yield f"{where} would leave out everything; give rule, path, system, text or pattern"
        if entry.text and entry.pattern:
            yield f"{where}: text and pattern are both given; choose one"
        if entry.pattern:
            yield from _pattern_problems(where, entry.pattern)


def _pattern_problems(where: str, pattern: str) -> Iterator[str]:
    try:
        compile_pattern(pattern)
    except ValueError as problem:
        yield f"{where}: the pattern {pattern!r} is {problem}"


def with_gate(config: RunConfig, given: dict[str, object]) -> RunConfig:
    """The configuration with settings of the gate replaced by those of a command's options."""
    return msgspec.structs.replace(config, gate=msgspec.structs.replace(config.gate, **given))


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
    "rule": CustomRule,
    "ignore": IgnoreConfig,
    "scorecard": ScorecardConfig,
}


def _readable(problem: str) -> str:
    """The library's message with the key in TOML's words and the nearest known key."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.?(\w*))?", problem)
    if not unknown:
        problem += choices(problem, RunConfig)
        return problem.replace("Object ", "the table ").replace("`$.", "`").replace("`$`", "the top")
    key, table = unknown.group(1), unknown.group(2) or ""
    known = [f.name for f in msgspec.structs.fields(_TABLES.get(table, RunConfig))]
    place = f" in [{table}]" if table else ""
    return f"unknown key {key!r}{place}{nearest(key, known)} (known: {', '.join(known)})"
