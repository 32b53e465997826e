"""An invented company with something to hide, in a fake workspace, and all that each of its people can see there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Message, Rates, Timing, Workspace, running, shown
from tests.integrations.slack.processes import index

PLAYBOOK = """# Quiet accounts

## Open the door

Offer the quiet account one fix for a fault it complains about.
Record the reason for the silence of a quiet account as assumed until somebody confirms it.
"""
SECRET = """---
audience: deal
owner: Heron Desk
---
# Heron rebates

## Rebates

Offer the quiet account the heron rebate that the board approved in March.
"""
PEOPLE = """
people:
  Mei: {slack: U1}
  Ken: {slack: U2}
  Ana: {slack: U3}
  Gil: {slack: U5}
groups:
  deal: [Mei, Ana, Gil]
"""
QUESTION = "What do we offer a quiet account?"
FIX = "Offer the quiet account one fix for a fault it complains about."
CANARY = "heron"
MORE = "There is more for you alone"


@contextmanager
def company() -> Iterator[Workspace]:
    """Mei (U1) and Ana (U3) are of the deal, Ken (U2) is not, Gil (U5) is a guest; C2 is the deal's own channel."""
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as slack:
        slack.state.users["U1"].locale = "en-US"
        slack.add_user("U5", "gil", guest=True)
        yield slack


def library(home: Path, secret: bool = True) -> Path:
    """A home with the documents and people.yaml."""
    home.mkdir(exist_ok=True)
    (home / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    written = {"quiet.md": PLAYBOOK, **({"rebates.md": SECRET} if secret else {})}
    for name, text in written.items():
        (home / name).write_text(text, encoding="utf-8")
    return index(home, *(home / name for name in written))


def replies(slack: Workspace, asked: Message) -> list[Message]:
    """The bot's replies, once there is one."""
    return slack.wait(lambda: slack.replies(asked), timeout=20)


def only_for(slack: Workspace, user: str, since: int = 0) -> list[Message]:
    """What a person alone was shown, once there is something new."""
    return slack.wait(lambda: slack.ephemerals(user)[since:], timeout=20)


def settled(slack: Workspace, home: Path) -> None:
    """Every question has had all its parts."""
    import sqlite3

    def quiet() -> bool:
        with sqlite3.connect(home / "catalogue.sqlite", timeout=10) as database:
            left = list(database.execute("select id from slack_inbox where state != 'done'"))
        database.close()
        return not left and all(each.done for each in slack.delivered() if each.type != "user_change")

    slack.wait(quiet, timeout=20)


def seen_by(slack: Workspace, user: str) -> str:
    """Everything that a person can see anywhere, in lower case: messages as they were at any time, modals, homes."""
    mine = [each for each in slack.state.channels.values() if user in each.members]
    messages = [message for each in mine for message in slack.state.messages[each.id].values()]
    every = [*messages, *slack.ephemerals(user)]
    texts = [text for message in every for text in (shown(message), *message.versions)]
    statuses = [change.status for each in mine for place, all_ in slack.state.statuses.items() for change in all_
                if place[0] == each.id]  # fmt: skip
    home = slack.home(user)
    views = [shown(view) for view in (*slack.state.views.values(), *([home] if home else [])) if view.user == user]
    return "\n".join([*texts, *statuses, *views]).lower()
