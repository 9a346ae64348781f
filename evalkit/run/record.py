"""Step six: what the steps have made, as the records of the result."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

import evalkit
from evalkit.kernel import batches
from evalkit.plugins import full_spec, identity_of, shown_spec
from evalkit.plugins.packages import version
from evalkit.plugins.protocols import Detector, Scorer
from evalkit.records import (
    CustomRule,
    DocumentSet,
    Finding,
    Termbase,
)
from evalkit.records.config import RunConfig
from evalkit.records.lazy import Deferred, Records
from evalkit.records.quality import quality
from evalkit.records.result import (
    DocumentRecord,
    MetricRecord,
    ReferenceRecord,
    RuleRecord,
    SourceRecord,
    Suppressed,
    SystemRecord,
    UnitRecord,
    Unjudged,
)
from evalkit.records.rule_records import rule_record
from evalkit.run.align import AlignedSystem
from evalkit.run.own_lines import source_segments
from evalkit.run.pairing import passage_record
from evalkit.run.read import Derivation, shown_path
from evalkit.run.rules import rules_of
from evalkit.run.score import Measured, Scored, needs_of
from evalkit.run.sides import SplitSide
from evalkit.run.unit_lines import written_units
from evalkit.text.words import count_words

if TYPE_CHECKING:
    from evalkit.run.parts import Parts

# A file that an option of a plug-in names, alone or in the text form `name(option=/folder/file)`.
_IN_SPEC = re.compile(r"(^|=\s*)(/[^,)]+)")
# Packages whose version can move a number.
_MOVERS = ("sacrebleu", "jiwer", "rapidfuzz", "sentencex", "anyascii", "babel", "regex")


def signature(config: RunConfig, parts: Parts, termbase: Termbase, consensus: str = "none") -> str:
    """Every setting that can move a number, in one line; `consensus` says who may outvote a finding."""
    entries = [replace(entry, origin="") for entry in (*termbase.terms, *termbase.names)]
    lists = hashlib.sha256(repr(entries).encode()).hexdigest()[:12]
    fields = [
        f"evalkit:{evalkit.__version__}",
        "normalisation:none",
        f"segment:{identity_of(parts.segmenter)}",
        f"align:{identity_of(parts.aligner)}",
        "gaps:charged-in-document-scope",
        f"metrics:{'+'.join(full_spec(scorer) for scorer in parts.scorers.values())}",
        f"detectors:{'+'.join(shown_spec(detector) for detector in parts.detectors)}",
        f"lists:{lists}" if termbase.terms or termbase.names else "lists:none",
        *_own_rules(config),
        f"consensus:{consensus}",
        f"seed:{config.seed}",
        *(f"{package}:{version(package)}" for package in (*_MOVERS, *_of_detectors(parts))),
    ]
    return "|".join(fields)


def _of_detectors(parts: Parts) -> list[str]:
    """Packages that only some detectors build on, where they run."""
    return sorted({package for detector in parts.detectors for package in getattr(detector, "packages", ())})


def _own_rules(config: RunConfig) -> list[str]:
    """The user's own rules and what the configuration ignores, as hashes; nothing where there are none."""
    return [
        f"{name}:{hashlib.sha256(repr(entries).encode()).hexdigest()[:12]}"
        for name, entries in (
            ("rules", config.rule),
            ("ignore", config.ignore),
            ("chosen", tuple(filter(None, (config.select, config.skip, config.severity)))),
        )
        if entries
    ]


