"""Function words of English, and what counts as a content word when two texts are compared."""

from __future__ import annotations

from functools import lru_cache

from evalkit.text.lists import listed
from evalkit.text.words import Word, fold, words

ENGLISH = listed("""
    a about above across after again against ago all almost along already also although always am among an and
    another any anyone anything are aren't around as at away be became because become been before behind being below
    between both but by can can't cannot come could couldn't did didn't do does doesn't doing don't done down due
    during each either else enough especially etc even ever every everyone everything except far few for from
    further get gets getting give given go goes going gone got had hadn't has hasn't have haven't having he he's her
    here hers herself him himself his how however i i'm i've if in indeed instead into is isn't it it's its itself
    just keep kept know last least less let let's like likely made mainly make makes making many may maybe me mean
    means might mine more moreover most mostly much must my myself near nearly neither never next no nobody none nor
    not nothing now of off often on once one ones only onto or other others otherwise our ours ourselves out over
    own per perhaps please put quite rather really said same say says see seem seemed seems several shall she should
    shouldn't since so some someone something soon still such take taken than that that's the their theirs them
    themselves then there there's therefore these they they're this those though through throughout thus to together
    too took toward towards under unless until up upon us use used uses using very via was wasn't way we we're well
    were weren't what whatever when where whether which while who whole whom whose why will with within without
    won't would wouldn't yes yet you you're your yours yourself according able currently well-known thing things
    """)


def capitalises_nouns(lang: str) -> bool:
    """True for languages that give every noun a capital, where a capital marks no name."""
    return lang.partition("-")[0].lower() in ("de", "lb")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A rough stem for telling inflected forms from other words; not for showing."""
    folded = fold(word).removesuffix("'s").replace("-", "")
    if len(folded) <= 3 or folded[0].isdigit():
        return folded
    for ending in ("ingly", "edly", "ations", "ation", "ings", "ing", "ies", "ied", "ly", "ed", "es", "s", "e", "y"):
        if folded.endswith(ending) and len(folded) - len(ending) >= 3:
            folded = folded[: -len(ending)]
            break
    return folded


def content(text: str) -> list[Word]:
    """The words of a text that carry meaning: no function words, no single letters of spaced scripts."""
    return [w for w in words(text) if is_content(w.text)]


@lru_cache(maxsize=65536)
def is_content(word: str) -> bool:
    """False for English function words and single Latin letters."""
    lowered = word.lower().replace("’", "'")
    return lowered not in ENGLISH and (len(word) > 1 or not word.isascii() or word.isdigit())
