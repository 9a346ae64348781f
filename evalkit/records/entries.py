"""What lists say: terms, names and rules of the user's own, and the termbase that holds them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["neutral", "minor", "major", "critical"]
SEVERITIES: tuple[Severity, ...] = ("neutral", "minor", "major", "critical")


class Term(Struct, frozen=True):
    """A concept of a termbase: the form to use, forms as good, forms that are wrong.

    `gap` is the number of other words that may stand between the words of a form. `source_terms` are
    the concept's names in the source language. `when`: the entry is judged only in units whose
    reference or source has one of these words. `translate` is False for what stays as the source has
    it. `reject_patterns` are wrong forms too, as regular expressions.
    """

    term: str
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    case: bool = False
    severity: Severity = "major"
    note: str = ""
    source: str = ""
    gap: int = 0
    source_terms: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    translate: bool = True
    reject_patterns: tuple[str, ...] = ()
    origin: str = ""


class Name(Struct, frozen=True):
    """A name of a names list. `accept` are spellings as good as `name`; `variants` are known spellings
    that are not this project's form; `reject` are wrong ones."""

    name: str
    kind: Literal["person", "place", "organisation"] = "person"
    accept: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    severity: Severity | None = None
    note: str = ""
    origin: str = ""


class CustomRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the user's own: a pattern and what to say of every place it matches.

    `pattern` is a regular expression of the package `regex`, searched in each sentence of `side`;
    `lang` limits the rule to texts of a language.
    """

    id: str
    pattern: str
    message: str
    category: str = "custom"
    severity: Severity = "minor"
    side: Literal["candidate", "reference"] = "candidate"
    lang: str = ""
    expected: tuple[str, ...] = ()


class Termbase(Struct, frozen=True):
    """Terms and names in file order.

    `notes` are what a user must know of the files: entries left out, forms that may surprise. `losses` are
    data in them that evalkit has no place for; they matter where a file is converted.
    """

    terms: tuple[Term, ...] = ()
    names: tuple[Name, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Term | Name, ...]:
        """Terms, then names."""
        return (*self.terms, *self.names)

    def __add__(self, other: Termbase) -> Termbase:
        return Termbase(
            self.terms + other.terms, self.names + other.names, self.notes + other.notes, self.losses + other.losses
        )


class Languages(Struct, frozen=True):
    """The language of the forms to judge and that of the source; "" for the source is whatever the file has."""

    target: str = "en"
    source: str = ""
