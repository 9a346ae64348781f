"""Results of an earlier schema, read as the present one's: the one place that knows how they differed."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from evalkit.records import Finding
from evalkit.records.findings import UNRANKED
from evalkit.records.result import MetricRecord, Result, RuleRecord


class _Head(msgspec.Struct):
    schema: str = ""


def is_old(content: bytes) -> bool:
    """Whether the text is a result of schema 1; raises msgspec's errors where it is no JSON object."""
    return msgspec.json.decode(content, type=_Head).schema == "evalkit/result/1"


def upgraded(content: bytes) -> Result:
    """A result of schema 1 as one of schema 2; raises msgspec's errors where it is neither.

    It did not carry what its metrics and rules mean: they are those of the version that wrote it. Which way a plug-in's
    metric is better nobody knows; of a plug-in's rule its findings tell a part.
    """
    old: dict[str, Any] = msgspec.json.decode(content)
    engines = old.pop("engines", {})
    result = msgspec.convert({**old, "schema": "evalkit/result/2", "metrics": {}, "rules": {}}, Result)
    engine_of = msgspec.convert(engines, dict[str, str])
    names = dict.fromkeys(score.metric for system in result.systems for score in system.scores)
    found = {finding.rule: finding for system in result.systems for finding in system.findings}
    return replace(
        result,
        metrics={name: _metric(name, engine_of.get(name, "")) for name in names},
        rules={id_: _rule(found[id_]) for id_ in sorted(found)},
    )


def _metric(name: str, engine: str) -> MetricRecord:
    bare, bracket, options = name.partition("(")
    facts = {"title": bare, "better": "", "scale": "", "meaning": "", **_known()["metrics"].get(bare, {})}
    if bracket:  # one of two variants of a scorer
        facts["title"] += f" ({options}"
    return MetricRecord(**facts, needs=("candidate", "reference"), engine=engine, identity=name)


def _rule(finding: Finding) -> RuleRecord:
    """What is known of a rule; of one nobody here knows, what its findings say."""
    if known := _known()["rules"].get(finding.rule):
        return RuleRecord(**known)
    summary = f"The rule {finding.rule} of a plug-in."
    return RuleRecord(summary, finding.category, finding.mqm, finding.severity, UNRANKED)


@cache
def _known() -> dict[str, Any]:
    from importlib import resources

    text = resources.files("evalkit").joinpath("records/schema/facts_of_result_1.json").read_text(encoding="utf-8")
    facts: dict[str, Any] = msgspec.json.decode(text)
    return facts
