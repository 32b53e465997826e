"""Rows of the catalogue to our words and back."""

import hashlib
from collections.abc import Mapping
from typing import Any

from integrations.tables import documents, passages
from knowledge.access import Audience
from knowledge.documents import Document, Entry, Kind, Passage
from knowledge.mapping import Edit
from knowledge.ports import Given

ENTRY = [column for column in documents.c if column.name not in ("text", "file")]


def document_row(file: str, document: Document) -> dict[str, Any]:
    """A document as a row; `file` is the file it came from."""
    row = {column.name: getattr(document, column.name) for column in ENTRY}
    return row | {"file": file, "text": document.text, "audience": sorted(document.audience.names)}


def passage_row(title: str, passage: Passage) -> dict[str, Any]:
    """A passage of a document with this title as a row."""
    row = {column.name: getattr(passage, column.name) for column in passages.c if column.name != "digest"}
    edits = [(each.start, each.end, each.replacement) for each in passage.edits] or None
    return row | {"edits": edits, "digest": digest(passage.searched(title))}


def digest(text: str) -> str:
    """The name under which the vector of a text is kept."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def entry_of(row: Any) -> Entry:
    """The entry of a row that has its columns."""
    return Entry(
        id=row.id,
        title=row.title,
        kind=Kind(row.kind),
        source=row.source,
        language=row.language,
        account=row.account,
        audience=Audience.of(row.audience),
        effective=row.effective,
        expires=row.expires,
        supersedes=row.supersedes,
        link=row.link,
        owner=row.owner,
        version=row.version,
    )


def passage_of(row: Any) -> Passage:
    """The passage of a row that has its columns, prefixed by `p_`."""
    return Passage(
        id=row.p_id,
        document_id=row.p_document_id,
        heading=row.p_heading,
        text=row.p_text,
        start=row.p_start,
        end=row.p_end,
        page=row.p_page,
        edits=tuple(Edit(*each) for each in row.p_edits or ()),
        contents=row.p_contents,
    )


def given_of(said: Mapping[str, Any]) -> Given:
    """What was said of a path, from its JSON."""
    audience = said.get("audience")
    kind = said.get("kind")
    return Given(
        Kind(kind) if kind else None,
        said.get("account"),
        Audience.of(audience) if audience is not None else None,
    )
