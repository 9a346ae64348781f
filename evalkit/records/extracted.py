"""The texts that were taken out of files of other formats, as they stand beside a report."""

from __future__ import annotations

import re

from evalkit.records.result import Result

_LONGEST = 60  # characters of a name: with a number and an ending it must be one for every file system


def extracted_files(result: Result) -> dict[str, str]:
    """The texts that were taken out of files of other formats, by the name each has beside a report."""
    sides = [(f"candidate-{s.name}", s.extracted) for s in result.systems]
    sides += [(f"reference-{r.name}", r.extracted) for r in result.references]
    sides += [("source", result.source.extracted)] if result.source else []
    made: dict[str, str] = {}
    for name, found in sides:
        texts = {name: found} if isinstance(found, str) else {f"{name}-{id_}": text for id_, text in found.items()}
        for wanted, text in texts.items():
            if text:
                plain = re.sub(r"[^\w.-]+", "-", wanted).strip(".-")[:_LONGEST]
                path = f"texts/{plain}.txt"
                made[path if path not in made else f"texts/{plain}-{len(made) + 1}.txt"] = text
    return made
