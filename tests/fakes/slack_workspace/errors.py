"""How a call of the Web API fails.

SlackError            ok: false, with Slack's own word for why
└── MissingScope      missing_scope, with what was needed and what the token has
RateLimited           HTTP 429 with Retry-After
"""

from .records import Payload


class SlackError(Exception):
    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.code, self.extra = code, extra

    def reply(self) -> Payload:
        return {"ok": False, "error": self.code, **self.extra}


class MissingScope(SlackError):
    def __init__(self, needed: str, provided: frozenset[str]) -> None:
        super().__init__("missing_scope", needed=needed, provided=",".join(sorted(provided)))


class RateLimited(Exception):
    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def invalid_arguments(*problems: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in problems]})


def invalid_blocks(problems: list[str]) -> SlackError:
    messages = {"messages": [f"[ERROR] {each}" for each in problems]}
    return SlackError("invalid_blocks", errors=problems, response_metadata=messages)
