"""Who may read what, asked of a workspace over HTTP: members are known, outsiders and doubts are closed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from integrations.people import People
from integrations.slack.incoming import Incoming
from integrations.slack.manifest import manifest
from integrations.slack.rights import GROUPS_AGE, MEMBERS_AGE, USER_AGE, Rights
from knowledge.access import ANYONE, Audience, Reader
from tests.fakes.slack_workspace import Rates, Timing, Workspace, serving

PEOPLE = """
people:
  Mei: {slack: U1}
  Ken: {slack: U2}
  Ana: {slack: U3}
groups:
  coaches: ["slack:S1"]
  north: [Mei, Ana]
accounts:
  Aurora Grid: [Mei]
"""
NORTH = Audience.of("north")


class Clock:
    """A clock that tests turn."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


Play = Callable[[Workspace, Rights, Clock], Awaitable[None]]


@asynccontextmanager
async def workspace(home: Path, less: tuple[str, ...] = ()) -> AsyncIterator[tuple[Workspace, Rights, Clock]]:
    made = manifest()
    scopes = made["oauth_config"]["scopes"]
    scopes["bot"] = [each for each in scopes["bot"] if each not in less]
    (home / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    async with (
        serving(manifest=made, timing=Timing(time_scale=0.02), rates=Rates(on=False)) as slack,
        aiohttp.ClientSession() as session,
    ):
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=session)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        clock = Clock()
        yield slack, Rights(People(home / "people.yaml"), client_of, clock), clock
        assert slack.complaints == []


def play(home: Path, act: Play, less: tuple[str, ...] = ()) -> None:
    async def played() -> None:
        async with workspace(home, less) as (slack, rights, clock):
            await act(slack, rights, clock)

    asyncio.run(played())


