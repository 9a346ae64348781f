"""From the settings to the shards: whose texts stand in which column of which files, and where the cuts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import Registry
from evalkit.records.config import LINES_OR_IDS, CandidateConfig, ReferenceConfig, RunConfig, SourceConfig
from evalkit.shards.files import files_of, is_pattern, kind_of
from evalkit.shards.index import MARK, Index, index
from evalkit.shards.read import has
from evalkit.shards.records import Column, Shard, Span

Entry = ReferenceConfig | CandidateConfig | SourceConfig
ROWS = 20_000  # of a shard: a second or so of work, so that little is lost with one, and a result of some kilobytes


class Source(NamedTuple):
    """The files of one path, in their order, and the columns by role that the user has named."""

    path: str
    files: tuple[Index, ...]
    columns: Mapping[str, str]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def fields(self) -> Mapping[str, object]:
        """The first row of a table; nothing of lines."""
        return self.files[0].fields

    def column(self, role: str) -> str:
        """The column of a role, empty where there is none."""
        name = self.columns.get(role, role)
        return name if has(self.fields, name) else ""


class Side(NamedTuple):
    """A system or a reference: its name, its language, the path it was given by and where its texts are."""

    name: str
    lang: str
    path: str
    column: Column


class Plan(NamedTuple):
    """What is to be done."""

    sources: tuple[Source, ...]
    systems: tuple[Side, ...]
    references: tuple[Side, ...]
    document: Column | None
    checked: tuple[tuple[Column, ...], ...]
    shards: tuple[Shard, ...]
    rows: int
    source: Side | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """All files."""
        return tuple(dict.fromkeys(file.path for source in self.sources for file in source.files))


def check(config: RunConfig, *, scoring: bool = True) -> None:
    """Refuses settings that ask for more than lines beside lines."""
    texts: tuple[ReferenceConfig | CandidateConfig, ...] = (*config.reference, *config.candidate)
    asked = [
        ("--align", config.align not in ("", LINES_OR_IDS, "lines")),
        ("--segment", config.segment not in ("", "lines")),
        ("--source", scoring and config.source is not None),
        ("--boilerplate", any(each.boilerplate for each in texts)),
        ("--reader", bool(config.reader) or any(each.reader for each in texts)),
        ("--unit segment", config.statistics.unit == "segment"),
        ("a baseline", bool(config.gate.baseline)),
    ]
    named = [option for option, wanted in asked if wanted]
    if named:
        raise ConfigError(f"{named[0]}: cannot be had of a stream, which is scored line by line; leave out --engine")


def plan(config: RunConfig, folder: Path, registry: Registry, rows: int = ROWS, *, scoring: bool = True) -> Plan:
    """The plan of an evaluation; every file is looked at once for it. InputError where sides differ in their rows, and
    where there is nothing to score against."""
    known: dict[str, int] = {}
    sources: list[Source] = []

    def source(entry: Entry) -> int:
        path = entry.path if "://" in entry.path else str(folder / entry.path)
        if path not in known:
            known[path] = len(sources)
            files = tuple(index(file, kind_of(file, registry)) for file in files_of(path))
            if all(file.blank for file in files):  # as the reader of whole files says it
                raise InputError(f"{files[0].path}: the file is empty; there is nothing to evaluate")
            if len({file.kind for file in files}) > 1:
                raise InputError(f"{entry.path}: files of several kinds; name those of one")
            sources.append(Source(entry.path, files, {**config.columns, **getattr(entry, "columns", {})}))
        return known[path]

    systems = tuple(_side(entry, source(entry), sources, config, ("text",)) for entry in config.candidate)
    references = tuple(
        _side(entry, source(entry), sources, config, ("reference", "text")) for entry in config.reference
    ) or tuple(_brought(systems, sources))
    given = config.source if config.source and config.source.path else None
    beside = (
        _side(given, source(given), sources, config, ("source", "text")) if given else _own_source(systems, sources)
    )
    if beside and config.source:
        beside = beside._replace(lang=config.source.lang)
    _check_sides(systems, references, sources, scoring=scoring)
    every = range(len(sources))
    documents, ids = _columns_of("doc", sources, every), _columns_of("id", sources, every)
    total = sources[0].rows
    return Plan(
        tuple(sources),
        systems,
        references,
        documents[0] if documents else None,
        tuple(columns for columns in (documents, ids) if len(columns) > 1),
        tuple(_shards(sources, total, rows)),
        total,
        None if scoring else beside,
    )


def _own_source(systems: Sequence[Side], sources: Sequence[Source]) -> Side | None:
    """The source that stands beside the first candidate whose files have it."""
    for system in systems:
        if column := sources[system.column.source].column("source"):
            return Side("source", "", system.path, Column(system.column.source, column))
    return None


def _columns_of(role: str, sources: Sequence[Source], every: Sequence[int]) -> tuple[Column, ...]:
    return tuple(Column(number, name) for number in every if (name := sources[number].column(role)))


def _side(
    entry: Entry,
    number: int,
    sources: Sequence[Source],
    config: RunConfig,
    roles: Sequence[str],
) -> Side:
    source = sources[number]
    if source.files[0].kind == "lines":
        return Side(name_of(entry), entry.lang or config.language, entry.path, Column(number))
    column = next((name for role in roles if (name := source.column(role))), "")
    if not column:
        there = ", ".join(map(str, list(source.fields)[:40]))
        raise InputError(
            f"{entry.path}: no column {' or '.join(map(repr, roles))} (columns: {there}); say which one it is, for "
            f"example --columns {roles[0]}=COLUMN"
        )
    if roles == ("text",) and source.column("system"):
        raise InputError(f"{entry.path}: rows of several systems in one table; of a stream each has files of its own")
    return Side(name_of(entry), entry.lang or config.language, entry.path, Column(number, column))


def _brought(systems: Sequence[Side], sources: Sequence[Source]) -> Iterator[Side]:
    """The references that stand beside the first candidate that has any, in one column or in several (`A|B`)."""
    for system in systems:
        source = sources[system.column.source]
        named = [name.strip() for name in source.columns.get("reference", "reference").split("|")]
        found = [name for name in named if has(source.fields, name)]
        if found:
            for name in found:
                yield Side(
                    "reference" if len(found) == 1 else name,
                    system.lang,
                    system.path,
                    Column(system.column.source, name),
                )
            return


def _check_sides(
    systems: Sequence[Side], references: Sequence[Side], sources: Sequence[Source], *, scoring: bool
) -> None:
    if scoring and not references:
        raise ConfigError("score: there is no reference to score against; give it with -r/--reference")
    for sides in (systems, references):
        names = [side.name for side in sides]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ConfigError(f"two inputs of one side are called {twice!r}; give each its own name")
    first = sources[0]
    for other in sources[1:]:
        if other.rows != first.rows:
            raise InputError(
                f"{first.path} has {first.rows} lines and {other.path} {other.rows}; a stream is scored line by line"
            )


def _shards(sources: Sequence[Source], total: int, rows: int) -> Iterator[Shard]:
    """Cuts at whole blocks of lines; where row groups of Parquet are larger, at the block in which one ends."""
    ends = sorted({*_group_ends(sources)})
    number = first = 0
    while first < total:
        end = first + rows
        end = next((-(-stop // MARK) * MARK for stop in ends if stop >= end), total) if ends else end
        end = min(end, total)
        spans = tuple(tuple(_spans(source.files, first, end)) for source in sources)
        yield Shard(number, first, end - first, spans)
        number, first = number + 1, end


def _group_ends(sources: Sequence[Source]) -> Iterator[int]:
    for source in sources:
        if source.files[0].kind == "parquet":
            at = 0
            for file in source.files:
                yield from (at + row for row in (*list(file.marks)[1:], file.rows))
                at += file.rows
            return


def _spans(files: Sequence[Index], first: int, end: int) -> Iterator[Span]:
    at = 0
    for file in files:
        a, b = max(first - at, 0), min(end - at, file.rows)
        if a < b:
            yield from file.spans(a, b)
        at += file.rows


def name_of(entry: Entry) -> str:
    """The name given, else the file's without its ending; of a pattern the folder's, or what comes before the
    wildcard."""
    if isinstance(entry, SourceConfig):
        return "source"
    if entry.name.strip():
        return entry.name.strip()
    path = Path(entry.path)
    if not is_pattern(entry.path):
        return path.stem or entry.path
    stem = path.name.partition("*")[0].partition("?")[0].partition("[")[0].rstrip("-_.")
    return stem or path.parent.name or entry.path
