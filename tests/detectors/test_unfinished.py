"""Empty translations, fuzzy ones, and short texts left as the source has them."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.detectors.exact import ExactDetector
from evalkit.detectors.exact.copied import Elsewhere, short_copy
from evalkit.records import Context, Name, Term
from evalkit.testing import context_of, units_of

_HEAD = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


def found(folder: Path, text: str, name: str = "a.po") -> list[tuple[str, str, int]]:
    (folder / name).write_text(text, encoding="utf-8")
    return [(f.rule, f.severity, f.line) for f in evalkit.check(folder / name).systems[0].findings]


def test_an_empty_message_and_a_fuzzy_one_are_told(tmp_path: Path) -> None:
    text = 'msgid "Save"\nmsgstr ""\n\n#, fuzzy\nmsgid "Open file"\nmsgstr "Ordner öffnen"\n\nmsgid "--"\nmsgstr ""\n'
    assert found(tmp_path, _HEAD + text) == [
        ("translation-missing", "major", 4), ("translation-missing", "neutral", 9),
    ]  # fmt: skip


def test_what_is_not_to_be_translated_may_be_empty_or_the_same(tmp_path: Path) -> None:
    rows = "".join(
        f'<trans-unit id="{n}" {no}><source>Delete the file</source>{target}</trans-unit>\n'
        for n, (no, target) in enumerate(
            [("", "<target/>"), ('translate="no"', ""), ("", "<target>Delete the file</target>"),
             ('translate="no"', "<target>Delete the file</target>"), ("", "")]
        )
    )  # fmt: skip
    head = '<xliff version="1.2"><file original="a" source-language="en" target-language="de" datatype="x"><body>\n'
    assert found(tmp_path, f"{head}{rows}</body></file></xliff>", "a.xlf") == [
        ("translation-missing", "major", 2), ("untranslated", "major", 4), ("translation-missing", "major", 6),
    ]  # fmt: skip


def test_a_catalogue_is_translated_from_english_unless_it_says_otherwise(tmp_path: Path) -> None:
    row = 'msgid "You have 3 new messages."\nmsgstr "Sie haben 5 neue Nachrichten."\n'
    assert found(tmp_path, _HEAD + row) == [("number-mismatch", "major", 5)]
    result = evalkit.check(tmp_path / "a.po")
    assert result.source is not None
    assert result.source.lang == "en"
    assert "taken to be English, as usual" in "".join(f.message for f in result.failures)
    (tmp_path / "b.po").write_text(_HEAD.replace("Lang", "X-Source-Language: fr\\nLang") + row, encoding="utf-8")
    said, other = evalkit.check(tmp_path / "b.po"), evalkit.check(tmp_path / "a.po", source_lang="sv")
    assert [result.source and result.source.lang for result in (said, other)] == ["fr", "sv"]
    assert not any("as is usual" in f.message for result in (said, other) for f in result.failures)


def copied(text: str, lang: str, context: Context | None = None) -> list[str]:
    context = context or context_of([text], lang=lang, source_lang="en")
    return [
        f.severity for f in ExactDetector().find(units_of([text], (), [text]), context) if f.rule == "source-copied"
    ]


@pytest.mark.parametrize(
    ("text", "lang", "severity"),
    [
        ("Delete", "de", "minor"), ("_Delete...", "cs", "minor"), ("Restart the engine", "fr", "minor"),
        ("Warning:", "ru", "minor"), ("Delete", "ja", "neutral"), ("Delete everything", "ja", "minor"),
    ],
)  # fmt: skip
def test_a_short_text_that_the_language_has_no_words_for_is_told(text: str, lang: str, severity: str) -> None:
    assert copied(text, lang) == [severity]


def in_a_file(*rows: tuple[str, str]) -> list[str]:
    sources, targets = ([row[side] for row in rows] for side in (0, 1))
    context = context_of(targets, lang="de", source_lang="en")
    found = ExactDetector().find(units_of(targets, (), sources), context)
    return [f.text for f in found if f.rule == "source-copied" and f.severity != "neutral"]


@pytest.mark.parametrize("text", ["Settings", "Save", "Log out"])
def test_an_everyday_word_of_english_is_a_hint_and_several_are_findings(text: str) -> None:
    others = [(word, word) for word in ("Delete", "Remove", "Search")]
    for rows, severity in (([(text, text)], "neutral"), ([(text, text), *others], "minor")):
        elsewhere = Elsewhere(rows)
        context = context_of([text], lang="de", source_lang="en")
        assert short_copy(text, context, elsewhere) == severity


@pytest.mark.parametrize("text", ["OK", "Email", "Status", "Name", "he"])
def test_what_german_calls_so_too_is_silent(text: str) -> None:
    rows = [(word, word) for word in (text, "Delete", "Remove", "Search")]
    assert short_copy(text, context_of([text], lang="de", source_lang="en"), Elsewhere(rows)) is None


def test_a_word_that_the_file_renders_elsewhere_was_left() -> None:
    others = (("Open settings", "Einstellungen öffnen"), ("All settings", "Alle Einstellungen"))
    assert in_a_file(("Settings", "Settings"), *others) == ["Settings"]
    assert in_a_file(("Settings", "Settings"), *others[:1]) == []  # once says nothing
    assert in_a_file(("Settings", "Settings"), *others, ("More settings", "Weitere Settings")) == []
    assert in_a_file(("System", "System"), ("System menu", "Systemmenü"), ("Your system", "Ihr Rechner")) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Import", "de"), ("Name", "de"), ("Menu", "fr"), ("Kikuyu", "de"), ("David Hayes", "de"), ("JPEG", "de"),
        ("ls", "de"), ("exit [n]", "de"), ("Delete", "en"), ("Delete", "vi"), ("Delete", "xx"),
    ],
)  # fmt: skip
def test_names_codes_and_what_both_languages_have_are_not(text: str, lang: str) -> None:
    assert copied(text, lang) == []


def test_a_list_says_what_stays_as_it_is() -> None:
    kept = context_of(["Delete"], lang="de", source_lang="en", terms=(Term("Delete", translate=False),))
    named = context_of(["Delete"], lang="de", source_lang="en", names=(Name("Delete", "organisation"),))
    assert copied("Delete", "de", kept) == copied("Delete", "de", named) == []


def test_a_template_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f'msgid "Save file {n}"\nmsgstr ""\n\n' for n in range(7))
    (tmp_path / "a.pot").write_text(_HEAD + rows, encoding="utf-8")
    result = evalkit.check(tmp_path / "a.pot")
    (finding,) = result.systems[0].findings
    assert finding.message == "none of 7 texts has a translation: is the file a template?"
    assert "a template: none of its 7 messages" in "".join(f.message for f in result.failures)
    assert len(found(tmp_path, _HEAD + rows + 'msgid "Open"\nmsgstr "Öffnen"\n')) == 7


def test_what_is_not_to_be_translated_is_not_counted_as_untranslated(tmp_path: Path) -> None:
    rows = ['translatable="false"/>', ">Sichern</string>", "/>"]
    for name, made in (("a.xml", rows), ("b.xml", [">Foo</string>", ">Save</string>", ">Open the file</string>"])):
        strings = "".join(f'<string name="{n}" {row}' for n, row in enumerate(made))
        (tmp_path / name).write_text(f"<resources>{strings}</resources>", encoding="utf-8")
    result = evalkit.check(tmp_path / "a.xml", source=tmp_path / "b.xml", lang="de", source_lang="en")
    assert "; 1 of 3 units untranslated" in evalkit.render(result, "lint")
