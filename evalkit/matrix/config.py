"""A configuration with `[[set]]` and `[[system]]`: what it says, and the evaluation that each of its rows is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from evalkit.errors import ConfigError, nearest
from evalkit.records import Kind
from evalkit.records.config import Columns, RunConfig, Spec, check_texts, parse
from evalkit.records.toml_told import in_toml
from evalkit.text.files import usable
from evalkit.text.visible import shown

_NAME = r"\A[\w.+-]+\Z"  # what is a folder's name on every system
_Name = Annotated[str, Meta(pattern=_NAME, max_length=100)]
_PLACE = re.compile(r"\{([^{}]*)\}")
_OWN = ("set", "system", "language")
_NOT_HERE = {
    "candidate": "name them as [[system]] with a pattern for `path`",
    "reference": "name them as `references` of a [[set]]",
    "source": "name it as `source` of a [[set]]",
    "lang": "name it as `languages` of a [[set]]",
}


class SetConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One test set in the languages it was translated into. `references` and `source` are patterns of paths, in which
    `{set}` and `{lang}` stand for the row's."""

    name: _Name
    languages: Annotated[tuple[_Name, ...], Meta(min_length=1)]
    references: tuple[str, ...] = ()
    source: str = ""
    source_lang: str = ""
    tags: tuple[str, ...] = ()
    reader: Spec = ""
    columns: Columns = {}


class SystemConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """One system; `path` is a pattern as in a set. It need not have a text for every row."""

    name: Annotated[str, Meta(min_length=1)]
    path: Annotated[str, Meta(min_length=1)]
    kind: Kind = "translation"
    reader: Spec = ""
    columns: Columns = {}


class LanguageConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What is special to a language: `metrics` and `detectors` take the place of the common ones, the lists are added
    to them."""

    metrics: tuple[Spec, ...] | None = None
    detectors: tuple[Spec, ...] | None = None
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class _Matrix(Struct, frozen=True):
    set: Annotated[tuple[SetConfig, ...], Meta(min_length=1)]
    system: Annotated[tuple[SystemConfig, ...], Meta(min_length=1)]
    language: dict[str, LanguageConfig] = {}


class RowConfig(Struct, frozen=True):
    """A row: one set in one language. `config` is its evaluation, None where no system has a text for it; `absent` are
    the systems that have none, `lacking` the files of the set itself that are not there, looked for where `config` is
    None; `folder` is where its result goes, below the output."""

    set: str
    lang: str
    tags: tuple[str, ...]
    config: RunConfig | None
    absent: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Set and language, as the overview names the row."""
        return f"{self.set}/{self.lang}"

    @property
    def folder(self) -> str:
        return f"{self.set}.{self.lang}"


class MatrixConfig(Struct, frozen=True):
    """The rows and columns, and where it all goes."""

    name: str
    output: str
    metrics: tuple[str, ...]
    seed: int
    alpha: float
    systems: tuple[str, ...]
    rows: tuple[RowConfig, ...]


def is_matrix(data: Mapping[str, Any]) -> bool:
    """Whether the data of a configuration are those of a matrix."""
    return "set" in data or "system" in data


def parse_matrix(data: Mapping[str, Any], where: str, folder: Path) -> MatrixConfig:
    """The matrix of plain data; `folder` is where its paths start. Raises ConfigError for what makes no sense."""
    check_texts(dict(data), where)
    for key, remedy in _NOT_HERE.items():
        if key in data:
            raise ConfigError(f"{where}: a configuration with [[set]] has no {key!r}; {remedy}")
    try:
        matrix = msgspec.convert({key: data[key] for key in _OWN if key in data}, _Matrix)
    except UnicodeEncodeError as problem:  # of a path where no path belongs
        raise ConfigError(f"{where}: {shown(problem.object)} is not UTF-8; write it in plain characters") from None
    except msgspec.ValidationError as problem:
        raise ConfigError(f"{where}: {in_toml(str(problem), data) or _readable(str(problem))}") from None
    common = {key: value for key, value in data.items() if key not in _OWN}
    _check_names(matrix, where)
    rows = [_row(common, each, lang, matrix, where, folder) for each in matrix.set for lang in each.languages]
    _check_rows(rows, where)
    plain = parse({**common, "candidate": [{"path": "-"}]}, where)
    return MatrixConfig(
        plain.name,
        plain.output,
        tuple(spec if isinstance(spec, str) else str(spec.get("name")) for spec in plain.metrics),
        plain.seed,
        plain.statistics.alpha,
        tuple(system.name for system in matrix.system),
        tuple(rows),
    )


def chosen(rows: Sequence[RowConfig], only: Sequence[str]) -> list[RowConfig]:
    """The rows that fit one of the values given for each of `set`, `lang` and `tag` (globs); all where none is given.

    Raises ConfigError for what is written otherwise, or fits no row.
    """
    asked: dict[str, list[str]] = {}
    for text in only:
        key, equals, value = text.partition("=")
        if key not in ("set", "lang", "tag") or not (equals and value):
            raise ConfigError(f"--only {text!r}: write set=NAME, lang=CODE, tag=NAME (`*` fits anything), or `new`")
        asked.setdefault(key, []).append(value)
    kept = [row for row in rows if all(_fits(row, key, values) for key, values in asked.items())]
    if not kept:
        known = {key: sorted({each for row in rows for each in _of(row, key) if each != row.id}) for key in asked}
        key = next((key for key, values in asked.items() if not any(_fits(row, key, values) for row in rows)), "")
        if not key:
            raise ConfigError(f"--only {' '.join(only)}: no set has all of these")
        near, word = nearest(asked[key][0], known[key]), "language" if key == "lang" else key
        raise ConfigError(f"--only {' '.join(only)}: fits no {word}{near} ({word}s: {', '.join(known[key]) or 'none'})")
    return kept


