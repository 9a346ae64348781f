"""Fits evalkit/aligners/document/weights_chinese.json: of Chinese texts, whose words are characters.

Fitted on the development half of the documents of WMT22 en-zh (four systems and both references), as they are,
perturbed by line and thinned; the other half is never read.

Usage: python benchmarks/_alignment_fit_chinese.py
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from _alignment_data import DATA, LONGEST, Case, Changes, changed, marked_case, read_lines
from _alignment_fit import FOLDER, Made, file_text, fit_all
from _alignment_languages import by_document, is_blind

SET = "wmt/wmt22.en-zh"
SYSTEMS = ("HuaweiTSC", "LanguageX", "Online-B", "Online-G")
REFERENCES = ("refA", "refB")
FILES = (
    f"{SET}/docs.tsv.gz",
    *(f"{SET}/references/{name}.zh.txt.gz" for name in REFERENCES),
    *(f"{SET}/systems/{name}.zh.txt.gz" for name in SYSTEMS),
)
USED = (
    "WMT22 en-zh, documents of the development half: four systems against two references, and these against each "
    "other, as they are, perturbed and thinned"
)


def documents(candidate: str, reference: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """(document, the candidate's lines, the reference's), of the development half."""
    folder = DATA / SET
    kind = "references" if candidate in REFERENCES else "systems"
    names = [line.split("\t")[1] for line in read_lines(folder / "docs.tsv.gz")]
    sides = (read_lines(folder / f"{path}.zh.txt.gz") for path in (f"{kind}/{candidate}", f"references/{reference}"))
    for name, mine, theirs in by_document(names, *sides):
        if not is_blind(name) and len(mine) > 1:
            yield name, mine, theirs


def made(candidate: str, reference: str, changes: Changes, seed: int = 1) -> Iterator[Case]:
    """Lines as segments, changed as in the tables of English; of the perturbed on one side the first lines only."""
    for name, mine, theirs in documents(candidate, reference):
        longest = LONGEST if changes == "one" else None
        sides = ([(text, {k}) for k, text in enumerate(side[:longest])] for side in (mine, theirs))
        left, right = changed(*sides, random.Random(f"fit {seed} {candidate} {reference} {name}"), changes)
        yield marked_case(name, left, right)


def cases() -> Iterator[tuple[str, Case]]:
    """Everything to fit on, by kind."""
    for system in SYSTEMS:
        for reference in REFERENCES:
            for seed in (1, 2):
                yield from (("perturbed", c) for c in made(system, reference, "one", seed))
            yield from (("perturbed", c) for c in made(system, reference, "both"))
            yield from (("thinned", c) for c in made(system, reference, "thinned"))
        yield from (("as it is", c) for c in made(system, "refA", ""))
    for seed in (1, 2, 3, 4):
        yield from (("humans", c) for c in made("refB", "refA", "one" if seed % 2 else "both", seed))
    for case, other in pairwise(made("Online-G", "refA", "")):
        yield "wrong", Case(f"{case.name} / {other.name}", case.candidate, other.reference, frozenset())


def worth(kind: str, totals: dict[str, float]) -> float:
    """The weight of a pair: every kind counts alike, texts as they are twice, wrong documents a fifth."""
    return (4000.0 if kind == "as it is" else 2000.0) / totals[kind] if totals[kind] else 400.0 / totals["perturbed"]


def main() -> None:
    """Fits and writes the weights."""
    made_of = Made("words alone, of Chinese texts", __file__, USED, FILES)
    text = file_text(made_of, fit_all(cases(), worth, None), date.today().isoformat())
    (FOLDER / "weights_chinese.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
