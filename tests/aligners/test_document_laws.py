"""The laws of the document aligner on real texts: the reference of the first job, and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.plugins import Registry
from evalkit.records import Document, Link, Segment

pytestmark = pytest.mark.slow

REGISTRY = Registry()
ALIGNER = REGISTRY.make("aligner", "document")
SWAP = {"1-n": "n-1", "n-1": "1-n", "omitted": "added", "added": "omitted"}
CHINESE = (
    "今天早上委员会在日内瓦开会。代表们讨论了明年的预算。几位成员对数字表示怀疑。财务主管答应重新计算。"
    "会议在下午六点结束。随后代表们参观了博物馆。博物馆里有许多古老的船只。孩子们最喜欢那条红色的龙。"
    "晚上下了一场大雨。火车因此晚点两个小时。有些人决定在城里过夜。旅馆的房间已经全部订满。"
)
SPEECH = Path(__file__).resolve().parents[2] / "seeds"


def made(texts: Sequence[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t, "text", 1) for k, t in enumerate(texts))


def sentences(text: str, lang: str) -> list[str]:
    document = Document("d", "d", text, "", lang)
    return [s.text for s in REGISTRY.make("segmenter", "sentences").split(document)]


@pytest.fixture(scope="module", params=["speech", "chinese"])
def texts(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "chinese":
        return sentences(CHINESE, "zh")
    return sentences(next(SPEECH.glob("001_*.txt")).read_text("utf-8"), "en")[:40]


def paired(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(x.candidate, x.reference) for x in links if x.candidate and x.reference]


def test_a_text_and_itself(texts: list[str]) -> None:
    assert len(texts) >= 12
    assert ALIGNER.align(made(texts), made(texts)) == tuple(Link((k,), (k,), "1-1", 1.0) for k in range(len(texts)))


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_one_sentence_less_is_one_omission_and_the_other_way_round_one_addition(
    texts: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    left = [k for k in range(len(texts)) if k != gone]
    there = ALIGNER.align(made([texts[k] for k in left]), made(texts))
    assert [x.reference for x in there if x.kind == "omitted"] == [(gone,)]
    assert paired(there) == [((i,), (k,)) for i, k in enumerate(left)]
    back = ALIGNER.align(made(texts), made([texts[k] for k in left]))
    assert [x.candidate for x in back if x.kind == "added"] == [(gone,)]


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_two_swapped_paragraphs_are_one_moved_block(texts: list[str], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(texts)), min_size=3, max_size=3)))
    a, b, c = cuts
    order = [*range(a), *range(b, c), *range(a, b), *range(c, len(texts))]
    links = ALIGNER.align(made([texts[k] for k in order]), made(texts))
    assert {x.kind for x in links} == {"1-1", "moved"}
    assert paired(links) == [((i,), (k,)) for i, k in enumerate(order)]
    assert {x.block for x in links if x.kind == "moved"} == {1}


@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_exchanging_the_sides_of_edited_texts_mirrors_the_links(texts: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(texts))), min_size=3, max_size=12, unique=True))
    mine = [texts[k][: 3 + 2 * len(texts[k]) // 3] if k % 3 == 0 else texts[k] for k in kept]
    there = {(x.candidate, x.reference, x.kind, round(x.confidence, 6)) for x in ALIGNER.align(made(mine), made(texts))}
    back = {
        (x.reference, x.candidate, SWAP.get(x.kind, x.kind), round(x.confidence, 6))
        for x in ALIGNER.align(made(texts), made(mine))
    }
    assert there == back
