"""Probes of coach review in Slack: cards, App Home, modals, what askers are told; with buttons that are not theirs."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack_workspace import Impossible, Message, View
from tests.leaks.choosing import Chooser
from tests.leaks.company import Paper
from tests.leaks.review_office import CHANNEL
from tests.leaks.review_plan import Plan

Moves = Iterator[None]
_ON_CARDS = (
    "review_claim",
    "review_open",
    "review_approve",
    "review_reject",
    "review_correct",
    "review_verify",
    "review_release",
)


def asked(plan: Plan, user: str, paper: Paper) -> Moves:
    """Ask in a channel or alone; then a vote against it, or a call for a coach with a reason."""
    stage, chance = plan.office.stage, plan.chance
    if stage.world.people[user].kind == "stranger" or stage.slack.state.users[user].deactivated:
        return
    text, room = plan.question(user, paper), Chooser(stage, chance).room(user, paper, ("public", "private"))
    message = stage.mention(user, room, text) if room and chance.random() < 0.6 else stage.dm(user, text)
    plan.office.judge.typed_by(user, text)
    yield
    for reply in stage.slack.replies(message)[:1]:
        with _trying():
            if chance.random() < 0.6:
                stage.slack.user(user).click(reply, "feedback", index=1)
            else:
                stage.slack.user(user).click(reply, "ask_coach")
    yield
    _submit(plan, user, {"reason": plan.remark()})
    yield


def card(plan: Plan, user: str, paper: Paper) -> Moves:
    """A button of a card, pressed by whoever is in the channel, or with another entry's value by anybody."""
    stage, chance = plan.office.stage, plan.chance
    inside = [each for each in sorted(stage.world.members[CHANNEL]) if each in plan.office.able()]
    cards = [each for each in stage.slack.messages(CHANNEL) if each.bot and _values(each)]
    if inside and cards and chance.random() < 0.6:
        on, who = chance.choice(cards), chance.choice(inside)
        with _trying():
            stage.slack.user(who).click(on, chance.choice([*_values(on)]))
    elif user not in plan.office.able():
        return
    else:
        who = user
        for entry in plan.some(plan.entries(), 1):
            _forged(plan, user, chance.choice(_ON_CARDS), entry)
    yield
    yield from _in_modals(plan, who, paper)


def home(plan: Plan, user: str, paper: Paper) -> Moves:
    """The App Home, another part of its queue, an entry of it."""
    stage, chance = plan.office.stage, plan.chance
    if user not in plan.office.able():
        return
    stage.slack.user(user).open_home()
    yield
    shown = stage.slack.home(user)
    if shown:
        with _trying():
            stage.slack.user(user).click(shown, "review_filter", chance.choice(("all", "mine", "down_vote", "stale")))
    for entry in plan.some(plan.entries(), 1):
        _forged(plan, user, "review_more", f"all {entry}")
    yield
    with _trying():
        stage.slack.user(user).click(stage.slack.home(user) or shown, chance.choice(("review_open", "review_more")))
    yield
    yield from _in_modals(plan, user, paper)


def _in_modals(plan: Plan, user: str, paper: Paper) -> Moves:
    """From a verdict to a correction: a search, a passage by its id, lines that cite; some modals stay open."""
    stage, chance = plan.office.stage, plan.chance
    for passage in plan.passages(paper)[:1]:
        _forged(plan, user, "review_passage", f"1 {passage}")
    yield
    _close(plan, user, "")
    top = _top(plan, user)
    if top and chance.random() < 0.3:
        with _trying():
            stage.slack.user(user).submit(top, {"reason": plan.remark(), "better": plan.remark()})
        yield
        return
    if top:
        with _trying():
            stage.slack.user(user).click(top, chance.choice(("review_correct", "review_correct", "review_reject")))
    yield
    yield from _correcting(plan, user, paper)
    if chance.random() < 0.8:
        _close(plan, user, "all")


def _correcting(plan: Plan, user: str, paper: Paper) -> Moves:
    stage, top = plan.office.stage, _top(plan, user)
    if top is None or "lines" not in str(top.content):
        return
    plan.office.judge.typed_by(user, paper.asked[0])
    with _trying():
        stage.slack.user(user).enter(top, "search", paper.asked[0])
    yield
    numbers = [each for each in range(1, 16) if f"[{each}] " in str(top.content)]
    mine = stage.world.may_read(user, paper)
    cited = [each for each in numbers if mine and _stands(top, each, paper)]
    line = f"{plan.sentence(paper)} [{cited[0]}]" if cited else f"Say what the record says. {plan.remark()}"
    _submit(plan, user, {"lines": f"{line}\n{plan.remark()}", "topics": plan.remark()})
    yield


def _stands(view: View, number: int, paper: Paper) -> bool:
    said = [str(each["text"]["text"]) for each in view.blocks if each.get("type") == "section"]
    return any(each.startswith(f"[{number}] ") and paper.subject in each for each in said)


def helped(plan: Plan, user: str, paper: Paper) -> Moves:
    """Buttons below what askers are told, pressed by others; the passages of a correction by its id."""
    ledger = plan.office.judge.ledger
    if user not in plan.office.able():
        return
    for answer in plan.some(sorted(ledger.given), 1):
        _forged(plan, user, plan.chance.choice(("review_helped", "review_again")), answer)
    for name in plan.some(sorted(ledger.corrected), 1):
        for file in plan.some(ledger.corrected[name][1], 1):
            for passage in plan.passages_like(f"%/{file}")[:1]:
                _forged(plan, user, "open_passage", f"{name} {passage}")
    yield
    _close(plan, user, "all")


def _forged(plan: Plan, user: str, action: str, value: str) -> None:
    """A button that nobody gave them, in their own direct messages."""
    slack = plan.office.stage.slack
    message = Message(slack.dm(user), slack.state.ts(), slack.bot_user, "x", ephemeral_to=user)
    plan.office.stage.press(user, message, action, value)


def _values(message: Message) -> list[str]:
    parts = [each for block in message.blocks for each in block.get("elements", ()) if block["type"] == "actions"]
    return [str(each["action_id"]) for each in parts]


def _top(plan: Plan, user: str) -> View | None:
    return next(reversed(plan.office.stage.slack.views(user)), None)


def _submit(plan: Plan, user: str, values: dict[str, Any]) -> None:
    top = _top(plan, user)
    with _trying():
        if top:
            plan.office.stage.slack.user(user).submit(top, values)


def _close(plan: Plan, user: str, which: str) -> None:
    """What lies on top, where it is only read; or all."""
    slack = plan.office.stage.slack
    for view in reversed(slack.views(user)):
        if which == "all" or not view.content.get("submit"):
            slack.user(user).close(view)
        else:
            return


class _trying:
    """What Slack would not let a person do they do not do."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, (Impossible, AttributeError))
