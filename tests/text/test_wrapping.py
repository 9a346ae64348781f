"""Lines broken at a width are one block again, in every script; lines that were not broken stay; running heads go."""

from __future__ import annotations

import textwrap

import pytest

from evalkit.records import Document
from evalkit.text.layout import blocks, interruptions

GERMAN = [
    "Die Bundesregierung hat am Montag in Berlin einen Entwurf des Haushalts für das kommende Jahr vorgelegt, der "
    "Ausgaben von rund vierhundert Milliarden Euro vorsieht. Mehrere Abgeordnete der Opposition äußerten Zweifel.",
    "Der Minister versprach eine neue Rechnung, sobald die Zahlen der Steuerschätzung im Herbst bekannt sind. Am Abend "
    "besuchten die Delegierten das Museum der Stadt, bevor die Sitzung gegen sechs Uhr geschlossen wurde.",
]
CHINESE = [
    "我们星期一在日内瓦召开了会议,讨论了明年的预算以及各个成员国提出的新建议,会议持续了整整一天。几位成员对这些数字表示怀疑。",
    "司库答应重新计算所有的数字,并在下个月向全体成员提交一份新的报告。会议于晚上六点结束,代表们随后参观了博物馆。",
]


def found(text: str, lang: str = "de") -> list[str]:
    document = Document("d", "d.txt", text, "", lang)
    return [text[block.start : block.end] for block in blocks(document)]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_paragraphs_broken_at_a_width_are_whole(between: str) -> None:
    text = between.join("\n".join(textwrap.wrap(p, 72)) for p in GERMAN) + "\n"
    assert [block.replace("\n", " ") for block in found(text)] == GERMAN


@pytest.mark.parametrize("size", [24, 30, 36])
def test_scripts_without_spaces_too(size: int) -> None:
    broken = ["\n".join(p[i : i + size] for i in range(0, len(p), size)) for p in CHINESE]
    assert [block.replace("\n", "") for block in found("\n\n".join(broken) + "\n", "zh")] == CHINESE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ein Titel\nEin Satz steht hier.\nNoch ein Satz steht da.\n", 3),
        ("Rosen sind rot\nVeilchen sind blau\nZucker ist süß\nund du bist es auch\n", 4),  # verse
        ("The first line of a list of things without a mark\nanother item\nThe third item\nThe fourth\nA fifth\n", 4),
        ("ეს არის პირველი წინადადება რომელიც გრძელია საკმაოდ\nეს მეორე.\nმესამე.\n", 3),  # no capitals at all
        ("A heading that goes\nover two lines\n\nThe text. It runs.\n", 2),
        ("1.\nThe first item.\n2.\nThe second item.\n", 2),
    ],
)
def test_other_lines_stay_as_they_are(text: str, count: int) -> None:
    assert len(found(text)) == count


def heads(document: Document) -> list[tuple[int, str]]:
    return interruptions(document)[0]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    lines = [line for p in GERMAN * 3 for line in textwrap.wrap(p, 72)]
    for page, place in enumerate((16, 10, 4), 1):
        lines[place:place] = ["", f"Bericht 7 - vertraulich - Seite {4 - page}", ""]
    text = "\n".join(lines) + "\n"
    document = Document("d", "d.txt", text, "", "de")
    assert [line for _, line in heads(document)] == [f"Bericht 7 - vertraulich - Seite {k}" for k in (1, 2, 3)]
    assert not any("vertraulich" in block for block in found(text))


@pytest.mark.parametrize(
    "between", ["{}\nActa 12 (2021)\n", "\n{}\n\nActa Europaea\n\n", "\nActa 12 (2021)\nSeite {}\n\n"]
)
def test_heads_of_several_lines_and_without_empty_lines_are_left_out(between: str) -> None:
    lines = textwrap.wrap(" ".join(GERMAN * 4), 72)
    parts = ["\n".join(part) for part in (lines[:6], lines[6:12], lines[12:17], lines[17:])]
    text = parts[0] + "".join(f"\n{between.format(n)}{part}" for n, part in enumerate(parts[1:], 1)) + "\n"
    document = Document("d", "d.txt", text, "", "de")
    assert [line for _, line in heads(document)] == [x for n in (1, 2, 3) for x in between.format(n).split("\n") if x]
    assert " ".join(found(text)).replace("\n", " ") == " ".join(GERMAN * 4)


def test_lines_that_recur_in_a_text_broken_at_no_width_stay() -> None:
    assert len(found("ein\nHaus\nist\nein\ngroßes\nHaus\nund\nist\nein\nHaus\n" * 20)) > 60
    table = "".join(f"Summe {k}\nder Ausgaben im Jahr {k} der Bundesrepublik\n" for k in range(20))
    assert heads(Document("d", "d.txt", table, "", "de")) == []


