"""What may stand twice by grammar, by custom, or because the other side says it twice."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.records import Passage, Segment
from tests.detectors.units import REGISTRY, aligned, spans


@pytest.mark.parametrize(
    ("lang", "candidate", "marked"),
    [
        ("de", "Das ist die Frau, die die Liste hat.", []),
        ("fr", "Vous vous trompez.", []),
        ("pl", "Nawet na nie nie spojrzał.", []),
        ("fr", "Il est dans dans la maison.", ["dans dans"]),
        ("de", "Er ging nach nach Hause.", ["nach nach"]),
        ("de", "Prüfen Sie Ihre Ihre Verbindung.", ["Ihre Ihre"]),
        ("de", "Wir fliegen nach Bora Bora.", []),
        ("de", "Beim ultraleichten Kochen kochen wir nicht.", []),
        ("de", "Er kam. Nach nach Hause ging er.", ["Nach nach"]),
        ("fr", "On va à Paris paris demain.", ["Paris paris"]),
        ("tr", "Yavaş yavaş gitti.", []),
        ("id", "Anak anak bermain.", []),
    ],
)
def test_by_grammar(lang: str, candidate: str, marked: list[str]) -> None:
    assert [text for _, text in spans("repetition", candidate, lang=lang)] == marked


def test_none_where_the_reference_or_the_source_repeats() -> None:
    said, other = "They ran and ran ran home home.", "We went far far away, far far away."
    assert spans("repetition", said, "They ran home.")
    assert spans("repetition", said, other) == []
    (unit,), context = aligned([(said, ["They ran home."])])
    source = Passage((Segment("s", "d", 0, 20, "他们跑回家跑回家。"),), "他们跑回家跑回家。", "source")
    sourced = replace(unit, source=source)
    assert list(REGISTRY.make("detector", "repetition").find([sourced], replace(context, source_lang="zh"))) == []


def test_a_sentence_again_is_a_repetition_only_near() -> None:
    line, other = "Thank you very much for all your help.", "Many thanks, that was kind of you."
    filler = [(f"Sentence number {i} of this text is another.",) * 2 for i in range(6)]

    def found(*pairs: tuple[str, str]) -> int:
        units, context = aligned([(mine, [yours]) for mine, yours in pairs])
        return len(list(REGISTRY.make("detector", "repetition").find(units, context)))

    assert found((line, line), (line, other)) == 1
    assert found((line, line), *filler, (line, other)) == 0
