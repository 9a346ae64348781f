"""The `lint` renderer: one line a finding, `path:line:col: RULE severity message`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from evalkit.records import Finding
from evalkit.records.result import Result, SystemRecord, place
from evalkit.renderers._checklist import has_checklists, in_short
from evalkit.renderers._facts import checked, judged, strange_source, why_apart
from evalkit.text.visible import visible


@dataclass(frozen=True)
class LintRenderer:
    """Findings as a compiler prints them, a count at the end; control characters are made visible."""

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "lint"
    suffix: ClassVar[str] = ".txt"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """All findings that stand, system by system; what was not trusted is said in a line of its own."""
        lines = []
        for system in result.systems:
            lines += [_line(finding, system, result) for finding in system.standing]
            if result.references and not system.alignment.trusted:
                lines.append(f"{visible(system.path)}: alignment not trusted: {visible(why_apart(system))}")
            if strange_source(system):
                why = visible(why_apart(system))
                lines.append(f"{visible(system.path)}: alignment with the source not trusted: {why}")
            if has_checklists(result):
                whose = f" [{visible(system.name)}]" if len(result.systems) > 1 else ""
                lines.append(in_short(result, system) + whose)
        number = sum(len(system.standing) for system in result.systems)
        if not checked(result):
            lines.append("findings were not asked for")
        else:
            outvoted = sum(len(system.findings) for system in result.systems) - number
            more = [f"{outvoted} more as in most other systems"] if outvoted else []
            more += [
                f"{n} {'disputed' if word == 'disputed' else f'judged {word}'}" for word, n in judged(result).items()
            ]
            shared = f" ({', '.join(more)})" if more else ""
            lines.append(("no findings" if not number else f"{number} finding{'s' * (number > 1)}") + shared)
        return "\n".join(lines) + "\n"


def _line(finding: Finding, system: SystemRecord, result: Result) -> str:
    together = [s for s in result.systems if s.path == system.path]
    whose = f" [{system.name}]" if len(together) > 1 else ""  # a file of several systems
    named = finding.message.endswith(")") and "(translation: line " in finding.message
    side = " (source)" if finding.side == "source" and not named else ""  # a bilingual file has both under one path
    said = f"{finding.rule} {finding.severity} {finding.message}{side}{whose}"
    return visible(f"{place(finding, system, result)}: {said}")
