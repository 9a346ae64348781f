"""A matrix to try `evalkit run` on: NTREX in many languages, systems made by damaging the reference.

    python benchmarks/matrix_ntrex.py FOLDER [--languages 30] [--lines 200]

needs the NTREX lines under $EVALKIT_DATA/ntrex and writes the texts and `evalkit.toml` into FOLDER. The damage is
drawn from a seed: `light` loses one word in fifty, `heavy` one in ten, `shuffled` has neighbours change places, `short`
lacks the last tenth of each line and has no texts for every fourth language.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import zlib
from pathlib import Path

# Two letters where the language has them, for that is what lists of words are kept under.
LANGUAGES = {
    "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "pol": "pl", "ces": "cs", "rus": "ru",
    "ukr": "uk", "jpn": "ja", "zho-CN": "zh", "kor": "ko", "arb": "ar", "heb": "he", "hin": "hi", "tur": "tr",
    "swe": "sv", "dan": "da", "fin": "fi", "hun": "hu", "ron": "ro", "bul": "bg", "ell": "el", "vie": "vi", "ind": "id",
    "tha": "th", "est": "et", "lit": "lt", "lav": "lv", "slk": "sk", "slv": "sl", "hrv": "hr", "cat": "ca", "isl": "is",
}  # fmt: skip
SYSTEMS = ("light", "heavy", "shuffled", "short")
CONFIG = """name = "NTREX, damaged"
output = "reports"
align = "lines"
metrics = ["chrf", "bleu"]
detectors = [{detectors}]

[statistics]
trials = 1000

[[set]]
name = "ntrex"
languages = [{languages}]
references = ["references/{{lang}}.txt"]
source = "source.txt"
source_lang = "en"
tags = ["news"]

# Their usual tokenizers are packages of their own; characters need none.
[language.ja]
metrics = ["chrf", {{ name = "bleu", tokenize = "char" }}]

[language.ko]
metrics = ["chrf", {{ name = "bleu", tokenize = "char" }}]
"""


def damaged(line: str, system: str, draw: random.Random) -> str:
    """One line as a system has it; a script without spaces is cut by character."""
    spaced = " " in line.strip()
    words = line.split() if spaced else list(line)
    if system in ("light", "heavy"):
        share = 0.02 if system == "light" else 0.1
        words = [word for word in words if draw.random() >= share] or words[:1]
    elif system == "shuffled":
        for place in range(0, len(words) - 1, 2):
            if draw.random() < 0.3:
                words[place], words[place + 1] = words[place + 1], words[place]
    else:
        words = words[: max(1, len(words) - len(words) // 10)]
    return (" " if spaced else "").join(words)


def main() -> None:
    """Writes the example."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", type=int, default=30)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--findings", action="store_true", help="look for findings too")
    given = parser.parse_args()
    data = Path(os.environ.get("EVALKIT_DATA", "../shared/data")) / "ntrex"
    if not (data / "source.eng.txt.gz").is_file():
        raise SystemExit(f"no NTREX lines in {data}; docs/matrix.md says where they come from")
    chosen = list(LANGUAGES.items())[: given.languages]
    (given.folder / "references").mkdir(parents=True, exist_ok=True)
    _write(given.folder / "source.txt", _lines(data / "source.eng.txt.gz", given.lines))
    for number, (name, lang) in enumerate(chosen, 1):
        lines = _lines(data / f"{name}.txt.gz", given.lines)
        _write(given.folder / "references" / f"{lang}.txt", lines)
        for system in SYSTEMS:
            if system == "short" and number % 4 == 0:
                continue
            draw = random.Random(zlib.crc32(f"{lang} {system}".encode()))
            _write(given.folder / "systems" / system / f"{lang}.txt", [damaged(line, system, draw) for line in lines])
    languages = ", ".join(f'"{lang}"' for _, lang in chosen)
    text = CONFIG.format(languages=languages, detectors='"*"' if given.findings else "")
    text += "".join(f'\n[[system]]\nname = "{name}"\npath = "systems/{name}/{{lang}}.txt"\n' for name in SYSTEMS)
    (given.folder / "evalkit.toml").write_text(text, encoding="utf-8")
    print(f"wrote {given.folder / 'evalkit.toml'}; now: evalkit run {given.folder / 'evalkit.toml'}")


def _lines(path: Path, number: int) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")[:number]


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
