"""How often a language that nobody states is recognised rightly: NTREX-128 in chunks of lines.

`python benchmarks/recognise.py dev|blind`: every other document of the set; prints, by length of the chunk, the share
that is recognised rightly, left open and taken for another language, and which were mistaken. Needs EVALKIT_DATA.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from pathlib import Path

from evalkit.language.codes import bare
from evalkit.language.recognise import recognised

LENGTHS = (1, 3, 10, 30)
# Codes of the set as the recogniser's; Cantonese is written Chinese, of which it has one code.
OWN = {
    "afr": "af", "bul": "bg", "bel": "be", "cat": "ca", "ces": "cs", "dan": "da", "deu": "de", "ell": "el",
    "eng": "en", "est": "et", "fao": "fo", "isl": "is", "fin": "fi", "fra": "fr", "glg": "gl", "hun": "hu",
    "hye": "hy", "ind": "id", "ita": "it", "jpn": "ja", "kat": "ka", "kor": "ko", "lav": "lv", "lit": "lt",
    "ltz": "lb", "mkd": "mk", "msa": "ms", "nld": "nl", "nno": "nn", "nob": "nb", "pol": "pl", "por": "pt",
    "ron": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv", "tha": "th",
    "tur": "tr", "ukr": "uk", "vie": "vi", "yue": "zh", "zho": "zh",
}  # fmt: skip


def main(half: str) -> None:
    folder = Path(os.environ["EVALKIT_DATA"]) / "ntrex"
    documents = (folder / "documents.txt").read_text("utf-8").split("\n")
    number = {name: place for place, name in enumerate(dict.fromkeys(documents))}
    wanted = [place for place, name in enumerate(documents) if name and number[name] % 2 == (half == "blind")]
    counts: dict[tuple[int, str], Counter[str]] = {}
    mistaken: Counter[tuple[str, str, int]] = Counter()
    for path in sorted(folder.glob("*.txt.gz")):
        code = path.name.removesuffix(".txt.gz").replace("source.eng", "eng")
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
        own = OWN.get(code.partition("-")[0], "")
        for length in LENGTHS:
            for first in range(0, len(wanted), length):
                found = recognised(["\n".join(lines[at] for at in wanted[first : first + length])])
                verdict = "open" if not found else "right" if bare(found) == own else "wrong"
                kind = "en" if own == "en" else "listed" if own else "others"
                counts.setdefault((length, kind), Counter())[verdict] += 1
                if verdict == "wrong":
                    mistaken[code, found, length] += 1
    print("lines  languages  chunks   right    open   wrong")
    for (length, kind), found in sorted(counts.items()):
        shares = "".join(f"{found[verdict] / found.total():8.2%}" for verdict in ("right", "open", "wrong"))
        print(f"{length:5}  {kind:9} {found.total():7}{shares}")
    for (code, found, length), times in sorted(mistaken.items(), key=lambda each: (-each[0][2], -each[1])):
        print(f"{code} taken for {found}, {length} lines: {times}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev")
