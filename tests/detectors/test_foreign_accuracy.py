"""Negation, and English left standing, in other languages than English."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import evalkit
from evalkit.language.denials import left_out
from evalkit.language.packs import languages_with
from tests.detectors.units import REGISTRY, aligned, found, spans


@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "text"),
    [
        ("de", "Der Ausschuss hat den Plan genehmigt.", "Der Ausschuss hat den Plan nicht genehmigt.", "nicht"),
        ("fr", "Le ministre a signé le traité hier.", "Le ministre n’a pas signé le traité hier.", "pas"),
        ("es", "El ministro firmó el tratado ayer.", "El ministro no firmó el tratado ayer.", "no"),
        ("ru", "Министр вчера подписал договор.", "Министр вчера не подписал договор.", "не"),
        ("pl", "Minister podpisał wczoraj umowę.", "Minister nie podpisał wczoraj umowy.", "nie"),
        ("zh", "部长昨天签署条约。", "部长昨天没有签署条约。", "没有"),
        ("zh", "我们会接受这个条件。", "我们不会接受这个条件。", "不会"),
        ("ja", "大臣は条約に署名しました。", "大臣は条約に署名しませんでした。", "ませんでした"),
        ("ar", "الوزير يوقع المعاهدة اليوم.", "الوزير لم يوقع المعاهدة اليوم.", "لم"),
        ("hi", "मंत्री ने संधि पर हस्ताक्षर किए।", "मंत्री ने संधि पर हस्ताक्षर नहीं किए।", "नहीं"),
        ("tr", "Bakan bu konuda haklı.", "Bakan bu konuda haklı değil.", "değil"),
        ("tr", "Toplantı yarın olacak.", "Toplantı yarın olmayacak.", "olmayacak"),
        ("cs", "Ministr smlouvu podepsal.", "Ministr smlouvu nepodepsal.", "nepodepsal"),
        ("ko", "장관은 조약에 서명했다고 했다.", "장관은 조약에 서명 않했다고 했다.", "않"),
    ],
)
def test_a_lost_negation_is_found_in_many_languages(lang: str, candidate: str, reference: str, text: str) -> None:
    lost = [span for rule, span in spans("negation", candidate, reference, lang=lang)]
    assert lost == ([text] if text else [])
    if text:
        assert spans("negation", reference, candidate, lang=lang) == [("negation-mismatch", text)]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("de", "Der Plan ist unmöglich.", "Der Plan ist nicht möglich."),
        ("de", "Er kam ohne Mantel in den Saal.", "Er hatte keinen Mantel an, als er in den Saal kam."),
        ("de", "Sie kam nicht nur spät, sondern auch müde.", "Sie kam spät und auch müde."),
        ("fr", "Il ignore la réponse.", "Il ne connaît pas la réponse."),
        ("fr", "C'est impossible pour nous tous.", "Ce n'est pas possible pour nous tous."),
        ("pl", "To jest niemożliwe dla nas wszystkich.", "To nie jest możliwe dla nas wszystkich."),
        ("zh", "这两个国家不同。", "这两个国家有差别。"),
        ("zh", "内径从3毫米到9毫米不等。", "有内径从3毫米到9毫米可选。"),
        ("zh", "不仅价格高，而且质量差。", "价格高，而且质量差。"),
        ("ru", "Он говорил без перерыва.", "Он говорил и не делал перерыва."),
        ("sw", "Waziri hakusaini mkataba.", "Waziri alisaini mkataba."),
    ],
)
def test_what_is_said_otherwise_or_in_an_unknown_language_is_silent(lang: str, candidate: str, reference: str) -> None:
    assert spans("negation", candidate, reference, lang=lang) == []


def test_an_answer_that_is_only_likely_is_minor() -> None:
    one = "Die alten Brücken der Stadt wurden im Sommer vom Rat keinesfalls verkauft."
    two = "Im Sommer wurden vom Rat der Stadt die alten Brücken verkauft."
    assert [f.severity for f in found("negation", two, one, lang="de")] in (["minor"], ["major"])


@pytest.mark.slow
def test_negation_takes_linear_time() -> None:
    begin = time.process_time()
    for lang in languages_with("negation.cues") + languages_with("negation.strings"):
        for text in ("nicht no не 不 " * 300, "a" * 20_000, "un" * 9_000, "'" * 20_000):
            if lang != "en":
                left_out(text, text[1:], lang)
    assert time.process_time() - begin < 20


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "text", "severity"),
    [
        ("de", "Der Präsident said that the meeting beendet ist.",
         "Der Präsident sagte, dass die Sitzung beendet ist.", "said that the meeting", "major"),
        ("fr", "Le ministre has signed the treaty hier.", "Le ministre a signé le traité hier.",
         "has signed the treaty", "major"),
        ("pl", "Minister powiedział which is why umowa upadła.", "Minister powiedział, dlaczego umowa upadła.",
         "which is why", "major"),
        ("de", "Der Ball flog in die corner.", "Der Ball flog in die Ecke.", "corner", "minor"),
        ("fr", "Il a salué the National Guard hier.", "Il a salué la National Guard hier.",
         "the National Guard", "minor"),
        ("de", "Die Gäste warteten im hallway auf ihn.", "Die Gäste warteten im Flur auf ihn.", "hallway", "minor"),
        ("ru", "Гости ждали its в зале.", "Гости ждали её в зале.", "", ""),
        ("fr", "Ils prirent la defense de la ville.", "Ils se battirent pour la ville.", "defense", "minor"),
        ("ru", "Гости ждали quietly в зале.", "Гости тихо ждали в зале.", "quietly", "major"),
        ("zh", "客人在大厅里 waited for an hour。", "客人在大厅里等了一个小时。", "waited for an hour", "major"),
        ("hi", "मेहमान waited for the minister में थे।", "मेहमान मंत्री की प्रतीक्षा में थे।", "waited for the minister", "major"),
        ("wo", "Mu ne that the meeting jeex na.", "", "that the meeting", "major"),
    ],
)  # fmt: skip
def test_english_left_standing(lang: str, candidate: str, reference: str, text: str, severity: str) -> None:
    got = [(f.text, f.severity) for f in found("untranslated", candidate, *filter(None, [reference]), lang=lang)]
    assert got == ([(text, severity)] if text else [])


@pytest.mark.parametrize(
    ("lang", "candidate"),
    [
        ("fr", "Le but de la star était le premier but du match."),
        ("nl", "Hij is of was hier, en we had over het."),
        ("de", "Sie arbeitet an der University of Michigan."),
        ("de", "Der Film „The Sound of Music“ lief im Kino."),
        ("es", "El Bank of America y The New York Times lo dijeron."),
        ("zh", "他在 Bank of America 工作，用 iPhone 和 app。"),
    ],
)
def test_names_titles_and_words_of_the_language_are_no_english(lang: str, candidate: str) -> None:
    assert spans("untranslated", candidate, lang=lang) == []


def test_a_word_the_references_use_elsewhere_is_of_the_language() -> None:
    rows = [
        ("Le temps est beau et le pays aussi.", ["Il fait beau ici."]),
        ("Il est loin.", ["Le temps du pays, au loin."]),
    ]
    units, context = aligned(rows, lang="fr")
    assert list(REGISTRY.make("detector", "untranslated").find(units, context)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "The council met on Monday in the old hall.", " The members approved the new plan for the port."),
        ("am", "ምክር ቤቱ ሰኞ በአሮጌው አዳራሽ ተሰበሰበ።", " አባላቱ ለወደቡ አዲሱን እቅድ አጸደቁ።"),
        ("km", "ក្រុមប្រឹក្សាបានជួបប្រជុំនៅថ្ងៃច័ន្ទ។", " សមាជិកបានអនុម័តផែនការថ្មីសម្រាប់កំពង់ផែ។"),
        ("bo", "ཚོགས་འདུ་གཟའ་ཟླ་བར་ཚོགས་པ་རེད།", " འཐུས་མིས་འཆར་གཞི་གསར་པ་ཆོག་མཆན་བྱིན་པ་རེད།"),
    ],
)
def test_an_omitted_sentence_is_as_grave_in_every_script(tmp_path: Path, lang: str, first: str, second: str) -> None:
    (tmp_path / "candidate.txt").write_text(first + "\n", encoding="utf-8")
    (tmp_path / "reference.txt").write_text(first + second + "\n", encoding="utf-8")
    result = evalkit.check(tmp_path / "candidate.txt", tmp_path / "reference.txt", lang=lang, align="document")
    found = [(f.rule, f.severity, f.text) for f in result.systems[0].findings]
    assert found == [("omission", "minor", second.strip())]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "severities"),
    [
        ("de", "„Ist nicht bald dein Geburtstag?“, fragte sie.", "„Du hast bald Geburtstag?“, sagt sie.", ["neutral"]),
        ("de", "Dein Geburtstag ist bald, nicht wahr? Ja.", "Du hast bald Geburtstag, oder? Ja.", []),
        ("fr", "Le ministre n’a-t-il pas signé le traité ?", "Le ministre a-t-il signé le traité ?", ["neutral"]),
        ("de", "Er wird morgen nicht kommen. Warum?", "Er wird morgen kommen. Warum?", ["major"]),
    ],
)  # fmt: skip
def test_a_question_asks_the_same_without_its_negation(
    lang: str, candidate: str, reference: str, severities: list[str]
) -> None:
    told = found("negation", candidate, reference, lang=lang)
    assert [f.severity for f in told] == severities


def test_a_negation_of_chinese_beside_a_reference_alone_is_a_hint() -> None:
    texts = "保险公司普遍讨厌这种昂贵的手术。", "保险公司普遍不喜欢这种昂贵的手术。"
    assert {f.severity for f in found("negation", *texts, lang="zh")} == {"neutral"}
