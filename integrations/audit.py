"""The audit trail: who asked what where, which documents were used, which were withheld and by which rule."""

import json
import logging
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from assistant.answers import Answer
from assistant.questions import Question
from assistant.understand import understand
from integrations.tables import audit
from knowledge.access import plain_name
from knowledge.errors import StoreError
from knowledge.library import Library

log = logging.getLogger(__name__)

_DAY = 86_400.0
_FIRST = 10


@dataclass(frozen=True, slots=True)
class Hidden:
    """The id of a document that was withheld, and the rules that withheld it."""

    document: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A question that was answered; `used` are ids of documents, `answer` is the id of the answer."""

    at: datetime
    person: str
    surface: str
    channel: str
    question: str
    answer: str
    outcome: str
    used: tuple[str, ...]
    withheld: tuple[Hidden, ...]


class Audit:
    """Notes and reads the trail in the catalogue's database; rows older than `days` go once a day."""

    def __init__(self, engine: sa.Engine, library: Library, days: int, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._library = library
        self._days = days
        self._now = now
        self._swept: int | None = None

    def note(self, question: Question, answer: Answer, surface: str, channel: str = "") -> None:
        """Note a question whose answer was shown; a failure is logged, without contents, and stops nothing.

        To be called after the answer was shown: what is withheld is searched for, which takes time.
        """
        try:
            row = self._row(question, answer) | {"surface": surface, "channel": channel}
            with self._engine.begin() as connection:
                self._sweep(connection)
                connection.execute(sa.insert(audit).values(row))
        except Exception as error:
            # An error of a database says what was to be written: the question.
            log.warning("a question could not be audited: %s", type(error).__name__)

    def _row(self, question: Question, answer: Answer) -> dict[str, Any]:
        reader = question.reader_now()
        whole = understand(question, self._library.accounts(reader))
        withheld = self._library.withheld(whole.text, reader, _FIRST, whole.context)
        return {
            "at": self._now(),
            "person": plain_name(reader.person or question.asker.person),
            "question": question.text,
            "answer": answer.id,
            "outcome": answer.outcome.value,
            "used": used(answer),
            "withheld": [{"document": each.entry.id, "because": list(each.because)} for each in withheld],
        }

    def _sweep(self, connection: sa.Connection) -> None:
        """Let go of what is too old, at the first note of each day."""
        today = int(self._now() // _DAY)
        if self._swept != today:
            connection.execute(sa.delete(audit).where(audit.c.at < self._now() - self._days * _DAY))
            self._swept = today

    def noted(self, people: Collection[str] = (), document: str = "", since: int | None = None) -> Iterator[Noted]:
        """What was noted, newest first: of some people, about one document, in the last `since` days."""
        wanted = sa.select(audit).order_by(audit.c.number.desc())
        if people:
            wanted = wanted.where(audit.c.person.in_(people))
        if document:
            wanted = wanted.where(sa.or_(_names(audit.c.used, document), _names(audit.c.withheld, document)))
        if since is not None:
            wanted = wanted.where(audit.c.at >= self._now() - since * _DAY)
        with _reading(self._engine) as connection:
            for row in connection.execute(wanted.execution_options(yield_per=500)).mappings():
                yield _noted(row)


def used(answer: Answer) -> list[str]:
    """The ids of the documents that an answer shows anything of, each once."""
    claims = chain(answer.claims, answer.next_steps, answer.questions, answer.nearest)
    shown = chain(*(each.citations for each in claims), *(each.citations for each in answer.notes))
    return list(dict.fromkeys(citation.document_id for citation in shown))


def _names(column: sa.Column[Any], document: str) -> sa.ColumnElement[bool]:
    return sa.cast(column, sa.Text).contains(json.dumps(document), autoescape=True)


def _noted(row: sa.RowMapping) -> Noted:
    hidden = tuple(Hidden(each["document"], tuple(each["because"])) for each in row["withheld"])
    said = {name: row[name] for name in ("person", "surface", "channel", "question", "answer", "outcome")}
    return Noted(at=datetime.fromtimestamp(row["at"], UTC), used=tuple(row["used"]), withheld=hidden, **said)


@contextmanager
def _reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise StoreError(f"the audit trail cannot be read: {error.orig}") from error
