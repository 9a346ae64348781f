"""The noise floor: what the findings say of human translations, beside good and bad systems.

A second human translation of a text is checked against the first. Hardly anything in it is wrong, so what is reported
there is noise; a system's rate means something only as far as it stands above it. Each text is checked as users check
it: one file of all lines, by itself, with the source where there is one. Findings per 1,000 words; of Chinese, per
1,000 characters. Rules are mended by looking at the development half of the documents only.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import evalkit
from evalkit.records import Finding

SEVERITIES = ("critical", "major", "minor", "neutral")
NO_REFERENCE = 300  # lines of each language of NTREX


class Set(NamedTuple):
    """A reference, the candidates beside it (the human first), and which of them are human, good and bad."""

    title: str
    lang: str
    source_lang: str
    source: str
    reference: str
    human: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    documents: str


def wmt(folder: str, lang: str, good: str, bad: str, source: str) -> Set:
    base = f"wmt/{folder}"
    names = [tuple(f"{base}/systems/{n}.{lang}.txt.gz" for n in group.split()) for group in (good, bad)]
    a, b = (f"{base}/references/ref{x}.{lang}.txt.gz" for x in "AB")
    return Set(folder, lang, source, f"{base}/source.{source}.txt.gz", a, b, *names, f"{base}/docs.tsv.gz")


def ntrex(lang: str, one: str, other: str) -> Set:
    a, b = (f"ntrex/{name}.txt.gz" for name in (one, other))
    return Set(f"NTREX {one}/{other}", lang, "en", "ntrex/source.eng.txt.gz", a, b, (), (), "ntrex/documents.txt")


# Good and bad by the campaigns' human rankings.
SETS = (
    wmt("wmt22.zh-en", "en", "HuaweiTSC LanguageX Online-B", "Online-Y Online-G DLUT", "zh"),
    wmt("wmt24.en-de", "de", "Claude-3.5 GPT-4", "IKUN AIST-AIRC MSLC", "en"),
    wmt("wmt22.en-zh", "zh", "LanguageX HuaweiTSC Online-B", "Online-G", "en"),
    ntrex("es", "spa", "spa-2"),
    ntrex("pt", "por", "por-BR"),
    ntrex("fr", "fra", "fra-CA"),
    ntrex("en", "eng-GB", "eng-US"),
)


def half(document: str) -> str:
    """`dev` or `blind`, by a checksum of the document's id: the halves of the benchmark `mqm`."""
    return ("dev", "blind")[zlib.crc32(document.encode()) % 2]


def lines(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as stream:
        return [" ".join(line.split()) for line in stream.read().removesuffix("\n").split("\n")]


def documents(path: Path) -> list[str]:
    if path.suffix != ".gz":
        return lines(path)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.rstrip("\n").split("\t")[1] for line in stream]


def size(text: str, lang: str) -> int:
    return len(text) if lang in ("zh", "ja") else len(text.split())


class Found(NamedTuple):
    """The findings of one candidate with the lines they stand in, its lines, and the documents of the lines."""

    findings: list[tuple[int, Finding]]
    texts: list[str]
    documents: list[str]


