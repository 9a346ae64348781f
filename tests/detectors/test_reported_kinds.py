"""Kinds of slips that users of other tools reported, each in other languages than the report's."""

from __future__ import annotations

import pytest

from tests.detectors.units import spans


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("pt", "Eles se encontram na terça-feira às oito.", "Eles se encontram na segunda-feira às oito."),
        ("zh", "他们周二见面。", "他们周三见面。"),
        ("hu", "Kedden nyolckor találkoznak.", "Hétfőn nyolckor találkoznak."),
        ("ru", "Они встречаются в среду.", "Они встречаются в пятницу."),
        ("el", "Συναντιούνται την Τρίτη στις οκτώ.", "Συναντιούνται τη Δευτέρα στις οκτώ."),
        ("fr", "Ils se rencontrent en juin.", "Ils se rencontrent en juillet."),
        ("de", "Sie treffen sich im März.", "Sie treffen sich im Mai."),
        ("ru", "Они встречаются в июне.", "Они встречаются в июле."),
    ],
)
def test_another_day_or_month_is_told(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("numbers", candidate, reference, lang=lang)] == ["date-mismatch"]
    assert spans("numbers", reference, reference, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("zh", "他们周二见面。", "他们星期二见面。"),
        ("zh", "他们一周三次见面。", "他们每星期见面三次。"),
        ("hu", "Az ülés 2020. 09. 10-én volt.", "Az ülés 2020. szeptember 10-én volt."),
        ("ko", "회의는 2020. 9. 10. 열렸다.", "회의는 2020년 9월 10일 열렸다."),
        ("lt", "Posėdis įvyko 2020-09-10.", "Posėdis įvyko 2020 m. rugsėjo 10 d."),
        ("ro", "Vrea mai mult decât atât.", "Vrea în martie mult."),
        ("zh", "火车7点半开。", "火车7:30开。"),
        ("vi", "Tàu rời lúc 7 giờ 30.", "Tàu rời lúc 7:30."),
        ("en", "Add 1⁄2 cup of milk.", "Add ½ cup of milk."),
        ("fr", "Le fonds détient 1,5 M€.", "Le fonds détient 1,5 million d'euros."),
        ("fr", "Le fonds détient 2 Md d'euros.", "Le fonds détient 2 milliards d'euros."),
        ("es", "El fondo tiene 1,5 M de euros.", "El fondo tiene 1,5 millones de euros."),
        ("cs", "Fond má 1,5 mil. korun.", "Fond má 1,5 milionu korun."),
        ("pt", "O fundo tem 2 bi de reais.", "O fundo tem 2 bilhões de reais."),
        ("en", "Pay to DE89 3704 0044 0532 0130 00 please.", "Pay to DE89370400440532013000 please."),
        ("fr", "Appelez le 01 23 45 67 89 ce soir.", "Appelez le 01.23.45.67.89 ce soir."),
        ("en", "Card 4111 1111 1111 1111 was used.", "Card 4111-1111-1111-1111 was used."),
        ("fr", "Le code est ISSN 0317-8471.", "Le code est ISSN 03178471."),
        ("en", "See doi:10.1000/182 for it.", "See https://doi.org/10.1000/182 for it."),
    ],
)
def test_the_same_said_otherwise_is_no_finding(lang: str, candidate: str, reference: str) -> None:
    assert spans("numbers", candidate, reference, lang=lang) == []
    assert spans("numbers", reference, candidate, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("de", "Bitte installieren Sie Python 3.1.", "Bitte installieren Sie Python 3.10."),
        ("zh", "请安装Python 3.1。", "请安装Python 3.10。"),
        ("en", "Upgrade to version 2.0 today.", "Upgrade to version 2.0.1 today."),
        ("es", "Se requiere Android 4.4.1 o superior.", "Se requiere Android 4.4.2 o superior."),
        ("en", "The code is ISBN 978-0-00-000000-3 here.", "The code is ISBN 9780000000002 here."),
        ("fr", "Le fonds détient 1,5 Md€.", "Le fonds détient 1,5 million d'euros."),
    ],
)
def test_another_version_code_or_sum_is_told(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("numbers", candidate, reference, lang=lang)] == ["number-mismatch"]


