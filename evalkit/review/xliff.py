"""A review as a bilingual file (XLIFF 1.2), for whoever works in a translation tool.

Each finding is a unit: the source says what was found and where, the target is the verdict, in a word, with the
comment after it. Texts stand in notes.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from evalkit.errors import InputError
from evalkit.records.result import Result
from evalkit.records.verdicts import WORDS, Verdict
from evalkit.review.file import is_key
from evalkit.review.sheet import COLUMNS, Reviewed, made, rows_of, word_of
from evalkit.text.visible import shown, visible
from evalkit.text.xml import read_xml

_ORIGINAL = "evalkit-review"
_TEXTS = ("candidate", "reference", "source")
# The word, then the comment after a space or a mark.
_SAID = re.compile(r"\s*([A-Za-z]+)[\s:;,.–—-]*(.*)", re.DOTALL)


def written(result: Result) -> str:
    """The file's text; nothing in it acts, and it is valid whatever the texts hold."""
    units = "".join(_unit(dict(zip(COLUMNS, row, strict=True))) for row in rows_of(result))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="{_ORIGINAL}" datatype="plaintext" source-language="en" target-language="en">\n'
        "<header><note>The target of each unit is the verdict: right, wrong or unsure, and a comment after it.</note>"
        f"</header>\n<body>\n{units}</body>\n</file>\n</xliff>\n"
    )


def _unit(row: dict[str, str]) -> str:
    row = {name: visible(cell) for name, cell in row.items()}
    wanted = f" (expected: {row['expected']})" if row["expected"] else ""
    found = f"“{row['found']}”: " if row["found"] else ""
    said = f"{row['rule']} ({row['severity']}): {found}{row['message']}{wanted}"
    target = f"{row['verdict']} {row['comment']}".strip() if row["verdict"] else ""
    state = "translated" if target else "needs-translation"
    notes = [("place", f"{row['system']}, {row['place']}"), *((name, row[name]) for name in _TEXTS if row[name])]
    texts = "".join(f"<note from={quoteattr(name)}>{escape(text)}</note>\n" for name, text in notes)
    return (
        f"<trans-unit id={quoteattr(row['id'])} resname={quoteattr(row['rule'])}>\n<source>{escape(said)}</source>\n"
        f'<target state="{state}">{escape(target)}</target>\n'
        f'{texts}<note from="found">{escape(row["found"])}</note>\n'
        f'<note from="stood">{escape(row["stood"])}</note>\n</trans-unit>\n'
    )


def read(path: str | Path, who: str) -> Reviewed:
    """The verdicts of a reviewed file; raises InputError where it is no such file."""
    root = read_xml(path, "give a file of `evalkit review export`")
    units = list(root.find_all("trans-unit"))
    if not units or not any(file.attributes.get("original") == _ORIGINAL for file in root.find_all("file")):
        raise InputError(f"{path}: holds no review; give a file of `evalkit review export`")
    found: list[tuple[Verdict, str]] = []
    problems: list[str] = []
    unjudged = 0
    marked = True
    for unit in units:
        said = next((target.text for target in unit.find_all("target")), "")
        key, at = unit.attributes.get("id", ""), f"{path}:{unit.line}"
        if not said:
            unjudged += 1
            continue
        match = _SAID.fullmatch(said)
        word = word_of(match[1]) if match else None
        if not is_key(key):
            problems.append(f"{at}: {shown(key)} is no id of a finding")
        elif match is None or word is None:
            problems.append(f"{at}: the verdict is {shown(said)}, and begins with none of {', '.join(WORDS)}")
        else:
            notes = {n.attributes.get("from", ""): n.text for n in unit.find_all("note")}
            marked = "stood" in notes
            verdict = Verdict(
                key, word, unit.attributes.get("resname", ""), notes.get("found", ""), match[2].strip(), who
            )
            found.append((verdict, notes.get("stood", "").strip()))
    return made(found, unjudged, problems, remarked=False, marked=marked)
