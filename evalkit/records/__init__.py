"""The records that flow through evalkit. All are frozen; a later stage never changes an earlier one's.

This room may use `text` alone. What everybody passes on can be imported from here; what a run gives in the end
stands in `result` and `comparison`, the settings in `config`.
"""

from __future__ import annotations

from evalkit.records.entries import SEVERITIES, CustomRule, Languages, Name, Severity, Term, Termbase
from evalkit.records.findings import SEVERITY_WEIGHTS, Failure, Finding, Rule, Span, TermOccurrence, TermResult
from evalkit.records.texts import (
    Bitext,
    Code,
    Document,
    DocumentSet,
    Kind,
    LeftOut,
    Places,
    Row,
    Segment,
    SegmentKind,
    Side,
)
from evalkit.records.units import (
    GAPS,
    LINK_KINDS,
    Alignment,
    Context,
    Coverage,
    Link,
    LinkKind,
    Passage,
    Renderings,
    Scope,
    Unit,
)

__all__ = [
    "GAPS",
    "LINK_KINDS",
    "SEVERITIES",
    "SEVERITY_WEIGHTS",
    "Alignment",
    "Bitext",
    "Code",
    "Context",
    "Coverage",
    "CustomRule",
    "Document",
    "DocumentSet",
    "Failure",
    "Finding",
    "Kind",
    "Languages",
    "LeftOut",
    "Link",
    "LinkKind",
    "Name",
    "Passage",
    "Places",
    "Renderings",
    "Row",
    "Rule",
    "Scope",
    "Segment",
    "SegmentKind",
    "Severity",
    "Side",
    "Span",
    "Term",
    "TermOccurrence",
    "TermResult",
    "Termbase",
    "Unit",
]
