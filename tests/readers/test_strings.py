"""Files of strings by key: keys, escapes, notes, plurals, languages, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import Bitext, Row
from evalkit.run.reading import make_reader, read_path
from tests.readers import sample_files as files

REGISTRY = Registry()


def read(path: Path, content: str | bytes, lang: str = "de") -> Bitext:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_path(REGISTRY, str(path), lang, "candidate")


def rows(bitext: Bitext) -> dict[str, str]:
    (document,) = bitext.target
    return {row.id: document.text[row.start : row.end] for row in document.rows or ()}


def said(bitext: Bitext) -> dict[str, Row]:
    return {row.id: row for row in bitext.target[0].rows or ()}


def test_apple(tmp_path: Path) -> None:
    found = read(tmp_path / "a.strings", files.APPLE)
    assert rows(found) == {"title": 'Say "no" to\nBob', "save": "Two é words", "alone": "alone"}
    assert said(found)["title"].metadata["note"] == "The = title;"


def test_net(tmp_path: Path) -> None:
    """What has a type, and what the designer of forms keeps, is no text."""
    found = read(tmp_path / "a.resx", files.RESX)
    assert rows(found) == {"Save": "Save & \N{GRINNING FACE} go", "$this.Text": "{0} é\nfiles", "Empty": ""}
    assert said(found)["Save"].metadata["note"] == "a button"


def test_java(tmp_path: Path) -> None:
    found = read(tmp_path / "a.properties", files.JAVA)
    assert rows(found) == {
        "title": "Say é to Bob",
        "save": "two\nlines",
        "empty": "",
        "alone": "",
        "two words:key": "It\\s C:\\x = y",
    }
    assert said(found)["title"].metadata["note"] == "A note\nmore"
    latin = read(tmp_path / "b.properties", "a=für\r\nb=\\uD83D\\uDE00!\r\n".encode("latin-1"))
    assert rows(latin) == {"a": "für", "b": "\U0001f600!"}
    assert "Latin-1" in latin.target[0].changed


def test_android(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xml", files.ANDROID)
    assert rows(found) == {
        "title": "It's for you, %1$s… é\n& @me",
        "app": "Foo",
        "ref": "@string/app",
        "quoted": "two  spaces",
        "raw": "<i>x</i>",
        "items[one]": "%d Ding",
        "items[other]": "%d Dinge",
        "days[0]": "Montag",
        "days[1]": "",
    }
    assert [row for row, each in said(found).items() if each.metadata.get("translate") == "no"] == ["app", "ref"]
    title = said(found)["title"]
    assert [(code.offset, code.kind, code.id) for code in title.codes] == [
        (5, "b+", ""), (12, "b-", ""), (14, "g+", "who"), (18, "g-", "who"),
    ]  # fmt: skip
    assert said(found)["items[one]"].metadata == {"plural": "items[other]", "plural-form-of": "1"}
    assert found.lang == "de-AT"


def test_json_and_arb(tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", files.NESTED, "ru")
    assert list(rows(found)) == ["title", "a.b", "a.list.0", "a.list.1", "a.none", "n_one", "n_other"]
    assert said(found)["n_one"].metadata == {"plural": "n_other"}  # in Russian 21 and 31 have the form of 1
    arb = read(tmp_path / "a.arb", files.ARB)
    assert (arb.lang, rows(arb)) == ("de-AT", {"title": "Hallo {name}", "bye": ""})
    assert said(arb)["title"].metadata["note"] == "greets"


@pytest.mark.parametrize("name", ["message", "defaultMessage"])
def test_messages_with_descriptions(tmp_path: Path, name: str) -> None:
    data = {"a.b": {name: "Eins", "description": "first"}, "c": {name: "Zwei"}}
    found = read(tmp_path / "a.json", json.dumps(data))
    assert rows(found) == {"a.b": "Eins", "c": "Zwei"}
    assert said(found)["a.b"].metadata["note"] == "first"


@pytest.mark.parametrize(
    ("path", "lang"),
    [
        ("de.json", "de"),
        ("pt-BR.json", "pt-BR"),
        ("messages.zh_Hant.json", "zh-Hant"),
        ("locales/fr/common.json", "fr"),
        ("my/common.json", ""),
        ("client_id.json", ""),
        ("common.json", ""),
        ("messages_de_AT.properties", "de-AT"),
        ("messages.properties", ""),
        ("app_de.arb", "de"),
        ("res/values-de-rAT/strings.xml", "de-AT"),
        ("res/values-night/strings.xml", ""),
        ("res/values/strings.xml", ""),
        ("zh-Hans.lproj/Localizable.strings", "zh-Hans"),
        ("Base.lproj/Localizable.strings", ""),
        ("App.de.resx", "de"),
        ("App.resx", ""),
        ("Strings/de-DE/Resources.resw", "de-DE"),
    ],
)
def test_the_language_that_a_path_states(tmp_path: Path, path: str, lang: str) -> None:
    contents = {".json": '{"a": "x"}', ".arb": '{"a": "x"}', ".properties": "a=x", ".strings": '"a" = "x";'}
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    android = '<resources><string name="a">x</string></resources>'
    contents[".resx"] = contents[".resw"] = '<root><data name="a"><value>x</value></data></root>'
    assert read(file, contents.get(file.suffix, android)).lang == lang


def test_a_catalogue_of_all_languages(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xcstrings", files.XCSTRINGS)
    source = rows(Bitext(found.source))
    assert [(source[key], text) for key, text in rows(found).items()] == [
        ("Save %@", 'Sichere "%@"'),
        ("Title", "Titel"),
        ("%d item", "Ein Ding"),
        ("%d items", "%d Dinge"),
        ("ok", ""),
        ("gone", ""),
    ]
    metadata = {row: each.metadata for row, each in said(found).items()}
    assert metadata["Save %@"] == {"note": "a button", "state": "translated"}
    assert metadata["items[one]"] == {"state": "translated", "plural": "items[other]", "plural-form-of": "1"}
    assert metadata["ok"] == {"translate": "no"}
    assert "was read as en to de; has other languages too (fr)" in found.target[0].changed
    assert "has 1 of 6 texts without de ('gone')" in found.target[0].changed
    assert (found.lang, found.source[0].lang) == ("de", "en")


def test_a_language_around_all_keys_is_no_part_of_them(tmp_path: Path) -> None:
    found = read(tmp_path / "a.json", '{"pt-BR": {"a": {"b": "Um"}}}')
    assert (found.lang, rows(found)) == ("pt-BR", {"a.b": "Um"})


@pytest.mark.parametrize(
    "data",
    [
        [{"text": "a"}],
        {"data": [{"text": "a"}]},
        {"rows": [{"text": "a", "id": "1"}], "name": "x"},
        {"schema": 9, "systems": [{"name": "a"}]},
        {"a": "text", "n": 3},
        {},
        "text",
    ],
)
def test_other_json_is_a_table_as_before(tmp_path: Path, data: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data))
    assert make_reader(REGISTRY, str(path), "", furniture=False).name == "table"


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    found = read(tmp_path / "a.strings", '"a" = "x"; "a" = "y";')
    assert rows(found) == {"a": "x", "a#2": "y"}
    assert "1 texts whose key another one has" in found.target[0].changed


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.strings", '"a" = "x"\n"b" = "y";', "a.strings:1: not an entry"),
        ("a.strings", '"a" = "x";\n\n"b" = "y', "a.strings:3: not an entry"),
        ("a.strings", '"a" = "\\UD83D";', "surrogate"),
        ("a.strings", '<?xml version="1.0"?><plist/>', "property list"),
        ("a.strings", "/* none */", "holds no texts"),
        ("a.properties", "# none\n", "holds no texts"),
        ("a.resx", "<root/>", "a.resx: holds no strings of .NET"),
        ("a.json", '{"de": {"a": "x"}, "en": {"a": "y"}}', "several languages .de, en."),
        (
            "a.xcstrings",
            files.XCSTRINGS.replace('"de"', '"sv"'),
            r"besides its source's \(there are: sv, fr",
        ),
        ("a.xcstrings", '{"sourceLanguage": "en"}', "no catalogue"),
        ("a.arb", '{"a": "x",}', "not valid JSON"),
        ("a.arb", '["a"]', "no object of texts"),
        ("a.xml", "<resources><color name='a'>#fff</color></resources>", "no strings of Android"),
        (
            "a.xml",
            '<!DOCTYPE resources [<!ENTITY a "b">]><resources><string name="a">&a;</string></resources>',
            "markup",
        ),
        ("a.xml", '<?xml version="1.0"?><resources><string name="a">&a;</string></resources>', "a.xml:1"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(tmp_path: Path, name: str, content: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path / name, content)


_LONG, _MANY = "k" * 20_000, range(900)  # 18 million characters of keys out of some 50 kB


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({_LONG: {str(n): "x" for n in _MANY}})),
        ("a.arb", json.dumps({_LONG: ["x" for _ in _MANY]})),
        ("a.xml", files.android_array(_LONG, len(_MANY))),
        (
            "a.xcstrings",
            json.dumps({"sourceLanguage": "en", "strings": {_LONG: {"localizations": {"de": {"variations": {"device": {
                str(n): {"stringUnit": {"state": "new", "value": "x"}} for n in _MANY}}}}}}}),
        ),
    ],
)  # fmt: skip
def test_keys_around_many_texts_do_not_fill_the_memory(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(InputError, match="hold far more than the file"):
        read(tmp_path / name, content)
