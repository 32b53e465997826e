"""The library: documents, passages, and what the indexes have of them."""

import sqlalchemy as sa
from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from integrations.tables.base import metadata

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

# Since when each version of a document is in the library; 0 for what was there before anybody looked.
library_history = Table(
    "library_history",
    metadata,
    Column("document", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("since", Float, nullable=False, index=True),
)
