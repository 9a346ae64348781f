"""What the source alone tells: how often rules speak of human translations, meet experts, and find planted errors.

    PYTHONPATH=. python benchmarks/source.py noise [LANGUAGES] [--show N]
    PYTHONPATH=. python benchmarks/source.py experts [--show N]
    PYTHONPATH=. python benchmarks/source.py planted [KIND [LANGUAGES]]
    PYTHONPATH=. python benchmarks/source.py names [LANGUAGES]
    PYTHONPATH=. python benchmarks/source.py slips [NAMES]
    PYTHONPATH=. python benchmarks/source.py once
    PYTHONPATH=. python benchmarks/source.py left
    PYTHONPATH=. python benchmarks/source.py readings
    PYTHONPATH=. python benchmarks/source.py pinyin
    PYTHONPATH=. python benchmarks/source.py witness [LANGUAGES]
    PYTHONPATH=. python benchmarks/source.py aligned [MODEL [LANGUAGES]]
    PYTHONPATH=. python benchmarks/source.py running [PAIRS]
    PYTHONPATH=. python benchmarks/source.py lost [PAIRS]
    PYTHONPATH=. python benchmarks/source.py shortened [PAIRS]
    PYTHONPATH=. python benchmarks/source.py begun
    PYTHONPATH=. python benchmarks/source.py speed

`noise`: NTREX-128 (English, professional translations into 124 languages): every line is right, so what is said is
noise. `experts`: MQM of WMT23 zh-en and en-de, the share of findings that meet an expert's span, by document too.
`planted`: errors put into the translations of ten languages, of those named or of the forty `largest`. `names`: names
of another script, right and with a slip; `slips`: those of the same script; `once`: those that their own text has
otherwise; `left`: words of the source left in translations; `readings`: Chinese names read in other languages;
`pinyin`: those in pinyin.
`witness`: which of the two the source bears out. `aligned`: lines of both sides run together or left out, and put back
together, with an embedding model where one is named. `running`: documents as running text, cut into sentences and put
side by side. `lost`: the same, whole and without one line; `shortened`: paragraphs without one line. `begun`:
translations that end before their source, whose bound was chosen on some of the languages. A quarter of the documents,
by a checksum of their names, is blind; rules were made looking at the others alone. (A second one was
blind before.)
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from evalkit.language.numbers.lexicon import knows_words
from evalkit.plugins.registry import Registry
from evalkit.records import Context, Finding
from evalkit.testing import context_of, units_of

DATA = Path(os.environ.get("EVALKIT_DATA", "../shared/data"))
FAMILIES = {
    "numbers": ("number-", "date-mismatch", "unit-"),
    "exact": ("placeholder", "tag", "url", "code", "source-copied", "inconsistent-source"),
    "shape": ("brackets", "question-mark", "latin-word", "line-breaks", "source-script", "max-length"),
    "names": ("name-",),
    "untranslated": ("untranslated",),
}
# The forty languages with most speakers and text, as far as NTREX has them.
LARGEST = """
deu fra spa por ita nld swe dan nob fin pol ces slk hun ron bul ell rus ukr hrv srp-Cyrl lit lav est slv tur arb heb fas
hin ben urd ind msa vie tha zho-CN zho-TW jpn kor
""".split()  # noqa: SIM905
_BLIND = 2  # the quarter of the documents that is kept blind
DETECTORS = ("exact", "names", "negation", "numbers", "shape", "untranslated")
TEN = {"deu": "de", "fra": "fr", "spa": "es", "rus": "ru", "pol": "pl", "zho-CN": "zh", "jpn": "ja", "arb": "ar",
       "hin": "hi", "tur": "tr"}  # fmt: skip


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.strip() or "-" for line in stream]


def is_dev(document: str) -> bool:
    return zlib.crc32(document.encode()) % 4 != _BLIND


def found(
    source: Sequence[str], target: Sequence[str], lang: str, source_lang: str = "en", *, hints: bool = False
) -> list[Finding]:
    """The findings that rest on the source, hints left out unless asked for."""
    context: Context = context_of(target, lang=lang, source_lang=source_lang)
    units = units_of(target, (), source)
    made = [Registry().make("detector", name) for name in DETECTORS]
    return [
        f
        for d in made
        for f in d.find(units, context)
        if f.evidence.startswith("source") and (hints or f.severity != "neutral")
    ]


def line_of(finding: Finding) -> int:
    return int(finding.unit.rpartition(":")[2]) - 1


def family(rule: str) -> str:
    return next((name for name, begins in FAMILIES.items() if rule.startswith(begins)), "other")


def code_of(name: str) -> str:
    from babel import Locale, UnknownLocaleError

    head = name.partition("-")[0]
    two = {"zho": "zh", "fas": "fa", "prs": "fa", "arb": "ar", "msa": "ms", "nob": "nb", "nno": "nn", "srp": "sr"}
    try:
        return two.get(head) or Locale.parse(head).language
    except (UnknownLocaleError, ValueError):
        return head


def halves(folder: Path) -> dict[str, list[int]]:
    documents = [line.strip() for line in (folder / "documents.txt").read_text("utf-8").splitlines()]
    split: dict[str, list[int]] = {"development": [], "blind": []}
    for number, document in enumerate(documents):
        split["development" if is_dev(document) else "blind"].append(number)
    return split


def noise(wanted: Sequence[str], show: int) -> None:
    folder = DATA / "ntrex"
    source = lines(folder / "source.eng.txt.gz")
    names = wanted or [
        path.name.removesuffix(".txt.gz") for path in sorted(folder.glob("*.txt.gz")) if "eng" not in path.name
    ]
    for half, chosen in halves(folder).items():
        groups: dict[str, Counter[str]] = defaultdict(Counter)
        loud: list[tuple[float, str]] = []
        for name in names:
            target = lines(folder / f"{name}.txt.gz")
            said = found([source[i] for i in chosen], [target[i] for i in chosen], code_of(name))
            group = "40 largest" if name in LARGEST else "others"
            if group == "others" and not knows_words(code_of(name)):
                group = "without number words"
            groups[group].update(family(f.rule) for f in said)
            groups[group]["lines"] += len(chosen)
            loud.append((1000 * sum(family(f.rule) == "numbers" for f in said) / len(chosen), name))
            for f in said[:show] if half == "development" else ():
                i = chosen[line_of(f)]
                print(f"{name} {f.rule} {f.severity}: {f.message}\n    {source[i]}\n    {target[i]}")
        for group, counts in sorted(groups.items()):
            total = counts.pop("lines")
            rates = ", ".join(f"{name} {1000 * counts[name] / total:.1f}" for name in FAMILIES)
            print(f"{half}, {group}, {total:,} lines: findings per 1,000 lines: {rates}")
        loud.sort(reverse=True)
        print("  loudest in numbers: " + ", ".join(f"{name} {rate:.1f}" for rate, name in loud[:8]))


def _rated(pair: str) -> Iterator[tuple[str, dict, list[dict]]]:
    """(system, segment, its rated lines) of an MQM set."""
    with gzip.open(DATA / f"mqm/wmt23.{pair}.segments.jsonl.gz", "rt", encoding="utf-8") as stream:
        segments = {row["seg"]: row for row in map(json.loads, stream)}
    with gzip.open(DATA / f"mqm/wmt23.{pair}.annotations.jsonl.gz", "rt", encoding="utf-8") as stream:
        rated: dict[tuple[str, int], list[dict]] = defaultdict(list)
        for row in map(json.loads, stream):
            rated[row["system"], row["seg"]].append(row)
    for (system, seg), rows in sorted(rated.items()):
        yield system, segments[seg], rows


def _meets(finding: Finding, offset: int, errors: Sequence[dict]) -> bool:
    """A span of the finding's side that touches it; an omission may be marked anywhere on the source side."""
    start, end = finding.start - offset, finding.end - offset
    spans = [e for e in errors if e.get("start") is not None]
    if finding.side == "candidate":
        return any(e["side"] == "target" and e["start"] < end + 1 and start - 1 < e["end"] for e in spans)
    return any(e["side"] == "source" or e["category"].startswith("accuracy") for e in spans)


