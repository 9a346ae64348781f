"""The trust gate: what passes, what is refused, and what the reason says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.records import LINK_KINDS, Alignment, Coverage, Link, Segment
from evalkit.run import trust

REGISTRY = Registry()
REFERENCE = [
    "The committee met in Geneva on Monday.",
    "It discussed the budget of the coming year.",
    "Several members voiced doubts about the figures.",
    "The treasurer promised a new calculation.",
    "The meeting closed at six in the evening.",
    "Afterwards the delegates visited the museum.",
]


def made(texts: list[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t) for k, t in enumerate(texts))


def judged(mine: list[str], theirs: list[str], aligner: str = "document") -> Alignment:
    candidate, reference = made(mine), made(theirs)
    links = REGISTRY.make("aligner", aligner).align(candidate, reference)
    return trust.assess_alignment(candidate, reference, links, aligner, line_by_line=aligner == "lines").alignment


def seed(root: Path, number: str) -> tuple[Segment, ...]:
    reader, segmenter = REGISTRY.make("reader", "text(boilerplate=yes)"), REGISTRY.make("segmenter", "sentences")
    return tuple(segmenter.split(reader.read(str(next((root / "seeds").glob(f"{number}_*"))), "en")[0]))


@pytest.mark.parametrize(("number", "trusted"), [("000", True), ("004", True), ("002", False), ("003", False)])
def test_reports_of_the_speech_pass_and_other_texts_on_it_do_not(root: Path, number: str, trusted: bool) -> None:
    candidate, reference = seed(root, number), seed(root, "001")
    links = REGISTRY.make("aligner", "document").align(candidate, reference)
    verdict = trust.assess_alignment(candidate, reference, links, "document").alignment
    assert verdict.trusted is trusted
    assert ("probably no rendering" in verdict.reason) is not trusted


def test_what_is_linked_by_its_place_alone_does_not_speak_against_a_rendering() -> None:
    free = [
        "The committee came together Monday.",
        "It discussed next year.",
        "Several doubts were raised there.",
    ]
    short = ["Recalculation.", "So late.", "Evenings.", "Delegations.", "Promises.", "Visitors."]
    candidate, reference = made([*free, *short]), made(REFERENCE)
    links = [Link((k,), (k,), "1-1", 0.6) for k in range(3)]
    placed = [*links, Link(tuple(range(3, 9)), (3, 4, 5), "n-1", 0.15)]
    one, other = (
        trust.assess_alignment(candidate, reference, found, "document").alignment for found in (links, placed)
    )
    assert one.trusted, one.reason
    assert other.trusted, other.reason


def test_the_reason_says_in_per_cent_how_much_agrees_and_how_much_is_needed(root: Path) -> None:
    candidate, reference = seed(root, "000")[:1] + seed(root, "002")[3:9], seed(root, "001")
    links = (Link((0,), (0,), "1-1", 0.3),)
    reason = trust.assess_alignment(candidate, reference, links, "document").alignment.reason
    found = re.search(r"too little of the two agrees \(agreement (?:(\d+)%|below 1%), ", reason)
    assert found
    assert int(found[1] or 0) < 100 * trust.LEAST_AGREEMENT
    assert f"of a rendering {trust.LEAST_AGREEMENT:.0%} or more; paired: " in reason
    nothing = judged(["Alpha beta gamma."], ["Zwölf Boxkämpfer jagen."]).reason
    assert nothing.endswith(" (paired: nothing of the candidate with anything of the reference)")


def test_a_longer_text_with_one_quotation_is_no_rendering() -> None:
    mine, theirs = made([f"Wholly other words number {k} stand here." for k in range(12)]), made(REFERENCE)
    for chance, trusted in ((1.0, False), (0.0, False)):
        links = (Link((0,), (0,), "1-1", chance),)
        same = (made([REFERENCE[0]])[0], *mine)
        verdict = trust.assess_alignment(same, theirs, links, "document").alignment
        assert verdict.trusted is trusted
        assert ("only a passage or two in common" in verdict.reason) is (chance == 1.0)
    assert trust.assess_alignment(same[:3], theirs, (Link((0,), (0,), "1-1", 1.0),), "document").alignment.trusted


def test_an_identical_text_has_full_coverage_and_confidence() -> None:
    verdict = judged(REFERENCE, REFERENCE)
    assert verdict.coverage == Coverage(1.0, 1.0)
    assert verdict.confidence == 1.0
    assert verdict.trusted
    assert verdict.links == {**dict.fromkeys(LINK_KINDS, 0), "1-1": 6}


def test_a_summary_is_judged_by_its_own_side() -> None:
    verdict = judged([REFERENCE[1], REFERENCE[3]], REFERENCE * 1)
    assert verdict.trusted
    assert verdict.coverage.candidate == 1.0
    assert verdict.coverage.reference < 0.5


def test_another_script_is_named() -> None:
    verdict = judged(["Комитет собрался в Женеве.", "Он обсудил бюджет."], REFERENCE)
    assert not verdict.trusted
    assert verdict.reason.startswith("the candidate is in Cyrillic script, the reference in Latin")


@pytest.mark.parametrize(
    ("mine", "theirs", "trusted", "reason"),
    [
        ([], ["One two."], False, "the candidate is empty"),
        (["One two."], [], False, "the reference is empty"),
        ([], [], True, "both sides are empty"),
    ],
)
def test_empty_sides(mine: list[str], theirs: list[str], trusted: bool, reason: str) -> None:
    verdict = judged(mine, theirs)
    assert (verdict.trusted, verdict.reason) == (trusted, reason)


def test_moved_blocks_are_counted() -> None:
    verdict = judged([*REFERENCE[3:], *REFERENCE[:3]], REFERENCE)
    assert verdict.moved_blocks == 1
    assert verdict.links["moved"] == 3


# --- lines ---


def test_figures_beside_number_words_tell_nothing() -> None:
    worded = ["iki", "beş yüz", "on iki bin", "yirmi", "yedi", "otuz dokuz"]
    assert judged(["2", "500", "12000", "20", "7", "39"], worded, "lines").trusted
    assert not judged(["elma", "armut ve kiraz", "masa", "bahçe", "yol", "deniz"], worded, "lines").trusted


def test_a_text_of_the_same_phrases_is_marked() -> None:
    phrases = [
        "Thank you for contacting our customer service today.",
        "Is there anything else that I can help you with?",
    ]
    mine = ["The parcel left our depot in Lyon.", "It comes on Tuesday morning.", "A neighbour may take it.", *phrases]
    theirs = ["Passwords have eight letters or more.", *phrases]
    assert "another text with the same phrases" in judged(mine, theirs).reason
    assert "another text" not in judged(mine, mine[:3]).reason


def test_a_chinese_text_of_the_same_phrases_is_marked_though_most_of_it_is_linked() -> None:
    phrases = ["感谢您今天联系我们的客户服务。", "请您稍等几分钟，我马上为您查询订单。", "请问还有什么可以帮助您的吗？"]
    own = ["包裹已于昨日离开里昂的仓库。"]
    others = [
        "密码至少需要八个字母。",
        "重置链接会发送到注册邮箱。",
        "旧的手机号码必须先解除绑定。",
        "验证问题由用户自行设定。",
    ]
    verdict = judged([*phrases, *own], [*phrases, *others])
    assert verdict.trusted
    assert verdict.coverage.candidate > 0.7  # where letters of set phrases end in scripts with spaces
    assert "another text with the same phrases" in verdict.reason
    assert "another text" not in judged([*phrases, *own], [*phrases, *own, *others]).reason


def test_more_of_a_chinese_text_must_be_linked() -> None:
    def verdict(texts: list[str]) -> Alignment:
        links = (Link((0,), (0,), "1-1", 1.0),)  # four tenths of the words, equal on both sides
        return trust.assess_alignment(made(texts), made(texts), links, "document").alignment

    assert verdict(["We wait here today", "for the train", "to the coast"]).trusted
    refused = verdict(["我们等着", "去海边", "的火车"])
    assert not refused.trusted
    assert "only a passage or two in common" in refused.reason


def test_a_chinese_chat_of_the_same_phrases_with_much_of_its_own_is_refused() -> None:
    theirs = [
        "您好，我是客服小李。",
        "请问您的订单号是多少？",
        "您的包裹昨天已经从仓库发出。",
        "点击屏幕底部的更多图标。",
        "点击设置。",
        "点击设备信息。",
        "点击立即修复。",
        "感谢您的耐心等待。",
    ]
    other = [
        "您好，我是客服小王。",
        "您的耳机无法连接手机蓝牙，对吗？",
        "请先把耳机放回充电盒三十秒。",
        "点击屏幕顶部的搜索按钮。",
        "点击设置。",
        "点击删除配对记录。",
        "点击立即重置。",
        "感谢您选择我们的音响产品。",
    ]
    verdict = judged(other, theirs)
    assert not verdict.trusted
    assert "stands nowhere in the reference" in verdict.reason
    right = [
        "你好，我是客服人员小李。",
        "能告诉我你的订单编号吗？",
        "你的包裹昨天已从仓库寄出。",
        "请点击屏幕下方的“更多”图标。",
        "点击“设置”。",
        "点击“设备信息”。",
        "点击“立即修复”。",
        "感谢你耐心等候。",
    ]
    assert judged(right, theirs).trusted
    assert judged(right[2:6], theirs).trusted
    added = ["以下是译者的说明，原文没有。", "译者在翻译时查阅了几本词典。", "个别术语采用了行业通行的说法。"]
    assert judged([*right, *added], theirs).trusted


def test_lines_that_fit_are_trusted() -> None:
    assert judged(REFERENCE, REFERENCE, "lines").trusted


def test_a_lost_line_is_found_with_its_place() -> None:
    verdict = judged([REFERENCE[0], *REFERENCE[2:], ""], REFERENCE, "lines")
    assert not verdict.trusted
    assert "from line 2 to line 5" in verdict.reason
    assert "one line further on" in verdict.reason


def test_an_extra_line_is_found_too() -> None:
    verdict = judged(["Something else entirely.", *REFERENCE[:-1]], REFERENCE, "lines")
    assert not verdict.trusted
    assert "one line before" in verdict.reason


def test_another_text_line_by_line_is_refused() -> None:
    assert not judged(["Zwölf Boxkämpfer jagen Viktor quer."] * 6, REFERENCE, "lines").trusted


# --- a system ---


def alignment(trusted: bool, covered: float = 1.0) -> Alignment:
    counts = {**dict.fromkeys(LINK_KINDS, 0), "1-1": 2}
    return Alignment("document", counts, Coverage(covered, covered), covered, trusted, "because", 1)


def both(found: Alignment, words: int) -> trust.Assessed:
    return trust.Assessed(found, words, words)


def test_one_document_is_its_own_total() -> None:
    assert trust.total([both(alignment(False), 10)]) == alignment(False)


def test_shares_are_weighted_by_words_and_counts_added() -> None:
    whole = trust.total([trust.Assessed(alignment(True, 1.0), 30, 10), trust.Assessed(alignment(True, 0.5), 10, 30)])
    assert whole.coverage == Coverage(reference=0.625, candidate=0.875)
    assert whole.links["1-1"] == 4
    assert whole.moved_blocks == 2
    assert whole.reason == "all 2 documents are trusted"


def test_a_small_refused_document_is_named_but_does_not_spoil_the_rest() -> None:
    whole = trust.total([both(alignment(True), 990), both(alignment(False), 10)])
    assert whole.trusted
    assert "1 of 2 documents are not trusted; they hold 1.0% of the words" in whole.reason
    assert not trust.total([both(alignment(True), 900), both(alignment(False), 100)]).trusted
    assert not trust.total([]).trusted


def test_a_link_of_many_words_weighs_more() -> None:
    mine, theirs = made(["one two three four", "five"]), made(["one two three four", "five"])
    links = (Link((0,), (0,), "1-1", 1.0), Link((1,), (1,), "1-1", 0.0))
    assert trust.assess_alignment(mine, theirs, links, "document").alignment.confidence == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        (["会议星期一在日内瓦召开。"], ["会議は月曜日にジュネーブで開かれた。"], "without kana, the reference with"),
        (["The committee met in Geneva."], ["会议星期一在日内瓦召开。"], "in Latin script, the reference in Han"),
        (["Комитет собрался в Женеве."], ["The committee met there."], "in Cyrillic script, the reference in Latin"),
        (
            ["Die Kommission hat in Genf den Haushalt für das kommende Jahr beraten, wie es vorher vereinbart war.",
             "Einige Mitglieder haben große Zweifel an den Zahlen, die ihnen vorgelegt worden sind, geäußert."],
            ["The Kommission in Genf discussed the budget of the coming year as it had been agreed before.",
             "Several members voiced doubts about the figures that had been put before them by the others."],
            "probably in another language than the reference",
        ),
    ],
)  # fmt: skip
def test_a_text_in_another_language_is_refused_first(mine: list[str], theirs: list[str], said: str) -> None:
    verdict = judged(mine, theirs)
    assert not verdict.trusted
    assert said in verdict.reason


def test_a_candidate_with_foreign_names_is_in_its_language() -> None:
    text = ["Krishak Mukti Sangram Samiti 是第一批走上街头抗议的组织，他们反对这项法律。"]
    assert judged(text, ["Krishak Mukti Sangram Samiti 是首批上街抗议的团体，他们不同意这项法律。"]).trusted


def test_a_short_text_says_that_little_can_be_told() -> None:
    assert "less certain" in judged(REFERENCE[:2], REFERENCE).reason
    assert "too short to tell" in judged(["Wholly other words stand in this one."], REFERENCE).reason
