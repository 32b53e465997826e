"""What the asker alone is told when there is no answer: nothing was asked, they stopped it, or it failed."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.questions import Language
from assistant.understand import language_of_question
from integrations.slack import blocks, replies
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Job
from integrations.slack.replies import code_of
from integrations.slack.rights import ClientOf
from integrations.slack.texts import PROMPTS, said
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)


async def nothing_asked(client: AsyncWebClient, incoming: Incoming) -> None:
    """An example of what to ask."""
    text = said("nothing_asked", "en", example=PROMPTS["en"][0][1])
    await replies.only_to(client, incoming, blocks.plain(text), text)


async def stopped(client_of: ClientOf, job: Job) -> str:
    """The last word on a question that was stopped; the outcome."""
    text = said("stopped", language_of_question(job.incoming.text))
    try:
        await replies.only_to(await client_of(job.incoming.team), job.incoming, blocks.plain(text), text)
    except Exception as error:
        log.info("nobody to tell that %s was stopped: %s", job.id, type(error).__name__)
    return "stopped"


async def failed(client_of: ClientOf, job: Job, error: Exception) -> str:
    """What went wrong, in one sentence, nothing of the error itself; the outcome."""
    log.error("question %s failed: %s", job.id, type(error).__name__, exc_info=error)
    language = language_of_question(job.incoming.text)
    cause = _cause(error, language)
    try:
        message = blocks.failure(cause, language, job.id)
        client = await client_of(job.incoming.team)
        await replies.only_to(client, job.incoming, message, said("failed", language, cause=cause))
    except Exception as second:
        log.error("question %s could not even be told so: %s", job.id, type(second).__name__)
    return "failed"


def _cause(error: Exception, language: Language) -> str:
    if isinstance(error, KnowledgeError):
        return said("cause_library", language)
    if isinstance(error, SlackApiError):
        return said("cause_slack", language, code=code_of(error))
    return said("cause_unknown", language)
