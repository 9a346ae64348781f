"""Names only one side has, found without a list."""

from __future__ import annotations

import pytest

from tests.detectors.units import found, spans


@pytest.mark.parametrize(
    ("candidate", "reference", "expected"),
    [
        ("The plane landed in Moscow.", "The plane landed in Kandahar.", [("name-wrong", "Moscow")]),
        ("We met near the bridge.", "We met Ivan Petrosyan near the bridge.", [("name-missing", "Ivan Petrosyan")]),
        ("Petrosyan came.", "Then came Petrosyan.", []),
        (
            "The summit of the Vinson Massif is near.",
            "The summit of the Vinson Massif, Mount Vinson, is near.",
            [("name-missing", "Mount Vinson")],
        ),
        ("The US Survey of 2004 is old.", "The United States Survey of 2004 is old.", []),
        ("The plane landed in Kandagar.", "The plane landed in Kandahar.", [("name-mistransliterated", "Kandagar")]),
        (
            "For Rzeczpospolita Schetyna said that Kaczyński and are afraid.",
            "For Rz Schetyna said that Kaczyński and Morawiecki are afraid.",
            [("name-missing", "Morawiecki")],
        ),
        (
            "Parades of the Day of Xinhua News Agency were held in Tartus.",
            "Parades of Navy Day were held in Tartus.",
            [("name-wrong", "Day of Xinhua News Agency")],
        ),
        (
            "A fight in the ADA station ended badly.",
            "A fight in the Aidenbachstraße station ended badly.",
            [("name-wrong", "ADA")],
        ),
        ("They met at the UN.", "They met at the United Nations.", []),
        ("The French came.", "The guests from France came.", []),
        (
            "German bread is sold in Bavaria and in the south.",
            "German bread is sold in Bavaria and, to the south, in Austria.",
            [("name-missing", "Austria")],
        ),
        ("They landed in the U.S. today.", "Today they landed in the United States.", []),
        ("The Commerce Department said it.", "It was said by the US Department of Commerce.", []),
        ("It replaces GB18030 now.", "Now it replaces GB 18030.", []),
        ("The Kuomintang said it.", "It was said by the KMT.", []),
        ("It was said by the KMT.", "The Kuomintang said it.", []),
        (
            "At the talks on “Combating digital crime” Tang of the Executive Yuan spoke.",
            "At the talks on “Striking digital crime” Tang of the council spoke.",
            [],
        ),
        ("He did not want the old GDR to return.", "He did not want the old East Germany to return.", []),
        ("The rulers of the USSR met.", "The rulers of the Soviet Union met.", []),
        ("Criminals sent SMS to people.", "Criminals sent messages to people.", []),
        ("Then FHs report more than PKs.", "Then FH report more than FC.", [("name-wrong", "PKs")]),
        ("The PCs of the office were sold.", "The PC of the office were sold.", []),
        ("They left by plan B.", "They left by plan Z.", []),
        (
            "The tired envoy finally met Secretary of State Vance.",
            "Finally the tired envoy met Secretary of State Muskie.",
            [("name-wrong", "Vance")],
        ),
        ("In his letter Xi said it.", "In his letter Xi Jinping said it.", []),
        ("We thank Xiaoyun of the Zhi Yun Inn.", "We thank Xiao Yun of the Zhi Yun Inn.", []),
        ("An endo-exo-femoral prosthesis (EEFP) came.", "An Endo-Exo-Femur-Prosthesis (EEFP) came.", []),
        ("The telescope (Hubble) works.", "The telescope works.", []),
        ("The Very Large Telescope works.", "The Very Large Telescope (VLT) works.", []),
        ("There the Ministry of Defence said it.", "The ministry of defence said it there.", []),
        ("The talks were held there.", "The talks in May were held there.", []),
        ("It said the securities regulator.", "It said the China Securities Regulatory Commission.", []),
        ("The BSE rose again.", "The Beijing Stock Exchange rose again.", []),
        ("Scholars of the mainland came.", "Scholars of China came.", []),
        ("It was said by Sun Haoran.", "It was said by Lee Haoran.", []),
        ("It was said by Zeman Whitmer.", "It was said by Gretchen Whitmer.", [("name-wrong", "Zeman Whitmer")]),
        ("It was said by Gretchen Whitmer.", "It was said by Gretchen and Zeman Whitmer.", []),
        ("It was said by Karl Weber.", "It was said by Karl Weber (CSU).", [("name-missing", "CSU")]),
        ("The accused Karl Muster spoke.", "The accused Karl Muster (CSU) spoke.", [("name-missing", "CSU")]),
        ("Tuberculosis is rare here.", "Tuberculosis (TB) is rare here.", []),
        ("Acute kidney injury is rare here.", "Acute kidney injury (AKI) is rare here.", []),
        ("It was said by the envoy.", "It was said by Sun of the envoy.", [("name-missing", "Sun")]),
        ("The BSE rose again.", "The Beijing Exchange rose again.", []),
        ("The Beijing Exchange rose again.", "The BSE rose again.", []),
        ("They met the MGTO today.", "They met the Macao Government Tourism Office today.", []),
        ("They met the Macao Government Tourism Office.", "They met the MGTO.", []),
        ("He is on the Politburo Standing Committee.", "He is on the Standing Committee of the Political Bureau.", []),
        ("Professional golfers met in Rome.", "The golfers met in Rome.", []),
        ("It said so, the Ministry of Economy.", "It said so, the Ministry of Economics.", []),
        ("KMT chief Wong came.", "The Kuomintang Vice Chairman Wong came.", []),
        (
            "The guests were soon received at Royal Turmalin Stadium.",
            "The guests were soon received at Royal Bafokeng Stadium.",
            [("name-wrong", "Royal Turmalin Stadium")],
        ),
        (
            "Vladimir Zelensky called a second time.",
            "Vladimir Putin and Volodymyr Zelensky called a second time.",
            [("name-missing", "Vladimir Putin")],
        ),
        (
            "It was found in the Zagros Mountains.",
            "It was found in the Zagros Mountains of Iran.",
            [("name-missing", "Iran")],
        ),
        (
            "African Americans living there outnumber them.",
            "African Americans living in the US outnumber them.",
            [("name-missing", "US")],
        ),
        ("Supporters note it happily.", "Walmart supporters note it happily.", [("name-missing", "Walmart")]),
        ("It runs here as well.", "It runs for Windows as well.", [("name-missing", "Windows")]),
        (
            "We met at Baker Street Station.",
            "We met at Oxford Street Station.",
            [("name-wrong", "Baker Street Station")],
        ),
        ("The U.S. Geological Survey (USGS) said it.", "The United States Geological Survey (USGS) said it.", []),
        ("The novel coronavirus kills.", "The COVID-19 kills.", []),
    ],
)
def test_names_without_a_list(candidate: str, reference: str, expected: list[tuple[str, str]]) -> None:
    assert spans("names", candidate, reference) == expected


