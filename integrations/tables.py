"""The tables of the catalogue database, in one place."""

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = 3
NEWEST = "review_words"

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

roots = Table(
    "roots",
    metadata,
    Column("path", String, primary_key=True),
    Column("given", JSON, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("path", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("documents", Integer, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("file", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("source", String, nullable=False),
    Column("language", String, nullable=False),
    Column("account", String),
    Column("audience", JSON, nullable=False),
    Column("effective", Date),
    Column("expires", Date),
    Column("supersedes", String),
    Column("link", String),
    Column("owner", String),
    Column("version", String, nullable=False),
    Column("text", Text, nullable=False),
    Index("documents_supersedes", "supersedes", sqlite_where=sa.text("supersedes IS NOT NULL")),
    Index("documents_account", "account", "audience", sqlite_where=sa.text("account IS NOT NULL")),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("heading", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", String),
    Column("edits", JSON),
    Column("contents", Boolean, nullable=False),
    Column("digest", String, nullable=False, index=True),
)

# What the indexes have yet to take: a document changed or went. A later change has a larger mark.
outbox = Table(
    "outbox",
    metadata,
    Column("mark", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)

# Who makes vectors: one is in force, another may be on its way. `settled` is the change of the catalogue at which
# nothing was missing; `running` stays set when the process that embeds is killed.
embedders = Table(
    "embedders",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("in_force", Boolean, nullable=False),
    Column("running", Boolean, nullable=False),
    Column("settled", String, nullable=False),
)

# One vector, of 32-bit floats, for each digest of a passage's text. Numbers only grow: what is newer has a larger one.
# `share` is the part of the text that was not too long; without a vector the embedder refused the text.
vectors = Table(
    "vectors",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("embedder", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("share", Float, nullable=False),
    Column("vector", LargeBinary),
    Index("vectors_digest", "digest", "embedder", unique=True),
    sqlite_autoincrement=True,
)

# A question somebody asked in Slack: unique by the event that brought it and by the message that asks.
slack_inbox = Table(
    "slack_inbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("event", String, nullable=False, unique=True),
    Column("place", String, unique=True),
    Column("incoming", JSON, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("owner", String, nullable=False),
    Column("lease", Float, nullable=False),
    Column("reply", String, nullable=False),
    Column("outcome", String),
    Column("tries", Integer, nullable=False),
    Column("created", Float, nullable=False),
)

slack_answers = Table(
    "slack_answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("person", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("created", Float, nullable=False),
    Index("slack_answers_thread", "team", "channel", "thread"),
    Index("slack_answers_person", "team", "person"),
)

slack_feedback = Table(
    "slack_feedback",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("answer", String, nullable=False, index=True),
    Column("person", String, nullable=False),
    Column("vote", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created", Float, nullable=False),
)

# A workspace that installed the bot, with the token to speak there.
slack_teams = Table(
    "slack_teams",
    metadata,
    Column("team", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("token", String, nullable=False),
    Column("installer", String, nullable=False),
    Column("installed", Float, nullable=False),
)

# Installations that were begun in a browser and have not come back yet.
slack_states = Table(
    "slack_states",
    metadata,
    Column("state", String, primary_key=True),
    Column("expires", Float, nullable=False),
)

# What models used: a row a question, summed by day.
model_usage = Table(
    "model_usage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("day", String, nullable=False, index=True),
    Column("read", Integer, nullable=False),
    Column("written", Integer, nullable=False),
)

# Who asked what where, which documents the answer rests on, which were withheld and by which rule.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False, index=True),
    Column("person", String, nullable=False, index=True),
    Column("surface", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("used", JSON, nullable=False),
    Column("withheld", JSON, nullable=False),
)

# An answer, or a correction whose sources changed, that waits for a coach. `audiences` is the JSON text of every
# audience that must admit a coach, `cites` the documents they come from.
review_queue = Table(
    "review_queue",
    metadata,
    Column("id", String, primary_key=True),
    Column("answer", String, nullable=False, index=True),
    Column("correction", String),
    Column("asker", String, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("audiences", Text, nullable=False, index=True),
    Column("cites", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("assigned", String, nullable=False),
    Column("state", String, nullable=False),
    Column("since", Float, nullable=False),
    Column("due", Float, nullable=False),
    Column("claimed_by", String, nullable=False),
    Column("lease", Float, nullable=False),
    Index("review_queue_open", "state", "since"),
)

# What coaches said; rows are added and never changed.
review_verdicts = Table(
    "review_verdicts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False, unique=True),
    Column("answer", String, nullable=False, index=True),
    Column("coach", String, nullable=False, index=True),
    Column("decision", String, nullable=False),
    Column("marks", JSON, nullable=False),
    Column("rubric", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("better_source", String, nullable=False),
    Column("at", Float, nullable=False, index=True),
)

# Corrections that stood up; `file` is the document made of one.
review_corrections = Table(
    "review_corrections",
    metadata,
    Column("id", String, primary_key=True),
    Column("file", String, nullable=False, unique=True),
    Column("answer", String, nullable=False, index=True),
    Column("coach", String, nullable=False, index=True),
    Column("expires", Date, nullable=False),
)

review_cites = Table(
    "review_cites",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("correction", String, nullable=False, index=True),
    Column("document", String, nullable=False, index=True),
    Column("version", String, nullable=False),
)

# What askers said of a correction.
review_outcomes = Table(
    "review_outcomes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("answer", String, nullable=False, index=True),
    Column("person", String, nullable=False),
    Column("helped", Boolean, nullable=False),
    Column("at", Float, nullable=False),
)

# Digests of the words that were asked for before.
review_words = Table(
    "review_words",
    metadata,
    Column("word", String, primary_key=True),
)
