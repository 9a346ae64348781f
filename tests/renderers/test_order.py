"""Systems in the order of rank with their groups; nothing lost of a name that does not fit; signatures on request."""

from __future__ import annotations

from msgspec.structs import replace

from evalkit.records.comparison import Ranked, Ranking
from evalkit.renderers._order import by_rank, groups
from evalkit.renderers.table import TableRenderer
from evalkit.text.words import width
from tests.results import large_result, small_result


def ranked() -> tuple[list[str], object]:
    """Four systems given in another order than that of their scores, the first two in one group."""
    result = large_result(4, 12, 2)
    systems = tuple(result.systems[place] for place in (2, 0, 3, 1))
    order = [Ranked(f"System-0{n}", 30.0 - n, 1 if n < 2 else n, n + 1, n + 1) for n in range(4)]
    ranking = Ranking("bleu", "corpus", "translation", tuple(order))
    return [s.name for s in result.systems], replace(result, systems=systems, rankings=(ranking,))


def test_the_best_comes_first_whatever_the_order_given() -> None:
    names, result = ranked()
    assert [s.name for s in by_rank(result)] == names
    assert groups(result, "corpus") == {"System-00": 1, "System-01": 1, "System-02": 2, "System-03": 3}
    shown = TableRenderer().render(result)
    places = [shown.index(name) for name in names]
    assert places == sorted(places)
    assert "group" in shown


def test_lower_is_first_where_lower_is_better_and_what_is_not_trusted_is_last() -> None:
    result = small_result()
    by_ter = replace(
        result,
        systems=tuple(
            replace(s, kind="report", scores=tuple(x for x in s.scores if x.metric == "ter"))
            for s in reversed(result.systems)
        ),
    )
    assert [s.name for s in by_rank(by_ter, "aligned")] == [
        "machine-translated-report", "xinhua-summary", "ambassador-interview",
    ]  # fmt: skip


def test_a_name_that_does_not_fit_stands_in_full_below() -> None:
    name = "a-system-" + "of-a-long-name-" * 12 + "end"
    result = small_result()
    long = replace(result, systems=(replace(result.systems[0], name=name), *result.systems[1:]), comparisons=())
    shown = TableRenderer().render(long)
    assert max(map(width, shown.splitlines())) <= 80
    assert name in "".join(line.strip() for line in shown.partition("Names in full")[2].splitlines())
    assert "Names in full" not in TableRenderer().render(result)


def test_signatures_are_whole_and_each_said_once() -> None:
    result = small_result()
    detailed = tuple(
        replace(s, scores=tuple(replace(x, detail="65.1/40.2 (BP = 0.957)") for x in s.scores)) for s in result.systems
    )
    shown = TableRenderer(verbose=True).render(replace(result, systems=detailed))
    assert max(map(width, shown.splitlines())) <= 80
    bare = "".join(line.strip() for line in shown.splitlines())
    for signature in {score.signature for system in result.systems for score in system.scores}:
        assert signature in bare
    assert "(BP = 0.957)" in shown
    assert bare.count("BLEU, aligned: nrefs:1") == 1
    assert "Details and signatures" not in TableRenderer().render(result)
