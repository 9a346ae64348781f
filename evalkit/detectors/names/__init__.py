"""The `names` detector: spellings of people, places and bodies against the list and the reference.

Evidence in order: the project's list, the aligned reference, the CLDR's countries. A word is compared
only after something says that it is a name: a capital, a title before it, "of Country" after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._nearby import Nearby
from evalkit.detectors._units import in_document_order
from evalkit.detectors.names import from_han, from_source, letter_slips, slipped_once
from evalkit.detectors.names.book import NameBook
from evalkit.detectors.names.both_forms import BothForms
from evalkit.detectors.names.listed_missing import missing_names, wrong_names
from evalkit.detectors.names.mentions import NameUnit, is_borne
from evalkit.detectors.names.mixed import mixed
from evalkit.detectors.names.pairs import pairs
from evalkit.detectors.names.rules import CASE, MISSING, MISTRANSLITERATED, VARIANT_FORM, WRONG_NAME
from evalkit.detectors.names.spelling import Look
from evalkit.detectors.names.unlisted import Exchanged, compare, shows_names
from evalkit.language.codes import bare
from evalkit.language.forms import Taken
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.name_cues import LIKELY, Vocabulary
from evalkit.language.name_forms import knows_endings
from evalkit.language.ordinary_words import is_ordinary_word
from evalkit.language.scripts import is_caseless
from evalkit.language.term_book import TermBook
from evalkit.records import Context, Finding, Rule, Segment, Span, Unit
from evalkit.records.findings import finding, span_of
from evalkit.text.addresses import addresses

_HINTS = frozenset({"exchanged-words", "exchanged-acronym"})  # evidence of which few findings are right
_SYLLABLE = 4  # letters: words so short are names of people as well (Song Tao, Chow Sang Sang)


@dataclass(frozen=True)
class NamesDetector:
    """Names: wrong spellings, variants, two forms mixed, small letters, missing and exchanged names.

    `likely` is the similarity (0 to 1) from which two spellings may stand for one name. Comparing with
    the reference needs a trusted alignment; the list works without one.
    """

    likely: float = LIKELY

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "names"
    rules: ClassVar[tuple[Rule, ...]] = (MISTRANSLITERATED, VARIANT_FORM, CASE, MISSING, WRONG_NAME)

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """What is left to lists and to the CLDR's places: names that only a capital shows, forms of unknown grammar."""
        found: dict[str, str] = {}
        if is_caseless(lang):
            found[CASE.id] = "it is written without capitals"
        if not shows_names(lang):
            why = "names may be left in Latin letters"
            if capitalises_nouns(lang):
                why = "all nouns have a capital"
            elif is_caseless(lang):
                why = "names have no capital"
            found |= dict.fromkeys((MISSING.id, WRONG_NAME.id), f"{why}, so only listed names are checked")
        if not knows_endings(lang):
            said = "the endings of its names are not known, so forms that differ only in a short ending are not checked"
            found |= dict.fromkeys((MISTRANSLITERATED.id, VARIANT_FORM.id), said)
        return found

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """Findings by unit, one for a span; names in two forms and slips against the source behind them."""
        told = set()
        for item in self._by_unit(units, context):
            told.add((item.unit, item.side, item.start, item.end))
            yield item
        for slip in (*letter_slips.findings_of(units, context), *slipped_once.findings_of(units, context)):
            place = (slip.unit, slip.side, slip.start, slip.end)
            if place not in told:
                told.add(place)
                yield slip

    def _by_unit(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        book = NameBook(context.names, context.lang)
        terms = TermBook(context.terms, context.lang)
        everywhere = Vocabulary(*_texts(context))
        near, around = Nearby(units, context), BothForms(units)
        for unit in units:
            if unit.candidate is None:
                continue
            # A report gathers from everywhere; in a translation a name far off is no witness of this one.
            beside = (p.text for other in near.around(unit) for p in other.references)
            vocabulary = everywhere.near(beside) if context.kind == "translation" else everywhere
            yield from from_source.findings_of(unit, context)
            yield from from_han.findings_of(unit, context)
            aligned = bool(unit.references) and context.trusted.get(unit.document, False)
            langs = (context.lang, context.source_lang)
            found_pairs = pairs(unit, langs, book, vocabulary, self.likely) if aligned else {}
            for segment in unit.candidate.segments:
                look = Look(unit, segment, context, book, vocabulary, self.likely)
                found = [
                    *look.listed(),
                    *look.near(),
                    *look.paired(found_pairs.get(segment.id, ()), around),
                    *look.countries(),
                ]
                yield from _one_per_span(found, segment, terms)
            if aligned:
                told = list(self._against_reference(unit, context, book, near))
                yield from told
                if context.kind == "translation":
                    places = {(f.side, f.start, f.end) for f in told}
                    more = self._without_list(unit, context, book, vocabulary, near)
                    yield from (f for f in more if (f.side, f.start, f.end) not in places)

        yield from self._mixed(units, context, book, everywhere)

    def _mixed(
        self, units: Sequence[Unit], context: Context, book: NameBook, vocabulary: Vocabulary
    ) -> Iterator[Finding]:
        """One name in two forms, document by document."""
        for segments in in_document_order(units).values():
            for item in mixed(segments, context.lang, book, vocabulary):
                message = (
                    f"{item.text!r} ({item.here} times) and {item.other!r} ({item.elsewhere} times): "
                    "one name in two forms in this text"
                )
                place = (self.name, item.unit, item.segment, item.start, item.end)
                yield finding(VARIANT_FORM, *place, message, confidence=0.7, expected=(item.other,), evidence="mixed")

    def _against_reference(self, unit: Unit, context: Context, book: NameBook, near: Nearby) -> Iterator[Finding]:
        for wrong in wrong_names(unit, context.lang, book):
            message = f"{wrong.text!r} where the reference has {wrong.expected!r}"
            place = (self.name, unit, wrong.segment, wrong.start, wrong.end)
            yield finding(WRONG_NAME, *place, message, expected=(wrong.expected,), other=wrong.other, evidence="list")
        # A report may leave out what it likes; what it says must be so.
        for name, segment, start, end in missing_names(unit, book) if context.kind == "translation" else ():
            if near.moved(unit, segment.text[start:end], to_candidate=True):
                continue
            message = f"the reference names {name.name!r} here; the candidate has no form of it"
            mine = unit.candidate
            other = Span("candidate", "", mine.start, mine.end, mine.text) if mine else None
            yield finding(
                MISSING, self.name, unit, segment, start, end, message,
                side="reference", severity=name.severity, expected=(name.name,), other=other, evidence="list",
            )  # fmt: skip

    def _without_list(
        self, unit: Unit, context: Context, book: NameBook, vocabulary: Vocabulary, near: Nearby
    ) -> Iterator[Finding]:
        """Names no list has, by the reference alone: less sure, so less severe."""
        exchanged, lost, added = compare(unit, context.lang, book, vocabulary)
        # Which words are no names is known of English alone: elsewhere these are hints.
        known = bare(context.lang) == "en"
        hints = _HINTS if unit.source else _HINTS | {"exchanged-title"}
        for pair in exchanged:
            mine, theirs, evidence = pair.mine, pair.theirs, _evidence(pair, context.lang)
            message = f"{mine.text!r} where the reference has {theirs.text!r}"
            other = span_of(theirs.passage, theirs.segment, theirs.start, theirs.end)
            place = (self.name, unit, mine.segment, mine.start, mine.end)
            yield finding(
                WRONG_NAME, *place, message, expected=(theirs.text,), other=other, evidence=evidence,
                severity="minor" if known and evidence not in hints else "neutral",
            )  # fmt: skip
        for name in added:
            if near.moved(unit, name.text, to_candidate=False):
                continue
            message = f"{name.text!r} is a name that the reference does not have"
            place = (self.name, unit, name.segment, name.start, name.end)
            yield finding(WRONG_NAME, *place, message, severity="neutral", evidence="added")
        for name, sure in lost:
            if near.moved(unit, name.text, to_candidate=True):
                continue
            message = f"the reference names {name.text!r} here; the candidate has no form of it"
            place = (self.name, unit, name.segment, name.start, name.end)
            yield finding(
                MISSING, *place, message, side="reference", severity="minor" if sure and known else "neutral",
                expected=(name.text,), evidence="lost" if sure else "lost-perhaps",
            )  # fmt: skip


def _one_per_span(found: Sequence[Finding], segment: Segment, terms: TermBook) -> Iterator[Finding]:
    """The first finding of each place, in order of evidence; what a longer listed term or an address holds is its
    own."""
    taken = Taken(len(segment.text))
    longer = [*((m.start, m.end) for m in terms.find(segment.text)), *addresses(segment.text)] if found else []
    claimed = [(start + segment.start, end + segment.start) for start, end in longer]
    kept = []
    for item in found:
        if any(s <= item.start and item.end <= e and e - s > item.end - item.start for s, e in claimed):
            continue
        if taken.take(item.start - segment.start, item.end - segment.start):
            kept.append(item)
    yield from sorted(kept, key=lambda f: f.start)


def _evidence(exchanged: Exchanged, lang: str) -> str:
    """What speaks for an exchange: least, where the candidate's name is ordinary words with a capital. They may say the
    same otherwise (Class 2, Level 2; New Year, Spring Festival): of 34 such read a third were right. So may an acronym
    beside words (MGTO, Tourism Bureau; JD, Jingdong): of 14 of the development halves 5 were right. Ordinary words of
    the reference are mostly those of a title (China, Coordinating), so that the source must bear them out."""
    mine, theirs, sure = exchanged
    if mine.acronym != theirs.acronym and not (mine.territory or theirs.territory):
        return "exchanged-acronym"
    if _is_of_words(mine, lang):
        return "exchanged-words"
    short = len(theirs.words) > 1 and max(map(len, theirs.words)) <= _SYLLABLE
    if _is_of_words(theirs, lang) and not (short or is_borne(theirs)):
        return "exchanged-title"
    return "exchanged" if sure else "exchanged-perhaps"


def _is_of_words(name: NameUnit, lang: str) -> bool:
    """True for a name of ordinary words, no country and no acronym."""
    return not (name.acronym or name.territory) and all(is_ordinary_word(word, lang) for word in name.words)


def _texts(context: Context) -> tuple[list[str], list[str]]:
    """The candidate's and the references' texts, which tell ordinary words from names."""
    candidates = [document.text for document in context.documents.values()]
    references = [d.text for documents in context.references.values() for d in documents.values()]
    return candidates, references