def experts(show: int) -> None:
    for pair, source_lang, lang in (("zh-en", "zh", "en"), ("en-de", "en", "de")):
        by_system: dict[str, list[tuple[dict, str, list[dict]]]] = defaultdict(list)
        for system, segment, rows in _rated(pair):
            if system not in ("refA", "refB", "ref"):
                by_system[system].append((segment, rows[0]["hyp"], [e for row in rows for e in row["errors"]]))
        hits: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
        for system, items in by_system.items():
            units = [(s["source"], hyp) for s, hyp, _ in items]
            starts = {"candidate": _starts([hyp for _, hyp in units]), "source": _starts([src for src, _ in units])}
            for f in found([src for src, _ in units], [hyp for _, hyp in units], lang, source_lang):
                segment, hyp, errors = items[line_of(f)]
                met = _meets(f, starts[f.side][line_of(f)], errors)
                half = "development" if is_dev(segment["doc"]) else "blind"
                hits[f"{family(f.rule)} {half}"][segment["doc"]].append(met)
                hits[f"  {f.rule} {half}"][segment["doc"]].append(met)
                if half == "development" and show and zlib.crc32(f"{system}{f.message}{f.start}".encode()) % 100 < show:
                    print(f"{'' if met else 'NOT '}met, {system} {f.rule}: {f.message}")
                    print(f"   {segment['source'][:300]}\n   {hyp[:400]}")
        for name, documents in sorted(hits.items(), key=lambda item: (item[0].strip(), item[0])):
            every = [met for mine in documents.values() for met in mine]
            mean = sum(sum(mine) / len(mine) for mine in documents.values()) / len(documents)
            largest = max(sorted(documents), key=lambda d: len(documents[d]))
            rest = [met for d, mine in documents.items() if d != largest for met in mine]
            without = f"{sum(rest) / len(rest):.0%} of {len(rest)}" if rest else "-"
            print(
                f"{pair} {name:34} {sum(every) / len(every):4.0%} of {len(every):4}; documents {len(documents):3}, "
                f"each alike {mean:4.0%}, without the largest {without}"
            )


