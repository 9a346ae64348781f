"""The `repetition` detector: doubled words, looping phrases, sentences said again."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from evalkit.detectors._said_again import is_of_the_source, is_original
from evalkit.detectors._units import comparable, in_document_order, language, language_of
from evalkit.language.codes import bare
from evalkit.language.doubling import lowered_text, may_stand, says, stands_once
from evalkit.language.function_words import ENGLISH
from evalkit.language.overlap import renders
from evalkit.language.packs import of_language, words_of
from evalkit.records import Context, Finding, Rule, Segment, Severity, Unit
from evalkit.records.findings import finding
from evalkit.text.shared import shared
from evalkit.text.words import Word, count_words, folded_words, has_unspaced, quote, words

RULE = Rule(
    "repetition", "accuracy", "accuracy/addition", "major",
    "A word, phrase or sentence is repeated by mistake.",
    "The council met in [the the] main hall.",
    rank=130,
)  # fmt: skip
_LONGEST = 12  # words: loops of a model are shorter, a longer run is a sentence and found as one
_FINE = words_of("en", "repetition.often_fine")
_NEVER = words_of("en", "repetition.always_fine")
_STRESSED = words_of("en", "repetition.stressed")
_SAYINGS = words_of("en", "repetition.sayings")
_DETERMINERS = words_of("en", "repetition.determiners")
_JOINING = words_of("en", "repetition.joining")
_LETTERS = words_of("en", "repetition.single_letters")
_GAP = re.compile(r"[)\]\"”]?[ \u00a0\u3000]+[(\[\"“]?|[ \u00a0]?[,;][ \u00a0]+|[ \u00a0]?-[ \u00a0]?")
_BAR = re.compile(r"[/⁄]\d")
_SHORT_RUN = 4  # words: two that stand twice may be grammar where that is not known of the language
_NEAR = 3  # sentences: a model stutters at once, or loops over two or three; further off two sentences may well agree
_CJK_STUTTER = re.compile(r"([\u3040-\u30ff\u3400-\u9fff]{2,20}?)[，,、]?\1")
# After a comma a clause may begin with the last word of the one before (给阿奎罗，阿奎罗用): twice is no loop there.
_CJK_LOOP = re.compile(r"([\u3040-\u30ff\u3400-\u9fff]{3,20}?)(?:、?\1+|(?:[，,]\1){2,})")


@lru_cache(maxsize=64)
def _may_double(lang: str) -> frozenset[str] | None:
    """Words that may stand twice by grammar; None where that is not known of the language."""
    listed = of_language(lang, "repetition.may_double")
    return None if listed is None else frozenset(listed.split())


@lru_cache(maxsize=64)
def _small_words(lang: str) -> frozenset[str]:
    """Words that are no name with a capital either: Ihre Ihre."""
    return ENGLISH | frozenset((of_language(lang, "small_words", "small_words") or "").split())


@dataclass(frozen=True)
class RepetitionDetector:
    """Doubled words and phrases (`the the`, `health and health community`) and repeated sentences.

    Where a reference or the source repeats anything so may the candidate; so it may by grammar (`had had`, `die die`)
    and in sayings. A sentence is repeated where it stood just before: a file of many lines is no document.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "repetition"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Not judged by itself: single words of a language of which it is not known whether they may stand twice."""
        said = "grammar may repeat single words; they are checked only where each reference has them once"
        return {RULE.id: said} if _may_double(bare(lang)) is None else {}

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        for unit in units:
            if unit.candidate is None:
                continue
            compared = comparable(unit, context)
            licences = [p.text for p in unit.references] if compared else []
            for segment in unit.candidate.segments:
                found = list(_repeated(segment.text, licences, language(context)))
                if found and _is_licensed(unit, licences, context):
                    break
                for start, end, severity in found:
                    if is_of_the_source(segment.text[start:end], unit, licences):
                        continue
                    if is_original(segment.text[start:end]):
                        severity = "neutral"
                    message = f"{segment.text[start:end]!r} repeats itself"
                    yield finding(
                        RULE, self.name, unit, segment, start, end, message, severity=severity, evidence="words"
                    )
        yield from self._sentences(units, context)

    def _sentences(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """Sentences that stood a little before in the candidate, and more often there than in any reference."""
        floor = 8 if language(context) in ("zh", "ja") else 5
        near = {document: _near_twice(items, floor) for document, items in in_document_order(units).items()}
        if not any(near.values()):
            return
        allowed: dict[str, dict[str, Counter[str]]] = {}  # by document and reference
        for unit in units:
            for passage in unit.references:
                counter = allowed.setdefault(unit.document, {}).setdefault(passage.reference, Counter())
                counter.update(key for s in passage.segments if (key := _key(s.text)) in near.get(unit.document, ()))
        for document, items in in_document_order(units).items():
            most = list(allowed.get(document, {}).values())
            seen: Counter[str] = Counter()
            rendered: dict[str, set[str]] = {}
            last: dict[str, int] = {}
            for at, (unit, segment) in enumerate(items):
                key = _key(segment.text)
                if key not in near[document]:
                    continue
                seen[key] += 1
                is_near = at - last.get(key, -_NEAR - 1) <= _NEAR
                last[key] = at
                sources = {_key(p.text) for p in (*unit.references, *([unit.source] if unit.source else []))}
                known = bool(sources & rendered.get(key, set()))
                rendered.setdefault(key, set()).update(sources)
                if not is_near or segment.kind != "text" or count_words(segment.text) < floor:
                    continue
                if not known and not renders(unit) and seen[key] > max((c[key] for c in most), default=1):
                    message = f"is already in the document: {quote(segment.text)}"
                    yield finding(RULE, self.name, unit, segment, 0, len(segment.text), message, evidence="sentence")


def _near_twice(items: Sequence[tuple[Unit, Segment]], floor: int) -> set[str]:
    """The sentences of a document, none of them short, that stand a little before themselves: few do, and of those
    alone it is asked where else they stand."""
    before: deque[str] = deque(maxlen=_NEAR)
    found = set()
    for _, segment in items:
        key = _key(segment.text)
        if key in before and segment.kind == "text" and count_words(segment.text) >= floor:
            found.add(key)
        before.append(key)
    return found


@shared
def _key(text: str) -> str:
    return " ".join(folded_words(text))


def _is_licensed(unit: Unit, references: list[str], context: Context) -> bool:
    """True where a reference or the source repeats anything by more than grammar."""
    other = context.source_lang.replace("_", "-").partition("-")[0].lower()
    sides = [(p.text, language_of(p, context)) for p in unit.references] if references else []
    sides += [(unit.source.text, other)] if unit.source else []
    return any(_stutters(text, _may_double(lang) or frozenset()) for text, lang in sides)


def _stutters(text: str, fine: frozenset[str]) -> bool:
    if _CJK_STUTTER.search(text):
        return True
    tokens = [w for w in words(text) if not has_unspaced(w.text)]
    lowered = [w.text.lower() for w in tokens]
    for i in range(len(tokens)):
        size, _ = _loop(text, tokens, lowered, i)
        if size > 1 or (size == 1 and lowered[i] not in fine and not lowered[i].isdigit()):
            return True
    return False


def _repeated(text: str, licences: list[str], lang: str) -> Iterator[tuple[int, int, Severity]]:
    """Spans of immediate repetitions with their severity, none overlapping."""
    if has_unspaced(text):
        for m in _CJK_LOOP.finditer(text):
            if not any(m.group() in other for other in licences):
                yield m.start(), m.end(), "major"
    tokens = [w for w in words(text) if not has_unspaced(w.text)]
    lowered = [w.text.lower() for w in tokens]
    i = 0
    while i < len(tokens):
        size, times = _loop(text, tokens, lowered, i)
        if size and lowered[i].isdigit() and _BAR.match(text, tokens[i + size * times - 1].end):
            i += size * times  # 1 1/2
            continue
        if size:
            last = i + size * times - 1
            fine = _may_double(lang)
            once = bool(licences) and all(stands_once(tokens, i, size, times, other) for other in licences)
            by_grammar = size == 1 and times == 2 and (lowered[i] in fine if fine is not None else not once)
            severity = _judge(lowered[i : i + size], tokens[i : last + 1], times, text, licences, _small_words(lang))
            if by_grammar or may_stand(text, tokens[i : last + 1], lang):
                severity = None
            elif severity == "major" and fine is None and not once and size * times <= _SHORT_RUN:
                severity = "minor"
            if severity is not None:
                yield tokens[i].start, tokens[last].end, severity
            i = last + 1
            continue
        if lang == "en" and _is_and_loop(text, tokens, lowered, i, licences):
            yield tokens[i].start, tokens[i + 2].end, "minor"
            i += 3
            continue
        i += 1


def _loop(text: str, tokens: list[Word], lowered: list[str], i: int) -> tuple[int, int]:
    """Length of the shortest run of words at `i` that comes at once again, and how often it stands."""
    stop = min(i + _LONGEST, (len(tokens) + i) // 2)
    if lowered[i] not in lowered[i + 1 : stop + 1]:  # as of nearly all words
        return 0, 0
    for j in range(i + 1, stop + 1):
        if j < len(tokens) and lowered[j] == lowered[i]:
            size, times = j - i, 1
            while lowered[i : i + size] == lowered[i + size * times : i + size * (times + 1)] and _joined(
                text, tokens[i + size * times - 1], tokens[i + size * times]
            ):
                times += 1
            if times > 1:
                return size, times
    return 0, 0


def _joined(text: str, a: Word, b: Word) -> bool:
    return _GAP.fullmatch(text[a.end : b.start]) is not None


def _judge(
    run: list[str], tokens: list[Word], times: int, text: str, licences: list[str], small: frozenset[str]
) -> Severity | None:
    """None where the repetition is licensed; minor for stress (`very very`)."""
    said = " ".join(w.text.lower() for w in tokens)
    if any(says(other, f" {said} ") for other in licences):
        return None
    spaced = bool(set(text[tokens[len(run) - 1].end : tokens[len(run)].start]) & set(",;-"))
    if len(run) == 1:
        word = run[0]
        if times == 2 and (
            word in _NEVER or (word in _FINE and (spaced or not licences)) or (word in _STRESSED and spaced)
        ):
            return None
        if times == 2 and word in _FINE:
            return "minor"
        if not any(c.isalpha() for c in word):
            return "major" if not spaced and any(word in other for other in licences) else None
        if word in _STRESSED:
            return "minor"
        if spaced or (times == 2 and len(word) == 1 and word not in _LETTERS and not licences):
            return None
        names = all(w.text[0].isupper() for w in tokens[:2])
        if names and word not in small:
            return None if not licences else "neutral"  # Tian Tian is a name, Berlin Berlin is none
        return "minor" if times == 2 else "major"  # a slip; a model's loop says it more often
    if (spaced and len(run) < 3) or run[-1] == "as":  # plain, as plain as
        return None
    if len(run) == times == 2 and run[1] in _JOINING and _may_stand_twice(run[0]):
        return None  # on and on, and
    return "major" if any(c.isalpha() for c in "".join(run)) else None


def _may_stand_twice(word: str) -> bool:
    """True for what is said with `and` between for stress: on and on, worse and worse, laughed and laughed."""
    return word in ENGLISH or word in _SAYINGS or not word.isalpha() or word.endswith(("er", "ed"))


def _is_and_loop(text: str, tokens: list[Word], lowered: list[str], i: int, licences: list[str]) -> bool:
    """`a health and health community`: X and X before a noun, where nothing licenses it."""
    if i + 3 >= len(tokens) or lowered[i] != lowered[i + 2] or lowered[i + 1] not in _JOINING:
        return False
    word = lowered[i]
    if _may_stand_twice(word):
        return False
    if any(text[a.end : b.start] != " " for a, b in zip(tokens[i : i + 3], tokens[i + 1 : i + 4], strict=True)):
        return False
    pair = f"{word} {lowered[i + 1]} {word}"
    if (
        any(pair in lowered_text(other) for other in licences)
        or lowered[i + 3] in ENGLISH
        or lowered[i + 3].endswith("ly")
    ):
        return False  # cities and cities directly under the government
    return bool(licences) or (i > 0 and lowered[i - 1] in _DETERMINERS)
