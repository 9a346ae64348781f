"""How terms and names fare in a result: what fails, what is accepted, and how a failure is shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from evalkit.records import Finding, Name, Term, Termbase
from evalkit.records.checked_entries import title_of
from evalkit.records.result import Result, SystemRecord, path_of
from evalkit.text.visible import visible
from evalkit.text.words import quote

_MISSING = "term-missing"  # its place in a candidate is the whole unit: only the source has the term


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong form that is known and put up with: in this candidate, for this term, until a day."""

    candidate: str
    term: str
    found: str
    reason: str
    until: datetime.date | None = None


class Shown(Struct, frozen=True):
    """A failure for a person: `path:line:column`, and the aligned pair with the form marked."""

    place: str
    candidate: str
    reference: str


class Checked(Struct, frozen=True):
    """One term or name in one candidate. `new` are findings that nothing accepts, `known` the accepted ones,
    `expired` those of the new ones that were accepted until a day that is past.

    `tested` is False where there was nothing to judge: no form of the term stands in the candidate,
    neither reference nor source asks for it, and it rejects nothing. `stale` are accepted entries that
    nothing needs any more. `shown` has the place and the texts of each of `new`.
    """

    candidate: str
    term: str
    new: tuple[Finding, ...]
    known: tuple[tuple[Finding, Accepted], ...]
    tested: bool
    shown: tuple[Shown, ...]
    expected: int = 0
    found: int = 0
    expired: tuple[tuple[Finding, Accepted], ...] = ()
    stale: tuple[Accepted, ...] = ()


def judge(
    result: Result,
    base: Termbase,
    *,
    system: int = 0,
    name: str = "",
    paths: Mapping[str, str] | None = None,
    accepted: Sequence[Accepted] = (),
) -> Iterator[Checked]:
    """How every entry fares in one system of a result. `paths` are those to show instead of the recorded ones: of
    each reference by its name, of the candidate by ""."""
    record = result.systems[system]
    counts = {t.term: (t.expected, t.found, len(t.occurrences)) for t in result.terms if t.system == record.name}
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for entry in base.entries:
        mine = [a for a in accepted if a.term == title_of(entry)]
        item = _checked(entry, name or record.name, record, counts, mine, today)
        yield replace(item, shown=tuple(_shown(finding, record, result, paths or {}) for finding in item.new))


def _checked(
    entry: Term | Name,
    candidate: str,
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
    texts = {finding.text for finding in findings}
    return Checked(
        candidate, title, tuple(new), tuple(known), tested, (), expected, found, tuple(expired),
        tuple(a for a in accepted if a.found not in texts),
    )  # fmt: skip


def _shown(finding: Finding, system: SystemRecord, result: Result, paths: Mapping[str, str]) -> Shown:
    path = paths.get(finding.reference if finding.side == "reference" else "") or path_of(finding, system, result)
    unit = next((u for u in system.units if u.id == finding.unit), None)
    candidate = unit.candidate if unit else None
    marked = (
        _marked(candidate.text, candidate.start, finding, finding.side == "candidate" and finding.rule != _MISSING)
        if candidate
        else ""
    )
    references = [
        _marked(r.text, r.start, finding, (finding.side, finding.reference) == ("reference", r.reference))
        for r in (unit.references if unit else None) or ()
    ]
    return Shown(f"{path}:{finding.line}:{finding.column}", marked, " / ".join(references))


def _marked(text: str, start: int, finding: Finding, here: bool) -> str:
    """The text of a passage that begins at `start`, the finding's form marked where it stands in this passage."""
    at = finding.start - start
    if text[at : at + len(finding.text)] != finding.text:  # a passage of segments that are not side by side
        at = text.find(finding.text)
    end = at + len(finding.text)
    return f"{text[:at]}>>{text[at:end]}<<{text[end:]}" if here and at >= 0 else text


def explain(checked: Checked) -> str:
    """What failed, for a person: place, expected, found, and the aligned pair with the form marked."""
    until = {id(finding): accepted for finding, accepted in checked.expired}
    return "\n\n".join(
        "\n".join(_explained(finding, shown, until.get(id(finding))))
        for finding, shown in zip(checked.new, checked.shown, strict=True)
    )


def _explained(finding: Finding, shown: Shown, expired: Accepted | None) -> Iterator[str]:
    yield visible(f"{shown.place}: {finding.rule} ({finding.severity})")
    yield visible(f"  expected   {' or '.join(map(repr, finding.expected)) or '-'}")
    yield visible(f"  found      {'no accepted form' if finding.rule == _MISSING else quote(finding.text)}")
    yield visible(f"  why        {finding.message}")
    if expired:
        yield visible(f"  expired    accepted until {expired.until}: {expired.reason}")
    if shown.candidate:
        yield visible(f"  candidate  {shown.candidate}")
    if shown.reference:
        yield visible(f"  reference  {shown.reference}")
