"""Answers that were given, with where and by whom they were asked, and what askers said of them."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from assistant.answers import Answer
from integrations import as_json
from integrations.store import Store
from integrations.tables import answers, votes

_TURNS = 6
_AGE = 14 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was asked, and by whom.

    In Slack `person` is a Slack id, and `channel` and `thread` are where the answer went; `surface` says who saw it:
    a `thread` that others read, a `direct` message, a `private` one in a channel, or `web` for the console, where
    `person` is a name of people.yaml and `thread` a conversation.
    """

    person: str
    surface: str
    team: str = ""
    channel: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given; `message` names what shows it in Slack, if others see it. Times since 1970."""

    answer: Answer
    place: Place
    message: str
    created: float


class AnswerStore:
    """The answers in a database that several processes share."""

    def __init__(self, engine: sa.Engine, now: Callable[[], float] = time.time) -> None:
        self._store = Store(engine)
        self._now = now

    def keep(self, answer: Answer, place: Place) -> None:
        """Store an answer; the same one again is the same row."""
        row = {
            "id": answer.id,
            **asdict(place),
            "message": "",
            "question": answer.question,
            "outcome": answer.outcome.value,
            "answer": as_json.answer(answer),
            "created": self._now(),
        }
        with self._store.writing() as connection:
            connection.execute(sa.delete(answers).where(answers.c.id == answer.id))
            connection.execute(sa.insert(answers).values(row))

    def shown(self, answer: str, message: str) -> None:
        """Note the message that shows an answer."""
        with self._store.writing() as connection:
            connection.execute(sa.update(answers).where(answers.c.id == answer).values(message=message))

    def find(self, answer: str) -> Given | None:
        """An answer by its id; whoever shows it asks first who may read it."""
        return next(iter(self.all([answer])), None)

    def all(self, ids: Iterable[str]) -> list[Given]:
        """Answers by their ids, those that are there."""
        wanted = sa.select(answers).where(answers.c.id.in_(list(ids)))
        with self._store.reading() as connection:
            return [_given(row) for row in connection.execute(wanted)]

    def conversation(self, team: str, channel: str, threads: Iterable[str]) -> list[Answer]:
        """What a question may follow, oldest first: the last few answers, none older than two weeks."""
        c = answers.c
        place = sa.and_(c.team == team, c.channel == channel, c.thread.in_(list(threads)))
        wanted = sa.select(c.answer).where(place, c.created > self._now() - _AGE)
        with self._store.reading() as connection:
            latest = list(connection.scalars(wanted.order_by(c.created.desc()).limit(_TURNS)))
        return [as_json.answer_of(each) for each in reversed(latest)]

    def last_questions(self, team: str, person: str, most: int = 5) -> list[str]:
        """What a person asked last, newest first."""
        c = answers.c
        wanted = sa.select(c.question).where(c.team == team, c.person == person).order_by(c.created.desc())
        with self._store.reading() as connection:
            return list(dict.fromkeys(connection.scalars(wanted.limit(most * 3))))[:most]

    def latest(self, person: str, surface: str, most: int = 8) -> list[Given]:
        """What a person was answered in one place of all, newest first."""
        c = answers.c
        wanted = sa.select(answers).where(c.person == person, c.surface == surface).order_by(c.created.desc())
        with self._store.reading() as connection:
            return [_given(row) for row in connection.execute(wanted.limit(most))]

    def vote(self, answer: str, person: str, vote: str, reason: str = "") -> None:
        """Append a vote (`up`, `down`), a call for a `coach` or a `reason`; nothing is overwritten."""
        row = {"answer": answer, "person": person, "vote": vote, "reason": reason, "created": self._now()}
        with self._store.writing() as connection:
            connection.execute(sa.insert(votes).values(row))

    def votes(self, answer: str) -> list[tuple[str, str]]:
        """What was said of an answer, in order: the vote, and the reason that was given."""
        wanted = sa.select(votes.c.vote, votes.c.reason).where(votes.c.answer == answer).order_by(votes.c.number)
        with self._store.reading() as connection:
            return [(row.vote, row.reason) for row in connection.execute(wanted)]


def _given(row: Any) -> Given:
    named: Mapping[str, Any] = row._mapping
    place = Place(**{name: named[name] for name in Place.__slots__})
    return Given(as_json.answer_of(row.answer), place, row.message, row.created)
