"""Rules that do not judge a language say so, once."""

from __future__ import annotations

from pathlib import Path

import evalkit
from evalkit.plugins import Registry
from evalkit.records.config import parse
from evalkit.run.pipeline import evaluate
from evalkit.run.unjudged import judged_languages


def notes(folder: Path, lang: str) -> list[str]:
    text = folder / "text.txt"
    text.write_text("Waziri alisaini mkataba wa pili.\n", encoding="utf-8")
    result = evalkit.check({"a": text, "b": text}, text, lang=lang)
    silent = {item.rule for item in result.systems[0].unjudged}
    said = [failure.message for failure in result.failures if "were not checked" in failure.message]
    assert all(rule in message for rule in silent for message in said)
    return said


def test_one_note_names_the_rules_that_did_not_judge(tmp_path: Path) -> None:
    said = notes(tmp_path, "sw")
    assert len(said) == 1
    assert said[0].startswith("in Swahili these rules were not checked, or only in part: ")
    assert "negation-mismatch (its negation words are not known)" in said[0]


def test_english_is_judged_by_every_rule(tmp_path: Path) -> None:
    assert notes(tmp_path, "en") == []


def test_names_are_silent_where_nothing_shows_them(tmp_path: Path) -> None:
    said = "name-missing, name-wrong (all nouns have a capital, so only listed names are checked)"
    assert notes(tmp_path, "de-AT") == [f"in German (Austria) these rules were not checked, or only in part: {said}"]
    assert "(names have no capital, so only listed names are checked)" in notes(tmp_path, "hi")[0]
    assert "(names may be left in Latin letters, so only listed names are checked)" in notes(tmp_path, "bg")[0]
    assert "name-case" in notes(tmp_path, "km")[0]
    assert "name-mistransliterated, name-variant (the endings of its names are not known" in notes(tmp_path, "wo")[0]


def test_dates_in_words_are_silent_where_the_months_have_no_names(tmp_path: Path) -> None:
    assert "date-malformed, date-mismatch (the names of its months are not known" in notes(tmp_path, "sm")[0]
    assert "date-mismatch" not in notes(tmp_path, "wo")[0]


def test_in_which_languages_a_rule_judges() -> None:
    registry = Registry()
    assert judged_languages(registry.get("detector", "whitespace"), "whitespace") == "every language"
    assert judged_languages(registry.get("detector", "negation"), "negation-mismatch").startswith("af ar ")
    assert judged_languages(registry.get("detector", "casing"), "casing").startswith("every language but ")


def configured(folder: Path, reference_lang: str) -> list[str]:
    """Findings and notes of a German text whose reference is in another language, or in one nobody stated."""
    (folder / "c.txt").write_text("Es kostet 1.250 Euro, nicht mehr.\n", encoding="utf-8")
    (folder / "r.txt").write_text("It costs 1,250 euros.\n", encoding="utf-8")
    stated = {"lang": reference_lang} if reference_lang else {}
    sides = {"reference": [{"path": "r.txt", **stated}], "candidate": [{"path": "c.txt", "lang": "de"}]}
    result = evaluate(parse({**sides, "align": "lines"}, "evalkit.toml"), folder=folder)
    said = [failure.message for failure in result.failures if "were not checked" in failure.message]
    numbers = [f.rule for f in result.systems[0].findings if f.rule.startswith("number")]
    return [result.references[0].lang, *numbers, *said]


def test_each_side_is_in_its_own_language(tmp_path: Path) -> None:
    lang, *said = configured(tmp_path, "en")
    assert lang == "en"
    assert len(said) == 1
    assert "; negation-mismatch (the rule compares words, and the reference is in another language)" in said[0]


def test_a_reference_of_which_nobody_says_the_language_is_in_the_candidates(tmp_path: Path) -> None:
    lang, rule, note = configured(tmp_path, "")
    assert (lang, rule) == ("de", "number-mismatch")
    assert "negation-mismatch" not in note


def test_a_rule_that_has_found_something_has_judged(tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("Er reiste am Dienstag nach Österreich.\n", encoding="utf-8")
    (tmp_path / "r.txt").write_text("Er reiste am Dienstag nach Australien.\n", encoding="utf-8")
    system = evalkit.check(tmp_path / "c.txt", tmp_path / "r.txt", lang="de", align="lines").systems[0]
    silent = {item.rule for item in system.unjudged}
    assert [f.rule for f in system.findings] == ["name-wrong"]
    assert "name-wrong" not in silent
    assert "name-missing" in silent


def test_what_needs_a_reference_is_not_said_of_a_language_where_there_is_none(tmp_path: Path) -> None:
    for name, text in (("s.txt", "The bridge is closed.\n"), ("t.txt", "Die Brücke ist gesperrt.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = evalkit.check(tmp_path / "t.txt", source=tmp_path / "s.txt", lang="de", source_lang="en")
    assert not [f for f in result.failures if "were not checked" in f.message]
    assert "name-wrong" in {item.rule for item in result.systems[0].unjudged}
