"""The commands about evalkit itself: explain, plugins, init, clean."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from evalkit.cli import options as o
from evalkit.cli.command_line import Argument
from evalkit.cli.output import note, put
from evalkit.errors import ConfigError, nearest
from evalkit.plugins import KINDS, Registry

if TYPE_CHECKING:
    from evalkit.records import Rule


def explain(
    rule: Annotated[str, Argument(help="A rule, for example name-variant; without one, the list.")] = "",
    plugin: o.Plugins = [],
) -> None:
    """What a rule means: its MQM type, severity, an example, how to switch it off.

    Example: evalkit explain date-malformed
    """
    registry = Registry(tuple(plugin))
    detectors = [registry.get("detector", name) for name in registry.names("detector")]
    rules: dict[str, tuple[Rule, type[Any]]] = {r.id: (r, detector) for detector in detectors for r in detector.rules}
    if not rule:
        listed = sorted((r for r, _ in rules.values()), key=lambda r: (r.category, r.id))
        put("".join(_listed(r) for r in listed), "-")
        return
    if rule.startswith("custom-") and rule not in rules:
        put(_CUSTOM.format(rule=rule), "-")
        return
    if rule not in rules:
        raise ConfigError(f"unknown rule {rule!r}{nearest(rule, rules)} (`evalkit explain` lists them all)")
    put(_explained(*rules[rule]), "-")


_TURN_ON = (
    "Off by default. To switch it on:",
    '  detectors = ["*", "DETECTOR"]     (in the configuration; * are all the others)',
)
_TURN_OFF = (
    "To switch it off, name in the configuration only the detectors you want:",
    '  detectors = ["names", "numbers"]',
    "or leave out its findings, with a reason:",
    "  [[ignore]]",
    '  rule = "RULE"',
    '  reason = "why"',
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


def _against(rule: Rule) -> list[str]:
    """What the example is held against."""
    what = {"reference": "the reference has:", "names": "the names list has:", "terms": "the termbase has:"}
    head = f"           {what.get(rule.needs, 'beside:')}"
    return [head, *textwrap.wrap(rule.against, 76, initial_indent="  ", subsequent_indent="  ")]


def _listed(rule: Rule) -> str:
    head = f"{rule.id}  ({rule.category}, {rule.severity})"
    return "\n".join([head, *textwrap.wrap(rule.summary, 76, initial_indent="    ", subsequent_indent="    ")]) + "\n"


def _short(text: str, width: int) -> str:
    return textwrap.shorten(text, width, placeholder=" ...")


def _switch(rule: Rule, detector: type[Any]) -> list[str]:
    """How to switch a rule off, or a detector on that is off by default, with the extra it needs."""
    if getattr(detector, "default", True):
        return [line.replace("RULE", rule.id) for line in _TURN_OFF]
    lines = [line.replace("DETECTOR", detector.name) for line in _TURN_ON]
    if extra := getattr(detector, "extra", ""):
        lines.insert(1, f"  pip install 'mt-evalkit[{extra}]'")
    return lines


def _explained(rule: Rule, detector: type[Any]) -> str:
    needs = {"": "nothing but the candidate", "reference": "an aligned reference"}.get(
        rule.needs, f"a list of {rule.needs}"
    )
    body = [
        f"{rule.id}",
        "",
        *textwrap.wrap(rule.summary, 78),
        "",
        f"category   {rule.category}",
        f"MQM type   {rule.mqm}",
        f"severity   {rule.severity} (neutral 0, minor 1, major 5, critical 25 points)",
        f"needs      {needs}",
        f"detector   {detector.name}",
        "example    the span in [brackets]:",
        *textwrap.wrap(rule.example, 76, initial_indent="  ", subsequent_indent="  "),
        *(_against(rule) if rule.against else ()),
        "",
        *_switch(rule, detector),
    ]
    return "\n".join(body) + "\n"


def plugins(plugin: o.Plugins = []) -> None:
    """Every reader, segmenter, aligner, scorer, detector, renderer and termbase format with its options."""
    registry = Registry(tuple(plugin))
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for cls, origin in registry.all():
        by_kind[cls.kind] += _described(cls, origin)
    lines = [line for kind in KINDS for line in (f"{kind}s", *by_kind[kind], "")]
    put("\n".join(lines).rstrip() + "\n", "-")


def _described(cls: type[Any], origin: str) -> list[str]:
    first = inspect.getdoc(cls).split("\n\n")[0] if inspect.getdoc(cls) else "no description"  # type: ignore[union-attr]
    source = "" if origin == "evalkit" else f" [{origin}]"
    text = textwrap.wrap(" ".join(first.split()) + source, 74, initial_indent="    ", subsequent_indent="    ")
    options = ", ".join(f"{f.name}={f.default!r}" for f in dataclasses.fields(cls))
    wrapped = (
        textwrap.wrap(f"options: {options}", 74, initial_indent="    ", subsequent_indent="      ") if options else []
    )
    counted = [f"    counted by: {cls().engine()}"] if hasattr(cls, "engine") else []
    return [f"  {cls.name}", *text, *wrapped, *counted]


def init(
    folder: Annotated[str, Argument(help="Where to write; must exist.")] = ".",
) -> None:
    """Writes a commented starter evalkit.toml, a termbase and a names list; never overwrites.

    Example: evalkit init
    """
    from importlib import resources

    from evalkit.errors import InputError
    from evalkit.text.files import write_text

    base = Path(folder)
    if not base.is_dir():
        raise InputError(f"{folder}: no such folder; make it first")
    starter = resources.files("evalkit").joinpath("starter")
    files = {
        "evalkit.toml": "evalkit.toml",
        "references/terms.yaml": "terms.yaml",
        "references/names.yaml": "names.yaml",
    }
    there = [name for name in files if (base / name).exists()]
    if there:
        raise InputError(f"{', '.join(there)}: already there; init never overwrites. Move them away, or edit them")
    for name in files:
        write_text(base / name, starter.joinpath(Path(name).name).read_text(encoding="utf-8"))
        note(f"wrote {base / name}")
    note(f"now name your own texts in {base / 'evalkit.toml'}; then `evalkit run`")


def clean(
    raw: Annotated[str, Argument(help="A text file copied from a web page.")],
    output: o.Output = "-",
    quiet: o.Quiet = False,
) -> None:
    """Writes a text without its page furniture (menus, bylines, copyright), saying each line left out.

    A configuration names the raw file as `derived_from` of the reference made from it; every run checks
    that the two still agree and records the lines left out.

    Example: evalkit clean raw.txt -o references/speech.txt
    """
    from evalkit.language import boilerplate
    from evalkit.text.files import read_text

    text = read_text(raw)
    left_out = boilerplate.find(text, "1")
    put(boilerplate.without(text, left_out), output)
    for item in left_out:
        note(f"left out line {item.line} ({item.reason}): {_short(item.text, 60)}", quiet)
