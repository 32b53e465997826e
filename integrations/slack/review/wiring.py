"""Coach review in Slack joined: what listens, and what is done beside the desk."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from slack_bolt.async_app import AsyncApp

from integrations.review.errands import What
from integrations.review.reviewing import Reviewing
from integrations.settings import Settings
from integrations.slack.desk import Desk
from integrations.slack.home import HomeTab, Languages
from integrations.slack.journal import Journal
from integrations.slack.review.asker import ToldAsker
from integrations.slack.review.board import Board
from integrations.slack.review.coaches import Coaches
from integrations.slack.review.errands import Do, Runner
from integrations.slack.review.helping import Helping
from integrations.slack.review.weekly import Week, Weekly, ask_for_week
from integrations.slack.rights import ClientOf, Rights


class Listening(Protocol):
    """Something that listens to what people do."""

    def register(self, app: AsyncApp) -> None:
        """Begin to listen."""
        ...


def runner(settings: Settings, review: Reviewing, rights: Rights, client_of: ClientOf, week: Week | None) -> Runner:
    """What does errands, and looks for more: corrections that no longer hold, gaps that are filled, a week's end."""
    channel = settings.review_channel
    board = Board(review, rights, client_of, channel, settings.language or None)
    asker = ToldAsker(review, rights, client_of)
    looking: list[Callable[[], object]] = [review.intake.sources_changed, review.intake.gaps_filled]
    doing: dict[What, Do] = {
        What.CARD: board.show,
        What.CORRECTED: asker.corrected,
        What.REJECTED: asker.rejected,
        What.FILLED: asker.filled,
    }
    if week and channel:
        doing[What.DIGEST] = Weekly(rights, client_of, channel, settings.language or "en", week).post
        looking.append(partial(ask_for_week, review.errands, settings.review_digest))
    return Runner(review, doing, looking)


def listening(
    review: Reviewing, rights: Rights, languages: Languages, tab: HomeTab, desk: Desk, journal: Journal, runs: Runner
) -> Sequence[Listening]:
    """What listens to coaches, and to those who asked."""
    return (Coaches(review, rights, languages, tab, runs.wake), Helping(review, languages, desk, journal))
