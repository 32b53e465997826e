"""What each surface shows to whom: `coach slack` as a process, over a library with something to hide."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.slack_workspace import Message, Workspace, shown
from tests.integrations.slack.confidential import (
    CANARY,
    FIX,
    MORE,
    PEOPLE,
    QUESTION,
    company,
    library,
    only_for,
    replies,
    seen_by,
    settled,
)
from tests.integrations.slack.processes import coach, kill

Place = tuple[Workspace, Path]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = library(tmp_path_factory.mktemp("home"))
    with company() as slack, coach(slack, home):
        yield slack, home


@pytest.fixture
def place(running: Place) -> Iterator[Place]:
    """One bot for all tests that leave people.yaml alone; each opens a channel of its own."""
    slack, home = running
    slack.state.ephemerals.clear()
    slack.state.stacks.clear()
    yield running
    settled(slack, home)
    assert slack.complaints == []
    assert CANARY not in (home / "bot-0.log").read_text("utf-8")


@pytest.fixture
def channel(place: Place, request: pytest.FixtureRequest) -> Iterator[str]:
    """A private channel of Mei and Ana, whom everything is open to."""
    slack, _ = place
    name = f"C{abs(hash(request.node.name)) % 10**9}"
    slack.add_channel(name, "deal", ["U1", "U3"], kind="private")
    yield name
    del slack.state.channels[name]


def test_in_direct_messages_each_sees_what_is_open_to_them(place: Place) -> None:
    slack, _ = place
    (for_mei,), (for_ken,), (for_gil,) = (replies(slack, slack.user(each).dm(QUESTION)) for each in ("U1", "U2", "U5"))
    assert CANARY in shown(for_mei).lower()
    assert CANARY not in shown(for_ken).lower()
    assert CANARY not in shown(for_gil).lower()
    assert all(FIX in shown(each) for each in (for_mei, for_ken, for_gil))
    assert slack.ephemerals("U1") == []


def test_a_command_and_a_shortcut_answer_with_the_rights_of_who_used_them(place: Place) -> None:
    slack, _ = place
    slack.user("U1").slash("/coach", QUESTION, "C1")
    assert CANARY in shown(only_for(slack, "U1")[0]).lower()
    slack.user("U2").slash("/coach", QUESTION, "C1")
    slack.user("U2").shortcut("ask_coach", slack.user("U1").say("C1", QUESTION))
    slack.wait(lambda: len(slack.ephemerals("U2")) == 2)
    assert CANARY not in seen_by(slack, "U2")


def test_a_channel_whose_members_all_may_read_a_document_sees_it(place: Place, channel: str) -> None:
    slack, home = place
    (reply,) = replies(slack, slack.user("U1").mention(channel, QUESTION))
    settled(slack, home)
    assert CANARY in shown(reply).lower()
    assert slack.ephemerals("U1") == []


def test_a_channel_sees_what_all_may_see_and_the_asker_alone_gets_the_rest(place: Place) -> None:
    slack, home = place
    asked = slack.user("U1").mention("C1", QUESTION)
    (reply,) = replies(slack, asked)
    (more,) = only_for(slack, "U1")
    assert FIX in shown(reply)
    assert more.thread_ts == asked.ts
    assert shown(more).startswith(MORE)
    assert CANARY in shown(more).lower()
    assert "Heron rebates" in shown(more)
    assert FIX not in shown(more)
    assert "share" not in str(more.blocks)
    assert CANARY not in seen_by(slack, "U2")
    slack.user("U1").click(more, "open_passage")
    (view,) = slack.wait(lambda: slack.views("U1"))
    assert CANARY in shown(view).lower()


def test_whoever_may_read_no_more_than_the_channel_is_offered_nothing(place: Place) -> None:
    slack, home = place
    replies(slack, slack.user("U2").mention("C1", QUESTION))
    settled(slack, home)
    assert slack.ephemerals("U2") == []


def test_what_only_the_asker_may_read_is_theirs_even_where_the_channel_gets_nothing(place: Place) -> None:
    slack, home = place
    (reply,) = replies(slack, slack.user("U3").mention("C1", "Which rebate did the board approve?"))
    assert "does not answer this" in shown(reply)
    (more,) = only_for(slack, "U3")
    assert "that the board approved in March" in shown(more)


@pytest.mark.parametrize("who", ["guest", "bot", "deactivated", "stranger", "unknown"])
def test_one_outsider_closes_a_channel_and_the_asker_still_gets_theirs(place: Place, channel: str, who: str) -> None:
    slack, home = place
    slack.state.teams.get("T2") or slack.add_team("T2", "Hillside")
    about = {"guest": {"guest": True}, "bot": {"bot": True}, "deactivated": {"deactivated": True}}.get(who, {})
    slack.add_user(f"U6{who}", who, team="T2" if who == "stranger" else "T1", **about)
    if who == "stranger":
        slack.admin.share(channel, "T2")
    slack.user(f"U6{who}").join(channel)
    (reply,) = replies(slack, slack.user("U1").mention(channel, QUESTION))
    (more,) = only_for(slack, "U1")
    assert CANARY not in shown(reply).lower()
    assert CANARY in shown(more).lower()


def test_a_group_of_direct_messages_is_a_channel_of_its_members(place: Place) -> None:
    slack, home = place
    slack.add_channel("G1", "", ["U1", "U3"], kind="mpim")
    slack.add_channel("G2", "", ["U1", "U2"], kind="mpim")
    (together,) = replies(slack, slack.user("U1").mention("G1", QUESTION))
    (mixed,) = replies(slack, slack.user("U1").mention("G2", QUESTION))
    assert CANARY in shown(together).lower()
    assert CANARY not in shown(mixed).lower()
    ignored = slack.user("U1").say("G1", QUESTION)
    settled(slack, home)
    assert slack.replies(ignored) == []


def test_a_member_who_joined_closes_the_next_answer_and_one_who_left_opens_it(place: Place, channel: str) -> None:
    slack, home = place
    assert CANARY in shown(replies(slack, slack.user("U1").mention(channel, QUESTION))[0]).lower()
    slack.user("U2").join(channel)
    slack.wait(lambda: slack.delivered("member_joined_channel")[-1].acked)
    assert CANARY not in shown(replies(slack, slack.user("U1").mention(channel, QUESTION))[0]).lower()
    slack.user("U2").leave(channel)
    slack.wait(lambda: slack.delivered("member_left_channel")[-1].acked)
    assert CANARY in shown(replies(slack, slack.user("U1").mention(channel, QUESTION))[0]).lower()


def test_a_passage_opens_for_whoever_may_read_it_now(place: Place, channel: str) -> None:
    slack, home = place
    (reply,) = replies(slack, slack.user("U1").mention(channel, QUESTION))
    secret = secret_button(reply)
    slack.user("U2").join(channel)
    slack.user("U2").click(reply, "open_passage", value=secret)
    (view,) = slack.wait(lambda: slack.views("U2"))
    assert CANARY not in shown(view).lower()
    slack.user("U3").click(reply, "open_passage", value=secret)
    (view,) = slack.wait(lambda: slack.views("U3"))
    assert CANARY in shown(view).lower()


def secret_button(message: Message) -> str:
    """The value of the button that opens the confidential passage."""
    sections = (each for each in message.blocks if each["type"] == "section")
    return next(str(each["accessory"]["value"]) for each in sections if "Heron" in str(each["text"]))


def test_an_answer_is_shared_only_where_everyone_may_read_all_of_it_now(place: Place, channel: str) -> None:
    slack, home = place
    slack.user("U1").slash("/coach", QUESTION, channel)
    (private,) = only_for(slack, "U1")
    slack.user("U1").click(private, "share")
    (shared,) = slack.wait(lambda: [each for each in slack.messages(channel) if each.bot])
    assert CANARY in shown(shared).lower()
    slack.user("U2").join(channel)
    slack.wait(lambda: slack.delivered("member_joined_channel")[-1].acked)
    slack.user("U1").click(private, "share")
    assert "cannot share" in shown(only_for(slack, "U1", since=1)[0])
    assert len([each for each in slack.messages(channel) if each.bot]) == 1


def test_somebody_elses_answer_cannot_be_shared(place: Place, channel: str) -> None:
    slack, home = place
    slack.user("U1").slash("/coach", QUESTION, channel)
    (private,) = only_for(slack, "U1")
    private.ephemeral_to = "U3"
    slack.user("U3").click(private, "share")
    slack.wait(lambda: len(slack.ephemerals("U3")) == 2)
    assert [each for each in slack.messages(channel) if each.bot] == []


def test_a_thread_begun_by_one_of_the_deal_tells_nothing_to_whoever_goes_on_with_it(place: Place) -> None:
    slack, home = place
    asked = slack.user("U1").mention("C1", QUESTION)
    replies(slack, asked)
    settled(slack, home)
    slack.user("U2").say("C1", "And which rebate did the board approve?", thread_ts=asked.ts)
    slack.wait(lambda: len(slack.replies(asked)) == 2)
    settled(slack, home)
    assert CANARY not in seen_by(slack, "U2")
    assert slack.ephemerals("U2") == []


def test_who_goes_on_with_their_own_thread_gets_the_rest_of_that_as_well(place: Place) -> None:
    slack, home = place
    asked = slack.user("U1").mention("C1", QUESTION)
    only_for(slack, "U1")
    slack.user("U1").say("C1", "And which rebate did the board approve?", thread_ts=asked.ts)
    assert CANARY in shown(only_for(slack, "U1", since=1)[0]).lower()
    assert CANARY not in seen_by(slack, "U2")


def test_a_question_asked_in_private_begins_no_thread_for_others(place: Place) -> None:
    slack, home = place
    root = slack.user("U2").say("C1", "Morning all.")
    said = slack.user("U2").say("C1", "How do we treat a quiet account?", thread_ts=root.ts)
    slack.user("U1").shortcut("ask_coach", said)
    only_for(slack, "U1")
    slack.user("U2").say("C1", "What do we offer them?", thread_ts=root.ts)
    settled(slack, home)
    assert slack.replies(root) == []


def test_votes_and_calls_for_a_coach_show_nothing_of_the_answer(place: Place, channel: str) -> None:
    slack, home = place
    (reply,) = replies(slack, slack.user("U1").mention(channel, QUESTION))
    slack.user("U2").join(channel)
    slack.user("U2").click(reply, "feedback", index=1)
    slack.user("U2").click(reply, "feedback", index=0)
    slack.user("U2").click(reply, "ask_coach")
    slack.wait(lambda: slack.views("U2") and len(slack.ephemerals("U2")) == 2)
    told = [shown(each) for each in (*slack.views("U2"), *slack.ephemerals("U2"))]
    assert CANARY not in "\n".join(told).lower()


def test_a_home_shows_ones_own_questions_and_counts_what_one_may_read(place: Place) -> None:
    slack, home = place
    slack.user("U1").slash("/coach", "Is the rebate for quiet accounts?", "C1")
    only_for(slack, "U1")
    slack.user("U1").open_home()
    slack.user("U3").open_home()
    slack.user("U2").open_home()
    mine, ana, ken = (slack.wait(lambda user=user: slack.home(user)) for user in ("U1", "U3", "U2"))
    assert "2 documents" in shown(mine)
    assert "Is the rebate for quiet accounts?" in shown(mine)
    assert "2 documents" in shown(ana)
    assert "1 份文件" in shown(ken)
    assert "Is the rebate" not in shown(ana) + shown(ken)


# With people.yaml, or the process, changed on the way


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Place]:
    home = library(tmp_path / "home")
    with company() as slack:
        yield slack, home


def revoke(home: Path) -> None:
    (home / "people.yaml").write_text(PEOPLE.replace("[Mei, Ana, Gil]", "[Ana, Gil]"), encoding="utf-8")


def test_a_broken_directory_leaves_public_documents_only_until_it_is_mended(own: Place) -> None:
    slack, home = own
    with coach(slack, home):
        (home / "people.yaml").write_text("people: [", encoding="utf-8")
        (reply,) = replies(slack, slack.user("U1").dm(QUESTION))
        assert FIX in shown(reply)
        assert CANARY not in shown(reply).lower()
        (home / "people.yaml").write_text(PEOPLE, encoding="utf-8")
        (reply,) = replies(slack, slack.user("U1").dm(QUESTION))
        assert CANARY in shown(reply).lower()
    assert (home / "bot-0.log").read_text("utf-8").count("rights can be told") == 1


def test_without_slacks_word_on_members_a_channel_gets_public_documents_only(own: Place) -> None:
    slack, home = own
    with coach(slack, home):
        slack.faults.refuse("conversations.members", "fatal_error", times=9)
        (reply,) = replies(slack, slack.user("U1").mention("C2", QUESTION))
        assert FIX in shown(reply)
        assert CANARY not in shown(reply).lower()


def test_trying_again_counts_the_rights_of_now(own: Place) -> None:
    slack, home = own
    with coach(slack, home):
        slack.faults.refuse("chat.postMessage", "internal_error")
        asked = slack.user("U1").mention("C2", QUESTION)
        (failed,) = only_for(slack, "U1")
        revoke(home)
        slack.user("U1").click(failed, "retry")
        (reply,) = replies(slack, asked)
        settled(slack, home)
    assert FIX in shown(reply)
    assert CANARY not in seen_by(slack, "U1")


def test_a_question_taken_up_after_a_restart_counts_the_rights_of_now(own: Place) -> None:
    slack, home = own
    with coach(slack, home) as first:
        slack.faults.slow(30.0, "chat.postMessage")
        asked = slack.user("U1").mention("C2", QUESTION)
        slack.wait(lambda: slack.calls("chat.postMessage"))
        kill(first)
        slack.faults.slow(0.0, "chat.postMessage")
    revoke(home)
    with sqlite3.connect(home / "catalogue.sqlite") as database:
        database.execute("update slack_inbox set lease = 0")
    database.close()
    with coach(slack, home):
        (reply,) = replies(slack, asked)
        settled(slack, home)
    assert FIX in shown(reply)
    assert CANARY not in seen_by(slack, "U1")
