"""The correction that answers a question, if a coach has answered the same one before, and those of questions like it.

Rules and a table of concepts know the same question where they are sure, and they are seldom sure of free wordings
(docs/measurements.md); which question comes nearest they know well. So what is near is offered, or a model judges it.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from assistant.correction import Correction
from assistant.question_parts import Asked, taken_apart
from assistant.same_question import THRESHOLD, differ, likeness, same, shared
from knowledge.glossary import Glossary
from knowledge.language import bag
from knowledge.query import Query, understand

# From here on a question is near enough to another to speak of it.
NEAR = 0.3


def recall(
    question: str, corrections: Iterable[Correction], accounts: Collection[str], glossary: Glossary
) -> Correction | None:
    """The correction whose question asks the same, if one does.

    `corrections` are those that hold and that the reader may see at this moment, `accounts` all that they may know of.
    """
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
    question: str, corrections: Iterable[Correction], accounts: Collection[str], glossary: Glossary, most: int = 3
) -> tuple[Correction, ...]:
    """Corrections whose questions come nearest to this one, best first: to be offered, or for a model to judge.

    How near they are is what each question says of the other, by concept and by term; those of other accounts are none.
    """
    known = tuple(sorted(accounts))
    asked = taken_apart(question, known, glossary)
    found = ((_nearness(asked, _asked(each, known, glossary), glossary), each) for each in corrections)
    near = sorted((each for each in found if each[0] >= NEAR), key=lambda each: -each[0])
    return tuple(each for _, each in near[:most])


def ruled_out(question: str, correction: Correction, accounts: Collection[str], glossary: Glossary) -> bool:
    """Whether a question is another one whoever says that it is the same: by account, number, grade or name."""
    known = tuple(sorted(accounts))
    asked, reviewed = taken_apart(question, known, glossary), _asked(correction, known, glossary)
    return asked.accounts != reviewed.accounts or differ(asked, reviewed, glossary)


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
