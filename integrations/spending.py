"""What models have used, day by day, in the catalogue database: one account for all processes."""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from assistant.ports import Usage
from integrations.tables import model_usage
from knowledge.errors import StoreError


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


class Spending:
    """Implements assistant.ports.Ledger; a day ends at midnight UTC. `limit` is in tokens, 0 is none."""

    def __init__(self, engine: sa.Engine, limit: int = 0, today: Callable[[], str] = _today) -> None:
        self._engine = engine
        self._limit = limit
        self._today = today

    def left(self) -> int | None:
        """Tokens that may still be used today; None when there is no limit."""
        if not self._limit:
            return None
        used = sa.select(sa.func.sum(model_usage.c.read + model_usage.c.written))
        try:
            with self._engine.begin() as connection:
                spent = connection.scalar(used.where(model_usage.c.day == self._today()))
        except OperationalError as error:
            raise StoreError(f"what the model used cannot be read: {error.orig}") from error
        return max(self._limit - int(spent or 0), 0)

    def add(self, usage: Usage) -> None:
        """Note what was used now."""
        row = {"day": self._today(), "read": usage.read, "written": usage.written}
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(model_usage).values(row))
        except OperationalError as error:
            raise StoreError(f"what the model used cannot be noted: {error.orig}") from error
