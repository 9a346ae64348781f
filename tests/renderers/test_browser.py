"""The page in a real browser: open, filter, search, sort, jump and come back, colours, width, print, accessibility."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evalkit.records import SEVERITY_WEIGHTS
from evalkit.records.json import loads
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers.html import HtmlRenderer
from evalkit.renderers.page.read_first import disagreement
from evalkit.review.apply import judged
from evalkit.review.exchange import imported
from evalkit.text.visible import visible
from tests.renderers.browser import chromium, opened, turn, until
from tests.results import HOSTILE, METRICS, hostile_result, large_result, reference, small_result, system

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BY_METRIC = {name: METRICS[name] for name in ("bleu", "chrf", "ter")}
SEEDS = Path(__file__).parents[2] / "reports" / "sco-2020" / "result.json"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def scored(result: Result) -> Result:
    """The same with scores of every unit that differ from unit to unit."""

    def units(record: SystemRecord, shift: int) -> SystemRecord:
        made = [
            replace(u, scores={"bleu": (7 * n + shift) % 101, "chrf": (13 * n) % 89, "ter": (5 * n + 2 * shift) % 97})
            for n, u in enumerate(record.units)
        ]
        return replace(record, units=tuple(made))

    return replace(result, systems=tuple(units(s, n) for n, s in enumerate(result.systems)))


RESULTS = {
    "seeds": lambda: loads(SEEDS.read_text(encoding="utf-8")),
    "small": small_result,
    "lines": lambda: scored(large_result(4, 300, 90)),
    "large": lambda: scored(large_result(15, 1976, 300)),
    "hostile": hostile_result,
    "no reference": lambda: replace(small_result(), references=()),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, make in RESULTS.items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(HtmlRenderer().render(make()), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def seeds() -> Result:
    return loads(SEEDS.read_text(encoding="utf-8"))


def settle(page: Any) -> None:
    """Waits until a filter has been applied."""
    page.wait_for_timeout(180)


def in_words(page: Any, selector: str) -> str:
    return " ".join(page.locator(selector).inner_text().split())


def every_row(page: Any, pane: str, row: str) -> list[str]:
    """The text of every row of a virtual list, gathered by scrolling through it."""
    found: dict[int, str] = {}
    for _ in range(400):
        for index, text in page.eval_on_selector_all(
            f"{pane} {row}", "rows => rows.map(r => [+r.dataset.index, r.innerText])"
        ):
            found[index] = text
        if not page.eval_on_selector(
            pane, "p => { const at = p.scrollTop; p.scrollTop += 900; return p.scrollTop > at }"
        ):
            break
        page.wait_for_timeout(15)
    assert sorted(found) == list(range(len(found)))
    return [found[index] for index in sorted(found)]


@pytest.mark.parametrize("name", list(RESULTS))
def test_it_opens_without_an_error_or_a_request(browser: Any, files: dict[str, Path], name: str) -> None:
    with opened(browser, files[name]) as page:
        assert page.locator("h1").is_visible()
        assert page.locator("html.js").count() == 1


def test_all_findings_are_listed_and_filters_count_right(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    everything = [(s, f) for s in seeds.systems for f in s.findings]
    with opened(browser, files["seeds"], "findings") as page:
        rows = every_row(page, "#findings-pane", ".finding")
        assert len(rows) == len(everything)
        for _, finding in everything:
            assert any(finding.rule in row and visible(finding.message)[:80] in row for row in rows)

        def count() -> int:
            settle(page)
            return int(page.locator("#findings-count").inner_text().split()[0])

        page.select_option("[name=category]", "names")
        assert count() == sum(f.category == "names" for _, f in everything)
        page.locator("#findings-filters [name=severity][value=minor]").uncheck()
        assert count() == sum(f.category == "names" and f.severity != "minor" for _, f in everything)
        page.click("#findings-filters [type=reset]")
        assert count() == len(everything)
        page.select_option("[name=rule]", "term-forbidden")
        assert count() == sum(f.rule == "term-forbidden" for _, f in everything)
        page.click("#findings-filters [type=reset]")
        page.select_option("#findings-filters [name=system]", "0")
        assert count() == len(seeds.systems[0].findings)
        page.click("#findings-filters [type=reset]")
        page.fill("#findings-filters [name=text]", "GOROVCHENKO")
        assert count() >= 1
        assert "gorovchenko" in page.locator("#findings-pane .finding").first.inner_text()
        page.fill("#findings-filters [name=text]", "no such words anywhere")
        assert count() == 0


def test_from_a_finding_to_its_place_and_back(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    with opened(browser, files["seeds"], "findings") as page:
        page.fill("#findings-filters [name=text]", "'gorovchenko' is no")
        settle(page)
        page.locator("#findings-pane .finding a.link").first.click()
        assert page.evaluate("document.activeElement.textContent") == "gorovchenko"
        assert page.locator("mark.here").is_visible()
        page.locator("#texts-back").click()
        until(page, "document.activeElement.closest('.finding') !== null")
        assert "gorovchenko" in page.evaluate("document.activeElement.innerText")


def test_every_finding_of_the_seeds_has_a_place_to_go_to(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    with opened(browser, files["seeds"]) as page:
        for number, record in enumerate(seeds.systems):
            for place, finding in enumerate(record.findings):
                page.evaluate(f"location.hash = '#f-{number}-{place}'")
                until(page, f"document.querySelector('.here [data-findings~=\"{number}-{place}\"]') !== null")
                if finding.side == "candidate" and len(finding.text) < 200:
                    shown = page.eval_on_selector_all(
                        "#texts-pane mark.here", "m => m.map(x => x.textContent).join('')"
                    )
                    assert shown
                    assert shown in visible(finding.text) or visible(finding.text) in shown or finding.rule in shown


def test_a_mark_explains_itself_and_leads_to_the_list(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["small"], "aligned") as page:
        mark = page.locator("#texts-pane mark", has_text="21st").first
        mark.scroll_into_view_if_needed()
        mark.focus()
        assert "the reference has 20th" in page.locator("#tip").inner_text()
        page.keyboard.press("Enter")
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent") == "21st"
        page.keyboard.press("Enter")
        page.locator("#tip a").click()
        until(page, "document.activeElement.id === 'l-0-0'")


def test_units_sort_by_every_metric_and_by_disagreement(browser: Any, files: dict[str, Path]) -> None:
    record = scored(large_result(4, 300, 90)).systems[1]
    with opened(browser, files["lines"], "units") as page:
        page.select_option("#units-filters [name=system]", "1")
        settle(page)

        def column(name: str) -> list[float]:
            cells = page.locator(f'#units-pane .cell-number[data-label="{name}"]').all_inner_texts()
            return [float(text.replace(",", "")) for text in cells]

        apart = sorted(
            (a for a in disagreement([u.scores for u in record.units], BY_METRIC) if a is not None), reverse=True
        )
        page.click('#units-grid [data-key="apart"]')
        assert column("Apart")[:8] == apart[:8]
        for key, (metric, title) in enumerate((("bleu", "BLEU"), ("chrf", "chrF"), ("ter", "TER"))):
            values = sorted(u.scores[metric] for u in record.units)
            worst_first = values[::-1] if metric == "ter" else values
            for wanted in (worst_first, worst_first[::-1]):
                page.click(f'#units-grid [data-key="{key}"]')
                assert column(title)[:8] == wanted[:8]
        page.select_option("#units-filters [name=against]", "0")
        settle(page)
        page.click('#units-grid [data-key="0"]')
        other = {u.id: u for u in scored(large_result(4, 300, 90)).systems[0].units}
        deltas = sorted((u.scores["bleu"] - other[u.id].scores["bleu"] for u in record.units), reverse=True)
        assert column("Δ BLEU")[:5] in (deltas[:5], deltas[::-1][:5])


def test_what_to_read_first_is_what_findings_weigh_and_says_why(browser: Any, files: dict[str, Path]) -> None:
    record = scored(large_result(4, 300, 90)).systems[1]
    weights = {unit.id: 0 for unit in record.units}
    for finding in record.findings:
        weights[finding.unit] += SEVERITY_WEIGHTS[finding.severity]
    apart = dict(zip(weights, disagreement([u.scores for u in record.units], BY_METRIC), strict=True))
    with opened(browser, files["lines"], "units") as page:
        page.select_option("#units-filters [name=system]", "1")
        settle(page)
        shown = page.locator("#units-pane .link").all_inner_texts()
        keys = [(weights[unit], apart[unit] or 0) for unit in shown]
        assert keys == sorted(keys, reverse=True)
        assert keys[0][0] == max(weights.values()) > 0
        heaviest = min((f for f in record.findings if f.unit == shown[0]), key=lambda f: -SEVERITY_WEIGHTS[f.severity])
        why = page.locator("#units-pane .grid-row .wide > .why").first.inner_text()
        assert why.startswith(heaviest.severity)
        page.click('#units-grid [data-key="apart"]')
        page.click('#units-grid [data-key="first"]')
        assert page.locator("#units-pane .link").all_inner_texts()[:5] == shown[:5]


def test_what_is_left_out_is_read_too(browser: Any, tmp_path: Path) -> None:
    result = small_result()
    first, *others = result.systems
    lost = replace(first.findings[0], unit="u1")
    units = tuple(replace(unit, scores={"bleu": 1.5}) for unit in first.units)
    made = replace(result, systems=(replace(first, units=units, findings=(lost, *first.findings[1:])), *others))
    (tmp_path / "left.html").write_text(HtmlRenderer().render(made), encoding="utf-8")
    with opened(browser, tmp_path / "left.html", "units") as page:
        assert page.locator("#units-pane .link").first.inner_text() == "u1"
        assert page.locator("#units-pane .wide").first.inner_text().startswith("left out: ")


AT_THE_END = """pane => {
    const list = document.querySelector(pane);
    list.scrollTop = list.scrollHeight;
    const last = list.querySelector("[data-index]:nth-last-child(2)");
    return last && Math.abs(last.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom) < 4;
}"""


def test_a_long_list_holds_only_the_rows_in_sight(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["large"]) as page:
        assert "29,640 units" in page.locator("#units-count").inner_text()
        for tab, pane in (("units", "#units-pane"), ("aligned", "#texts-pane"), ("findings", "#findings-pane")):
            turn(page, tab)
            assert page.locator(f"{pane} > div").count() < 60
            page.eval_on_selector(pane, "p => p.scrollTop = p.scrollHeight / 2")
            until(page, "pane => +document.querySelector(`${pane} [data-index]`).dataset.index > 100", pane)
            middle = page.eval_on_selector_all(f"{pane} [data-index]", "rows => rows.map(r => +r.dataset.index)")
            assert middle == list(range(middle[0], middle[0] + len(middle)))
            # heights are measured as rows come into sight, so the end is reached in several steps
            until(page, AT_THE_END, pane)
        page.evaluate("location.hash = '#u-14-1975'")
        until(page, "document.activeElement.innerText.includes('Sentence number 1975 ')")


def test_several_systems_stand_side_by_side(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    with opened(browser, files["seeds"], "aligned", viewport={"width": 1400, "height": 900}) as page:
        page.locator("#texts-systems input").nth(0).check()
        rows = every_row(page, "#texts-pane", ".row")
        for record in (seeds.systems[0], seeds.systems[1]):
            for unit in record.units:
                if unit.candidate:
                    shown = " ".join(visible(unit.candidate.text).split())
                    assert sum(shown in " ".join(row.split()) for row in rows) >= 1
        whole = " ".join(" ".join(rows).split())
        for segment in seeds.references[0].segments:
            assert " ".join(visible(segment.text).split()) in whole
        page.locator("#texts-filters [name=found]").check()
        settle(page)
        assert "of" in page.locator("#texts-count").inner_text()


def longest(one: list[str], two: list[str]) -> int:
    """Length of a longest common subsequence, by the textbook table."""
    row = [0] * (len(two) + 1)
    for a in one:
        diagonal = 0
        for place, b in enumerate(two, 1):
            diagonal, row[place] = row[place], diagonal + 1 if a == b else max(row[place], row[place - 1])
    return row[-1]


def test_word_differences_keep_a_longest_common_sequence(browser: Any, root: Path) -> None:
    script = (root / "evalkit/renderers/assets/diff.js").read_text(encoding="utf-8")
    words = st.lists(st.sampled_from("abcde"), max_size=14)
    page = browser.new_page()
    page.evaluate(script + "; window.common = common; window.tokensOf = tokensOf;")

    @settings(max_examples=60, deadline=None)
    @given(words, words)
    def law(one: list[str], two: list[str]) -> None:
        kept = page.evaluate("([a, b]) => common(a, b)", [one, two])
        left = [word for word, keep in zip(one, kept[0], strict=True) if keep]
        right = [word for word, keep in zip(two, kept[1], strict=True) if keep]
        assert left == right
        assert len(left) == longest(one, two)

    law()
    split = page.evaluate("([text, lang]) => tokensOf(text, lang).map(t => t[2])", ["中国支持上海合作组织。", "zh"])
    assert len(split) > 3
    assert "".join(split) == "中国支持上海合作组织。"
    page.close()


def test_word_differences_are_shown_on_both_sides(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["small"], "aligned") as page:
        page.locator("#texts-filters [name=diff]").check()
        row = page.locator("#texts-pane .row", has_text="Xi Jinping thanked President Putin")
        added, gone = row.locator("ins").all_inner_texts(), row.locator("del").all_inner_texts()
        assert "".join(added).split() == ["XiJinpingthankedthe"]
        assert "thanking" in gone
        assert "Putin" not in added
        assert "Putin" not in gone


def test_numbers_are_explained_on_hover_focus_and_touch(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["small"], "systems", has_touch=True) as page:
        bare = page.eval_on_selector_all(
            "main > section:not(.static) > .scroll td.number",
            "cells => cells.filter(c => !c.dataset.tip && !/^–?$/.test(c.innerText.trim())).map(c => c.innerText)",
        )
        assert bare == []
        cell = page.locator("#systems td.number", has_text="48.25").first
        cell.hover()
        assert "chrF ↑: 48.25." in page.locator("#tip").inner_text()
        page.mouse.move(0, 0)
        page.locator("#systems td[data-tip]").first.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#tip").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("#tip").is_hidden()
        cell.tap()
        assert "overlap of character sequences" in page.locator("#tip").inner_text()
    with opened(browser, files["lines"], "units") as page:
        assert page.locator("#units-pane .cell-number:not([data-tip])").count() == 0


def test_a_chart_speaks_and_leads_on(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    with opened(browser, files["seeds"], "findings") as page:
        mark = page.locator('[data-chart="findings"] [aria-label*="major"][aria-label*="names"]').first
        says = mark.get_attribute("aria-label")
        mark.focus()
        assert page.locator("#tip").inner_text() == says
        mark.click()
        settle(page)
        wanted = sum(f.category == "names" and f.severity == "major" for f in seeds.systems[1].findings)
        assert in_words(page, "#findings-count").startswith(f"{wanted} of")
        turn(page, "systems")
        page.locator('[data-chart="coverage"] [data-mark]').nth(3).click()
        until(page, "document.querySelector('#texts-pane .row.here') !== null")


def test_a_table_sorts_by_its_heads(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["lines"], "systems") as page:
        page.locator("#systems th button", has_text="TER").first.click()
        first = page.locator("#systems tbody tr").first.inner_text()
        result = scored(large_result(4, 300, 90))
        worst = max(result.systems, key=lambda s: next(x.value for x in s.scores if x.metric == "ter"))
        assert worst.name in first


@pytest.mark.parametrize("name", ["seeds", "lines", "hostile"])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_width_scrolls_the_page_sideways(browser: Any, files: dict[str, Path], name: str, width: int) -> None:
    with opened(browser, files[name], viewport={"width": width, "height": 800}) as page:
        for tab in page.eval_on_selector_all(
            "nav li:not([hidden]) a", "links => links.map(link => link.hash.slice(1))"
        ):
            turn(page, tab)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, tab


def test_an_address_of_a_section_leaves_no_half_a_title_above_the_bar(browser: Any, files: dict[str, Path]) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    page.goto(f"{files['seeds'].as_uri()}#systems")
    bar = page.locator("nav").bounding_box()
    title = page.locator("#systems h2").bounding_box()
    above = page.locator("h1").bounding_box()
    page.close()
    assert above["y"] + above["height"] <= 0
    assert bar["y"] == pytest.approx(0, abs=1)
    assert title["y"] >= bar["y"] + bar["height"]


def test_the_first_screen_has_a_card_a_system_and_the_rest_is_a_click_away(
    browser: Any, files: dict[str, Path], seeds: Result
) -> None:
    with opened(browser, files["seeds"]) as page:
        assert page.locator(".card h3").all_inner_texts() == [s.name for s in seeds.systems]
        assert page.locator(".part:visible").count() == 1
        assert page.locator("nav li:visible").count() == 6
        card = page.locator(".card").nth(1)
        assert "19 serious findings to check first" in card.inner_text()
        assert "18% of the reference is rendered" in " ".join(card.inner_text().split())
        refused = page.locator(".card.apart").first
        figures = seeds.systems[2].alignment.reason
        assert figures not in refused.inner_text()
        refused.locator("summary").click()
        assert " ".join(figures.split()) in " ".join(refused.inner_text().split())
        card.locator(".first a").nth(1).click()
        until(page, "document.activeElement.textContent === 'gorovchenko'")
        page.go_back()
        page.wait_for_selector(".card:visible")
        card.get_by_role("link", name="19 major").click()
        settle(page)
        assert in_words(page, "#findings-count").startswith("19 of")


def test_verdicts_are_saved_as_a_file_that_the_import_takes(
    browser: Any, files: dict[str, Path], seeds: Result, tmp_path: Path
) -> None:
    with opened(browser, files["seeds"], "findings", accept_downloads=True) as page:
        first, second = page.locator("#findings-pane .finding").nth(0), page.locator("#findings-pane .finding").nth(1)
        first.get_by_role("button", name="wrong", exact=True).click()
        first.get_by_label("Why").fill('=cmd, "a quotation"')
        second.get_by_role("button", name="right", exact=True).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.select_option("#findings-filters [name=category]", "names")
        page.click("#findings-filters [type=reset]")
        settle(page)
        assert first.get_by_role("button", name="wrong", exact=True).get_attribute("aria-pressed") == "true"
        assert in_words(page, "#verdicts").startswith("2 findings judged.")
        with page.expect_download() as found:
            page.get_by_role("button", name="Save verdicts").click()
        found.value.save_as(tmp_path / "verdicts.csv")
    sheet = imported(tmp_path / "verdicts.csv", "anna")
    assert [(v.verdict, v.note, v.who) for v in sheet.verdicts] == [
        ("wrong", '=cmd, "a quotation"', "anna"), ("right", "", "anna"),
    ]  # fmt: skip
    system = judged(seeds.systems[1], sheet.verdicts)
    assert len(system.judged_wrong) == 1
    assert sum(finding.verdict == "right" for finding in system.findings) >= 1


def test_what_a_report_leaves_out_is_quiet(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["seeds"], "aligned") as page:
        omitted = page.locator("#texts-pane .kind-omitted").first
        assert omitted.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_on_a_phone_a_table_is_a_list_with_its_heads(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["seeds"], "systems", viewport={"width": 390, "height": 800}) as page:
        row = page.locator("#comparisons table.listed tbody tr").first
        shown = row.locator("td[data-lead]")
        assert shown.get_attribute("data-head") == "Shown"
        below = [cell.bounding_box()["y"] for cell in row.locator("td.number").all()]
        assert shown.bounding_box()["y"] < min(below)
        wide = page.eval_on_selector_all("table.listed", "all => all.map(t => t.scrollWidth > t.clientWidth + 1)")
        assert not any(wide)


def test_dark_mode_by_setting_and_by_button(browser: Any, files: dict[str, Path]) -> None:
    shade = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, files["small"], color_scheme="dark") as page:
        dark = page.evaluate(shade)
        page.locator("#theme").click()
        assert page.evaluate(shade) == "rgb(255, 255, 255)" != dark
    with opened(browser, files["small"], color_scheme="light") as page:
        page.locator("#theme").click()
        assert page.evaluate(shade) == dark


def test_print_shows_what_the_script_shows_or_says_what_is_missing(
    browser: Any, files: dict[str, Path], seeds: Result
) -> None:
    with opened(browser, files["seeds"]) as page:
        page.emulate_media(media="print")
        text = in_words(page, "main")
        for record in seeds.systems:
            for finding in record.findings:
                assert " ".join(visible(finding.message).split())[:60] in text
        assert page.locator("#findings-app").is_hidden()
        assert page.locator("#aligned .static").is_visible()
        assert page.pdf().startswith(b"%PDF")
    with opened(browser, files["large"]) as page:
        page.emulate_media(media="print")
        assert "units are too many for one page" in in_words(page, "main")


def test_without_javascript_the_report_is_readable(browser: Any, files: dict[str, Path], seeds: Result) -> None:
    with opened(browser, files["seeds"], java_script_enabled=False) as page:
        text = " ".join(page.locator("body").text_content().split())
        for record in seeds.systems:
            for finding in record.findings:
                assert " ".join(visible(finding.message).split())[:60] in text
        for selector in ("#verdict", "#systems table", "#findings .static table", "#aligned .static table", "noscript"):
            assert page.locator(selector).first.is_visible(), selector
        assert page.locator("#findings-app").is_hidden()


@pytest.mark.parametrize(("name", "scheme"), [("seeds", "light"), ("seeds", "dark"), ("lines", "light")])
def test_no_serious_fault_of_accessibility(browser: Any, files: dict[str, Path], name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="NOT TESTED: axe is not installed")
    with opened(browser, files[name], color_scheme=scheme, bypass_csp=True) as page:
        for tab in page.eval_on_selector_all("nav a", "links => links.map(link => link.hash.slice(1))"):
            turn(page, tab)
            if tab == "aligned":
                page.locator("#texts-filters [name=diff]").check()
            found = axe.Axe().run(page).response["violations"]
            serious = [
                (f["id"], [n["html"][:160] for n in f["nodes"][:3]])
                for f in found
                if f["impact"] in ("serious", "critical")
            ]
            assert serious == [], tab


def test_hostile_text_is_shown_as_text(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["hostile"]) as page:
        row = page.locator("#texts-pane .row").first
        assert visible(HOSTILE) in row.locator(".body").first.inner_text()
        assert page.locator("#texts-pane img, #texts-pane script, main script, main img").count() == 0
        assert visible(HOSTILE)[:80] in page.locator("h1").inner_text()
        page.evaluate("location.hash = '#u-0-7'")
        long = page.locator("#texts-pane .row.here .body").first
        assert "show 96,003 more characters" in long.inner_text()
        long.locator("button").click()
        assert long.text_content() == "<b>" + "x" * 100_000


def test_hostile_addresses_change_nothing(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["small"]) as page:
        for bad in ("#f-0-99", "#u-9-0", "#l-0-0-0", "#f-__proto__-0", "#<script>alert(1)</script>", "#f--1-0"):
            page.evaluate("hash => { location.hash = hash }", bad)
            page.wait_for_timeout(10)
        assert page.locator(".here").count() == 0


def test_right_to_left_and_unspaced_texts(browser: Any, tmp_path: Path) -> None:
    texts = ("يرحب الرئيس بالضيوف في القمة.", "中国支持上海合作组织。")
    ref = reference(texts, "نص")
    record = replace(system("النظام", texts, (("1-1", (0,), (0,)), ("1-1", (1,), (1,))), ref=ref), lang="ar")
    result = replace(small_result(), references=(replace(ref, lang="ar"),), systems=(record,), comparisons=(), terms=())
    file = tmp_path / "rtl.html"
    file.write_text(HtmlRenderer().render(result), encoding="utf-8")
    with opened(browser, file) as page:
        ways = page.eval_on_selector_all("#texts-pane .row .body", "all => all.map(b => getComputedStyle(b).direction)")
        assert ways == ["rtl", "rtl", "ltr", "ltr"]
        assert page.locator("#texts-pane [lang=ar]").count() == 4


def test_a_message_is_english_whatever_it_quotes(browser: Any, tmp_path: Path) -> None:
    """Turned around it would name the wrong form as the right one."""
    result = small_result()
    message = "'التنمية الدائمة' is a rejected translation; use 'التنمية المستدامة'"
    first = result.systems[0]
    found = (replace(first.findings[0], message=message), *first.findings[1:])
    result = replace(result, systems=(replace(first, findings=found), *result.systems[1:]))
    file = tmp_path / "message.html"
    file.write_text(HtmlRenderer().render(result), encoding="utf-8")
    with opened(browser, file) as page:
        for place in (".finding .say", "td"):
            ways = page.eval_on_selector_all(
                place,
                "(all, says) => all.filter(e => e.innerText.startsWith(says)).map(e => getComputedStyle(e).direction)",
                message,
            )
            assert ways == ["ltr"]
        assert page.locator(".finding .say bdi").first.inner_text() == "التنمية الدائمة"


def test_all_is_reached_by_keyboard(browser: Any, files: dict[str, Path]) -> None:
    with opened(browser, files["lines"]) as page:
        reached = set()
        for step in range(140):
            if step == 10:
                turn(page, "findings")
            page.keyboard.press("Tab")
            reached.add(page.evaluate("(e => e.name || e.id || e.tagName)(document.activeElement)"))
        for stop in ("theme", "category", "severity", "findings-pane"):
            assert stop in reached
        turn(page, "units")
        page.click('#units-grid [data-key="apart"]')
        page.locator("#units-pane a").first.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#tip").is_visible()
        first = json.dumps(page.locator("#tip").inner_text())
        page.keyboard.press("ArrowDown")
        assert json.dumps(page.locator("#tip").inner_text()) != first
