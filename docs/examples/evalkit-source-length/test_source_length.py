from evalkit_source_length import SourceLength

from evalkit.testing import check_plugin, units_of

GOOD = units_of(["Es regnet."], source=["It rains. "])
BAD = units_of(["Es regnet seit heute früh."], source=["It rains. "])


def test_contract():
    check_plugin(SourceLength(), good=GOOD, bad=BAD)


def test_value():
    (row,) = SourceLength().measure(GOOD)
    assert SourceLength().value(row) == 0
