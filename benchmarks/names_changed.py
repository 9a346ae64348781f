"""Names with a letter wrong, right inflected forms, countries exchanged, and the noise floor of the rules for names.

python benchmarks/names_changed.py [changed] [inflected] [exchanged] [floor]; the data folder in EVALKIT_DATA.

Every table has a column for what the rules were written on (dev) and one for what was kept aside (blind).
"""

from __future__ import annotations

import gzip
import os
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.core import get_global

from evalkit.detectors.names import NamesDetector
from evalkit.language.name_places import COUNTRY, find_places, place_names
from evalkit.records import Context, Document, Finding, Kind, Name, Passage, Segment, Unit

DATA = Path(os.environ.get("EVALKIT_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"))
SEED = 20201110
SAMPLE = 120
SEVERE = ("major", "critical")
# Sentences for the names: two sets, one of which nothing was tried on.
DEV = {
    "en": ("We met {} in the town hall on Monday.", "The report was signed by {} and sent to the office."),
    "de": ("Am Montag trafen wir {} im Rathaus.", "Der Bericht wurde von {} unterschrieben und verschickt."),
    "fr": ("Nous avons rencontré {} lundi à la mairie.", "Le rapport a été signé par {} puis envoyé."),
    "es": ("Nos reunimos con {} el lunes en el ayuntamiento.", "El informe fue firmado por {} y enviado."),
}
BLIND = {
    "en": ("{} told reporters that the talks had failed.", "Guests included {}, Olaf Scholz and Ana Lima."),
    "de": ("{} sagte vor der Presse, die Gespräche seien gescheitert.", "Unter den Gästen waren {} und Ana Lima."),
    "fr": ("{} a dit à la presse que les négociations ont échoué.", "Parmi les invités, il y avait {} et Ana Lima."),
    "es": ("{} dijo a la prensa que el diálogo había fracasado.", "Entre los invitados estaban {} y Ana Lima."),
    "it": ("{} ha detto alla stampa che il dialogo è fallito.", "Tra gli ospiti c'erano {} e Ana Lima."),
    "pt": ("{} disse à imprensa que o diálogo tinha falhado.", "Entre os convidados estavam {} e Ana Lima."),
    "nl": ("{} zei tegen de pers dat het overleg was mislukt.", "Onder de gasten waren {} en Ana Lima."),
    "sv": ("{} sade till pressen att samtalen hade misslyckats.", "Bland gästerna fanns {} och Ana Lima."),
}
INFLECTING = {
    "dev": "pol slk rus fin hun tur lav deu",
    "blind": "ces ukr est lit hrv slv ell bul ron bel mkd isl sqi hye kat aze-Latn",
}
EXCHANGED_DEV = ("deu", "fra", "spa", "pol", "rus", "arb", "heb", "zho-CN", "jpn", "kor", "hin", "kat", "fin", "tur")
SECOND = (("fra", "fra-CA"), ("por", "por-BR"), ("spa", "spa-2"), ("eng-GB", "eng-US"))
WMT = (("wmt22.zh-en", "en", "HuaweiTSC"), ("wmt24.en-de", "de", "IKUN"), ("wmt22.en-zh", "zh", "LanguageX"))


def lines(path: str) -> list[str]:
    with gzip.open(DATA / path, "rt", encoding="utf-8", newline="\n") as stream:
        return [line.strip() or "-" for line in stream.read().removesuffix("\n").split("\n")]


def findings(
    lang: str, pairs: Sequence[tuple[str, str]], names: Sequence[Name] = (), *, kind: Kind = "translation"
) -> list[Finding]:
    """Findings of the rules for names in pairs of (candidate, reference) that are lines of one file."""
    units, texts = [], {"c": "", "r": ""}
    for number, pair in enumerate(pairs):
        passages = {}
        for side, text in zip("cr", pair, strict=True):
            start = len(texts[side])
            segment = Segment(f"{side}{number}", "d", start, start + len(text), text, "text", number)
            passages[side] = Passage((segment,), text, "r" if side == "r" else "")
            texts[side] += text + "\n"
        references = (passages["r"],) if pair[1] else ()
        units.append(Unit(str(number), "d", "1-1" if references else "added", 1.0, passages["c"], references))
    documents = {side: {"d": Document("d", "d", text, "", lang)} for side, text in texts.items()}
    context = Context("s", lang, kind, documents["c"], {"r": documents["r"]}, tuple(names), trusted={"d": True})
    return list(NamesDetector().find(units, context))


