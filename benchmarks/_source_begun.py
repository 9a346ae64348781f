"""How well the first lines of a source fit a translation that ends there: a part of benchmarks/source.py."""

from __future__ import annotations

import random

from benchmarks.source import DATA, LARGEST, code_of, lines
from evalkit.language.across import side_by_side
from evalkit.run.source_lines import LEAST_FIT_OF_BEGUN

# The languages that the bound was chosen on; the others had no part in it.
_CHOSEN_ON = "deu fra zho-CN arb rus jpn tur fin spa ita kor heb pol hin hun vie tha ces".split()  # noqa: SIM905
_DRAWN = 12  # of each length and language
_LENGTHS = (20, 30, 60)


def begun() -> None:
    source = lines(DATA / "ntrex/source.eng.txt.gz")
    print("| languages | lines | beginnings taken for such | least fit | other lines taken for such | greatest fit |")
    print("|---|---:|---:|---:|---:|---:|")
    others = [name for name in LARGEST if name not in _CHOSEN_ON]
    for of, names in (("chosen on", _CHOSEN_ON), ("others", others)):
        translations = {name: lines(DATA / f"ntrex/{name}.txt.gz") for name in names}
        for n in _LENGTHS:
            right, wrong = [], []
            for name, text in translations.items():
                draw = random.Random(f"{name} {n}")
                for _ in range(_DRAWN):
                    here, there = draw.sample(range(0, len(source) - n, n), 2)
                    theirs, lang = source[here : here + n], code_of(name)
                    right.append(side_by_side(theirs, text[here : here + n], "en", lang))
                    wrong.append(side_by_side(theirs, text[there : there + n], "en", lang))
            taken, mistaken = (sum(fit >= LEAST_FIT_OF_BEGUN for fit in fits) for fits in (right, wrong))
            print(
                f"| {len(names)}, {of} | {n} | {taken} of {len(right)} | {min(right):.1f} "
                f"| {mistaken} of {len(wrong)} | {max(wrong):.1f} |"
            )
