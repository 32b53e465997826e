"""What the bot has to say in Slack because of a review: once for each, by whichever process comes to it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from integrations.store import Store
from integrations.tables import review_cards, review_errands

_LEASE = 60.0
_MOST_TRIES = 8
_SLOWER = 2.0


class What(StrEnum):
    """The sorts of errands, with what each is about."""

    CARD = "card"
    """Show an `entry` of the queue to coaches, or show anew what became of it."""
    CORRECTED = "corrected"
    """Tell whoever asked what `answer` was given to that `correction` stands in its place."""
    REJECTED = "rejected"
    """Tell whoever asked that a coach takes an `answer` back, for what `reason`."""
    FILLED = "filled"
    """Tell whoever asked what `answer` could not answer that the library can now."""
    DIGEST = "digest"
    """Post the numbers of the `week` that ended."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to say; `tries` counts the attempts, this one included; until `held` no other process takes it."""

    key: str
    what: What
    about: Mapping[str, str]
    tries: int
    held: float


@dataclass(frozen=True, slots=True)
class Card:
    """The message that shows an entry of the queue."""

    team: str
    channel: str
    message: str


class Errands:
    """The errands in a database that several processes share."""

    def __init__(self, engine: sa.Engine, now: Callable[[], float] = time.time) -> None:
        self._store = Store(engine)
        self._now = now

    def add(self, key: str, what: What, wait: float = 0.0, **about: str) -> bool:
        """Have something said (in `wait` seconds), once for each key; False when it was asked for before."""
        row = {"key": key, "what": what.value, "about": about, "due": self._now() + wait, "tries": 0, "done": 0.0}
        try:
            with self._store.writing() as connection:
                connection.execute(sa.insert(review_errands).values(row))
        except IntegrityError:
            return False
        return True

    def again(self, key: str, what: What, wait: float = 0.0, **about: str) -> None:
        """Have something said, also when it was said before, or is being said: now it is no longer so."""
        if not self.add(key, what, wait, **about):
            anew = {"about": about, "due": self._now() + wait, "tries": 0, "done": 0.0}
            self._set(review_errands.c.key == key, **anew)

    def take(self, most: int = 20) -> list[Errand]:
        """What is due, oldest first; another process has it once this one did not say `done` for a minute."""
        c, now = review_errands.c, self._now()
        wanted = sa.select(review_errands).where(c.done == 0.0, c.due <= now).order_by(c.due).limit(most)
        taken = []
        with self._store.reading() as connection:
            rows = connection.execute(wanted).all()
        for row in rows:
            mine = sa.update(review_errands).where(c.key == row.key, c.due == row.due, c.done == 0.0)
            with self._store.writing() as connection:
                if connection.execute(mine.values(due=now + _LEASE, tries=row.tries + 1)).rowcount:
                    taken.append(Errand(row.key, What(row.what), row.about, row.tries + 1, now + _LEASE))
        return taken

    def done(self, errand: Errand) -> None:
        """It is said, or nobody is there any more to be told; one asked for anew meanwhile is not done."""
        self._set(_still(errand), done=self._now())

    def failed(self, errand: Errand) -> bool:
        """It could not be said: try later, each time after a longer while; False when it is given up."""
        if errand.tries >= _MOST_TRIES:
            self.done(errand)
            return False
        self._set(_still(errand), due=self._now() + _SLOWER**errand.tries)
        return True

    def card(self, entry: str) -> Card | None:
        """The message that shows an entry, if one does."""
        c = review_cards.c
        with self._store.reading() as connection:
            row = connection.execute(sa.select(c.team, c.channel, c.message).where(c.entry == entry)).one_or_none()
        return Card(*row) if row else None

    def posted(self, entry: str, card: Card) -> None:
        """Note the message that shows an entry from now on."""
        row = {"entry": entry, "team": card.team, "channel": card.channel, "message": card.message}
        with self._store.writing() as connection:
            connection.execute(sa.delete(review_cards).where(review_cards.c.entry == entry))
            connection.execute(sa.insert(review_cards).values(row))

    def _set(self, condition: sa.ColumnElement[bool], **values: Any) -> None:
        with self._store.writing() as connection:
            connection.execute(sa.update(review_errands).where(condition).values(values))


def _still(errand: Errand) -> sa.ColumnElement[bool]:
    """That nobody asked for it anew, and no other process took it, since it was taken."""
    return sa.and_(review_errands.c.key == errand.key, review_errands.c.due == errand.held)