def plain_config(config: RunConfig, folder: Path) -> dict[str, object]:
    """The settings as plain values, every path relative or a bare name."""

    def show(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {k: show(v, k) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [show(v, key) for v in value]
        if (
            isinstance(value, str)
            and value
            and key in ("path", "derived_from", "terms", "names", "plugins", "output", "verdicts", "ratings")
        ):
            return shown_path(value, folder)
        if isinstance(value, str) and key not in ("pattern", "message"):
            return _IN_SPEC.sub(lambda match: match[1] + shown_path(match[2], folder), value)
        return value

    plain: dict[str, Any] = show(config.to_plain())
    for settings in (plain, *plain["reference"], *plain["candidate"], *([plain["source"]] if plain["source"] else [])):
        if not settings.get("columns"):
            settings.pop("columns", None)
    for key in ("reader", "select", "skip", "severity", "verdicts", "ratings", "scorecard"):
        if not plain[key]:
            del plain[key]
    if not config.gate.scorecard:
        del plain["gate"]["scorecard"]
    if config.gate.baseline:
        plain["gate"]["baseline"] = shown_path(config.gate.baseline, folder)
    return plain


def metric(name: str, scorer: Scorer) -> MetricRecord:
    """What a result says of a scorer; a plug-in need state no more than which way is better.

    `name` is that of the metric in the result: of two variants of one scorer it has the options, and so has the title.
    """
    title, options = getattr(scorer, "title", "") or scorer.name, name.removeprefix(scorer.name)
    return MetricRecord(
        title=f"{title} {options}" if options else title,
        better=scorer.better,
        scale=getattr(scorer, "scale", ""),
        meaning=getattr(scorer, "meaning", ""),
        needs=needs_of(scorer),
        engine=batches.engine(scorer),
        identity=full_spec(scorer),
        decimals=getattr(scorer, "decimals", 2),
    )


def rules(detectors: Sequence[Detector], own: Iterable[CustomRule] = ()) -> dict[str, RuleRecord]:
    """What the rules of the run mean, the user's own among them, sorted by id."""
    known = rules_of(detectors, own)
    if not known:
        return {}
    from evalkit.run.precision import precision  # reads a file: not for scores alone

    ours = {rule.id for d in detectors if type(d).__module__.startswith("evalkit.") for rule in d.rules}
    shares = {id_: precision(id_) if id_ in ours else None for id_ in known}
    return {id_: replace(rule_record(rule), precision=shares[id_]) for id_, rule in sorted(known.items())}


def reference(split: SplitSide, derived: Mapping[str, Derivation]) -> ReferenceRecord:
    """The record of one reference with its segments, and with the lines left out when it was made."""
    side = split.side
    made = derived.get(side.name)
    return ReferenceRecord(
        name=side.name,
        path=side.path,
        sha256=_sha256(side),
        lang=side.lang,
        words=sum(split.words),
        segments=split.all_segments(),
        left_out=made.left_out if made else tuple(item for d in side.documents for item in d.left_out),
        derived_from=made.source if made else "",
        one_file=_is_one_file(side),
        extracted=_extracted(side),
    )


def source(side: DocumentSet) -> SourceRecord:
    """The record of the source text."""
    return SourceRecord(
        path=side.path,
        sha256=_sha256(side),
        lang=side.lang,
        words=sum(count_words(d.text) for d in side.documents),
        name=side.name,
        segments=tuple(segment for d in side.documents for segment in source_segments(d)),
        left_out=tuple(item for d in side.documents for item in d.left_out),
        one_file=_is_one_file(side),
        extracted=_extracted(side),
    )


def system(
    aligned: AlignedSystem,
    scored: Scored,
    findings: Records[Finding],
    suppressed: Sequence[Suppressed] = (),
    unjudged: Sequence[Unjudged] = (),
) -> SystemRecord:
    """The record of one system."""
    side = aligned.candidate
    words, scores = aligned.side.words, scored.measured.by_document()
    return SystemRecord(
        name=side.name,
        path=side.path,
        sha256=_sha256(side),
        kind=side.kind,
        lang=side.lang,
        words=sum(words),
        documents=tuple(
            DocumentRecord(d.id, d.sha256, number, aligned.alignments[d.id], scores.get(d.id, {}))
            for d, number in zip(side.documents, words, strict=True)
        ),
        segments=aligned.pairing.segments,
        alignment=aligned.total,
        scores=scored.scores,
        units=Deferred(
            len(aligned.pairing),
            lambda: _units(aligned, scored.measured),
            pick=lambda places: _units(aligned, scored.measured, places),
            written=lambda: written_units(aligned, scored.measured),
        ),
        findings=findings,
        quality=quality(findings, sum(words)),
        left_out=tuple(item for d in side.documents for item in d.left_out),
        suppressed=tuple(suppressed),
        one_file=_is_one_file(side),
        extracted=_extracted(side),
        unjudged=tuple(unjudged),
    )


def _units(aligned: AlignedSystem, measured: Measured, places: Sequence[int] | None = None) -> Iterator[UnitRecord]:
    """The records of all units, or of those at some places."""
    metrics, number = tuple(measured.tables), len(aligned.pairing if places is None else places)
    scores, tables = ([measured.segments(metric) for metric in metrics], list(measured.tables.values()))
    if places is not None:
        values = _by_unit(number, [[column[place] for place in places] for column in scores])
        rows = _by_unit(number, [[table[place] for place in places] for table in tables])
    else:
        values, rows = _by_unit(number, scores), _by_unit(number, tables)
    for unit, of, row in zip(aligned.pairing.shown(places), values, rows, strict=True):
        source = aligned.sources.get(unit.id) if aligned.sources else None
        yield UnitRecord(
            unit.id,
            unit.document,
            unit.link,
            unit.confidence,
            unit.candidate,
            unit.references,
            dict(zip(metrics, of, strict=True)),
            dict(zip(metrics, row, strict=True)),
            unit.block,
            passage_record(source) if source else None,
        )


def _by_unit(units: int, columns: Sequence[Iterable[Any]]) -> Iterable[tuple[Any, ...]]:
    return zip(*columns, strict=True) if columns else repeat((), units)


def _is_one_file(side: DocumentSet) -> bool:
    """Whether several documents are parts of one file: rows of a table, `file`s of an XLIFF file."""
    return len(side.documents) > 1 and len({d.path for d in side.documents}) == 1


def _extracted(side: DocumentSet) -> str | dict[str, str]:
    """The text taken out of the file, where places are of it; of a set, those of its documents by id."""
    texts = {d.id: d.text for d in side.documents if d.extracted}
    return texts if len(side.documents) > 1 and texts else next(iter(texts.values()), "")


def _sha256(side: DocumentSet) -> str:
    """The file's hash; of a set, the hash of its documents' ids and hashes."""
    if len(side.documents) == 1:
        return side.documents[0].sha256
    listed = "\n".join(f"{d.sha256}  {d.id}" for d in side.documents)
    return hashlib.sha256(listed.encode()).hexdigest()
