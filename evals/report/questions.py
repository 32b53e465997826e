"""A question as the page shows it: what was asked, what was expected, what came of it and of its variants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Item
from evals.matching import stands
from evals.metrics.answering import factual
from evals.report.figures import shown
from evals.scores import Metric, Tried, Value
from evals.summary import faults_of, lost
from knowledge.language import language_of

_LONG = 280


@dataclass(frozen=True, slots=True)
class Text:
    """Words in their language; `parts` cuts them where they lie on gold (True) and where not."""

    words: str
    lang: str
    parts: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: its document, the quote, and what is wrong with it."""

    document: str
    title: str
    quote: Text
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its sources; `quoted` says that it is nothing but its only quote."""

    text: Text
    kind: str
    sources: tuple[Source, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gold span: whether a citation lies on it, and the rank of the first hit that holds it (0: none does)."""

    document: str
    quote: Text
    piece: int
    cited: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A key fact, the ways to say it, and whether one of them was said."""

    alternatives: tuple[Text, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as shown, with why; `state` is full, lost, part, absent or plain (seconds and money)."""

    name: str
    shown: str
    why: str
    state: str


@dataclass(frozen=True, slots=True)
class Other:
    """A variant: what was asked, how it ended, what it said otherwise, and the score that judges it."""

    name: str
    asked: Text | None
    outcome: str
    seconds: str
    same: str
    new: tuple[Text, ...]
    score: Scored | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a question."""

    anchor: str
    item: Item
    attempt: Attempt
    outcome: str
    question: Text
    history: tuple[tuple[str, Text], ...]
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    said: tuple[Said, ...]
    beside: tuple[Source, ...]
    rejected: tuple[tuple[Text, str], ...]
    scores: tuple[Scored, ...]
    others: tuple[Other, ...]
    faults: tuple[tuple[str, str], ...]


def anchor(item: str) -> str:
    """The name of a question's place in the page; two ids never share one."""
    return "q-" + quote(item, safe="").replace("~", "%7E").replace("%", "~")


def text(words: str, lang: str = "") -> Text:
    """Words, in the language that is given or that they seem to be in."""
    return Text(words, lang or _language(words))


@lru_cache(maxsize=16384)
def _language(words: str) -> str:
    return language_of(words)


def show(tried: Tried, scored: Mapping[str, Value], metrics: Sequence[Metric]) -> Shown:
    """Everything about a question."""
    item, attempt = tried.item, tried.attempt
    named = {each.name: each for each in metrics}
    scores = tuple(_scored(named[name], value) for name, value in scored.items() if name in named)
    return Shown(
        anchor=anchor(item.id),
        item=item,
        attempt=attempt,
        outcome="failed" if attempt.failed else attempt.outcome,
        question=text(item.question, item.language),
        history=tuple((turn.role, text(turn.text)) for turn in item.history),
        evidence=tuple(_evidence(item, attempt)),
        facts=tuple(_fact(group, attempt) for group in item.facts),
        said=tuple(
            Said(text(told.text), told.kind, tuple(_source(each, attempt) for each in told.cited), _quoted(told))
            for told in attempt.told
        ),
        beside=tuple(_source(each, attempt) for each in attempt.beside),
        rejected=tuple((text(words), reason) for words, reason in attempt.rejected),
        scores=scores,
        others=tuple(_others(tried, scores)),
        faults=tuple(faults_of(tried, scored, metrics)),
    )


def _scored(metric: Metric, value: Value) -> Scored:
    loss = lost(metric, value)
    if value.value is None:
        state = "absent"
    elif loss is None:
        state = "plain"
    else:
        state = "full" if loss == 0 else "lost" if loss == 1 else "part"
    return Scored(metric.name, shown(value.value, metric.unit), value.why, state)


def _evidence(item: Item, attempt: Attempt) -> Iterator[Evidence]:
    """Every gold span; attempts know their places in the same order, but for those the library lacks."""
    places = {(piece, at): place for piece, group in enumerate(attempt.gold) for at, place in enumerate(group)}
    for piece, group in enumerate(item.gold):
        for at, span in enumerate(group):
            place = places.get((piece, at))
            cited = place is not None and any(each.place.overlaps(place) for each in attempt.cited)
            yield Evidence(span.document, text(span.quote), piece + 1, cited, _rank(place, attempt))


def _rank(place: Place | None, attempt: Attempt) -> int:
    ranks = (rank for rank, hit in enumerate(attempt.hits, start=1) if place and hit.holds(place))
    return next(ranks, 0)


def _fact(alternatives: tuple[str, ...], attempt: Attempt) -> Fact:
    said = any(stands(each, told.text) for told in factual(attempt) for each in alternatives)
    return Fact(tuple(map(text, alternatives)), said)


def _quoted(told: Told) -> bool:
    return len(told.cited) == 1 and told.cited[0].quote == told.text


def _source(cited: Cited, attempt: Attempt) -> Source:
    checks = (
        ("not in the library", cited.known),
        ("not for the asker", cited.permitted or not cited.known),
        ("not the words of the source", cited.verbatim or not cited.known),
    )
    parts = tuple(_parts(cited, attempt)) if cited.verbatim else ((cited.quote, False),)
    wrong = tuple(what for what, good in checks if not good)
    return Source(cited.place.document, cited.title, Text(cited.quote, _language(cited.quote), parts), wrong)


def _parts(cited: Cited, attempt: Attempt) -> Iterator[tuple[str, bool]]:
    """The quote in pieces, those that lie on gold told apart."""
    at = 0
    for low, high in _stretches(cited.place, attempt):
        if low > at:
            yield cited.quote[at:low], False
        yield cited.quote[low:high], True
        at = high
    if cited.quote[at:]:
        yield cited.quote[at:], False


def _stretches(place: Place, attempt: Attempt) -> list[tuple[int, int]]:
    """Where gold lies on a place, from its start, without overlaps."""
    spans = sorted(
        (max(each.start, place.start) - place.start, min(each.end, place.end) - place.start)
        for group in attempt.gold
        for each in group
        if each.overlaps(place)
    )
    joined: list[tuple[int, int]] = []
    for low, high in spans:
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _others(tried: Tried, scores: Sequence[Scored]) -> Iterator[Other]:
    before = {told.text for told in tried.attempt.told}
    for name, attempt in tried.variants.items():
        after = [told.text for told in attempt.told]
        yield Other(
            name=name,
            asked=text(attempt.asked) if attempt.asked else None,
            outcome="failed" if attempt.failed else attempt.outcome,
            seconds=shown(attempt.seconds, "seconds"),
            same=attempt.error or _same(before, after),
            new=tuple(text(_cut(each)) for each in after if each not in before),
            score=next((each for each in scores if each.name in _judges(name)), None),
        )


def _judges(variant: str) -> tuple[str, ...]:
    kind = variant.partition(":")[0]
    return f"held_{kind}", f"recall_{kind}"


def _same(before: set[str], after: Sequence[str]) -> str:
    kept = len(before.intersection(after))
    if not before and not after:
        return "claims nothing, as before"
    if kept == len(before) == len(set(after)):
        return "the same claims"
    return f"{kept} of {len(before)} claims kept, {len(set(after)) - kept} new"


def _cut(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]}\u2026"
