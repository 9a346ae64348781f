"""Findings of real texts are known again after edits elsewhere; those that are new are told from those that are not."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.compare.same_finding import fingerprint, numbered, pair, sentence_of
from evalkit.records import Finding
from evalkit.text.words import Lines

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
WORD = re.compile(r"\w+")
PARAGRAPH = "A paragraph of our own, added today. It has two sentences."


def findings(text: str, pattern: str = r"\b(?:\w*ing|the|China|SCO)\b", rule: str = "casing") -> list[Finding]:
    """A finding at every match of a pattern, completed as the pipeline does it."""
    lines, seen, made = Lines(text), Counter[str](), []
    for match in re.finditer(pattern, text):
        line, column = lines.place(match.start())
        bare = Finding(
            rule, "x", "", "minor", "u1", "x", 1.0, "1", "candidate", match.start(), match.end(), match.group(), "m",
            line=line, column=column,
        )  # fmt: skip
        made.append(_with_print(bare, numbered(fingerprint(bare, text), seen)))
    return made


def _with_print(finding: Finding, print_: str) -> Finding:
    from msgspec.structs import replace

    return replace(finding, fingerprint=print_)


def sentences(text: str) -> list[tuple[str, int, int, str]]:
    return [("1", m.start(), m.end(), m.group()) for m in re.finditer(r"[^\n]+?(?:[.!?](?=\s)|(?=\n|$))", text)]


def paired(before: str, now: str, pattern: str = r"\b(?:\w*ing|the|China|SCO)\b") -> tuple[int, int, int]:
    found = pair(
        findings(before, pattern), findings(now, pattern), sentence_of(sentences(before)), sentence_of(sentences(now))
    )
    return len(found.new), len(found.fixed), found.remaining


def prints(text: str) -> Counter[str]:
    return Counter(f.fingerprint for f in findings(text))


@pytest.mark.parametrize("text", TEXTS)
def test_no_two_findings_share_a_fingerprint(text: str) -> None:
    assert max(prints(text).values()) == 1


@pytest.mark.parametrize("text", TEXTS)
def test_changed_line_ends_change_no_fingerprint(text: str) -> None:
    assert prints(text.replace("\n", "\r\n")) == prints(text)
    assert prints(text.replace("\n", "\n\n")) == prints(text)


@pytest.mark.parametrize("text", TEXTS)
def test_lines_joined_or_split_between_sentences_change_no_fingerprint(text: str) -> None:
    assert prints(re.sub(r"(?<=[a-z][.!?]) +(?=[A-Z])", "\n", text)) == prints(text)
    assert prints(re.sub(r"(?<=[a-z][.!?])\n+(?=[A-Z])", " ", text)) == prints(text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(0, 60), st.sampled_from([PARAGRAPH, PARAGRAPH.replace(". ", ".\n")]))
def test_a_paragraph_added_before_changes_no_fingerprint(text: str, place: int, added: str) -> None:
    lines = text.split("\n")
    place %= len(lines)
    changed = "\n".join([*lines[:place], added, "", *lines[place:]])
    old, new = prints(text), prints(changed)
    assert not old - new
    assert new.total() - old.total() == len(findings(added))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TEXTS), st.integers(40, 120))
def test_wrapped_lines_pair_with_what_they_were(text: str, columns: int) -> None:
    """Where a name begins a line its words alone do not tell; the sentence does."""
    wrapped = "\n".join(textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False)
                        for line in text.split("\n"))  # fmt: skip
    new, fixed, remaining = paired(text, wrapped)
    assert remaining > 0.97 * len(findings(text))
    assert new == fixed


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_of_several_alike_the_one_added_is_the_new_one(text: str, data: st.DataObject) -> None:
    """The same error once more, somewhere: exactly that place is new, whatever stands before it."""
    words = [m for m in WORD.finditer(text) if re.match(" (?!China)", text[m.end() : m.end() + 6])]
    after = data.draw(st.sampled_from(words))
    changed = f"{text[: after.end()]} Zaparov and others{text[after.end() :]}"
    base = text.replace("China", "Zaparov", 2)
    if base == text:
        return
    changed = changed.replace("China", "Zaparov", 2)
    before, now = findings(base, "Zaparov"), findings(changed, "Zaparov")
    found = pair(before, now, sentence_of(sentences(base)), sentence_of(sentences(changed)))
    assert (len(found.new), found.fixed) == (1, ())
    (new,) = found.new
    assert changed[new.end : new.end + 11] == " and others"


def test_an_error_fixed_here_and_made_there_is_one_fixed_and_one_new() -> None:
    before = "Zaparov spoke first of all that day. It rained over the old town. The guests went home early."
    now = "Japarov spoke first of all that day. It rained over the old town. Zaparov left the hall by the back door."
    assert paired(before, now, "Zaparov") == (1, 1, 0)


def test_a_sentence_worded_anew_keeps_its_error() -> None:
    before = "In the afternoon Zaparov spoke of trade with the neighbours."
    now = "In the afternoon, after lunch, the guest Zaparov had spoken of trade with the neighbours."
    assert paired(before, now, "Zaparov") == (0, 0, 1)


def test_another_form_of_the_termbase_makes_no_finding_new() -> None:
    from msgspec.structs import replace

    (one,) = findings("They met Zaparov.", "Zaparov")
    two = replace(one, expected=("Japarov", "Zhaparov"))
    three = replace(one, expected=("Japarov", "Zhaparov", "Jeparow"))
    assert fingerprint(two, "They met Zaparov.") == fingerprint(three, "They met Zaparov.")


@given(st.text(max_size=200), st.data())
def test_any_text_has_fingerprints(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    bare = Finding("r", "c", "", "minor", "u", "d", 1.0, "1", "candidate", start, end, text[start:end], "m")
    assert re.fullmatch("[0-9a-f]{16}", fingerprint(bare, text))
