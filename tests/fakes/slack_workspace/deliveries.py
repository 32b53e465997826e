"""Handing payloads to the app: attempts, retries, duplicates, reordering; the same for sockets and HTTP."""

import asyncio
import time
from typing import TYPE_CHECKING

from .records import Attempt, Delivery, Kind, Payload

if TYPE_CHECKING:
    from .workspace import Workspace


class Deliveries:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._held: list[Delivery] | None = None
        self.records: list[Delivery] = []

    def send(self, kind: Kind, type: str, id: str, payload: Payload) -> Delivery:
        delivery = Delivery(kind, type, id, payload)
        self.records.append(delivery)
        if self._held is None:
            self._slack.spawn(self._deliver(delivery))
        else:
            self._held.append(delivery)
        return delivery

    def hold(self) -> None:
        self._held = []

    def release(self) -> None:
        held, self._held = self._held or [], None
        self._slack.spawn(self._in_turn(held[::-1]))

    async def _in_turn(self, deliveries: list[Delivery]) -> None:
        for delivery in deliveries:
            self._slack.spawn(self._deliver(delivery))
            await asyncio.sleep(0.02)

    async def _deliver(self, delivery: Delivery) -> None:
        if delivery.kind == "events_api" and self._slack.faults.spends("duplicates"):
            self._slack.spawn(self._attempt(delivery, Attempt(0, time.monotonic())))
        waits = self._waits(delivery)
        reason = ""
        for number, wait in enumerate(waits):
            await asyncio.sleep(wait)
            attempt = Attempt(number, time.monotonic(), reason)
            await self._attempt(delivery, attempt)
            if not attempt.failure or attempt.final:
                break
            reason = attempt.failure if self._slack.http.target else "timeout"
        self._slack.interactions.settle(delivery)
        delivery.done = True

    async def _attempt(self, delivery: Delivery, attempt: Attempt) -> None:
        delivery.attempts.append(attempt)
        transport = self._slack.http if self._slack.http.target else self._slack.sockets
        await transport.attempt(delivery, attempt)

    def _waits(self, delivery: Delivery) -> list[float]:
        """Interactions and commands are tried once; a person is waiting and is told."""
        if delivery.kind != "events_api":
            return [0.0]
        timing = self._slack.timing
        return [0.0, *(wait * timing.time_scale for wait in timing.retries)]