def language(code: str) -> str:
    """The CLDR's code for NTREX's: pol, pl; zho-TW, zh-Hant."""
    if code == "zho-TW":
        return "zh-Hant"
    three, _, script = code.partition("-")
    two = get_global("language_aliases").get(three, three)
    two = {"arb": "ar", "fas": "fa", "nob": "nb"}.get(three, two)
    return f"{two}-{script}" if len(script) == 4 else two


# --- names with a letter wrong ---------------------------------------------------------------------------

_NEAR = dict(zip("kcszviyoeaeuwtdpbgmnlr", "cxzsvyiueaeovdtbpknmrl", strict=True))


def people(blind: bool) -> list[str]:
    """Names of two words; which are kept aside is told by their checksum."""
    rows = [row.split("\t") for row in lines("names_wikidata/variant_groups.tsv.gz")[1:]]
    rows = [row for row in rows if len(row) > 1 and bool(zlib.crc32(row[0].encode()) % 2) == blind]
    forms = [next((f for f in row[1].split("|") if re.fullmatch("[a-z]{4,12}", f)), "") for row in rows]
    last = [f for f in forms if len(f) > 5]
    first = [f for f in forms if 3 < len(f) < 6]
    chance = random.Random(SEED)
    return [
        f"{a.title()} {b.title()}"
        for a, b in zip(chance.sample(first, SAMPLE), chance.sample(last, SAMPLE), strict=True)
    ]


def changes(name: str, chance: random.Random) -> dict[str, str]:
    """The name with one letter of its last word wrong, by kind."""
    first, last = name.split()
    at = chance.randrange(1, len(last) - 1)
    found = {
        "lost": last[:at] + last[at + 1 :],
        "doubled": last[:at] + last[at] + last[at:],
        "exchanged": last[:at] + _NEAR.get(last[at], "x") + last[at + 1 :],
        "swapped": last[:at] + last[at + 1] + last[at] + last[at + 2 :],
        "end lost": last[:-1],
        "end added": last + chance.choice("aeio"),
    }
    return {kind: f"{first} {word}" for kind, word in found.items() if word != last}


def show_changed() -> None:
    kinds = ("lost", "doubled", "exchanged", "swapped", "end lost", "end added")
    print(f"{'':22}" + "".join(f"{kind:>11}" for kind in kinds) + f"{'all':>7}")
    for part, frames in (("dev", DEV), ("blind", BLIND)):
        names = people(part == "blind")
        listed = [Name(name) for name in names]
        for lang in frames:
            for how, known in (("listed", listed), ("by reference", [])):
                found = [found_of(kind, names, frames[lang], lang, known) for kind in kinds]
                row = "".join(f"{hits / n:11.2f}" for hits, n in found)
                total = sum(hits for hits, _ in found) / sum(n for _, n in found)
                print(f"{part:6}{lang} {how:13}{row}{total:7.2f}")


def found_of(kind: str, names: list[str], frames: Sequence[str], lang: str, known: list[Name]) -> tuple[int, int]:
    """How many sentences with a wrong name have a finding that is more than a hint, and how many there are."""
    chance = random.Random(SEED)
    pairs = []
    for number, name in enumerate(names):
        wrong = changes(name, chance).get(kind)
        if wrong:
            frame = frames[number % len(frames)]
            pairs.append((frame.format(wrong), frame.format(name)))
    return len({f.unit for f in findings(lang, pairs, known) if f.severity != "neutral"}), len(pairs)


# --- right forms -----------------------------------------------------------------------------------------

_USUAL = "US GB FR DE IT ES PL RU UA CN JP KR IN PK IR IQ SY TR GR EG IL SA ZA NG KE BR AR MX CA AU NZ SE NO DK FI NL"
CODES = frozenset(_USUAL.split())


def show_inflected() -> None:
    print("Right inflected forms of listed countries in human translations: alarms / mentions")
    for part, codes in INFLECTING.items():
        alarms = mentions = 0
        told = []
        for code in codes.split():
            lang = language(code)
            territories = Locale.parse(lang.replace("-", "_")).territories
            names = [territories[c] for c in sorted(CODES) if " " not in territories.get(c, " ")]
            text = lines(f"ntrex/{code}.txt.gz")
            found = findings(lang, [(t, "") for t in text], [Name(n, "place") for n in names])
            wrong = [f for f in found if f.severity != "neutral"]
            here = sum(line.count(name[: max(4, len(name) - 3)]) for line in text for name in names)
            alarms, mentions = alarms + len(wrong), mentions + here
            told.append(f"{lang} {len(wrong)}/{here}")
        print(f"{part:6}{alarms:4} of {mentions} ({alarms / mentions:.1%}): {', '.join(told)}")