def found(data: Path, chosen: Set, candidate: str, detectors: Sequence[str] | None = None) -> Found:
    """The findings of one candidate of a set, in a run of its own; those of `detectors` without the source."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {"candidate": candidate, "reference": chosen.reference, "source": chosen.source}
        for side, path in texts.items():
            text = "\n".join(line or "-" for line in lines(data / path)) + "\n"
            (folder / f"{side}.txt").write_text(text, encoding="utf-8")
        result = evalkit.check(
            folder / "candidate.txt", folder / "reference.txt", align="lines", lang=chosen.lang, detectors=detectors,
            **({} if detectors else {"source": folder / "source.txt", "source_lang": chosen.source_lang}),
        )  # fmt: skip
    (system,) = result.systems
    order = {unit.id: number for number, unit in enumerate(system.units)}
    placed = [(order[f.unit], f) for f in system.findings if f.unit in order]
    return Found(placed, lines(data / candidate), documents(data / chosen.documents))


def rates(of: Found, lang: str, part: str, key: Callable[[Finding], str]) -> Counter[str]:
    """Findings per 1,000 words (characters) by a key of theirs, in one half of the documents."""
    kept = {number for number, document in enumerate(of.documents) if half(document) == part}
    total = sum(size(of.texts[number], lang) for number in kept)
    counts = Counter(key(f) for number, f in of.findings if number in kept)
    return Counter({name: 1000 * count / total for name, count in counts.items()})


def floor(data: Path, only: str = "") -> None:
    """Prints the tables: by severity, by rule, and what is said of NTREX without a reference."""
    print("findings per 1,000 words (zh: characters), each text checked by itself; dev / blind half of the documents")
    print(
        f"{'set':22} {'candidate':18} {'who':7}" + "".join(f"{s:>15}" for s in SEVERITIES) + f"{'major or worse':>17}"
    )
    by_rule: dict[str, dict[str, list[Counter[str]]]] = {}
    for chosen in SETS:
        if only not in chosen.title:
            continue
        who = {chosen.human: "human", **dict.fromkeys(chosen.good, "good"), **dict.fromkeys(chosen.bad, "bad")}
        grave: dict[str, list[tuple[float, float]]] = {}
        for candidate, kind in who.items():
            of = found(data, chosen, candidate)
            parts = [rates(of, chosen.lang, part, lambda f: f.severity) for part in ("dev", "blind")]
            sums = tuple(part["critical"] + part["major"] for part in parts)
            grave.setdefault("human" if kind == "human" else "systems", []).append(sums)
            title = candidate.rpartition("/")[2].partition(".")[0]
            shown = "".join(f"{parts[0][s]:7.2f} /{parts[1][s]:6.2f}" for s in SEVERITIES)
            print(f"{chosen.title:22} {title:18} {kind:7}{shown} {sums[0]:7.2f} /{sums[1]:6.2f}", flush=True)
            group = by_rule.setdefault(chosen.title, {})
            group.setdefault(kind, []).append(rates(of, chosen.lang, "dev", lambda f: f"{f.rule} {f.severity}"))
        if "systems" in grave:
            print(f"{chosen.title:22} the systems' median over the human's, major or worse: "
                  + " / ".join(_ratio(grave, part) for part in (0, 1)))  # fmt: skip
    print("\nby rule and severity, dev half: human, mean of the good systems, of the bad ones")
    for title, kinds in by_rule.items():
        print(title)
        for rule in sorted({r for group in kinds.values() for c in group for r in c}):
            shown = "".join(f"{_mean(kinds.get(k, []), rule):>8}" for k in ("human", "good", "bad"))
            print(f"  {rule:34}{shown}")
    if not only:
        print()
        without_reference(data)


def _ratio(grave: dict[str, list[tuple[float, float]]], part: int) -> str:
    human, middle = grave["human"][0][part], median(sums[part] for sums in grave["systems"])
    return f"{middle / human:.1f}" if human else "no finding"


def _mean(group: Sequence[Counter[str]], rule: str) -> str:
    return f"{sum(c[rule] for c in group) / len(group):.2f}" if group else "-"


def without_reference(data: Path) -> None:
    """What is said of professional translations into 128 languages, each by itself, without a reference."""
    counts: Counter[str] = Counter()
    loud: list[tuple[int, int, str]] = []
    for path, tag in _languages(data):
        text = "\n".join(line or "-" for line in lines(path)[:NO_REFERENCE]) + "\n"
        with tempfile.TemporaryDirectory() as name:
            target = Path(name) / "text.txt"
            target.write_text(text, encoding="utf-8")
            (system,) = evalkit.check(target, lang=tag).systems
        counts.update(f"{f.rule} {f.severity}" for f in system.findings)
        weighs = Counter(f.severity for f in system.findings)
        loud.append((weighs["major"] + weighs["critical"], len(system.findings) - weighs["neutral"], tag))
    print(f"NTREX, {len(loud)} texts of {NO_REFERENCE} lines, no reference: findings in all, by rule and severity")
    print("\n".join(f"  {rule:34}{count:7}" for rule, count in counts.most_common()))
    worst = sorted(loud, reverse=True)[:10]
    print("most (major or worse, all that weigh): " + ", ".join(f"{tag} {a}, {b}" for a, b, tag in worst))


def _languages(data: Path) -> Iterator[tuple[Path, str]]:
    """The texts of NTREX with their languages as BCP 47 has them."""
    from babel.core import get_global

    short = get_global("language_aliases")
    for path in sorted((data / "ntrex").glob("*.txt.gz")):
        name = path.name.removesuffix(".txt.gz")
        code, _, rest = name.partition("-")
        if code != "source.eng":
            known = short.get(code, code)
            yield path, f"{known}-{rest}" if rest.isalpha() else known