def test_a_report_may_leave_names_out_and_a_second_reference_may_too() -> None:
    texts = ("We met near the bridge.", "We met Ivan Petrosyan near the bridge.")
    assert spans("names", *texts, kind="report") == []
    assert spans("names", *texts, "By the bridge we met.") == []


@pytest.mark.parametrize(
    ("candidate", "reference", "name"),
    [
        ("We met him near the bridge.", "We met Petrosyan near the bridge.", "Petrosyan"),
        ("It was built by the firm.", "It was built by IBM.", "IBM"),
        ("They trade at home.", "They trade in China.", "China"),
    ],
)
def test_what_may_be_said_otherwise_is_a_hint_only(candidate: str, reference: str, name: str) -> None:
    (hint,) = found("names", candidate, reference)
    assert (hint.rule, hint.text, hint.severity) == ("name-missing", name, "neutral")


@pytest.mark.parametrize(
    ("candidate", "reference", "names"),
    [
        ("He died of Fukushima then.", "He died of the illness then.", ["Fukushima"]),
        ("He died of Fukushima then.", "He died of it then, they said.", []),  # a pronoun may stand for it
        ("The telescope (Hubble) works.", "The telescope works.", []),
        ("They came back to Shanghai then.", "They came back then.", ["Shanghai"]),  # a verb of English as well
        ("See Appendix and Info.", "See the last page and the box.", []),
    ],
)
def test_a_name_that_nothing_answers_is_a_hint(candidate: str, reference: str, names: list[str]) -> None:
    hints = found("names", candidate, reference)
    assert [(h.rule, h.text, h.severity) for h in hints] == [("name-wrong", name, "neutral") for name in names]


def test_names_of_pairs_that_say_different_things_are_no_matter_of_names() -> None:
    texts = (
        "Agents armed with riot gear entered the courtyard and shot inmates in Kandahar.",
        "Requests should be coursed through a travel agency first, wrote Ivan Petrosyan.",
    )
    assert found("names", *texts) == []


def test_another_name_for_each_of_two() -> None:
    texts = ("Near Lyon the envoy briefly met Boris Karlof.", "Near Turin the envoy briefly met Anna Petrosyan.")
    assert [(f.text, *f.expected) for f in found("names", *texts)] == [
        ("Lyon", "Turin"), ("Boris Karlof", "Anna Petrosyan")
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["en-GB", "en_US", "EN", "eng"])
def test_a_tag_with_a_country_is_judged_as_its_language(tag: str) -> None:
    """What the dictionary of English says of a word is true of its countries too."""
    exchanged = ("We met Karlof near the bridge.", "We met Petrosyan near the bridge.")
    opening = ("Gdansk is a town of note.", "It is a town of note.")
    for texts in (exchanged, opening):
        plain, tagged = ([(f.rule, f.text, f.severity) for f in found("names", *texts, lang=x)] for x in ("en", tag))
        assert plain
        assert tagged == plain


def test_letters_of_a_word_stand_for_it_where_another_name_is_new() -> None:
    candidate = (
        "Zhao Chunshan pointed out that the two sides of the Taiwan Strait are in danger of war, and the Chinese "
        "mainland hopes to be able to convey the intention of improving relations through the KMT."
    )
    reference = (
        "Zhao Chunshan pointed out that the two sides of the strait are fighting fiercely, and mainland China hopes to "
        "convey its intention to improve relations through the Kuomintang."
    )
    assert spans("names", candidate, reference) == []