def _starts(texts: Sequence[str]) -> list[int]:
    made, at = [], 0
    for text in texts:
        made.append(at)
        at += len(text) + 1
    return made


def speed() -> None:
    source, german = lines(DATA / "ntrex/source.eng.txt.gz"), lines(DATA / "ntrex/deu.txt.gz")
    many = 30_000 // len(source) + 1
    started = time.process_time()
    found(
        [f"{s} [{n}]" for n in range(many) for s in source], [f"{t} [{n}]" for n in range(many) for t in german], "de"
    )
    print(f"{many * len(source):,} segments: {time.process_time() - started:.1f} s of processor time")


# The jobs with a module of their own, by name: the module, and whether it takes its words as one list.
_PARTS = {
    "planted": ("planted", False),
    "names": ("names", True),
    "slips": ("slips", True),
    "once": ("slips", False),
    "left": ("left", False),
    "readings": ("readings", False),
    "pinyin": ("pinyin", False),
    "witness": ("witness", True),
    "aligned": ("aligned", False),
    "running": ("running", True),
    "lost": ("lost", True),
    "shortened": ("shortened", True),
    "begun": ("begun", False),
}


def main() -> None:
    show = int(sys.argv[sys.argv.index("--show") + 1]) if "--show" in sys.argv else 0
    job, *rest = [a for a in sys.argv[1:] if not a.startswith("--") and not a.isdigit()] or [""]
    listed = [each for word in rest for each in word.split(",")]
    if job == "noise":
        noise(listed, show)
    elif job == "experts":
        experts(show)
    elif job == "speed":
        speed()
    elif job in _PARTS:
        module, one_list = _PARTS[job]
        run = getattr(import_module(f"benchmarks._source_{module}"), job)
        run(listed) if one_list else run(*rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
