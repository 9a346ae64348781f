"""Names of several words against their reference: one short word of theirs, or those after a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.detectors.names.spots import Spot, joined
from evalkit.language.forms import Token, tokens
from evalkit.language.name_cues import Vocabulary, has_title, runs
from evalkit.language.name_forms import are_forms, one_letter_apart
from evalkit.language.name_likeness import word_similarity
from evalkit.language.numbers.roman import is_roman
from evalkit.language.romanise import letters
from evalkit.records import Passage
from evalkit.text.arithmetic import running_sum

_SHORT = 4  # letters: shorter words are left alone where they stand by themselves
_LONGEST = 4  # words of a name


def one_word_wrong(
    candidate: Passage, passage: Passage, theirs: str, lang: str, vocabulary: Vocabulary
) -> Iterator[tuple[Spot, Spot, float]]:
    """Short words of names that `names_of` leaves alone: of two names of as many words all are the same but one, and
    that begins alike: Kim Yo-jong, Kim Yong-jong."""
    yours = [(segment, run) for segment in passage.segments for run in runs(segment.text) if len(run) > 1]
    for segment in candidate.segments if yours else ():
        for run in runs(segment.text):
            if len(run) < 2 or len(run) > _LONGEST:
                continue
            for other, theirs_run in yours:
                found = _other_word(run, theirs_run)
                if found is None or _stands(run, theirs) or _stands(theirs_run, candidate.text):
                    continue
                word, meant = found
                if vocabulary.has(word.text) or are_forms(word.text, meant.text, lang) or is_roman(word.text):
                    continue
                mine = Spot(segment, word.start, word.end, word.text)
                yield mine, Spot(other, meant.start, meant.end, meant.text), word_similarity(word.text, meant.text)


def _stands(run: Sequence[Token], text: str) -> bool:
    """True where a text has the words of a name, in one word or several."""
    return "".join(letters(t.text) for t in run) in joined([letters(t.text) for t in tokens(text)])


def _other_word(run: Sequence[Token], theirs: Sequence[Token]) -> tuple[Token, Token] | None:
    """The one word in which two names differ, with what it stands for; None where they differ in more, or by no word
    of two to three letters."""
    if len(run) != len(theirs):
        return None
    differing = [(a, b) for a, b in zip(run, theirs, strict=True) if letters(a.text) != letters(b.text)]
    if len(differing) != 1:
        return None
    a, b = (letters(token.text) for token in differing[0])
    short, long = sorted((a, b), key=len)
    alike = len(short) > 1 and (long.startswith(short) or one_letter_apart(a, b, fewest=3))
    return differing[0] if alike and len(short) < _SHORT and len(long) - len(short) <= len(short) else None


def titled(
    candidate: Passage, passage: Passage, theirs: str, vocabulary: Vocabulary
) -> Iterator[tuple[Spot, Spot, float]]:
    """Full names after a title, as many words on both sides, some of them alike: "Prime Minister Pham
    Minh Trung" for "Prime Minister Phan Minh Chinh". Only where each side has one such name."""
    mine = [r for r in _titled_runs(candidate) if not all(vocabulary.in_reference(w) for w in r.text.split())]
    yours = _titled_runs(passage)
    if len({spot.text for spot in mine}) != 1 or len({spot.text for spot in yours}) != 1:
        return
    left, right = ([t.text for t in tokens(spot.text)] for spot in (mine[0], yours[0]))
    if len(left) != len(right) or letters(mine[0].text) in letters(theirs):
        return
    if any(vocabulary.has(word) for word in (*left, *right)):
        return
    scores = [word_similarity(a, b) for a, b in zip(left, right, strict=True)]
    if sum(score >= 0.8 for score in scores) * 2 >= len(scores) and min(scores) < 1.0:
        for spot in mine:
            yield spot, yours[0], running_sum(scores) / len(scores)


def _titled_runs(passage: Passage) -> list[Spot]:
    found = []
    for segment in passage.segments:
        for run in runs(segment.text):
            if 2 <= len(run) <= _LONGEST and has_title(segment.text, run[0]):
                start, end = run[0].start, run[-1].end
                found.append(Spot(segment, start, end, segment.text[start:end]))
    return found
