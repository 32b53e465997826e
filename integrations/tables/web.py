"""What the web console keeps."""

from sqlalchemy import Column, Float, String, Table

from integrations.tables.base import metadata

# A browser that signed in, by the digest of the token in its cookie; rights are never kept, only the name.
web_sessions = Table(
    "web_sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("person", String, nullable=False, index=True),
    Column("csrf", String, nullable=False),
    Column("language", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
)
