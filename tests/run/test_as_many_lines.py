"""Source, reference and translation with as many lines: line by line, unless that came about by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.records.config import parse
from evalkit.run.pipeline import evaluate

SOURCE = [
    "Die Stadt erhöht den Preis für Wasser im März um 12 Prozent.",
    "Rund 48.000 Haushalte müssen von da an die höhere Rechnung zahlen.",
    "Die Frist beträgt zwei Wochen, und Briefe gehen am Dienstag hinaus.",
    "Weitere Auskünfte gibt es am Schalter und am Telefon.",
    "Kunden mit einer Wärmepumpe müssen keine Änderung fürchten.",
    "Der Rat trifft sich im Juni wieder, um über die neuen Rohre zu reden.",
]
REFERENCE = [
    "The town raises the price of water by 12 percent in March.",
    "Around 48,000 households must pay the higher bill from then on.",
    "The notice period is two weeks, and letters go out on Tuesday.",
    "Further information is given at the counter and by telephone.",
    "Customers who have a heat pump need not fear any change.",
    "The council will meet again in June to talk about the new pipes.",
]


def aligner(folder: Path, *candidates: list[str], ending: str = "txt") -> tuple[str, list[bool]]:
    def written(name: str, lines: list[str]) -> dict[str, str]:
        head = ["text"] if ending == "tsv" else []
        (folder / f"{name}.{ending}").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        return {"path": f"{name}.{ending}"}

    data = {
        "source": {**written("s", SOURCE), "lang": "de"},
        "reference": [written("r", REFERENCE)],
        "candidate": [written(f"c{number}", lines) for number, lines in enumerate(candidates)],
        "statistics": {"test": "none"},
        "detectors": [],
    }
    systems = evaluate(parse(data, "a test"), folder=folder).systems
    return systems[0].alignment.aligner.partition("(")[0], [system.alignment.trusted for system in systems]


SHIFTED = ["Water becomes dearer", *REFERENCE[:-1]]


@pytest.mark.parametrize(
    ("candidates", "ending", "found"),
    [
        ((REFERENCE,), "txt", ("lines", [True])),
        ((SHIFTED,), "txt", ("document", [True])),  # a heading more and a sentence less
        ((SHIFTED,), "tsv", ("lines", [False])),  # a row stands where it is meant to stand
        ((REFERENCE, SHIFTED), "txt", ("lines", [True, False])),  # one of several: its file is at fault
    ],
)
def test_as_many_lines(
    tmp_path: Path, candidates: tuple[list[str], ...], ending: str, found: tuple[str, list[bool]]
) -> None:
    assert aligner(tmp_path, *candidates, ending=ending) == found
