"""Who may see entries of the review queue: by documents and accounts as they are at this moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import sqlalchemy as sa

from assistant.understand import accounts_named
from integrations.entries import slices
from integrations.review.queue_rows import Waiting
from integrations.tables import documents, review_queue
from knowledge.access import Audience, Reader
from knowledge.documents import Kind


def readable(connection: sa.Connection, entries: Sequence[Waiting], reader: Reader) -> list[Waiting]:
    """Those about answers that are open to a reader."""
    opened = open_answers(connection, {each.answer: each.question for each in entries}, reader)
    return [each for each in entries if each.answer in opened]


def open_answers(connection: sa.Connection, questions: Mapping[str, str], reader: Reader) -> frozenset[str]:
    """Those answers, of some with their questions, whose documents a reader may read now, and of each account that
    the question names something."""
    if not questions:
        return frozenset()
    cites, known = _cites(connection, questions), _accounts(connection)
    now = audiences_of(connection, cites.values())
    return frozenset(
        answer
        for answer, question in questions.items()
        if is_open(cites[answer], now, reader)
        and all(reader.may_read(known[each]) for each in accounts_named(question, known))
    )


def is_open(cites: Iterable[str], now: Mapping[str, Audience], reader: Reader) -> bool:
    """Whether a reader may read all of these documents that are there."""
    return all(reader.may_read(now[each]) for each in cites if each in now)


def audiences_of(connection: sa.Connection, cites: Iterable[Iterable[str]]) -> Mapping[str, Audience]:
    """The audiences of documents as they are now, by id; one that is gone is not there."""
    now: dict[str, Audience] = {}
    for some in slices(sorted(set(chain.from_iterable(cites)))):
        rows = connection.execute(sa.select(documents.c.id, documents.c.audience).where(documents.c.id.in_(some)))
        now |= {row.id: Audience.of(row.audience) for row in rows}
    return now


def _cites(connection: sa.Connection, answers: Iterable[str]) -> Mapping[str, set[str]]:
    """By answer, the documents of all entries about it: one about its correction tells of the answer as well."""
    found: dict[str, set[str]] = defaultdict(set)
    c = review_queue.c
    for some in slices(sorted(answers)):
        for answer, cites in connection.execute(sa.select(c.answer, c.cites).where(c.answer.in_(some))):
            found[answer].update(cites)
    return found


def _accounts(connection: sa.Connection) -> Mapping[str, Audience]:
    """Whoever may read anything of an account, by its name; what a coach wrote of one is no source of its own."""
    d = documents.c
    sources = (d.account.is_not(None), d.kind != Kind.REVIEWED_ANSWER.value)
    held: dict[str, frozenset[str]] = defaultdict(frozenset)
    for account, names in connection.execute(sa.select(d.account, d.audience).where(*sources)):
        held[account] |= Audience.of(names).names
    return {account: Audience(names) for account, names in held.items()}
