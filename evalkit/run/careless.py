"""Part of step four: what a text does throughout is its way of writing, one thing to tell and not one in each place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from evalkit.records import Finding, Unit

# Slips of form that a careless hand makes everywhere; whether each is one can be seen without a reference.
RULES = frozenset({"casing", "character", "punctuation-doubled", "punctuation-unpaired", "whitespace"})
_FEW = 5  # slips from which on a text may be said to be careless
_OFTEN = 30  # and one segment in so many, two or three a page
_LISTED = 1000  # of a kind in a document: more hints than anybody reads, and a megabyte of brackets has a million
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")  # the place's own words in a message


def eased(found: Sequence[Finding], segments: Mapping[str, int]) -> Iterator[Finding]:
    """The findings, in a careless document each kind of slip with its severity once, and as a hint elsewhere; of
    very many hints the first, and the finding says how many there are.

    `segments` counts those of each document. What is graver than a slip (broken encoding) keeps its severity.
    """
    slips = Counter(f.document for f in found if _is_slip(f))
    careless = {document for document, n in slips.items() if n >= max(_FEW, segments.get(document, 0) / _OFTEN)}
    kinds = Counter(_kind(f) for f in found if _is_slip(f) and f.document in careless)
    told: Counter[tuple[str, str, str]] = Counter()
    for f in found:
        kind = _kind(f)
        if not _is_slip(f) or kinds[kind] < 2:
            yield f
            continue
        told[kind] += 1
        if told[kind] == 1:
            yield replace(f, message=f"{f.message}; the text has {_more(kinds[kind])}")
        elif told[kind] <= _LISTED:
            yield replace(f, severity="neutral")


def _more(number: int) -> str:
    if number <= _LISTED:
        return "more such places"
    return f"{number - 1:,} more such places, of which {_LISTED - 1} are listed"


def segments_of(units: Sequence[Unit]) -> Counter[str]:
    """How many segments the candidate has, by document."""
    return Counter(s.document for unit in units if unit.candidate is not None for s in unit.candidate.segments)


def _is_slip(finding: Finding) -> bool:
    return finding.rule in RULES and finding.severity == "minor"


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.document, finding.rule, _QUOTED.sub("", finding.message)
