"""English negation: where it stands and which words may take its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from evalkit.text.lists import listed

_STRONG = re.compile(
    r"\b(?:not|never|neither|nor|nobody|nothing|nowhere|none|cannot|without|no(?!\.\s?\d|\s?\d)|"
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|could|wo|would|should|must|need|ai)n['’]?t)\b"
    r"|\b(?:isn|aren|wasn|weren|don|doesn|didn|hasn|haven|hadn|can|couldn|won|wouldn|shouldn) ?['’] ?t\b",
    re.IGNORECASE,
)
_NOT = r"(?:not|never|n['’]t)"
# Negators in phrases that deny nothing.
_IDLE_PHRASES = (
    r"not sure (?:if|whether)",
    r"not (?:only|just|merely|simply|to mention|least|necessarily|(?:so|as) much)",
    r"no (?:matter|doubt|wonder|question|sooner|surprise|problems?|issues?|complaints?|exception)",
    r"(?:no|not|nothing) (?:more|less|fewer|later|earlier|other) than",
    r"at no (?:extra |additional )?(?:cost|charge)",
    r"nothing (?:wrong|but|short of)|none other|(?:whether|if|why|or) not|last but not least",
    r"not (?:until|unless|without|long (?:ago|after|before))",
    # questions that expect yes: don't you think, isn't it
    r"\w+n['’]t (?:you|we|they|he|she|it|i|this|that|there)(?! (?:is|are|was|were|will|do|does|did|have|has)\b)",
    r"(?:can ?not|can ?['’]?t|could ?n['’]t|could not) (?:help|wait|believe|but|agree more|be more)",
)
_IDLE = re.compile(rf"\b(?:(?:{'|'.join(_IDLE_PHRASES)})\b|no[.,])", re.IGNORECASE)
# What denies a denial: not bad, nothing wrong, not uncommon, do not forget.
_LITOTES = re.compile(
    rf"\b(?:\w*{_NOT}|no|nothing) (?:(?:at all|so|that|too|a|very|be|been|the|any) )?"
    r"(bad|wrong|worse|poor|subpar|horrible|terrible|awful|chang\w+|"
    r"un\w{4,}|in(?:significant|frequent|considerable)|dissimilar|impossible|shabby|alone|hesitate|forget|miss|fail|"
    r"worry|mind)\b",
    re.IGNORECASE,
)
# did not come until, cannot go without, not this but rather that: the second part takes back the first
_TAKEN_BACK = re.compile(
    rf"\b\w*{_NOT}\b(?=[^.!?;,]{{1,60}}\b(?:until|unless|without|till)\b|[^.!?;]{{1,60}}\bbut (?:rather|instead)\b)",
    re.IGNORECASE,
)
# who would dare: nobody would; what is the use: there is none
_ASKED = re.compile(
    r"\b(?:who|how) (?:\w+ )?(?:would|could|can|will|dares?|knows|cares)\b|\bwhat(?: is|['’]s) the (?:use|point)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:afraid|used to|former\w*|anymore|gone|fail\w*|lack\w*|"
    r"refus\w+|avoid\w*|den(?:y|ies|ied|ying|ial)|prevent\w*|hardly|barely|rarely|seldom|"
    r"scarcely|few|little|"
    r"free of|unless|stop\w*|instead|rather than|until|except|absence|absent|prohibit\w*|ban(?:s|ned)?|"
    r"reject\w*|exclud\w+|"
    r"impossible|despite|neglect\w*|ignor\w+|miss(?:ed|ing)?|declin\w+|ceas\w+|quit|abandon\w*|abolish\w*|"
    r"cancel\w*|oppos\w+|zero|"
    r"forb[ai]d\w*|doubt\w*|only|yet to|away from|out of|far from|dis(?!cover|cuss|tri|tan|pla|tinc|eas|aster)\w{4,}|"
    r"un(?!ti|de|it|io|iv|iq|if|fortun)\w{4,}|"
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
    r"inferior|lower|fewer|smaller|worse|eliminat\w*|contrast|differ\w*|var(?:y|ies|ied|ying)|problem\w*|unlike|subpar|limited|"
    r"shortage|scarce|halt\w*|"
    r"suspend\w*|postpon\w*|block\w*|regardless|in(?!cident)\w{3,}(?:able|ible|[^m]ent)|im\w{3,}(?:able|ible)|hard|difficult\w*|"
    r"mistaken\w*|contrary|different|less|least|other than|long|stranger|wonder|exempt\w*|depriv\w+|devoid|"
    r"rid|end(?:ed|s)? up)\b",
    re.IGNORECASE,
)


# Those of them that rarely answer a negator.
SELDOM = listed("any anyone before but despite either even free hard keep long lost still too left") | {
    "away from",
    "out of",
}


# Verbs that say so little that they are no content words: a negator before one denies them, not what follows.
LIGHT = listed("use using used know known knows make say see get give")


_SAME = re.compile(r"\b(?:same|consistent|alike|equal|identical|uniform|match\w*)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:differ\w*|var(?:y|ies|ied|ying|iable)|unlike|uneven|inconsistent|unequal)\b", re.IGNORECASE)


class Cue(NamedTuple):
    """A negator with its place."""

    start: int
    end: int
    text: str


def strong(text: str) -> list[Cue]:
    """Negators proper; those of phrases such as `not only` are left out."""
    found = [Cue(m.start(), m.end(), m.group()) for m in _STRONG.finditer(text)]
    if not found:
        return []
    idle = [(m.start(), m.end()) for pattern in (_IDLE, _TAKEN_BACK) for m in pattern.finditer(text)]
    return [cue for cue in found if not any(start <= cue.start < end for start, end in idle)]


def denied_denial(text: str, cue: Cue) -> str:
    """The word of `not bad`, `do not forget` that the negator turns round; empty where it denies anything else."""
    return next((m[1].lower() for m in _LITOTES.finditer(text) if m.start() <= cue.start < m.end()), "")


def is_answered(text: str, cue: Cue, other: str, answers: list[Cue]) -> bool:
    """True where the other side says it otherwise: not the same: different; neither ... nor: not; or where one side
    only is a question, which may expect a no."""
    if cue.text.lower() in ("neither", "nor") and answers:
        return True
    if ("?" in text) != ("?" in other):
        return True
    return bool(_SAME.search(text, cue.end, cue.end + 40)) and bool(_OTHER.search(other))


def any_negation(text: str) -> bool:
    """True where anything may negate: a negator, an idle one, `fail`, `lack`, `un-`, `without`."""
    return any(pattern.search(text) for pattern in (_STRONG, _IDLE, _WEAK, _ASKED))


def weak(text: str) -> set[str]:
    """Lower-case words that may carry a negation the other side spells out, idle negators too."""
    return {m.group().lower() for pattern in (_WEAK, _IDLE, _TAKEN_BACK, _ASKED) for m in pattern.finditer(text)}
