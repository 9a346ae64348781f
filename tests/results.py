"""Builders of Result records for tests: a realistic small one, an empty, a hostile and a large one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from evalkit.plugins import Registry
from evalkit.records import (
    LINK_KINDS,
    SEVERITIES,
    SEVERITY_WEIGHTS,
    Alignment,
    Coverage,
    Failure,
    Finding,
    LeftOut,
    LinkKind,
    Segment,
    Severity,
    Span,
    TermOccurrence,
    TermResult,
)
from evalkit.records.comparison import Comparison
from evalkit.records.result import (
    DocumentRecord,
    MetricRecord,
    PassageRecord,
    Quality,
    ReferencePassageRecord,
    ReferenceRecord,
    Result,
    RuleRecord,
    Score,
    SystemRecord,
    UnitRecord,
)
from evalkit.run.record import metric as recorded_metric
from evalkit.run.record import rules as recorded_rules
from evalkit.text.words import Lines, count_words

REFERENCE = (
    "Carrying Forward the Shanghai Spirit",
    "Let me begin by thanking President Putin and Russia for the thoughtful organization of this meeting.",
    "COVID-19 has accelerated shifts in the international landscape.",
    "China supports setting up an SCO joint working group on poverty reduction.",
    "Next year, we will celebrate the 20th anniversary of the SCO.",
    "China congratulates President Emomali Rahmon on taking over the chairmanship.",
    "Let us build an even closer community with a shared future for us all.",
)
Pair = tuple[LinkKind, tuple[int, ...], tuple[int, ...]]
REPORT = (
    "Xi Jinping thanked President Putin and Russia for the organization of the meeting.",
    "The meeting was attended by president ruhani of Iran.",
    "The outbreak has accelerated the adjustment of the international pattern.",
    "China congratulates President Rakhmon on taking over the chairmanship, and next year is the 21st anniversary.",
    "We build a closer community of human destiny .",
)
REPORT_LINKS: tuple[Pair, ...] = (
    ("omitted", (), (0,)),
    ("1-1", (0,), (1,)),
    ("added", (1,), ()),
    ("1-1", (2,), (2,)),
    ("omitted", (), (3,)),
    ("1-n", (3,), (4, 5)),
    ("1-1", (4,), (6,)),
)
SUMMARY = (
    "Xi called for a closer community with a shared future.",
    "COVID-19 has accelerated the evolution of the international landscape.",
)
SUMMARY_LINKS: tuple[Pair, ...] = (
    ("omitted", (), (0,)),
    ("omitted", (), (1,)),
    ("moved", (0,), (6,)),
    ("1-1", (1,), (2,)),
    ("omitted", (), (3,)),
    ("omitted", (), (4,)),
    ("omitted", (), (5,)),
)
INTERVIEW = (
    "The diplomat made the remarks in an interview.",
    "On Monday, the SCO released a blue book.",
)
INTERVIEW_LINKS: tuple[Pair, ...] = (
    *(("omitted", (), (n,)) for n in range(7)),
    ("added", (0,), ()),
    ("added", (1,), ()),
)
SIGNATURES = {
    "bleu": "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0",
    "chrf": "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0",
    "ter": "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0",
    "wer": "nrefs:1|version:4.0.0",
}


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def segments(texts: Sequence[str], document: str) -> tuple[Segment, ...]:
    """Segments of a document whose lines are `texts`."""
    made, start = [], 0
    for number, text in enumerate(texts, 1):
        made.append(Segment(f"{document}:{number}", document, start, start + len(text), text))
        start += len(text) + 1
    return tuple(made)


def reference(texts: Sequence[str] = REFERENCE, name: str = "official-remarks") -> ReferenceRecord:
    text = "\n".join(texts)
    furniture = LeftOut("speech", 1, 0, 26, "中文 Français Contact Us", "navigation menu")
    return ReferenceRecord(
        name, f"references/{name}.txt", sha(text), "en", count_words(text), segments(texts, "speech"), (furniture,)
    )


def scores(values: dict[str, tuple[float, ...]], scopes: Sequence[str]) -> tuple[Score, ...]:
    return tuple(
        Score(metric, scope, value, None, None, SIGNATURES.get(metric, ""))  # type: ignore[arg-type]
        for metric, row in values.items()
        for scope, value in zip(scopes, row, strict=True)
    )


def quality(findings: Sequence[Finding], words: int) -> Quality:
    counts = {s: sum(f.severity == s for f in findings) for s in SEVERITIES}
    categories = sorted({f.category for f in findings})
    by = {c: {s: sum(f.severity == s and f.category == c for f in findings) for s in SEVERITIES} for c in categories}
    penalty = sum(SEVERITY_WEIGHTS[s] * n for s, n in counts.items())
    share = penalty / words if words else 0.0
    return Quality(words, counts, by, penalty, 1000 * share, 100 - 100 * share)


def found(
    system: str,
    texts: Sequence[str],
    rule: str,
    category: str,
    severity: Severity,
    line: int,
    text: str,
    message: str,
    unit: str,
    *,
    expected: tuple[str, ...] = (),
    other: Span | None = None,
) -> Finding:
    """A finding at the first place of `text` in the line `line` (from 1) of the candidate."""
    whole = "\n".join(texts)
    start = whole.index(text, segments(texts, "speech")[line - 1].start)
    row, column = Lines(whole).place(start)
    identity = sha(f"{system} {rule} {start}")[:12]
    return Finding(
        rule, category, f"{category}/{rule}", severity, unit, category, 0.9, "speech", "candidate",
        start, start + len(text), text, message, expected, other,
        line=row, column=column, id=identity, fingerprint=identity,
    )  # fmt: skip


def system(
    name: str,
    texts: Sequence[str],
    links: Sequence[Pair],
    *,
    kind: str = "report",
    ref: ReferenceRecord | None = None,
    trusted: bool = True,
    reason: str = "",
    values: dict[str, tuple[float, ...]] | None = None,
    scopes: Sequence[str] = ("aligned", "document"),
    findings: Sequence[Finding] = (),
    path: str = "",
) -> SystemRecord:
    """A system record whose coverage, counts and quality follow from its links and findings."""
    ref = ref or reference()
    mine, text = segments(texts, "speech"), "\n".join(texts)
    units, paired, covered = [], 0, 0
    for number, (link, ours, theirs) in enumerate(links, 1):
        left = [mine[i] for i in ours]
        right = [ref.segments[i] for i in theirs]
        if left and right:
            paired += sum(count_words(s.text) for s in left)
            covered += sum(count_words(s.text) for s in right)
        units.append(
            UnitRecord(
                f"u{number}", "speech", link, 0.8 if left and right else 0.0,
                PassageRecord(tuple(s.id for s in left), left[0].start, left[-1].end, " ".join(s.text for s in left))
                if left else None,
                (ReferencePassageRecord(ref.name, tuple(s.id for s in right), right[0].start, right[-1].end,
                                        " ".join(s.text for s in right)),) if right else None,
                {}, {}, 1 if link == "moved" else None,
            )
        )  # fmt: skip
    words = count_words(text)
    counts = {kind: sum(link[0] == kind for link in links) for kind in LINK_KINDS}
    coverage = Coverage(covered / ref.words if ref.words else 0.0, paired / words if words else 0.0)
    alignment = Alignment("document()", counts, coverage, 0.8, trusted, reason, counts["moved"])
    return SystemRecord(
        name, path or f"seeds/{name}.txt", sha(text), kind, "en", words,  # type: ignore[arg-type]
        (DocumentRecord("speech", sha(text), words, alignment),), mine, alignment,
        scores(values or {}, scopes), tuple(units), tuple(findings), quality(findings, words),
    )  # fmt: skip


def small_result() -> Result:
    """Two trusted systems and one control, findings of several rules, a comparison, a term, a failure."""
    name, ref = "machine-translated-report", reference()
    anniversary = Span("reference", ref.name, ref.segments[4].start + 33, ref.segments[4].start + 37, "20th")
    mine = [
        found(name, REPORT, "number-mismatch", "numbers", "critical", 4, "21st", "the reference has 20th", "u6",
              expected=("20th",), other=anniversary),
        found(name, REPORT, "name-mistransliterated", "names", "major", 2, "ruhani", "no accepted form of Rouhani",
              "u3", expected=("Rouhani",)),
        found(name, REPORT, "name-variant", "names", "minor", 4, "Rakhmon", "accepted elsewhere", "u6",
              expected=("Rahmon", "Emomali Rahmon")),
        found(name, REPORT, "term-forbidden", "terminology", "major", 5, "community of human destiny",
              "rejected form of 'community with a shared future for mankind'", "u7",
              expected=("community with a shared future for mankind",)),
        found(name, REPORT, "whitespace", "conventions", "neutral", 5, " .", "a space before a full stop", "u7"),
    ]  # fmt: skip
    report = system(
        name, REPORT, REPORT_LINKS, findings=mine,
        values={"bleu": (21.123456, 12.5), "chrf": (48.25, 37.75), "ter": (71.5, 88.0), "wer": (70.0, 90.25)},
    )  # fmt: skip
    summary = system(
        "xinhua-summary", SUMMARY, SUMMARY_LINKS, kind="summary",
        values={"bleu": (28.5, 6.25), "chrf": (52.0, 21.0), "ter": (74.0, 93.5), "wer": (72.5, 94.0)},
    )  # fmt: skip
    interview = system(
        "ambassador-interview", INTERVIEW, INTERVIEW_LINKS, trusted=False,
        reason="may be no rendering of this reference: under 25% of the candidate has a sure counterpart "
        "(0% of the candidate's words stand in strong links, 0% in any; mean confidence 0.00)",
        values={"bleu": (0.5, 0.25), "chrf": (9.75, 8.5), "ter": (103.0, 110.0), "wer": (104.5, 120.0)},
    )  # fmt: skip
    comparison = Comparison(
        "bleu", "aligned", name, "xinhua-summary", 7.376544, -1.25, 15.5, 0.2117, 0.4234,
        "bootstrap", 1000, 12345, 1, 0, 1,
        "No difference in bleu between xinhua-summary and machine-translated-report is shown (+7.38 points, 95% "
        "interval -1.25 to +15.50), which does not mean they are equal: paired bootstrap over 2 items, p = 0.2117.",
        "none",
    )  # fmt: skip
    occurrence = TermOccurrence(mine[3].start, mine[3].end, mine[3].text, "u7", "speech")
    terms = (
        TermResult("community with a shared future for mankind", name, 1, 0, 0.0, True, (occurrence,)),
        TermResult("community with a shared future for mankind", "xinhua-summary", 1, 1, 1.0, True, ()),
        TermResult("Belt and Road Initiative", name, 0, 0, None, True, ()),
    )
    failure = Failure("score", "bleu", "ambassador-interview", "u3", "no paired text; the unit counts as an empty one")
    return Result(
        "evalkit/result/2", "0.1.0", "sco-2020", "align:document()|seed:12345|segment:sentences()",
        {"seed": 12345}, METRICS, RULES, (ref,), (report, summary, interview), (comparison,), terms, (failure,),
    )  # fmt: skip


_REGISTRY = Registry()
_DETECTORS = [_REGISTRY.make("detector", name) for name in _REGISTRY.names("detector")]
METRICS = {name: recorded_metric(name, _REGISTRY.make("scorer", name)) for name in ("bleu", "chrf", "ter", "wer")}
RULES = recorded_rules(_DETECTORS)


def of_one_kind(result: Result) -> Result:
    """The same with systems that may be compared with each other."""
    return replace(result, systems=tuple(replace(s, kind="report") for s in result.systems))


def unchecked(result: Result) -> Result:
    """The same as `evalkit score` gives it: without detectors, so without findings and terms."""
    systems = tuple(replace(s, findings=(), quality=quality((), s.words)) for s in result.systems)
    return replace(result, config={**result.config, "detectors": []}, systems=systems, terms=())


def empty_result() -> Result:
    """No systems, no references, nothing found."""
    return Result("evalkit/result/2", "0.1.0", "nothing", "", {}, {}, {}, (), ())


HOSTILE = (
    "<script>alert(1)</script> ]]> --> &lt; | a `b` ``` *c* **d** _e_ ~f~ [x](javascript:alert(1)) "
    "![i](http://evil.example/p.png) "
    '<img src=x onerror=alert(1)> " onclick="x" @user http://evil.example www.evil.example me@evil.example #12 '
    "\\ \\input{/etc/passwd} $x$ % & # _ { } ~ ^ {{ 7*7 }} {% raw %} "
    "\u202egnp.exe\u2066 \x00\x1b[31m\x7f \ufffe :+1:"
)


HOSTILE_METRIC = MetricRecord(HOSTILE, "higher", HOSTILE, HOSTILE, ("candidate",), HOSTILE, HOSTILE)
HOSTILE_RULE = RuleRecord(HOSTILE, HOSTILE, HOSTILE, "minor", 1, HOSTILE)


def hostile_result(long: int = 100_000) -> Result:
    """Every text field that data can reach holds active markup, controls or a line of `long` characters."""
    very_long = "<b>" + "x" * long
    lines = (HOSTILE, "# heading", "- item", "1. one", "> quote", "| a | b |\n|---|---|", "    code", very_long)
    ref = reference(lines, HOSTILE)
    links: tuple[Pair, ...] = tuple(("1-1", (n,), (n,)) for n in range(len(lines)))
    mine = [
        found(HOSTILE, lines, rule, HOSTILE, severity, line, text, text, unit, expected=(HOSTILE, "# x"))
        for rule, severity, line, text, unit in (
            ("custom-" + HOSTILE, "critical", 1, HOSTILE, "u1"),
            ("name-case", "major", 2, "# heading", "u2"),
            ("omission", "major", 6, "| a | b |\n|---|---|", "u6"),
            ("omission", "minor", 8, very_long, "u8"),
        )
    ]  # fmt: skip
    values = {"bleu": (1.0, 2.0), HOSTILE: (3.0, 4.0)}
    one = system(HOSTILE, lines, links, ref=ref, values=values, findings=mine, path=HOSTILE)
    two = system("# two\n" + very_long, lines, links, ref=ref, values=values, trusted=False, reason=HOSTILE)
    return Result(
        "evalkit/result/2", HOSTILE, HOSTILE, HOSTILE, {HOSTILE: HOSTILE},
        {"bleu": METRICS["bleu"], HOSTILE: HOSTILE_METRIC}, {"custom-" + HOSTILE: HOSTILE_RULE}, (ref,), (one, two),
        (Comparison(HOSTILE, "aligned", HOSTILE, two.name, 1.0, None, None, None, None, HOSTILE, 1, 1, 0, 0, 0,
                    HOSTILE),),
        (TermResult(HOSTILE, HOSTILE, 2, 1, 0.5, False, (TermOccurrence(0, 3, HOSTILE, "u1"),)),),
        (Failure(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    )  # fmt: skip


@lru_cache(maxsize=2)  # frozen: tests of one size share it
def large_result(systems: int = 15, count: int = 1976, per_system: int = 300) -> Result:
    """The everyday case: many line-aligned systems, scope corpus, many findings of a few rules."""
    texts = [f"Sentence number {n} of the reference, 20 words or so." for n in range(count)]
    ref = reference(texts, "refA")
    links: tuple[Pair, ...] = tuple(("1-1", (n,), (n,)) for n in range(count))
    made, comparisons = [], []
    for index in range(systems):
        name = f"System-{index:02d}"
        mine = [
            found(name, texts, ("number-mismatch", "casing", "punctuation-final")[n % 3],
                  ("numbers", "conventions", "conventions")[n % 3], ("major", "minor", "neutral")[n % 3],  # type: ignore[arg-type]
                  n + 1, str(n), "differs", f"u{n + 1}")
            for n in range(per_system)
        ]  # fmt: skip
        values = {"bleu": (30.0 - index,), "chrf": (55.0 - index,), "ter": (60.0 + (index * 7) % 15,)}
        made.append(
            system(name, texts, links, kind="translation", ref=ref, values=values, scopes=("corpus",), findings=mine)
        )
        if index:
            comparisons.append(
                Comparison("bleu", "corpus", "System-00", name, -float(index), -index - 0.5, -index + 0.5, 0.001, 0.002,
                           "bootstrap", 1000, 12345, 100, 10, 1866,
                           f"{name} scores worse than System-00 by {index}.00 points of bleu.", "worse")
            )  # fmt: skip
    return Result(
        "evalkit/result/2", "0.1.0", "wmt", "align:lines()", {}, METRICS, RULES, (ref,), tuple(made), tuple(comparisons)
    )  # fmt: skip
