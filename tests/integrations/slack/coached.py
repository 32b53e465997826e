"""A company with two coaches in a fake workspace: what is confidential, who may read it, and their own channel."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Message, Rates, Timing, View, Workspace, running, shown
from tests.integrations.slack.confidential import FIX, PLAYBOOK, SECRET
from tests.integrations.slack.processes import coach, index

ASKER, KEN, ANA, CLERK = "U1", "U2", "U3", "U6"
COACHES, DEAL, TALK = "C9", "C8", "C1"
PEOPLE = """
people:
  Mei: {slack: U1}
  Ken: {slack: U2}
  Ana: {slack: U3}
  Bea: {slack: U6}
groups:
  deal: [Mei, Ana]
coaches: [Ken, Ana]
"""
PROMISES = "Send the promises with their owners within two working days."
VISITS = f"""# Executive visits

## After the visit

{PROMISES}
"""
EXPERIENCE = "I call them on the day that I read the complaint."
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

__all__ = ["FIX", "PLAYBOOK", "SECRET"]


def settings(**more: str) -> Mapping[str, str]:
    """A bot with the coaches' channel; the week's numbers come on another day."""
    another = _DAYS[(datetime.now(UTC).weekday() + 3) % 7]
    return {"COACH_REVIEW_CHANNEL": COACHES, "COACH_REVIEW_SHARE": "0", "COACH_REVIEW_DIGEST": another, **more}


@contextmanager
def company() -> Iterator[Workspace]:
    """Mei asks; Ken and Ana are coaches, Ana is of the deal as well; Bea is neither."""
    with running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False)) as slack:
        for each in (ASKER, KEN):
            slack.state.users[each].locale = "en-US"
        slack.add_user(CLERK, "bea")
        slack.state.channels[TALK].members.add(CLERK)
        slack.add_channel(COACHES, "coaches", [KEN, ANA], kind="private")
        slack.add_channel(DEAL, "the-deal", [ASKER, ANA], kind="private")
        yield slack


def library(home: Path) -> Path:
    """A home with the documents and people.yaml."""
    home.mkdir(exist_ok=True)
    (home / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    written = {"quiet.md": PLAYBOOK, "rebates.md": SECRET, "visits.md": VISITS}
    for name, text in written.items():
        (home / name).write_text(text, encoding="utf-8")
    return index(home, *(home / name for name in written))


@contextmanager
def at_work(home: Path, **more: str) -> Iterator[Workspace]:
    """The company with a bot that is stopped in an orderly way."""
    library(home)
    with company() as slack, coach(slack, home, settings(**more)):
        yield slack


def answered(slack: Workspace, asked: Message) -> Message:
    """The bot's first reply."""
    return slack.wait(lambda: slack.replies(asked), timeout=20)[0]


def card(slack: Workspace, says: str = "", number: int = 0) -> Message:
    """A card in the coaches' channel, once it says this."""

    def there() -> Message | None:
        every = [each for each in slack.messages(COACHES) if each.bot]
        return every[number] if len(every) > number and says in shown(every[number]) else None

    return slack.wait(there, timeout=20)


def on_top(slack: Workspace, user: str, says: str) -> View:
    """The modal that a person sees, once it says this."""

    def there() -> View | None:
        top = slack.views(user)[-1:]
        return top[0] if top and says in shown(top[0]) else None

    return slack.wait(there, timeout=20)


def told(slack: Workspace, user: str, says: str) -> str:
    """What a person alone is told, once it says this: in passing, or in their direct messages."""

    def there() -> str:
        every = [*slack.ephemerals(user), *slack.messages(slack.dm(user))]
        return next((shown(each) for each in every if says in shown(each)), "")

    return slack.wait(there, timeout=20)


def stored(home: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the bot's database."""
    import sqlite3

    with sqlite3.connect(home / "catalogue.sqlite", timeout=10) as database:
        rows = list(database.execute(query))
    database.close()
    return rows


def clean(slack: Workspace) -> None:
    """Slack has nothing to complain of."""
    assert slack.complaints == []
    assert slack.pings == []
    assert slack.links == []


def quiet(slack: Workspace, home: Path) -> None:
    """Everything there was to be said is said."""
    due = "select key from review_errands where done = 0 and due < strftime('%s', 'now') + 1000"
    slack.wait(lambda: not stored(home, due), timeout=20)
