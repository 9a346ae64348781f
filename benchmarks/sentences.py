"""The `sentences` segmenter on golden cases and on translations into many languages, beside the library alone.

Usage: EVALKIT_DATA=... python benchmarks/sentences.py [golden] [lines]
Of the golden cases a third (by a checksum of the text) and of the languages every third were kept out of sight while
the rules were written: the rows "blind".
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections.abc import Iterator

import _sentence_rules
from _alignment_data import DATA, read_json_lines, split
from segmentation import library, ours
from sentencex import segment

TOGETHER = 8  # lines joined to running text
LINES = 700  # lines of a language
# ISO 639-1 codes of the translations that have one, by the code of the data.
CODES = """
afr:af amh:am arb:ar aze:az bel:be ben:bn bod:bo bos:bs bul:bg cat:ca ces:cs cym:cy dan:da deu:de dzo:dz ell:el
eng:en est:et eus:eu fao:fo fas:fa fin:fi fra:fr gle:ga glg:gl guj:gu hau:ha heb:he hin:hi hrv:hr hun:hu hye:hy
ind:id isl:is ita:it jpn:ja kan:kn kat:ka kaz:kk khm:km kir:ky kor:ko lao:lo lav:lv lit:lt ltz:lb mal:ml mar:mr
mkd:mk mlt:mt mon:mn msa:ms mya:my nep:ne nld:nl nno:nn nob:nb pan:pa pol:pl por:pt pus:ps ron:ro rus:ru sin:si
slk:sk slv:sl spa:es sqi:sq srp:sr swa:sw swe:sv tam:ta tat:tt tel:te tgk:tg tha:th tir:ti tur:tr uig:ug ukr:uk
urd:ur uzb:uz vie:vi yue:yu zho:zh
"""
LANGUAGES = dict(pair.split(":") for pair in CODES.split())


def golden() -> None:
    """Texts cut as the cases expect."""
    print("| golden cases | texts | library | ours |\n|---|---|---|---|")
    counts = {"development": [0, 0, 0], "blind": [0, 0, 0]}
    for case in read_json_lines("sentences/golden.jsonl.gz"):
        text = case["text"].strip()
        if "\n" in text or "<" in text:
            continue
        wanted = _plain(case["expected"])
        row = counts["blind" if _is_blind(case) else "development"]
        row[0] += 1
        row[1] += _plain(segment(case["lang"], text)) == wanted
        row[2] += _plain([found.text for found in split(text + "\n", case["lang"])]) == wanted
    for name, (texts, theirs, mine) in counts.items():
        print(f"| {name} | {texts} | {theirs / texts:.1%} | {mine / texts:.1%} |")


def rules() -> None:
    """What each rule is good for, on the development halves of the golden cases and the translations."""
    codes = sorted(LANGUAGES)
    texts = [(LANGUAGES[code], group) for code, group in _texts() if codes.index(code) % 3 < 2]
    cases = read_json_lines("sentences/golden.jsonl.gz")
    known = [(case["lang"], case["text"].strip(), _plain(case["expected"])) for case in cases if not _is_blind(case)]
    _sentence_rules.table(texts[:: _sentence_rules.STEP], [case for case in known if not re.search("[\n<]", case[1])])


def _is_blind(case: dict[str, str]) -> bool:
    return int(hashlib.sha1(case["text"].encode()).hexdigest(), 16) % 3 == 0


def _plain(texts: list[str]) -> list[str]:
    return [re.sub(r"\s+", " ", text).strip() for text in texts if text.strip()]


def lines() -> None:
    """Line ends found again in translations of one text, and boundaries inside lines, most of which are sentences."""
    print("| translations | segmenter | line ends | found | boundaries inside lines |\n|---|---|---|---|---|")
    codes = sorted(LANGUAGES)
    for name, wanted in (("development", (0, 1)), ("blind", (2,))):
        texts = [text for text in _texts() if codes.index(text[0]) % 3 in wanted]
        for starts in (library, ours):
            ends = hits = inside = 0
            for code, group in texts:
                lang, gold, at = LANGUAGES[code], set(), 0
                for line in group[:-1]:
                    at += len(line) + 1
                    gold.add(at)
                hits += len(starts(" ".join(group), lang) & gold)
                ends += len(gold)
                inside += sum(len(starts(line, lang) - {0}) for line in group)
            print(f"| {name} | {starts.__name__} | {ends} | {hits / ends:.1%} | {inside} |", flush=True)


def _texts() -> Iterator[tuple[str, list[str]]]:
    """Groups of neighbouring lines by language."""
    for path in sorted((DATA / "ntrex").glob("*.txt.gz")):
        code = path.name.partition(".")[0].partition("-")[0]
        if code not in LANGUAGES:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            found = [line.strip() for line in stream.read().split("\n")][:LINES]
        groups = (found[k : k + TOGETHER] for k in range(0, len(found) - TOGETHER, TOGETHER))
        yield from ((code, group) for group in groups if all(group))


def main(names: list[str]) -> None:
    """Prints the tables asked for, or all."""
    for table in (golden, lines, rules):
        if not names or table.__name__ in names:
            table()


if __name__ == "__main__":
    main(sys.argv[1:])
