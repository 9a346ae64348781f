"""What a translation keeps of its source's form: small texts by hand, one rule after the other, and what is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.detectors.shape import ShapeDetector
from evalkit.detectors.untranslated import UntranslatedDetector
from evalkit.records import Finding
from evalkit.testing import context_of, units_of


def check(*pairs: tuple[str, str], lang: str = "de", source_lang: str = "en") -> list[Finding]:
    source, target = [s for s, _ in pairs], [t for _, t in pairs]
    context = context_of(target, lang=lang, source_lang=source_lang)
    return list(ShapeDetector().find(units_of(target, (), source), context))


@pytest.mark.parametrize(
    ("source", "target", "source_lang", "lang", "expected"),
    [
        ("The council (in full) met.", "Der Rat tagte.", "en", "de", ("brackets", "source", "(in full)")),
        ("Did the council meet?", "Der Rat tagte.", "en", "de", ("question-mark", "source", "?")),
        ("The council met.", "Hat der Rat getagt?", "en", "de", ("question-mark", "candidate", "?")),
        ("公司展示了Gazprom的电话。", "The company showed a new telephone.", "zh", "en",
         ("latin-word", "source", "Gazprom")),
        ("研究人员在大厅里等候。", "The 研究人员 waited in the hall.", "zh", "en",
         ("source-script", "candidate", "研究人员")),
        ("Учёные ждали в зале.", "The учёные waited.", "ru", "en", ("source-script", "candidate", "учёные")),
        ("東京タワーで待った。", "在タワー等。", "ja", "zh", ("source-script", "candidate", "タワー")),
    ],
)  # fmt: skip
def test_found(source: str, target: str, source_lang: str, lang: str, expected: tuple[str, str, str]) -> None:
    found = check((source, target), source_lang=source_lang, lang=lang)
    assert [(f.rule, f.side, f.text) for f in found] == [expected]


@pytest.mark.parametrize(
    ("source", "target", "source_lang", "lang"),
    [
        ("The council (in full) met.", "Der Rat [vollzählig] tagte.", "en", "de"),
        ("艾琳·琼斯（Elin Jones）到了。", "Elin Jones arrived.", "zh", "en"),
        ("Did the council meet?", "ԽՈՐՀՈՒՐԴԸ հավաքվե՞լ է։", "en", "hy"),
        ("Did the council meet?", "Συνεδρίασε το συμβούλιο;", "en", "el"),
        ("Did the council meet?", "สภาประชุมหรือไม่", "en", "th"),
        ("会議は開かれたのか。", "Did the council meet?", "ja", "en"),
        ("Did they? They did.", "Sie taten es.", "en", "de"),
        ("公司展示了新的iPhone。", "The company showed a new i-Phone.", "zh", "en"),
        ("WHO总部在日内瓦。", "L’OMS a son siège à Genève.", "zh", "fr"),
        ("他是School Board的成员。", "Er gehört zur Schulbehörde.", "zh", "de"),
        ("Он видел Björk.", "He saw Bjork.", "ru", "en"),
        ("The α is small.", "α ist klein.", "en", "de"),
        ("東京で待った。", "在東京等。", "ja", "zh"),
        ("The NATO met.", "НАТО собралось.", "en", "ru"),
    ],
)
def test_silent(source: str, target: str, source_lang: str, lang: str) -> None:
    assert [(f.rule, f.text) for f in check((source, target), source_lang=source_lang, lang=lang)] == []


def test_what_a_text_does_throughout_is_its_way_of_writing() -> None:
    many = [(f"Is this question number {n}?", f"Frage Nummer {n}.") for n in range(4)]
    assert check(*many) == []
    assert len(check(*many[:2])) == 2


def test_a_name_may_stand_for_its_pronoun_near_by() -> None:
    there = ("Gazprom赢了。", "Gazprom won.")
    assert check(there, ("Gazprom又赢了。", "It won again."), lang="en", source_lang="zh") == []


def test_a_left_over_passage_in_brackets_is_a_gloss() -> None:
    (found,) = check(("长城很长。", "The Great Wall (长城) is long."), lang="en", source_lang="zh")
    assert (found.rule, found.severity) == ("source-script", "minor")


def _findings(path: Path, text: str, *rules: str) -> list[tuple[str, str, int]]:
    path.write_text(text, encoding="utf-8")
    result = evalkit.check(str(path))
    return [(f.rule, f.text, f.line) for f in result.systems[0].findings if f.rule in rules]


def test_the_length_that_a_file_allows(tmp_path: Path) -> None:
    xliff = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a" source-language="en" target-language="de" datatype="plaintext" maxwidth="13" size-unit="char">
    <body><trans-unit id="1" maxwidth="13" size-unit="char"><source>Settings</source>
    <target>Einstellungen speichern</target></trans-unit>
    <trans-unit id="2" maxwidth="13" size-unit="char"><source>Settings</source>
    <target>Einstellungen</target></trans-unit></body></file></xliff>"""
    assert _findings(tmp_path / "a.xlf", xliff, "max-length") == [("max-length", " speichern", 4)]
    table = "source\ttext\tmax-length\nSettings\tEinstellungen\t5\nSettings\tEinstellungen\t13\nOn\tAn\tx\n"
    assert _findings(tmp_path / "a.tsv", table, "max-length") == [("max-length", "ellungen", 2)]


def test_line_breaks_of_rows(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n\n'
    lost = 'msgid "Save\\nor discard?"\nmsgstr "Speichern oder verwerfen?"\n\n'
    kept = 'msgid "Keep\\nor leave?"\nmsgstr "Behalten\\noder lassen?"\n\n'
    found = _findings(tmp_path / "a.po", head + lost + kept, "line-breaks")
    assert [(rule, text) for rule, text, _ in found] == [("line-breaks", "Speichern oder verwerfen?")]
    last = 'msgid "Done.\\n"\nmsgstr "Fertig."\n'
    (tmp_path / "b.po").write_text(head + last, encoding="utf-8")
    said = [f.message for f in evalkit.check(str(tmp_path / "b.po")).systems[0].findings if f.rule == "line-breaks"]
    assert said == ["the line break at the end is missing"]


def test_a_paragraph_broken_to_fit_a_page_may_be_broken_elsewhere(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n\n'
    line = "a long line of words that only the width of a page has broken here"
    longer = f'msgid "{line}\\n{line}\\n{line}"\nmsgstr "{line}\\n{line}\\n{line}\\n{line}"\n'
    assert _findings(tmp_path / "a.po", head + longer, "line-breaks") == []


def test_a_stroke_typed_for_a_bar_is_no_word() -> None:
    pair = ("星空有约丨流星雨迎来极大", "A starry sky丨Meteor shower peaks")
    assert check(pair, lang="en", source_lang="zh") == []
    units, context = units_of([pair[1]], [], [pair[0]]), context_of([pair[1]], [], lang="en", source_lang="zh")
    assert list(UntranslatedDetector().find(units, context)) == []
