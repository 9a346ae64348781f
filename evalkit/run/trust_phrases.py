"""What set phrases do to the trust gate: two chats with customers have links too, and neither renders the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.kernel.words import stems
from evalkit.records import Segment

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
SHORT = 2  # segments: of one or two a common phrase is half
# Linked shares of the two sides up to which an accepted text is marked: set phrases of another chat link a third to
# 70 % of it; a right translation links 80 % and more, a right excerpt nearly all of itself. A long chat may hold all
# phrases of a short one, and hardly any right text has so little linked.
_PHRASES = 0.7
_PHRASES_HAN = 0.85  # where characters are counted another chat links up to 83 % (development half)
_PHRASES_REFERENCE = 0.8
_HARDLY = 0.4
# Chinese only: agreement x share of the candidate's characters and pairs of them that stand anywhere in the reference.
# Chats of the same phrases reach .18 to .29, right texts .19 and more but for one of 453 (development half, 4 systems).
_LEAST_KNOWN = 0.185
_KNOWN = 0.26  # under it a text is marked: 2 of 453 right ones


def in_han(candidate: Sequence[Segment]) -> bool:
    """True if most segments have Han or kana."""
    return _most(candidate, _HAN)


def known(candidate: Sequence[Segment], reference: Sequence[Segment], agreement: float) -> float:
    """The agreement, less by what of a Chinese candidate stands nowhere in the reference; 1 of any other text, of a
    short one, and of Japanese, whose right texts were not measured."""
    if min(len(candidate), len(reference)) <= SHORT or not in_han(candidate) or _most(candidate, _KANA):
        return 1.0
    theirs = {stem for segment in reference for stem in stems(segment.text)}
    mine = {stem for segment in candidate for stem in stems(segment.text)}
    held = sum(len(stem) for stem in mine & theirs)
    return agreement * held / max(1, sum(map(len, mine)))


def too_little_known(share: float) -> bool:
    """True where a Chinese text has the phrases of the reference and too much that stands nowhere in it."""
    return share < _LEAST_KNOWN


def reserve(linked: float, of_reference: float, share_known: float, *, short: bool, han: bool) -> str:
    """What a reader should know of an accepted text."""
    if short:
        return "; the text is short, so this is less certain"
    if linked <= (_PHRASES_HAN if han else _PHRASES) and of_reference <= _PHRASES_REFERENCE:
        return "; much of both sides has no partner: it may also be another text with the same phrases"
    if linked <= _HARDLY:
        return "; most of the candidate has no partner: it may also be another text with the same phrases"
    if share_known < _KNOWN:
        return "; much of it stands nowhere in the reference: it may also be another text with the same phrases"
    return ""


def _most(candidate: Sequence[Segment], letters: re.Pattern[str]) -> bool:
    return 2 * sum(letters.search(segment.text) is not None for segment in candidate) > len(candidate)