def test_a_day_of_german_stays_a_date() -> None:
    assert (
        spans("numbers", "Wir kommen am Montag 3.1. zu euch.", "Wir kommen am Montag 3. Januar zu euch.", lang="de")
        == []
    )


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("zh", "委员会批准了该计划。", "委员会没有批准该计划。"),
        ("ko", "위원회는 계획을 승인했다.", "위원회는 계획을 승인하지 않았다."),
        ("vi", "Ủy ban đã phê duyệt kế hoạch.", "Ủy ban không phê duyệt kế hoạch."),
        ("hu", "A bizottság jóváhagyta a tervet.", "A bizottság nem hagyta jóvá a tervet."),
        ("de", "Der Ausschuss hat einen Plan.", "Der Ausschuss hat keinen Plan."),
        ("he", "הוועדה אישרה את התוכנית.", "הוועדה לא אישרה את התוכנית."),
        ("fa", "کمیته طرح را تصویب کرد.", "کمیته طرح را تصویب نکرد."),
        ("sl", "Odbor je načrt potrdil.", "Odbor načrta ni potrdil."),
        ("th", "คณะกรรมการอนุมัติแผน", "คณะกรรมการไม่อนุมัติแผน"),
    ],
)
def test_a_lost_negation_is_told_where_a_word_moves_with_it(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("negation", candidate, reference, lang=lang)] == ["negation-mismatch"]


def test_no_errors_are_zero_errors() -> None:
    assert spans("negation", "Ci sono stati 0 errori.", "Non ci sono stati errori.", lang="it") == []


def test_a_mixed_fraction_repeats_nothing() -> None:
    assert spans("repetition", "The walk takes 1 1/2 hours in total.", "The walk takes 1½ hours.", lang="en") == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("de", "Ludwig XVI. regierte damals.", "Ludwig XIV. regierte damals."),
        ("pl", "W XIX wieku miasto rosło.", "W XX wieku miasto rosło."),
        ("pt", "No século XIX a cidade cresceu.", "No século XX a cidade cresceu."),
        ("en", "World War I began then.", "World War II began then."),
        ("fr", "Au XVIIIe siècle, la ville grandit.", "Au XVIIe siècle, la ville grandit."),
    ],
)
def test_a_roman_numeral_is_a_number_and_no_name(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("numbers", candidate, reference, lang=lang)] == ["number-mismatch"]
    assert spans("names", candidate, reference, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("en", "Then I began, but I was late.", "Then he began, but he was late in World War II."),
        ("fr", "Au 18e siècle, la ville grandit.", "Au XVIIIe siècle, la ville grandit."),
        ("en", "World War Two ended.", "World War II ended."),
    ],
)
def test_a_roman_numeral_alone_says_nothing(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("numbers", candidate, reference, lang=lang) if rule == "number-mismatch"] == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("fr", "Les Nations unies ont accepté hier.", "L'ONU a accepté hier."),
        ("it", "Le Nazioni Unite hanno accettato ieri.", "L'ONU ha accettato ieri."),
        ("fr", "L'Organisation mondiale de la santé a accepté hier.", "L'OMS a accepté hier."),
        ("fr", "L'Organisation du traité de l'Atlantique nord a accepté hier.", "L'OTAN a accepté hier."),
        ("pt", "A Organização Mundial da Saúde aceitou ontem.", "A OMS aceitou ontem."),
    ],
)
def test_a_body_by_its_initials_is_the_body(lang: str, candidate: str, reference: str) -> None:
    assert spans("names", candidate, reference, lang=lang) == []