# --- countries exchanged ---------------------------------------------------------------------------------


def exchanges(lang: str, text: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(candidate, reference) where one country of a line stands in its basic form and gives way to another."""
    chance = random.Random(SEED)
    countries = {name: code for name, (kind, code) in place_names(lang).items() if kind == COUNTRY}
    usual = sorted(name for name, code in countries.items() if code in CODES)
    for line in text:
        there = [place for place in find_places(line, lang) if place.kind == COUNTRY]
        if len(there) == 1 and there[0].text in countries:
            place = there[0]
            other = chance.choice([name for name in usual if countries[name] != place.code])
            yield line[: place.start] + other + line[place.end :], line


def show_exchanged() -> None:
    print("A country exchanged in a line of a human translation, without a list: found / planted")
    codes = sorted(path.name.removesuffix(".txt.gz") for path in (DATA / "ntrex").glob("*.txt.gz"))
    sums = {"dev": [0, 0, 0, 0], "blind": [0, 0, 0, 0]}
    low = []
    for code in codes:
        lang = language(code)
        if code.startswith("source") or not place_names(lang):
            continue
        pairs = list(exchanges(lang, lines(f"ntrex/{code}.txt.gz")))
        if not pairs:
            continue
        hits = len({f.unit for f in findings(lang, pairs, kind="report") if f.rule == "name-wrong"})
        counts = sums["dev" if code in EXCHANGED_DEV else "blind"]
        for at, value in enumerate((hits, len(pairs), 1, 10 * hits >= 9 * len(pairs))):
            counts[at] += value
        if 10 * hits < 9 * len(pairs):
            low.append(f"{lang} {hits}/{len(pairs)}")
    for part, (hits, planted, languages, well) in sums.items():
        share = f"{hits} of {planted} ({hits / max(planted, 1):.1%})"
        print(f"{part:6}{share} in {languages} languages, in {well} of them 90 % or more")
    print(f"below 90 %: {', '.join(low) or 'none'}")


# --- the noise floor -------------------------------------------------------------------------------------


def show_floor() -> None:
    print("Findings of the rules for names per 1,000 words (characters in zh); dev: even lines, blind: odd ones")
    print(f"{'':24}{'':12}{'major, critical':>20}{'with minor':>18}")
    print(f"{'':24}{'':12}{'dev':>10}{'blind':>10}{'dev':>9}{'blind':>9}")
    for one, other in SECOND:
        _floor(f"NTREX {one}", other, language(one), *(lines(f"ntrex/{code}.txt.gz") for code in (other, one)))
    for name, lang, system in WMT:
        base = f"wmt/{name}/"
        reference = lines(f"{base}references/refA.{lang}.txt.gz")
        _floor(name, "human refB", lang, lines(f"{base}references/refB.{lang}.txt.gz"), reference)
        _floor(name, system, lang, lines(f"{base}systems/{system}.{lang}.txt.gz"), reference)


def _floor(name: str, who: str, lang: str, candidate: list[str], reference: list[str]) -> None:
    rates: dict[str, list[float]] = {"severe": [], "all": []}
    for half in (0, 1):
        pairs = list(zip(candidate, reference, strict=True))[half::2]
        found = findings(lang, pairs)
        size = sum(len(c) if lang == "zh" else len(c.split()) for c, _ in pairs)
        rates["severe"].append(1000 * sum(f.severity in SEVERE for f in found) / size)
        rates["all"].append(1000 * sum(f.severity != "neutral" for f in found) / size)
    severe, every = rates["severe"], rates["all"]
    print(f"{name:24}{who:12}{severe[0]:10.2f}{severe[1]:10.2f}{every[0]:9.2f}{every[1]:9.2f}")


TABLES: dict[str, Callable[[], None]] = {
    "changed": show_changed,
    "inflected": show_inflected,
    "exchanged": show_exchanged,
    "floor": show_floor,
}

if __name__ == "__main__":
    for wanted in sys.argv[1:] or list(TABLES):
        TABLES[wanted]()
