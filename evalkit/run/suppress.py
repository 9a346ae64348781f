"""Part of step four: findings the configuration says to ignore, taken out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from evalkit.errors import ConfigError
from evalkit.records import DocumentSet, Failure, Finding
from evalkit.records.config import IgnoreConfig
from evalkit.records.packed import gathered
from evalkit.records.result import Suppressed
from evalkit.text.patterns import TooSlowError, find_all
from evalkit.text.words import quote


class Kept(Struct, frozen=True):
    """The findings of one system that stand, and the account of those that do not."""

    findings: Sequence[Finding]
    suppressed: tuple[Suppressed, ...]


def suppress(found: Sequence[Finding], ignores: Sequence[IgnoreConfig], system: DocumentSet) -> Kept:
    """Each finding goes to the first entry that fits it, else it stands; entries without findings are not listed."""
    counts: dict[int, Counter[str]] = {}

    def standing() -> Iterator[Finding]:
        for finding in found:
            number = next((n for n, entry in enumerate(ignores, 1) if _fits(entry, n, finding, system)), 0)
            if number:
                counts.setdefault(number, Counter())[finding.rule] += 1
            else:
                yield finding

    stands = gathered(standing(), Finding) if ignores else found
    account = tuple(
        Suppressed(n, ignores[n - 1].reason, rules.total(), {rule: rules[rule] for rule in sorted(rules)})
        for n, rules in sorted(counts.items())
    )
    return Kept(stands, account)


def unused(ignores: Sequence[IgnoreConfig], suppressed: Iterable[Suppressed]) -> Iterator[Failure]:
    """A failure for each entry that no finding of any system needed."""
    used = {item.ignore for item in suppressed}
    for number, entry in enumerate(ignores, 1):
        if number not in used:
            message = f"{_shown(entry, number)} matches no finding; remove it, or correct it ({quote(entry.reason)})"
            yield Failure("detect", "ignore", "", "", message)


def _fits(entry: IgnoreConfig, number: int, finding: Finding, system: DocumentSet) -> bool:
    """True where everything the entry gives fits the finding."""
    paths = (system.path, finding.document, f"{system.path}/{finding.document}")
    return (
        (not entry.rule or fnmatchcase(finding.rule, entry.rule))
        and (not entry.system or fnmatchcase(system.name, entry.system))
        and (not entry.path or any(fnmatchcase(path, entry.path) for path in paths))
        and (not entry.text or " ".join(entry.text.split()) == " ".join(finding.text.split()))
        and (not entry.pattern or _matches(entry, number, finding.text))
    )


def _matches(entry: IgnoreConfig, number: int, text: str) -> bool:
    try:
        return bool(find_all(entry.pattern, text))
    except TooSlowError as problem:
        raise ConfigError(
            f"{_shown(entry, number)}: its pattern {problem}; write it without a repetition inside a repetition"
        ) from None


def _shown(entry: IgnoreConfig, number: int) -> str:
    given = ("rule", "path", "system", "text", "pattern")
    parts = [f"{key} {getattr(entry, key)!r}" for key in given if getattr(entry, key)]
    return f"[[ignore]] number {number} ({', '.join(parts)})"
