"""Writing TBX-Basic: version 3 in the styles DCA and DCT, and version 2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import msgspec

from evalkit.records import Languages, Name, Term, Termbase
from evalkit.records.checked_entries import title_of

MARK = "evalkit:"
UNKNOWN = "und"  # BCP 47: the language is not known
# Fields of an entry with a place of their own in TBX; the others stand in the note.
_PLACED = frozenset({"term", "name", "accept", "variants", "reject", "note", "source", "source_terms", "origin"})
_V3 = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx style="{style}" type="TBX-Basic" xml:lang={lang} xmlns="urn:iso:std:iso:30042:ed-2"{more}>
  <tbxHeader><fileDesc><sourceDesc><p>evalkit termbase</p></sourceDesc></fileDesc></tbxHeader>
  <text><body>
{body}  </body></text>
</tbx>
"""
_V2 = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang={lang}>
  <martifHeader>
    <fileDesc><sourceDesc><p>evalkit termbase</p></sourceDesc></fileDesc>
    <encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>
  </martifHeader>
  <text><body>
{body}  </body></text>
</martif>
"""
_SPACES = ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'


def document(base: Termbase, languages: Languages, style: str) -> str:
    """The whole file; concepts are numbered in file order."""
    body = "".join(
        "".join(f"    {line}\n" for line in _concept(entry, number, languages, style))
        for number, entry in enumerate(base.entries, 1)
    )
    lang = quoteattr(languages.target)
    if style == "v2":
        return _V2.format(lang=lang, body=body)
    return _V3.format(style=style, lang=lang, body=body, more=_SPACES if style == "dct" else "")


def losses(base: Termbase) -> Iterator[str]:
    """What XML does not keep: line breaks and runs of spaces in a note."""
    for entry in base.entries:
        texts = (entry.note, entry.source) if isinstance(entry, Term) else (entry.note,)
        if any(text != " ".join(text.split()) for text in texts):
            yield f"{entry.origin}: line breaks and runs of spaces in the note of {title_of(entry)!r}"


def _concept(entry: Term | Name, number: int, languages: Languages, style: str) -> Iterator[str]:
    concept, section = ("termEntry", "langSet") if style == "v2" else ("conceptEntry", "langSec")
    yield f'<{concept} id="c{number}">'
    settings = _settings(entry)
    if settings:
        yield f"  <note>{escape(MARK)} {escape(json.dumps(settings, ensure_ascii=False))}</note>"
    if entry.note:
        yield f"  <note>{escape(entry.note)}</note>"
    yield f"  <{section} xml:lang={quoteattr(languages.target)}>"
    variants = entry.variants if isinstance(entry, Name) else ()
    yield from _term(title_of(entry), "preferredTerm-admn-sts", style, entry)
    for forms, status in ((entry.accept, "admitted"), (variants, "superseded"), (entry.reject, "deprecated")):
        for form in forms:
            yield from _term(form, f"{status}Term-admn-sts", style)
    yield f"  </{section}>"
    if isinstance(entry, Term) and entry.source_terms:
        yield f"  <{section} xml:lang={quoteattr(languages.source or UNKNOWN)}>"
        for form in entry.source_terms:
            yield from _term(form, "", style)
        yield f"  </{section}>"
    yield f"</{concept}>"


def _term(form: str, status: str, style: str, entry: Term | Name | None = None) -> Iterator[str]:
    """One term with its status; the preferred one also says where the entry comes from."""
    box = "tig" if style == "v2" else "termSec"
    parts = [f"<term>{escape(form)}</term>"]
    if status:
        parts.append(_category("termNote", "min", "administrativeStatus", status, style))
    if isinstance(entry, Name) and style == "v2":  # version 3 knows nouns only: there the note alone says it
        parts.append(_category("termNote", "min", "partOfSpeech", "properNoun", style))
    if isinstance(entry, Term) and entry.source:
        parts.append(_category("admin", "basic", "source", entry.source, style))
    yield f"    <{box}>{''.join(parts)}</{box}>"


def _category(element: str, module: str, name: str, value: str, style: str) -> str:
    if style == "dct":
        return f"<{module}:{name}>{escape(value)}</{module}:{name}>"
    return f'<{element} type="{name}">{escape(value)}</{element}>'


def _settings(entry: Term | Name) -> dict[str, object]:
    """What TBX-Basic has no category for, where it is not the default."""
    changed: dict[str, object] = {"entry": "name"} if isinstance(entry, Name) else {}
    for field in msgspec.structs.fields(type(entry)):
        value = getattr(entry, field.name)
        if field.name not in _PLACED and value != field.default:
            changed[field.name] = value
    return changed
