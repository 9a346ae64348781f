"""The rules of a run, by id: those of its detectors and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evalkit.records import CustomRule, Rule


def rules_of(detectors: Iterable[Any], own: Iterable[CustomRule] = ()) -> dict[str, Rule]:
    """Every rule that detectors, and the user's own rules, can report, by id."""
    known = {rule.id: rule for detector in detectors for rule in detector.rules}
    return known | {r.id: Rule(r.id, r.category, "custom", r.severity, r.message, "") for r in own}
