"""What must be taken over from the source as it is: small texts by hand, one kind of thing after the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.detectors.exact import ExactDetector
from evalkit.detectors.exact.kinds import codes, placeholders, tags, urls
from evalkit.records import Finding, Rule
from evalkit.testing import context_of, units_of


def check(*pairs: tuple[str, str], lang: str = "de", source_lang: str = "en") -> list[Finding]:
    source, target = [s for s, _ in pairs], [t for _, t in pairs]
    context = context_of(target, lang=lang, source_lang=source_lang)
    return list(ExactDetector().find(units_of(target, (), source), context))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hello {name}, 3 of {0}.", "{name}, hallo: 3 von {0}."),
        ("%1$s sent %2$d files", "%2$d Dateien von %1$s"),
        ("About 100% sure, 5 % more", "Zu 100 % sicher, 5% mehr"),
        ("50% discount", "%50 indirim"),
        (
            "{count, plural, one {# file} other {# files}}",
            "{count, plural, one {# Datei} few {# D.} other {# Dateien}}",
        ),
        ("{n, plural, one {file} other {files}}", "{n, plural, one {Datei} other {Dateien}}"),
        ("See {{ user.name }} and ${HOME}", "Siehe ${HOME} und {{user.name}}"),
        ("Read <b>this</b> <br/> now", "<b>Dies</b> jetzt <br/> lesen"),
        ('Go <a href="x" title="Home">home</a>', 'Nach <a title="Heim" href="x">Hause</a>'),
        ("a < b and c > d", "a < b und c > d"),
        ("See https://Example.org/a/.", "Siehe https://example.org/a."),
        ("Write to Info@example.org!", "请写信给info@example.org。"),
        ("The CD133 cells", "Die CD-133-Zellen"),
        ("The T-90 tank", "Танк Т-90"),
        ("In Q3, the G20 paid US$5m in WW1.", "Im dritten Quartal."),
        ("They met in Oct-2018.", "Sie trafen sich im Oktober 2018."),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert [(f.rule, f.text) for f in check((source, target))] == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Hello {name}.", "Hallo {nombre}.", [("placeholder", "candidate", "{nombre}")]),
        ("Hello {name}.", "Hallo.", [("placeholder", "source", "{name}")]),
        ("Hello.", "Hallo %s.", [("placeholder", "candidate", "%s")]),
        ("%s of %s", "%s von", [("placeholder", "source", "%s")]),
        ("{n, plural, other {x}}", "{m, plural, other {x}}", [("placeholder", "candidate", "{m, plural,")]),
        ("a <b>c</b>", "a <b>c<b>", [("tag", "candidate", "<b>")]),
        ("<b><i>x</i></b>", "<b><i>x</b></i>", [("tag", "candidate", "</b>")]),
        ("x&nbsp;y", "x y", [("tag", "source", "&nbsp;")]),
        ("www.a.org/x.", "www.a.org/y.", [("url", "candidate", "www.a.org/y")]),
        ("Ask a@b.org.", "Fragen Sie.", [("url", "source", "a@b.org")]),
        ("A Boeing B747.", "Eine Boeing B737.", [("code", "candidate", "B737")]),
        ("ISO-8859-1 text", "Text", [("code", "source", "ISO-8859-1")]),
        ("The COVID-19 cases", "新冠肺炎病例", []),  # a word of the language with its number, not a code
        ("The COVID-19 cases", "COVID-18病例", [("code", "candidate", "COVID-18")]),
        ("The chair closed the meeting.", "The chair closed the meeting.",
         [("source-copied", "candidate", "The chair closed the meeting.")]),
    ],
)  # fmt: skip
def test_found(source: str, target: str, expected: list[tuple[str, str, str]]) -> None:
    found = check((source, target))
    assert [(f.rule, f.side, f.text) for f in found] == expected
    assert all(f.evidence == "source" for f in found)


def test_a_copy_is_fine_where_both_are_one_language() -> None:
    assert check(("The chair closed the meeting.",) * 2, lang="en-GB", source_lang="en-US") == []
    assert check(("New York Times", "New York Times")) == []


def test_repeated_segments_name_the_odd_one_once() -> None:
    close, load = "Close the lid at night.", "Charge the device over night please."
    odd = check((close, "Deckel nachts schließen, bitte."), (load, "Nachts laden und warten."),
                (close, "Deckel nachts schließen, bitte."), (close, "Bitte nachts den Deckel zumachen."))  # fmt: skip
    assert [(f.rule, f.unit, f.severity) for f in odd] == [("inconsistent-target", "d:4", "neutral")]
    shifted = check((close, "Deckel nachts schließen, bitte."), (load, "Deckel nachts schließen, bitte."))
    assert [(f.rule, f.unit) for f in shifted] == [("inconsistent-source", "d:2")]
    assert check((close, "Bitte schließen Sie ihn."), ("Close the lid at night!", "Bitte schließen Sie ihn.")) == []


@pytest.mark.parametrize(
    "text",
    ["A" * 100_000, "A1-" * 30_000, "<a x=" * 30_000, "{{a" * 30_000, "%(a" * 30_000, "http://" * 15_000,
     "a@a." * 25_000, "{a, plural" + " " * 100_000, "{a,plural," * 10_000 + "one {" * 10_000, "</" * 50_000],
)  # fmt: skip
def test_hostile_texts_come_to_an_end(text: str) -> None:
    """With a repetition that is not bounded some of these would never end."""
    for kind in (urls, placeholders, tags, codes):
        assert all(item.end <= len(text) for item in kind(text))


@given(st.text(st.sampled_from("a{}%s<>/b&;0$@.:,C1 -")))
def test_a_text_has_what_it_has(text: str) -> None:
    assert [f for f in check((text, text)) if f.rule not in ("source-copied", "tag")] == []
    for kind in (urls, placeholders, tags, codes):
        assert all(0 <= item.start < item.end <= len(text) for item in kind(text))


@pytest.mark.parametrize("rule", [r for r in ExactDetector.rules if r.rank < 100], ids=lambda rule: rule.id)
def test_the_example_of_a_rule_sets_it_off(rule: Rule) -> None:
    marked = rule.example[rule.example.index("[") + 1 : rule.example.index("]")]
    found = check((rule.against, rule.example.replace(f"[{marked}]", marked)))
    assert [(f.rule, f.text) for f in found] == [(rule.id, marked)]


def test_two_long_addresses_are_shown_where_they_differ() -> None:
    head = "https://www.example.org/culture/books/the-long-title-of-a-review-"
    (said,) = check((f"{head}has-been-in-the-white-house/", f"{head}has-been-been-in-the-white-house/"))
    _, theirs, _, mine, _ = said.message.split("'")
    assert theirs != mine
    assert "has-been-in-" in theirs
    assert "has-been-been-in-" in mine


@pytest.mark.parametrize(
    "text",
    [
        "https://www.youtube.com/watch?v=wxsytk8l_gk",
        "{first_name} {middle_name} {last_name} {user.other_name}",
        "src/main/resources/locale/messages.properties",
        "@some_long_user_name_of_mine",
        "12 345 678 90",
        "Leonardo da Vinci",
    ],
)
def test_what_no_one_translates_is_not_copied(text: str) -> None:
    assert check((text, text)) == []


def test_an_entity_is_called_so() -> None:
    (said,) = check(("Watch Grey's Anatomy.", "Watch Grey&#39;s Anatomy."))
    assert said.message == "the source has no HTML entity '&#39;' (apostrophe)"
