"""How probable it is that a candidate segment and a reference segment belong together.

A first regression judges each pair by itself (features.py), later rounds see what the last one said
about the other pairs (features_order.py), a small network has the last word (model.py), after a second look
at what the links found so far make of each pair (features_second_pass.py). The weights stand in weights_*.json
and were fitted by benchmarks/_alignment_fit.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evalkit.aligners.document.embeddings import Meanings
from evalkit.aligners.document.features import Pairs
from evalkit.aligners.document.features_order import context, in_order
from evalkit.aligners.document.features_second_pass import hindsight
from evalkit.aligners.document.model import Column, in_chunks, judged, log_odds, logistic
from evalkit.aligners.document.vectors import Array
from evalkit.aligners.document.weights import weights
from evalkit.records import Segment

ROUNDS = 3  # the fit was made with three rounds (weights.json)
_OTHER_KIND = 5.0  # so many times less likely


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
    fitted = weights(semantic=meanings is not None)
    pairs = Pairs(candidate, reference, sure, meanings)
    if not len(pairs.keys):  # of long texts pairs without a word in common have no chance; here none has
        return Edges(pairs.width, pairs.keys, pairs.rows, pairs.columns, pairs.cosine, pairs.cosine)
    evidence, beside = pairs.columns_of_evidence(), list[Column]()
    pairs.drop_vectors()
    probability = _apart(pairs, in_chunks(lambda rows: logistic(rows, fitted.own), evidence))
    order = in_order(pairs, probability)
    for _ in range(ROUNDS):
        beside.clear()  # what the round before saw, which would stand in memory beside this
        beside += context(pairs, probability, order)
        probability = _apart(pairs, in_chunks(lambda rows: logistic(rows, fitted.context), evidence, beside))
    last = [*hindsight(pairs, probability), log_odds(probability)]
    probability = _apart(pairs, in_chunks(lambda rows: judged(rows, fitted.network), evidence, beside, last))
    return Edges(pairs.width, pairs.keys, pairs.rows, pairs.columns, pairs.cosine, probability)


def _apart(pairs: Pairs, probability: Array) -> Array:
    """The probabilities with pairs of a heading and a sentence put back; no data to fit that on."""
    import numpy as np

    return np.where(pairs.kinds, probability / (probability + (1 - probability) * _OTHER_KIND), probability)
