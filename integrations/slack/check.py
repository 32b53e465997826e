"""What the doctor asks of Slack: whether the tokens work, and which scopes are missing."""

import asyncio
from collections.abc import Iterator

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.findings import Finding
from integrations.settings import Settings
from integrations.slack.manifest import BOT_EVENTS, BOT_SCOPES

_HOW = "api.slack.com/apps › your app › OAuth & Permissions › Bot Token Scopes, then reinstall the app"
_EVENTS = "api.slack.com/apps › your app › Event Subscriptions › Subscribe to bot events"


def examine(settings: Settings) -> list[Finding]:
    """Look at the Slack settings; one note when there are none."""
    bot, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    if not bot and not app:
        return [Finding("Slack", "note", "not set up", "docs/slack.md walks through it: coach slack manifest")]
    return asyncio.run(_asked(settings, bot, app))


async def _asked(settings: Settings, bot: str, app: str) -> list[Finding]:
    url = settings.slack_api_url or AsyncWebClient.BASE_URL
    client, channel = AsyncWebClient(token=bot, base_url=url), settings.review_channel
    found = [*await _bot(client), await _app(AsyncWebClient(token=app, base_url=url))]
    return [*found, *([await _channel(client, channel)] if channel else [])]


async def _channel(client: AsyncWebClient, channel: str) -> Finding:
    """Whether cards can be posted for coaches, and whether they may show questions there."""
    name = "COACH_REVIEW_CHANNEL"
    try:
        said = (await client.conversations_info(channel=channel))["channel"]
    except (SlackApiError, OSError) as error:
        return Finding(name, "wrong", _said(error), "set it to the id of a channel (C0...) that the bot was invited to")
    if not said.get("is_member"):
        return Finding(name, "wrong", "the bot is not in it", "invite the bot: /invite @Account Coach")
    if not said.get("is_private") or said.get("is_ext_shared"):
        return Finding(
            name, "note", "it is open to others than coaches", "make it private: cards show no question there"
        )
    return Finding(name, "ok", "private, and the bot is in it")


async def _bot(client: AsyncWebClient) -> list[Finding]:
    try:
        known = await client.auth_test()
    except (SlackApiError, OSError) as error:
        return [Finding("COACH_SLACK_BOT_TOKEN", "wrong", _said(error), "copy the Bot User OAuth Token again")]
    headers = {name.lower(): value for name, value in known.headers.items()}
    granted = {each.strip() for each in headers.get("x-oauth-scopes", "").split(",")}
    team = Finding("Slack", "ok", f"bot {known['user']} in {known['team']}")
    return [team, *_scopes(granted), _events()]


def _scopes(granted: set[str]) -> Iterator[Finding]:
    missing = [each for each in BOT_SCOPES if each not in granted]
    yield from (Finding("Slack scope", "wrong", f"{each} is missing", f"add it: {_HOW}") for each in missing)
    if not missing:
        yield Finding("Slack scopes", "ok", f"all {len(BOT_SCOPES)} are granted")


def _events() -> Finding:
    """Slack does not tell a bot its own subscriptions, so they are named to be compared."""
    return Finding("Slack events", "note", ", ".join(BOT_EVENTS), f"compare and add what is missing: {_EVENTS}")


async def _app(client: AsyncWebClient) -> Finding:
    try:
        await client.apps_connections_open(app_token=str(client.token))
    except (SlackApiError, OSError) as error:
        mend = "make an app-level token with connections:write, and turn Socket Mode on"
        return Finding("COACH_SLACK_APP_TOKEN", "wrong", _said(error), mend)
    return Finding("COACH_SLACK_APP_TOKEN", "ok", "opens a connection")


def _said(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack says {error.response['error']}"
    return "Slack cannot be reached"
