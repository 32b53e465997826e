"""The tables of the catalogue database, in one place."""

import sqlalchemy as sa
from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

SCHEMA = 1

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
    Column("version", String, nullable=False),
    Column("text", Text, nullable=False),
    Index("documents_supersedes", "supersedes", sqlite_where=sa.text("supersedes IS NOT NULL")),
    Index("documents_account", "account", sqlite_where=sa.text("account IS NOT NULL")),
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
)

# What the indexes have yet to take: a document changed or went. A later change has a larger mark.
outbox = Table(
    "outbox",
    metadata,
    Column("mark", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)
