"""What a result says of a rule."""

from __future__ import annotations

from evalkit.records.findings import Rule
from evalkit.records.result import RuleRecord

_HELD_AGAINST = {
    "reference": "The reference has:",
    "source": "The source has:",
    "names": "The names list has:",
    "terms": "The termbase has:",
    "limit": "The file allows:",
    "rows": "The row of the source has:",
}


def rule_record(rule: Rule) -> RuleRecord:
    """What a result says of a rule."""
    lines = ["Example, the span in [brackets]:", f"  {rule.example}"] if rule.example else []
    lines += [_HELD_AGAINST.get(rule.needs, "Beside:"), f"  {rule.against}"] if rule.against else []
    return RuleRecord(rule.summary, rule.category, rule.mqm, rule.severity, rule.rank, "\n".join(lines))
