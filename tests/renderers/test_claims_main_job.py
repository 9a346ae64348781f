"""The sentences of the committed report, each reckoned again from result.json by other code than the report's."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evalkit.text.words import count_words

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "sco-2020"
RESULT = json.loads((FOLDER / "result.json").read_text(encoding="utf-8"))
REPORT = (FOLDER / "report.md").read_text(encoding="utf-8")
SYSTEMS: dict[str, dict[str, Any]] = {system["name"]: system for system in RESULT["systems"]}
TRUSTED = [name for name, system in SYSTEMS.items() if system["alignment"]["trusted"]]
REFUSED = [name for name in SYSTEMS if name not in TRUSTED]
WEIGHTS = {"critical": 25, "major": 5, "minor": 1, "neutral": 0}


def section(title: str) -> str:
    return REPORT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str, first: str) -> dict[str, list[str]]:
    """Cells of the table rows whose table starts with the head `first`, by the name in the first cell."""
    table = text[text.index(first) :].split("\n\n", 1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table]
    return {row[0].strip("`"): row[1:] for row in cells}


def severities(name: str) -> Counter[str]:
    return Counter(finding["severity"] for finding in SYSTEMS[name]["findings"])


def near(shown: str, share: float) -> None:
    assert abs(float(shown) - 100 * share) <= 0.51, (shown, share)


def test_how_many_render_the_reference() -> None:
    assert f"{len(TRUSTED)} of {len(SYSTEMS)} documents can be read as a rendering of the reference" in section(
        "Verdict"
    )


@pytest.mark.parametrize("name", TRUSTED)
def test_what_the_verdict_says_of_a_system(name: str) -> None:
    system, line = SYSTEMS[name], next(x for x in section("Verdict").splitlines() if x.startswith(f"- `{name}` ("))
    said = re.fullmatch(
        r"- `.+` \((\w+), ([\d,]+) words\): it renders (\d+)% of the reference; (\d+)% of its own words have a "
        r"counterpart(?: \((\d+)% a doubtful one\))?\. (.+); (\d+) smaller ones?\.",
        line,
    )
    assert said, line
    assert (said[1], int(said[2].replace(",", ""))) == (system["kind"], system["words"])
    near(said[3], system["alignment"]["coverage"]["reference"])
    near(said[4], system["alignment"]["coverage"]["candidate"])
    doubtful = [
        unit["candidate"]["text"]
        for unit in system["units"]
        if unit["candidate"] and unit["references"] and unit["confidence"] < 0.7
    ]
    near(said[5] or "0", sum(map(count_words, doubtful)) / system["words"])
    aligned = re.search(r"\((\d+)% doubtfully\)", system["alignment"]["reason"])
    assert aligned
    assert (said[5] or "0") == aligned[1]  # one definition
    count = severities(name)
    serious = {level: count[level] for level in ("critical", "major") if count[level]}
    for level, number in serious.items():
        assert f"{number} {level}" in said[6]
    assert serious or said[6] == "No serious finding"
    assert int(said[7]) == count["minor"] + count["neutral"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_system_gets_its_reason_and_no_score(name: str) -> None:
    reason, _, figures = SYSTEMS[name]["alignment"]["reason"].partition(" (agreement ")
    assert figures  # on demand: in the result, and with -v
    assert f"- `{name}` ({SYSTEMS[name]['kind']}): {reason}." in section("Verdict")
    assert "not trusted" in rows(section("Systems"), "| System | Kind")[name]


@pytest.mark.parametrize("name", TRUSTED)
def test_the_row_of_a_system(name: str) -> None:
    system, cells = SYSTEMS[name], rows(section("Systems"), "| System | Kind")[name]
    near(cells[1].rstrip("%"), system["alignment"]["coverage"]["reference"])
    near(cells[2].rstrip("%"), system["alignment"]["coverage"]["candidate"])
    aligned = [score["value"] for score in system["scores"] if score["scope"] == "aligned"]
    assert cells[3 : 3 + len(aligned)] == [f"{value:.2f}" for value in aligned]
    assert [int(cell) for cell in cells[-5:-1]] == [severities(name)[level] for level in WEIGHTS]
    penalty = sum(weight * severities(name)[level] for level, weight in WEIGHTS.items())
    assert cells[-1] == f"{1000 * penalty / system['words']:.2f}"
    terms = " + ".join(f"{severities(name)[level]} × {weight}" for level, weight in WEIGHTS.items())
    score = f"raw score {100 - 100 * penalty / system['words']:.2f}"
    assert f"`{name}`: {terms} = {penalty}; {system['words']} words; {cells[-1]} per 1,000 words; {score}" in REPORT


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_counted_units(name: str) -> None:
    units = SYSTEMS[name]["units"]
    kinds = Counter(unit["link"] for unit in units)
    blocks = {unit["block"] for unit in units if unit["link"] == "moved"}
    expected = [kinds[kind] for kind in ("1-1", "1-n", "n-1", "n-m", "omitted", "added", "moved")] + [len(blocks)]
    assert [int(cell) for cell in rows(section("Coverage"), "| System | 1-1")[name]] == expected


def test_every_serious_finding_of_the_verdict_stands_in_the_result_and_the_rest_is_counted() -> None:
    serious = [
        (name, f) for name in TRUSTED for f in SYSTEMS[name]["findings"] if f["severity"] in ("critical", "major")
    ]
    shown = re.findall(r"^- \*\*(\w+)\*\*, `(.+?)` at (\d+):(\d+), `(.+?)`: ", section("Verdict"), re.MULTILINE)
    known = {(f["severity"], name, str(f["line"]), str(f["column"]), f["rule"]) for name, f in serious}
    assert shown
    assert set(shown) <= known
    assert f"{len(serious) - len(shown)} more critical or major findings are listed under Findings" in section(
        "Verdict"
    )


def test_the_caveats_count_what_they_name() -> None:
    said = re.search(r"- Few paired units \((.+)\): ", section("Caveats"))
    paired = {name: sum(bool(u["candidate"] and u["references"]) for u in SYSTEMS[name]["units"]) for name in TRUSTED}
    assert said
    assert dict(re.findall(r"`(.+?)` (\d+)", said[1])) == {name: str(number) for name, number in paired.items()}
    assert f"- {len(REFUSED)} candidates could not be aligned with the reference" in section("Caveats")
    assert f"- All {len(SYSTEMS)} candidates are by kind a report or a summary" in section("Caveats")
    assert {system["kind"] for system in SYSTEMS.values()} <= {"report", "summary"}
    assert ("- There is one reference only" in section("Caveats")) == (len(RESULT["references"]) == 1)
    notes = len(RESULT["failures"])
    assert f"\n{notes} note{'s' * (notes != 1)} on how the texts were read and paired" in section("Verdict")
