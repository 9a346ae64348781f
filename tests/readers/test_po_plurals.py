"""Plural forms that stand for few numbers need not say them, and what is marked fuzzy is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit

MESSAGE = """{head}msgid "Delete %d file"
msgid_plural "Delete %d files"
msgstr[0] "{one}"
msgstr[1] "{many}"
"""


def told(folder: Path, lang: str, plural: str, one: str, many: str, mark: str = "") -> tuple[list[str], str]:
    rule = f'"Plural-Forms: nplurals=2; plural={plural};\\n"\n' if plural else ""
    head = f'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n{rule}\n{mark}'
    (folder / "m.po").write_text(MESSAGE.format(head=head, one=one, many=many), encoding="utf-8")
    result = evalkit.check(folder / "m.po")
    found = [f.text for f in result.systems[0].findings if f.rule == "placeholder"]
    return found, " ".join(failure.message for failure in result.failures)


@pytest.mark.parametrize(
    ("lang", "plural", "one", "missing"),
    [
        ("de", "n != 1", "Eine Datei löschen", []),
        ("fr", "(n > 1)", "Supprimer un fichier", []),
        ("de", "", "Eine Datei löschen", []),
        ("uk", "n%10==1 && n%100!=11 ? 0 : 1", "Видалити файл", ["%d"]),  # 21 and 31 files too
        ("de", "n/0", "Eine Datei löschen", ["%d"]),
        ("de", "n != 1", "Eine Datei %s löschen", ["%s"]),
    ],
)
def test_a_form_for_few_numbers_may_put_them_into_words(
    tmp_path: Path, lang: str, plural: str, one: str, missing: list[str]
) -> None:
    assert told(tmp_path, lang, plural, one, "%d ...")[0] == missing


def test_the_other_form_says_the_number(tmp_path: Path) -> None:
    assert told(tmp_path, "de", "n != 1", "Eine Datei löschen", "Dateien löschen")[0] == ["%d"]


def test_fuzzy_messages_are_told(tmp_path: Path) -> None:
    assert "has 2 of 2 messages marked fuzzy" in told(tmp_path, "de", "", "%d Datei", "%d Dateien", "#, fuzzy\n")[1]
    assert "fuzzy" not in told(tmp_path, "de", "", "%d Datei", "%d Dateien")[1]


def test_forms_of_one_plural_are_no_two_renderings(tmp_path: Path) -> None:
    """Nor is the name of a variable in brackets."""
    message = MESSAGE.replace("%d", "%(n)s").replace("file", "file of the folder")
    head = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n\n'
    text = message.format(head=head, one="Eine Datei des Ordners löschen", many="%(n)s Dateien des Ordners löschen")
    again = text.replace("msgid ", '#, python-format\nmsgctxt "menu"\nmsgid ').removeprefix(head)
    (tmp_path / "m.po").write_text(text + "\n" + again.partition("\n\n")[2], encoding="utf-8")
    assert evalkit.check(tmp_path / "m.po").systems[0].findings == ()
