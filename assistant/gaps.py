"""Gaps: questions that got no answer, or a bad one, put together where they ask for the same missing knowledge.

No model and no statistics of the collection decides what belongs together, but two questions alone. So the order in
which they come does not matter, and one more may join gaps, but never split one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from math import fsum

from assistant.answers import Answer, Outcome
from assistant.questions import Question
from assistant.topics import Term
from knowledge.language import fold

# Measured over 1,236 questions of known topics: docs/review.md.
_LIKE, _LIKE_BESIDE = 0.55, 0.42
_SHARED_TERMS, _SHARED_SOURCES, _NEAREST = 2, 2, 3
_REPEATED = 0.8
_LABELS = 4
Ask = Callable[[Question], Answer]
Shared = tuple[int, int]
"""Which terms each of two questions has of the other, a bit for each."""
_ALL = -1


class Trouble(StrEnum):
    """Why a question counts as missed."""

    DECLINED = "declined"
    DOWN_VOTE = "down_vote"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A question that got no answer or a bad one.

    `nearest` are the ids of the documents that came closest, best first, `owners` who answers for them.
    """

    answer: str
    question: str
    person: str
    at: datetime
    outcome: Outcome
    why: tuple[Trouble, ...]
    terms: tuple[Term, ...] = ()
    nearest: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions, oldest first, that ask for the same missing knowledge.

    `id` is that of its oldest question, so it stays while later ones join. `asked` counts what one person asks again
    in nearly the same words once. `owners` answer for the nearest documents, the likeliest first.
    """

    id: str
    label: tuple[str, ...]
    questions: tuple[Missed, ...]
    asked: int
    people: int
    nearest: tuple[str, ...]
    owners: tuple[str, ...]


def group(missed: Iterable[Missed]) -> tuple[Gap, ...]:
    """Every question in exactly one gap, those most people asked for first."""
    ordered = sorted({each.answer: each for each in missed}.values(), key=_age)
    joined = _Joined(len(ordered))
    for one, other in _alike(ordered):
        joined.join(one, other)
    members: dict[int, list[Missed]] = defaultdict(list)
    for at, each in enumerate(ordered):
        members[joined.first(at)].append(each)
    return tuple(sorted(map(gap_of, members.values()), key=lambda gap: (-gap.people, -gap.asked, gap.id)))


def _age(missed: Missed) -> tuple[datetime, str]:
    return missed.at, missed.answer


def gap_of(questions: Sequence[Missed]) -> Gap:
    """The gap of questions that belong together, or of those among them that somebody may see; one at least."""
    ordered = sorted(questions, key=_age)
    return Gap(
        id=blake2b(ordered[0].answer.encode(), digest_size=6).hexdigest(),
        label=_label(ordered),
        questions=tuple(ordered),
        asked=sum(1 for _ in _asked(ordered)),
        people=len({each.person for each in ordered}),
        nearest=_most(each.nearest for each in ordered),
        owners=_most(each.owners for each in ordered),
    )


def _most(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What most lists name, what stands further in front weighing more."""
    weights: Counter[str] = Counter()
    for names in lists:
        for at, name in enumerate(dict.fromkeys(names)):
            weights[name] += 60 // (at + 1)
    return tuple(sorted(weights, key=lambda name: (-weights[name], name)))


def _label(questions: Sequence[Missed]) -> tuple[str, ...]:
    """The terms that most of the questions share, as they were said most often; each in one writing."""
    said = Counter(term for each in questions for term in each.terms)
    named: dict[str, Term] = {}
    for term in sorted(said, key=lambda term: (-said[term], term.said)):
        named.setdefault(term.name, term)
    shared = {name: sum(any(map(term.means, each.terms)) for each in questions) for name, term in named.items()}
    often = [name for name in named if 2 * shared[name] >= len(questions)] or list(named)
    chosen: list[Term] = []
    for name in sorted(often, key=lambda name: (-shared[name], -named[name].weight, -len(name), name)):
        if not any(map(named[name].means, chosen)):
            chosen.append(named[name])
    return tuple(each.said for each in chosen[:_LABELS])


def _asked(questions: Sequence[Missed]) -> Iterator[Missed]:
    """Questions without those that their asker asked before in nearly the same words."""
    before: dict[str, list[Missed]] = defaultdict(list)
    for each in questions:
        mine = before[each.person]
        if not any(_same_text(each, other) or likeness(each, other) >= _REPEATED for other in mine):
            yield each
        mine.append(each)


