"""The command that says what a rule means."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evalkit.cli import options as o
from evalkit.cli.output import put
from evalkit.errors import ConfigError, nearest
from evalkit.text.visible import visible

if TYPE_CHECKING:
    from evalkit.records.result import RuleRecord
    from evalkit.run.precision import Measured

_TURN_ON = (
    "Off by default. To switch it on:",
    '  detectors = ["*", "DETECTOR"]     (in the configuration; * are all the others)',
)
_TURN_OFF = (
    "To switch it off:",
    "  evalkit check ... --ignore RULE",
    '  skip = ["RULE"]     (in the configuration, above its first [table])',
    "To leave out some of its findings, with a reason:",
    "  [[ignore]]",
    '  rule = "RULE"',
    '  path = "*/subtitles/*"',
    '  reason = "why"',
)
_LOWERED = (
    "Evidence lowers the severity: what was right in under 70% of cases when measured is at most minor, in 50% "
    "and less neutral; what is too rare to measure is at most minor; a contradiction in otherwise the same words "
    "(verbatim) at most major. What a list or the source states keeps its severity. "
    'More in docs/findings.md, "Severity follows the evidence".'
)
_CUSTOM = """{rule}

A rule of the configuration's own: what it looks for and says stands there.

category   the rule's own (custom)
MQM type   custom
severity   the rule's own (minor)
needs      an entry in evalkit.toml
detector   custom
example    the entry, and the span it marks in [brackets]:
  [[rule]]
  id = "{rule}"
  pattern = '(?i)\\borganise\\w*'
  message = "the house style writes -ize"
  severity = "minor"

  They [organised] a meeting.

