"""The fake Slack workspace, driven by the real slack-bolt and slack-sdk: what a bot may rely on, and each fault."""

import asyncio
import inspect
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack_workspace import App, Impossible, Rates, Timing, Window, Workspace, browser, running, shown
from tests.fakes.slack_workspace.web_api.registry import EVERYWHERE, FACE, METHODS

PLAIN = {"type": "plain_text", "text": "Why?"}
VOTES = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "vote",
            "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "up"},
            "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "down"},
        }
    ],
}
WHY = {
    "type": "modal",
    "callback_id": "why",
    "title": PLAIN,
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": PLAIN,
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 100},
        }
    ],
}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def sample_bot(app: AsyncApp) -> None:
    """A small bot with one listener for each thing the workspace can send."""
    _conversing(app)
    _surfacing(app)
    _interacting(app)


def _conversing(app: AsyncApp) -> None:
    @app.event("app_mention")
    async def mention(event: dict[str, Any], set_status: Any, say_stream: Any) -> None:
        await set_status(status="is reading", loading_messages=["page one"])
        stream = await say_stream(buffer_size=1)
        for part in ("one ", "two ", "three"):
            await stream.append(markdown_text=part)
            await asyncio.sleep(0.15 if "slowly" in event["text"] else 0)
        await stream.stop(blocks=[VOTES])

    @app.event("message")
    async def direct(event: dict[str, Any], say: Any) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype"):
            await say(text=f"echo: {event['text']}", thread_ts=event["ts"])


def _surfacing(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Hello")]})
        else:
            prompts = [{"title": "Quiet", "message": "How do we win back a quiet account?"}]
            await client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)

    @app.event("agent_session_stopped")
    async def stopped(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["thread_ts"], text="Stopped.")


def _interacting(app: AsyncApp) -> None:
    @app.command("/coach")
    async def command(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        await ack("Working on it")
        await respond(text=f"private: {command['text']}")

    @app.shortcut("ask_coach")
    async def shortcut(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=WHY)

    @app.action("vote")
    async def vote(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=WHY)

    @app.view("why")
    async def why(ack: Any, view: dict[str, Any]) -> None:
        reason = view["state"]["values"]["reason"]["text"]["value"]
        if len(reason) < 5:
            await ack(response_action="errors", errors={"reason": "A little more, please"})
        else:
            await ack()


class Bot:
    """The sample bot in a thread and loop of its own, over the sockets of a workspace."""

    def __init__(self, slack: Workspace, sockets: int = 1, listeners: Callable[[AsyncApp], None] = sample_bot) -> None:
        self._slack, self._sockets, self._listeners = slack, sockets, listeners
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._handlers: list[AsyncSocketModeHandler] = []

    def __enter__(self) -> "Bot":
        self._thread.start()
        self._run(self._connect())
        self._slack.wait(lambda: len(self._slack.sockets.connections) == self._sockets)
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _connect(self) -> None:
        self._session = ClientSession()
        client = AsyncWebClient(self._slack.bot_token, base_url=self._slack.api_url, session=self._session)
        app = AsyncApp(client=client, signing_secret=self._slack.app.signing_secret)
        self._listeners(app)
        for _ in range(self._sockets):
            handler = AsyncSocketModeHandler(app, self._slack.app.app_token, ping_interval=1)
            await handler.connect_async()
            self._handlers.append(handler)

    async def _close(self) -> None:
        for handler in self._handlers:
            await handler.close_async()
        await self._session.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running(timing=Timing(time_scale=0.005)) as workspace:
        yield workspace


@pytest.fixture
def bot(slack: Workspace) -> Iterator[Bot]:
    with Bot(slack) as started:
        yield started


@pytest.fixture
def client(slack: Workspace) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url)


