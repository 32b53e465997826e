"""What is kept of questions: answers, votes, what models used, who asked what."""

from sqlalchemy import JSON, Column, Float, Index, Integer, String, Table, Text

from integrations.tables.base import metadata

# An answer, with where and by whom it was asked; `message` is what shows it there, if others see it.
answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("surface", String, nullable=False),
    Column("person", String, nullable=False),
    Column("message", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("outcome", String, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("created", Float, nullable=False, index=True),
    Index("answers_thread", "team", "channel", "thread"),
    Index("answers_person", "team", "person"),
)

# What askers said of answers; rows are added and never changed.
votes = Table(
    "votes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("answer", String, nullable=False, index=True),
    Column("person", String, nullable=False),
    Column("vote", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created", Float, nullable=False),
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
