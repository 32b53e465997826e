"""The tables of the database, in one place: what there is is made together or not at all."""

from integrations.tables.base import metadata
from integrations.tables.library import (
    about,
    documents,
    embedders,
    files,
    library_history,
    outbox,
    passages,
    roots,
    vectors,
)
from integrations.tables.records import answers, audit, model_usage, votes
from integrations.tables.review import (
    review_cards,
    review_cites,
    review_corrections,
    review_errands,
    review_filled,
    review_outcomes,
    review_queue,
    review_verdicts,
    review_words,
)
from integrations.tables.slack import slack_inbox, slack_states, slack_teams
from integrations.tables.web import web_sessions

SCHEMA = 4
NEWEST = "web_sessions"

__all__ = [
    "NEWEST",
    "SCHEMA",
    "about",
    "answers",
    "audit",
    "documents",
    "embedders",
    "files",
    "library_history",
    "metadata",
    "model_usage",
    "outbox",
    "passages",
    "review_cards",
    "review_cites",
    "review_corrections",
    "review_errands",
    "review_filled",
    "review_outcomes",
    "review_queue",
    "review_verdicts",
    "review_words",
    "roots",
    "slack_inbox",
    "slack_states",
    "slack_teams",
    "vectors",
    "votes",
    "web_sessions",
]
