"""Step four: the findings of every system, one per place, completed with line, id and fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from evalkit.compare.same_finding import fingerprint, numbered
from evalkit.errors import ConfigError
from evalkit.language.term_book import TermBook, term_results
from evalkit.plugins.protocols import Detector
from evalkit.records import Context, CustomRule, Document, Failure, Finding, Row, Severity, Termbase
from evalkit.records.config import IgnoreConfig
from evalkit.records.lazy import Records
from evalkit.records.packed import Packed, gathered
from evalkit.records.result import Unjudged
from evalkit.run import kept
from evalkit.run.align import AlignedSystem
from evalkit.run.careless import eased, segments_of
from evalkit.run.detected import Detected
from evalkit.run.find import find_all
from evalkit.run.one_per_place import one_per_place
from evalkit.run.outvote import Vote, identity
from evalkit.run.precision import weighed
from evalkit.run.read import Inputs
from evalkit.run.rules import EVERY, Choice, rules_of
from evalkit.run.strayed import notes, strayed_kept
from evalkit.run.suppress import suppress, unused
from evalkit.run.unjudged import NO_LANGUAGE, NOT_PAIRED, NOT_TRUSTED, joined, unjudged, without_reference
from evalkit.run.unjudged import notes as unjudged_notes
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
    every_detector = detectors
    detectors = [d for d in detectors if not d.rules or any(rule.id in wanted for rule in d.rules)]
    contexts = [replace(_context(system, inputs, termbase), rules=rules) for system in systems]
    sourced = [system.sourced() for system in systems] if detectors or termbase.terms else []
    cache = kept.cache_for(d.text for system in systems for d in system.candidate.documents) if detectors else None
    away = [strayed_kept(s.units, cache, stated=s.scope == "corpus") if detectors else {} for s in systems]
    checked = [[unit for unit in units if unit.id not in lost] for units, lost in zip(sourced, away, strict=False)]
    every_one = tuple(detectors)
    tasks = [(every_one, units, context, every_one) for units, context in zip(checked, contexts, strict=False)]
    found = find_all(tasks, workers) if detectors else [[] for _ in systems]
    idle_own = tuple(idle_rules(rules, systems, [_of_rules(wanted, mine) for mine in found])) if detectors else ()
    vote = Vote.of(systems)
    ours = {rule.id for d in detectors if type(d).__module__.startswith("evalkit.") for rule in d.rules}
    stated = []
    for units, system in zip(checked, systems, strict=True):
        documents = [document.id for document in system.candidate.documents]
        one = one_per_place(_of_rules(wanted, found.pop(0)), known, documents, units)
        lang = system.candidate.lang
        mine = gathered((weighed(f, known[f.rule], lang) if f.rule in ours else f for f in one), Finding)
        del one  # each step makes the findings anew: of very many only those of the last are kept
        last = eased(mine, segments_of(units))
        stated.append(gathered((_stated(f, severities) for f in last) if severities else last, Finding))
        del mine, last
    marked = vote.marked(stated, known, systems)
    del stated
    findings: list[Records[Finding]] = []
    suppressed = []
    for system in systems:
        standing = suppress(marked.pop(0), ignores, system.candidate)
        findings.append(with_places(standing.findings, system, inputs))
        suppressed.append(standing.suppressed)
    terms = [
        t
        for units, c in (zip(sourced, contexts, strict=True) if termbase.terms else ())
        for t in term_results(units, TermBook(c.terms, c.lang, c.source_lang), c.system)
    ]
    beside = [r.lang for r in inputs.references]
    silent = tuple(
        tuple(
            item
            for item in unjudged(detectors, system.candidate.lang, beside)
            if item.rule in wanted and item.rule not in rules_here  # a listed name was judged
        )
        for system, rules_here in zip(systems, ({f.rule for f in mine} for mine in findings), strict=True)
    )
    failures = (
        *idle_own,
        *(n for lost, s in zip(away, systems, strict=True) if lost for n in notes(lost, s.units, s.candidate.name)),
        *_unjudged(termbase, inputs),
        *unjudged_notes({s.candidate.lang: mine for s, mine in zip(systems, silent, strict=True)}),
        *unused(ignores, (item for items in suppressed for item in items)),
    )
    if not inputs.references:
        paired = inputs.source is not None and any(system.sources for system in systems)
        lang = inputs.source.lang if inputs.source else ""
        idle = without_reference(
            every_detector,
            wanted,
            sourced=paired,
            aligned=any(map(_may_lack_sentences, systems)) if paired else None,
            apart="" if paired or inputs.source is None else _apart(systems),
            source_lang=lang,
            listed=bool(termbase.terms),
            rows=_rows(systems),
        )
        silent = tuple(joined(mine, idle) for mine in silent)
        failures = (*failures, *_unread(idle))
    voters = identity(systems) if detectors else "none"
    return Detected(tuple(findings), tuple(terms), tuple(suppressed), failures, voters, silent)


def _may_lack_sentences(system: AlignedSystem) -> bool:
    """Whether sentences were aligned with those of the source, of the text or of its paragraphs."""
    cut = (unit.candidate is not None and len(unit.candidate.segments) > 1 for unit in system.units)
    return system.total.aligner == "source" or any(cut)


def _apart(systems: Sequence[AlignedSystem]) -> str:
    """Why no unit has anything of the source that was given."""
    strange = [s for s in systems if s.total.aligner == "source" and not s.total.trusted]
    return NOT_TRUSTED if strange else NOT_PAIRED


def _rows(systems: Sequence[AlignedSystem]) -> list[Row]:
    """The rows that the files of the candidates state."""
    return [row for system in systems for document in system.candidate.documents for row in document.rows or ()]


def _unread(idle: Sequence[Unjudged]) -> Iterator[Failure]:
    """One note on the rules that read a source of no known language, as that of a PO file."""
    rules = [item.rule for item in idle if item.reason == NO_LANGUAGE]
    if rules:
        yield Failure("detect", "source", "", "", f"these rules did not judge: {', '.join(rules)} ({NO_LANGUAGE})")


def _unjudged(termbase: Termbase, inputs: Inputs) -> Iterator[Failure]:
    """Entries with a condition need a reference or a source to be judged at all."""
    conditional = [t.term for t in termbase.terms if t.when]
    if conditional and not inputs.references and inputs.source is None:
        listed = ", ".join(map(repr, conditional[:3])) + (" ..." if len(conditional) > 3 else "")
        message = f"terms with `when` need a reference or a source and were not judged: {listed}"
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
    for number, finding in enumerate(standing, 1):
        key = (finding.side, finding.reference, finding.document)
        text = documents[key].text if key in documents else ""
        if text[finding.start : finding.end] != finding.text or finding.start > finding.end:
            what = "a place that ends before it begins" if finding.start > finding.end else "a place outside the text"
            raise ConfigError(
                f"the detector {finding.detector!r} gave {what}: rule {finding.rule!r}, start {finding.start}, "
                f"end {finding.end} of document {finding.document!r}"
            )
        if (places := documents[key].places if key in documents else None) is not None:
            line, column = places.at(finding.start)  # in the user's own file
        else:
            if key not in lines:
                lines[key] = Lines(text)
            line, column = lines[key].place(finding.start)
        print_ = numbered(fingerprint(finding, text), seen)
        said = with_spaces(finding.message)
        yield replace(finding, message=said, line=line, column=column, id=f"f{number}", fingerprint=print_)