def refused(call: Callable[[], Any]) -> Any:
    """The response of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as refusal:
        call()
    return refusal.value.response


# A bot over Socket Mode


def test_a_mention_is_answered_in_a_stream_with_a_status_before_it(slack: Workspace, bot: Bot) -> None:
    asked = slack.user("U1").mention("C1", "How?")
    answer = slack.wait(lambda: [m for m in slack.replies(asked) if m.stream and m.stream.state == "completed"])[0]
    assert answer.text == "one two three"
    assert answer.versions == ["", "one ", "one two ", "one two three"]
    assert answer.blocks == [VOTES]
    history = slack.status_history("C1", asked.ts)
    assert [(each.status, each.automatic) for each in history] == [("is reading", False), ("", True)]
    assert slack.status("C1", asked.ts) == ""
    assert slack.complaints == []


def test_a_mention_comes_as_both_events_and_each_is_acked_once(slack: Workspace, bot: Bot) -> None:
    asked = slack.user("U1").mention("C1", "How?")
    both = slack.deliveries_of(asked)
    assert [each.type for each in both] == ["message", "app_mention"]
    slack.wait(lambda: all(each.done for each in both))
    assert all(each.acked and each.retries == 0 for each in both)
    assert all(seconds < 1 for seconds in slack.ack_latencies("app_mention"))


def test_a_direct_message_is_answered_in_its_thread(slack: Workspace, bot: Bot) -> None:
    asked = slack.user("U2").dm("您好")
    assert slack.wait(lambda: slack.replies(asked))[0].text == "echo: 您好"
    assert asked.channel == slack.dm("U2")


def test_a_slash_command_is_answered_to_its_asker_alone(slack: Workspace, bot: Bot) -> None:
    slack.user("U1").slash("/coach", "how?", "C1")
    slack.wait(lambda: len(slack.ephemerals("U1", "C1")) == 2)
    assert {each.text for each in slack.ephemerals("U1")} == {"Working on it", "private: how?"}
    assert slack.ephemerals("U2") == []
    assert slack.messages("C1") == []


def test_a_shortcut_opens_a_modal_whose_submission_can_be_refused_and_then_taken(slack: Workspace, bot: Bot) -> None:
    person = slack.user("U1")
    person.shortcut("ask_coach", slack.user("U2").say("C1", "An odd contract"))
    modal = slack.wait(lambda: slack.views("U1"))[0]
    with pytest.raises(Impossible, match="required"):
        person.submit(modal)
    person.submit(modal, {"reason": "bad"})
    slack.wait(lambda: modal.errors)
    assert modal.errors == {"reason": "A little more, please"}
    person.submit(modal, {"reason": "It cites the wrong page"})
    slack.wait(lambda: not slack.views("U1"))


def test_a_vote_under_an_answer_reaches_the_bot(slack: Workspace, bot: Bot) -> None:
    asked = slack.user("U1").mention("C1", "How?")
    answer = slack.wait(lambda: [m for m in slack.replies(asked) if m.blocks])[0]
    voted = slack.user("U3").click(answer, "vote", "down")
    slack.wait(lambda: slack.views("U3"))
    assert voted.payload["actions"][0]["value"] == "down"


def test_the_home_and_the_suggested_prompts_come_when_they_are_opened(slack: Workspace, bot: Bot) -> None:
    person = slack.user("U1")
    person.open_home()
    person.open_agent_view(looking_at="C1")
    assert shown(slack.wait(lambda: slack.home("U1"))) == "Hello"
    prompts = slack.wait(lambda: slack.prompts("U1"))
    assert prompts is not None
    assert prompts["prompts"][0]["title"] == "Quiet"


def test_stop_ends_the_stream_and_tells_the_bot(slack: Workspace, bot: Bot) -> None:
    asked = slack.user("U1").mention("C1", "slowly, please")
    answer = slack.wait(lambda: slack.replies(asked))[0]
    slack.user("U1").press_stop(answer)
    slack.wait(lambda: [m for m in slack.replies(asked) if m.text == "Stopped."])
    slack.wait(lambda: any(call.error == "stopped_by_user" for call in slack.calls()))
    assert answer.text != "one two three"


def test_events_go_round_the_connections(slack: Workspace) -> None:
    with Bot(slack, sockets=3):
        chosen = [slack.sockets.next_connection() for _ in range(6)]
        assert [chosen.count(each) for each in slack.sockets.connections] == [2, 2, 2]
        slack.user("U1").dm("hello")
        slack.wait(lambda: slack.delivered("message")[0].acked)


# Socket faults


@pytest.mark.parametrize("fault", ["end", "reset", "close", "refresh"])
def test_a_bot_that_loses_its_socket_comes_back_and_answers(slack: Workspace, bot: Bot, fault: str) -> None:
    assert getattr(slack.faults, fault)() == 1
    slack.wait(lambda: slack.sockets.opened == 2, timeout=8)
    asked = slack.user("U1").dm("still there?")
    slack.wait(lambda: slack.replies(asked))


def test_a_black_hole_swallows_what_is_sent_and_the_bot_notices(slack: Workspace, bot: Bot) -> None:
    slack.timing.ack = 0.3
    slack.faults.black_hole(ghost=True)
    slack.user("U1").dm("lost")
    lost = slack.wait(lambda: [each for each in slack.delivered("message") if each.done])[0]
    assert [attempt.failure for attempt in lost.attempts] == ["timeout"] * 4
    slack.wait(lambda: slack.sockets.opened == 2, timeout=10)
    asked = [slack.user("U1").dm(f"question {number}") for number in range(2)]
    slack.wait(lambda: all(slack.replies(each) for each in asked))


def test_a_refresh_under_load_loses_nothing(slack: Workspace) -> None:
    slack.rates.on = False
    with Bot(slack, sockets=2):
        asked = [slack.user("U1").dm(f"question {number}") for number in range(10)]
        slack.faults.refresh()
        asked += [slack.user("U2").dm(f"question {number}") for number in range(10)]
        slack.wait(lambda: all(len(slack.replies(each)) == 1 for each in asked), timeout=8)


def test_a_lost_ack_brings_the_event_again_with_the_same_id(slack: Workspace) -> None:
    seen: list[tuple[str, int]] = []

    def listeners(app: AsyncApp) -> None:
        @app.event("message")
        async def note(body: dict[str, Any], request: Any) -> None:
            seen.append((body["event_id"], int((request.headers.get("x-slack-retry-num") or ["0"])[0])))

    slack.timing.ack = 0.2
    with Bot(slack, listeners=listeners):
        slack.faults.lose_acks()
        slack.user("U1").dm("twice?")
        delivery = slack.wait(lambda: [each for each in slack.delivered("message") if each.acked])[0]
    assert [number for _, number in seen] == [0, 1]
    assert len({event for event, _ in seen}) == 1
    assert [attempt.reason for attempt in delivery.attempts] == ["", "timeout"]


def test_an_event_can_come_twice_and_events_can_come_in_the_wrong_order(slack: Workspace) -> None:
    seen: list[str] = []

    def listeners(app: AsyncApp) -> None:
        @app.event("message")
        async def note(event: dict[str, Any]) -> None:
            seen.append(event["text"])

    with Bot(slack, listeners=listeners):
        slack.faults.duplicate()
        slack.user("U1").dm("twin")
        slack.wait(lambda: len(seen) == 2)
        with slack.faults.reordered():
            slack.user("U1").dm("first")
            slack.user("U1").dm("second")
        slack.wait(lambda: len(seen) == 4)
    assert seen == ["twin", "twin", "second", "first"]


def test_without_a_bot_events_are_retried_and_commands_fail_in_front_of_the_person(slack: Workspace) -> None:
    slack.user("U1").dm("anyone?")
    slack.user("U1").slash("/coach", "anyone?", "C1")
    delivery = slack.wait(lambda: [each for each in slack.delivered("message") if each.done])[0]
    assert [attempt.failure for attempt in delivery.attempts] == ["no connection"] * 4
    slack.wait(lambda: slack.refusals)
    assert "operation_timeout" in slack.refusals[0].text


def test_a_ticket_opens_one_socket(slack: Workspace) -> None:
    async def twice() -> list[int]:
        url = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app.app_token)
        async with ClientSession() as session:
            async with session.ws_connect(url["url"]) as socket:
                hello = await socket.receive_json()
            async with session.get(url["url"].replace("ws", "http", 1)) as second:
                return [hello["num_connections"], second.status]

    assert asyncio.run(twice()) == [1, 401]


# The Web API


def test_a_call_without_its_scope_fails_as_slack_does(slack: Workspace, client: WebClient) -> None:
    response = refused(lambda: client.conversations_info(channel="C1"))
    assert response["error"] == "missing_scope"
    assert response["needed"] == "channels:read"
    assert "chat:write" in response["provided"]


def test_tokens_are_of_the_right_kind_and_known(slack: Workspace) -> None:
    def error(token: str | None, method: str) -> str:
        return str(refused(lambda: WebClient(token, base_url=slack.api_url).api_call(method))["error"])

    assert error(None, "auth.test") == "not_authed"
    assert error("xoxb-nobody", "auth.test") == "invalid_auth"
    assert error(slack.app.app_token, "auth.test") == "not_allowed_token_type"
    assert error(slack.bot_token, "apps.connections.open") == "not_allowed_token_type"
    slack.uninstall("T1")
    assert error("xoxb-T1-1", "auth.test") == "account_inactive"


def test_what_slack_does_not_know_is_refused_and_complained_about(slack: Workspace, client: WebClient) -> None:
    assert refused(lambda: client.api_call("chat.postMesage"))["error"] == "unknown_method"
    assert refused(lambda: client.chat_postMessage(channel="C1", text="x", colour="red"))["error"] == (
        "invalid_arguments"
    )
    assert slack.complaints == ["unknown method: chat.postMesage", "chat.postMessage does not take 'colour'"]


def test_a_bot_writes_only_where_it_is(slack: Workspace, client: WebClient) -> None:
    slack.add_channel("C8", "elsewhere", ["U1"], bot=False)
    slack.add_channel("C9", "secret", ["U1"], kind="private", bot=False)
    assert refused(lambda: client.chat_postMessage(channel="C8", text="x"))["error"] == "not_in_channel"
    assert refused(lambda: client.chat_postMessage(channel="C9", text="x"))["error"] == "channel_not_found"
    client.chat_postMessage(channel="U1", text="in person")
    assert slack.messages(slack.dm("U1"))[0].text == "in person"
    unknown = refused(lambda: client.chat_postMessage(channel="C1", text="x", thread_ts="1.000001"))
    assert unknown["error"] == "thread_not_found"


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "/blocks/0/text/text"),
        ([section("x") | {"colour": "red"}], "invalid additional property: colour [json-pointer:/blocks/0]"),
        ([{"type": "actions", "elements": [{"type": "button", "text": PLAIN, "value": "x" * 2001}]}], "0/value"),
        ([{"type": "actions", "elements": [{"type": "button", "text": PLAIN}] * 26}], "no more than 25"),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}], "no more than 10"),
        ([{"type": "context_actions", "elements": VOTES["elements"] * 6}], "no more than 5"),
        ([section("x") | {"block_id": "b"}, section("y") | {"block_id": "b"}], "already exists"),
        ([{"type": "context_actions", "elements": VOTES["elements"] * 2}], "`action_id` 'vote' already exists"),
        ([{"type": "sectoin"}], "unsupported type: sectoin"),
        ([{"type": "image", "image_url": "https://x.test/i.png"}], "missing required field: alt_text"),
    ],
)
def test_blocks_beyond_the_rules_are_refused_at_their_place(
    slack: Workspace, client: WebClient, blocks: list[Any], place: str
) -> None:
    response = refused(lambda: client.chat_postMessage(channel="C1", text="x", blocks=blocks))
    assert response["error"] == "invalid_blocks"
    assert any(place in each for each in response["errors"])
    assert response["response_metadata"]["messages"][0].startswith("[ERROR] ")


def test_markdown_blocks_are_counted_together(slack: Workspace, client: WebClient) -> None:
    half = {"type": "markdown", "text": "x" * 6_000}
    client.chat_postMessage(channel="C1", text="x", blocks=[half, half])
    response = refused(lambda: client.chat_postMessage(channel="C1", text="x", blocks=[half, half, half]))
    assert response["error"] == "msg_blocks_too_long"


def test_what_posted_text_would_notify_and_link_to_is_recorded(slack: Workspace, client: WebClient) -> None:
    client.chat_postMessage(
        channel="C1", text="<!here> &lt;@U1&gt; `@channel`", blocks=[section("<@U2> <https://a.test|A>")]
    )
    client.chat_postMessage(channel="C1", markdown_text="[B](https://b.test) ![c](https://c.test/c.png) https://d.test")
    assert [(each.kind, each.target) for each in slack.pings] == [("here", "here"), ("user", "U2")]
    assert [(each.url, each.image) for each in slack.links] == [
        ("https://a.test", False),
        ("https://b.test", False),
        ("https://c.test/c.png", True),
        ("https://d.test", False),
    ]


def test_a_trigger_works_once_and_for_three_seconds(slack: Workspace, client: WebClient) -> None:
    clicked = slack.user("U1").slash("/coach", "x", "C1").payload["trigger_id"]
    client.views_open(trigger_id=clicked, view=WHY)
    assert refused(lambda: client.views_open(trigger_id=clicked, view=WHY))["error"] == "exchanged_trigger_id"
    slack.timing.trigger_life = 0.0
    late = slack.user("U1").slash("/coach", "x", "C1").payload["trigger_id"]
    assert refused(lambda: client.views_open(trigger_id=late, view=WHY))["error"] == "expired_trigger_id"
    assert refused(lambda: client.views_open(trigger_id="1.2.x", view=WHY))["error"] == "invalid_trigger_id"


def test_a_response_url_works_five_times(slack: Workspace) -> None:
    url = slack.user("U1").slash("/coach", "x", "C1").payload["response_url"]

    async def post() -> list[int]:
        statuses = []
        async with ClientSession() as session:
            for _ in range(6):
                async with session.post(url, json={"text": "again"}) as response:
                    statuses.append(response.status)
        return statuses

    assert asyncio.run(post()) == [200, 200, 200, 200, 200, 404]
    assert len(slack.ephemerals("U1", "C1")) == 5


def test_a_locale_comes_only_when_asked_for(slack: Workspace, client: WebClient) -> None:
    assert "locale" not in client.users_info(user="U1")["user"]
    assert client.users_info(user="U1", include_locale=True)["user"]["locale"] == "zh-CN"


def test_every_argument_the_sdk_can_send_is_known() -> None:
    for name, method in METHODS.items():
        function = getattr(WebClient, name.replace(".", "_"), None)
        if function is None:
            continue
        sent = {each for each, what in inspect.signature(function).parameters.items() if what.kind != what.VAR_KEYWORD}
        known = set(inspect.signature(method.handler).parameters) | EVERYWHERE | (FACE if method.face else set())
        assert sent - known - {"self"} - INSTEAD.get(name, set()) == set(), name


INSTEAD = {
    "apps.connections.open": {"app_token"},  # the token of the call
    "api.test": {"error"},
    "auth.revoke": set[str](),
    "oauth.v2.access": {"refresh_token", "grant_type"},  # token rotation is not modelled
    "reactions.remove": {"file", "file_comment"},
    "views.open": {"interactivity_pointer"},
    "views.push": {"interactivity_pointer"},
}


def test_threads_are_read_page_by_page_and_outlive_their_root(slack: Workspace, client: WebClient) -> None:
    root = slack.user("U1").say("C1", "root")
    for number in range(3):
        slack.user("U2").say("C1", f"reply {number}", thread_ts=root.ts)
    slack.user("U1").delete(root)
    first = client.conversations_replies(channel="C1", ts=root.ts, limit=3)
    rest = client.conversations_replies(
        channel="C1", ts=root.ts, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [each.get("subtype") for each in first["messages"]] == ["tombstone", None, None]
    assert [each["text"] for each in rest["messages"]] == ["reply 2"]
    client.chat_postMessage(channel="C1", thread_ts=root.ts, text="late")


def test_what_people_type_arrives_escaped(slack: Workspace) -> None:
    said = slack.user("U1").mention("C1", "is a < b & c at https://a.test?x=1 ok")
    event = slack.deliveries_of(said)[0].payload["event"]
    assert event["text"] == f"<@{slack.bot_user}> is a &lt; b &amp; c at <https://a.test?x=1> ok"


def test_prompts_with_a_thread_are_silently_dropped_under_agent_view(slack: Workspace, client: WebClient) -> None:
    asked = slack.user("U1").dm("hello")
    prompts = [{"title": "Quiet", "message": "How?"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=asked.channel, thread_ts=asked.ts, prompts=prompts)
    assert slack.prompts("U1") is None
    assert "silently" in slack.complaints[0]


def test_a_session_shows_its_status_and_can_be_stopped_without_a_stream(slack: Workspace, client: WebClient) -> None:
    asked = slack.user("U1").dm("hello")
    place = {"channel_id": asked.channel, "thread_ts": asked.ts}
    client.api_call("agents.sessions.setStatus", json={**place, "status": "processing", "title": "Hello"})
    stopped = slack.user("U1").press_stop(asked)
    assert stopped is not None
    assert stopped.payload["event"]["streaming_message_ts"] == []
    client.api_call("agents.sessions.rename", json={**place, "title": "Hello again"})
    session = slack.session(asked.channel, asked.ts)
    assert session is not None
    assert (session.history, session.title) == (["processing"], "Hello again")


def test_modals_are_pushed_three_deep_and_cleared(slack: Workspace, client: WebClient) -> None:
    person = slack.user("U1")
    button = {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": PLAIN}]}
    view = {"type": "modal", "title": PLAIN, "blocks": [button], "notify_on_close": True}
    client.views_open(trigger_id=person.slash("/coach", "", "C1").payload["trigger_id"], view=view)
    for _ in range(2):
        clicked = person.click(slack.views("U1")[-1], "more")
        client.views_push(trigger_id=clicked.payload["trigger_id"], view=view)
    clicked = person.click(slack.views("U1")[-1], "more")
    too_deep = refused(lambda: client.views_push(trigger_id=clicked.payload["trigger_id"], view=view))
    assert too_deep["error"] == "push_limit_reached"
    closed = person.close(slack.views("U1")[-1])
    assert closed is not None
    assert (closed.type, len(slack.views("U1"))) == ("view_closed", 2)


def test_a_modal_with_inputs_needs_its_submit_button(slack: Workspace, client: WebClient) -> None:
    trigger = slack.user("U1").slash("/coach", "", "C1").payload["trigger_id"]
    without = {name: value for name, value in WHY.items() if name != "submit"}
    response = refused(lambda: client.views_open(trigger_id=trigger, view=without))
    assert response["errors"] == ["missing required field: submit [json-pointer:/view]"]


def test_the_page_shows_a_conversation_and_acts_in_it(slack: Workspace, bot: Bot) -> None:
    async def visit() -> tuple[int, int]:
        async with ClientSession(slack.base) as session:
            asked = {"user": "U1", "channel": "C1", "do": "say", "text": "@coach how?"}
            said = await session.post("/page/act", json=asked)
            impossible = await session.post("/page/act", json={**asked, "channel": "C7"})
            answer = await slack.eventually(lambda: [each for each in slack.messages("C1") if each.blocks])
            click = {"user": "U1", "channel": "C1", "do": "click", "ts": answer[0].ts, "action": "vote", "index": 1}
            await session.post("/page/act", json=click)
            await slack.eventually(lambda: slack.views("U1"))
            state = await (await session.get("/page/state?user=U1")).json()
            assert "page/act" in await (await session.get("/")).text()
            assert [each["text"] for each in state["messages"]["C1"]][-1] == "one two three"
            assert state["views"][0]["callback_id"] == "why"
            return said.status, impossible.status

    assert asyncio.run(visit()) == (200, 400)


# Streams


@pytest.fixture
def stream(slack: Workspace, client: WebClient) -> dict[str, str]:
    """A stream the bot has begun, as arguments for the next call."""
    asked = slack.user("U1").mention("C1", "How?")
    to = {"recipient_team_id": "T1", "recipient_user_id": "U1"}
    begun = client.chat_startStream(channel="C1", thread_ts=asked.ts, markdown_text="Because", **to)
    return {"channel": "C1", "ts": str(begun["ts"])}


def test_a_stream_dies_though_it_is_appended_to(slack: Workspace, client: WebClient, stream: dict[str, str]) -> None:
    client.chat_appendStream(**stream, markdown_text=" of")
    assert refused(lambda: client.chat_update(**stream, text="x"))["error"] == "streaming_state_conflict"
    assert slack.faults.expire_streams() == 1
    dead = refused(lambda: client.chat_appendStream(**stream, markdown_text=" the"))
    assert dead["error"] == "message_not_in_streaming_state"
    assert refused(lambda: client.chat_stopStream(**stream))["error"] == "message_not_in_streaming_state"
    client.chat_update(**stream, text="Because of the price.")
    assert slack.messages("C1")[-1].text == "Because of the price."


def test_what_a_stream_notifies_or_links_to_is_recorded_as_it_is_written(
    slack: Workspace, client: WebClient, stream: dict[str, str]
) -> None:
    source = {"type": "url", "url": "https://b.test", "text": "B"}
    task = {"type": "task_update", "id": "1", "title": "Reading", "status": "complete", "sources": [source]}
    client.chat_appendStream(**stream, markdown_text=" <@U2> says [A](https://a.test)")
    client.chat_appendStream(**stream, chunks=[task])
    assert [each.target for each in slack.pings] == ["U2"]
    assert [each.url for each in slack.links] == ["https://a.test", "https://b.test"]


def test_a_stream_whose_message_is_deleted_is_not_found(
    slack: Workspace, client: WebClient, stream: dict[str, str]
) -> None:
    slack.user("U1").delete(slack.messages("C1")[-1])
    assert refused(lambda: client.chat_appendStream(**stream, markdown_text="x"))["error"] == "message_not_found"


def test_a_stream_in_a_channel_needs_its_recipient(slack: Workspace, client: WebClient) -> None:
    asked = slack.user("U1").mention("C1", "How?")
    response = refused(lambda: client.chat_startStream(channel="C1", thread_ts=asked.ts))
    assert response["error"] == "missing_recipient_team_id"


# Rates and Web API faults


def test_too_many_calls_are_told_when_to_come_back() -> None:
    rates = Rates(limits={"users.info": 3}, narrow={"chat.postMessage": Window(1, 1.0, ("channel",))})
    with running(rates=rates) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        for _ in range(3):
            client.users_info(user="U1")
        limited = refused(lambda: client.users_info(user="U1"))
        assert (limited.status_code, limited["error"]) == (429, "ratelimited")
        assert 50 < int(limited.headers["Retry-After"]) <= 60
        client.chat_postMessage(channel="C1", text="x")
        client.chat_postMessage(channel="C2", text="x")
        assert refused(lambda: client.chat_postMessage(channel="C1", text="x")).headers["Retry-After"] == "1"


def test_calls_can_be_slowed_limited_failed_refused_and_cut(slack: Workspace, client: WebClient) -> None:
    slack.faults.slow(0.2, "users.info")
    before = time.monotonic()
    client.users_info(user="U1")
    assert time.monotonic() - before > 0.2
    slack.faults.rate_limit("chat.postMessage", retry_after=7)
    assert refused(lambda: client.chat_postMessage(channel="C1", text="x")).headers["Retry-After"] == "7"
    slack.faults.fail("chat.postMessage", performed=True)
    assert refused(lambda: client.chat_postMessage(channel="C1", text="done all the same")).status_code == 500
    assert slack.messages("C1")[0].text == "done all the same"
    slack.faults.refuse("chat.postMessage", "fatal_error")
    assert refused(lambda: client.chat_postMessage(channel="C1", text="x"))["error"] == "fatal_error"
    assert [call.status for call in slack.calls("chat.postMessage")] == [429, 500, 200]
    client.retry_handlers.clear()
    slack.faults.cut("users.info")
    with pytest.raises(OSError, match=r"(?i)clos|reset|remote"):
        client.users_info(user="U1")


# What people cannot do, and what a manifest decides


def test_people_do_only_what_slack_lets_them(slack: Workspace) -> None:
    with pytest.raises(Impossible, match="not in C2"):
        slack.user("U2").say("C2", "let me in")
    with pytest.raises(Impossible, match="not a command"):
        slack.user("U1").slash("/teach", "", "C1")
    with pytest.raises(Impossible, match="nothing is being worked on"):
        slack.user("U1").press_stop(slack.user("U1").say("C1", "hm"))


def test_events_not_subscribed_or_without_their_scope_do_not_come() -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write", "app_mentions:read"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.channels"]}},
        "features": {"slash_commands": [{"command": "/ask"}]},
    }
    with running(manifest=manifest) as slack:
        slack.user("U1").mention("C1", "How?")
        slack.user("U1").dm("How?")
        assert [each.type for each in slack.delivered()] == ["app_mention"]
        assert slack.app.commands == {"/ask"}


# HTTP mode, several workspaces


class HttpBot:
    """A bolt app behind HTTP, in a thread of its own, for several workspaces."""

    def __init__(self, slack: Workspace, folder: Any) -> None:
        self._slack = slack
        settings = AsyncOAuthSettings(
            client_id=slack.app.client_id,
            client_secret=slack.app.client_secret,
            scopes=["chat:write", "im:history", "commands"],
            installation_store=FileInstallationStore(base_dir=str(folder)),
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder)),
        )
        client = AsyncWebClient(base_url=slack.api_url)
        self.app = AsyncApp(client=client, signing_secret=slack.app.signing_secret, oauth_settings=settings)
        self.gone: list[str] = []
        self._listen()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def _listen(self) -> None:
        sample_bot(self.app)

        @self.app.event("tokens_revoked")
        @self.app.event("app_uninstalled")
        async def uninstalled(event: dict[str, Any], body: dict[str, Any]) -> None:
            self.gone.append(f"{event['type']} {body['team_id']}")

    def __enter__(self) -> "HttpBot":
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(timeout=10)
        self._slack.app.redirect_urls = [f"{self.url}/slack/oauth_redirect"]
        self._slack.http.target = f"{self.url}/slack/events"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> str:
        self._runner = web.AppRunner(self.app.web_app(), shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"


@pytest.fixture
def http_bot(slack: Workspace, tmp_path: Any) -> Iterator[HttpBot]:
    slack.add_team("T2", "Hillside")
    slack.add_user("U9", "lea", team="T2")
    with HttpBot(slack, tmp_path) as started:
        yield started


# slack-sdk hands aiohttp its BasicAuth, which aiohttp 3.14 calls deprecated.
OAUTH = pytest.mark.filterwarnings("ignore:BasicAuth:DeprecationWarning")


@OAUTH
def test_the_app_is_installed_in_a_second_workspace_and_answers_there(slack: Workspace, http_bot: HttpBot) -> None:
    landed = browser.install(slack, f"{http_bot.url}/slack/install", "T2")
    assert landed.status == 200
    asked = slack.user("U9").dm("hello")
    assert slack.wait(lambda: slack.replies(asked))[0].text == "echo: hello"
    slack.uninstall("T2")
    slack.wait(lambda: sorted(http_bot.gone) == ["app_uninstalled T2", "tokens_revoked T2"])


def test_denied_consent_installs_nothing(slack: Workspace, http_bot: HttpBot) -> None:
    slack.denies_installation = True
    landed = browser.install(slack, f"{http_bot.url}/slack/install", "T2")
    assert "access_denied" in landed.text
    assert slack.installation("T2") is None


@OAUTH
def test_bad_late_and_repeated_signatures_are_sent_on_demand(slack: Workspace, http_bot: HttpBot) -> None:
    assert slack.http.verify_url()
    slack.http.forge = True
    slack.user("U1").slash("/coach", "x", "C1")
    slack.http.forge, slack.http.clock_skew = False, -400
    slack.user("U1").slash("/coach", "x", "C1")
    slack.wait(lambda: all(each.done for each in slack.delivered("/coach")))
    assert [each.attempts[0].status for each in slack.delivered("/coach")] == [401, 401]
    slack.http.clock_skew = -290
    assert browser.install(slack, f"{http_bot.url}/slack/install", "T1").status == 200
    sent = slack.user("U1").slash("/coach", "x", "C1")
    slack.wait(lambda: sent.done)
    assert sent.acked
    assert slack.http.replay(sent) == 200


def test_http_events_are_retried_with_their_number_and_reason(slack: Workspace, http_bot: HttpBot) -> None:
    slack.http.target = f"{http_bot.url}/nowhere"
    slack.user("U1").dm("hello")
    delivery = slack.wait(lambda: [each for each in slack.delivered("message") if each.done])[0]
    retries = [attempt.headers.get("X-Slack-Retry-Num") for attempt in delivery.attempts]
    assert retries == [None, "1", "2", "3"]
    assert delivery.attempts[1].headers["X-Slack-Retry-Reason"] == "http_error"


# Used from its own loop


def test_a_workspace_can_live_in_the_loop_of_its_user() -> None:
    from tests.fakes.slack_workspace import serving

    async def inside() -> str:
        async with serving(App()) as slack:
            client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
            asked = slack.user("U1").say("C1", "hi")
            await client.chat_postMessage(channel="C1", thread_ts=asked.ts, text="hello")
            return (await slack.eventually(lambda: slack.replies(asked)))[0].text

    assert asyncio.run(inside()) == "hello"
