"""What people say of findings: their verdicts, and what these say of the rules."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Word = Literal["right", "wrong", "unsure"]
WORDS: tuple[Word, ...] = ("right", "wrong", "unsure")
# Of one finding: what its reviewers agree on; `disputed` where they do not, empty where nobody has looked.
Judgement = Literal["", "right", "wrong", "unsure", "disputed"]


class Verdict(Struct, frozen=True):
    """What one person says of one finding.

    `key` is the finding's as `verdict_keys` makes it; it is the same as long as the rule and the text are, and may
    be of one system alone. `text` and `rule` are for the reader of the file. `who` may be empty.
    """

    key: str
    verdict: Word
    rule: str = ""
    text: str = ""
    note: str = ""
    who: str = ""


class RuleReview(Struct, frozen=True):
    """What people say of the findings of one rule. `precision` is the share of right among right and wrong, with its
    95 % interval (Wilson); null where there is neither. A finding whose reviewers disagree is in `disputed` alone."""

    rule: str
    right: int
    wrong: int
    unsure: int
    disputed: int
    precision: float | None
    low: float | None
    high: float | None


class Agreement(Struct, frozen=True):
    """How far two reviewers agree on the findings both have judged: how many, how many alike, and Cohen's kappa, null
    where it is not defined (both said one and the same word of all)."""

    one: str
    two: str
    findings: int
    alike: int
    kappa: float | None


class Review(Struct, frozen=True):
    """The verdicts a run has taken into account: the file, how many findings of the run are judged and how, how many
    are open, and what all verdicts of the file say of the rules."""

    path: str
    counts: dict[str, int]
    open: int
    rules: tuple[RuleReview, ...] = ()
    agreement: tuple[Agreement, ...] = ()
