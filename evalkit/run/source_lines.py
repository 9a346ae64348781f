"""Part of step two: the lines of a source and a candidate that has another number of them; whether it is its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from evalkit.records import Document, DocumentSet, Failure
from evalkit.text.words import words

UNPAIRED = "the source of document"  # how the note on a source begins whose lines are not the other side's
Spans = list[tuple[int, int]]
_SURE = 0.9  # probability: 98 % of such pairs are right where 12 % of the lines of each side are missing
_TRUSTED = 0.3  # share of the source's lines that stand surely beside others, under which the two are no pair
_LOOKED_AT = 300  # small words that show a language
_FROM = 20  # and under which they do not
_FARTHER = 0.2  # so much more of them must be known to one language: related languages share a tenth and more
_FEW = 10  # the same for two sides of one language, whose difference must be larger
# In three lines the dictionary of English has 0.9 and more of the words of English texts, and in all but one of some
# 6,900 texts of 19 other languages 0.65 and less.
_FAR = 0.3

# Standard deviations: 875 pieces of 20 lines of NTREX have 3.5 and more beside their source; of 320 of
# 20 and 50 lines, in ten languages, shuffled or beside another part of the source, 96 % have less than 2. The bound was
# chosen on these texts, so that its shares are development figures.
_FIT = 2.0
_FEWEST = 20  # lines with text on both sides
_COMPARED = 4000  # of a longer text the first
_SENTENCE = 30  # characters a line has on average, for lengths of single words say nothing


class SureLines(Struct, frozen=True):
    """Lines of a candidate, by their places, in order; beside each the numbers of the source's lines that stand surely
    for it, none where that is not sure. `total` counts the lines of both sides that are not empty."""

    spans: Spans
    source: list[tuple[int, ...]]
    total: tuple[int, int]
    trusted: bool

    def note(self, document: str, name: str) -> Failure:
        """What a reader has to know of the pairing."""
        there, here = self.total
        lines = sum(map(len, self.source))
        counts = f"{UNPAIRED} {document!r} has {there} lines, the candidate {here}"
        checked = f"{lines} of the source's lines surely stand beside the candidate's; only these were checked"
        if not self.trusted:
            checked = (
                "too few of them surely belong together, so the alignment is not trusted and nothing was held against "
                "the source; is it the source of this text?"
            )
        advice = "to have all checked, give a source with as many lines as the candidate"
        said = f"{counts}; they were aligned by lengths, figures and names: {checked}; {advice}"
        return Failure("align", "", name, "", said)


def sure_lines(
    source: Document, candidate: Document, theirs: Spans, mine: Spans, source_lang: str, lang: str
) -> SureLines | None:
    """The lines aligned; None where the texts are too long for that."""
    from evalkit.language.across import MOST, beads

    there = [n for n, (start, end) in enumerate(theirs) if source.text[start:end].strip()]
    here = [n for n, (start, end) in enumerate(mine) if candidate.text[start:end].strip()]
    if not there or not here or max(len(there), len(here)) > MOST:
        return None
    texts = [source.text[slice(*theirs[n])] for n in there], [candidate.text[slice(*mine[n])] for n in here]
    found = [bead for bead in beads(*texts, source_lang, lang) if bead.probability >= _SURE]
    lines = sum(len(bead.source) for bead in found)
    trusted = lines >= _TRUSTED * len(there)
    first = {bead.candidate[0]: bead for bead in found if trusted}
    inside = {n for bead in first.values() for n in bead.candidate}
    spans: Spans = []
    beside: list[tuple[int, ...]] = []
    for number, place in enumerate(here):
        if number in first:
            bead = first[number]
            spans.append((mine[place][0], mine[here[bead.candidate[-1]]][1]))
            beside.append(tuple(there[n] for n in bead.source))
        elif number not in inside:
            spans.append(mine[place])
            beside.append(())
    return SureLines(spans, beside, (len(there), len(here)), trusted)


def source_remarks(source: DocumentSet, candidate: DocumentSet) -> Iterator[Failure]:
    """Says where the two sides seem to be swapped, a reference to be given as source, a side in another language, or
    the lines of one to be no translations of the other's."""
    remarks = list(_of_languages(source, candidate))
    yield from remarks or _of_lines(source, candidate)


