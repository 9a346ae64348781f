"""What may stand twice in a text since source or reference have it so: a term with its gloss, a word said again."""

from __future__ import annotations

import re

from evalkit.language.packs import words_of
from evalkit.records import Unit
from evalkit.text.shared import shared
from evalkit.text.words import folded_words

_JOINING = words_of("en", "repetition.joining")
_IN_BRACKETS = re.compile(r"\S\s?[(（\[]")
_BRACKET = re.compile(r"[(（\[]")
_TWICE = re.compile(r"(.+), \1", re.IGNORECASE)
# A run of characters that comes again behind a comma, a longer one within a clause or two.
_CJK_AGAIN = re.compile(r"([\u3400-\u9fff]{3,})[，,、][^。！？]{1,5}\1|([\u3400-\u9fff]{5,8})[^。！？]{1,30}\2")
_RUN, _CLAUSES = 3, 24  # words that come again within so many: a statute says its terms in each clause
_AND_LOOP = 3  # words: X and X
_LONG_WORD, _NEAR_WORDS = 5, 7  # letters of words that are mostly no grammar; words of one phrase


def is_of_the_source(span: str, unit: Unit, references: list[str]) -> bool:
    """True for what stands again in brackets where source or reference have brackets too, a term with its gloss, which
    the language may call by one name (lipotransfer (lipotransfer)); and for `method and method` where the source
    says a word twice: de la méthode et le type de méthode."""
    others = [*references, unit.source.text if unit.source else ""]
    if len(_IN_BRACKETS.findall(span)) == 1 and any(_IN_BRACKETS.search(other) for other in others):
        return True
    if _TWICE.fullmatch(span) and any(map(_says_again, others)):
        return True  # he is serious, he is serious about China
    run = folded_words(span)
    twice = len(run) == _AND_LOOP and run[0] == run[2] and run[1] in _JOINING
    return twice and unit.source is not None and _says_twice(unit.source.text)


def is_original(span: str) -> bool:
    """True for a term that stands again in brackets with other capitals, as the original's own: virgin olive oil
    (Virgin Olive Oil)."""
    term, *again = _BRACKET.split(span)
    said = term.strip(' "”’」»')
    return len(again) == 1 and again[0] != said and again[0].lower() == said.lower()


@shared
def _says_again(text: str) -> bool:
    if _CJK_AGAIN.search(text):
        return True
    run = folded_words(text)
    last: dict[tuple[str, ...], int] = {}
    for at in range(len(run) - _RUN + 1):
        key = tuple(run[at : at + _RUN])
        if at - last.get(key, -_CLAUSES) < _CLAUSES and max(map(len, key)) >= _LONG_WORD:
            return True
        last[key] = at
    return False


@shared
def _says_twice(text: str) -> bool:
    """True where a long word stands twice within few words."""
    run = folded_words(text)
    return any(len(word) >= _LONG_WORD and word in run[at + 1 : at + _NEAR_WORDS] for at, word in enumerate(run))
