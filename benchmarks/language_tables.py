"""Writes what standards say of all languages at once to `evalkit/language/packs/cldr.toml`.

python benchmarks/language_tables.py FOLDER

FOLDER holds the unpacked npm packages cldr-core and cldr-misc-full (Unicode licence) and stopwords-iso (MIT). The
codes that IANA has registered are taken from the package langcodes.
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

from langcodes import tag_is_valid

from evalkit.language.dictionaries import is_known
from evalkit.language.packs import words_of
from evalkit.text.files import write_text

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "language" / "packs" / "cldr.toml"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Scripts of the CLDR that are several scripts of Unicode, or another name of one.
SEVERAL = {
    "Hans": ["Hani"], "Hant": ["Hani"], "Jpan": ["Hani", "Hira", "Kana"], "Kore": ["Hang", "Hani"],
    "Hanb": ["Hani", "Bopo"], "Aran": ["Arab"], "Cyrs": ["Cyrl"], "Latf": ["Latn"], "Latg": ["Latn"],
    "Hrkt": ["Hira", "Kana"],
}  # fmt: skip


def find(folder: Path, name: str) -> dict:
    return json.loads(next(folder.rglob(name)).read_text("utf-8"))


def scripts(folder: Path) -> dict[str, list[str]]:
    """The scripts of each language; Latin only where it is one of the first, not a way to transcribe."""
    found: dict[str, list[str]] = {}
    for key, entry in find(folder, "languageData.json")["supplemental"]["languageData"].items():
        lang, _, second = key.partition("-")
        for script in entry.get("_scripts", ()):
            for one in SEVERAL.get(script, [script]):
                if one not in found.setdefault(lang, []) and not (second and one == "Latn"):
                    found[lang].append(one)
    return {lang: names for lang, names in sorted(found.items()) if names}


def aliases(folder: Path) -> dict[str, str]:
    """Other codes of a language: kmr is ku, iw is he."""
    table = find(folder, "aliases.json")["supplemental"]["metadata"]["alias"]["languageAlias"]
    return {
        code: entry["_replacement"]
        for code, entry in sorted(table.items())
        if code.isalpha() and entry["_replacement"].isalpha() and code.islower()
    }


def quotation_marks(folder: Path) -> dict[str, str]:
    """The opening and the closing mark of each language, and those of a quotation inside one."""
    found = {}
    for path in sorted(folder.rglob("delimiters.json")):
        lang = path.parent.name
        marks = json.loads(path.read_text("utf-8"))["main"][lang]["delimiters"]
        if lang.isalpha() and lang != "root":
            found[lang] = " ".join(
                marks[key]
                for key in ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")
            )
    return found


def has(word: str) -> bool:
    return is_known(word, "en")


def alike(folder: Path) -> dict[str, str]:
    """Function words of a language that English has too, as such or as any word."""
    english = words_of("en", "function_words.content")
    found = {
        lang: sorted(word for word in listed if word.isascii() and word.isalpha() and (word in english or has(word)))
        for lang, listed in find(folder, "stopwords-iso.json").items()
    }
    found["nb"] = found.pop("no", [])
    found["fil"] = found.pop("tl", [])
    return {lang: " ".join(listed) for lang, listed in sorted(found.items()) if lang != "en"}


def codes() -> list[str]:
    """Every code of two or three letters that is registered for a language."""
    two = [a + b for a in LETTERS for b in LETTERS]
    return [code for code in (*two, *(c + a for c in two for a in LETTERS)) if tag_is_valid(code)]


def values(title: str, reason: str, entries: dict[str, str], source: str) -> str:
    rows = "".join(
        f"{key if key.isascii() else json.dumps(key)} = {json.dumps(v, ensure_ascii=False)}\n"
        for key, v in entries.items()
    )
    return f'[{title}]\nsource = "{source}"\nreason = "{reason}"\n\n[{title}.values]\n{rows}\n'


def words(title: str, reason: str, entries: list[str], source: str) -> str:
    listed = "\n".join(textwrap.wrap(" ".join(entries), 118))
    return f'[{title}]\nsource = "{source}"\nreason = "{reason}"\nwords = """\n{listed}\n"""\n'


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    release = json.loads(next(folder.rglob("cldr-core*/package/package.json")).read_text("utf-8"))["version"]
    cldr = f"CLDR {release}"
    written = {lang: " ".join(names) for lang, names in scripts(folder).items()}
    said = {
        "scripts": "ISO 15924 codes of the scripts each language is written in, the usual one first",
        "aliases": "Other codes for a language, with the one that lists are kept under",
        "quotation_marks": "Opening and closing mark, and those of a quotation inside one",
        "alike_english": "Function words of a language that English has too; a language that is not here has no list",
        "codes": "What may stand first in a language tag",
    }
    parts = [
        "# Generated by benchmarks/language_tables.py; changes made by hand are lost.\n",
        values("scripts", said["scripts"], written, f"{cldr}, languageData"),
        values("aliases", said["aliases"], aliases(folder), f"{cldr}, languageAlias"),
        values("quotation_marks", said["quotation_marks"], quotation_marks(folder), f"{cldr}, delimiters"),
        values("alike_english", said["alike_english"], alike(folder), "stopwords-iso 1.1.0 (MIT)"),
        words("codes", said["codes"], codes(), "IANA language subtag registry, by langcodes"),
    ]
    write_text(TARGET, "\n".join(parts))
