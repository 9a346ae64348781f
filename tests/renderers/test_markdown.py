"""Markdown: data stays text for a parser with tables and raw HTML switched on, and reads back unchanged."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from evalkit.renderers._gfm import write
from evalkit.renderers.markdown import MarkdownRenderer
from evalkit.renderers.report.blocks import Bullets, Heading, Paragraph, Piece, cell, line
from evalkit.renderers.report.blocks import Table as TableBlock
from evalkit.text.visible import visible
from tests.results import hostile_result, of_one_kind, small_result

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"<b>", "</b>", "<!-- -->"}


def inner(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in (token, *(token.children or ()))]


def active(text: str) -> list[str]:
    """Everything a parser would act on that no section of a report writes itself."""
    found = []
    for token in inner(PARSER.parse(text)):
        if token.type in (
            "html_block",
            "fence",
            "code_block",
            "hr",
            "s_open",
            "em_open",
            "link_open",
            "blockquote_open",
        ):
            found.append(token.type)
        elif token.type == "html_inline" and token.content not in OURS:
            found.append(token.content)
        elif token.type == "image" and not str(token.attrs["src"]).startswith("figures/"):
            found.append(str(token.attrs["src"]))
    return found


def test_nothing_in_a_hostile_result_acts() -> None:
    text = MarkdownRenderer().render(hostile_result())
    assert active(text) == []
    plain = re.sub(r"(`+)(?:(?!\1).)*?[^`]\1(?!`)", "", text)
    outside = html.unescape(plain)
    assert not re.search(r"@user|https?://|www\.evil|(?<!\\)\$x", outside)
    assert max(len(row) for row in text.split("\n")) < 8000


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        "=== a",
        "--- ",
        "    code",
        "\tcode",
        "```",
        "~~~",
        "|a|b|",
        "* * *",
    ],
)
def test_no_text_opens_a_block(text: str) -> None:
    blocks = [Paragraph(line(text)), Bullets((line(text),)), Heading(2, text)]
    tokens = PARSER.parse(write(blocks))
    kinds = [
        token.type for token in tokens if token.type.endswith("_open") or token.type in ("fence", "hr", "code_block")
    ]
    assert kinds == ["paragraph_open", "bullet_list_open", "list_item_open", "paragraph_open", "heading_open"]


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_text_reads_back_as_it_was(before: str, marked: str, after: str) -> None:
    """Law: what the parser shows of a table cell is the visible form of what went in, bold or not."""
    block = TableBlock(("head of the column",), (False,), ((cell("[", before, Piece(marked, "mark"), after, "]"),),))
    tokens = PARSER.parse(write([block]))
    assert sum(token.type == "td_open" for token in tokens) == 1
    shown = [
        t
        for t in inner(tokens)
        if (t.type == "text" and t.content != "head of the column")
        or (t.type == "html_inline" and t.content not in OURS)
    ]
    text = "".join(t.content for t in shown)
    expected = visible(before) + visible(marked) + visible(after)
    assert " ".join(text.split()) == " ".join(f"[{expected}]".split())


@given(st.text(alphabet="`ab |*<\\\u200d\n", min_size=1, max_size=30))
def test_code_reads_back_in_a_table(text: str) -> None:
    """A backslash before a bar is the one thing code in a table cell can't hold exactly; the bar stays text."""
    block = TableBlock(("h",), (False,), ((cell(Piece(text, "code")),),))
    tokens = PARSER.parse(write([block]))
    assert sum(token.type == "td_open" for token in tokens) == 1
    assert [t.type for t in inner(tokens) if t.type in ("code_inline", "html_inline", "em_open", "strong_open")] == [
        "code_inline"
    ]


@pytest.mark.parametrize(
    "text",
    ["https://www.evil.example/x", "ftp://evil.example", "www.evil.example", "@user", "a@b.example", "#12", ":+1:"],
)
def test_what_hosts_would_link_is_parted_and_copies_as_it_was(text: str) -> None:
    made = write([Paragraph(line(text))])
    assert text not in html.unescape(made).replace("\\", "")
    (shown,) = (token for token in PARSER.parse(made) if token.type == "inline")
    assert "".join(t.content for t in shown.children or () if t.type != "html_inline") == text
    assert {t.content for t in shown.children or () if t.type == "html_inline"} == {"<!-- -->"}


def test_findings_are_bold_in_the_quoted_text() -> None:
    text = MarkdownRenderer().render(small_result())
    assert "next year is the **21st** anniversary" in text
    assert "we will celebrate the **20th** anniversary" in text


def test_the_verdict_comes_first_and_names_every_system() -> None:
    text = MarkdownRenderer().render(small_result())
    verdict = text.split("## Systems")[0]
    for said in ("2 of 3 documents", "ambassador-interview", "1 critical finding", "no difference shown by BLEU"):
        assert said in verdict
    assert "is ahead by TER" not in text  # a report and a summary


def test_metrics_are_compared_within_a_kind() -> None:
    text = MarkdownRenderer().render(of_one_kind(small_result()))
    assert "is ahead by TER (71.50 against 74.00), WER (70.00 against 72.50)" in text
    assert "different kind" not in text
