"""HTTP mode: signed requests to the app's URL, and what can be wrong with a signature."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from .records import Attempt, Delivery, Payload

if TYPE_CHECKING:
    from .workspace import Workspace

FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    status: int
    text: str
    final: bool


class HttpMode:
    """`target` is where the app listens, for events, commands and interactions alike; None means Socket Mode."""

    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._session: aiohttp.ClientSession | None = None
        self.target: str | None = None
        self.clock_skew = 0.0
        """Seconds added to the timestamps of signed requests."""
        self.forge = False
        """Sign with a wrong secret."""

    def replay(self, delivery: Delivery) -> int:
        """Send the very bytes and headers of a delivery's last attempt once more; the HTTP status of the answer."""
        last = delivery.attempts[-1]
        return self._slack.run(self._post(last.body, last.headers)).status

    def verify_url(self) -> bool:
        """Slack's url_verification: does the app echo the challenge?"""
        body = json.dumps({"type": "url_verification", "token": "fake", "challenge": "3eZbrw1aB"}).encode()
        answer = self._slack.run(self._post(body, self.signed(body, "application/json")))
        return answer.status == 200 and "3eZbrw1aB" in answer.text

    def signed(self, body: bytes, content_type: str) -> dict[str, str]:
        stamp = str(int(time.time() + self.clock_skew))
        secret = "wrong" if self.forge else self._slack.app.signing_secret
        digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        signature = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
        return {"Content-Type": content_type, **signature}

    async def attempt(self, delivery: Delivery, attempt: Attempt) -> None:
        attempt.body, content_type = _encoded(delivery)
        attempt.headers = self.signed(attempt.body, content_type)
        if attempt.number:
            attempt.headers["X-Slack-Retry-Num"] = str(attempt.number)
            attempt.headers["X-Slack-Retry-Reason"] = attempt.reason
        try:
            async with asyncio.timeout(self._slack.timing.ack):
                answer = await self._post(attempt.body, attempt.headers)
        except TimeoutError:
            attempt.failure = "http_timeout"
        except aiohttp.ClientError:
            attempt.failure = "connection_failed"
        else:
            self._answered(delivery, attempt, answer)

    def _answered(self, delivery: Delivery, attempt: Attempt, answer: "Answer") -> None:
        attempt.status, attempt.final = answer.status, answer.final
        if attempt.status != 200:
            attempt.failure = "http_error"
        elif not self._slack.faults.spends("lost_acks"):
            attempt.acked = time.monotonic()
            delivery.response = _response(answer.text)
        else:
            attempt.failure = "http_timeout"

    async def _post(self, body: bytes, headers: dict[str, str]) -> "Answer":
        if self.target is None:
            raise RuntimeError("HTTP mode has no target: set workspace.http.target first")
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(self.target, data=body, headers=headers) as response:
            final = response.headers.get("X-Slack-No-Retry") == "1"
            return Answer(response.status, await response.text(), final)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _encoded(delivery: Delivery) -> tuple[bytes, str]:
    match delivery.kind:
        case "events_api":
            return json.dumps(delivery.payload).encode(), "application/json"
        case "slash_commands":
            return urlencode(delivery.payload).encode(), FORM
        case _:
            return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM


def _response(text: str) -> Payload | None:
    if not text:
        return None
    try:
        parsed: Any = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}
