"""Rules that look words up in a vocabulary: off by default, and a clear error without the package."""

from __future__ import annotations

import builtins

import pytest

from evalkit.errors import ConfigError, MissingExtraError
from evalkit.language import word_frequencies as wordfrequencies
from evalkit.plugins import Registry
from evalkit.records import Name
from evalkit.records.config import parse
from evalkit.run.parts import make_detectors
from tests.detectors.units import REGISTRY, aligned, spans

pytestmark = pytest.mark.slow


def detectors(*named: str) -> list[str]:
    data = {"candidate": [{"path": "a"}], **({"detectors": list(named)} if named else {})}
    return [detector.name for detector in make_detectors(parse(data, "test"), Registry())]


def test_spelling_is_off_unless_named() -> None:
    assert "spelling" not in detectors()
    assert detectors("*", "spelling") == [*detectors(), "spelling"]
    assert detectors("spelling") == ["spelling"]
    assert detectors("*", "untranslated(vocabulary=yes)") == detectors()
    with pytest.raises(ConfigError, match="unknown detector"):
        detectors("speling")


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wordfrequencies._package.cache_clear()
    wordfrequencies.frequency.cache_clear()
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "wordfreq":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"mt-evalkit\[words\]"):
        spans("spelling", "The guests waited.")
    wordfrequencies._package.cache_clear()


class TestWithThePackage:
    @pytest.fixture(autouse=True)
    def package(self) -> None:
        pytest.importorskip("wordfreq", reason="NOT TESTED: the extra `words` is not installed")

    def test_a_misspelt_word_comes_with_suggestions(self) -> None:
        units, context = aligned([("The ambassaddor wayted in the hall.", [])])
        found = list(REGISTRY.make("detector", "spelling").find(units, context))
        assert [f.text for f in found] == ["ambassaddor", "wayted"]
        assert found[0].expected[:1] == ("ambassador",)

    @pytest.mark.parametrize(
        "text",
        ["Unrepaired bridges were rebuilt.", "President Tokayev met Zhaparov.", "He said xyzzyq, xyzzyq and xyzzyq."],
    )
    def test_words_made_of_known_ones_names_and_words_used_often_are_fine(self, text: str) -> None:
        assert spans("spelling", text) == []

    def test_references_and_lists_license(self) -> None:
        assert spans("spelling", "The qurultay met.", "A qurultay was held.") == []
        assert spans("spelling", "The qurultay met.", names=(Name("Qurultay", "organisation"),)) == []
        assert spans("spelling", "The qurultay met.") == [("spelling", "qurultay")]

    def test_foreign_words_by_vocabulary(self) -> None:
        units, context = aligned([("They met mutta in the hall kuitenkin.", ["They met in the hall to decide."])])
        texts = {
            spec: [f.text for f in REGISTRY.make("detector", spec).find(units, context)]
            for spec in ("untranslated", "untranslated(vocabulary=yes)")
        }
        assert texts == {"untranslated": [], "untranslated(vocabulary=yes)": ["mutta", "kuitenkin"]}

    def test_a_good_sentence_stays_silent(self) -> None:
        text = "We have not come here to talk, said the president, but to act on trade and health."
        units, context = aligned([(text, [text]), (text, ["Something else was said altogether."])])
        assert list(REGISTRY.make("detector", "untranslated(vocabulary=yes)").find(units, context)) == []


def test_a_german_noun_inside_a_sentence_is_foreign_unless_a_reference_has_it() -> None:
    text, reference = "They ate Fleisch for lunch.", "They ate meat for lunch."
    assert spans("untranslated(vocabulary=yes)", text, reference) == [("untranslated", "Fleisch")]
    assert spans("untranslated(vocabulary=yes)", text, text) == []
    assert spans("untranslated(vocabulary=yes)", "They ate in Wien today.") == []
    assert spans("untranslated", text, reference) == [("untranslated", "Fleisch")]
    assert spans("untranslated", text) == []
