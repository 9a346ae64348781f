"""The fitted weights: read from weights_words.json and weights_semantic.json, once, when a text is aligned.

The files also say by which command, on which data and when they were fitted, and how good the links are on
documents the fit has not seen. A weight is found by the name of its column, so no change of the order of columns
can pass unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from evalkit.aligners.document.features import MEANING_NAMES, OWN_NAMES
from evalkit.aligners.document.features_order import CONTEXT_NAMES
from evalkit.aligners.document.features_second_pass import HINDSIGHT_NAMES
from evalkit.aligners.document.model import Coefficients, Network, Unit

_T = TypeVar("_T")
ODDS_NAME = "log odds"  # what the regression with context says, the network's last column


class _Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mean: float
    scale: float
    weight: float


class _Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bias: float
    out: float
    weights: tuple[float, ...]


class _Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bias: float
    inputs: dict[str, _Input]
    units: tuple[_Unit, ...]


class _File(msgspec.Struct, frozen=True):
    """What the aligner needs of a file of weights; what else stands there is for readers."""

    own: dict[str, float]
    context: dict[str, float]
    network: _Network


@lru_cache(maxsize=2)
def weights(*, semantic: bool) -> Coefficients:
    """The weights for words alone, or for words and the embedding model."""
    name = f"weights_{'semantic' if semantic else 'words'}.json"
    found = msgspec.json.decode(files("evalkit.aligners.document").joinpath(name).read_bytes(), type=_File)
    own, context, network = column_names(semantic=semantic)
    inputs = _by_name(found.network.inputs, network, name)
    return Coefficients(
        _by_name(found.own, own, name),
        _by_name(found.context, context, name),
        Network(
            found.network.bias,
            tuple(column.mean for column in inputs),
            tuple(column.scale for column in inputs),
            tuple(column.weight for column in inputs),
            tuple(Unit(unit.bias, unit.out, unit.weights) for unit in found.network.units),
        ),
    )


def column_names(*, semantic: bool) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The columns of a pair's own evidence, of it with its context, and of what the network sees, in their order."""
    own = (*OWN_NAMES, *(MEANING_NAMES if semantic else ()))
    context = (*own, *CONTEXT_NAMES)
    return own, context, (*context, *HINDSIGHT_NAMES, ODDS_NAME)


def _by_name(found: Mapping[str, _T], names: Sequence[str], file: str) -> tuple[_T, ...]:
    if tuple(found) != tuple(names):
        raise RuntimeError(f"{file} was fitted for other columns; run benchmarks/_alignment_fit.py")
    return tuple(found[name] for name in names)