def _of_lines(source: DocumentSet, candidate: DocumentSet) -> Iterator[Failure]:
    """Texts with as many lines that do not fit each other better than lines some way off do."""
    from evalkit.language.across import side_by_side

    if candidate.kind != "translation":
        return
    for theirs, mine in zip(source.documents, candidate.documents, strict=True):
        lines = [text.splitlines() for text in (theirs.text, mine.text)]
        if len(lines[0]) != len(lines[1]):
            continue  # they are aligned, and it is said how many belong together
        pairs = [(a, b) for a, b in zip(*lines, strict=True) if a.strip() and b.strip()]
        there, here = ([pair[side] for pair in pairs[:_COMPARED]] for side in (0, 1))
        if len(pairs) < _FEWEST or sum(map(len, there)) < _SENTENCE * len(there):
            continue
        if side_by_side(there, here, source.lang, candidate.lang) < _FIT:
            said = (
                f"the lines of document {mine.id!r} fit their lines of the source no better than other lines, by "
                "lengths, figures and names: is it the source of this text, line by line?"
            )
            yield Failure("read", "", candidate.name, "", said)


def _of_languages(source: DocumentSet, candidate: DocumentSet) -> Iterator[Failure]:
    from evalkit.language.codes import bare, in_english  # reads tables: not where there is no source

    if not source.lang:
        return
    theirs = [document.text for document in source.documents]
    mine = [document.text for document in candidate.documents]
    if bare(source.lang) == bare(candidate.lang):
        there, here = (_share_known(texts, source.lang, _FEW) for texts in (theirs, mine))
        if there is not None and here is not None and there > here + _FAR:
            said = (
                f"the candidate is taken for {in_english(candidate.lang)} and does not read like it; "
                "say with --lang which language it is in"
            )
            yield Failure("read", "", candidate.name, "", said)
        return
    odd = [
        _fits(texts, other) > _fits(texts, own) + _FARTHER
        for texts, own, other in ((theirs, source.lang, candidate.lang), (mine, candidate.lang, source.lang))
    ]
    said = f"the source is given as {in_english(source.lang)} and the candidate as {in_english(candidate.lang)}"
    if all(odd):
        said += ", and each reads like the other's language: are the two sides swapped?"
    elif odd[0]:
        said += ", and the source reads like the candidate's language: is it a reference? give it with -r"
    elif odd[1]:
        said += ", and the candidate reads like the source's language: is it translated at all?"
    elif not _script_fits(theirs, source.lang):
        said += f", and the source is not written in a script of {in_english(source.lang)}: check --source-lang"
    elif not _script_fits(mine, candidate.lang):
        said += f", and the candidate is not written in a script of {in_english(candidate.lang)}: check --lang"
    else:
        return
    yield Failure("read", "", candidate.name, "", said)


def _script_fits(texts: Sequence[str], lang: str) -> bool:
    """False where nearly all letters are of a script that the language is not written in."""
    from evalkit.language.scripts import scripts_of, written_in

    known, seen = scripts_of(lang), written_in(texts)
    return not known or not seen or seen in known


def _fits(texts: Sequence[str], lang: str) -> float:
    """How well the texts fit a language, from 0 to 1: by script, and where there is a dictionary by their words."""
    share = _share_known(texts, lang, _FROM)
    return 0.5 if share is None else share


def _share_known(texts: Sequence[str], lang: str, fewest: int) -> float | None:
    """The share of small words that the language has, 0 in a script it is not written in; None where nothing is known,
    for it has no dictionary or the texts no `fewest` such words."""
    from evalkit.language.codes import bare
    from evalkit.language.dictionaries import dictionary, is_known

    if not _script_fits(texts, lang):
        return 0.0
    small = list(islice((w.text for text in texts for w in words(text) if w.text.islower()), _LOOKED_AT))
    if not dictionary(bare(lang)) or len(small) < fewest:
        return None
    return sum(is_known(word, bare(lang)) for word in small) / len(small)
