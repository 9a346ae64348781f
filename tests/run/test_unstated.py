"""Texts whose language nobody states are judged in the one that they surely read like, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from tests.language.test_recognise import ENGLISH, TEXTS

SAID = "no language given"


def file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return folder / name


def langs(result: evalkit.Result) -> set[str]:
    return {str(result.config["lang"]), *(s.lang for s in result.systems), *(r.lang for r in result.references)}


def notes(result: evalkit.Result) -> str:
    return " ".join(failure.message for failure in result.failures)


@pytest.mark.parametrize("with_reference", [True, False])
def test_a_language_that_is_sure_is_taken_and_said(tmp_path: Path, with_reference: bool) -> None:
    text = file(tmp_path, "t.txt", TEXTS["de"])
    result = evalkit.check(text, file(tmp_path, "r.txt", TEXTS["de"])) if with_reference else evalkit.check(text)
    assert langs(result) == {"de"}
    assert f"{SAID}: the texts look like German" in notes(result)
    assert not result.systems[0].findings


def test_a_language_that_is_stated_is_kept(tmp_path: Path) -> None:
    text = file(tmp_path, "t.txt", TEXTS["de"])
    result = evalkit.check(text, lang="en")
    assert langs(result) == {"en"}
    assert SAID not in notes(result)


def test_english_is_not_told(tmp_path: Path) -> None:
    text = file(tmp_path, "t.txt", ENGLISH)
    result = evalkit.score({"t": text}, text, align="document")
    assert langs(result) == {"en"}
    assert not notes(result)


def test_sides_that_differ_stay_as_they_were_and_are_told(tmp_path: Path) -> None:
    sides = {"t": file(tmp_path, "t.txt", TEXTS["de"])}, file(tmp_path, "r.txt", ENGLISH)
    result = evalkit.score(*sides, align="document")
    assert langs(result) == {"en"}
    assert "look like German and English: give the" in notes(result)


def test_tokenizers_follow_but_not_line_by_line(tmp_path: Path) -> None:
    """Line by line scores are those of the standard tool, which takes a tokenizer only when told to."""
    text = file(tmp_path, "t.txt", TEXTS["zh"])
    whole, lines = (evalkit.score({"t": text}, text, align=align) for align in ("document", "lines"))
    assert "tok:zh" in whole.systems[0].scores[0].signature
    assert langs(whole) == {"zh"}
    assert "tok:13a" in lines.systems[0].scores[0].signature
    assert langs(lines) == {"en"}


@pytest.mark.parametrize(
    ("source", "given", "taken"),
    [("de", "", "de"), ("de", "ru", "ru"), ("zh", "", "zh"), ("en", "", "en"), ("short", "", "en")],
)
def test_the_language_of_a_source_is_not_that_of_its_translation(
    tmp_path: Path, source: str, given: str, taken: str
) -> None:
    texts = {**TEXTS, "en": ENGLISH, "short": "Open 12"}
    sides = file(tmp_path, "t.txt", TEXTS["da"]), file(tmp_path, "s.txt", texts[source])
    result = evalkit.check(sides[0], source=sides[1], lang="da", source_lang=given)
    assert result.source is not None
    assert result.source.lang == taken
    assert ("s.txt looks like" in notes(result)) == (taken == source and taken != "en")


def test_a_source_given_as_reference_is_told_by_score_too() -> None:
    german = "Die Stadt hat im vergangenen Jahr eine neue Brücke über den Fluss gebaut, und sie wird nicht gesperrt."
    english = "The city has built a new bridge over the river in the past year, and it will not be closed any more."
    sides = {"de": evalkit.Text(german + "\n" + german), "en": evalkit.Text(english + "\n" + english)}
    (note,) = evalkit.score(sides["de"], sides["en"]).failures
    assert note.message.endswith("like English: a source is given with -s, not with -r")
    assert evalkit.score(sides["de"], sides["de"]).failures == ()


def test_lines_left_as_the_source_has_them_show_no_language(tmp_path: Path) -> None:
    text = file(tmp_path, "t.txt", f"{ENGLISH}\n{TEXTS['de']}")
    source = file(tmp_path, "s.txt", f"{ENGLISH}\n{ENGLISH.splitlines()[0]} Really.")
    assert langs(evalkit.check(text, source=source)) == {"de"}
