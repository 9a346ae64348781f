"""Terminology as tests: what a `*.terms.yaml` file says, checked, and run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from evalkit.errors import ConfigError, InputError, all_problems, nearest
from evalkit.records import Kind, Languages, Termbase
from evalkit.records import config as configuration
from evalkit.records.checked_entries import from_yaml
from evalkit.records.config import DEFAULT_LANG
from evalkit.records.notes import noted
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate
from evalkit.run.read import names_of
from evalkit.terms.load import checked, load
from evalkit.termtests.judge import Accepted, Checked, judge
from evalkit.text.files import resolved
from evalkit.text.problems import choices, remedy
from evalkit.text.visible import shown
from evalkit.text.yaml import YamlFile, read_yaml

_EXPECTED = "a file of term tests has at least the key `candidates`; see docs/ci.md"


class TermTests(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of term tests. Paths are relative to it."""

    candidates: tuple[str, ...]
    references: tuple[str, ...] = ()
    source: str = ""
    source_lang: str = ""
    termbase: tuple[str, ...] = ()
    terms: tuple[dict[str, Any], ...] = ()
    names: tuple[dict[str, Any], ...] = ()
    kind: Kind = "translation"
    lang: str = ""
    align: str = "document"
    accepted: tuple[Accepted, ...] = ()

    def inputs(self) -> tuple[str, ...]:
        """Every file that is read, as the tests name it; a candidate may be the name of a system."""
        return (*self.candidates, *self.references, *([self.source] if self.source else ()), *self.termbase)


def read(path: Path) -> TermTests:
    """The file's tests; raises InputError with file and line for what makes no sense."""
    file = read_yaml(path, _EXPECTED)
    known = [f.name for f in msgspec.structs.fields(TermTests)]
    for key, line in file.keys.items():
        if key not in known:
            raise InputError(f"{path}:{line}: unknown key {key!r}{nearest(str(key), known)} (keys: {', '.join(known)})")
    try:
        tests = msgspec.convert(file.data, TermTests)
    except UnicodeEncodeError as problem:  # of a lone surrogate where no text belongs
        raise InputError(f"{path}: {shown(problem.object)} is not UTF-8; write it in plain characters") from None
    except msgspec.ValidationError as problem:
        raise InputError(_said(str(problem), file)) from None
    if not tests.candidates:
        raise InputError(f"{file.where('candidates')}: `candidates` is empty; name at least one file")
    for number, accepted in enumerate(tests.accepted):
        if not accepted.reason.strip():
            where = file.where(f"accepted[{number}].reason")
            raise InputError(f"{where}: the reason is empty; say why this form is put up with")
    return tests


def _said(problem: str, file: YamlFile) -> str:
    """The library's message with file, line and remedy."""
    place = re.search(r" - at `\$\.?([^`]*)`", problem)
    where = file.where(place.group(1) if place else "")
    inside = f" in `{place.group(1)}`" if place else ""
    text = re.sub(r" - at `[^`]*`", "", problem)
    unknown = re.search(r"unknown field `([^`]*)`", text)
    if unknown:
        known = [f.name for f in msgspec.structs.fields(Accepted)]
        hint = nearest(unknown.group(1), known)
        return f"{where}: unknown key {unknown.group(1)!r}{inside}{hint} (keys: {', '.join(known)})"
    missing = re.search(r"missing required field `([^`]*)`", text)
    if missing:
        return f"{where}: `{missing.group(1)}` is missing{inside}; add it"
    return f"{where}: {text}{inside}{choices(problem, TermTests)}{remedy(text)}"


def entries(path: Path, tests: TermTests) -> Termbase:
    """The terms and names tested: of the termbases named, and those written in the file."""
    languages = Languages(tests.lang or DEFAULT_LANG, tests.source_lang)
    named = load((path.parent / name for name in tests.termbase), languages=languages)
    base = checked(named + Termbase(*from_yaml(read_yaml(path, _EXPECTED))))
    if not base.entries:
        raise InputError(f"{path}:1: nothing to test; name a `termbase` with entries, or write `terms` or `names`")
    return base


