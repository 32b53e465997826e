"""Who may read what in Slack: the asker alone, or with all who read along; closed whenever that cannot be told."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.people import People
from integrations.slack.company import Company
from integrations.slack.fresh import Fresh
from integrations.slack.incoming import Incoming
from integrations.slack.replies import code_of
from knowledge.access import ANYONE, Reader
from knowledge.people import Directory

log = logging.getLogger(__name__)

ClientOf = Callable[[str], Awaitable[AsyncWebClient]]

# Seconds that may pass before a change is seen of which Slack tells another process, or nobody.
USER_AGE, MEMBERS_AGE, GROUPS_AGE = 300.0, 60.0, 60.0

MEMBERSHIP = ("member_joined_channel", "member_left_channel", "channel_shared", "channel_unshared")
GROUPS = ("subteam_members_changed", "subteam_updated")
CHANGES = ("user_change", *MEMBERSHIP, *GROUPS)

_PATIENCE = 10.0
_PAGE = 200
_AT_ONCE = 8
_AN_HOUR = 3600.0
_MUST_BE_FALSE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted")


class Rights:
    """Readers by Slack ids: through people.yaml, the user groups it names, and the members of channels.

    Whoever people.yaml does not know, a guest, a person of another workspace, a bot or a deactivated
    person is an outsider and reads public documents only; so does everyone in a channel with one.
    """

    def __init__(self, people: People, client_of: ClientOf, now: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._client_of = client_of
        self._now = now
        self._users: Fresh[tuple[str, str], bool] = Fresh(USER_AGE, self._ask_user, now)
        self._members: Fresh[tuple[str, str], frozenset[str] | None] = Fresh(MEMBERS_AGE, self._ask_members, now)
        self._groups: Fresh[str, Mapping[str, frozenset[str]]] = Fresh(GROUPS_AGE, self._ask_groups, now)
        self._ourselves: Fresh[str, tuple[str, str]] = Fresh(float("inf"), self._ask_ourselves, now)
        self._directory = Directory()
        self._names_groups = False
        self._companies: dict[str, Company] = {}
        self._asking = asyncio.Semaphore(_AT_ONCE)
        self._complained: dict[str, float] = {}

    async def of(self, incoming: Incoming) -> Reader:
        """Who will see the answer to a question, by where it was asked."""
        if incoming.surface == "thread":
            return await self.among(incoming.team, incoming.channel, incoming.person)
        return await self.alone(incoming.team, incoming.person)

    async def alone(self, team: str, person: str) -> Reader:
        """A person where nobody else sees the answer."""
        return await self._or_closed(self._alone(team, person))

    async def among(self, team: str, channel: str, person: str) -> Reader:
        """A person with every member of a channel."""
        return await self._or_closed(self._among(team, channel, person))

    async def everyone(self, team: str, channel: str) -> Reader:
        """All members of a channel, for what the bot posts there unasked; nobody in particular may be the person."""
        return await self._or_closed(self._everyone(team, channel))

    def later(self, incoming: Incoming) -> Callable[[], Reader]:
        """`of` at any later moment, for other threads than the loop's; they wait for it."""
        loop = asyncio.get_running_loop()

        def reader() -> Reader:
            if loop.is_closed():
                return ANYONE
            try:
                return asyncio.run_coroutine_threadsafe(self.of(incoming), loop).result(2 * _PATIENCE)
            except Exception:
                return ANYONE

        return reader

    def heard(self, event: Mapping[str, Any]) -> None:
        """Forget what one of the CHANGES makes untrue."""
        what = str(event["type"])
        if what == "user_change":
            user = str(event["user"]["id"])
            self._users.drop(lambda key: key[1] == user)
        elif what in GROUPS:
            self._groups.drop(lambda _: True)
        else:
            self._members.drop(lambda key: key[1] == event["channel"])

    async def _or_closed(self, reader: Coroutine[Any, Any, Reader]) -> Reader:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await reader
        except Exception as error:
            self._complain(code_of(error) if isinstance(error, SlackApiError) else type(error).__name__)
            return ANYONE

    def _complain(self, cause: str) -> None:
        """Say that rights are closed, each cause once an hour, and nothing of whose they are."""
        if self._now() - self._complained.get(cause, float("-inf")) > _AN_HOUR:
            self._complained[cause] = self._now()
            log.warning("nobody's rights can be told (%s): public documents only", cause)

    async def _alone(self, team: str, person: str) -> Reader:
        company = await self._company(team)
        return company.alone(person) if await self._all_inside(team, [person], company) else ANYONE

    async def _among(self, team: str, channel: str, person: str) -> Reader:
        company = await self._company(team)
        if not await self._all_inside(team, [person], company):
            return ANYONE
        members = await self._members.get((team, channel))
        if members is None or not await self._all_inside(team, members, company):
            return ANYONE
        return company.among(person, members)

    async def _everyone(self, team: str, channel: str) -> Reader:
        company = await self._company(team)
        members = await self._members.get((team, channel))
        if not members or not await self._all_inside(team, members, company):
            return ANYONE
        return company.among(min(members), members)

    async def _company(self, team: str) -> Company:
        """Who is known now; the same object for as long as nothing of it changes."""
        directory = await asyncio.to_thread(self._people.directory)
        if directory is not self._directory:
            self._directory, self._names_groups = directory, bool(directory.slack_groups())
        groups = await self._groups.get(team) if self._names_groups else {}
        company = self._companies.get(team)
        if company is None or company.directory is not directory or company.groups != groups:
            company = self._companies[team] = Company(directory, groups)
        return company

    async def _all_inside(self, team: str, users: Collection[str], company: Company) -> bool:
        """Whether each is somebody we know and, as Slack says, one of our own."""
        if not all(map(company.knows, users)):
            return False
        unknown = [each for each in users if self._users.peek((team, each)) is None]
        await asyncio.gather(*(self._users.get((team, each)) for each in unknown))
        return all([await self._users.get((team, each)) for each in users])

    async def _ask_user(self, key: tuple[str, str]) -> bool:
        """Whether somebody is a full member of the workspace; what Slack leaves unsaid counts against them."""
        team, user = key
        async with self._asking:
            said = (await (await self._client_of(team)).users_info(user=user))["user"]
        _, workspace = await self._ourselves.get(team)
        ours = said.get("team_id") == workspace and not said.get("is_stranger")
        return ours and all(said.get(each) is False for each in _MUST_BE_FALSE)

    async def _ask_members(self, key: tuple[str, str]) -> frozenset[str] | None:
        """The members of a channel but for ourselves; None, and no further page, once one is an outsider.

        A public channel is read by whoever looks, member or not: it is as open as one with an outsider.
        """
        team, channel = key
        client, company = await self._client_of(team), await self._company(team)
        if not await _closed_to_others(client, channel):
            return None
        ourselves, _ = await self._ourselves.get(team)
        found: set[str] = set()
        cursor = ""
        while True:
            page = await client.conversations_members(channel=channel, limit=_PAGE, cursor=cursor or None)
            members = set(page["members"]) - {ourselves}
            if not await self._all_inside(team, members, company):
                return None
            found |= members
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return frozenset(found)

    async def _ask_groups(self, team: str) -> Mapping[str, frozenset[str]]:
        """The members of every user group that is in use, by its id."""
        said = await (await self._client_of(team)).usergroups_list(include_users=True)
        return {str(each["id"]): frozenset(each.get("users") or ()) for each in said["usergroups"]}

    async def _ask_ourselves(self, team: str) -> tuple[str, str]:
        """Our own user id, and the workspace we are installed in: an event may name its sender's."""
        said = await (await self._client_of(team)).auth_test()
        return str(said["user_id"]), str(said["team_id"])


async def _closed_to_others(client: AsyncWebClient, channel: str) -> bool:
    """Whether only members can read a channel, and all of them are of one workspace, as far as Slack says."""
    said = (await client.conversations_info(channel=channel))["channel"]
    private = said.get("is_private") is True or said.get("is_mpim") is True
    return private and not said.get("is_ext_shared")
