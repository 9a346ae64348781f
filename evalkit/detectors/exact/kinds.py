"""What a translation takes over as it is: addresses, placeholders, tags, codes; their places, and when two are one."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evalkit.language.dictionaries import is_known
from evalkit.text.addresses import mail_addresses, web_addresses
from evalkit.text.messages import without_syntax
from evalkit.text.words import plain_punctuation, quote


class Item(NamedTuple):
    """A thing in a text: its place, and the key under which it must stand on the other side too."""

    start: int
    end: int
    key: str


_PRINTF = (  # %s, %-5.2f, %1$s, %(name)d; no %% and no per cent after a number
    r"(?<![\d%])%(?:\d{1,2}\$|\([\w.]{1,60}\))?[-+0#]{0,4}\d{0,3}(?:\.\d{1,2})?"
    r"(?:hh|h|ll|l|z)?[sdiufFgGeExXcp@](?![A-Za-z])"
)
_BRACES = (  # {{name}}, ${name}, $NAME$, {0}, {name}, {value:.2f}
    r"\{\{\s{0,4}[\w.]{1,80}\s{0,4}\}\}|\$\{[^{}\n]{1,80}\}|\$\w{2,40}\$|\{\d{1,3}\}"
    r"|\{[A-Za-z_][\w.]{0,60}(?::[^{}\n]{1,20})?\}"
)
_PLACEHOLDER = re.compile(rf"{_BRACES}|{_PRINTF}|\\[nrt](?![A-Za-z])")
_ICU = re.compile(r"\{\s{0,4}([A-Za-z_]\w{0,60}|\d{1,3})\s{0,4},\s{0,4}(plural|selectordinal|select)\s{0,4},")
# Inside a plural or select `{...}` after a keyword is a text of its own, not a name.
_BRANCH = re.compile(r"(?:\b(?:zero|one|two|few|many|other)|=\d{1,9}|\b\w{1,40})\s{0,4}$")

_TAG = re.compile(
    r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>\n]{0,500})?/?>|</?\d{1,4}/?>|&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|nbsp|amp|lt|gt|quot|apos|shy);"
)
_TAG_NAME = re.compile(r"<(/?)([\w:.-]+)")
_NOTE = re.compile(r"<([a-z]{4,40})/>")
_EMPTY_TAGS = frozenset({
    "br", "hr", "img", "input", "wbr", "x", "ph", "bx", "ex", "it", "col", "area", "base", "embed", "link", "meta",
    "param", "source", "track",
})  # fmt: skip

# Letters, nearly all capitals, and digits; five of them, three digits, or parts with a hyphen or slash: CD133, A380,
# COVID-19. What is shorter (F16, G20, Q3, WW1, HER2) languages say otherwise.
# Words of scripts without spaces, and Korean endings, stand right beside a code.
_BESIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_CODE = re.compile(
    rf"(?<![^\W{_BESIDE}])(?<!/)[A-Z][A-Za-z0-9]{{0,40}}(?:[-/.][A-Za-z0-9]{{1,40}}){{0,3}}(?![^\W{_BESIDE}])"
)
_SMALL = re.compile(r"[a-z]{2}")
_SHORTEST_CODE = 5  # letters and digits
_WORD = re.compile(r"([A-Z]{4,})\d+")  # fewer letters are a word by chance
_MONEY = re.compile(r"(?:US|EUR|USD|GBP|RMB|CNY|JPY|CHF|HK|NT|No|Nr|Art|Abs|Para|Vol|Fig|Tab|Rs)[-/.]?\d")
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХІЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXISABEZHIKMNOPTYX")
_NOT_ALNUM = re.compile(r"[\W_]+")


def urls(text: str) -> Iterator[Item]:
    """Web and mail addresses; of a host capitals and a final slash say nothing."""
    for start, end in web_addresses(text):
        scheme, apart, rest = text[start:end].rpartition("://")
        host, slash, path = rest.partition("/")
        yield Item(start, end, f"{scheme.lower()}{apart}{host.lower()}{slash}{path}".rstrip("/"))
    for start, end in mail_addresses(text):
        yield Item(start, end, text[start:end].lower())


def placeholders(text: str) -> Iterator[Item]:
    """Names and places that a program fills in, in the forms of printf, Python, Java, shells, templates and ICU."""
    heads = list(_ICU.finditer(text))
    for match in heads:
        yield Item(match.start(), match.end(), f"{{{match[1]},{match[2]}}}")
    for match in _PLACEHOLDER.finditer(text):
        inside = heads and match.start() > heads[0].start() and match.group().startswith("{")
        if not (inside and _BRANCH.search(text, max(0, match.start() - 50), match.start())):
            yield Item(match.start(), match.end(), re.sub(r"\s+", "", match.group()))


def tags(text: str) -> Iterator[Item]:
    """Tags and entities; the attributes of a tag that texts may stand in are no part of it."""
    for match in _TAG.finditer(text):
        name = _TAG_NAME.match(match.group())
        ids = re.findall(r"\b(?:id|rid|href|src)=(?:\"[^\"]{0,300}\"|'[^']{0,300}')", match.group())
        single = "/" if match.group().endswith("/>") else ""
        key = f"<{name[1]}{name[2].lower()}{''.join(' ' + i for i in sorted(ids))}{single}>" if name else match.group()
        yield Item(match.start(), match.end(), key)


_TOKEN = re.compile(r"[@#][^\W_]\S{0,200}|(?<![^\W_])[^\W_]{1,80}(?:[./\\@_=:&?]{1,3}[^\W_]{1,80}){2,40}")


def prose(text: str) -> str:
    """A text without addresses, placeholders, tags, paths, handles: what is left has words of a language."""
    text = without_syntax(text)
    for kind in (urls, placeholders, tags):
        for item in kind(text):
            text = f"{text[: item.start]}{' ' * (item.end - item.start)}{text[item.end :]}"
    return _TOKEN.sub(" ", text)


def named(noun: str, text: str, shown: str = "") -> str:
    """What a thing is called, with its text; of an entity also the sign that it stands for."""
    shown = shown or quote(text)
    if not text.startswith("&"):
        return f"{noun} {shown}"
    sign = html.unescape(text)
    name = unicodedata.name(sign, "").lower() if len(sign) == 1 else ""
    return f"HTML entity {shown} ({name})" if name else f"HTML entity {shown}"


def codes(text: str) -> Iterator[Item]:
    """Designations of letters and digits."""
    for match in _CODE.finditer(text):
        found = match.group()
        key = folded(found)
        digits = sum(c.isdigit() for c in key)
        long = digits > 2 or len(key) >= _SHORTEST_CODE or (len(key) < len(found) and len(key) - digits > 1)
        if digits and long and len(key) - digits and not _SMALL.search(found) and not _MONEY.match(found):
            yield Item(match.start(), match.end(), key)


def folded(text: str) -> str:
    """Letters and digits alone, look-alikes of other scripts as Latin capitals: Т-90 in Cyrillic is T90."""
    return _NOT_ALNUM.sub("", plain_punctuation(text).upper().translate(_LOOK_ALIKE))


def is_word_of(key: str, lang: str) -> bool:
    """True for a code of a number behind a word or name that the language's dictionary has: COVID-19."""
    word = _WORD.fullmatch(key)
    return word is not None and is_known(word[1].lower(), lang)


def is_note(key: str, lang: str) -> bool:
    """True for a remark in the form of a tag, which a translator may translate: <unintelligible/>."""
    note = _NOTE.fullmatch(key)
    return note is not None and note[1] not in _EMPTY_TAGS and is_known(note[1], lang)


def badly_nested(items: list[Item]) -> Item | None:
    """The first closing tag that closes what is not open last."""
    open_: list[str] = []
    for item in items:
        name = _TAG_NAME.match(item.key)
        if name is None or item.key.endswith("/>") or name[2] in _EMPTY_TAGS:
            continue
        if not name[1]:
            open_.append(name[2])
        elif not open_ or open_.pop() != name[2]:
            return item
    return None


Kind = Callable[[str], Iterator[Item]]
