"""Between steps one and two: the language of texts of which nobody has said it, where it shows surely."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from evalkit.records import DocumentSet, Failure
from evalkit.records.config import DEFAULT_LANG, LINES_OR_IDS, RunConfig
from evalkit.run.own_lines import texts_apart
from evalkit.run.read import Inputs

# Whose tokenizer is not the usual one: the standard tool takes it only when told to, and so do scores line by line.
_OWN_TOKENIZER = ("zh", "ja", "ko")

_READ = 5_000  # characters of a text
_APART = 0.3  # of the words in common: two translations of a text have a half and more, and cost no look at languages


def with_languages_read(config: RunConfig, inputs: Inputs) -> Inputs:
    """The sides in the language that all candidates and references read like, and a note that says so.

    Nothing changes where a language is stated, where the texts are English, or where they are too short or too near to
    another language to tell. Texts that read like different languages get a note alone.
    """
    if _by_line(config) and config.detectors == ():  # scores are the standard tool's, whatever the texts read like
        return replace(inputs, failures=(*inputs.failures, *_of_two_languages(inputs)))
    if config.lang or not inputs.unstated:
        return inputs
    mine = [side for side in inputs.candidates if (side.side, side.name) in inputs.unstated]
    sides = [*mine, *(side for side in inputs.references if (side.side, side.name) in inputs.unstated)]
    found = [_recognised(side, inputs.source) for side in sides]
    if not any(found) or set(found) <= {"", DEFAULT_LANG}:
        return inputs
    one = found[0] if len(set(found)) == 1 else ""
    stated = {side.lang.partition("-")[0] for side in (*inputs.candidates, *inputs.references) if side not in sides}
    applied = one and stated <= {one} and not (_by_line(config) and one in _OWN_TOKENIZER)
    note = Failure("read", "", "", "", _said(found, one, bool(applied)))
    inputs = replace(inputs, failures=(note, *inputs.failures))
    if not applied:
        return inputs
    return replace(
        inputs,
        candidates=tuple(_in(side, one, inputs.unstated) for side in inputs.candidates),
        references=tuple(_in(side, one, inputs.unstated) for side in inputs.references),
    )


def _of_two_languages(inputs: Inputs) -> Iterator[Failure]:
    """Says where a candidate reads like another language than the reference: a source was given as one."""
    for side in inputs.candidates if inputs.references else ():
        reference = inputs.references[0]
        if _in_common(side, reference) >= _APART:
            continue
        mine, theirs = _recognised(side), _recognised(reference)
        if mine and theirs and mine != theirs:
            from evalkit.language.codes import in_english

            said = (
                f"the candidate looks like {in_english(mine)} and the reference {reference.name!r} like "
                f"{in_english(theirs)}: a source is given with -s, not with -r"
            )
            yield Failure("read", "", side.name, "", said)


def _in_common(one: DocumentSet, other: DocumentSet) -> float:
    """The share of the words of the shorter text's beginning that the other's has too."""
    mine, theirs = ({w for d in side.documents[:1] for w in d.text[:_READ].lower().split()} for side in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _recognised(side: DocumentSet, source: DocumentSet | None = None) -> str:
    """What the side reads like, by the lines that are not the source's, or by all where there are no others."""
    from evalkit.language.recognise import recognised  # reads tables: not where every language is stated

    own = texts_apart(side, source)
    return recognised(own if any(own) else (document.text for document in side.documents))


def _by_line(config: RunConfig) -> bool:
    return bool(config.metrics) and config.align in ("lines", LINES_OR_IDS)


def _said(found: Collection[str], one: str, applied: bool) -> str:
    from evalkit.language.codes import in_english

    if applied:
        named = in_english(one)
        return f"no language given: the texts look like {named} and are treated as {named} (--lang changes it)"
    likes = " and ".join(in_english(lang) for lang in sorted({lang for lang in found if lang}))
    code = one or next(lang for lang in found if lang not in ("", DEFAULT_LANG))
    return f"the texts are taken to be English, but look like {likes}: give the language, for example --lang {code}"


def _in(side: DocumentSet, lang: str, unstated: Collection[tuple[str, str]]) -> DocumentSet:
    if (side.side, side.name) not in unstated:
        return side
    return replace(side, lang=lang, documents=tuple(replace(document, lang=lang) for document in side.documents))
