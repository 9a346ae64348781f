"""Free texts by domain: DEPlain, and made ones, with sentences cut and shortened by rule as in plain language."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from _alignment_data import DATA, Case, deplain, read_json_lines, read_lines, segments, wmt_documents

from evalkit.text.words import count_words

_CLAUSES = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:and|but|which|who|that|because|when|while|where|und|aber|der|das|weil|dass|wenn|wo)\s)"
)


def sets() -> Iterator[tuple[str, list[Case]]]:
    """(name, cases): of DEPlain the half that was fitted on and the other; the made ones no bound was chosen on."""
    domains = [row["domain"] for row in read_json_lines("align_deplain/documents.jsonl.gz")]
    for domain in sorted(set(domains)):
        for part, what in ((0, "fitted on"), (1, "development")):
            cases = list(deplain(part))
            yield f"DEPlain, {domain}, {what}", [c for c in cases if domains[int(c.name.split()[-1])] == domain]
    english = [(name, mine, theirs) for name, mine, theirs in wmt_documents("wmt23.zh-en", "GPT4-5shot", "refA")]
    yield "made, English, blind", [made(*document) for document in english if len(document[1]) >= 6]
    yield "made, German, blind", [made(*document) for document in _german() if len(document[1]) >= 6]


def _german() -> Iterator[tuple[str, list[str], list[str]]]:
    folder = DATA / "wmt" / "wmt24.en-de"
    rows: dict[str, list[tuple[str, str]]] = {}
    sides = read_lines(folder / "systems/ONLINE-B.de.txt.gz"), read_lines(folder / "references/refA.de.txt.gz")
    for doc, mine, theirs in zip(read_lines(folder / "docs.tsv.gz"), *sides, strict=True):
        if mine.strip() and theirs.strip():
            rows.setdefault(doc.split("\t")[1], []).append((mine, theirs))
    for doc, lines in rows.items():
        yield doc, [mine for mine, _ in lines], [theirs for _, theirs in lines]


def made(name: str, mine: list[str], theirs: list[str]) -> Case:
    """Lines that belong together, those of the candidate cut at clauses and shortened, an eighth of them left out."""
    rng = random.Random(f"fan {name}")
    candidate: list[str] = []
    gold = set()
    for j, line in enumerate(mine):
        if rng.random() < 0.12:
            continue
        parts = _pieces(line)
        for part in parts:
            if len(parts) == 1 or rng.random() > 0.15:
                gold.add((len(candidate), j))
                candidate.append(_shortened(part, rng))
        if rng.random() < 0.1:  # an explanation without a partner
            words = theirs[j].split()
            candidate.append(_shortened(" ".join(rng.sample(words, min(4, len(words)))), rng))
    return Case(f"made {name}", segments(candidate), segments(theirs), frozenset(gold))


def _pieces(text: str) -> list[str]:
    found: list[str] = []
    for part in (part.strip(" ,;:") for part in _CLAUSES.split(text)):
        if found and (count_words(found[-1]) < 3 or count_words(part) < 3):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _shortened(text: str, rng: random.Random) -> str:
    kept = " ".join([word for word in text.split() if rng.random() > 0.25] or text.split()[:1])
    return (kept[:1].upper() + kept[1:]).rstrip(".,;:") + "."
