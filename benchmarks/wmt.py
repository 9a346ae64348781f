"""A WMT campaign as an evaluation that `evalkit run` takes: `python benchmarks/wmt.py SET FOLDER`.

SET is a folder name below `wmt/` of the data (EVALKIT_DATA), for example wmt23.zh-en. FOLDER gets a table for
every system and reference, whose rows say which document a segment belongs to, and an evalkit.toml. The texts
may not be redistributed: choose a folder outside the repository.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
HEAD = """# {campaign}, made by benchmarks/wmt.py
name = "{campaign}"
lang = "en"
align = "lines"
metrics = ["bleu", "chrf", "ter"]
detectors = []
output = "report"

[statistics]
confidence = true
unit = "{unit}"
"""


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def documents(folder: Path) -> list[str]:
    """The document of every segment; a segment whose document is not known is one of its own."""
    names = [line.split("\t")[1] for line in lines(folder / "docs.tsv.gz")]
    return [f"segment-{number}" if name == "-" else name for number, name in enumerate(names, 1)]


def main(campaign: str, target: Path, unit: str = "auto") -> None:
    folder = DATA / "wmt" / campaign
    of = documents(folder)
    target.mkdir(parents=True, exist_ok=True)
    config = [HEAD.format(campaign=campaign, unit=unit)]
    files = [("reference", path) for path in sorted((folder / "references").iterdir())[:1]]
    files += [("candidate", path) for path in sorted((folder / "systems").iterdir())]
    for side, path in files:
        name = path.name.split(".")[0]
        rows = [
            json.dumps({"doc": doc, "text": text}, ensure_ascii=False)
            for doc, text in zip(of, lines(path), strict=True)
        ]
        (target / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        config.append(f'\n[[{side}]]\nname = "{name}"\npath = "{name}.jsonl"\n')
    (target / "evalkit.toml").write_text("".join(config), encoding="utf-8")
    print(f"{target / 'evalkit.toml'}: {len(files) - 1} systems, {len(of):,} segments, {len(set(of))} documents")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
