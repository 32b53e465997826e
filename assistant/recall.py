"""The correction that answers a question, if a coach has answered the same one before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.correction import Correction
from assistant.same_question import SIMILAR, THRESHOLD, Asked, same, taken_apart
from knowledge.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Recalled:
    """A correction, and how sure it is (0 to 1) that it answers the question; unless `certain` it is only offered."""

    correction: Correction
    likeness: float

    @property
    def certain(self) -> bool:
        """Whether the correction may stand before all else."""
        return self.likeness >= THRESHOLD


def recall(
    question: str, corrections: Iterable[Correction], accounts: Collection[str], glossary: Glossary
) -> Recalled | None:
    """The correction whose question is most like this one, if any is like it at all.

    `corrections` are those that hold and that the reader may see at this moment, `accounts` all that they may know of.
    """
    known = tuple(sorted(accounts))
    asked = taken_apart(question, known, glossary)
    found = ((same(asked, _asked(each, known, glossary), glossary), each) for each in corrections)
    likeness, best = max(found, key=lambda one: one[0], default=(0.0, None))
    return Recalled(best, likeness) if best and likeness >= SIMILAR else None


@lru_cache(maxsize=8192)
def _taken(question: str, statements: tuple[str, ...], accounts: tuple[str, ...], glossary: Glossary) -> Asked:
    return taken_apart(question, accounts, glossary, statements)


def _asked(correction: Correction, accounts: tuple[str, ...], glossary: Glossary) -> Asked:
    """A reviewed question; one that names no account is about those of its scope."""
    statements = tuple(each.text for each in correction.statements)
    asked = _taken(correction.question, statements, accounts, glossary)
    return asked if asked.accounts else replace(asked, accounts=frozenset(correction.scope.accounts))
