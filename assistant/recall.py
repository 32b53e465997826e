"""The correction that answers a question, if a coach has answered the same one before, and those of questions like it.

Rules and a table of concepts know the same question where they are sure, and they are seldom sure of free wordings
(docs/measurements.md); which questions come nearest they know well. So what is near is offered, and where there is a
model it judges which of them is the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.correction import Correction
from assistant.question_parts import Asked, taken_apart
from assistant.same_question import THRESHOLD, at_odds, likeness, same, shared
from knowledge.glossary import Glossary
from knowledge.language import bag
from knowledge.query import Query, understand

# From here on a question is near enough to another to speak of it, and to ask a model about it.
NEAR, WORTH_A_CALL = 0.3, 0.15


@dataclass(frozen=True, slots=True)
class Memory:
    """What coaches said that may bear on a question.

    `same` is the correction of the same question, by rule; `certain` if it was asked word for word. `near` are those
    that a model may be asked about, nearest first; `offered` is the one to speak of where none is the same.
    """

    same: Correction | None = None
    near: tuple[Correction, ...] = ()
    offered: Correction | None = None
    certain: bool = False


def remember(
    question: str, corrections: Collection[Correction], accounts: Collection[str], glossary: Glossary
) -> Memory:
    """What may bear on a question of `corrections`, those that hold and that its reader may see at this moment.

    `accounts` are all that the reader may know of.
    """
    same = recall(question, corrections, accounts, glossary)
    if same and bag(same.question) == bag(question):
        return Memory(same, certain=True)
    near = similar(question, corrections, accounts, glossary, WORTH_A_CALL)
    offered = similar(question, near, accounts, glossary, most=1)
    return Memory(same, near, next(iter(offered), None))


def judged(memory: Memory, place: int | None, question: str, accounts: Collection[str], glossary: Glossary) -> Memory:
    """What a model makes of what is near: the one at `place` is the same unless account or number tell otherwise."""
    chosen = None if place is None else memory.near[place]
    if chosen is None or ruled_out(question, chosen, accounts, glossary):
        return replace(memory, same=None)
    return replace(memory, same=chosen)


def recall(
    question: str, corrections: Iterable[Correction], accounts: Collection[str], glossary: Glossary
) -> Correction | None:
    """The correction whose question asks the same, by rule, if one does."""
    known = tuple(sorted(accounts))
    asked = taken_apart(question, known, glossary)
    reviewed = ((each, _asked(each, known, glossary)) for each in corrections)
    near = [(most, each, one) for each, one in reviewed if (most := likeness(asked, one)) >= THRESHOLD]
    best, found = 0.0, None
    for most, each, one in sorted(near, key=lambda one: -one[0]):
        if most <= best:
            break
        sure = same(asked, one, glossary)
        if sure >= THRESHOLD and sure > best:
            best, found = sure, each
    return found


def similar(
    question: str,
    corrections: Iterable[Correction],
    accounts: Collection[str],
    glossary: Glossary,
    least: float = NEAR,
    most: int = 3,
) -> tuple[Correction, ...]:
    """Corrections whose questions come nearest to this one, from `least` (0 to 1) on, best first.

    How near they are is what each question says of the other, by concept and by term; those of other accounts are none.
    """
    known = tuple(sorted(accounts))
    asked = taken_apart(question, known, glossary)
    found = ((_nearness(asked, _asked(each, known, glossary), glossary), each) for each in corrections)
    near = sorted((each for each in found if each[0] >= least), key=lambda each: -each[0])
    return tuple(each for _, each in near[:most])


def ruled_out(question: str, correction: Correction, accounts: Collection[str], glossary: Glossary) -> bool:
    """Whether a question is another one whoever says that it is the same: by account, number or grade."""
    known = tuple(sorted(accounts))
    return at_odds(taken_apart(question, known, glossary), _asked(correction, known, glossary))


def _nearness(asked: Asked, reviewed: Asked, glossary: Glossary) -> float:
    if asked.accounts and reviewed.accounts and asked.accounts != reviewed.accounts:
        return 0.0
    here, there = _query(asked.text, glossary), _query(reviewed.text, glossary)
    covered = here.coverage(_bag(reviewed.text)) + there.coverage(_bag(asked.text))
    return (shared(asked, reviewed) + covered / 2) / 2


@lru_cache(maxsize=8192)
def _query(text: str, glossary: Glossary) -> Query:
    return understand(text, glossary)


@lru_cache(maxsize=8192)
def _bag(text: str) -> str:
    return bag(text)


@lru_cache(maxsize=8192)
def _taken(question: str, statements: tuple[str, ...], accounts: tuple[str, ...], glossary: Glossary) -> Asked:
    return taken_apart(question, accounts, glossary, statements)


def _asked(correction: Correction, accounts: tuple[str, ...], glossary: Glossary) -> Asked:
    """A reviewed question; one that names no account is about those of its scope."""
    statements = tuple(each.text for each in correction.statements)
    asked = _taken(correction.question, statements, accounts, glossary)
    scope = frozenset(correction.scope.accounts)
    return replace(asked, accounts=scope) if scope and not asked.accounts else asked
