"""Which line of its document renders the reference of another line, and not its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from evalkit.language.overlap import likeness
from evalkit.records import Unit
from evalkit.records.packed import MANY
from evalkit.run.trust_sets import features
from evalkit.text.shared import forgettable
from evalkit.text.words import count_words

FEWEST = 5  # words: shorter lines are often said again
_BRIEF = 8  # words: a shorter line may render a sentence with none of its words
# Likeness of runs of characters: unrelated sentences of one language reach 0.25, renderings of one sentence seldom less
# than 0.35.
_UNRELATED = 0.25
_CLEARLY = 0.15  # by how much the line must be more like the other segment's reference
# Long sentences of one subject reach 0.35 and more; they are unrelated beside one that is twice as like and surely
# rendered: no line of the test sets that is where it belongs is told by it.
_RENDERED = 0.45
_TIMES = 2.0
_SPREAD = 5  # references: a word that more of them hold tells no two of them apart
_LEAST = 1.5  # rare words in common from which a line is compared with a reference at all
_LEAST_UNLIKE = 4.0  # the same where the reference is not surely rendered


def candidate_line(unit: Unit) -> str:
    """The candidate's text of a unit, empty where it has none."""
    return unit.candidate.text if unit.candidate else ""


def is_brief(text: str) -> bool:
    """True for a line of fewer than eight words: nothing can be said of it where it is not all but another line's."""
    return count_words(text) < _BRIEF


def is_elsewhere(own: float, other: float, *, brief: bool) -> bool:
    """True where a line that is so like its own reference, and so like another, renders the other."""
    unlike = own <= _UNRELATED and other - own >= _CLEARLY
    return unlike or (other >= _RENDERED and other >= _TIMES * own and not brief)


def displaced(units: Sequence[Unit]) -> dict[str, Unit]:
    """The unit whose reference a line of the same document renders, by the id of the unit that the line stands in.

    What a line renders is looked for by words that few references have; a reference that stands under several units
    counts once.
    """
    places: dict[tuple[str, ...], Unit] = {}
    for unit in units:
        places.setdefault(_references(unit), unit)
    numbers = {texts: number for number, texts in enumerate(places)}
    listed = list(numbers)
    telling = (_telling if len(listed) <= MANY else _find_telling)(tuple(listed))
    found: dict[str, Unit] = {}
    for unit in units:
        shared = _shared(unit, telling)
        own = shared.pop(numbers[_references(unit)], 0.0)
        rare = max(shared.values(), default=0.0)
        if rare < max(_LEAST, _TIMES * own) or count_words(candidate_line(unit)) < FEWEST:
            continue
        texts = max(listed[number] for number, share in shared.items() if share == rare)
        line = candidate_line(unit)
        brief = any(map(is_brief, (line, *texts)))
        if brief and rare < _LEAST_UNLIKE:
            continue
        mine = max(likeness(line, text) for text in _references(unit))
        if not is_elsewhere(mine, 1.0, brief=brief):  # however like it is: the other need not be asked
            continue
        other = max(likeness(line, text) for text in texts)
        if (rare >= _LEAST_UNLIKE or other >= _RENDERED) and is_elsewhere(mine, other, brief=brief):
            found[unit.id] = places[texts]
    return found


def _references(unit: Unit) -> tuple[str, ...]:
    return tuple(passage.text for passage in unit.references)


def _find_telling(listed: tuple[tuple[str, ...], ...]) -> dict[str, list[int]]:
    """The references, by number, that have a feature which few have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, texts in enumerate(listed):
        for feature in features(texts):
            holders[feature].append(number)
    return {feature: holding for feature, holding in holders.items() if len(holding) <= _SPREAD}


_telling = forgettable(_find_telling, 1)  # of systems one after another, which have the same references


def _shared(unit: Unit, telling: Mapping[str, Sequence[int]]) -> dict[int, float]:
    """How many of the line's rare words each of the references has."""
    shared: dict[int, float] = defaultdict(float)
    for feature in features([candidate_line(unit)]):
        holding = telling.get(feature, ())
        for number in holding:
            shared[number] += 1 / len(holding)
    return shared
