"""The texts that were taken out of files of other formats, as they stand beside a report."""

from __future__ import annotations

import re

from evalkit.records.result import Result


def extracted_files(result: Result) -> dict[str, str]:
    """The texts that were taken out of files of other formats, by the name each has beside a report."""
    sides: list[tuple[str, str, str]] = [("candidate", s.name, s.extracted) for s in result.systems]
    sides += [("reference", r.name, r.extracted) for r in result.references]
    sides += [("source", result.source.name, result.source.extracted)] if result.source else []
    made: dict[str, str] = {}
    for side, name, text in sides:
        if text:
            plain = re.sub(r"[^\w.-]+", "-", name).strip(".-")[:60] or "text"
            wanted = f"texts/{side}-{plain}.txt" if side != "source" else "texts/source.txt"
            made[wanted if wanted not in made else f"texts/{side}-{plain}-{len(made) + 1}.txt"] = text
    return made
