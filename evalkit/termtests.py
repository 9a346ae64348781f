"""Terminology as tests: what a `*.terms.yaml` file says, and how each term fares in each candidate."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from evalkit import config as configuration
from evalkit.errors import ConfigError, InputError, all_problems, nearest
from evalkit.model import Finding, Kind, Name, Term
from evalkit.pipeline import evaluate
from evalkit.result import Result, SystemRecord
from evalkit.structs import choices, remedy
from evalkit.termbase import Languages, Termbase, checked, load
from evalkit.termentries import from_yaml, title_of
from evalkit.text import quote
from evalkit.yamlfile import YamlFile, read_yaml

_EXPECTED = "a file of term tests has at least the key `candidates`; see docs/ci.md"


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong form that is known and put up with: in this candidate, for this term, until a day."""

    candidate: str
    term: str
    found: str
    reason: str
    until: datetime.date | None = None


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
    lang: str = "en"
    align: str = "document"
    accepted: tuple[Accepted, ...] = ()


class Checked(Struct, frozen=True):
    """One term or name in one candidate. `new` are findings that nothing accepts, `known` the accepted ones,
    `expired` those of the new ones that were accepted until a day that is past.

    `tested` is False where there was nothing to judge: no form of the term stands in the candidate,
    neither reference nor source asks for it, and it rejects nothing. `stale` are accepted entries that
    nothing needs any more. `pairs` are the texts of the units with findings.
    """

    candidate: str
    path: str
    term: str
    new: tuple[Finding, ...]
    known: tuple[tuple[Finding, Accepted], ...]
    tested: bool
    pairs: dict[str, tuple[str, str]]
    expected: int = 0
    found: int = 0
    expired: tuple[tuple[Finding, Accepted], ...] = ()
    stale: tuple[Accepted, ...] = ()


def read(path: Path) -> TermTests:
    """The file's tests; raises InputError with file and line for what makes no sense."""
    file = read_yaml(path, _EXPECTED)
    known = [f.name for f in msgspec.structs.fields(TermTests)]
    for key, line in file.keys.items():
        if key not in known:
            raise InputError(f"{path}:{line}: unknown key {key!r}{nearest(str(key), known)} (keys: {', '.join(known)})")
    try:
        tests = msgspec.convert(file.data, TermTests)
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
    languages = Languages(tests.lang, tests.source_lang)
    named = load((path.parent / name for name in tests.termbase), languages=languages)
    return checked(named + Termbase(*from_yaml(read_yaml(path, _EXPECTED))))


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


def run(path: Path, tests: TermTests, config: Path | None = None) -> Iterator[Checked]:
    """Every (candidate, entry) of a file, candidates in order, entries in the order of the lists."""
    base = entries(path, tests)
    for name, shown, result in _evaluated(path, tests, base, config):
        mine = [a for a in tests.accepted if a.candidate == name]
        yield from judge(result, base, name=name, shown=shown, accepted=mine)


def judge(
    result: Result,
    base: Termbase,
    *,
    system: int = 0,
    name: str = "",
    shown: str = "",
    accepted: Sequence[Accepted] = (),
) -> Iterator[Checked]:
    """How every entry fares in one system of a result; `shown` is the path that places begin with."""
    record = result.systems[system]
    counts = {t.term: (t.expected, t.found, len(t.occurrences)) for t in result.terms if t.system == record.name}
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for entry in base.entries:
        mine = [a for a in accepted if a.term == title_of(entry)]
        yield _checked(entry, (name or record.name, shown or record.path), record, counts, mine, today)


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


