"""The `tmx` renderer: trusted links as a translation memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.records.result import Result, SystemRecord
from evalkit.text.xml import escaped

_HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="evalkit" '
    'creationtoolversion="{0}" segtype="sentence" o-tmf="evalkit" adminlang="en" srclang="{1}" datatype="plaintext">'
    "{2}</header>\n<body>\n"
)
_NO_SOURCE = "<note>no units: the evaluation had no source with a language (-s, --source-lang)</note>"


@dataclass(frozen=True)
class TmxRenderer:
    """Units of source and candidate, or of source and reference (`side=reference`), as a memory in TMX 1.4.

    Only units of trusted systems whose link is at least as probable as `least`; each has its confidence as a `prop`.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "tmx"
    suffix: ClassVar[str] = ".tmx"

    side: str = "candidate"
    least: float = 0.7

    def render(self, result: Result) -> str:
        """The file; without a source and its language there are no units in it, and a note says so."""
        lang = result.source.lang if result.source else ""
        made = [_HEADER.format(_attribute(result.evalkit), _attribute(lang or "*all*"), "" if lang else _NO_SOURCE)]
        for system in result.systems if lang else ():
            made += _units(result, system, self.side, self.least, lang)
        return "".join([*made, "</body>\n</tmx>\n"])


def _units(result: Result, system: SystemRecord, side: str, least: float, lang: str) -> Iterator[str]:
    if result.references and not system.alignment.trusted:
        return
    langs = {r.name: r.lang for r in result.references}
    for unit in system.units:
        reference = (unit.references or (None,))[0]
        mine = unit.candidate if side == "candidate" else reference
        if unit.source is None or mine is None or unit.confidence < least or not mine.text.strip():
            continue
        target = (
            system.lang if side == "candidate" or reference is None else langs.get(reference.reference, system.lang)
        )
        yield (
            f'<tu tuid="{_attribute(f"{system.name}/{unit.id}")}">'
            f'<prop type="x-evalkit:confidence">{unit.confidence:.4f}</prop>\n'
            f'<tuv xml:lang="{_attribute(lang)}"><seg>{escaped(unit.source.text)}</seg></tuv>\n'
            f'<tuv xml:lang="{_attribute(target)}"><seg>{escaped(mine.text)}</seg></tuv></tu>\n'
        )


def _attribute(text: str) -> str:
    return escaped(text).replace('"', "&quot;")
