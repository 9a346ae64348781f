"""One text in the layouts people have: running, hard-wrapped, with running heads; scores against those of the lines.

The reference once states its lines (a table) and once does not (running text, scored by sentences); for three layouts
only the latter.
"""

from __future__ import annotations

import json
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

from _alignment_languages import WIDE, Texts, documents, is_blind
from _alignment_rows import scores

import evalkit

COLUMNS = 72
PAGE = 12  # lines between two running heads
FEWEST = 3  # lines of a document
SETS = (("wmt24.en-de", "de", "ONLINE-B"), ("wmt23.zh-en", "en", "ONLINE-B"), ("wmt22.en-zh", "zh", "Online-B"))


def running(lines: list[str], lang: str) -> str:
    """The lines of a document as one paragraph."""
    return ("" if lang == "zh" else " ").join(lines)


def wrapped(lines: list[str], lang: str) -> str:
    """The same with lines of 72 columns."""
    text = running(lines, lang)
    if lang == "zh":
        return "\n".join(text[k : k + WIDE] for k in range(0, len(text), WIDE))
    return "\n".join(textwrap.wrap(text, COLUMNS))


def heads(lines: list[str], lang: str) -> str:
    """The same with a running head after every twelve lines."""
    found = wrapped(lines, lang).split("\n")
    parts = ["\n".join(found[k : k + PAGE]) for k in range(0, len(found), PAGE)]
    return "".join(f"{part}\n\nReport - draft - page {n}\n\n" for n, part in enumerate(parts[:-1], 1)) + parts[-1]


def spaced(lines: list[str], lang: str) -> str:
    """The wrapped text with an empty line after every line."""
    return wrapped(lines, lang).replace("\n", "\n\n")


def pages(lines: list[str], lang: str) -> str:
    """The wrapped text with a page number and a head after every twelve lines, without empty lines around them."""
    found = wrapped(lines, lang).split("\n")
    parts = ["\n".join(found[k : k + PAGE]) for k in range(0, len(found), PAGE)]
    return "".join(f"{part}\n{n}\nActa Europaea 12 (2021)\n" for n, part in enumerate(parts[:-1], 1)) + parts[-1]


def mail(lines: list[str], lang: str) -> str:
    """The wrapped text quoted as mail quotes it."""
    return "\n".join(f"> {line}" for line in wrapped(lines, lang).split("\n"))


def differences(texts: Texts, lang: str) -> Iterator[tuple[str, str, dict[str, float]]]:
    """(layout, what the reference is, score less that of the lines by metric)."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for name, side in (("mine", 1), ("theirs", 2)):
            (base / f"{name}.txt").write_text("".join(f"{x}\n" for text in texts for x in text[side]), "utf-8")
        options = {"metrics": ["bleu", "chrf"], "lang": lang}
        lines = scores(evalkit.score(str(base / "mine.txt"), str(base / "theirs.txt"), **options))
        rows = [{"doc": f"{n:03}.txt", "text": line} for n, text in enumerate(texts) for line in text[2]]
        (base / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        put(base / "reference", [running(text[2], lang) for text in texts])
        for layout in (running, wrapped, heads, spaced, pages, mail):
            put(base / layout.__name__ / "mine", [layout(text[1], lang) for text in texts])
            references = (("its lines", "rows.jsonl"), ("running text", "reference"))
            for what, reference in references if layout in (running, wrapped, heads) else references[1:]:
                found = scores(
                    evalkit.score(
                        str(base / layout.__name__ / "mine"), str(base / reference), align="document", **options
                    )
                )
                yield layout.__name__, what, {m: found[m, "document"] - lines[m, "corpus"] for m in ("bleu", "chrf")}


def put(folder: Path, texts: list[str]) -> None:
    """One file a document."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text + "\n", "utf-8")


def table() -> None:
    """Differences by set, half, layout and what the reference states."""
    print("| set | half | layout | the reference states | BLEU | chrF |\n|---|---|---|---|---|---|")
    for name, lang, system in SETS:
        for blind in (False, True):
            texts = [t for t in documents(name, lang, system) if is_blind(t[0]) == blind and len(t[1]) >= FEWEST]
            for layout, what, found in differences(texts, lang):
                print(
                    f"| {name} | {'blind' if blind else 'development'} | {layout} | {what} "
                    f"| {found['bleu']:+.2f} | {found['chrf']:+.2f} |",
                    flush=True,
                )
