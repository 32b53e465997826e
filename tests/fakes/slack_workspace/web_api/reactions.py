"""Emoji under messages."""

from ..errors import SlackError
from .registry import Context, method


@method("reactions.add", "reactions:write")
def add(context: Context, channel: str, timestamp: str, name: str) -> None:
    message = context.state.message(context.channel(channel).id, timestamp)
    people = message.reactions.setdefault(name, [])
    if context.installed.bot_user in people:
        raise SlackError("already_reacted")
    people.append(context.installed.bot_user)


@method("reactions.remove", "reactions:write")
def remove(context: Context, name: str, channel: str, timestamp: str) -> None:
    message = context.state.message(context.channel(channel).id, timestamp)
    people = message.reactions.get(name, [])
    if context.installed.bot_user not in people:
        raise SlackError("no_reaction")
    people.remove(context.installed.bot_user)
    if not people:
        del message.reactions[name]