def check_accepted(path: Path, tests: TermTests, candidates: list[str], titles: list[str]) -> None:
    """Raises InputError for accepted entries that name what is not tested."""
    file, problems = read_yaml(path, _EXPECTED), []
    for number, accepted in enumerate(tests.accepted):
        for what, value, known in (("candidate", accepted.candidate, candidates), ("term", accepted.term, titles)):
            if value not in known:
                where = file.where(f"accepted[{number}].{what}")
                hint = nearest(value, known) or "; remove the entry, or correct the name"
                problems.append(f"{where}: `accepted` names the {what} {value!r}, not tested{hint}")
    if problems:
        raise InputError(problems[0] if len(problems) == 1 else all_problems(str(path), problems))


def run(
    path: Path, tests: TermTests, config: Path | None = None, told: dict[str, None] | None = None
) -> Iterator[Checked]:
    """Every (candidate, entry) of a file, candidates in order, entries in the order of the lists. `told` gets the notes
    of the evaluations, each once."""
    names = candidate_names(tests, path, config)
    base = entries(path, tests)
    for name, (paths, result) in zip(names, _evaluated(path, tests, base, config), strict=True):
        if told is not None:
            told |= {noted(result, failure): None for failure in result.failures}
        mine = [a for a in tests.accepted if a.candidate == name]
        yield from judge(result, base, name=name, paths=paths, accepted=mine)


def candidate_names(tests: TermTests, path: Path, config: Path | None) -> list[str]:
    """The candidates as test names: a system's own, else the file's stem; refuses two alike and what is not there."""
    file = read_yaml(path, _EXPECTED)
    systems, _ = _systems(config)
    names = []
    for number, candidate in enumerate(tests.candidates):
        there = (path.parent / candidate).exists()
        if not there and candidate not in systems:
            hint = nearest(candidate, systems) if systems else "; name a file, or a system with --evalkit-config"
            where = file.where(f"candidates[{number}]")
            raise InputError(f"{where}: no candidate {candidate!r}: no such file or system{hint}")
        names.append(Path(candidate).stem if there else candidate)
    for number, name in enumerate(names):
        if name in names[:number]:
            where = file.where(f"candidates[{number}]")
            raise InputError(f"{where}: two candidates are called {name!r}; rename one of the files")
    return names


def _evaluated(
    path: Path, tests: TermTests, base: Termbase, config: Path | None
) -> Iterator[tuple[dict[str, str], Result]]:
    """The paths and the evaluation of each candidate."""
    systems, references = _systems(config)
    for candidate in tests.candidates:
        entry: dict[str, Any] = {"path": candidate, "kind": tests.kind}
        folder, refs = path.parent, [{"path": reference} for reference in tests.references]
        source: dict[str, Any] = {"path": tests.source, "lang": tests.source_lang}
        if not (path.parent / candidate).exists() and config is not None:
            entry, folder = systems[candidate], config.parent
            refs = [{"path": str(resolved(path.parent / r))} for r in tests.references] or references
            source["path"] = str(resolved(path.parent / tests.source))
        settings = configuration.parse(
            {
                "name": "terms", "metrics": [], "detectors": ["terminology", "names"], "lang": tests.lang,
                "align": tests.align, "candidate": [entry], "reference": refs, "statistics": {"test": "none"},
                **({"source": source} if tests.source else {}),
            },
            str(path),
        )  # fmt: skip
        result = evaluate(settings, folder=folder, termbase=base)
        if len(result.systems) > 1:
            named = ", ".join(shown(system.name) for system in result.systems)
            raise InputError(f"{path}: {candidate} holds several systems ({named}), where one is tested; part the file")
        given = [each["path"] for each in refs]
        if len(given) != len(result.references):  # the candidate's file has a reference of its own
            given = [reference.path for reference in result.references]
        places = {"": entry["path"], **{r.name: each for r, each in zip(result.references, given, strict=True)}}
        yield {key: os.path.relpath(resolved(folder / value)) for key, value in places.items()}, result


def _systems(config: Path | None) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Candidates of a configuration by the names a run gives them, and its references."""
    if config is None:
        return {}, []
    settings, folder = configuration.load(config)
    plain: dict[str, Any] = settings.to_plain()
    return dict(zip(names_of(settings.candidate, folder), plain["candidate"], strict=True)), plain["reference"]


def known_config(path: str) -> Path | None:
    """The configuration named, or None; raises ConfigError where it is not there."""
    if not path:
        return None
    if not Path(path).is_file():
        raise ConfigError(f"--evalkit-config {path}: no such file")
    return Path(path)
