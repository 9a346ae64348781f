"""What step four hands on."""

from __future__ import annotations

from msgspec import Struct

from evalkit.records import Failure, Finding, TermResult
from evalkit.records.lazy import Records
from evalkit.records.result import Suppressed, Unjudged


class Detected(Struct, frozen=True):
    """Findings by system, in the order of the systems, what was suppressed there, and how each renders
    each term; `failures` are entries of the configuration that no finding needed; `voters` says in the
    signature which systems could outvote a finding; `unjudged` are, by system, the rules that did not judge it."""

    findings: tuple[Records[Finding], ...]
    terms: tuple[TermResult, ...]
    suppressed: tuple[tuple[Suppressed, ...], ...] = ()
    failures: tuple[Failure, ...] = ()
    voters: str = "none"
    unjudged: tuple[tuple[Unjudged, ...], ...] = ()


def nothing(systems: int) -> Detected:
    """What it hands on where nothing was looked for."""
    return Detected(((),) * systems, (), ((),) * systems, unjudged=((),) * systems)
