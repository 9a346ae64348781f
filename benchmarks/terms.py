"""Terminology on TICO-19 English-French: marked terms found in one system's output, beside the published figures.

The authors' tool counts a marked term as right where one of its forms, or the reference's own wording, stands
in the output as whole tokens that no other term of the segment has taken; failing that, where a form stands in
the output's lemmas. Its figures, printed with the data: 759 right, 127 wrong, 15 more by lemma, accuracy .8590.

    python benchmarks/terms.py [differences]

Needs EVALKIT_DATA (terminology_tico). Prints tables; `differences` lists the terms judged differently.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evalkit.language.forms import Form, FormMatcher

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data")) / "terminology_tico/en-fr.jsonl.gz"
PUBLISHED = (759, 15, 127)


def marks() -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """(segment, mark, its forms): the listed ones and, as in the authors' tool, the reference's wording."""
    with gzip.open(DATA, "rt", encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            for mark in record["reference_terms"]:
                own = [mark["surface"]] if mark["surface"].strip() not in "|".join(mark["tgt"]) else []
                yield record, mark, [*mark["tgt"], *own]


def exact_by_tokens() -> list[bool]:
    """The published rule for an exact match, each place of a segment used once."""
    found, taken = [], set[int]()
    last = None
    for record, _, forms in marks():
        if record is not last:
            taken, last = set(), record
        text = f" {record['system_fairseq']} "
        starts = (m.start() for form in forms for m in re.finditer(f"(?= {re.escape(form)} )", text))
        place = next((start for start in starts if start not in taken), None)
        taken |= {place} if place is not None else set()
        found.append(place is not None)
    return found


def by_evalkit(*, inflect: bool, field: str = "system_fairseq", own: bool = True) -> list[bool]:
    """evalkit's matcher: whole words, every form of a concept, no place used for two terms of one entry."""
    found = []
    last: object = None
    used: set[tuple[int, int]] = set()
    for record, mark, forms in marks():
        if record is not last:
            used, last = set(), record
        listed = [Form(form, 0, "x") for form in (forms if own else mark["tgt"])]
        places = [(m.start, m.end) for m in FormMatcher(listed, "fr", inflect=inflect).find(record[field])]
        place = next((p for p in places if not any(p[0] < e and s < p[1] for s, e in used)), None)
        if place:
            used.add(place)
        found.append(place is not None)
    return found


def main() -> None:
    tokens = exact_by_tokens()
    words, lemmas = by_evalkit(inflect=False), by_evalkit(inflect=True)
    total = len(tokens)
    print(f"TICO-19 English-French, one system, {total} marked terms\n")
    print(f"{'':44}{'right':>7}{'more by lemma':>15}{'wrong':>7}{'accuracy':>10}")
    rows = (
        ("published, the authors' tool", *PUBLISHED),
        ("its exact rule, recomputed", sum(tokens), 0, total - sum(tokens)),
        ("evalkit: words, then inflected forms", sum(words), sum(lemmas) - sum(words), total - sum(lemmas)),
    )
    for name, right, more, wrong in rows:
        print(f"{name:44}{right:7}{more:15}{wrong:7}{(right + more) / total:10.4f}")
    reference = by_evalkit(inflect=True, field="reference", own=False)
    print(f"\nin the reference itself, listed forms only: {sum(reference)} of {total}")
    if "differences" in sys.argv[1:]:
        for (record, _, forms), token, word, lemma in zip(marks(), tokens, words, lemmas, strict=True):
            if len({token, word, lemma}) > 1:
                print(f"tokens {token:d} words {word:d} lemma {lemma:d} {forms} | {record['system_fairseq']}")


if __name__ == "__main__":
    main()
