"""What coach review keeps of a person, and its erasing: what they asked, what they judged, what they corrected."""

import sqlalchemy as sa

from integrations.askers import Identity
from integrations.review.corrections import Corrections
from integrations.review.errands import Errands, What
from integrations.store import Store
from integrations.tables import review_corrections, review_outcomes, review_queue, review_verdicts
from knowledge.access import plain_name


class ReviewTraces:
    """What coach review keeps of one person, whether they ask or coach.

    To be erased before integrations.erasing.Traces, which then settles the file of the database. A correction stays,
    without the name: it is the company's knowledge, and its experience lines go.
    """

    def __init__(self, store: Store, corrections: Corrections, errands: Errands, whose: Identity) -> None:
        self._store = store
        self._errands = errands
        self._corrections = corrections
        known_as = [*whose.slack, *whose.audited_as]
        self._names = frozenset(map(plain_name, known_as))
        self._theirs = {
            "reviews": (review_queue, review_queue.c.asker.in_(known_as)),
            "verdicts": (review_verdicts, review_verdicts.c.coach.in_(known_as)),
            "outcomes": (review_outcomes, review_outcomes.c.person.in_(known_as)),
        }

    def count(self) -> dict[str, int]:
        """How many rows there are of each sort, and how many corrections."""
        with self._store.reading() as connection:
            counts = {
                sort: connection.scalar(sa.select(sa.func.count()).select_from(table).where(whose)) or 0
                for sort, (table, whose) in self._theirs.items()
            }
        return counts | {"corrections": len(self._corrected())}

    def erase(self) -> dict[str, int]:
        """Remove them, and what coaches see of them in Slack; how many of each sort went."""
        counts = self.count()
        entries = self._entries()
        for correction in self._corrected():
            self._corrections.unname(correction)
        with self._store.writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            for table, whose in self._theirs.values():
                connection.execute(sa.delete(table).where(whose))
            claims = sa.update(review_queue).where(review_queue.c.claimed_by.in_(self._names))
            connection.execute(claims.values(claimed_by=""))
            given = sa.update(review_queue).where(review_queue.c.assigned.in_(self._names))
            connection.execute(given.values(assigned=""))
        for each in entries:
            self._errands.again(f"card {each}", What.CARD, entry=each)
        return counts

    def _entries(self) -> list[str]:
        """Those of the queue that go."""
        table, whose = self._theirs["reviews"]
        with self._store.reading() as connection:
            return list(connection.scalars(sa.select(table.c.id).where(whose)))

    def _corrected(self) -> list[str]:
        c = review_corrections.c
        with self._store.reading() as connection:
            rows = connection.execute(sa.select(c.id, c.coach)).all()
        return [row.id for row in rows if plain_name(row.coach) in self._names]
