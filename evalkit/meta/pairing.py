"""What a metric and people have both scored: common systems, common segments, and their scores as arrays."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evalkit.errors import InputError
from evalkit.meta.scores import Key, Scores

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

# What the WMT layout calls a reference that is scored like a system. `synthetic_ref` was made out of systems for
# WMT23; the field's tool counts it among the references too.
_REFERENCE = re.compile(r"ref[A-Z]|synthetic_ref")
# Systems at once: every pair of them is looked at in every trial, and more than so many fill memory or take hours.
_MOST = 2000


class Paired(NamedTuple):
    """Scores of both sides: `human` and `metric` have a row a system and a column a segment, NaN where not scored;
    `*_systems` a value a system. Systems are in the order of their names, segments in that of the human file."""

    systems: tuple[str, ...]
    keys: tuple[Key, ...]
    human: Array
    metric: Array
    human_systems: Array
    metric_systems: Array

    @property
    def both(self) -> npt.NDArray[np.bool_]:
        """Where both sides have a score."""
        import numpy as np

        return ~(np.isnan(self.human) | np.isnan(self.metric))


def common_systems(human: Scores, metrics: Sequence[Scores], *, references: bool) -> tuple[str, ...]:
    """The systems that all of them have scored, without the references among them unless they are wanted."""
    common = human.names.intersection(*(metric.names for metric in metrics))
    return tuple(sorted(name for name in common if references or not _REFERENCE.fullmatch(name)))


def systems_of(human: Scores, metrics: Sequence[Scores], *, references: bool) -> tuple[str, ...]:
    """The common systems; raises InputError where there are fewer than two."""
    names = common_systems(human, metrics, references=references)
    if len(names) < 2:
        other = ", ".join(metric.name for metric in metrics)
        have = "; ".join(
            f"{side.name} has {', '.join(sorted(side.names)[:4])}{' ...' if len(side.names) > 4 else ''}"
            for side in (human, *metrics)
        )
        raise InputError(
            f"{human.name} and {other} have fewer than two systems in common: {have}; call them alike on both sides "
            "(`evalkit score` takes --names-of-systems)"
        )
    if len(names) > _MOST:
        raise InputError(
            f"{human.name} has {len(names):,} systems in common with {', '.join(metric.name for metric in metrics)}, "
            f"{_pairs(len(names)):,} pairs; give at most {_MOST:,} systems ({_pairs(_MOST):,} pairs)"
        )
    return names


def _pairs(systems: int) -> int:
    return systems * (systems - 1) // 2


def left_out(human: Scores, metrics: Sequence[Scores]) -> list[str]:
    """References scored like systems that stay out."""
    names = human.names & set().union(*(metric.names for metric in metrics))
    return sorted(name for name in names if _REFERENCE.fullmatch(name))


def unscored(human: Scores, metrics: Sequence[Scores]) -> list[str]:
    """Systems and references that people have rated and no metric has scored."""
    return sorted(human.names - set().union(*(metric.names for metric in metrics)))


def pair(
    human: Scores, metric: Scores, systems: Sequence[str], keys: Collection[Key] | None = None, domain: str = ""
) -> Paired:
    """The scores of some systems. With `keys` on those segments alone, and systems have the score given for the
    domain, else the mean of these; those without any are not in it.

    Raises InputError where the segments of the two cannot be the same."""
    import numpy as np

    named = renamed(human, metric)
    order = [key for key in human.order if keys is None or key in keys]
    wanted = None if keys is None else order
    wholes = [(n, human.of_system(n, wanted, domain), named.of_system(n, wanted, domain)) for n in systems]
    scored = [(name, one, other) for name, one, other in wholes if one is not None and other is not None]
    names = [name for name, _, _ in scored]
    return Paired(
        tuple(names),
        tuple(order),
        _array(human, names, order),
        _array(named, names, order),
        np.array([one for _, one, _ in scored]),
        np.array([other for _, _, other in scored]),
    )


def _array(scores: Scores, systems: Sequence[str], keys: Sequence[Key]) -> Array:
    import numpy as np

    missing = float("nan")
    rows = [[found.get(key, missing) for key in keys] for found in (scores.segments.get(name, {}) for name in systems)]
    return np.array(rows, dtype=np.float64).reshape(len(systems), len(keys))


def renamed(human: Scores, metric: Scores) -> Scores:
    """The metric, its segments called as the human side calls them.

    Files of lines are numbered from 1; a table whose segments are numbered from 0 is known by its segment 0. Where one
    side names no documents, the segments alone must say which is which.
    """
    if not human.order or not metric.order:
        return metric
    if human.lines and metric.lines and human.lines != metric.lines:
        raise InputError(
            f"{metric.name} has {metric.lines} segments a system and {human.name} {human.lines}: they are not of the "
            "same test set; a line is needed for each segment, `None` where there is no score"
        )
    calls = dict(zip(_plain(metric, human), metric.order, strict=True))
    names = {calls[plain]: key for plain, key in zip(_plain(human, metric), human.order, strict=True) if plain in calls}
    if not names:
        raise InputError(
            f"{human.name} and {metric.name} have no segment in common: {human.name} has {_first(human)}, "
            f"{metric.name} {_first(metric)}; give both the same names, or the numbers of the lines from 1"
        )
    segments = {
        system: {names[key]: value for key, value in found.items() if key in names}
        for system, found in metric.segments.items()
    }
    if metric.systems:
        return metric._replace(segments=segments)
    # The mean of all its segments, not only of those that people have seen.
    whole = {name: value for name in metric.names if (value := metric.of_system(name)) is not None}
    return metric._replace(segments=segments, systems=whole)


def _plain(side: Scores, other: Scores) -> list[Key]:
    """The segments of a side as both sides may call them."""
    keys = list(side.order)
    documents = {bool(document) for scores in (side, other) for document, _ in scores.order}
    if len(documents) > 1:
        keys = [("", segment) for _, segment in keys]
        if len(set(keys)) < len(keys):
            named, bare = (side, other) if side.order[0][0] else (other, side)
            raise InputError(
                f"{named.name} numbers its segments anew in each document, and {bare.name} names no documents; number "
                "the segments through, or give both a column `doc`"
            )
    if other.lines and not side.lines and any(segment == "0" for _, segment in keys):
        return [(document, str(int(s) + 1) if s.isdecimal() else s) for document, s in keys]
    return keys


def _first(side: Scores) -> str:
    document, segment = side.order[0]
    return f"{segment!r} of document {document!r}" if document else repr(segment)
