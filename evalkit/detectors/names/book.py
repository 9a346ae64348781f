"""A names list ready for use: exact spellings looked up in texts, parts of names for comparing."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.language.forms import Form, FormMatcher, Match, tokens
from evalkit.language.name_cues import LIKELY
from evalkit.language.name_likeness import word_similarity
from evalkit.records import Name
from evalkit.text.words import fold

GOOD, VARIANT, WRONG = "good", "variant", "wrong"
_SHORTEST = 3  # letters: shorter words are particles (al, de, van)


class NameBook:
    """The names with a matcher for every listed spelling; entries are numbers of `names`.

    A person's main words are those accepted alone ("Putin"), or the last one where none is. The other
    words of the name count only beside one of the same name: "Vladmir Putin".
    """

    def __init__(self, names: Sequence[Name], lang: str) -> None:
        self.names = tuple(names)
        self._matcher = FormMatcher(_forms(self.names), lang, inflect=False)
        self._main: dict[str, int] = {}
        self._beside: dict[str, int] = {}
        self._entries: dict[str, set[int]] = {}
        for number, name in enumerate(self.names):
            forms = [[t.text for t in tokens(form)] for form in (name.name, *name.accept)]
            for word in (word for words in forms for word in words):
                self._entries.setdefault(fold(word), set()).add(number)
            alone = [words[0] for words in forms if len(words) == 1]
            # Words of an organisation's name are ordinary ones: only a single word stands for it.
            main = alone or (forms[0][-1:] if name.kind == "person" else [])
            for word in main:
                self._main.setdefault(word, number)
            if name.kind == "person":
                for word in (word for words in forms for word in words if word not in main):
                    self._beside.setdefault(word, number)

    def find(self, text: str) -> list[Match]:
        """Listed spellings in the text, in any case, longest first where they compete."""
        return self._matcher.find(text)

    def knows(self, word: str) -> bool:
        """True for a word of an accepted spelling."""
        return fold(word) in self._entries

    def same(self, word: str, other: str) -> bool:
        """True where both are words of accepted spellings of one name."""
        return bool(self._entries.get(fold(word), set()) & self._entries.get(fold(other), set()))

    def official(self, word: str) -> bool:
        """True for a word of a name's own form."""
        entries = self._entries.get(fold(word), set())
        return any(fold(t.text) == fold(word) for n in entries for t in tokens(self.names[n].name))

    def parts(self, kinds: Sequence[str]) -> list[str]:
        """The words that stand for names of these kinds."""
        found = {word for word, number in self._main.items() if self.names[number].kind in kinds}
        return sorted(word for word in found if len(word) >= _SHORTEST and not word.isupper())

    def words_beside(self, neighbours: Sequence[str]) -> list[str]:
        """The other words of people's names that one of the neighbours is a word of."""
        found = set()
        for neighbour in neighbours:
            for number in self._entries.get(fold(neighbour), ()):
                if self.names[number].kind == "person":
                    name = self.names[number]
                    words = {t.text for form in (name.name, *name.accept) for t in tokens(form)}
                    found |= {word for word in words if fold(word) != fold(neighbour)}
        return sorted(word for word in found if len(word) >= _SHORTEST)

    def entry(self, part: str) -> Name:
        """The first name a word of `parts` belongs to."""
        return self.names[self._main.get(part, self._beside.get(part, 0))]

    def expected(self, part: str) -> tuple[str, ...]:
        """The project's form of the part, then of the whole name. An accepted spelling such as Zhaparov
        answers to the word of the official form that it varies."""
        name = self.entry(part)
        official = [t.text for t in tokens(name.name)]
        like = max(official, key=lambda word: (word_similarity(word, part), word))
        first = like if part in self._main and word_similarity(like, part) >= LIKELY else part
        return tuple(dict.fromkeys((first, name.name)))


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
