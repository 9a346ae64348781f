"""Step four: the findings of every system, one per place, completed with line, id and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from evalkit.compare.same_finding import fingerprint, numbered
from evalkit.errors import ConfigError
from evalkit.language.term_book import TermBook, term_results
from evalkit.plugins.protocols import Detector
from evalkit.records import Context, CustomRule, Document, Failure, Finding, Rule, Severity, Termbase, TermResult, Unit
from evalkit.records.config import IgnoreConfig
from evalkit.records.lazy import Records
from evalkit.records.packed import Packed, gathered
from evalkit.run import kept, unjudged
from evalkit.run.align import AlignedSystem
from evalkit.run.careless import eased, segments_of
from evalkit.run.detected import Detected
from evalkit.run.find import find_all
from evalkit.run.one_per_place import one_per_place
from evalkit.run.outvote import Vote, identity
from evalkit.run.parted import owners_of
from evalkit.run.precision import weighed
from evalkit.run.read import Inputs
from evalkit.run.rules import EVERY, Choice, rules_of
from evalkit.run.strayed import notes, strayed_kept
from evalkit.run.suppress import suppress, unused
from evalkit.run.told_again import once
from evalkit.run.unmatched_rules import idle_rules
from evalkit.run.workers import Workers
from evalkit.text.visible import with_spaces
from evalkit.text.words import Lines


def detect(
    systems: Sequence[AlignedSystem],
    inputs: Inputs,
    detectors: Sequence[Detector],
    termbase: Termbase,
    workers: Workers,
    rules: tuple[CustomRule, ...] = (),
    ignores: Sequence[IgnoreConfig] = (),
    choice: Choice = EVERY,
) -> Detected:
    """Runs every detector over every system; the order of the findings is that of the text.

    `rules` are the user's own, `ignores` say which findings to leave out, `choice` which rules run at all. What a
    system's findings are does not depend on the others; `outvoted` marks those that most others share.
    """
    known = rules_of(detectors, rules)
    wanted, severities = choice.rules(known), choice.severities(known)
    used = tuple(d for d in detectors if not d.rules or any(rule.id in wanted for rule in d.rules))
    contexts = [replace(_context(system, inputs, termbase), rules=rules) for system in systems]
    sourced = [system.sourced() for system in systems] if used or termbase.terms else []
    away = _strayed(systems) if used else [{} for _ in systems]
    checked = [[unit for unit in units if unit.id not in lost] for units, lost in zip(sourced, away, strict=False)]
    tasks = [(used, units, context, used) for units, context in zip(checked, contexts, strict=False)]
    found = find_all(tasks, workers) if used else [[] for _ in systems]
    idle_own = tuple(idle_rules(rules, systems, [_of_rules(wanted, mine) for mine in found])) if used else ()
    ours = {rule.id for d in used if type(d).__module__.startswith("evalkit.") for rule in d.rules}
    stated = []
    for units, system in zip(checked, systems, strict=True):
        documents = [document.id for document in system.candidate.documents]
        one = one_per_place(_of_rules(wanted, found.pop(0)), known, documents, units)
        if system.parted:
            owners = owners_of(system.parted)
            one = [replace(f, unit=owners.get(f.unit, f.unit)) for f in one]
        mine = _graded(one, known, ours, units, system.candidate.lang)
        del one  # each step makes the findings anew: of very many only those of the last are kept
        stated.append(gathered((_stated(f, severities) for f in mine) if severities else mine, Finding))
        del mine
    marked = Vote.of(systems).marked(stated, known, systems)
    del stated
    findings: list[Records[Finding]] = []
    suppressed = []
    for system in systems:
        standing = suppress(marked.pop(0), ignores, system.candidate)
        findings.append(with_places(standing.findings, system, inputs))
        suppressed.append(standing.suppressed)
    silent = unjudged.by_system(used, wanted, systems, findings, [r.lang for r in inputs.references])
    failures = (
        *idle_own,
        *(n for lost, s in zip(away, systems, strict=True) if lost for n in notes(lost, s.units, s.candidate.name)),
        *_unjudged(termbase, inputs),
        *unused(ignores, (item for items in suppressed for item in items)),
    )
    of_language = silent
    if not inputs.references:
        idle = unjudged.of_no_reference(detectors, wanted, systems, inputs.source, listed=bool(termbase.terms))
        said = {item.rule for item in idle}  # in no language these have anything to go by
        of_language = tuple(tuple(item for item in mine if item.rule not in said) for mine in silent)
        silent = tuple(unjudged.joined(mine, idle) for mine in silent)
        failures = (*failures, *unjudged.unread(idle))
    by_lang = {s.candidate.lang: mine for s, mine in zip(systems, of_language, strict=True)}
    failures = (*failures, *unjudged.notes(by_lang))  # last: notes that ask for something to be done stand before
    terms = _terms(sourced, contexts) if termbase.terms else ()
    voters = identity(systems) if used else "none"
    return Detected(tuple(findings), terms, tuple(suppressed), failures, voters, silent)


def _strayed(systems: Sequence[AlignedSystem]) -> list[dict[str, Unit]]:
    """For each system its units that are beside a text they do not render."""
    cache = kept.cache_for(d.text for system in systems for d in system.candidate.documents)
    return [strayed_kept(system.units, cache, stated=system.scope == "corpus") for system in systems]


def _graded(
    found: Iterable[Finding], known: Mapping[str, Rule], ours: Collection[str], units: Sequence[Unit], lang: str
) -> Iterable[Finding]:
    """The findings with the severity that their kind was measured to deserve, less in doubtful segments and of a name
    told before."""
    mine = gathered((weighed(f, known[f.rule], lang) if f.rule in ours else f for f in found), Finding)
    return once(eased(mine, segments_of(units)))


def _terms(sourced: Sequence[Sequence[Unit]], contexts: Sequence[Context]) -> tuple[TermResult, ...]:
    """How each term fared in each unit of each system."""
    return tuple(
        result
        for units, c in zip(sourced, contexts, strict=True)
        for result in term_results(units, TermBook(c.terms, c.lang, c.source_lang), c.system)
    )


def _unjudged(termbase: Termbase, inputs: Inputs) -> Iterator[Failure]:
    """Entries with a condition need a reference or a source to be judged at all."""
    conditional = [t.term for t in termbase.terms if t.when]
    if conditional and not inputs.references and inputs.source is None:
        listed = ", ".join(map(repr, conditional[:3])) + (" ..." if len(conditional) > 3 else "")
        message = f"terms with `when` need a reference or a source and were not checked: {listed}"
        yield Failure("detect", "terminology", "", "", message)


def _context(system: AlignedSystem, inputs: Inputs, termbase: Termbase) -> Context:
    return Context(
        system=system.candidate.name,
        lang=system.candidate.lang,
        kind=system.candidate.kind,
        documents={d.id: d for d in system.candidate.documents},
        references={r.name: {d.id: d for d in r.documents} for r in inputs.references},
        names=termbase.names,
        terms=termbase.terms,
        trusted={i: a.trusted for i, a in system.alignments.items()},
        source_lang=inputs.source.lang if inputs.source else "",
        reference_langs={r.name: r.lang for r in inputs.references},
        sources=_with_codes(system, inputs),
    )


def _with_codes(system: AlignedSystem, inputs: Inputs) -> dict[str, Document]:
    """The documents of the source that have inline codes on this side or on the system's."""
    theirs = inputs.source.documents if inputs.source else ()
    mine = {d.id: d for d in system.candidate.documents}
    return {d.id: d for d in theirs if d.id in mine and any(row.codes for s in (d, mine[d.id]) for row in s.rows or ())}