To switch it off, remove the entry.
"""
# Two figures of one word: this share is of all findings, the README's of those that weigh.
_ANOTHER_SHARE = [
    "           (an estimate, without what a list or the source states; the share in",
    "           README.md was read one by one, of findings that cost points alone)",
]
# Why 28 % of 8 can be: a share is no count.
_RECKONED = [
    "           (estimates, no counts: the mean of what experts marked, less chance,",
    "           and of how seldom human translations have it, less a margin for few)",
]
# What must be there for a rule to judge; other names are kinds of lists.
_NEEDS = {
    "": "nothing but the candidate",
    "reference": "an aligned reference",
    "source": "the source",
    "limit": "a length that the file states",
    "rows": "the source, in rows of a bilingual file or a table",
}


def explain(
    rule: Annotated[str, typer.Argument(help="A rule, for example name-variant; without one, the list.")] = "",
    plugin: o.Plugins = [],
    result: Annotated[
        str, o.option("--result", text="A saved result: its rules, as it tells them.", metavar="FILE")
    ] = "",
) -> None:
    """What a rule means, with an example, and how to switch it off.

    The rules are those installed here, or with --result those of a saved result, which explains its plug-ins' rules and
    the configuration's own without their files.

    Example: evalkit explain date-malformed
    """
    if result and plugin:
        raise ConfigError("--plugin and --result: a result explains its rules itself; leave one of the two out")
    rules = _of_result(result) if result else _installed(plugin, rule)
    if not rule:
        listed = sorted(rules.items(), key=lambda item: (item[1][0].category, item[0]))
        put("".join(_listed(id_, record) for id_, (record, _) in listed), "-")
    elif rule in rules:
        put(_explained(rule, *rules[rule]), "-")
    elif rule.startswith("custom-") and not result:
        put(_CUSTOM.format(rule=rule), "-")
    else:
        there = f"{result} has no rule" if result else "no rule of evalkit or of a plug-in named by --plugin is"
        raise ConfigError(f"{there} {rule!r}{nearest(rule, rules)} (`evalkit explain` lists them all)")


Rules = Mapping[str, tuple["RuleRecord", list[str]]]  # by id, with what more there is to say, a line each


def _installed(plugins: list[str], asked: str) -> Rules:
    """The rules of all detectors: what each needs, who looks for it, how it is switched on or off; of the one asked
    for also in which languages it judges."""
    from msgspec.structs import replace

    from evalkit.plugins import Registry
    from evalkit.records.rule_records import rule_record
    from evalkit.run.precision import by_language, is_weighed, precision
    from evalkit.run.unjudged import judged_languages

    registry = Registry(tuple(plugins))
    rules = {}
    for detector in (registry.get("detector", name) for name in registry.names("detector")):
        by_source = (*getattr(detector, "by_source", ()), *getattr(detector, "by_alignment", ()))
        for rule in detector.rules:
            needs = _NEEDS.get(rule.needs, f"a list of {rule.needs}")
            needs += ", or the source" if rule.id in by_source else ""
            facts = [f"needs      {needs}", f"detector   {detector.name}"]
            if rule.id == asked:
                facts += _hanging("judges     ", judged_languages(detector, rule.id))
            ours = detector.__module__.startswith("evalkit.")
            shares = _shares(by_language(rule.id)) if ours else []
            facts += [f"measured   {row}" for row in shares] + (_RECKONED if shares else [])
            known = replace(rule_record(rule), precision=precision(rule.id) if ours else None)
            lowered = [*_wrapped(_LOWERED), ""] if ours and is_weighed(rule) else []
            rules[rule.id] = known, [*facts, "", *lowered, *_switch(rule.id, detector)]
    return rules


def _hanging(head: str, text: str) -> list[str]:
    """A fact over several lines, those after the first indented."""
    return textwrap.wrap(head + text, 78, subsequent_indent=" " * len(head), drop_whitespace=True)


def _shares(known: Mapping[str, Measured]) -> list[str]:
    """The measured shares by language and evidence, a line each."""
    return [f"{kind}: about {row.right:.0%} right, estimated from {row.of}" for kind, row in known.items()]


def _of_result(path: str) -> Rules:
    """The rules of a result, and how often each found something."""
    from evalkit.records import json as jsonio

    held = jsonio.read(path)
    found = [finding.rule for system in held.systems for finding in system.findings]
    return {
        id_: (record, [f"findings   {found.count(id_)} in this result", "", *_off(id_)])
        for id_, record in held.rules.items()
    }


def _switch(rule: str, detector: type[Any]) -> list[str]:
    """How to switch a rule off, or a detector on that is off by default, with the extra it needs."""
    if getattr(detector, "default", True):
        return _off(rule)
    lines = [line.replace("DETECTOR", detector.name) for line in _TURN_ON]
    if extra := getattr(detector, "extra", ""):
        lines.insert(1, f"  pip install 'mt-evalkit[{extra}]'")
    return lines


def _off(rule: str) -> list[str]:
    return [line.replace("RULE", visible(rule)) for line in _TURN_OFF]


def _listed(id_: str, rule: RuleRecord) -> str:
    head = f"{id_}  ({rule.category}, {rule.severity})"
    return "\n".join([visible(head), *_wrapped(f"    {rule.summary}")]) + "\n"


def _explained(id_: str, rule: RuleRecord, more: list[str]) -> str:
    facts = [
        f"category   {rule.category}",
        f"MQM type   {rule.mqm}",
        f"severity   {rule.severity} (neutral 0, minor 1, major 5, critical 25 points)",
    ]
    if rule.precision is not None:
        facts.append(f"precision  about {rule.precision:.0%} right: all languages and kinds, hints included")
        facts += _ANOTHER_SHARE
    at = more.index("")
    example = [line for given in rule.help.splitlines() for line in _wrapped(given)]
    facts = [visible(fact) for fact in facts]
    parts = [[visible(id_)], _wrapped(rule.summary), [*facts, *more[:at]], example, more[at + 1 :]]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _wrapped(text: str) -> list[str]:
    """Lines of at most 78 characters that keep the indent of the first; nothing in them acts on a terminal."""
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(visible(text.strip()), 78, initial_indent=indent, subsequent_indent=indent)
