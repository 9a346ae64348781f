"""The rules of a run, by id: those of its detectors and the user's own."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.errors import ConfigError
from evalkit.plugins.protocols import Detector
from evalkit.records import SEVERITIES, CustomRule, Rule
from evalkit.records.findings import own_rule


def rules_of(detectors: Iterable[Detector], own: Iterable[CustomRule] = ()) -> dict[str, Rule]:
    """Every rule that detectors, and the user's own rules, can report, by id.

    Raises ConfigError where two of them mean different things by one id.
    """
    found: dict[str, tuple[Rule, str]] = {}
    stated = [(rule, f"the detector {detector.name!r}") for detector in detectors for rule in detector.rules]
    for rule, owner in stated:
        if rule.severity not in SEVERITIES:
            raise ConfigError(
                f"{owner}: the rule {rule.id!r} has the severity {rule.severity!r} (known: {', '.join(SEVERITIES)})"
            )
    for rule, owner in (*stated, *((own_rule(entry), "a [[rule]] of the configuration") for entry in own)):
        other, first = found.setdefault(rule.id, (rule, owner))
        if other != rule:
            raise ConfigError(f"{first} and {owner} both have a rule {rule.id!r}, and it is not the same; rename one")
    return {id_: rule for id_, (rule, _) in found.items()}
