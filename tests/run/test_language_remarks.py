"""What a candidate reads like is found once for a text, and the same where it is kept."""

from __future__ import annotations

import pytest

from evalkit.records import Document, DocumentSet
from evalkit.run import language_remarks
from evalkit.run.language_remarks import of_candidate

GERMAN = "Der alte Mann ging mit seinem kleinen Hund durch den dunklen Wald und sagte kein einziges Wort dabei. "


def side(text: str, lang: str) -> DocumentSet:
    return DocumentSet("system", "candidate", "d.txt", (Document("d", "d.txt", text, "", lang),), lang)


@pytest.mark.parametrize(("lang", "number"), [("en", 1), ("de", 0)])
def test_it_is_found_once_for_a_text(lang: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, asked = dict[str, bytes](), []
    keeps = type("Keeps", (), {"get": cache.get, "put": cache.__setitem__})
    whole = language_remarks._strange

    def watched(texts: list[str], lang: str) -> str:
        asked.append(lang)
        return whole(texts, lang)

    monkeypatch.setattr(language_remarks, "_strange", watched)
    fresh = list(of_candidate(side(GERMAN, lang)))
    assert len(fresh) == number
    assert [list(of_candidate(side(GERMAN, lang), keeps)) for _ in range(2)] == [fresh] * 2
    assert asked == [lang] * 2
    for key in cache:
        cache[key] = b"\xa2xx"  # no language that is looked for
    assert list(of_candidate(side(GERMAN, lang), keeps)) == fresh
    assert asked == [lang] * 3
