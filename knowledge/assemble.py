"""A reading and what is said around it, made into a document and its passages."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.access import EVERYONE, Audience
from knowledge.chunk import chunk
from knowledge.clean import clean
from knowledge.documents import Document, Kind, Passage
from knowledge.errors import WrongMetadata
from knowledge.language import language_of
from knowledge.ports import Given
from knowledge.read.reading import Reading

# Part of every version: raise it when reading, cleaning or cutting gives other passages.
RECIPE = "2"

_ADDRESS = re.compile(r"https?://[^\s<>\"\\|]{1,2000}")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said around a document: its folders, whom it may contradict, and the command, whom not."""

    folders: Mapping[str, object]
    command: Given


def assemble(file: str, source: str, reading: Reading, said: Said) -> tuple[Document, list[Passage]]:
    """The document of a reading, with its passages. Raises WrongMetadata.

    `file` and the reading's part make the id; the content and all that is said make the version.
    """
    # A name without a value says nothing: it must not open what the folder closed.
    fields = {**said.folders, **{key: value for key, value in reading.fields.items() if value is not None}}
    cleaned = clean(reading)
    account = said.command.account or _text(fields, "account")
    name = _source(source, reading, fields)
    document = Document(
        id=_hash(file, reading.part),
        title=cleaned.title,
        kind=said.command.kind or Kind.of(fields.get("kind") or Kind.PLAYBOOK),
        source=name,
        language=_text(fields, "language") or language_of(_opening(reading)),
        account=account,
        audience=said.command.audience or _audience(fields, account),
        effective=_date(fields, "effective"),
        expires=_date(fields, "expires"),
        supersedes=_text(fields, "supersedes"),
        link=_link(fields),
        owner=_text(fields, "owner"),
        version=_hash(
            RECIPE, name, reading.text, reading.title, repr(sorted(fields.items(), key=str)), repr(said.command)
        ),
        text=reading.text,
    )
    return document, chunk(document.id, reading.text, cleaned, reading.pages)


def _source(source: str, reading: Reading, fields: Mapping[str, object]) -> str:
    """The path as ingested; for a document inside a bulk file what it calls itself."""
    if not reading.part:
        return source
    if source.lower().endswith(".jsonl"):
        return _text(fields, "source") or reading.part
    return f"{source}#{reading.part}"


def _opening(reading: Reading) -> str:
    start = reading.skipped[0][1] if reading.skipped and reading.skipped[0][0] == 0 else 0
    return reading.text[start : start + 600]


def _hash(*parts: str) -> str:
    content = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=10).hexdigest()


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str | int | float):
        raise WrongMetadata(f"{name} must be a text")
    return _encodable(" ".join(str(value).split()), name) or None


def _encodable(text: str, name: str) -> str:
    """The text itself. Raises WrongMetadata for half a character, which no store takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongMetadata(f"{name} holds a broken character") from None
    return text


def _link(fields: Mapping[str, object]) -> str | None:
    """The address of the original; nothing else than the web is linked to."""
    link = _text(fields, "link")
    if link and not _ADDRESS.fullmatch(link):
        raise WrongMetadata("link must be a web address like https://example.com/page")
    return link


def _audience(fields: Mapping[str, object], account: str | None) -> Audience:
    return Audience.of(fields["audience"], account) if fields.get("audience") is not None else EVERYONE


def _date(fields: Mapping[str, object], name: str) -> date | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    except ValueError:
        raise WrongMetadata(f"{name} must be a date like 2026-01-31") from None
