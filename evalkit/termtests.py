"""Terminology as tests: what a `*.terms.yaml` file says, and how each term fares in each candidate."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from evalkit import config as configuration
from evalkit.errors import ConfigError, InputError, nearest
from evalkit.model import Finding, Kind, Name, Term
from evalkit.pipeline import evaluate
from evalkit.result import Result, SystemRecord
from evalkit.termbase import Termbase, from_yaml, load
from evalkit.text import quote
from evalkit.textfile import read_text, write_text
from evalkit.yamlfile import read_yaml


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
    termbase: tuple[str, ...] = ()
    terms: tuple[dict[str, Any], ...] = ()
    names: tuple[dict[str, Any], ...] = ()
    kind: Kind = "translation"
    lang: str = "en"
    align: str = "document"
    accepted: tuple[Accepted, ...] = ()


class Checked(Struct, frozen=True):
    """One term or name in one candidate. `new` are findings that nothing accepts, `known` the accepted ones.

    `tested` is False where there was nothing to judge: no form of the term stands in the candidate,
    no reference asks for it, and it rejects nothing. `pairs` are the texts of the units with findings.
    """

    candidate: str
    path: str
    term: str
    new: tuple[Finding, ...]
    known: tuple[tuple[Finding, Accepted], ...]
    tested: bool
    pairs: dict[str, tuple[str, str]]


def read(path: Path) -> TermTests:
    """The file's tests; raises InputError with file and line for what makes no sense."""
    file = read_yaml(path, "a file of term tests has at least the key `candidates`; see docs/ci.md")
    known = [f.name for f in msgspec.structs.fields(TermTests)]
    for key, line in file.keys.items():
        if key not in known:
            raise InputError(f"{path}:{line}: unknown key {key!r}{nearest(key, known)} (keys: {', '.join(known)})")
    try:
        return msgspec.convert(file.data, TermTests)
    except msgspec.ValidationError as problem:
        raise InputError(f"{path}: {str(problem).replace(' - at `$.', ' in `')}") from None


def entries(tests: TermTests, path: Path) -> Termbase:
    """The terms and names tested: of the termbases named, and those written in the file."""
    base = load(path.parent / name for name in tests.termbase)
    return base + from_yaml(read_yaml(path, ""))


def run(path: Path, tests: TermTests, config: Path | None = None) -> Iterator[Checked]:
    """Every (candidate, entry) of a file, candidates in order, entries in the order of the lists."""
    base = entries(tests, path)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for name, shown, result in _evaluated(path, tests, base, config):
        (system,) = result.systems
        asked = {t.term: t.expected + len(t.occurrences) for t in result.terms}
        mine = [a for a in tests.accepted if a.candidate == name and (a.until is None or a.until >= today)]
        listed: tuple[Term | Name, ...] = (*base.terms, *base.names)
        for entry in listed:
            yield _checked(entry, (name, shown), system, asked, mine)


def candidate_names(tests: TermTests, path: Path, config: Path | None) -> list[str]:
    """The candidates as test names: a system's own, else the file's stem; refuses two alike and what is not there."""
    systems, _ = _systems(config)
    names = []
    for candidate in tests.candidates:
        there = (path.parent / candidate).exists()
        if not there and candidate not in systems:
            hint = nearest(candidate, systems) if systems else "; name a file, or a system with --evalkit-config"
            raise InputError(f"{path}: no candidate {candidate!r}: no such file or system{hint}")
        names.append(Path(candidate).stem if there else candidate)
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: two candidates are called {name!r}; rename one of the files")
    return names


def _evaluated(path: Path, tests: TermTests, base: Termbase, config: Path | None) -> Iterator[tuple[str, str, Result]]:
    systems, references = _systems(config)
    for name, candidate in zip(candidate_names(tests, path, config), tests.candidates, strict=True):
        entry: dict[str, Any] = {"path": candidate, "kind": tests.kind}
        folder, refs = path.parent, [{"path": reference} for reference in tests.references]
        if not (path.parent / candidate).exists() and config is not None:
            entry, folder = systems[candidate], config.parent
            refs = [{"path": str((path.parent / r).resolve())} for r in tests.references] or references
        settings = configuration.parse(
            {
                "name": "terms", "metrics": [], "detectors": ["terminology", "names"], "lang": tests.lang,
                "align": tests.align, "candidate": [entry], "reference": refs, "statistics": {"test": "none"},
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
    asked: Mapping[str, int],
    accepted: list[Accepted],
) -> Checked:
    title = entry.term if isinstance(entry, Term) else entry.name
    forms = {title, *entry.accept}
    found = [f for f in system.findings if forms & set(f.expected) and f.severity != "neutral"]
    known, new = [], []
    for finding in found:
        match = next((a for a in accepted if a.term == title and a.found == finding.text), None)
        if match:
            known.append((finding, match))
        else:
            new.append(finding)
    tested = bool(found or entry.reject or asked.get(title) or isinstance(entry, Name))
    wanted = {finding.unit for finding in new}
    pairs = {
        unit.id: (unit.candidate.text if unit.candidate else "", " / ".join(p.text for p in unit.references or ()))
        for unit in system.units
        if unit.id in wanted
    }
    return Checked(*candidate, title, tuple(new), tuple(known), tested, pairs)


def explain(checked: Checked) -> str:
    """What failed, for a person: place, expected, found, and the aligned pair with the form marked."""
    lines = []
    for finding in checked.new:
        expected = " or ".join(repr(form) for form in finding.expected) or "-"
        lines += [
            f"{checked.path}:{finding.line}:{finding.column}: {finding.rule} ({finding.severity})",
            f"  expected   {expected}",
            f"  found      {quote(finding.text)}",
            f"  why        {finding.message}",
        ]
        candidate, reference = checked.pairs.get(finding.unit, ("", ""))
        lines += [f"  candidate  {candidate.replace(finding.text, f'>>{finding.text}<<', 1)}"] if candidate else []
        lines += [f"  reference  {reference}"] if reference else []
    return "\n".join(lines)


def accepted_now(checked: Iterable[Checked], reason: str) -> list[Accepted]:
    """Today's findings as accepted, with the reasons of those accepted before; what none needs any more is gone."""
    made: list[Accepted] = []
    for item in checked:
        fresh = (Accepted(item.candidate, item.term, f.text, reason) for f in item.new)
        made += [a for a in (*(known for _, known in item.known), *fresh) if a not in made]
    return list(dict.fromkeys(made))


def update(path: Path, accepted: Iterable[Accepted]) -> None:
    """Writes the accepted findings as the last key of the file; everything before it stays as it is."""
    text = read_text(path)
    start = text.find("\naccepted:")
    kept = (text if start < 0 else text[: start + 1]).rstrip("\n") + "\n"
    lines = []
    for a in accepted:
        lines.append(f"  - candidate: {_yaml(a.candidate)}\n    term: {_yaml(a.term)}\n    found: {_yaml(a.found)}")
        lines.append(f"    reason: {_yaml(a.reason)}" + (f"\n    until: {a.until}" if a.until else ""))
    write_text(path, kept + ("accepted:\n" + "\n".join(lines) + "\n" if lines else ""))


def _yaml(text: str) -> str:
    """A text as a double-quoted YAML scalar, which is what a JSON string is."""
    return json.dumps(text, ensure_ascii=False)


def known_config(path: str) -> Path | None:
    """The configuration named, or None; raises ConfigError where it is not there."""
    if not path:
        return None
    if not Path(path).is_file():
        raise ConfigError(f"--evalkit-config {path}: no such file")
    return Path(path)
