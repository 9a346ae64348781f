"""The texts that were taken out of files of other formats, as they stand beside a report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from itertools import chain, count

from evalkit.records.result import Result

_LONGEST = 60  # characters of a name: with a number and an ending it must be one for every file system


def extracted_files(result: Result) -> dict[str, str]:
    """The texts that were taken out of files of other formats, by the name each has beside a report."""
    sides = [(f"candidate-{s.name}", s.extracted) for s in result.systems]
    sides += [(f"reference-{r.name}", r.extracted) for r in result.references]
    sides += [("source", result.source.extracted)] if result.source else []
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name, found in sides:
        texts = {name: found} if isinstance(found, str) else {f"{name}-{id_}": text for id_, text in found.items()}
        for wanted, text in texts.items():
            if text:
                plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", wanted)).strip(".-")[:_LONGEST]
                path = _free(f"texts/{plain}", taken)
                taken.add(path.casefold())
                made[path] = text
    return made


def _free(stem: str, taken: Set[str]) -> str:
    """A path that no other text has, on a file system that knows no case either. The number is at first one more than
    there are texts, as it has always been."""
    numbers = (f"-{number}" for number in count(len(taken) + 1))
    return next(path for end in chain([""], numbers) if (path := f"{stem}{end}.txt").casefold() not in taken)
