"""What holds for every termbase format: what it writes it reads, and it says what it cannot hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

from msgspec.structs import replace

from evalkit.errors import EvalkitError
from evalkit.plugins.protocols import TermbaseFormat
from evalkit.records import Languages, Name, Term, Termbase

SAMPLE = Termbase(
    (Term("shared future", accept=("common future",), reject=("destiny",), severity="minor"), Term("iPhone")),
    (Name("Emomali Rahmon", accept=("Rahmon",)),),
)


def check_termbase(termbase: TermbaseFormat, *, base: Termbase = SAMPLE) -> None:
    """What is written is read again as it was, or `write` has said what was lost; terms at least are always there.

    The `write` of a format that is only read raises a clear error.
    """
    languages = Languages("en", "")
    assert isinstance(termbase.suffixes, tuple), "`suffixes` is a tuple of file endings"
    if getattr(termbase, "only_read", False):
        try:
            termbase.write(base, languages)
        except EvalkitError:
            return
        raise AssertionError("a format with `only_read` wrote something")
    text, losses = termbase.write(base, languages)
    assert termbase.write(base, languages) == (text, losses), "the same termbase has other bytes the second time"
    again = _read(termbase, text, languages)
    terms = [term.term for term in again.terms]
    assert terms == [term.term for term in base.terms], f"the terms read again are {terms}"
    if _plain(again) != _plain(base):
        assert losses, "what is read again is not what was written, and `write` says of no loss"
        kept, _ = termbase.write(again, languages)
        assert _plain(_read(termbase, kept, languages)) == _plain(again), "a second round loses more than the first"


def _read(termbase: TermbaseFormat, text: str, languages: Languages) -> Termbase:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{termbase.suffixes[0] if termbase.suffixes else '.txt'}"
        path.write_text(text, encoding="utf-8", newline="")
        return termbase.read(str(path), languages)


def _plain(base: Termbase) -> list[Term | Name]:
    return [replace(entry, origin="") for entry in base.entries]
