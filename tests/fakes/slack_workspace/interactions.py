"""What the app's answers to commands, clicks and submissions do: the ack's payload, response URLs, response_action."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web

from .blocks import checked_blocks, checked_view
from .errors import SlackError
from .grants import ResponseUrl
from .records import Call, Delivery, Message, Payload, Refusal, View

if TYPE_CHECKING:
    from .workspace import Workspace

ANSWER_FIELDS = set(
    "text blocks attachments response_type replace_original delete_original thread_ts unfurl_links unfurl_media "
    "metadata mrkdwn".split()
)


class Interactions:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._waiting: dict[str, Callable[[Delivery], None]] = {}

    def expect(self, delivery: Delivery, then: Callable[[Delivery], None]) -> None:
        """What to do once the app has answered, or failed to."""
        self._waiting[delivery.id] = then

    def settle(self, delivery: Delivery) -> None:
        then = self._waiting.pop(delivery.id, None)
        if then is None:
            return
        try:
            then(delivery)
        except SlackError as error:
            self._slack.complain(f"the answer to {delivery.type} was refused: {error.code} {error.extra}")

    # Commands and response URLs

    def command_answered(self, delivery: Delivery, url: ResponseUrl) -> None:
        if not delivery.acked:
            self._tell(url.user, f"{delivery.type} failed with the error “operation_timeout”")
        elif delivery.response and (delivery.response.get("text") or delivery.response.get("blocks")):
            self.answer(url, delivery.response)

    def click_answered(self, delivery: Delivery, user: str) -> None:
        if not delivery.acked:
            self._tell(user, "This app responded with an error")

    async def hook(self, request: web.Request) -> web.Response:
        call = Call(time.monotonic(), "response_url", await request.json())
        self._slack.recorded.append(call)
        await asyncio.sleep(self._slack.faults.delay("response_url"))
        fault = self._slack.faults.for_call("response_url")
        if fault is None or fault.performed:
            self._perform(call, request.match_info["name"])
        if fault is not None:
            call.status, call.reply = fault.status, fault.body
        return web.json_response(call.reply, status=call.status, headers=fault.headers if fault else None)

    def _perform(self, call: Call, name: str) -> None:
        try:
            url = self._slack.grants.use_response_url(name)
            self.answer(url, call.arguments)
            call.reply = {"ok": True}
        except SlackError as error:
            call.status, call.reply = 404 if error.code.endswith("_url") else 400, error.reply()

    def answer(self, url: ResponseUrl, body: Payload) -> None:
        """Post, replace or delete as the body of a response URL asks."""
        for name in set(body) - ANSWER_FIELDS:
            self._slack.complain(f"response_url was sent an unknown field: {name}")
        body = body | ({"blocks": checked_blocks(body["blocks"])} if body.get("blocks") else {})
        url.posts.append(body)
        if body.get("delete_original"):
            self._delete(url)
        elif body.get("replace_original") and url.original:
            self._replace(url.original, body)
        else:
            self._post(url, body)

    def _post(self, url: ResponseUrl, body: Payload) -> None:
        public = body.get("response_type") == "in_channel"
        thread = body.get("thread_ts") or (url.original.thread_ts if url.original else None)
        self._slack.post_as_bot(
            url.team,
            url.channel,
            text=body.get("text") or "",
            blocks=body.get("blocks") or [],
            thread_ts=thread,
            ephemeral_to=None if public else url.user,
        )

    def _replace(self, original: Message, body: Payload) -> None:
        original.blocks = body.get("blocks") or []
        self._slack.state.rewrite(original, body.get("text") or "")
        self._slack.note_markup(original)

    def _delete(self, url: ResponseUrl) -> None:
        if url.original is not None:
            url.original.deleted = True

    # Submissions

    def submitted(self, delivery: Delivery, view: View) -> None:
        if not delivery.acked:
            view.errors = {"": "We had some trouble connecting. Try again?"}
            return
        answer = delivery.response or {}
        match answer.get("response_action"):
            case None:
                self._slack.state.close_view(view)
            case "errors":
                self._refused(view, answer.get("errors") or {})
            case "clear":
                self._slack.state.stacks[view.user].clear()
            case "update":
                self._slack.replace_view(view, checked_view(answer.get("view"), "modal"))
            case "push":
                self._slack.push_view(view, checked_view(answer.get("view"), "modal"))
            case other:
                raise SlackError(f"unknown response_action {other}")

    def _refused(self, view: View, errors: dict[str, str]) -> None:
        view.errors = dict(errors)
        inputs = {each.get("block_id") for each in view.blocks if each["type"] == "input"}
        for name in set(errors) - inputs:
            self._slack.complain(f"response_action errors names no input block: {name}")

    def _tell(self, user: str, text: str) -> None:
        self._slack.refusals.append(Refusal(user, text))
