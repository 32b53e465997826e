"""The App Home tab, and what we know of the people who open it."""

import time
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.questions import Language
from integrations.slack import blocks
from integrations.slack.blocks import Block
from integrations.slack.texts import PROMPTS, language_of_locale, said

_HOUR = 3600.0


class Languages:
    """The language each person reads, asked of Slack once an hour."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Language]] = {}

    async def of(self, client: AsyncWebClient, team: str, person: str) -> Language:
        """A person's language by their Slack locale; English when Slack does not say."""
        asked, language = self._known.get((team, person), (0.0, "en"))
        if time.monotonic() - asked > _HOUR or not asked:
            try:
                found = await client.users_info(user=person, include_locale=True)
                language = language_of_locale(str(found["user"].get("locale", "")))
            except SlackApiError:
                return language
            self._known[(team, person)] = (time.monotonic(), language)
        return language


def view(language: Language, asked: Sequence[str], documents: int) -> Block:
    """What can be asked, what this person asked, how many documents they may read, how to see more."""
    library = said("home_library", language, documents=documents)
    examples = [message for _, message in PROMPTS[language]]
    parts = [
        blocks.labelled(said("home_what", language), examples),
        blocks.labelled(said("home_last", language), list(asked) or [said("home_none", language)]),
        *blocks.plain(library),
        *blocks.plain(said("home_access", language)),
    ]
    return {"type": "home", "blocks": [{"type": "header", "text": _title(language)}, *parts]}


def _title(language: Language) -> Block:
    return {"type": "plain_text", "text": said("home_title", language)}
