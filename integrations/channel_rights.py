"""Who a person is in a Slack channel, asked of Slack for an admin: as the bot would see it now."""

import asyncio

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from integrations.people import People
from integrations.settings import Settings, WrongSettings
from integrations.slack.rights import Rights
from integrations.slack.teams import token_of
from knowledge.access import Reader


def reader_in(settings: Settings, person: str, slack: tuple[str, ...], channel: str) -> Reader:
    """A person (`slack` are their ids) with all members of a channel; as anyone where one is an outsider.

    Raises WrongSettings when there is no usable token, or Slack cannot be asked.
    """
    token = token_of("BOT", settings.slack_bot_token.get_secret_value(), "xoxb-")
    try:
        return asyncio.run(_asked(settings, token, slack or (person,), channel))
    except SlackApiError as error:
        raise WrongSettings(f"Slack refuses: {error.response['error']}") from None
    except OSError as error:
        raise WrongSettings(f"Slack cannot be reached: {type(error).__name__}") from None


async def _asked(settings: Settings, token: str, slack: tuple[str, ...], channel: str) -> Reader:
    """By the id that this workspace knows: a person may have others elsewhere."""
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url or AsyncWebClient.BASE_URL)
    team = str((await client.auth_test())["team_id"])
    await client.conversations_info(channel=channel)

    async def client_of(_team: str) -> AsyncWebClient:
        return client

    rights = Rights(People(settings.people), client_of)
    readers = [await rights.among(team, channel, each) for each in slack]
    return next((each for each in readers if each.names), readers[0])
