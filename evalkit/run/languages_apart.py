"""Whether a candidate is in the reference's language at all: by script, and within one script by its small words.

A source text given as candidate shares names and figures with the reference, and a short one little else that could
tell. Two renderings in one language share most of their small words: articles, prepositions, verbs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evalkit.records import Segment
from evalkit.text.words import script, words

_FROM = 20  # small words on each side: fewer tell nothing
# Of the small words of the side that has more of them in common: two renderings share 33 % and more even in three
# segments, other languages 6 % (English and German), related ones 15 to 30; half a text of a language with rich endings
# shares 15 % with its other half. benchmarks/_alignment_trust.py measures the bound.
_SHARED = 0.2
_WORDS = 3  # a script is not told by fewer
_MOST = 200  # characters of a segment that are looked at
# Japanese writes with all three, Chinese with one, Korean with two.
_ONE_SCRIPT = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK"}
_KANA = 0.05  # of the letters of a Japanese text at least; a Chinese one has hardly any
_NAMES = {"CJK": "Han"}


def apart(candidate: Sequence[Segment], reference: Sequence[Segment]) -> str:
    """In words how the two languages differ; '' where they may be one."""
    mine, theirs = _scripts(candidate), _scripts(reference)
    if min(mine.total(), theirs.total()) < _WORDS:
        return ""
    ours, other = (max(sorted(counts), key=counts.__getitem__) for counts in (mine, theirs))
    if ours != other:
        return f"the candidate is in {_name(ours)} script, the reference in {_name(other)}"
    if ours == "CJK":
        return _one_has_kana(candidate, reference)
    shared = _shared(candidate, reference)
    if shared is None or shared >= _SHARED:
        return ""
    return (
        f"the candidate is probably in another language than the reference: only {shared:.0%} of its small words are "
        "in it"
    )


def _name(of_script: str) -> str:
    return _NAMES.get(of_script, of_script.title())


def _scripts(segments: Iterable[Segment]) -> Counter[str]:
    """How many words are of each script, by their first letter; a character without spaces around it is a word."""
    counts: Counter[str] = Counter()
    for segment in segments:
        for word in words(segment.text[:_MOST]):
            name = script(word.text[0])
            counts[_ONE_SCRIPT.get(name, name)] += bool(name)
    del counts[""]
    return counts


def _one_has_kana(candidate: Sequence[Segment], reference: Sequence[Segment]) -> str:
    """Says which side is Japanese where the other is Chinese."""
    shares = []
    for side in (candidate, reference):
        counts = Counter(script(char) for segment in side for char in segment.text[:_MOST])
        kana = sum(counts[name] for name in _ONE_SCRIPT)
        shares.append(kana / max(kana + counts["CJK"], 1))
    mine, theirs = (share >= _KANA for share in shares)
    if mine == theirs or min(shares) > _KANA / 5:
        return ""
    return (
        f"the candidate is written {'with' if mine else 'without'} kana, the reference {'without' if mine else 'with'}"
    )


def _shared(candidate: Sequence[Segment], reference: Sequence[Segment]) -> float | None:
    """The share of a side's small words that the other side has too, of the side that has more; None: too few."""
    mine, theirs = _small(candidate), _small(reference)
    if min(len(mine), len(theirs)) < _FROM:
        return None
    return max(_found(mine, set(theirs)), _found(theirs, set(mine)))


def _found(mine: Sequence[str], theirs: set[str]) -> float:
    return sum(word in theirs for word in mine) / len(mine)


def _small(segments: Iterable[Segment]) -> list[str]:
    """The words that start with no capital, and of scripts without capitals all."""
    return [
        word.text.lower()
        for segment in segments
        for word in words(segment.text)
        if word.text[0].isalpha() and (word.text[0].islower() or not word.text[0].isupper())
    ]
