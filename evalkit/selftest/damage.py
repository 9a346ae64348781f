"""Known errors for planting into a good sentence: what the self-test looks for again.

A damage gets a sentence, a seeded random source and the run's lists, and returns the damaged sentence,
or None where the sentence has no place for it. Words are English; damage to characters is for any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from evalkit.language.forms import Token, tokens
from evalkit.language.packs import pattern_of, words_in_order
from evalkit.language.romanise import letters
from evalkit.language.term_book import ACCEPTED, PREFERRED, TermBook
from evalkit.records import Name
from evalkit.text.lists import in_order
from evalkit.text.words import has_unspaced, script

_NUMBER = re.compile(r"(?<![\w.,/-])[1-9]\d*(?:,\d{3})*(?![\w,.:/-]\d|[\w/-])")
_FINAL = re.compile(r"[.!?。！？](?=[\"”’')\]]*$)")
_QUOTED = re.compile(r"[“\"](?=[^“”\"]+[”\"])|[(（](?=[^()（）]+[)）])")
_AFFIRMED = re.compile(rf"\b(?:{pattern_of('en', 'self_test.affirmed')})\b(?! not|n['’]t| never)")
_DENIED = re.compile(rf"\b(?:{pattern_of('en', 'self_test.denied')})\b|n['’]t\b")
_COMMA = re.compile(r"(?<=\w)[,;](?= )")
_TITLE = pattern_of("en", "titles.of_planted_errors")
TITLED = re.compile(rf"(?:{_TITLE}) $")
_CLAUSE = re.compile(r", [^,;:()“”\"]{30,}(?=[,;.])")
_TITLED_NAME = re.compile(rf"\b(?:{_TITLE}) ([A-Z]\w+)(?! [A-Z])")
_MONTH = f"(?:{'|'.join(words_in_order('en', 'months.full'))})"
_DAY = re.compile(rf"\b(?:(\d{{1,2}}) {_MONTH}|{_MONTH} (\d{{1,2}}))\b")
_STRANGERS = ("Vandermeulen", "Szczepanik", "Thorvaldsen")
# A sentence about something else: who, does what, when.
_WHO = (
    "Sailors in the harbour",
    "A bakery on the corner",
    "Two violinists",
    "Hikers from the valley",
    "The old clockmaker",
    "Children of the fishing village",
    "A retired botanist",
    "Several beekeepers",
)
_DOES = (
    "mended torn nets",
    "sold rye loaves",
    "tuned their instruments",
    "painted wooden shutters",
    "counted migrating storks",
    "polished copper kettles",
    "gathered wild mushrooms",
    "carried lanterns uphill",
)
_WHEN = (
    "until the tide returned",
    "before dawn",
    "while snow covered the huts",
    "under a pale moon",
    "despite heavy rain",
    "after the harvest dance",
    "during the long strike",
    "beside the frozen canal",
)
# One step from one way of writing a sound to another; the first that fits at a random place is taken.
_STEPS = tuple(
    tuple(step.split("=")) for step in in_order("""
    l=r r=l b=p p=b d=t t=d g=k k=g v=f f=v z=s s=z m=n n=m a=o o=u e=i i=e u=o sh=s ch=zh
    """)
)  # fmt: skip


class Lists(NamedTuple):
    """The names and terms of the run, and the names the text itself shows to be names."""

    names: tuple[Name, ...]
    terms: TermBook
    shown: frozenset[str]


Damage = Callable[[str, Random, Lists], str | None]


def number(text: str, chance: Random, _: Lists) -> str | None:
    """One digit of a number changed, not its first."""
    found = [m for m in _NUMBER.finditer(text) if int(m.group().replace(",", "")) > 12]
    if not found:
        return None
    match = chance.choice(found)
    places = [i for i in range(match.start() + 1, match.end()) if text[i].isdigit()]
    at = chance.choice(places)
    return text[:at] + chance.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def tenfold(text: str, chance: Random, _: Lists) -> str | None:
    """A number of one group made ten times as large."""
    found = [m for m in _NUMBER.finditer(text) if "," not in m.group() and not 1500 < int(m.group()) < 2100]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.end()] + "0" + text[match.end() :]


def name(text: str, chance: Random, lists: Lists) -> str | None:
    """A name of five letters or more with one sound written otherwise."""
    found = [token for token in tokens(text) if token.text in lists.shown]
    if not found:
        return None
    token = chance.choice(found)
    places = [(i, a, b) for i in range(1, len(token.text)) for a, b in _STEPS if token.text.startswith(a, i)]
    if not places:
        return None
    at, old, new = chance.choice(places)
    word = token.text[:at] + new + token.text[at + len(old) :]
    return _with(text, token, word) if letters(word) != letters(token.text) else None


def small_name(text: str, chance: Random, lists: Lists) -> str | None:
    """A name after a title in small letters."""
    found = [t for t in tokens(text) if t.text in lists.shown and TITLED.search(text[: t.start])]
    token = chance.choice(found) if found else None
    return _with(text, token, token.text.lower()) if token else None


def lost_name(text: str, chance: Random, lists: Lists) -> str | None:
    """A name with its title left out, where the sentence goes on."""
    found = [m for m in _TITLED_NAME.finditer(text) if m[1] in lists.shown]
    match = chance.choice(found) if found else None
    return f"{text[: match.start()]}A guest{text[match.end() :]}" if match else None


def other_name(text: str, chance: Random, lists: Lists) -> str | None:
    """A name exchanged for one of somebody else."""
    found = [m for m in _TITLED_NAME.finditer(text) if m[1] in lists.shown]
    match = chance.choice(found) if found else None
    return f"{text[: match.start(1)]}{chance.choice(_STRANGERS)}{text[match.end(1) :]}" if match else None


def date(text: str, chance: Random, _: Lists) -> str | None:
    """The day of a date changed."""
    found = [m for m in _DAY.finditer(text) if 1 < int(m[1] or m[2]) < 28]
    match = chance.choice(found) if found else None
    if match is None:
        return None
    group = 1 if match[1] else 2
    return f"{text[: match.start(group)]}{int(match[group]) + 1}{text[match.end(group) :]}"


def added(text: str, chance: Random, _: Lists) -> str | None:
    """A sentence about something else after this one."""
    strange = f"{chance.choice(_WHO)} {chance.choice(_DOES)} {chance.choice(_WHEN)}."
    return f"{text} {strange}" if len(tokens(text)) > 5 and text[-1:] in ".!?" else None


def term(text: str, chance: Random, lists: Lists) -> str | None:
    """A listed term in a form its entry rejects."""
    found = [m for m in lists.terms.find(text) if m.form.status in (PREFERRED, ACCEPTED)]
    found = [m for m in found if lists.terms.terms[m.form.entry].reject]
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start] + lists.terms.terms[match.form.entry].reject[0] + text[match.end :]


def doubled_word(text: str, chance: Random, _: Lists) -> str | None:
    """A word of four letters or more said twice."""
    found = [t for t in tokens(text) if len(t.text) > 3 and t.text.islower()]
    token = chance.choice(found) if found else None
    return _with(text, token, f"{token.text} {token.text}") if token else None


def lower_case(text: str, _: Random, __: Lists) -> str | None:
    """The whole sentence in small letters."""
    return text.lower() if sum(c.isupper() for c in text) > 1 and len(tokens(text)) > 4 else None


def small_start(text: str, _: Random, __: Lists) -> str | None:
    """The first letter small, unless the word is a name or I."""
    first = next(iter(tokens(text)), None)
    if first is None or not re.fullmatch(r"[A-Z][a-z]+", first.text) or text[: first.start].strip("“\"'("):
        return None
    return text[: first.start] + first.text[0].lower() + text[first.start + 1 :]


def final_mark(text: str, _: Random, __: Lists) -> str | None:
    """The final mark left out."""
    match = _FINAL.search(text)
    return text[: match.start()] + text[match.end() :] if match and len(tokens(text)) > 3 else None


def unpaired(text: str, chance: Random, _: Lists) -> str | None:
    """An opening quotation mark or bracket left out."""
    found = list(_QUOTED.finditer(text))
    match = chance.choice(found) if found else None
    return text[: match.start()] + text[match.end() :] if match else None


def doubled_mark(text: str, chance: Random, _: Lists) -> str | None:
    """A comma or semicolon twice."""
    found = list(_COMMA.finditer(text))
    match = chance.choice(found) if found else None
    return text[: match.end()] + match.group() + text[match.end() :] if match else None


def negated(text: str, chance: Random, _: Lists) -> str | None:
    """`not` after a verb of an affirmative sentence."""
    found = list(_AFFIRMED.finditer(text))
    if not found or _DENIED.search(text):
        return None
    match = chance.choice(found)
    end = match.end() if " " not in match.group() else match.start() + match.group().index(" ")
    return f"{text[:end]} not{text[end:]}"


def spaces(text: str, chance: Random, _: Lists) -> str | None:
    """A space before a comma."""
    found = list(_COMMA.finditer(text))
    match = chance.choice(found) if found else None
    return f"{text[: match.start()]} {text[match.start() :]}" if match else None


def mojibake(text: str, chance: Random, _: Lists) -> str | None:
    """A letter or an apostrophe as it looks when UTF-8 is read as Windows-1252."""
    found = [m.start() for m in re.finditer(r"(?<=\w)(?:['’é]|e(?=\w))", text)]
    if not found:
        return None
    at = chance.choice(found)
    return text[:at] + ("â€™" if text[at] in "'’" else "Ã©") + text[at + 1 :]


def other_script(text: str, chance: Random, _: Lists) -> str | None:
    """A word of a text in Latin letters left in Chinese."""
    found = [t for t in tokens(text) if len(t.text) > 4 and t.text.islower() and script(t.text[0]) == "LATIN"]
    token = chance.choice(found) if found else None
    return _with(text, token, chance.choice(("研究人员", "合作组织", "经济发展"))) if token else None


def clause(text: str, chance: Random, _: Lists) -> str | None:
    """A clause between commas left out."""
    found = [m for m in _CLAUSE.finditer(text) if len(m.group().split()) > 6]
    match = chance.choice(found) if found else None
    return text[: match.start()] + text[match.end() :] if match else None


def dropped(text: str, _: Random, __: Lists) -> str | None:
    """The whole sentence left out."""
    return "" if len(tokens(text)) > 5 or (has_unspaced(text) and len(text) > 10) else None


def repeated(text: str, _: Random, __: Lists) -> str | None:
    """The whole sentence twice."""
    return f"{text} {text}" if len(tokens(text)) > 5 else None


def _with(text: str, token: Token, word: str) -> str:
    return text[: token.start] + word + text[token.end :]


class Kind(NamedTuple):
    """A kind of error: what is done, and the rules that are right to speak of it, the nearest first."""

    name: str
    damage: Damage
    rules: Sequence[str]


KINDS = tuple(
    Kind(title, damage, in_order(rules))
    for title, damage, rules in (
        ("sentence left out", dropped, "omission"),
        ("clause left out", clause, "omission number-missing name-missing term-missing length-ratio"),
        ("sentence twice", repeated, "repetition addition"),
        ("word twice", doubled_word, "repetition"),
        ("number changed", number, "number-mismatch date-mismatch number-added number-missing date-malformed"),
        ("number tenfold", tenfold, "number-mismatch date-mismatch number-added number-missing date-malformed"),
        ("name, one sound changed", name, "name-mistransliterated name-variant name-wrong"),
        ("name in small letters", small_name, "name-case"),
        ("name left out", lost_name, "name-missing name-wrong"),
        ("another name", other_name, "name-wrong name-mistransliterated name-missing"),
        ("date, another day", date, "date-mismatch number-mismatch number-added number-missing"),
        ("sentence added", added, "addition"),
        ("rejected term", term, "term-forbidden term-missing"),
        ("negated", negated, "negation-mismatch"),
        ("word in other script", other_script, "untranslated"),
        ("mojibake", mojibake, "character"),
        ("sentence in lower case", lower_case, "casing name-case term-case"),
        ("small first letter", small_start, "casing name-case term-case"),
        ("final mark left out", final_mark, "punctuation-final"),
        ("quote or bracket alone", unpaired, "punctuation-unpaired"),
        ("mark twice", doubled_mark, "punctuation-doubled"),
        ("space before comma", spaces, "whitespace"),
    )
)
