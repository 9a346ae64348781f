"""A names list ready for use: exact spellings looked up in texts, parts of names for comparing."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.language.names import derived, same_letters
from evalkit.language.termmatch import Form, FormMatcher, Match, tokens
from evalkit.model import Name
from evalkit.text import fold

GOOD, VARIANT, WRONG = "good", "variant", "wrong"
_SHORTEST = 3


class NameBook:
    """The names with a matcher for every listed spelling; entries are numbers of `names`."""

    def __init__(self, names: Sequence[Name], lang: str) -> None:
        self.names = tuple(names)
        self._matcher = FormMatcher(_forms(self.names), lang, inflect=False)
        self._parts: dict[str, int] = {}
        self._known: set[str] = set()
        for number, name in enumerate(self.names):
            for form in (name.name, *name.accept):
                words = [t.text for t in tokens(form)]
                self._known.update(fold(word) for word in words)
                # Words of an organisation's name are ordinary ones: only a single word stands for it.
                if name.kind == "person" or len(words) == 1:
                    for word in words:
                        if len(word) >= _SHORTEST and not word.isupper():
                            self._parts.setdefault(word, number)

    def find(self, text: str) -> list[Match]:
        """Listed spellings in the text, in any case, longest first where they compete."""
        return self._matcher.find(text)

    def knows(self, word: str) -> bool:
        """True for a word of an accepted spelling."""
        return fold(word) in self._known

    def parts(self, kinds: Sequence[str]) -> list[str]:
        """The single words that stand for names of these kinds, to compare other words with."""
        return sorted(part for part, number in self._parts.items() if self.names[number].kind in kinds)

    def entry(self, part: str) -> Name:
        """The first name a word of `parts` belongs to."""
        return self.names[self._parts[part]]

    def expected(self, part: str) -> tuple[str, ...]:
        """The project's form of the part, then of the whole name."""
        name = self.entry(part)
        official = [t.text for t in tokens(name.name)]
        own = next((w for w in official if same_letters(w, part)), None)
        # An accepted part such as Zhaparov answers to the official one that it varies.
        first = own or max(official, key=lambda w: (_alike(w, part), w))
        return tuple(dict.fromkeys((first, name.name)))


def _alike(word: str, part: str) -> float:
    from evalkit.language.similarity import word_similarity

    return 1.0 if derived(word, part) else word_similarity(word, part)


def _forms(names: Sequence[Name]) -> list[Form]:
    found: dict[str, Form] = {}
    for number, name in enumerate(names):
        listed = ((GOOD, (name.name, *name.accept)), (VARIANT, name.variants), (WRONG, name.reject))
        for status, forms in listed:
            for form in forms:
                found.setdefault(form, Form(form, number, status))
    # A word of a person's name stands for the person, unless the list says something of it already.
    listed_words = {fold(form) for form in found}
    for number, name in enumerate(names):
        if name.kind == "person":
            for form in (name.name, *name.accept):
                for token in tokens(form):
                    if len(token.text) > _SHORTEST and fold(token.text) not in listed_words:
                        found.setdefault(token.text, Form(token.text, number, GOOD))
    return list(found.values())