def _evaluated(path: Path, tests: TermTests, base: Termbase, config: Path | None) -> Iterator[tuple[str, str, Result]]:
    systems, references = _systems(config)
    for name, candidate in zip(candidate_names(tests, path, config), tests.candidates, strict=True):
        entry: dict[str, Any] = {"path": candidate, "kind": tests.kind}
        folder, refs = path.parent, [{"path": reference} for reference in tests.references]
        source: dict[str, Any] = {"path": tests.source, "lang": tests.source_lang}
        if not (path.parent / candidate).exists() and config is not None:
            entry, folder = systems[candidate], config.parent
            refs = [{"path": str((path.parent / r).resolve())} for r in tests.references] or references
            source["path"] = str((path.parent / tests.source).resolve())
        settings = configuration.parse(
            {
                "name": "terms", "metrics": [], "detectors": ["terminology", "names"], "lang": tests.lang,
                "align": tests.align, "candidate": [entry], "reference": refs, "statistics": {"test": "none"},
                **({"source": source} if tests.source else {}),
            },
            str(path),
        )  # fmt: skip
        shown = os.path.relpath((folder / entry["path"]).resolve())
        yield name, shown, evaluate(settings, folder=folder, termbase=base)


def _systems(config: Path | None) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Candidates of a configuration by name, and its references."""
    if config is None:
        return {}, []
    settings, _ = configuration.load(config)
    plain: dict[str, Any] = settings.to_plain()
    return {c["name"] or Path(c["path"]).stem: c for c in plain["candidate"]}, plain["reference"]


def _checked(
    entry: Term | Name,
    candidate: tuple[str, str],
    system: SystemRecord,
    counts: Mapping[str, tuple[int, int, int]],
    accepted: list[Accepted],
    today: datetime.date,
) -> Checked:
    title = title_of(entry)
    forms = {title, *entry.accept}
    findings = [f for f in system.findings if forms & set(f.expected) and f.severity != "neutral"]
    known, new, expired = [], [], []
    for finding in findings:
        matching = [a for a in accepted if a.found == finding.text]
        valid = next((a for a in matching if a.until is None or a.until >= today), None)
        if valid:
            known.append((finding, valid))
            continue
        new.append(finding)
        expired += [(finding, a) for a in matching[:1]]
    expected, found, occurrences = counts.get(title, (0, 0, 0))
    rejects = entry.reject or (isinstance(entry, Term) and entry.reject_patterns)
    tested = bool(findings or rejects or expected or occurrences or isinstance(entry, Name))
    wanted = {finding.unit for finding in new}
    texts = {finding.text for finding in findings}
    return Checked(
        *candidate, title, tuple(new), tuple(known), tested, _pairs(system, wanted), expected, found, tuple(expired),
        tuple(a for a in accepted if a.found not in texts),
    )  # fmt: skip


def _pairs(system: SystemRecord, wanted: set[str]) -> dict[str, tuple[str, str]]:
    return {
        unit.id: (unit.candidate.text if unit.candidate else "", " / ".join(p.text for p in unit.references or ()))
        for unit in system.units
        if unit.id in wanted
    }


def explain(checked: Checked) -> str:
    """What failed, for a person: place, expected, found, and the aligned pair with the form marked."""
    until = {id(finding): accepted for finding, accepted in checked.expired}
    lines = []
    for finding in checked.new:
        expected = " or ".join(repr(form) for form in finding.expected) or "-"
        place = f"{finding.line}:{finding.column}"
        where = checked.path if finding.side == "candidate" else finding.reference or finding.side
        lines += [
            f"{where}:{place}: {finding.rule} ({finding.severity})",
            f"  expected   {expected}",
            f"  found      {quote(finding.text) if finding.side == 'candidate' else 'no accepted form'}",
            f"  why        {finding.message}",
        ]
        if id(finding) in until:
            accepted = until[id(finding)]
            lines.append(f"  expired    accepted until {accepted.until}: {accepted.reason}")
        candidate, reference = checked.pairs.get(finding.unit, ("", ""))
        mine, other = (candidate, reference) if finding.side == "candidate" else (reference, candidate)
        marked = mine.replace(finding.text, f">>{finding.text}<<", 1)
        candidate, reference = (marked, other) if finding.side == "candidate" else (other, marked)
        lines += [f"  candidate  {candidate}"] if candidate else []
        lines += [f"  reference  {reference}"] if reference else []
    return "\n".join(lines)


def known_config(path: str) -> Path | None:
    """The configuration named, or None; raises ConfigError where it is not there."""
    if not path:
        return None
    if not Path(path).is_file():
        raise ConfigError(f"--evalkit-config {path}: no such file")
    return Path(path)
