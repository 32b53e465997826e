"""Slack: questions that came in, and workspaces that installed the bot."""

from sqlalchemy import JSON, Column, Float, Integer, String, Table

from integrations.tables.base import metadata

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
