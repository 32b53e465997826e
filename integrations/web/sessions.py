"""Who is signed in: a row for each browser, and how one gets a row without Slack."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import sqlalchemy as sa

from assistant.questions import Language
from integrations.store import Store
from integrations.tables import web_sessions

# Seconds after which "seen" is written again: not every page is a write.
_FRESH = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts, in seconds: without a visit, and at the longest."""

    idle: float
    longest: float


SHARED = Limits(idle=2 * 3600.0, longest=12 * 3600.0)
OWN_MACHINE = Limits(idle=24 * 3600.0, longest=7 * 24 * 3600.0)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that signed in: whose it is, the token its forms carry, the language it chose, if any."""

    digest: str
    person: str
    csrf: str
    language: Language | None


class Sessions:
    """The sessions in a database that several processes share."""

    def __init__(self, engine: sa.Engine, limits: Limits, now: Callable[[], float] = time.time) -> None:
        self._store = Store(engine)
        self._limits = limits
        self._now = now

    def begin(self, person: str, language: Language | None = None) -> str:
        """A new session; the token for its cookie, of which only a digest is kept. Sessions that ended go."""
        token, now = secrets.token_urlsafe(32), self._now()
        row = {
            "digest": _digest(token),
            "person": person,
            "csrf": secrets.token_urlsafe(32),
            "language": language or "",
            "created": now,
            "seen": now,
        }
        with self._store.writing() as connection:
            connection.execute(sa.delete(web_sessions).where(sa.not_(self._alive())))
            connection.execute(sa.insert(web_sessions).values(row))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a cookie, if it goes on."""
        if not token:
            return None
        c = web_sessions.c
        wanted = sa.select(web_sessions).where(c.digest == _digest(token), self._alive())
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        if row.seen < self._now() - _FRESH:
            self._set(row.digest, seen=self._now())
        return Session(row.digest, row.person, row.csrf, row.language or None)

    def end(self, session: Session) -> None:
        """Sign out."""
        with self._store.writing() as connection:
            connection.execute(sa.delete(web_sessions).where(web_sessions.c.digest == session.digest))

    def speak(self, session: Session, language: Language) -> None:
        """Show pages in another language from now on."""
        self._set(session.digest, language=language)

    def _alive(self) -> sa.ColumnElement[bool]:
        c, now = web_sessions.c, self._now()
        return sa.and_(c.seen > now - self._limits.idle, c.created > now - self._limits.longest)

    def _set(self, digest: str, **values: float | str) -> None:
        with self._store.writing() as connection:
            connection.execute(sa.update(web_sessions).where(web_sessions.c.digest == digest).values(values))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="ignore")).hexdigest()


class LocalDoor:
    """Lets in one browser, the first that brings the token of the address that was printed."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.token = secrets.token_urlsafe(24)
        self._used = False
        self._turn = Lock()

    def take(self, token: str) -> bool:
        """Whether this is the token, and it was not used before."""
        with self._turn:
            good = not self._used and hmac.compare_digest(token.encode(errors="ignore"), self.token.encode())
            self._used = self._used or good
        return good
