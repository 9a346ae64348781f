"""Casing, punctuation, white space, characters and repetition in many languages: what is right there stays silent."""

from __future__ import annotations

import pytest

from tests.detectors.units import REGISTRY, aligned, spans

ALL = ("casing", "punctuation", "whitespace", "character", "repetition", "untranslated", "negation")


def everything(candidate: str, *references: str, lang: str) -> list[tuple[str, str]]:
    return [span for detector in ALL for span in spans(detector, candidate, *references, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("ja", "ﾃﾞｰﾀを送ります。", "データを送ります。"),
        ("kn", "ನಾವು ನಾಳೆ ಬೆಳಿಗ್ಗೆ ಕೆಲಸ ಶುರು ಮಾಡುತ್ತೇವೆ.", "ನಾವು ನಾಳೆ ಬೆಳಿಗ್ಗೆ ಕೆಲಸ ಆರಂಭಿಸುತ್ತೇವೆ."),
        ("si", "ඔහු අද උදේ පාසලට ගියේය.", ""),
        ("bo", "ང་ཚོ་སང་ཉིན་ལས་ཀ་འགོ་འཛུགས་ཀྱི་ཡིན།", ""),
        ("dv", "އަހަރެން މާދަމާ މަސައްކަތް ފަށަން.", ""),
        ("fr", "Il y en a, mais peu.", "Il en existe, mais peu."),
        ("de", "Sie ruft ihn an, weil er krank ist.", "Sie telefoniert mit ihm, weil er krank ist."),
        ("de", "Die Vor- und Nachteile sind bekannt.", "Die Vorteile und Nachteile sind bekannt."),
        ("de", "Die Wald-, Wiesen- und Gartenwege sind offen.", "Die Wege im Wald und im Garten sind offen."),
        ("zh", "他把球传给了施密特，施密特用左脚射门。", "他把球给施密特，后者用左脚射门。"),
        ("sv", "Det finns maya- och inkafolk här.", "Det finns mayafolk och inkafolk här."),
        ("nl", "De voor- en nadelen zijn bekend.", "De voordelen en nadelen zijn bekend."),
        ("de", "Die Frau, die die Liste hat, kommt heute.", "Die Frau mit der Liste kommt heute."),
        ("tr", "Misafirler teker teker salona girdiler.", "Misafirler sırayla salona girdiler."),
        ("hi", "वे धीरे धीरे चले।", "वे आराम से चले।"),
        ("tn", "Ba tsile fa ba ba batlang teng.", ""),
        ("bn", "শনিবার বার্সেলোনায় ছয় জন।", ""),
        ("de", "Wir fahren mit dem Bus bzw. mit dem Zug nach Hause.", "Wir fahren mit dem Bus oder mit dem Zug."),
        ("ka", "დირექტორმა თქვა, რომ ხვალ დავიწყებთ მუშაობას.", ""),
        ("ka", "მან თქვა: „ხვალ დავიწყებთ“.", "მან თქვა: «ხვალ დავიწყებთ»."),
        ("kk", "Ол “бақытты емес“ деп айтты.", ""),
        ("sl", "»Enostavno sem poskušal,« je rekel.", ""),
        ("he", 'זה עולה 12,500 ש"ח בלבד היום.', ""),
        ("ca", "L'augment és del 80 % aquest any.", "L'augment és del 80% aquest any."),
        ("km", "មនុស្ស\u200bទាំងអស់\u200bទៅ\u200bផ្ទះ។", "មនុស្សទាំងអស់ទៅផ្ទះ។"),
        ("ps", "د ولس \u200eشورا\u200f غړي.", ""),
        ("ar", "ماذا فعلت؟!", "ماذا فعلت؟"),
        ("th", "เขากล่าวว่า  วันนี้อากาศดี", ""),
        ("ru", "Канал показал CBS, ABC, NBC, CNN, Fox News Channel и MSNBC.", ""),
        ("ru", "Сокращение MWP (Member of the Welsh Parliament) уже занято.", ""),
        ("en", "We use Java, .NET and Go.", "We use .NET, Java and Go."),
        ("en", "Hello {name} and welcome to <b>our site</b> today.", ""),
        ("en", "The cli\u00admate plan is ready.", "The climate plan is ready."),
        ("xho", "iNtsapho yam ihlala apha eKapa.", ""),
    ],
)
def test_what_is_right_in_its_language_is_silent(lang: str, candidate: str, reference: str) -> None:
    assert everything(candidate, *filter(None, [reference]), lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "rule", "text"),
    [
        ("am", "ሁሉም ሰዎች ወደ ቤት ሄዱ", "ሁሉም ሰዎች ወደ ቤት ሄዱ።", "punctuation-final", "ሄዱ"),
        ("hi", "सब लोग घर गए", "सब लोग घर गए।", "punctuation-final", "गए"),
        ("km", "មនុស្សទាំងអស់ទៅផ្ទះ", "មនុស្សទាំងអស់ទៅផ្ទះ។", "punctuation-final", "មនុស្សទាំងអស់ទៅផ្ទះ"),
        ("hy", "Բոլորը գնացին տուն", "Բոլորը գնացին տուն։", "punctuation-final", "տուն"),
        ("ar", "ماذا فعلت.", "ماذا فعلت؟", "punctuation-final", "."),
        ("de", "Das Treffen. begann um acht.", "Das Treffen begann um acht.", "punctuation-final", "."),
        ("de", "Sie kam in in den Saal zurück.", "", "repetition", "in in"),
        ("tr", "Misafirler salona salona girdiler.", "Misafirler salona girdiler.", "repetition", "salona salona"),
        ("de", "Sie nannte es „neu und ging.", "", "punctuation-unpaired", "„"),
        ("zh", "他说「我不来，然后走了。", "", "punctuation-unpaired", "「"),
        ("ru", "Он said that the meeting закончилось.", "", "untranslated", "said that the meeting"),
        ("de", "Der 研究人员 wartete im Saal.", "", "untranslated", "研究人员"),
        ("fr", "La salle est pleine , dit-il.", "", "whitespace", " ,"),
    ],
)
def test_what_is_wrong_is_found(lang: str, candidate: str, reference: str, rule: str, text: str) -> None:
    found = everything(candidate, *filter(None, [reference]), lang=lang)
    assert found == ([(rule, text)] if rule else [])


def test_a_text_in_the_script_of_its_reference_is_in_its_language() -> None:
    units, context = aligned([("Bugun biz ishni erta boshlaymiz.", ["Bugun biz ishni boshlaymiz."])], lang="tg-Latn")
    assert list(REGISTRY.make("detector", "untranslated").find(units, context)) == []
    units, context = aligned([("انا غادي نبدا الخدمة بكري", ["غادي نبداو الخدمة غدا الصباح"])], lang="fr")
    assert list(REGISTRY.make("detector", "untranslated").find(units, context)) == []
