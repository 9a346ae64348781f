"""Segmenters: spans into the document, structure kept, nothing lost."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.plugins import Registry
from evalkit.records import Document, Row

REGISTRY = Registry()
SENTENCES = REGISTRY.make("segmenter", "sentences")
LINES = REGISTRY.make("segmenter", "lines")


def document(text: str, lang: str = "en", rows: tuple[Row, ...] | None = None) -> Document:
    return Document("1", "a.txt", text, "", lang, rows=rows)


@pytest.mark.parametrize("segmenter", [SENTENCES, LINES], ids=["sentences", "lines"])
@given(
    text=st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200),
    lang=st.sampled_from(["en", "zh", "ar"]),
)
def test_spans_lie_in_order_and_lose_no_word(segmenter: object, text: str, lang: str) -> None:
    doc = document(text, lang)
    segments = segmenter.split(doc)
    at = 0
    for segment in segments:
        assert segment.start >= at
        assert doc.text[segment.start : segment.end] == segment.text
        assert not doc.text[at : segment.start].strip()
        at = segment.end
    assert not doc.text[at:].strip()
    assert len({segment.id for segment in segments}) == len(segments)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\r\nb\r\n", 2), ("\n", 1), ("a\rb\x0b\u2028c\n", 1), ("\n\nx", 3)],
)
def test_lines_are_what_the_metric_tools_count(text: str, count: int) -> None:
    assert len(LINES.split(document(text))) == count


def test_rows_of_a_table_are_lines_even_with_a_newline_inside() -> None:
    rows = (Row("a", 0, 3), Row("b", 4, 5))
    assert [s.text for s in LINES.split(document("x\ny\nz", rows=rows))] == ["x\ny", "z"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith left the U.S. He went home.", ["Mr. Smith left the U.S.", "He went home."]),
        ("“What is it?”  “Who knows?”  — A question.", ["“What is it?”", "“Who knows?”", "— A question."]),
        ('"What is wrong? What should we do?" he asked.', ['"What is wrong?', 'What should we do?" he asked.']),
        ("A heading\nOne. Two.", ["A heading", "One.", "Two."]),
        ("Ivar,' he said.  `We can drive now. It is late.'", ["Ivar,' he said.", "`We can drive now.", "It is late.'"]),
        ("***", ["***"]),
        ("This line was wrapped at a width of some sixty columns and\ngoes on here. A second one.",
         ["This line was wrapped at a width of some sixty columns and\ngoes on here.", "A second one."]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [segment.text for segment in SENTENCES.split(document(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no. It rained. They stayed.', ['He said "no.', "It rained.", "They stayed."]),
        ("A (very long story. It rained. We left.", ["A (very long story.", "It rained.", "We left."]),
        ('It is "the worst in a century." He thanked them.', ['It is "the worst in a century."', "He thanked them."]),
        ('It is "the worst in a century. " He thanked them.', ['It is "the worst in a century. "', "He thanked them."]),
        ('It rained. "We stayed," she said.', ["It rained.", '"We stayed," she said.']),
        ("He came (see the note. Page 3) and left.", ["He came (see the note. Page 3) and left."]),
        ("The doctor of science. Ms. Jiang came.", ["The doctor of science.", "Ms. Jiang came."]),
        ("News on China-U.S. relations came.", ["News on China-U.S. relations came."]),
        ("It is new. 2. We deliver.", ["It is new.", "2. We deliver."]),
    ],
)  # fmt: skip
def test_marks_that_enclose_text_hide_no_sentence(text: str, expected: list[str]) -> None:
    assert [segment.text for segment in SENTENCES.split(document(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 Terms and definitions The following apply.", ["3 Terms and definitions", "The following apply."]),
        ("Great Earthquake (1960) On May 22 it struck.", ["Great Earthquake (1960)", "On May 22 it struck."]),
        ("The road is closed 6.3 The order of characters", ["The road is closed", "6.3 The order of characters"]),
        ("Keep away 3.4 Vocabulary of the field", ["Keep away", "3.4 Vocabulary of the field"]),
        ("Note: 1. It is new; 2. Keep it dry; 3. No heat", ["Note:", "1. It is new;", "2. Keep it dry;", "3. No heat"]),
        ("Article 23 The period is three years.", ["Article 23", "The period is three years."]),
        # no boundary: a title, a name, a slip, numbers that belong to what stands before them
        ("He visited The Hague and read The New York Times.", None),
        ("World Faces Crisis Under the Weight of Debt", None),
        ("a carrier of The high quality content", None),
        ("See Table 3.2 Vocabulary of the field", None),
        ("Chip 1, Drop Chip 2, Drop Chip 3, Double Drop", None),
        ("Apply level 1. Note: level 2. Further", ["Apply level 1.", "Note: level 2.", "Further"]),
    ],
)  # fmt: skip
def test_headings_and_items_run_into_a_line(text: str, expected: list[str] | None) -> None:
    assert [segment.text for segment in SENTENCES.split(document(text))] == (expected or [text])


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["他说：“走吧。”", "然后走了。", "“为什么？”她问。", "《论语》。", "（完）"]),
        ("ja", ["「雨だ。", "帰ろう。」", "彼女は笑った（そうだ。）。", "終わり。"]),
        ("fr", ["« Bonjour ! » dit-il.", "Il partit.", "« Où vas-tu ? » demanda-t-elle."]),
        ("de", ["Er sagte: „Komm.", "Wir gehen.“", "Dann ging er.", "»Ja.«", "Am 3. Oktober kam er."]),
        ("es", ["¿Qué pasa?", "«No lo sé», dijo.", "«Vamos.»", "¡Hola!"]),
        ("ar", ["قال: «هيا بنا».", "ثم ذهب.", "هل رأيته؟"]),
        ("en", ['"Yes."', '"Never."', "'Why?' she asked.", "It's the dogs' food.", "(He left.)", "“I know,” he said."]),
    ],
)
def test_marks_of_quotation_go_with_their_sentence(lang: str, expected: list[str]) -> None:
    space = "" if lang in ("zh", "ja") else " "
    assert [s.text for s in SENTENCES.split(document(space.join(expected), lang))] == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("de", ["„Ich wollte gehen ...“, rief sie.", "Der „Alles neu ...“-Plan ruht.", "„Was nun?“ fragte er."]),
        ("fr", ["La foule criait « Debout ! » sous la pluie.", "Puis elle partit."]),
        ("es", ['Cantaban "It is time!" (¡ya es hora!) en la plaza.', "Luego callaron."]),
        ("en", ['She said "It is late."', "(She was right.)", '"We go!" they said.', '"Now!"', "It rained."]),
        ("gl", ["Chegou dos EE. UU. onte.", "Marchou hoxe."]),
        ("gu", ["તે યુ. એસ. માં છે.", "તે નવું છે."]),
        ("hy", ["Նա ծնվել է գյուղում (կիրակի)` առավոտյան:", "Նա մեծ էր:", "Հայրը բանվոր էր, մայրը` ուսուցչուհի:"]),
    ],
)
def test_what_follows_a_mark_decides_whether_the_sentence_goes_on(lang: str, expected: list[str]) -> None:
    assert [s.text for s in SENTENCES.split(document(" ".join(expected), lang))] == expected


def test_words_are_known_for_english_and_sections_for_all() -> None:
    assert len(SENTENCES.split(document("Neue Wege im Verkehr Die neue Stadt baut um.", "de"))) == 1
    assert [s.text for s in SENTENCES.split(document("Wir bauen um; 2.1 Neue Wege siehe 2.2 Alte Wege", "de"))] == [
        "Wir bauen um;",
        "2.1 Neue Wege siehe 2.2 Alte Wege",
    ]


def test_chinese_sentences_inside_a_quotation() -> None:
    assert [s.text for s in SENTENCES.split(document("你好。“天气好。今天好。”他说。", "zh"))] == [
        "你好。",
        "“天气好。",
        "今天好。”他说。",
    ]


def test_structure_of_the_speech(root: Path) -> None:
    (speech,) = REGISTRY.make("reader", "text").read(str(root / "references" / "official-remarks.txt"), "en")
    kinds = [(segment.kind, segment.text) for segment in SENTENCES.split(speech)]
    assert ("dateline", "Beijing, 10 November 2020") in kinds
    assert ("heading", "Dear Colleagues,") in kinds
    assert sum(kind == "text" for kind, _ in kinds) == 78


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["We use Python 3.11", "The upgrade was simple.", "Is it .NET?", "Yes, it is ASP.NET."]),
        ("en", ["The film Under the Skin was shown after dinner.", "Add 3 tbsp. sugar."]),
        ("en", ["1. Arsenal", "2. Chelsea", "3. Liverpool won."]),
        ("de", ["1. Der Antrag wird angenommen.", "2. Die Sitzung wird geschlossen.", "3. Das Protokoll folgt."]),
        ("de", ["Der 2. Weltkrieg endete im 20. Jahrhundert.", "Am 25. Mai sind die Wahlen zum 19. Bundestag."]),
        ("fr", ["M. Dupont cite l'art. 23 de la loi.", "MM. Roux et Petit aussi."]),
        ("es", ["¿Adónde vas? —preguntó ella—.", "A casa —dijo él."]),
        ("ru", ["«Куда ты?» — спросила она.", "В столице, т. е. в Москве.", "См. ст. 5 и др. документы."]),
        ("ja", ["「行こう。」と彼は言った。", "「雨だ。」", "とても寒い。"]),
        ("en", ["She works at Yahoo! in London.", "Stop!", "Now!"]),
        ("ko", ['"비가 온다."라고 그가 말했다.', "그는 떠났다."]),
        ("en", ["The wall is 5 ft. high and cost 3 lb. sterling.", "It is 5 ft.", "Long ago it grew."]),
        ("ar", ["حضر د. أحمد.", "ثم ذهب."]),
    ],
)
def test_no_boundary_within_what_goes_on(lang: str, expected: list[str]) -> None:
    space = "" if lang == "ja" else " "
    assert [s.text for s in SENTENCES.split(document(space.join(expected), lang))] == expected


def test_a_label_without_an_item_is_not_lost() -> None:
    assert [s.text for s in SENTENCES.split(document("Text here. 3.", "en"))] == ["Text here. 3."]
    assert [s.text for s in SENTENCES.split(document("3.", "en"))] == ["3."]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        # a decimal, a time, an amount or a version at the end is no label of a list
        ("en", ["It is version 3.5.", "We met at 10:30.", "He paid $100.00.", "We use Python 3.11.", "It runs."]),
        ("en", ["He lives at No. 5.", "We go there."]),
        ("es", ["Núm. de tel: 351.123.465.4.", "Llame a la Sra. Rescia."]),
        ("da", ["Hr. Smith bought 1,000.", "That is a lot."]),
        # notes go with their sentence, brackets stay whole
        ("en", ["It rained.[1]", "We left.[2][3]", "They stayed. [4]", "It ended [5].", "See [page. 42] for it."]),
        ("en", ["They differ in a consultation.11 12", "Take the example of one (type 2).10", "This model works."]),
        ("de", ["Das wurde schon gezeigt.[11]", "Die Methode ist einfach."]),
        ("en", ["It was shown before.²", "They call it “new.”9", "It is not."]),
        ("en", ['"Bohr [...] used the analogy [...]" (Smith 55).', "He did."]),
        # labels go with their item
        ("en", ["(a) The first.", "It is.", "(b) The second.", "(i) One.", "(ii) Two."]),
        ("en", ["1.) The first item", "2.) The second item"]),
        ("en", ["a) The first item", "b) The second item"]),
        ("da", ["1. The first item", "2. The second item"]),
        ("en", ["a. Open the lid", "b. Press the button", "c. Wait"]),
        ("fr", ["1) Ouvrir le couvercle", "2) Appuyer sur le bouton"]),
        ("ru", ["(a) Откройте крышку", "(b) Нажмите кнопку"]),
        ("en", ["There are 1) cats and 2) dogs.", "They bark at a. Then b. Then they stop."]),
        ("en", ["Q. What is his name?", "A. His name is Alfred."]),
        ("zh", ["（一）总则。", "（二）附则。", "1.你好。", "2.再见。"]),
        # numbers and names that go on
        ("ja", ["円周率は３．１４です。", "次の文。"]),
        ("es", ["La lista: 1.Helado, 2.Carne, 3.Arroz.", "Bien."]),
        ("en", ["See http://testurl.Awesome.com for it."]),
        ("en", ["I live in the U.S.A.", "I went to J.C. Penney.", "The U.S. President came."]),
        ("uk", ["Грав музикант Діонісіо А. Лінд.", "Він грав."]),
        # abbreviations of languages
        ("sv", ["Vi har t.ex. Volvo.", "Det är bra."]),
        ("nl", ["Beste mevr. Jansen komt.", "Hij is hier."]),
        ("pt", ["Custa aprox. 5 euros.", "Vai."]),
        ("vi", ["TP. Hồ Chí Minh rất đẹp.", "Tôi thích."]),
        ("hi", ["डॉ. शर्मा आए।", "वे गए।"]),
        ("cs", ["V r. 1990 přišel.", "Bylo to 7. Listopadu."]),
        ("lb", ["Hien huet an der 89. Minutt getraff.", "Et war gutt."]),
        ("nb", ["Hun ble funnet kl. 07:55 i dag.", "Det er trist."]),
        # ends of sentences in other scripts
        ("km", ["នេះជាប្រយោគទីមួយ។", "នេះជាប្រយោគទីពីរ។"]),
        ("bo", ["ང་བོད་པ་ཡིན།", "ཁྱེད་རང་གང་ནས་ཡིན།"]),
        ("am", ["ይህ ነው፡፡", "ይህ ሁለተኛው ነው።", "ሦስተኛው።"]),
        ("pa", ["ਇਹ ਹੈ|", "ਉਹ ਹੈ।"]),
        ("my", ["သူ၏ အမည်၊ ကောင်းသည်။", "ဒုတိယ။"]),
        ("hy", ["Պատկանում ո՜չ իրեն (այո)` և լավ:", "Նա եկավ:"]),
        ("ps", ["دا شي.\u200e \u200e", "دا بل."]),
        # marks of quotation that close with what others open with
        ("sv", ["”Jag går.", "Du går”, sa han.", "”Vi var där.”"]),
        ("nl", ["‘Ik ga.", "Jij blijft.’", "Hij ging."]),
        ("en", ["'I go.", "You stay.'", "It's the dogs' food.", "'Tis late."]),
        ("uz", ["Bu o‘tib qurilgan edi.", "Asl bo‘lmasligi aniq.", "Keyin."]),
        ("he", ['ד"ר כהן בא.', "הוא הלך."]),
        ("he", ['הוא אמר: "יש בדיקות (כגון MRI, CT)."', "בינתיים, האחות הלכה."]),
        # after a long word a full stop ends the sentence, though the next starts small
        ("el", ["Τις Κυριακές δε δούλευε κανένας.", "το κόστος του σπιτιού ήταν £260.950,00."]),
        ("de", ["Er kam mit Herrn usw. und ging.", "Gut."]),
    ],
)  # fmt: skip
def test_what_golden_cases_and_translators_show(lang: str, expected: list[str]) -> None:
    space = "" if lang in ("zh", "ja") else " "
    assert [s.text for s in SENTENCES.split(document(space.join(expected), lang))] == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "[" * 200_000, "(1" * 100_000, "།" * 200_000, "A." * 100_000, "1. " * 70_000, "'A" * 100_000, "x.1 " * 50_000,
        " " * 200_000 + "x", "aaa.1" + " " * 200_000, "U.S. " * 40_000, "。1." * 70_000, "http://" + "a.B" * 60_000,
        '"' * 200_000, "\u200e." * 100_000, "a`" * 100_000, "Dr." * 60_000,
    ],
    ids=lambda line: repr(line[:6]),
)  # fmt: skip
def test_a_hostile_line_takes_no_long_time(line: str) -> None:
    before = process_time()
    SENTENCES.split(document(line, "de"))
    assert process_time() - before < 5


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["P.S. I saw Elm St.", "It is quiet.", "Cats, dogs, etc.", "Lions are not pets.", "Max. speed is 60."]),
        ("en", ["i. Open it", "ii. Close it", "iii. Wait.", "See Tab. 4 and Chap. 3."]),
        ("fr", ["Des pommes, des poires, etc.", "C'est tout.", "Le 3 sept. 2014, il neigeait."]),
        ("de", ["Am 5. Okt. kommt sie usw.", "Mehr nicht.", "Es ist der 3.", "Sie kommt im 3. Monat."]),
        ("ru", ["Это собака и т. д.", "Она лает.", "Длина 5 см.", "Ширина 3 см.", "Живёт ок. 100 чел."]),
        ("lv", ["2014. gada 3. maijā lija.", "Suns, kaķis utt.", "Viss."]),
        ("hu", ["2014. május 3. napján esett.", "Kutya, macska stb.", "Ennyi."]),
        ("es", ["Vive en EE.UU.", "Es feliz."]),
        ("nl", ["'s Avonds is het koel.", "'t Is fijn.", "Op 3 dec. 2014."]),
        ("ko", ["그가 말했다.", "갔다.", "왔다.", "봤다."]),
        ("hi", ['"कौन है?" उसने पूछा।', "वह चुप रही।"]),
        ("zh", ["1. 打开盖子。", "2. 按下按钮。"]),
    ],
)
def test_a_full_stop_that_shortens_may_end_a_sentence_too(lang: str, expected: list[str]) -> None:
    space = "" if lang == "zh" else " "
    assert [s.text for s in SENTENCES.split(document(space.join(expected), lang))] == expected
