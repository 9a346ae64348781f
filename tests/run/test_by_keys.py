"""A source and a translation whose rows have keys: paired by them, and what stands on one side alone is told."""

from __future__ import annotations

import json
from pathlib import Path

from evalkit.records.config import parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

EN = {
    "title": "Settings",
    "files": {"save": "Save %d files now", "limit": "You can upload 30 files a day.", "gone": "Please open the door."},
    "n_one": "{{count}} item was found",
    "n_other": "{{count}} items were found",
    "empty": "Please close the window.",
    "dash": "–",
}
DE = {
    "empty": "",
    "files": {"limit": "Sie können 30 Dateien am Tag hochladen.", "save": "Jetzt %d Dateien speichern"},
    "title": "Einstellungen",
    "n_one": "Ein Eintrag wurde gefunden",
    "n_few": "{{count}} Einträge wurden gefunden",
    "n_other": "{{count}} Einträge wurden gefunden",
    "more": "Das sind 7 neue Dinge.",
}


def check(folder: Path, candidate: object, source: object, name: str = "{}.json", **more: object) -> Result:
    for side, data in (("de", candidate), ("en", source)):
        text = data if isinstance(data, str) else json.dumps(data, indent=1)
        (folder / name.format(side)).write_text(text)
    given = {
        "metrics": [],
        "lang": "de",
        "source": {"path": name.format("en"), "lang": "en"},
        "candidate": [{"path": name.format("de")}],
        **more,
    }
    return evaluate(parse(given, "test"), folder=folder)


def found(result: Result) -> list[tuple[str, str]]:
    return sorted((f.rule, f.text) for f in result.systems[0].findings)


def test_rows_are_paired_by_their_keys_and_those_without_a_mate_are_told(tmp_path: Path) -> None:
    result = check(tmp_path, DE, EN)
    assert found(result) == [
        ("translation-missing", "Please close the window."),
        ("translation-missing", "Please open the door."),
    ]
    notes = [failure.message for failure in result.failures]
    assert "document '1' lacks 1 key of the source: 'files.gone'" in notes
    assert "document '1' has 1 key that the source does not have: 'more'; checked without a source" in notes


def test_what_is_wrong_in_a_row_is_told_at_its_place(tmp_path: Path) -> None:
    wrong = DE | {"files": {"limit": "Sie können 20 Dateien am Tag hochladen.", "save": "Jetzt Dateien speichern"}}
    result = check(tmp_path, wrong, EN)
    assert {("number-mismatch", "20"), ("placeholder", "%d")} < set(found(result))


def test_numbers_are_keys_only_where_both_sides_have_the_same(tmp_path: Path) -> None:
    def table(*rows: tuple[str, str]) -> str:
        return "".join(f"{json.dumps({'id': i, 'text': text})}\n" for i, text in rows)

    there = table(("1", "Save 30 files."), ("2", "Open 40 doors."))
    turned = table(("2", "Öffnen Sie 40 Türen."), ("1", "Sichern Sie 30 Dateien."))
    assert found(check(tmp_path, turned, there, "{}.jsonl")) == []
    counted = table(("2", "Sichern Sie 30 Dateien."), ("3", "Öffnen Sie 40 Türen."))
    assert found(check(tmp_path, counted, there, "{}.jsonl")) == []


def test_rows_in_one_order_stay_line_by_line(tmp_path: Path) -> None:
    result = check(tmp_path, {"a": "Eins und 2.\nZwei.", "b": "Drei."}, {"a": "One and 2.\nTwo.", "b": "Three."})
    assert [unit.source.text for unit in result.systems[0].units if unit.source] == ["One and 2.\nTwo.", "Three."]
    assert found(result) == []


def test_with_a_reference_the_source_goes_by_its_keys(tmp_path: Path) -> None:
    (tmp_path / "ref.json").write_text(json.dumps({k: v for k, v in DE.items() if k != "more"}))
    result = check(tmp_path, DE, EN, reference=[{"path": "ref.json"}])
    units = {u.candidate.text: u.source.text for u in result.systems[0].units if u.candidate and u.source}
    assert units["Einstellungen"] == "Settings"
