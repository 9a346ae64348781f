"""English negation: where it stands and which words may take its place."""

from __future__ import annotations

import re
from typing import NamedTuple

_STRONG = re.compile(
    r"\b(?:not|never|neither|nor|nobody|nothing|nowhere|none|cannot|without|no(?!\.\s?\d|\s?\d)|"
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|must|need|ai)n['’]?t)\b"
    r"|\b(?:isn|aren|wasn|weren|don|doesn|didn|hasn|haven|hadn|can|couldn|won|wouldn|shouldn) ?['’] ?t\b",
    re.IGNORECASE,
)
# Negators in phrases that deny nothing.
_IDLE = re.compile(
    r"\b(?:not (?:only|just|merely|simply|to mention|least|necessarily)|no (?:matter|doubt|wonder|question|"
    r"sooner)|nothing (?:wrong|but)|don['’]t you (?:think|agree)|"
    r"(?:whether|if|why|or) not|not (?:until|unless|without)|none other|can(?:no|['’])t help|"
    r"last but not least|no\.)",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:fail\w*|lack\w*|refus\w+|avoid\w*|den(?:y|ies|ied|ying|ial)|prevent\w*|hardly|barely|rarely|seldom|"
    r"scarcely|few|little|"
    r"free of|unless|stop\w*|instead|rather than|until|except|absence|absent|prohibit\w*|ban(?:s|ned)?|"
    r"reject\w*|exclud\w+|"
    r"impossible|despite|neglect\w*|ignor\w+|miss(?:ed|ing)?|declin\w+|ceas\w+|quit|abandon\w*|abolish\w*|"
    r"cancel\w*|oppos\w+|zero|"
    r"forb[ai]d\w*|doubt\w*|only|yet to|away from|out of|far from|dis\w{4,}|un(?!ti|de|it|io|iv|iq|if)\w{4,}|"
    r"in(?:ability|capable|"
    r"sufficient\w*|complete|valid|visible|adequate|accurate|correct|consistent|convenient|effective|"
    r"significant\w*|separable|"
    r"dispensable|evitable|tolerable|different)|im(?:mobile|moral|perfect|proper|patient)|ir(?:regular|"
    r"relevant|respective|"
    r"responsible)|il(?:legal|literate|logical)|non|non-\w+|\w{3,}less|too|before|otherwise|but|short of|"
    r"beyond|against|anything but|"
    r"nil|minus|hard to|difficult to|resist\w*|invalid|void|wrong|bad|poor\w*|beware|remain\w*|even|still|"
    r"keep\w*|left|lost|lose|loss\w*|"
    r"blank|empty|no|nil|refrain\w*|mystery|free|comfortabl\w*|hate\w*|dislike\w*|mind|any|anyone|either|nay|unable|forget|forgot\w*|spare\w*|"
    r"skip\w*|rule[sd]? out|"
    r"inferior|lower|fewer|smaller|worse|eliminat\w*|contrast|differ\w*|problem\w*|unlike|subpar|limited|"
    r"shortage|scarce|halt\w*|"
    r"suspend\w*|postpon\w*|block\w*|regardless|in\w{3,}(?:able|ible|ent)|im\w{3,}(?:able|ible)|hard|difficult\w*|"
    r"mistaken\w*|contrary|different|less|least|other than|long|stranger|wonder|exempt\w*|depriv\w+|devoid|"
    r"rid|end(?:ed|s)? up)\b",
    re.IGNORECASE,
)


class Cue(NamedTuple):
    """A negator with its place."""

    start: int
    end: int
    text: str


def strong(text: str) -> list[Cue]:
    """Negators proper; those of phrases such as `not only` are left out."""
    idle = [(m.start(), m.end()) for m in _IDLE.finditer(text)]
    return [
        Cue(m.start(), m.end(), m.group())
        for m in _STRONG.finditer(text)
        if not any(start <= m.start() < end for start, end in idle)
    ]


def any_negation(text: str) -> bool:
    """True where anything may negate: a negator, an idle one, `fail`, `lack`, `un-`, `without`."""
    return bool(_STRONG.search(text) or _IDLE.search(text) or _WEAK.search(text))


def weak(text: str) -> set[str]:
    """Lower-case words that may carry a negation the other side spells out, idle negators too."""
    return {m.group().lower() for pattern in (_WEAK, _IDLE) for m in pattern.finditer(text)}