def _shared(one: Missed, other: Missed) -> Shared:
    mine = theirs = 0
    for at, term in enumerate(one.terms):
        for place, another in enumerate(other.terms):
            if term.means(another):
                mine, theirs = mine | 1 << at, theirs | 1 << place
    return mine, theirs


def likeness(one: Missed, other: Missed) -> float:
    """The weight of what two questions share in that of all their terms, 0 to 1."""
    return _likeness(one, other, _shared(one, other))


def _likeness(one: Missed, other: Missed, shared: Shared) -> float:
    ours = fsum(_weight(each, places) for each, places in zip((one, other), shared, strict=True)) / 2
    every = fsum((_weight(one, _ALL), _weight(other, _ALL), -ours))
    return ours / every if every else 0.0


def _weight(missed: Missed, places: int) -> float:
    return fsum(term.weight for at, term in enumerate(missed.terms) if places >> at & 1)


def _same_text(one: Missed, other: Missed) -> bool:
    return _text(one) == _text(other)


def _text(missed: Missed) -> str:
    return " ".join(fold(missed.question).split())


def alike(one: Missed, other: Missed) -> bool:
    """Whether two questions ask for the same knowledge: by their terms, the less of them where sources agree."""
    return _by_terms(one, other, _shared(one, other)) or _same_text(one, other)


def _by_terms(one: Missed, other: Missed, shared: Shared) -> bool:
    like = _likeness(one, other, shared)
    beside = len(set(one.nearest[:_NEAREST]) & set(other.nearest[:_NEAREST])) >= _SHARED_SOURCES
    if like < (_LIKE_BESIDE if beside else _LIKE):
        return False
    return like == 1.0 or min(map(int.bit_count, shared)) >= _SHARED_TERMS


def _alike(questions: Sequence[Missed]) -> Iterator[tuple[int, int]]:
    """Pairs that are alike, compared only where they share terms or are the same text."""
    index = _Index()
    texts: dict[str, int] = {}
    twins: dict[tuple[str, tuple[Term, ...], frozenset[str]], int] = {}
    for at, each in enumerate(questions):
        text = _text(each)
        yield texts.setdefault(text, at), at
        twin = twins.setdefault((text, each.terms, frozenset(each.nearest[:_NEAREST])), at)
        if twin != at:
            yield twin, at
            continue
        for other, shared in index.sharing(each):
            if _by_terms(each, questions[other], shared):
                yield other, at
        index.add(at, each)


class _Index:
    """Which questions have a term, by its name and by each of its forms."""

    def __init__(self) -> None:
        self._named: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._formed: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, at: int, missed: Missed) -> None:
        """Put a question in."""
        for place, term in enumerate(missed.terms):
            self._named[term.name].append((at, place))
            for form in term.forms:
                self._formed[form].append((at, place))

    def sharing(self, missed: Missed) -> Iterator[tuple[int, Shared]]:
        """The questions that share as much with this one as any two must, and what each has of it."""
        mine: dict[int, int] = defaultdict(int)
        theirs: dict[int, int] = defaultdict(int)
        for number, term in enumerate(missed.terms):
            for spots in (self._formed[term.name], *(self._named[form] for form in term.forms if form in self._named)):
                for at, place in spots:
                    mine[at] |= 1 << number
                    theirs[at] |= 1 << place
        least = min(_SHARED_TERMS, len(missed.terms))
        return ((at, (has, theirs[at])) for at, has in mine.items() if has.bit_count() >= least)


class _Joined:
    """Numbers from 0 in sets that are joined; each set goes by its least number."""

    def __init__(self, size: int) -> None:
        self._to = list(range(size))

    def first(self, number: int) -> int:
        """The least number of the set that a number is in."""
        while self._to[number] != number:
            self._to[number] = self._to[self._to[number]]
            number = self._to[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.first(one), self.first(other)))
        self._to[high] = low


def filled(question: Question, ask: Ask, came: Collection[str], had: Collection[str] = ()) -> Answer | None:
    """The answer that a missed question has now, with its asker's rights, from what was not there when it was asked.

    `came` are the ids of documents that came, or changed, since; `had` the ids of passages, and of corrections, that
    the asker was shown then.
    """
    answer = ask(question)
    if answer.outcome is not Outcome.ANSWERED:
        return None
    if answer.reviewed:
        return None if answer.reviewed.correction in had else answer
    rests = (citation for claim in answer.claims for citation in claim.citations)
    new = any(each.document_id in came and each.passage_id not in had for each in rests)
    return answer if new else None