def _of_rules(wanted: Collection[str], found: Iterable[Sequence[Finding]]) -> Iterator[Finding]:
    """The findings of some rules, of one detector after another."""
    return (finding for mine in found for finding in mine if finding.rule in wanted)


def _stated(f: Finding, severities: Mapping[str, Severity]) -> Finding:
    return replace(f, severity=severities.get(f.rule, f.severity))


_Key = tuple[str, str, str]  # side, reference, document


def with_places(standing: Iterable[Finding], system: AlignedSystem, inputs: Inputs) -> Records[Finding]:
    """The findings with line, column, id and fingerprint."""
    done = gathered(_with_places(standing, system, inputs), Finding)
    return done if isinstance(done, Packed) else tuple(done)


def _with_places(standing: Iterable[Finding], system: AlignedSystem, inputs: Inputs) -> Iterator[Finding]:
    documents = {("candidate", "", d.id): d for d in system.candidate.documents}
    documents |= {("reference", r.name, d.id): d for r in inputs.references for d in r.documents}
    documents |= {("source", "", d.id): d for d in (inputs.source.documents if inputs.source else ())}
    lines: dict[tuple[str, str, str], Lines] = {}
    seen: Counter[str] = Counter()
    beside = _Beside(system, documents, lines)
    for number, finding in enumerate(standing, 1):
        key = (finding.side, finding.reference, finding.document)
        text = documents[key].text if key in documents else ""
        if text[finding.start : finding.end] != finding.text or finding.start > finding.end:
            what = "a place that ends before it begins" if finding.start > finding.end else "a place outside the text"
            raise ConfigError(
                f"the detector {finding.detector!r} gave {what}: rule {finding.rule!r}, start {finding.start}, "
                f"end {finding.end} of document {finding.document!r}"
            )
        line, column = _place(finding.start, key, documents, lines)
        print_ = numbered(fingerprint(finding, text), seen)
        said = with_spaces(finding.message) + (beside.line_of(finding) if finding.side == "source" else "")
        yield replace(finding, message=said, line=line, column=column, id=f"f{number}", fingerprint=print_)


def _place(start: int, key: _Key, documents: Mapping[_Key, Document], lines: dict[_Key, Lines]) -> tuple[int, int]:
    """Line and column, in the user's own file where the text was taken out of one."""
    document = documents.get(key)
    if document is not None and document.places is not None:
        return document.places.at(start)
    if key not in lines:
        lines[key] = Lines(document.text if document else "")
    return lines[key].place(start)


class _Beside:
    """Where the translation of what is found in the source begins: there it has to be mended."""

    def __init__(self, system: AlignedSystem, documents: Mapping[_Key, Document], lines: dict[_Key, Lines]) -> None:
        self._units, self._documents, self._lines = system.units, documents, lines
        self._starts: dict[str, tuple[_Key, int]] | None = None  # by unit; made when the first is asked for

    def line_of(self, finding: Finding) -> str:
        """` (translation: line 5)`, empty where there is none."""
        if self._starts is None:
            self._starts = {
                unit.id: (("candidate", "", segment.document), segment.start)
                for unit in self._units
                if unit.candidate and unit.candidate.text.strip()
                for segment in unit.candidate.segments[:1]
            }
        if finding.unit not in self._starts:
            return ""
        key, start = self._starts[finding.unit]
        return f" (translation: line {_place(start, key, self._documents, self._lines)[0]})"
