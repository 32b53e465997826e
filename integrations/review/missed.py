"""Answers that were none, or bad: the rows that gaps are made of."""

from collections.abc import Sequence

import sqlalchemy as sa

from assistant.answers import Outcome
from assistant.gaps import Trouble
from assistant.questions import Turn
from assistant.review import Decision
from assistant.understand import leans_back
from integrations.answer_store import Given
from integrations.entries import slices
from integrations.tables import answers, documents, review_errands, review_verdicts, votes

_BAD = {Decision.REJECT.value: Trouble.REJECTED, Decision.CORRECT.value: Trouble.CORRECTED}
_HISTORY = 6
# The errands by which askers learn that there is a better answer.
_BETTER = ("filled", "corrected")


def bad(connection: sa.Connection, since: float) -> dict[str, list[Trouble]]:
    """The answers given since then that were none, or bad, by id, each with why."""
    declined = sa.select(answers.c.id).where(answers.c.created >= since, answers.c.outcome == Outcome.DECLINED.value)
    found = {each: [Trouble.DECLINED] for each in connection.scalars(declined)}
    for answer in _voted_down(connection, since):
        found.setdefault(answer, []).append(Trouble.DOWN_VOTE)
    for answer, why in _judged_bad(connection, since).items():
        found.setdefault(answer, []).extend(why)
    return found


def _voted_down(connection: sa.Connection, since: float) -> set[str]:
    """The answers that somebody's last vote is against."""
    wanted = sa.select(votes.c.answer, votes.c.person, votes.c.vote).where(votes.c.vote.in_(("up", "down")))
    last: dict[tuple[str, str], str] = {}
    for row in connection.execute(wanted.where(votes.c.created >= since).order_by(votes.c.number)):
        last[row.answer, row.person] = row.vote
    return {answer for (answer, _), vote in last.items() if vote == "down"}


def _judged_bad(connection: sa.Connection, since: float) -> dict[str, list[Trouble]]:
    """The answers that a coach's last word is against."""
    c = review_verdicts.c
    last: dict[tuple[str, str], str] = {}
    wanted = sa.select(c.answer, c.coach, c.decision).where(c.at >= since).order_by(c.number)
    for row in connection.execute(wanted):
        last[row.answer, row.coach] = row.decision
    found: dict[str, set[Trouble]] = {}
    for (answer, _), decision in last.items():
        if decision in _BAD:
            found.setdefault(answer, set()).add(_BAD[decision])
    return {answer: sorted(why) for answer, why in found.items()}


def told(connection: sa.Connection) -> frozenset[str]:
    """The answers whose askers were told, or are about to be, that there is a better one."""
    about = connection.scalars(sa.select(review_errands.c.about).where(review_errands.c.what.in_(_BETTER)))
    return frozenset(each.get("answer", "") for each in about)


def texts(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The title and the text of each document that is there; for the machine, never for a reader."""
    c = documents.c
    wanted = (sa.select(c.id, c.title, c.text).where(c.id.in_(some)) for some in slices(ids))
    return {row.id: f"{row.title}\n{row.text}" for each in wanted for row in connection.execute(each)}


def before(connection: sa.Connection, given: Given) -> tuple[Turn, ...]:
    """What the same person asked before in the same place, for a question that cannot stand alone."""
    if not leans_back(given.answer.question):
        return ()
    c, place = answers.c, given.place
    here = [c.team == place.team, c.channel == place.channel, c.thread == place.thread, c.person == place.person]
    wanted = sa.select(c.question).where(*here, c.created < given.created).order_by(c.created.desc()).limit(_HISTORY)
    return tuple(Turn("user", each) for each in reversed(list(connection.scalars(wanted))))
