"""A termbase ready for use: its forms looked up in texts, and how a system renders each term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalkit.errors import InputError
from evalkit.language.codes import bare
from evalkit.language.forms import Form, FormMatcher, Match, tokens
from evalkit.language.packs import words_of
from evalkit.language.stems import stem
from evalkit.records import Name, Segment, Term, TermOccurrence, TermResult, Unit
from evalkit.text.patterns import TooSlowError, find_all
from evalkit.text.words import fold, has_unspaced

PREFERRED, ACCEPTED, REJECTED = "preferred", "accepted", "rejected"
_SHORTEST_PART = 5  # letters of a term that may be part of a longer word: shorter ones stand in words by chance


class TermBook:
    """The terms with a matcher for all their forms; entries are numbers of `terms`."""

    def __init__(self, terms: Sequence[Term], lang: str, source_lang: str = "") -> None:
        self.terms = tuple(terms)
        self._lang = lang
        self._matcher = FormMatcher(_forms(self.terms), lang)
        self._source_matcher = FormMatcher(_source_forms(self.terms), source_lang or lang)
        self._conditions = _conditions(self.terms, lang)
        self._source_conditions = _conditions(self.terms, source_lang or lang)
        self._seen: dict[str, list[Match]] = {}

    def find(self, text: str) -> list[Match]:
        """All forms in the text, accepted and rejected, the longest first where they compete."""
        if text not in self._seen:
            matches = self._matcher.find(text, self._by_pattern(text))
            self._seen[text] = [m for m in matches if not self._in_proper_name(text, m)]
        return self._seen[text]

    def expected(self, unit: Unit) -> list[int]:
        """Entries the unit asks for, in order: an accepted form stands in a reference, a source term in the source."""
        found = (m for passage in unit.references for m in self.find(passage.text))
        asked = {m.form.entry for m in found if m.form.status != REJECTED}
        return sorted(entry for entry in asked | set(self.in_source(unit)) if self.applies(entry, unit))

    def in_source(self, unit: Unit) -> dict[int, str]:
        """The entries whose source term stands in the unit's source, each with what stands there."""
        found = self._source_matcher.find(unit.source.text if unit.source else "")
        return {m.form.entry: m.text for m in reversed(found)}

    def applies(self, entry: int, unit: Unit) -> bool:
        """True where the entry has no condition, or a reference or the source of the unit fulfils it."""
        if entry not in self._conditions:
            return True
        texts = (passage.text for passage in unit.references)
        source = unit.source.text if unit.source else ""
        return any(self._conditions[entry].find(text) for text in texts) or bool(
            self._source_conditions[entry].find(source)
        )

    def renderings(self, text: str) -> dict[int, set[str]]:
        """The accepted forms of each entry that a text uses."""
        used: dict[int, set[str]] = {}
        for match in self.find(text):
            if match.form.status != REJECTED:
                used.setdefault(match.form.entry, set()).add(match.form.text)
        return used

    def in_compounds(self, text: str) -> set[int]:
        """The entries an accepted form of which is part of a longer word, in languages that write compounds as one."""
        if bare(self._lang) not in words_of("languages", "compounds_in_one_word"):
            return set()
        long = [fold(token.text) for token in tokens(text)]
        return {
            number
            for number, term in enumerate(self.terms)
            for form in (term.term, *term.accept)
            if len(form) >= _SHORTEST_PART and any(len(w) > len(form) and fold(form) in w for w in long)
        }

    def distinct(self, forms: Iterable[str]) -> list[str]:
        """Forms that are different renderings: not abbreviations or parts of one another; sorted."""
        kept: list[str] = []
        for form in sorted(set(forms), key=lambda f: (-len(f), f)):
            if not any(_part_of(form, other, self._lang) for other in kept):
                kept.append(form)
        return sorted(kept)

    def _by_pattern(self, text: str) -> Iterator[Match]:
        for number, term in enumerate(self.terms):
            for pattern in term.reject_patterns:
                try:
                    hits = find_all(pattern, text)
                except TooSlowError as problem:
                    raise InputError(f"{term.origin}: the pattern {pattern!r} {problem}; make it simpler") from None
                for start, end in hits:
                    yield Match(start, end, text[start:end], Form(pattern, number, REJECTED))

    def _in_proper_name(self, text: str, match: Match) -> bool:
        """True for a rejected form inside a longer capitalised name ("Southern African Development
        Community"): it is not this concept there. A title in capitals throughout doesn't count."""
        found = tokens(match.text)
        if match.form.status != REJECTED or has_unspaced(match.text):
            return False
        if not all(t.text[0].isupper() for t in found) or any(c.isupper() for c in match.form.text):
            return False
        words = tokens(text)
        capitals = sum(word.text[0].isupper() for word in words)
        if capitals * 2 > len(words):
            return False
        before = [word for word in words[1:] if word.end <= match.start]
        return bool(before) and text[before[-1].end : match.start] == " " and before[-1].text[0].isupper()