def _of(row: RowConfig, key: str) -> tuple[str, ...]:
    """What a row is called by a key; by `set` also as the overview names it."""
    return {"set": (row.set, row.id), "lang": (row.lang,), "tag": row.tags}[key]


def _fits(row: RowConfig, key: str, values: Sequence[str]) -> bool:
    return any(fnmatchcase(each, value) for each in _of(row, key) for value in values)


def _row(
    common: Mapping[str, Any], given: SetConfig, lang: str, matrix: _Matrix, where: str, folder: Path
) -> RowConfig:
    """The evaluation of a set in a language, of the systems that have a text for it."""
    place = {"set": given.name, "lang": lang}
    special = (
        matrix.language.get(lang) or matrix.language.get(lang.replace("_", "-").partition("-")[0]) or LanguageConfig()
    )
    texts = {system.name: _filled(system.path, place, where) for system in matrix.system}
    there = [system for system in matrix.system if _is_there(folder, texts[system.name])]
    reading = {key: value for key, value in (("reader", given.reader), ("columns", given.columns)) if value}
    data = {
        **common,
        "name": f"{common.get('name', 'evaluation')}: {given.name}, {lang}",
        "lang": lang,
        "terms": [*common.get("terms", ()), *special.terms],
        "names": [*common.get("names", ()), *special.names],
        "reference": [{**reading, "path": _filled(path, place, where), "lang": lang} for path in given.references],
        "candidate": [_candidate(system, texts[system.name], lang) for system in there],
    }
    if special.metrics is not None:
        data["metrics"] = special.metrics
    if special.detectors is not None:
        data["detectors"] = special.detectors
    if given.source:
        data["source"] = {**reading, "path": _filled(given.source, place, where), "lang": given.source_lang}
    if isinstance(gate := common.get("gate"), Mapping) and isinstance(gate.get("baseline"), str):
        data["gate"] = {**gate, "baseline": _filled(gate["baseline"], place, where)}
    named = f"{where}: {given.name}/{lang}"
    config = parse(data, named) if there else None
    absent = tuple(system.name for system in matrix.system if system not in there)
    own = [_filled(path, place, where) for path in (*given.references, given.source) if path]
    lacking = () if there else tuple(path for path in own if not _is_there(folder, path))
    return RowConfig(given.name, lang, given.tags, config, absent, lacking)


def _candidate(system: SystemConfig, path: str, lang: str) -> dict[str, Any]:
    reading = {key: value for key, value in (("reader", system.reader), ("columns", system.columns)) if value}
    return {**reading, "name": system.name, "path": path, "kind": system.kind, "lang": lang}


def _filled(pattern: str, place: Mapping[str, str], where: str) -> str:
    unknown = next((name for name in _PLACE.findall(pattern) if name not in place), None)
    if unknown is not None:
        raise ConfigError(f"{where}: {pattern!r}: {{{unknown}}} stands for nothing (known: {{set}}, {{lang}})")
    return _PLACE.sub(lambda found: place[found[1]], pattern)


def _is_there(folder: Path, path: str) -> bool:
    return path.startswith("hub:") or usable(folder / path).exists()


def _check_names(matrix: _Matrix, where: str) -> None:
    names = [system.name for system in matrix.system]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ConfigError(f"{where}: two [[system]] have the name {twice!r}; give each its own")
    if dots := next((each.name for each in matrix.set if not each.name.strip(".")), ""):
        raise ConfigError(f"{where}: the set {dots!r} cannot have a folder of that name; give it another")


def _check_rows(rows: Sequence[RowConfig], where: str) -> None:
    seen: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for row in rows:
        if row.folder.casefold() in seen:
            raise ConfigError(f"{where}: the set {row.set!r} is there twice in the language {row.lang!r}")
        seen.add(row.folder.casefold())
        for candidate in row.config.candidate if row.config else ():
            other = owners.setdefault((candidate.name, candidate.path), row.id)
            if other != row.id:
                raise ConfigError(
                    f"{where}: the system {candidate.name!r} has the same text for {other} and {row.id} "
                    f"({candidate.path}); put {{set}} or {{lang}} in its `path`"
                )


_RECORDS: dict[str, type[Struct]] = {"set": SetConfig, "system": SystemConfig, "language": LanguageConfig}


def _readable(problem: str) -> str:
    """The library's message with the key in TOML's words and the nearest known key."""
    unknown = re.search(r"unknown field `([^`]*)`(?: - at `\$\.?(\w*))?", problem)
    if unknown and (record := _RECORDS.get(unknown[2] or "")):
        known = [field.name for field in msgspec.structs.fields(record)]
        return f"unknown key {unknown[1]!r} in [[{unknown[2]}]]{nearest(unknown[1], known)} (known: {', '.join(known)})"
    if missing := re.fullmatch(r"Object missing required field `(set|system)`", problem):
        return f"no [[{missing[1]}]]; a matrix has at least one [[set]] and one [[system]]"
    return problem.replace("Object ", "the table ").replace("`$.", "`").replace("`$`", "the top")
