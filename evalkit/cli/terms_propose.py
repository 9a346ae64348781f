"""What `evalkit terms extract` does: texts read, proposals made, and written as a termbase to go through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from evalkit.errors import ConfigError, nearest
from evalkit.language.english_words import has_word_list
from evalkit.language.name_cues import territories
from evalkit.plugins import Registry
from evalkit.records import Languages
from evalkit.records.checked_entries import title_of
from evalkit.run.read import read_documents
from evalkit.terms.load import load
from evalkit.terms.propose import Proposal, Sentence, propose
from evalkit.text.guarded import guarded
from evalkit.text.visible import visible
from evalkit.text.words import Lines
from evalkit.text.yaml_quote import scalar

_FORMATS = ("yaml", "tsv", "json")


def proposed(
    texts: Sequence[str], termbases: Sequence[str], lang: str, *, least: int, most: int, format_: str
) -> tuple[str, list[str]]:
    """The proposals in a format, and what the user should know of them."""
    if format_ not in _FORMATS:
        raise ConfigError(f"terms extract: unknown format {format_!r}{nearest(format_, _FORMATS)} (yaml, tsv, json)")
    if least < 1 or most < 1:
        raise ConfigError("terms extract: --least and --most are numbers from 1")
    registry = Registry()
    base = load(termbases, registry=registry, languages=Languages(lang))
    known = [form for entry in base.entries for form in (title_of(entry), *entry.accept, *entry.reject)]
    sentences = [s for path in texts for s in _sentences(path, lang, registry)]
    found = propose(sentences, lang, least=least, known=known, places=territories(lang).values())
    remarks = []
    if len(found) > most:
        remarks.append(f"the best {most} of {len(found)} proposals; more with --most")
    if not found:
        remarks.append(
            f"no proposal: no term or name stands {least} times in these texts; give more, or a lower --least"
        )
    if not has_word_list():
        remarks.append('everyday words are not told from rare ones; install "mt-evalkit[words]" for better proposals')
    return _FORMAT[format_](found[:most]), remarks


def _sentences(path: str, lang: str, registry: Registry) -> Iterator[Sentence]:
    segmenter = registry.make("segmenter", "sentences")
    for document in read_documents(registry, path, lang):
        lines = Lines(document.text)
        for segment in segmenter.split(document):
            yield Sentence(segment.text, f"{document.path}:{lines.place(segment.start)[0]}")


def _yaml(found: Sequence[Proposal]) -> str:
    lines = ["# Proposals: delete what is no term, correct what is; add wrong forms under `reject`."]
    for key, title in (("terms", "term"), ("names", "name")):
        mine = [p for p in found if bool(p.kind) == (key == "names")]
        if not mine:
            continue
        lines.append(f"{key}:")
        for proposal in mine:
            times = "once" if proposal.count == 1 else f"{proposal.count} times"
            lines += [
                f"  # {times}, first {visible(proposal.where)}: {visible(' '.join(proposal.example.split()))}",
                f"  - {title}: {scalar(proposal.form)}",
                *([f"    kind: {proposal.kind}"] if proposal.kind else []),
                *(["    case: true"] if proposal.case and not proposal.kind else []),
            ]
    return "\n".join(lines if found else [*lines, "terms: []"]) + "\n"


def _tsv(found: Sequence[Proposal]) -> str:
    rows = [("form", "kind", "count", "score", "where", "example")]
    rows += [(p.form, p.kind or "term", str(p.count), str(p.score), p.where, p.example) for p in found]
    return "".join("\t".join(guarded(visible(" ".join(cell.split()))) for cell in row) + "\n" for row in rows)


def _json(found: Sequence[Proposal]) -> str:
    plain: Any = msgspec.to_builtins(list(found))
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


_FORMAT = {"yaml": _yaml, "tsv": _tsv, "json": _json}
