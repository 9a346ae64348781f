"""Part of step two: whether the sides read like the languages that they are given as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from evalkit.records import DocumentSet, Failure
from evalkit.run import kept
from evalkit.run.own_lines import texts_apart
from evalkit.text.words import each_word

_AT_HOME = 0.6  # share of small words known to its language, from which on a text is not looked at further
_WIDESPREAD = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru")  # taken for another most often, with dictionaries
_READ, _DOCUMENTS = 20_000, 200  # characters and documents of a candidate: some 300 small words are enough
_LOOKED_AT = 300  # small words that show a language
_FROM = 20  # and under which they do not
_FARTHER = 0.2  # so much more of them must be known to one language: related languages share a tenth and more
_FEW = 10  # the same for two sides of one language, whose difference must be larger
# In three lines the dictionary of English has 0.9 and more of the words of English texts, and in all but one of some
# 6,900 texts of 19 other languages 0.65 and less.
_FAR = 0.3
_FEWEST = 3  # small words of a few strings, of which the language must then know hardly any
_FAR_OF_FEW = 0.6  # two of three unknown where the source's are known: a misspelt string alone has one


def of_candidate(candidate: DocumentSet, cache: kept.Keeps | None = None) -> Iterator[Failure]:
    """Says where a candidate reads like another language than the one it is taken for, whose rules would then look for
    errors in it; of related languages and those without a dictionary nothing is said. A cache spares a later run the
    dictionaries."""
    texts = [document.text[:_READ] for document in candidate.documents[:_DOCUMENTS]]
    key, like = kept.looked_up(cache, ("language", candidate.lang), (texts,), str)
    if like not in ("", *_WIDESPREAD):  # not kept, or changed since
        like = _strange(texts, candidate.lang)
        kept.keep(cache, key, like)
    if like:
        from evalkit.language.codes import in_english  # reads tables: not where nothing is looked for

        said = (
            f"the candidate is taken to be {in_english(candidate.lang)} but looks more like {in_english(like)}: "
            "give its language with --lang, else rules of the wrong language are used"
        )
        yield Failure("read", "", candidate.name, "", said)


def of_languages(source: DocumentSet, candidate: DocumentSet) -> Iterator[Failure]:
    """Says where source and candidate seem to be swapped, a reference to be given as source, or a side to be in another
    language or script."""
    from evalkit.language.codes import bare, in_english  # reads tables: not where there is no source

    if not source.lang:
        return
    theirs = [document.text for document in source.documents]
    mine = [document.text for document in candidate.documents]
    if bare(source.lang) == bare(candidate.lang):
        if _is_another(source, candidate):
            said = (
                f"the candidate is taken to be {in_english(candidate.lang)} but does not look like it; "
                "give its language with --lang"
            )
            yield Failure("read", "", candidate.name, "", said)
        return
    for texts, lang, option in ((theirs, source.lang, "--source-lang"), (mine, candidate.lang, "--lang")):
        like = _strange(texts, lang)
        if not like or like in (bare(source.lang), bare(candidate.lang)):
            continue
        said = f"what is given as {in_english(lang)} looks like {in_english(like)}: check {option}"
        yield Failure("read", "", candidate.name, "", said)
        return
    odd = [
        _fits(texts, other) > _fits(texts, own) + _FARTHER
        for texts, own, other in ((theirs, source.lang, candidate.lang), (mine, candidate.lang, source.lang))
    ]
    said = f"the source is given as {in_english(source.lang)} and the candidate as {in_english(candidate.lang)}"
    if all(odd):
        said += ", and each looks like the other's language: are the two sides swapped?"
    elif odd[0]:
        said += ", and the source looks like the candidate's language: is it a reference? give it with -r"
    elif odd[1]:
        said += ", and the candidate looks like the source's language: is it translated at all?"
    elif not _script_fits(theirs, source.lang):
        said += f", and the source is not written in a script of {in_english(source.lang)}: check --source-lang"
    elif not _script_fits(mine, candidate.lang):
        said += f", and the candidate is not written in a script of {in_english(candidate.lang)}: check --lang"
    else:
        return
    yield Failure("read", "", candidate.name, "", said)


def _is_another(source: DocumentSet, candidate: DocumentSet) -> bool:
    """True where a text does not read like the language that its source does, by what the two do not share."""
    sides = [document.text for document in source.documents], texts_apart(candidate, source)
    for fewest, far in ((_FEW, _FAR), (_FEWEST, _FAR_OF_FEW)):
        there, here = (_share_known(texts, source.lang, fewest) for texts in sides)
        if there is not None and here is not None:
            return there > here + far
    return False


def _strange(texts: Sequence[str], lang: str) -> str:
    """The language that a text reads like, if far less like the one it is given as, else ""; a few lines suffice."""
    from evalkit.language.codes import bare

    own = _share_known(texts, lang, _FEW)
    if own is None or own >= _AT_HOME:
        return ""
    known = {code: _share_known(texts, code, _FEW) or 0.0 for code in _WIDESPREAD if code != bare(lang)}
    best = max(known, key=lambda code: known[code])
    return best if known[best] > own + _FAR else ""


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
    """The share of small words that the language has, and none of those in a script without capitals that is not its
    own; 0 in a script it is not written in. None where nothing is known, for it has no dictionary or the texts no
    `fewest` such words."""
    from evalkit.language.codes import bare
    from evalkit.language.dictionaries import dictionary, is_known
    from evalkit.language.scripts import has_case, script_of, scripts_of

    if not _script_fits(texts, lang):
        return 0.0
    own = scripts_of(lang)

    def is_strange(letter: str) -> bool:
        return letter.isalpha() and not has_case(letter) and bool(own) and script_of(letter) not in own

    every = (word for text in texts for word in each_word(text))
    small = list(islice((word for word in every if word.islower() or is_strange(word[0])), _LOOKED_AT))
    if not dictionary(bare(lang)) or len(small) < fewest:
        return None
    return sum(is_known(word, bare(lang)) for word in small) / len(small)