def _forms(terms: Sequence[Term]) -> Iterable[Form]:
    for number, term in enumerate(terms):
        for status, forms in ((PREFERRED, (term.term,)), (ACCEPTED, term.accept), (REJECTED, term.reject)):
            for form in forms:
                yield Form(form, number, status, term.gap, exact=not term.translate and status != REJECTED)


def _source_forms(terms: Sequence[Term]) -> Iterable[Form]:
    """What stands in the source where a concept does; a term that is not translated stands there itself."""
    for number, term in enumerate(terms):
        for form in term.source_terms:
            yield Form(form, number, PREFERRED, term.gap)
        if not term.translate:
            yield Form(term.term, number, PREFERRED, exact=True)


def _conditions(terms: Sequence[Term], lang: str) -> dict[int, FormMatcher]:
    """What looks for the words an entry is bound to, by entry."""
    return {
        number: FormMatcher((Form(word, number, PREFERRED) for word in term.when), lang)
        for number, term in enumerate(terms)
        if term.when
    }


def _part_of(form: str, other: str, lang: str) -> bool:
    """True for an abbreviation of `other` or a form that stands in it."""
    words = [stem(t.text, lang) for t in tokens(other)]
    mine = [stem(t.text, lang) for t in tokens(form)]
    letters = "".join(word[0] for word in words)
    capitals = "".join(t.text[0] for t in tokens(other) if t.text[0].isupper()).casefold()
    inside = any(words[at : at + len(mine)] == mine for at in range(len(words) - len(mine) + 1))
    return inside or form.casefold() in (letters, capitals)


def name_matcher(names: Sequence[Name], lang: str) -> FormMatcher:
    """Looks for every listed spelling of the names, whatever their case: a name owns its words."""
    forms = (
        Form(form, number, PREFERRED)
        for number, name in enumerate(names)
        for form in (name.name, *name.accept, *name.variants, *name.reject)
    )
    return FormMatcher(forms, lang, inflect=False)


def term_results(units: Sequence[Unit], book: TermBook, system: str) -> tuple[TermResult, ...]:
    """How the system renders each term, in the order of the termbase; see TermResult for the counts.

    Only units with both sides count as expected; occurrences are all places of accepted and rejected
    forms, in every unit that fulfils the entry's condition.
    """
    places: dict[int, list[TermOccurrence]] = {}
    used: dict[int, Counter[str]] = {}
    rejected: Counter[int] = Counter()
    expected: dict[int, int] = {}
    found: dict[int, int] = {}
    for unit in units:
        if unit.candidate is None:
            continue
        good = set(book.renderings(unit.candidate.text)) | book.in_compounds(unit.candidate.text)
        for entry in book.expected(unit):
            expected[entry] = expected.get(entry, 0) + 1
            found[entry] = found.get(entry, 0) + (entry in good)
        for segment in unit.candidate.segments:
            for match in book.find(segment.text):
                entry = match.form.entry
                if book.applies(entry, unit):
                    places.setdefault(entry, []).append(_occurrence(unit, segment, match))
                    used.setdefault(entry, Counter())[match.form.text] += 1
                    rejected[entry] += match.form.status == REJECTED
    return tuple(
        TermResult(
            term=term.term,
            system=system,
            expected=expected.get(entry, 0),
            found=found.get(entry, 0),
            success=found[entry] / expected[entry] if entry in expected else None,
            consistent=not odd_ones(book, used.get(entry, {}), term.term),
            occurrences=tuple(places.get(entry, ())),
            forms=dict(sorted(used.get(entry, {}).items())),
            rejected=rejected[entry],
            odd=odd_ones(book, used.get(entry, {}), term.term),
        )
        for entry, term in enumerate(book.terms)
    )


def odd_ones(book: TermBook, uses: Mapping[str, int], preferred: str) -> tuple[str, ...]:
    """The renderings beside the one used most; of two used alike the preferred form is the main one."""
    forms = book.distinct(uses)
    if len(forms) < 2:
        return ()
    main = max(forms, key=lambda form: (uses[form], form == preferred, form))
    return tuple(form for form in forms if form != main)


def _occurrence(unit: Unit, segment: Segment, match: Match) -> TermOccurrence:
    start = segment.start
    return TermOccurrence(start + match.start, start + match.end, match.text, unit.id, segment.document)