def test_a_person_alone_goes_by_their_name_their_groups_and_their_accounts_teams(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert (await rights.alone("T1", "U1")).names == {"mei", "north", "team of aurora grid"}

    play(tmp_path, act)


def test_a_slack_user_group_that_the_directory_names_counts(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert "coaches" in (await rights.alone("T1", "U3")).names
        assert "coaches" not in (await rights.alone("T1", "U1")).names

    play(tmp_path, act)


def test_a_user_group_out_of_use_counts_for_nothing(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.admin.disable("S1")
        assert "coaches" not in (await rights.alone("T1", "U3")).names

    play(tmp_path, act)


def test_in_a_channel_only_what_every_member_may_read_may_be_used(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        both = await rights.among("T1", "C2", "U1")
        assert both.may_read(NORTH)
        assert not both.may_read(Audience.of("mei"))
        assert not (await rights.among("T1", "C1", "U1")).may_read(NORTH)

    play(tmp_path, act)


def test_a_public_channel_is_read_by_everyone_whoever_its_members_are(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.add_channel("C7", "open", ["U1"], kind="public")
        slack.add_channel("C8", "closed", ["U1"], kind="private")
        assert await rights.among("T1", "C7", "U1") == ANYONE
        assert (await rights.among("T1", "C8", "U1")).may_read(NORTH)

    play(tmp_path, act)


def test_the_bot_is_no_reader_of_its_channels(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert slack.bot_user in slack.state.channels["C2"].members
        assert (await rights.among("T1", "C2", "U1")).may_read(NORTH)

    play(tmp_path, act)


OUTSIDERS: dict[str, dict[str, object]] = {
    "a guest": {"guest": True},
    "a guest of one channel": {"single_channel_guest": True},
    "a bot": {"bot": True},
    "a deactivated person": {"deactivated": True},
    "a person of another workspace": {"team": "T2"},
}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_outsider_reads_public_documents_only_even_when_the_directory_knows_them(tmp_path: Path, who: str) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.add_team("T2", "Hillside")
        for name, value in OUTSIDERS[who].items():
            setattr(slack.state.users["U3"], name, value)
        assert await rights.alone("T1", "U3") == ANYONE

    play(tmp_path, act)


@pytest.mark.parametrize("who", [*OUTSIDERS, "somebody the directory does not know"])
def test_one_outsider_in_a_channel_closes_it_for_everyone(tmp_path: Path, who: str) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.add_team("T2", "Hillside")
        slack.state.channels["C2"].shared_with.add("T2")
        slack.add_user("U8", "zoe")
        if who in OUTSIDERS:
            for name, value in OUTSIDERS[who].items():
                setattr(slack.state.users["U3"], name, value)
        else:
            slack.state.channels["C2"].members.add("U8")
        assert await rights.among("T1", "C2", "U1") == ANYONE

    play(tmp_path, act)


def test_a_person_of_another_workspace_is_an_outsider_even_where_the_event_names_their_own(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.add_team("T2", "Hillside")
        slack.state.users["U3"].team = "T2"
        assert await rights.alone("T2", "U3") == ANYONE

    play(tmp_path, act)


def test_members_are_read_page_by_page_and_no_further_than_the_first_outsider(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        many = [f"U7{number:03}" for number in range(450)]
        known = "".join(f"  P{each}: {{slack: {each}}}\n" for each in many)
        (tmp_path / "people.yaml").write_text(
            f"people:\n  Mei: {{slack: U1}}\n{known}groups: {{all: [Mei]}}\n", "utf-8"
        )
        for each in many:
            slack.add_user(each, each.lower())
        slack.add_channel("C5", "all", ["U1", *many], kind="private")
        reader = await rights.among("T1", "C5", "U1")
        assert len(reader.beside) == 450
        assert len(slack.calls("conversations.members")) == 3
        rights.heard({"type": "member_joined_channel", "channel": "C5"})
        slack.add_user("U0000", "first")
        slack.state.channels["C5"].members.add("U0000")
        assert await rights.among("T1", "C5", "U1") == ANYONE
        assert len(slack.calls("conversations.members")) == 4

    play(tmp_path, act)


def test_what_slack_said_is_asked_again_once_it_is_too_old(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        async def asked() -> tuple[int, ...]:
            await rights.among("T1", "C2", "U1")
            methods = ("conversations.members", "usergroups.list", "users.info")
            return tuple(len(slack.calls(each)) for each in methods)

        assert await asked() == await asked() == (1, 1, 2)
        clock.now += max(MEMBERS_AGE, GROUPS_AGE) + 1
        assert await asked() == (2, 2, 2)
        clock.now += USER_AGE
        assert await asked() == (3, 3, 4)
        assert len(slack.calls("auth.test")) == 1

    play(tmp_path, act)


def test_a_change_is_seen_at_once_when_slack_tells_of_it(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert (await rights.among("T1", "C2", "U1")).may_read(NORTH)
        slack.state.channels["C2"].members.add("U2")
        rights.heard({"type": "member_joined_channel", "channel": "C2"})
        assert not (await rights.among("T1", "C2", "U1")).may_read(NORTH)
        slack.state.channels["C2"].members.discard("U2")
        rights.heard({"type": "member_left_channel", "channel": "C2"})
        assert (await rights.among("T1", "C2", "U1")).may_read(NORTH)
        slack.state.users["U3"].guest = True
        rights.heard({"type": "user_change", "user": {"id": "U3"}})
        assert await rights.among("T1", "C2", "U1") == ANYONE

    play(tmp_path, act)


def test_a_change_of_a_user_group_is_seen_at_once_when_slack_tells_of_it(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert "coaches" in (await rights.alone("T1", "U3")).names
        slack.state.groups["S1"].members = ["U1"]
        rights.heard({"type": "subteam_members_changed", "subteam_id": "S1"})
        assert "coaches" not in (await rights.alone("T1", "U3")).names
        assert "coaches" in (await rights.alone("T1", "U1")).names

    play(tmp_path, act)


def test_somebody_who_joins_while_members_are_being_asked_for_is_not_missed(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert (await rights.alone("T1", "U1")).names
        slack.faults.slow(0.3, "users.info")
        asking = asyncio.create_task(rights.among("T1", "C2", "U1"))
        await slack.eventually(lambda: len(slack.calls("users.info")) == 2)
        slack.state.channels["C2"].members.add("U2")
        rights.heard({"type": "member_joined_channel", "channel": "C2"})
        assert not (await asking).may_read(NORTH)

    play(tmp_path, act)


def test_many_at_once_ask_slack_once(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        await asyncio.gather(*(rights.among("T1", "C2", "U1") for _ in range(30)))
        assert len(slack.calls("conversations.members")) == 1
        assert len(slack.calls("users.info")) == 2

    play(tmp_path, act)


METHODS = ("users.info", "conversations.members", "usergroups.list", "auth.test")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fault", ["refuse", "fail", "cut"])
def test_when_slack_cannot_be_asked_rights_are_closed_until_it_can(
    tmp_path: Path, method: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        more = ("fatal_error",) if fault == "refuse" else ()
        getattr(slack.faults, fault)(method, *more, times=20)
        with caplog.at_level(logging.WARNING):
            assert [await rights.among("T1", "C2", "U1") for _ in range(3)] == [ANYONE] * 3
        for each in slack.faults._calls:
            each.times = 0
        assert (await rights.among("T1", "C2", "U1")).may_read(NORTH)

    play(tmp_path, act)
    told = [each.getMessage() for each in caplog.records if "rights can be told" in each.getMessage()]
    assert len(told) == 1
    assert not [each for each in told if any(name in each for name in ("U1", "C2", "Mei", "north"))]


@pytest.mark.parametrize("scope", ["users:read", "groups:read", "usergroups:read"])
def test_without_a_scope_rights_are_closed(tmp_path: Path, scope: str) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert await rights.among("T1", "C2", "U1") == ANYONE

    play(tmp_path, act, less=(scope,))


def test_a_broken_directory_closes_everything_and_a_mended_one_opens_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        assert (await rights.alone("T1", "U1")).names
        (tmp_path / "people.yaml").write_text("people: {Mei: {slack: U1}, Ana: {slack: U1}}", "utf-8")
        assert await rights.alone("T1", "U1") == await rights.among("T1", "C2", "U1") == ANYONE
        (tmp_path / "people.yaml").write_text(PEOPLE, "utf-8")
        assert (await rights.alone("T1", "U1")).names

    play(tmp_path, act)
    assert "WrongPeople" in caplog.text
    assert "Mei" not in caplog.text


def test_without_a_directory_nobody_is_known_and_slack_is_asked_nothing(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        (tmp_path / "people.yaml").unlink()
        assert await rights.among("T1", "C2", "U1") == ANYONE
        assert slack.calls() == []

    play(tmp_path, act)


def test_a_direct_message_and_a_private_answer_have_one_reader_a_channel_has_all(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        async def of(surface: str) -> Reader:
            return await rights.of(Incoming("E", "T1", "C2", "U1", "?", surface))  # type: ignore[arg-type]

        assert await of("direct") == await of("private") == await rights.alone("T1", "U1")
        assert await of("thread") == await rights.among("T1", "C2", "U1")
        assert (await of("thread")).beside

    play(tmp_path, act)


def test_another_thread_learns_of_the_rights_of_a_later_moment(tmp_path: Path) -> None:
    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        later = rights.later(Incoming("E", "T1", "C2", "U1", "?", "private"))
        assert (await asyncio.to_thread(later)).may_read(NORTH)
        (tmp_path / "people.yaml").write_text("people: {Mei: {slack: U1}}", "utf-8")
        assert not (await asyncio.to_thread(later)).may_read(NORTH)

    play(tmp_path, act)


def test_once_the_loop_is_gone_nobody_has_rights(tmp_path: Path) -> None:
    kept: list[Callable[[], Reader]] = []

    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        kept.append(rights.later(Incoming("E", "T1", "C2", "U1", "?", "private")))

    play(tmp_path, act)
    assert kept[0]() == ANYONE


def test_slack_that_does_not_answer_leaves_rights_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.slack.rights._PATIENCE", 0.1)

    async def act(slack: Workspace, rights: Rights, clock: Clock) -> None:
        slack.faults.slow(0.5, "conversations.members")
        assert await rights.among("T1", "C2", "U1") == ANYONE
        assert (await rights.alone("T1", "U1")).may_read(NORTH)
        # The question is still on its way; the workspace closes only once it was answered.
        await slack.eventually(lambda: slack.calls("conversations.members")[0].reply)
        await asyncio.sleep(0.1)

    play(tmp_path, act)
