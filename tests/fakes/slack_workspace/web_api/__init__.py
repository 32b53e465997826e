"""The Web API: one module a family of methods, each method a function whose signature is its table of arguments."""

from . import assistant, auth, chat, conversations, reactions, streams, users, views
from .registry import METHODS, Context, Method

__all__ = [
    "METHODS",
    "Context",
    "Method",
    "assistant",
    "auth",
    "chat",
    "conversations",
    "reactions",
    "streams",
    "users",
    "views",
]
