"""Every error that the assistant raises.

AssistantError
├── EmptyQuestion     nothing was asked
└── ModelFailed       a model that did not give what it was asked for, and why
"""

from enum import StrEnum


class AssistantError(Exception):
    """Base of every error raised here; its message is one plain line."""


class EmptyQuestion(AssistantError):
    """A question without any character in it."""


class Failure(StrEnum):
    """Why a model gave no answer, or no whole one."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    BUSY = "busy"
    NO_QUOTA = "no_quota"
    KEY = "key"
    UNKNOWN = "unknown_model"
    REFUSED = "refused_request"
    TOO_LONG = "too_long"
    BROKEN = "broken"
    CUT = "cut"
    LENGTH = "length"
    FILTERED = "filtered"
    EMPTY = "empty"
    FORMAT = "format"
    UNPROVEN = "unproven"
    BUDGET = "budget"


class ModelFailed(AssistantError):
    """A model call that came to nothing; `failure` is why, the message says it in one line without secrets."""

    def __init__(self, failure: Failure, message: str = "") -> None:
        super().__init__(message or failure.value)
        self.failure = failure