def test_an_empty_line_after_every_line_parts_nothing() -> None:
    lines = ["\n".join(textwrap.wrap(p, 72)) for p in GERMAN]
    text = "\n\n\n".join(part.replace("\n", "\n\n") for part in lines) + "\n"
    assert [block.replace("\n\n", " ") for block in found(text)] == GERMAN
    assert len(found("\n\n".join(GERMAN * 3))) == 6
    assert len(found("Erster Punkt der Liste\n\nZweiter Punkt\n\nDritter Punkt\n\n" * 3)) == 9


def test_headings_that_recur_are_no_running_heads() -> None:
    text = "".join(
        f"Artikel {k}\n\nDer Antrag {k} wird angenommen. Die Sitzung wird geschlossen.\n\n" for k in (1, 2, 3)
    )
    assert heads(Document("d", "d.txt", text, "", "de")) == []


def test_a_page_number_between_two_paragraphs_goes_with_those_that_interrupt() -> None:
    body = "\n".join(textwrap.wrap(GERMAN[0], 72))
    half = body.split("\n")
    text = "\n".join([*half[:2], "", "- 1 -", "", *half[2:], "", "- 2 -", "", body]) + "\n"
    assert [line for _, line in heads(Document("d", "d.txt", text, "", "de"))] == ["- 1 -", "- 2 -"]


def test_a_head_after_the_end_of_a_sentence_is_told_by_the_full_line_before_it() -> None:
    lines = [line for p in GERMAN * 2 for line in textwrap.wrap(p, 72)]
    lines[3] = "Mehrere Abgeordnete der Opposition äußerten am Abend noch Zweifel."
    lines[4] = "Bundesministerien aber " + lines[4][:45]
    for head, is_one in (("Bericht 7 - Seite 1", True), ("- 1 -", True), ("Kapitel 1", False)):
        text = "\n".join([*lines[:4], "", head, "", *lines[4:]]) + "\n"
        assert bool(heads(Document("d", "d.txt", text, "", "de"))) == is_one, head


def test_a_sentence_that_a_head_cuts_in_two_has_no_half_that_is_a_heading() -> None:
    lines = textwrap.wrap(" ".join(GERMAN), 72)
    text = "\n".join([*lines[:1], "", "Bericht 7 - Seite 1", "", *lines[1:]]) + "\n"
    found_blocks = blocks(Document("d", "d.txt", text, "", "de"))
    assert [block.kind for block in found_blocks] == ["text", "text"]


NOTES = (
    "[1] Siehe den Bericht von 2019.",
    "¹ Siehe den Bericht von 2019.",
    "* Ohne die Ausgaben von 2019.",
    "12 Siehe den Bericht von 2019.",
    "3) Siehe den Bericht\nvon 2019, Seite 4.",
)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_within_a_sentence_is_text_of_its_own_and_said(note: str) -> None:
    lines = textwrap.wrap(" ".join(GERMAN), 72)
    for before, after in ((), ()), (("", "_____"), ()), ((), ("- 3 -", "")):
        text = "\n".join([*lines[:3], *before, "", note, "", *after, *lines[3:]]) + "\n"
        document = Document("d", "d.txt", text, "", "de")
        heads, notes = interruptions(document)
        assert [line for _, line in heads] == [line for line in (*before, *after) if line]
        assert notes[0] == (text[: text.index(note)].count("\n") + 1, note.split("\n")[0])
        parts = blocks(document)
        assert [text[b.start : b.end] for b in parts] == ["\n".join(lines[:3]), note, "\n".join(lines[3:])]
        assert [(b.kind, b.paragraph) for b in parts][::2] == [("text", 1), ("text", 1)]
        assert parts[1].kind == "text"
        assert parts[1].paragraph > 1


def test_a_note_without_empty_lines_around_it_is_told_by_the_sentence_that_goes_on() -> None:
    text = "Der Ausschuss hat den Haushalt\n[1] Siehe den Bericht.\ngestern beraten und beschlossen.\n"
    assert [line for _, line in interruptions(Document("d", "d.txt", text, "", "de"))[1]] == ["[1] Siehe den Bericht."]


def test_items_and_notes_between_sentences_are_what_they_were() -> None:
    for text in (
        "Wir brauchen\n\n* Äpfel\n\n* Birnen\n\nund Geduld.\n",
        "Der Satz ist aus.\n\n[1] Siehe den Bericht.\n\nDer nächste fängt an.\n",
    ):
        document = Document("d", "d.txt", text, "", "de")
        assert interruptions(document) == ([], [])
        assert [block.paragraph for block in blocks(document)] == list(range(1, text.count("\n\n") + 2))


@pytest.mark.slow
def test_many_notes_take_no_square_of_time() -> None:
    text = "Der Satz geht\n\n" + "[1] Siehe den Bericht.\n\n" * 20_000 + "hier weiter.\n"
    assert len(interruptions(Document("d", "d.txt", text, "", "de"))[1]) == 20_000
