"""How probable it is that a candidate segment and a reference segment belong together.

A first regression judges each pair by itself (features.py), later rounds see what the last one said
about the other pairs (features_order.py), a small network has the last word (model.py), after a second look
at what the links found so far make of each pair (features_second_pass.py). The weights stand in weights_*.json
and were fitted by benchmarks/_alignment_fit.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from evalkit.aligners.document.embeddings import Meanings
from evalkit.aligners.document.features import Pairs
from evalkit.aligners.document.features_order import context, in_order
from evalkit.aligners.document.features_second_pass import hindsight
from evalkit.aligners.document.model import Column, in_chunks, judged, log_odds, logistic
from evalkit.aligners.document.vectors import Array
from evalkit.aligners.document.weights import Evidence, weights
from evalkit.records import Segment

ROUNDS = 3  # the fit was made with three rounds (weights.json)
_OTHER_KIND = 5.0  # so many times less likely
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_ENOUGH = 0.3  # of the characters of each side: others are figures and names, and few translations hold so many
_JAPANESE = 0.1  # so many kana a Chinese character; a Japanese text has one and more, a Chinese one quotes a word


class Edges(NamedTuple):
    """Pairs (rows, columns) in ascending order of `keys`, each with its cosine and probability."""

    width: int
    keys: Array
    rows: Array
    columns: Array
    cosine: Array
    probability: Array


def edges(
    candidate: Sequence[Segment],
    reference: Sequence[Segment],
    sure: Sequence[tuple[int, int]],
    meanings: Meanings | None = None,
) -> Edges:
    """All pairs with a chance, with their probabilities; the pairs of `sure` are always among them."""
    evidence: Evidence = "semantic" if meanings else "chinese" if are_chinese(candidate, reference) else "words"
    fitted = weights(evidence)
    pairs = Pairs(candidate, reference, sure, meanings)
    if not len(pairs.keys):  # of long texts pairs without a word in common have no chance; here none has
        return Edges(pairs.width, pairs.keys, pairs.rows, pairs.columns, pairs.cosine, pairs.cosine)
    own, beside = pairs.columns_of_evidence(), list[Column]()
    pairs.drop_vectors()
    probability = _apart(pairs, in_chunks(lambda rows: logistic(rows, fitted.own), own))
    order = in_order(pairs, probability)
    for _ in range(ROUNDS):
        beside.clear()  # what the round before saw, which would stand in memory beside this
        beside += context(pairs, probability, order)
        probability = _apart(pairs, in_chunks(lambda rows: logistic(rows, fitted.context), own, beside))
    last = [*hindsight(pairs, probability), log_odds(probability)]
    probability = _apart(pairs, in_chunks(lambda rows: judged(rows, fitted.network), own, beside, last))
    return Edges(pairs.width, pairs.keys, pairs.rows, pairs.columns, pairs.cosine, probability)


def are_chinese(candidate: Sequence[Segment], reference: Sequence[Segment]) -> bool:
    """Whether both sides are written in Chinese characters without kana, for which other weights were fitted."""
    for side in (candidate, reference):
        han, kana = (sum(len(script.findall(s.text)) for s in side) for script in (_HAN, _KANA))
        if not han or han < _ENOUGH * sum(len(s.text) for s in side) or kana > _JAPANESE * han:
            return False
    return True


def _apart(pairs: Pairs, probability: Array) -> Array:
    """The probabilities with pairs of a heading and a sentence put back; no data to fit that on."""
    import numpy as np

    return np.where(pairs.kinds, probability / (probability + (1 - probability) * _OTHER_KIND), probability)
