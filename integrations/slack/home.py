"""The App Home tab, and what we know of the people who open it."""

import asyncio
import time
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.questions import Language
from integrations.review.reviewing import Reviewing
from integrations.slack import blocks
from integrations.slack.kit import Block
from integrations.slack.passages import Passages
from integrations.slack.review import cards
from integrations.slack.review.home import PAGE, Wanted, queue
from integrations.slack.rights import Rights
from integrations.slack.texts import PROMPTS, language_of_locale, said
from knowledge.access import Reader

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


class HomeTab:
    """The tab as one person sees it at this moment; coaches see the queue below what everybody sees."""

    def __init__(self, review: Reviewing, passages: Passages, rights: Rights, languages: Languages) -> None:
        self._review = review
        self._passages = passages
        self._rights = rights
        self._languages = languages

    async def show(self, client: AsyncWebClient, team: str, person: str, wanted: Wanted | None = None) -> None:
        """Publish it, with the part of the queue that is wanted."""
        language = await self._languages.of(client, team, person)
        reader = await self._rights.alone(team, person)
        made = await asyncio.to_thread(self._view, team, person, reader, language, wanted or Wanted())
        await client.views_publish(user_id=person, view=made)

    def _view(self, team: str, person: str, reader: Reader, language: Language, wanted: Wanted) -> Block:
        asked = self._review.answers.last_questions(team, person)
        for_coaches = self._queue(reader, language, wanted) if self._review.coaching.is_coach(reader) else []
        return view(language, asked, self._passages.readable(reader), for_coaches)

    def _queue(self, coach: Reader, language: Language, wanted: Wanted) -> list[Block]:
        after = self._review.reviews.entry(wanted.after, coach) if wanted.after else None
        entries = self._review.coaching.queue(coach, wanted.filter(coach), after, PAGE + 1)
        directory = self._review.people.directory()
        askers = [cards.asked_by(each.asker, directory, language) if each.asker else "" for each in entries]
        return queue(entries, askers, wanted, language)


def view(language: Language, asked: Sequence[str], documents: int, more: Sequence[Block] = ()) -> Block:
    """What can be asked, what this person asked, how many documents they may read, how to see more; then `more`."""
    library = said("home_library", language, documents=documents)
    examples = [message for _, message in PROMPTS[language]]
    parts = [
        blocks.labelled(said("home_what", language), examples),
        blocks.labelled(said("home_last", language), list(asked) or [said("home_none", language)]),
        *blocks.plain(library),
        *blocks.plain(said("home_access", language)),
    ]
    return {"type": "home", "blocks": [{"type": "header", "text": _title(language)}, *parts, *more]}


def _title(language: Language) -> Block:
    return {"type": "plain_text", "text": said("home_title", language)}
