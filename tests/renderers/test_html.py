"""HTML: one self-contained page, data never active, links lead to places that are there once."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from evalkit.records.result import Result
from evalkit.renderers.html import HtmlRenderer
from evalkit.renderers.page.cards import cards
from evalkit.renderers.page.glossary import explained
from evalkit.renderers.report.blocks import Table
from evalkit.renderers.report.report import Limits, sections
from tests.results import hostile_result, large_result, small_result

SVG = {"svg", "g", "text", "rect", "circle", "line"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "nav", "ul", "li", "a", "h1", "h2", "h3", "p", "code",
    "mark", "strong", "span", "div", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "script",
    "section", "header", "button", "noscript", "form", "label", "select", "fieldset", "legend", "input", *SVG,
    "article", "bdi", "h4", "ol", "dl", "dt", "dd", "meter", "details", "summary",
}  # fmt: skip
VOID = {"meta", "input"}
LOADING = {"src", "srcset", "action", "formaction", "data", "poster", "background", "ping"}


class Page(HTMLParser):
    """Tags, attributes and the stack, with every fault noted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for key, value in attrs:
            if key.startswith("on") or key in LOADING or (key.endswith("href") and not (value or "").startswith("#")):
                self.faults.append(f"{tag} {key}={value}")
            if key == "id":
                self.ids.append(value or "")
            if key == "href":
                self.targets.append((value or "")[1:])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


@pytest.mark.parametrize("result", [small_result(), hostile_result(), large_result(3, 40, 20)], ids=["s", "h", "l"])
def test_the_page_is_well_formed_and_loads_nothing(result: Result) -> None:
    text = HtmlRenderer().render(result)
    page = Page(text)
    assert page.faults == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.targets) <= set(page.ids)
    assert "url(http" not in text
    assert "default-src &#39;none&#39;" in text
    assert "unsafe" not in text[: text.index("<style>")]


def test_only_the_pages_own_style_and_script_may_run() -> None:
    text = HtmlRenderer().render(hostile_result())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    allowed = html.unescape(policy.group(1))
    for tag, content in re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed, tag
    assert text.count("<script") == 3
    data = text.partition('id="data">')[2].partition("</script>")[0]
    assert "<" not in data
    assert json.loads(data)["systems"][0]["name"]


def test_what_is_true_of_the_cut_lists_alone_is_said_only_with_them() -> None:
    text = HtmlRenderer().render(large_result(5, 300, 300))
    assert '<p dir="auto" class="static">Findings lists 300 of the 500 critical and major findings' in text
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert sum(len(system["findings"]) for system in data["systems"]) == 1500


def test_a_card_says_why_lines_cannot_be_compared() -> None:
    """What is not trusted line by line is not said to have been compared so."""
    result = small_result()
    (first, *_) = result.systems
    apart = replace(first.alignment, trusted=False, reason="a line is probably missing; mend the file")
    scores = tuple(replace(score, scope="corpus") for score in first.scores)
    (card,) = cards(replace(result, systems=(replace(first, alignment=apart, scores=scores),)))
    assert card["trust"] == {"state": "no", "text": "A line is probably missing; mend the file.", "more": ""}


def test_every_number_of_a_table_is_explained() -> None:
    """A column of numbers needs its entry in `page/glossary.py`; a plug-in's metric explains itself elsewhere."""
    for result in (small_result(), large_result(3, 40, 20)):
        for section in sections(result, Limits()):
            for block in section.blocks:
                if isinstance(block, Table):
                    heads = [head for head, numeric in zip(block.head, block.numeric, strict=True) if numeric]
                    assert [head for head in heads if not explained(result, head)] == []


def test_findings_lead_to_their_place() -> None:
    page = Page(HtmlRenderer().render(small_result()))
    places = [target for target in page.targets if re.match(r"m\d", target)]
    assert len(places) == len(small_result().systems[0].findings)


def test_a_mark_says_its_rule() -> None:
    text = HtmlRenderer().render(small_result())
    assert '<mark title="number-mismatch (critical): the reference has 20th">21st</mark>' in text


def test_many_units_are_bounded_and_counted() -> None:
    text = HtmlRenderer(units=10).render(large_result(2, 40, 20))
    assert "80 units are too many for one page" in text
    assert text.count('<table class="pair">') <= 6 + 2


def test_what_a_message_quotes_has_a_direction_of_its_own_and_an_apostrophe_quotes_nothing() -> None:
    from evalkit.text.quotations import parts

    assert parts("'SCO's body' is no 'form'") == [
        ("'", False), ("SCO's body", True), ("' is no '", False), ("form", True), ("'", False),
    ]  # fmt: skip
    assert parts("the SCO's and China's") == [("the SCO's and China's", False)]
    assert "".join(text for text, _ in parts("""a "b's" 'c""")) == """a "b's" 'c"""
