"""Which language a text is in, where it shows surely: by its script, else by the small words it is full of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from evalkit.language.function_words import ENGLISH
from evalkit.language.packs import values_of, words_of
from evalkit.language.scripts import script_of
from evalkit.text.words import each_word

_READ, _DOCUMENTS = 20_000, 200  # characters of a document, documents of a side: more change nothing
_LETTERS = 500  # the same of letters whose script is looked at
_ENOUGH = 40  # letters under which a script says nothing: a line of text
_NEARLY_ALL = 0.8  # of them are of one script: a text of another has names and terms in Latin letters
_WORDS = 400  # small words that are looked at
_FROM = 25  # and under which they say nothing: three sentences
_SHARE = (
    0.12  # of them stand in the list of the language: Turkish and Lithuanian have the fewest (benchmarks/recognise.py)
)
_NEAR = 0.5  # a language with so many of them is told apart by the words that only one of the two has:
_OWN, _TIMES = 4, 3  # so many at least, and so many times those of the other: Danish and Norwegian have ten times
_DIFFERENT = 8  # of the language's small words, at least: Maori and Tahitian repeat four that Slavic languages have too
_KANA = 0.05  # of the letters of a Japanese text at least; a Chinese one has hardly any
_EAST = frozenset({"Hani", "Hira", "Kana"})


def recognised(texts: Iterable[str]) -> str:
    """The language of a side's texts as a code; "" where it is not sure."""
    read = [text[:_READ] for text in islice(texts, _DOCUMENTS)]
    letters = islice((char for text in read for char in text if char.isalpha()), _LETTERS)
    scripts = Counter(script_of(letter) for letter in letters)
    total = scripts.total()
    if total < _ENOUGH:
        return ""
    if sum(scripts[script] for script in _EAST) >= _NEARLY_ALL * total:
        return "ja" if scripts["Hira"] + scripts["Kana"] >= _KANA * total else "zh"
    top, most = scripts.most_common(1)[0]
    if most < _NEARLY_ALL * total:
        return ""
    if top in ("Latn", "Cyrl"):
        return _by_words(read)
    return str(values_of("small_words", "of_one_script").get(top, ""))


def _by_words(texts: Sequence[str]) -> str:
    small = list(islice((word for text in texts for word in each_word(text) if word.islower()), _WORDS))
    if len(small) < _FROM:
        return ""
    lists = _lists()
    counts = {lang: sum(word in listed for word in small) for lang, listed in lists.items()}
    best = min(counts, key=lambda lang: (-counts[lang], lang))
    if counts[best] < _SHARE * len(small) or len(lists[best].intersection(small)) < _DIFFERENT:
        return ""
    if best in words_of("small_words", "several_in_one"):
        return ""
    near = (lang for lang in counts if lang != best and counts[lang] >= _NEAR * counts[best])
    return best if all(_is_rather(small, lists[best], lists[lang]) for lang in near) else ""


def _is_rather(small: Sequence[str], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether of the words that only one of two related languages has nearly all are the one's."""
    ours, other = sum(word in mine - theirs for word in small), sum(word in theirs - mine for word in small)
    return ours >= max(_OWN, _TIMES * other)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    lists = {lang: frozenset(words.split()) for lang, words in values_of("small_words", "small_words").items()}
    return {"en": ENGLISH, **lists}
