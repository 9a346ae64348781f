"""Chinese names in pinyin, held against their source: a part of benchmarks/source.py."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks._findings_floor import documents, half
from benchmarks._source_names import NAME, WAYS, slip
from benchmarks.source import DATA, lines
from evalkit.detectors.names.from_han import is_a_name_of, slips

_SETS = ("wmt22.zh-en", "wmt23.zh-en")


def pinyin() -> None:
    print(f"{'':24}{'lines':>7}{'human, told':>13}{'systems, told':>15}{'planted, told':>15}")
    for name in _SETS:
        folder = DATA / "wmt" / name
        source = lines(folder / "source.zh.txt.gz")
        humans = [lines(path) for path in sorted((folder / "references").iterdir())]
        systems = [lines(path) for path in sorted((folder / "systems").iterdir())]
        named = documents(folder / "docs.tsv.gz")
        for which in ("development", "blind"):
            chosen = [i for i, doc in enumerate(named) if (half(doc) == "blind") == (which == "blind")]
            told = [sum(_told(text[i], source[i]) for text in texts for i in chosen) for texts in (humans, systems)]
            hit, of = _planted(humans[0], source, chosen)
            size = f"{len(chosen)}"
            print(f"{name + ' ' + which:24}{size:>7}{told[0]:>13}{told[1]:>15}{f'{hit} of {of}':>15}", flush=True)


def _told(text: str, source: str) -> int:
    return sum(1 for _ in slips(text, "en", source))


def _planted(human: Sequence[str], source: Sequence[str], chosen: Sequence[int]) -> tuple[int, int]:
    """One slip in each given name of five letters and more that stands behind its family name."""
    rng, hit, of = random.Random("pinyin"), 0, 0
    for i in chosen:
        for match in NAME.finditer(human[i]):
            family = human[i][: match.start()].rpartition(" ")[0].rpartition(" ")[2]
            if not is_a_name_of(family, match.group(), source[i]):
                continue
            wrong = slip(match.group(), WAYS[of % len(WAYS)], rng)
            if wrong == match.group():
                continue
            of += 1
            changed = human[i][: match.start()] + wrong + human[i][match.end() :]
            hit += _told(changed, source[i]) > 0
    return hit, of
