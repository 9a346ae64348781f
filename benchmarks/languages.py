"""How the rules do in many languages: `python benchmarks/languages.py JOB [PART [CODE ...]]`, on NTREX-128.

`noise`: findings of every rule that needs no reference on professional translations, per 1,000 lines: false alarms,
and slips of the translators. `planted`: errors planted into human translations with the undamaged one as reference;
per language and kind the share in which a rule of the right kind fires. PART is `development` or `blind`: every third
document of all languages, and every fifth language (marked *), which were not looked at while the rules were written.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import regex
from babel import Locale

import evalkit
from evalkit.language.codes import bare
from evalkit.language.denials import cues_of, is_known
from evalkit.plugins import Registry
from evalkit.run.unjudged import unjudged
from evalkit.text.words import has_unspaced, words

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "ntrex"
LINES = 150
MOST = 100  # errors of a kind and language
# Codes of NTREX that are no language tags, or not the usual ones.
TAGS = {
    "arb": "ar", "bod": "bo", "ces": "cs", "cym": "cy", "deu": "de", "ell": "el", "eus": "eu", "fas": "fa", "fra": "fr",
    "hye": "hy", "isl": "is", "kat": "ka", "mkd": "mk", "mri": "mi", "msa": "ms", "mya": "my", "nld": "nl",
    "prs": "fa-AF",
    "ron": "ro", "slk": "sk", "sqi": "sq", "zho": "zh", "spa-2": "es",
}  # fmt: skip
PLANTED = ("deu", "fra", "spa", "rus", "zho-CN", "jpn", "arb", "hin", "pol", "tur")
RIGHT = {
    "number": ("number-", "date-", "unit-"), "negation lost": "negation-",
    "English phrase": "untranslated", "English word": "untranslated",
    "weekday": "date-", "currency": ("number-", "unit-"),
}  # fmt: skip


def tag(code: str) -> str:
    language, _, rest = code.partition("-")
    known = TAGS.get(code) or TAGS.get(language) or bare(language)
    return known if code in TAGS or not rest else f"{known}-{rest}"


def read(name: str) -> list[str]:
    with gzip.open(DATA / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        return [line.strip() or "-" for line in file]


def codes() -> list[str]:
    return sorted(p.name.removesuffix(".txt.gz") for p in DATA.glob("*.txt.gz") if not p.name.startswith("source"))


def chosen(part: str) -> list[int]:
    """The lines of the documents of a part: every third document is blind."""
    documents = (DATA / "documents.txt").read_text("utf-8").split()
    order = {document: i for i, document in enumerate(dict.fromkeys(documents))}
    return [i for i, document in enumerate(documents) if (order[document] % 3 == 2) == (part == "blind")]


def findings(candidate: list[str], lang: str, reference: list[str] | None = None) -> list:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("candidate", "reference")]
        for path, lines in zip(paths, (candidate, reference or []), strict=True):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        given = [paths[1]] if reference else []
        return list(evalkit.check(paths[0], given, lang=lang, align="lines").systems[0].findings)


def noise(part: str) -> None:
    """A row a language, a column a rule, – where it does not judge the language; a language is loud with more than 8
    findings or 2 major ones in 150 lines."""
    registry = Registry()
    detectors = [d for name in sorted(registry.names("detector"))
                 if getattr(d := registry.get("detector", name), "default", True)]  # fmt: skip
    rules = [rule.id for d in detectors for rule in d.rules if not rule.needs]
    names = codes()
    blind = {code for i, code in enumerate(names) if i % 5 == 3}
    used = [code for code in names if part == "blind" or code not in blind]
    rows, loud, grave, total = [], [], 0, Counter()
    for code in used:
        found = findings([read(code)[i] for i in chosen(part)[:LINES]], tag(code))
        heard = [f for f in found if f.severity != "neutral"]
        major = sum(f.severity in ("major", "critical") for f in heard)
        grave += major
        loud += [code] if len(heard) > 8 or major > 2 else []
        counts = Counter(f.rule for f in heard)
        total.update(counts)
        size = min(LINES, len(chosen(part)))
        silent = {item.rule for item in unjudged(detectors, tag(code))}
        cells = [_cell(counts[rule], size, judges=rule not in silent) for rule in rules]
        rows.append(f"| {tag(code)}{' *' if code in blind else ''} | {' | '.join(cells)} |")
    print(f"| language | {' | '.join(f'`{rule}`' for rule in rules)} |\n| --- |{' ---: |' * len(rules)}")
    print("\n".join(rows))
    per = [f"{1000 * total[rule] / (size * len(used)):.1f}" for rule in rules]
    print(f"| **all** | {' | '.join(per)} |")
    which = f" ({', '.join(map(tag, loud))})" if loud else ""
    print(f"\n{len(loud)} of {len(used)} languages are loud{which}; {grave} major findings in all.")


def _cell(number: int, size: int, *, judges: bool) -> str:
    """Findings per 1,000 lines; a dash where the rule says that it does not judge the language by itself."""
    said = f"{1000 * number / size:.0f}" if number else ""
    return said if judges else f"{said} –".strip()


def negation_lost(text: str, lang: str, chance: random.Random, _: str) -> str | None:
    found = cues_of(text, lang) if is_known(lang) else []
    if not found:
        return None
    cue = chance.choice(found)
    return re.sub(r"  +", " ", text[: cue.start] + text[cue.end :]).strip()


def english_phrase(text: str, _: str, chance: random.Random, english: str) -> str | None:
    """Four words of the English source in the place of as many."""
    theirs, mine = words(english), words(text)
    if len(theirs) < 8 or len(mine) < 8:
        return None
    a, b = chance.randrange(1, len(theirs) - 4), chance.randrange(1, len(mine) - 4)
    wide = 4 if not has_unspaced(text) else 6
    said = english[theirs[a].start : theirs[a + 3].end]
    if sum(w.islower() for w in said.split()) < 3:
        return None
    return text[: mine[b].start] + said + text[mine[min(b + wide, len(mine)) - 1].end :]


def english_word(text: str, lang: str, chance: random.Random, english: str) -> str | None:
    """A word in small letters of the source, of five letters or more, in the place of one; none that the language has
    too, which is one that its translators use themselves."""
    theirs = [w.text for w in words(english) if w.text.islower() and w.text.isalpha() and len(w.text) > 4]
    theirs = [word for word in theirs if word not in own_words(lang)]
    mine = [w for w in words(text)[1:] if len(w.text) > 3 or has_unspaced(w.text)]
    if not theirs or not mine:
        return None
    there = chance.choice(mine)
    return text[: there.start] + chance.choice(theirs) + text[there.end :]


@cache
def own_words(lang: str) -> frozenset[str]:
    """The words in small letters of all translations into a language, of both parts."""
    code = next(code for code in (*PLANTED, *codes()) if bare(tag(code)) == lang)
    return frozenset(w.text for line in read(code) for w in words(line) if w.text.islower())


def number(text: str, _: str, chance: random.Random, __: str) -> str | None:
    """A figure with another first digit."""
    found = list(re.finditer(r"\d+", text))
    if not found:
        return None
    spot = chance.choice(found)
    other = chance.choice([digit for digit in "123456789" if int(digit) != unicodedata.digit(spot.group()[0])])
    return text[: spot.start()] + other + text[spot.start() + 1 :]


def weekday(text: str, lang: str, chance: random.Random, _: str) -> str | None:
    names = [str(name) for name in Locale(lang).days["format"]["wide"].values()]
    spots = [(m, name) for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    if lang in ("zh", "ja"):  # 周一 as well as 星期一
        short = [str(name) for name in Locale(lang).days["format"]["abbreviated"].values() if len(str(name)) > 1]
        spots = [(m, name) for name in (*names, *short) for m in re.finditer(re.escape(name), text)]
        names = short if spots and spots[-1][1] in short else names
        spots = [spot for spot in spots if spot[1] in names]
    if not spots:
        return None
    spot, name = chance.choice(spots)
    other = chance.choice([n for n in names if n != name])
    return text[: spot.start()] + other + text[spot.end() :]


SIGNS = "$€£"
NEAR = 20  # characters before a currency that may hold its figure: 9000 millones de euros
# Dollars, euros and pounds.
CURRENCIES = {
    "de": ("Dollar", "Euro", "Pfund"), "fr": ("dollars", "euros", "livres"), "es": ("dólares", "euros", "libras"),
    "ru": ("долларов", "евро", "фунтов"), "zh": ("美元", "欧元", "英镑"), "ja": ("ドル", "ユーロ", "ポンド"),
    "ar": ("دولار", "يورو", "جنيه"), "hi": ("डॉलर", "यूरो", "पाउंड"), "pl": ("dolarów", "euro", "funtów"),
    "tr": ("dolar", "avro", "sterlin"),
}  # fmt: skip
SIGNS = "$€£"
NEAR = 20  # characters before a currency that may hold its figure: 9000 millones de euros


def currency(text: str, lang: str, _: random.Random, __: str) -> str | None:
    """Dollars exchanged for euros or the other way round, pounds for euros, by sign or name, near a figure."""
    one, two, three = CURRENCIES.get(lang, tuple(SIGNS))
    for old, new in (("$", "€"), ("€", "$"), ("£", "€"), (one, two), (two, one), (three, two)):
        # No part of a name: Europa, エルサルバドル.
        apart = r"\u30a0-\u30ff" if lang == "ja" else r"\p{L}\p{M}"
        whole = re.escape(old) if old in SIGNS or lang == "zh" else rf"(?<![{apart}]){re.escape(old)}(?![{apart}])"
        for spot in regex.finditer(whole, text):
            if re.search(r"\d", text[max(0, spot.start() - NEAR) : spot.end() + 2]):
                return text[: spot.start()] + new + text[spot.end() :]
    return None


KINDS: dict[str, Callable[[str, str, random.Random, str], str | None]] = {
    "number": number, "negation lost": negation_lost, "English phrase": english_phrase, "English word": english_word,
    "weekday": weekday, "currency": currency,
}  # fmt: skip


def damaged(kind: str, lines: list[str], sources: list[str], lang: str) -> Iterator[tuple[int, str]]:
    chance = random.Random(f"{kind} {lang}")
    for i, (line, english) in enumerate(zip(lines, sources, strict=True)):
        bad = KINDS[kind](line, lang, chance, english)
        if bad and bad != line:
            yield i, bad


def planted(part: str, codes: Sequence[str] = PLANTED) -> None:
    """Shares found, and how many were planted; every line is damaged in one way at most at a time."""
    places, english = chosen(part), read("source.eng")
    print(f"| language | {' | '.join(KINDS)} |\n| --- |{' ---: |' * len(KINDS)}")
    for code in codes:
        lines, lang = [read(code)[i] for i in places], bare(tag(code))
        cells = []
        for kind in KINDS:
            spots = list(damaged(kind, lines, [english[i] for i in places], lang))[:MOST]
            if not spots:
                cells.append("none")
                continue
            # The reference whole, so that what it says of the language is known; damage in the candidate alone.
            candidate = list(lines)
            for i, bad in spots:
                candidate[i] = bad
            hit = {f.line for f in findings(candidate, lang, lines) if f.rule.startswith(RIGHT[kind])}
            found = sum(i + 1 in hit for i, _ in spots)
            cells.append(f"{found / len(spots):.0%} of {len(spots)}")
        print(f"| {lang} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    part, *some = sys.argv[2:] or ["development"]
    if sys.argv[1] == "noise":
        noise(part)
    else:
        planted(part, some or PLANTED)
