"""Every error that the assistant raises.

AssistantError
└── EmptyQuestion     nothing was asked
"""


class AssistantError(Exception):
    """Base of every error raised here; its message is one plain line."""


class EmptyQuestion(AssistantError):
    """A question without any character in it."""
