"""The console joined from what the settings name."""

import socket
from collections.abc import Collection

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from integrations.people import People
from integrations.settings import Settings, WrongSettings
from integrations.tables import slack_teams
from integrations.web.console import YOU, Address, Console
from integrations.web.openid import SlackDoor
from integrations.web.serving import local_address, must_be_loopback, public_address
from integrations.web.sessions import LocalDoor
from integrations.web.slack_readers import SlackReaders
from integrations.web.visitors import Visitors
from knowledge.access import plain_name


def signs_in(settings: Settings) -> bool:
    """Whether people sign in with Slack; else the console is for whoever started it."""
    return bool(settings.web_url)


def check(settings: Settings, host: str) -> None:
    """Refuse what would be open to others. Raises WrongSettings."""
    if not signs_in(settings):
        must_be_loopback(host)
        return
    public_address(settings.web_url)
    if not settings.slack_client_id or not settings.slack_client_secret.get_secret_value():
        raise WrongSettings(
            "COACH_WEB_URL is set: set COACH_SLACK_CLIENT_ID and COACH_SLACK_CLIENT_SECRET, too (docs/console.md)"
        )
    if not People(settings.people).kept:
        raise WrongSettings(f"people sign in by their names in {settings.people}, which is not there (docs/access.md)")


def address(settings: Settings, door: socket.socket) -> Address:
    """Where browsers reach the console."""
    return public_address(settings.web_url) if signs_in(settings) else local_address(door)


def door(settings: Settings, engine: sa.Engine, where: Address, person: str) -> LocalDoor | SlackDoor:
    """How people come in. Raises WrongSettings for a person who is not known, or a Slack that is not."""
    if not signs_in(settings):
        return LocalDoor(whose(People(settings.people), person))
    return SlackDoor(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        back=f"{where.origin}/slack/back",
        teams=_Teams(engine, settings),
        api=settings.slack_api_url,
    )


def visitors(settings: Settings, people: People) -> Visitors:
    """Whose rights are what, at each request."""
    token = settings.slack_bot_token.get_secret_value()
    if not signs_in(settings) or not token:
        return Visitors(people, not signs_in(settings))
    return Visitors(people, False, SlackReaders(people, token, settings.slack_api_url))


def whose(people: People, person: str) -> str:
    """Whose rights a console without sign-in uses: who was named, else the only coach, else nobody's.

    Raises WrongSettings for somebody whom people.yaml does not name.
    """
    directory, name = people.directory(), plain_name(person)
    if not people.kept:
        return name or YOU
    if name and name not in directory.people:
        raise WrongSettings(f"{name} is not among the people in COACH_PEOPLE")
    if name or len(directory.coaches) != 1:
        return name
    return next(iter(directory.coaches))


def greeting(console: Console) -> str:
    """What whoever started the console reads: where it is."""
    if isinstance(console.door, LocalDoor):
        address = f"{console.address.origin}/local?token={console.door.token}"
        return f"The console is open to one browser, once, at\n\n    {address}\n\nStop it with Ctrl-C."
    return f"The console is at {console.address.origin}; people sign in with Slack. Stop it with Ctrl-C."


class _Teams:
    """The workspaces that are ours: the one of the bot's token, and those that installed the app."""

    def __init__(self, engine: sa.Engine, settings: Settings) -> None:
        """Raises WrongSettings where there is none."""
        self._engine = engine
        self._own = _own_team(settings)
        if not self():
            raise WrongSettings("set COACH_SLACK_BOT_TOKEN, so that the console knows which workspace is yours")

    def __call__(self) -> Collection[str]:
        """The workspaces at this moment."""
        with self._engine.begin() as connection:
            installed = set(connection.scalars(sa.select(slack_teams.c.team)))
        return sorted(installed | self._own)


def _own_team(settings: Settings) -> set[str]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return set()
    try:
        said = WebClient(token=token, base_url=settings.slack_api_url or WebClient.BASE_URL).auth_test()
    except SlackApiError as error:
        raise WrongSettings(f"COACH_SLACK_BOT_TOKEN is not usable: Slack says {error.response['error']}") from None
    except OSError as error:
        raise WrongSettings(f"Slack cannot be reached: {type(error).__name__}") from None
    return {str(said["team_id"])}
