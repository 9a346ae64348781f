"""What holds digits and is no number: addresses, numbers of telephones and books, identifiers (COVID-19, G20, A4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.language.numbers.quantity import Quantity
from evalkit.language.packs import words_in_order, words_of

# Letters of scripts that part their words and have capitals; a Han character before digits begins no identifier.
LETTER = "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02af\u0370-\u052f\u1e00-\u1fff]"
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:\s?(?=10\.))\S{1,500}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
# Sections, products, machines: four parts and more, which are no groups of thousands. Han characters may touch them.
_SECTION = re.compile(
    rf"(?<!{LETTER})(?<![\d_])(?<!\d\.)(?!\d{{1,3}}(?:\.\d{{3}}){{3,8}}(?![.\d]))\d+(?:\.\d+){{3,}}(?!{LETTER}|[\d_]|\.\d)"
)
# Books (ISBN, ISSN) and telephones: groups of digits with hyphens, or with blanks after a plus. Eight digits and
# more: fewer are dates and ranges.
_GROUPS = re.compile(
    rf"(?<!{LETTER})(?<![\d_.,-])(?:"
    r"\d{1,7}(?:-\d{1,7}){2,6}(?:-[\dXx])?|\d{1,7}(?:-\d{1,7}){0,5}-[Xx]|\d{9,14}[Xx]?"
    r"|\+\d{1,4}(?:[ -]\(?\d{1,7}\)?){1,6}|0\d(?:[ .-]\d\d){4}"  # 01 23 45 67 89
    r"|0\d{2,4}[ /]\d{5,8}|0\d{1,4}(?:[ .-]\d{3,4}){2,3}|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}"
    r"|1 \d{3} \d{3} \d{4}|(?!19|20)\d{4}(?:[ -]\d{4}){3}|(?<=ISSN )\d{4}-?\d{3}[\dX]"
    rf")(?!{LETTER}|[\d_-]|[.,]\d)"
)
# An account (IBAN): two letters of the country, two digits, groups of four.
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_FEWEST_DIGITS = 8  # fewer may be a range or a score
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?-\d\d?-\d{4}")
_ORDINARY_PREFIX = words_of("en", "numbers.before_digits")
_CURRENCY = re.compile("|".join(words_in_order("languages", "currencies")))
_IDENTIFIER = re.compile(
    rf"(?<!{LETTER})(?<![\d_])(?P<stem>{LETTER}+(?:[-‐‑]{LETTER}+){{0,8}})(?P<dash>[-‐‑]?)(?P<n>\d+(?:\.\d+)?)(?P<tail>(?:{LETTER}|\d)*(?:-\d+)?)"
)
_UNIT = re.compile(f"(?:{'|'.join(words_in_order('languages', 'units'))})", re.IGNORECASE)
_LETTERS_AFTER = re.compile(rf"(?<!{LETTER})(?<![\d.,_])(?P<n>\d+)(?P<tail>{LETTER}+\d*)(?!{LETTER}|[\d_])")
_GOES_ON = re.compile(r"[/,]\d")
_HOUR = re.compile(r"h[0-5]\d")


def addresses(text: str) -> Iterator[Quantity]:
    """Addresses of pages and of mail, which are compared with nothing."""
    for m in _ADDRESS.finditer(text):
        yield Quantity(m.start(), m.end(), "address", frozenset())


def groups(text: str) -> Iterator[Quantity]:
    """Numbers of books and telephones: the digits count, not how they are parted; those with full stops as they are."""
    for m in _SECTION.finditer(text):
        yield Quantity(m.start(), m.end(), "identifier", frozenset({("g", m.group())}), weak=True)
    for m in _ACCOUNT.finditer(text):
        if sum(c.isdigit() for c in m.group()) >= _FEWEST_DIGITS:
            yield Quantity(m.start(), m.end(), "identifier", frozenset({("g", m.group().replace(" ", ""))}), weak=True)
    for m in _GROUPS.finditer(text):
        digits = "".join(c for c in m.group() if c.isdigit() or c in "xX").lower()
        if len(digits) >= _FEWEST_DIGITS and not _DATE.fullmatch(m.group()):
            if m.group().isdigit() and not text[: m.start()].endswith("ISSN "):
                continue  # a number like any other, until the other side parts its digits
            keys = frozenset({("n", digits.lstrip("0") or "0"), ("g", digits)})
            yield Quantity(m.start(), m.end(), "identifier", keys, weak=True)


def identifiers(text: str) -> Iterator[Quantity]:
    """Letters and digits in one word."""
    for m in _IDENTIFIER.finditer(text):
        stem = m["stem"]
        if stem.rpartition("-")[2].lower() in _ORDINARY_PREFIX or _CURRENCY.fullmatch(stem):
            continue
        if _GOES_ON.match(text, m.end()) and not stem.isascii():
            continue
        if m["dash"] and stem.islower() and stem not in ("covid",):
            continue  # mid-1990s, under-21
        key = ("i", f"{stem.lower()}-{m['n']}{m['tail'].lower()}")
        yield Quantity(m.start(), m.end(), "identifier", frozenset({key, ("n", m["n"])}), weak=True)
    for m in _LETTERS_AFTER.finditer(text):
        if _HOUR.fullmatch(m["tail"]):
            continue  # 8h30
        if m["tail"] == "G" or not _UNIT.fullmatch(m["tail"]):
            key = ("i", f"{m['tail'].lower()}-{m['n']}")
            yield Quantity(m.start(), m.end(), "identifier", frozenset({key, ("n", m["n"])}), weak=True)
