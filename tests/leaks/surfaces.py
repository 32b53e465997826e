"""Surfaces: how each is used by somebody who wants to see what is, or is not, for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.fakes.slack_workspace import Impossible, Message, View
from tests.leaks import poison, texts
from tests.leaks.choosing import Chooser
from tests.leaks.company import Paper
from tests.leaks.stage import Stage

Moves = Iterator[None]
"""What is done, step by step; between its steps everything settles."""

DIRECT = "direct messages"


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks what, of which document, in which conversation."""

    who: str
    paper: Paper
    text: str
    room: str


def _mention(who: Chooser, ask: Ask) -> Moves:
    stage = who.stage
    stage.mention(ask.who, ask.room, ask.text)
    stranger = who.stranger(ask.room)
    if stranger:
        stage.mention(stranger, ask.room, ask.text)
    yield


def _direct(who: Chooser, ask: Ask) -> Moves:
    stage = who.stage
    stage.dm(ask.who, ask.text)
    yield


def _slash(who: Chooser, ask: Ask) -> Moves:
    stage = who.stage
    stage.slash(ask.who, ask.text, ask.room)
    yield


def _shortcut(who: Chooser, ask: Ask) -> Moves:
    """On a message in a thread, which somebody else then goes on with."""
    stage = who.stage
    root = stage.say(ask.who, ask.room, "Morning. <!here> " + poison.ORDERS[0])
    said = stage.say(ask.who, ask.room, ask.text, root.ts)
    stage.shortcut(ask.who, said)
    yield
    other = who.other(ask.room, ask.paper, ask.who)
    if other:
        stage.mention(other, ask.room, texts.follow_up(ask.paper), root.ts)
    yield


def _thread(who: Chooser, ask: Ask) -> Moves:
    """Begun by whoever may read it, gone on with by somebody else: without a mention, then with a switch."""
    stage = who.stage
    asked = stage.mention(ask.who, ask.room, ask.text)
    yield
    other = who.other(ask.room, ask.paper, ask.who)
    if other:
        stage.say(other, ask.room, texts.follow_up(ask.paper), asked.ts)
        stage.questions += 1
        yield
        stage.mention(other, ask.room, texts.switched(ask.paper), asked.ts)
    yield


def _switch(who: Chooser, ask: Ask) -> Moves:
    """In direct messages: first something else, then the account in a follow-up."""
    stage = who.stage
    first = stage.dm(ask.who, ask.text.replace(ask.paper.subject, "our customers"))
    yield
    stage.dm(ask.who, texts.switched(ask.paper), first.ts)
    yield
    stage.dm(ask.who, texts.follow_up(ask.paper), first.ts)
    yield


def _home(who: Chooser, ask: Ask) -> Moves:
    stage = who.stage
    stage.dm(ask.who, ask.text)
    yield
    for user in (ask.who, who.reader(ask.paper, False)):
        stage.slack.user(user).open_home()
    yield


def _modal(who: Chooser, ask: Ask) -> Moves:
    """Passages of an answer in a channel, opened by another member: the button there, and those of a private one."""
    stage = who.stage
    asked = stage.mention(ask.who, ask.room, ask.text)
    own = stage.dm(ask.who, ask.text)
    yield
    other = who.other(ask.room, ask.paper, ask.who)
    replies = stage.slack.replies(asked)
    alone = [each for each in stage.slack.ephemerals(ask.who, ask.room) if each.root == asked.ts]
    values = _values([*replies, *alone, *stage.slack.replies(own)], "open_passage")
    for value in values if replies else ():
        stage.press(other or ask.who, replies[0], "open_passage", value)
    for message in stage.slack.replies(own)[:1] if values else ():
        stage.press(ask.who, message, "open_passage", values[-1])
    yield


