"""The rules of a run, by id: those of its detectors and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from evalkit.errors import ConfigError, nearest
from evalkit.plugins.declared import check_severities
from evalkit.plugins.protocols import Detector
from evalkit.records import CustomRule, Rule, Severity
from evalkit.records.findings import own_rule


def rules_of(detectors: Iterable[Detector], own: Iterable[CustomRule] = ()) -> dict[str, Rule]:
    """Every rule that detectors, and the user's own rules, can report, by id.

    Raises ConfigError where two of them mean different things by one id.
    """
    found: dict[str, tuple[Rule, str]] = {}
    stated = [(rule, f"the detector {detector.name!r}") for detector in detectors for rule in detector.rules]
    for rule, owner in stated:
        check_severities([rule], owner)
    for rule, owner in (*stated, *((own_rule(entry), "a [[rule]] of the configuration") for entry in own)):
        other, first = found.setdefault(rule.id, (rule, owner))
        if other != rule:
            raise ConfigError(f"{first} and {owner} both have a rule {rule.id!r}, and it is not the same; rename one")
    return {id_: rule for id_, (rule, _) in found.items()}


class Choice(Struct, frozen=True):
    """Which rules run, and how severe they are, as the settings say it: each entry is an id, a glob or a category."""

    select: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}

    def rules(self, known: Mapping[str, Rule]) -> frozenset[str]:
        """The ids of the rules selected (all where none is) and not skipped; ConfigError for an entry of no rule, and
        where no rule is left."""
        named = _named(known, self.select, "select") if self.select else set(known)
        chosen = frozenset(named - _named(known, self.skip, "ignore"))
        if known and not chosen:
            raise ConfigError(
                "select and ignore (in a configuration: skip) leave no rule: nothing would be checked; ignore less"
            )
        return chosen

    def severities(self, known: Mapping[str, Rule]) -> dict[str, Severity]:
        """The severity of each rule that the settings give one, in the order of the entries, ids last."""
        entries = sorted(self.severity.items(), key=lambda entry: entry[0] in known)
        return {id_: severity for entry, severity in entries for id_ in _named(known, [entry], "severity")}


EVERY = Choice()


def _named(rules: Mapping[str, Rule], entries: Sequence[str], what: str) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        fits = {id_ for id_, rule in rules.items() if fnmatchcase(id_, entry) or rule.category == entry}
        if not fits:
            known = sorted({*rules, *(rule.category for rule in rules.values())})
            raise ConfigError(
                f"{what}: no rule, and no category of rules, is called {entry!r}{nearest(entry, known)} "
                "(all rules: evalkit explain)"
            )
        found |= fits
    return found
