"""Coach review: the queue, verdicts, corrections and what follows from them."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, Index, Integer, String, Table, Text

from integrations.tables.base import metadata

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

# Corrections that stood up, each whole; `file` is the document made of it.
review_corrections = Table(
    "review_corrections",
    metadata,
    Column("id", String, primary_key=True),
    Column("file", String, nullable=False, unique=True),
    Column("answer", String, nullable=False, index=True),
    Column("coach", String, nullable=False, index=True),
    Column("expires", Date, nullable=False),
    Column("correction", JSON, nullable=False),
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


# What the bot has to say in Slack because of a review: once for each key, by whichever process comes to it.
review_errands = Table(
    "review_errands",
    metadata,
    Column("key", String, primary_key=True),
    Column("what", String, nullable=False),
    Column("about", JSON, nullable=False),
    Column("due", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("done", Float, nullable=False, index=True),
)

# The message that shows an entry of the queue to coaches.
review_cards = Table(
    "review_cards",
    metadata,
    Column("entry", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("message", String, nullable=False),
)

# Questions that nobody could answer and that a document answers by now.
review_filled = Table(
    "review_filled",
    metadata,
    Column("answer", String, primary_key=True),
    Column("document", String, nullable=False),
    Column("version", String, nullable=False),
    Column("at", Float, nullable=False),
)
