"""Who may read what was asked and answered: as the documents shown and the accounts named admit them."""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

import sqlalchemy as sa

from assistant.answers import Answer
from assistant.understand import accounts_named
from integrations.audit import used
from integrations.entries import slices
from integrations.tables import documents, review_queue
from knowledge.access import Audience, Reader
from knowledge.documents import Kind


class AnswerRights:
    """The rights to many answers at once, as documents are at this moment; the rule is that of the review queue."""

    def __init__(self, connection: sa.Connection, answers: Iterable[str]) -> None:
        c = documents.c
        rows = connection.execute(sa.select(c.id, c.account, c.audience, c.kind)).all()
        self._documents = {row.id: Audience.of(row.audience) for row in rows}
        self._accounts: dict[str, Audience] = {}
        for row in rows:
            # What a coach wrote of an account is no source of its own: those it cites may be closed since.
            if row.account and row.kind != Kind.REVIEWED_ANSWER.value:
                held = self._accounts.get(row.account, Audience(frozenset()))
                self._accounts[row.account] = Audience(held.names | self._documents[row.id].names)
        self._noted = _noted(connection, list(answers))

    def audiences(self, answer: Answer) -> list[Audience]:
        """All that must admit whoever sees a question and its answer.

        Of a document that is gone those noted in the queue tell; where nothing was noted, nobody is admitted.
        """
        cites = used(answer)
        now = [self._documents[each] for each in cites if each in self._documents]
        noted = self._noted.get(answer.id)
        gone = len(now) < len(cites) and noted is None
        return [*now, *self.of_accounts(answer.question), *(noted or ()), *([Audience(frozenset())] if gone else ())]

    def of_accounts(self, text: str) -> list[Audience]:
        """For each account that a text names, whoever may read anything of it."""
        return [self._accounts[each] for each in accounts_named(text, self._accounts)]

    def may_read(self, answer: Answer, reader: Reader) -> bool:
        """Whether a reader may see a question with its answer."""
        return all(map(reader.may_read, self.audiences(answer)))

    def readable(self, ids: Collection[str], reader: Reader) -> list[str]:
        """Those of the documents that are there and that a reader may read."""
        return [each for each in ids if each in self._documents and reader.may_read(self._documents[each])]


def _noted(connection: sa.Connection, answers: list[str]) -> Mapping[str, tuple[Audience, ...]]:
    """The audiences that the queue noted, by answer."""
    c = review_queue.c
    found: dict[str, tuple[Audience, ...]] = {}
    for some in slices(answers):
        for row in connection.execute(sa.select(c.answer, c.audiences).where(c.answer.in_(some))):
            found[row.answer] = (*found.get(row.answer, ()), *_parsed(row.audiences))
    return found


@lru_cache(maxsize=1024)
def _parsed(audiences: str) -> tuple[Audience, ...]:
    return tuple(map(Audience.of, json.loads(audiences)))