def _share(who: Chooser, ask: Ask) -> Moves:
    """A private answer shared where everyone sees it; and somebody else's, by a forged button."""
    stage = who.stage
    before = len(stage.slack.ephemerals(ask.who, ask.room))
    stage.slash(ask.who, ask.text, ask.room)
    yield
    values = _values(stage.slack.ephemerals(ask.who, ask.room)[before:], "share")
    other = who.other(ask.room, ask.paper, ask.who, ours=True)
    for value in values[:1]:
        for user in (ask.who, *([other] if other else [])):
            stage.press(user, _anywhere(stage, user, ask.room), "share", value)
    yield


def _votes(who: Chooser, ask: Ask) -> Moves:
    """Buttons of an answer pressed by another member, and by strangers to it with forged values."""
    stage = who.stage
    asked = stage.mention(ask.who, ask.room, ask.text)
    yield
    other = who.other(ask.room, ask.paper, ask.who, ours=True)
    replies = stage.slack.replies(asked)
    if other and replies:
        stage.slack.user(other).click(replies[-1], "feedback", index=1)
        stage.press(other, replies[-1], "ask_coach", _values(replies, "ask_coach")[0])
        yield
        for view in stage.slack.views(other)[-1:]:
            _submit(stage, other, view)
    yield


def _submit(stage: Stage, user: str, view: View) -> None:
    try:
        stage.slack.user(user).submit(view, {"reason": poison.REASON})
    except Impossible:
        return


def _cached(who: Chooser, ask: Ask) -> Moves:
    """The same words from one who may read it and, right after, from one who may not."""
    stage = who.stage
    stage.dm(ask.who, ask.text)
    yield
    stage.dm(who.reader(ask.paper, False), ask.text)
    yield


def _retry(who: Chooser, ask: Ask) -> Moves:
    """A reply that Slack refuses, tried again by its asker and, with a forged button, by somebody else there.

    Where many ask at once, another one's reply may be refused: whoever was told so tries again.
    """
    stage = who.stage
    before = len(stage.slack.state.ephemerals)
    stage.slack.faults.refuse("chat.postMessage", "internal_error")
    stage.mention(ask.who, ask.room, ask.text)
    yield
    for failed in stage.slack.state.ephemerals[before:]:
        room, asker = failed.channel, str(failed.ephemeral_to)
        other = who.other(room, ask.paper, asker, ours=True) if room in stage.world.members else None
        for value in _values([failed], "retry"):
            if other:
                stage.press(other, _anywhere(stage, other, room), "retry", value)
            stage.press(asker, failed, "retry")
    yield


def _anywhere(stage: Stage, user: str, room: str) -> Message:
    """A message of the bot's that somebody could press a button on."""
    bot = stage.slack.bot_user
    return Message(room, stage.slack.state.ts(), bot, "x", ephemeral_to=user)


def _values(messages: list[Message], action: str) -> list[str]:
    """The values of buttons, each once."""
    found = (value for each in messages for value in _in_blocks(each.blocks, action))
    return list(dict.fromkeys(found))


def _in_blocks(value: object, action: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("action_id") == action and "value" in value:
            yield str(value["value"])
        for each in value.values():
            yield from _in_blocks(each, action)
    elif isinstance(value, list):
        for each in value:
            yield from _in_blocks(each, action)


SURFACES: dict[str, tuple[int, Callable[[Chooser, Ask], Moves]]] = {
    "mention": (24, _mention),
    DIRECT: (16, _direct),
    "command": (12, _slash),
    "group messages": (8, _mention),
    "shortcut": (6, _shortcut),
    "thread": (8, _thread),
    "switched account": (4, _switch),
    "home": (3, _home),
    "passage": (5, _modal),
    "share": (5, _share),
    "votes": (3, _votes),
    "same words, another asker": (4, _cached),
    "retry": (2, _retry),
}
_CHANNELS = ("public", "private")
NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("mention", "command", "shortcut", "thread", "passage", "share", "votes", "retry"), _CHANNELS
) | {"group messages": ("mpim",)}
"""The kinds of conversation that a surface is in; the others need none."""

WITHOUT_AN_ANSWER = frozenset({"switched account"})
"""Where the asker's question is not asked as it is."""
