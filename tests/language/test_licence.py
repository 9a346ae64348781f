"""Where the candidate has what the source has, the reference is the odd one out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.language.licence import BOTH, UNSAID, by_source, final_mark, is_turned
from evalkit.language.licence_lengths import Lengths
from evalkit.records import Passage, Segment
from evalkit.records.findings import VERBATIM
from tests.detectors.units import REGISTRY, aligned


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "as_here", "as_there"),
    [
        ("numbers", "It employs 2,300 people.", "It employs 230 people.", "Er hat 2300 Leute.", "Er hat 230 Leute."),
        ("names", "The boats on the Yangtze left.", "The boats on the Yangzi left.", "Sur le Yangtze.", "长江上。"),
        ("punctuation", "They left the house", "They left the house.", "他们离开了", "他们离开了。"),
    ],
)
def test_the_source_decides(detector: str, candidate: str, reference: str, as_here: str, as_there: str) -> None:
    (unit,), context = aligned([(candidate, [reference])])
    made = REGISTRY.make("detector", detector)
    rules = {rule.id: rule for rule in made.rules}
    found = [f for f in made.find([unit], context) if f.side == "candidate"]
    assert found
    for text, licensed in ((as_here, True), (as_there, False)):
        sourced = replace(unit, source=passage(text))
        assert {by_source(f, rules[f.rule], sourced) is None for f in found} == {licensed}
    assert [by_source(f, rules[f.rule], unit) for f in found] == found


def passage(text: str) -> Passage:
    return Passage((Segment("s", "d", 0, len(text), text),), text, "source")


PAIR = (
    "Bread and milk became much dearer in Lyon during the hot summer of 1974.",
    "The ferry crossed to Hamburg with forty passengers in heavy winter storms of 2019.",
)
WITNESSES = [
    ("numbers", "It employs people.", "It employs 250 people.", "它雇用二百五十人。", "zh", BOTH),
    ("numbers", "It employs people.", "It employs 250 people.", "它雇用人。", "zh", None),
    ("numbers", "It employs people.", "It employs 250 people.", "它雇用人。", "", None),  # told by its script
    ("numbers", "It employs people.", "It employs 250 people.", "xx yy", "xx", UNSAID),  # of unknown number words
    ("numbers", "It employs 520 people.", "It employs 250 people.", "Er beschäftigt 250 Leute.", "de", VERBATIM),
    ("numbers", "It employs 520 people.", "It employs people.", "Er beschäftigt Leute.", "de", BOTH),
    ("numbers", "It employs 520 people.", "It employs people.", "它雇用五百二十人。", "zh", None),
    ("names", "The President of Nigeria left.", "The President of Niger left.", "尼日尔总统离开了。", "zh", BOTH),
    ("names", "The President of Nigeria left.", "The President of Niger left.", "尼日利亚总统离开了。", "zh", None),
    ("names", "He met Shanshan in Paris.", "He met Sanshun in Paris.", "他在巴黎遇见了杉杉。", "zh", None),
    ("names", "They met in Shayibak.", "They met in Bayishake.", "他们在沙依巴克见面。", "zh", None),
    ("names", "They met at Jiexin Finance.", "They met at Home Credit.", "他们在捷信金融见面。", "zh", None),
    ("names", "He met Jixin Finance.", "He met Home Credit.", "他与捷信金融见面。", "zh", "exchanged-title unsaid"),
    ("names", "He met Yokosuka in Paris.", "He met Yokosuga in Paris.", "彼はパリでヨコスカと会った。", "ja", None),
    ("names", "He met Yokosuga in Paris.", "He met Yokosuka in Paris.", "彼はパリでヨコスカと会った。", "ja", BOTH),
    ("names", "He met Lavrov in Paris.", "He met Lavlov in Paris.", "Он встретился с Лавровым в Париже.", "ru", None),
    ("names", "He met Lavlov in Paris.", "He met Lavrov in Paris.", "Он встретился с Лавровым в Париже.", "ru", BOTH),
    ("names", "He spoke to us.", "Yang Haodong spoke to us.", "他对我们讲话。", "zh", None),
    ("names", "He spoke to us.", "Yang Haodong spoke to us.", "杨浩东对我们讲话。", "zh", BOTH),
    ("names", "He spoke to us.", "Vladimir Putin spoke to us.", "普京对我们讲话。", "zh", "lost-perhaps unsaid"),
    ("names", "The parcel was late.", "The Quanfeng Express parcel was late.", "全峰快递的包裹晚了。", "zh", BOTH),
    ("names", "The scale was used.", "The Oswestry scale was used.", "Der Oswestryscore wurde verwendet.", "de", BOTH),
    ("names", "The rules cover it.", "The GOZ covers it.", "In der GOZ ist es enthalten.", "de", BOTH),
    ("names", "The rules cover it.", "The GOZ covers it.", "In der Regel ja.", "de", "lost-perhaps unsaid"),
    ("names", "It rose (95% CI 1 to 3).", "It rose (95% IC 1 to 3).", "Subió (IC95% 1 a 3).", "es", None),
    ("addition", *PAIR, "Pada 2019 feri ke Hamburg.", "id", BOTH),
    ("addition", *PAIR, "Roti dan susu mahal di Lyon pada 1974.", "id", None),
    ("addition", *PAIR, "Tidak ada apa-apa.", "id", "pair unsaid"),
    ("negation", "He did not sign the new treaty.", "He signed the new treaty.", "他签署了新条约。", "zh", VERBATIM),
    ("negation", "He did not sign the new treaty.", "He did sign the new treaty.", "他没有签署新条约。", "zh", None),
    ("negation", "He did sign the new treaty.", "He did not sign the new treaty.", "Er ging nicht.", "de", VERBATIM),
    ("negation", "He did sign the new treaty.", "He did not sign the new treaty.", "Er ging.", "de", None),
    ("negation", "Today he did sign the treaty.", "He did not sign the new treaty.", "Er ging nicht.", "de", BOTH),
]  # fmt: skip


@pytest.mark.parametrize(("detector", "candidate", "reference", "source", "lang", "evidence"), WITNESSES)
def test_the_source_is_a_witness(
    detector: str, candidate: str, reference: str, source: str, lang: str, evidence: str | None
) -> None:
    (unit,), context = aligned([(candidate, [reference])])
    made = REGISTRY.make("detector", detector)
    rules = {rule.id: rule for rule in made.rules}
    found = [f for f in made.find([unit], context) if f.evidence != "list"]
    found = found or [replace(f, evidence="x") for f in made.find([unit], context)]
    sourced = replace(unit, source=passage(source))
    told = [by_source(f, rules[f.rule], sourced, "en", lang) for f in found]
    assert [f.evidence if f else None for f in told] == [evidence]


@pytest.mark.parametrize(
    ("text", "mark"), [("他走了。", "."), ("He said: “no.”", "."), ("No", ""), ("Why？", "?"), ("", "")]
)
def test_marks_of_other_scripts_are_the_same(text: str, mark: str) -> None:
    assert final_mark(text) == mark


USUAL = [
    (f"The port of {number} was opened again on Monday.", f"Am Montag wurde der Hafen {number} neu geöffnet.")
    for number in range(20, 40)
]
LONG = "The port was opened again on Monday, because heavy storms had damaged several northern fishing boats."
SHORT = "The port was opened again on Monday."
LONG_SOURCE = "Der Hafen wurde am Montag neu geöffnet, weil schwere Stürme im Norden Boote beschädigt hatten."


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "source", "licensed"),
    [
        ("addition", LONG, SHORT, LONG_SOURCE, True),
        ("addition", LONG, SHORT, "Der Hafen wurde am Montag geöffnet.", False),
        ("omission", SHORT, LONG, LONG_SOURCE, False),
        ("omission", SHORT, LONG, "Der Hafen wurde am Montag geöffnet.", True),
    ],
)
def test_the_length_of_the_source_tells_whose_clause_it_is(
    detector: str, candidate: str, reference: str, source: str, licensed: bool
) -> None:
    units, context = aligned([(candidate, [reference]), *((text, [text]) for text, _ in USUAL)])
    sources = [source, *(text for _, text in USUAL)]
    units = [replace(unit, source=passage(text)) for unit, text in zip(units, sources, strict=True)]
    made = REGISTRY.make("detector", detector)
    (found,) = made.find(units, context)
    (rule,) = made.rules
    borne_out = replace(found, evidence=BOTH) if detector == "omission" else found
    assert by_source(found, rule, units[0], "en", "de", Lengths(units)) == (None if licensed else borne_out)
    assert by_source(found, rule, units[0], "en", "de", Lengths(units[:3])) == found  # of too few nothing is usual


@pytest.mark.parametrize(
    ("name", "expected", "source", "turned"),
    [
        ("CI", "IC95", "(IC95% 1 a 3)", True),
        ("RC", "IC95", "(IC95% 1 a 3)", False),
        ("CI", "IC", "la ICA", False),
        ("CRM", "MRC", "el margen", False),
        ("OO", "OO", "OO", False),
    ],
)
def test_an_acronym_in_the_order_of_the_targets_words(name: str, expected: str, source: str, turned: bool) -> None:
    assert is_turned(name, expected, source) is turned
