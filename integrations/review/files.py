"""A promoted correction as a Markdown file: what the library ingests, and what all else can be rebuilt from."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answers import Citation
from assistant.correction import Cite, Correction, Scope, Statement
from knowledge.access import Audience
from knowledge.documents import Kind
from knowledge.errors import KnowledgeError, Unreadable, WrongMetadata
from knowledge.read.frontmatter import front_matter


class WrongCorrection(KnowledgeError):
    """A correction that cannot be kept as a file, or a file that is none."""


def place(folder: Path, correction: str) -> Path:
    """Where the file of a correction lies."""
    return folder / f"{correction}.md"


def check(correction: Correction) -> str:
    """The text of the file of a correction. Raises WrongCorrection when it could not be read again."""
    if not correction.statements:
        raise WrongCorrection("a correction must say something")
    text = f"---\n{_front_matter(correction)}---\n\n{_body(correction)}"
    try:
        read_back = _correction(correction.id, text)
    except (Unreadable, KeyError, TypeError, ValueError, WrongMetadata) as error:
        raise WrongCorrection(f"this correction cannot be kept: {error}") from None
    if read_back != correction:
        raise WrongCorrection("this correction would not be read back as it is: keep every statement in one line")
    return text


def write(folder: Path, correction: Correction) -> Path:
    """Write the file of a correction, whole or not at all. Raises WrongCorrection."""
    text = check(correction)
    folder.mkdir(parents=True, exist_ok=True)
    file = place(folder, correction.id)
    # What begins with a dot is not ingested.
    half = file.with_name(f".{file.name}.{os.getpid()}")
    half.write_text(text, "utf-8")
    half.replace(file)
    return file


def read(file: Path) -> Correction:
    """The correction that a file holds. Raises WrongCorrection."""
    try:
        return _correction(file.stem, file.read_text("utf-8"))
    except (OSError, Unreadable, KeyError, TypeError, ValueError, WrongMetadata) as error:
        raise WrongCorrection(f"{file} is not a reviewed answer: {error}") from None


def _front_matter(correction: Correction) -> str:
    import yaml

    fields = {
        "title": correction.question,
        "kind": Kind.REVIEWED_ANSWER.value,
        "language": correction.language,
        **({"account": correction.account} if correction.account else {}),
        "audience": sorted(correction.audience.names),
        "owner": correction.coach,
        "effective": correction.effective,
        "expires": correction.expires,
        "accounts": list(correction.scope.accounts),
        "topics": list(correction.scope.topics),
        "origin": correction.answer,
        "cites": [asdict(each) for each in correction.cites],
        "statements": [
            {"experience": bool(each.coach), "citations": [_placed(one, correction.cites) for one in each.citations]}
            for each in correction.statements
        ],
    }
    return str(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000))


def _placed(citation: Citation, cites: Sequence[Cite]) -> dict[str, Any]:
    """Where a quote stands, with the number of its cite instead of its words."""
    number = next(at for at, each in enumerate(cites) if (each.document, each.quote) == _key(citation))
    rest = {name: value for name, value in asdict(citation).items() if value is not None}
    return {"cite": number} | {name: rest[name] for name in rest if name not in ("document_id", "quote")}


def _key(citation: Citation) -> tuple[str, str]:
    return citation.document_id, citation.quote


def _citation(placed: Mapping[str, Any], cites: Sequence[Cite]) -> Citation:
    rest = {name: value for name, value in placed.items() if name != "cite"}
    rested = cites[placed["cite"]]
    return Citation(**{"page": None} | rest, document_id=rested.document, quote=rested.quote)


def _body(correction: Correction) -> str:
    """The question as heading, a paragraph for each statement; experience stands under the coach's name."""
    lines = [f"{each.coach}: {each.text}" if each.coach else each.text for each in correction.statements]
    return "\n\n".join((f"# {re.sub('[<>]', ' ', correction.question)}", *lines)) + "\n"


def _correction(name: str, text: str) -> Correction:
    fields, body = front_matter(text)
    said = list(_paragraphs(text[body:]))
    cites = tuple(Cite(**each) for each in _list(fields["cites"]))
    return Correction(
        id=name,
        answer=_text(fields["origin"]),
        question=_text(fields["title"]),
        coach=_text(fields["owner"]),
        language=fields["language"],  # type: ignore[arg-type]
        statements=tuple(_statements(fields, said, cites)),
        cites=cites,
        audience=Audience.of(fields["audience"]),
        effective=_day(fields["effective"]),
        expires=_day(fields["expires"]),
        scope=Scope(tuple(_list(fields["accounts"])), tuple(_list(fields["topics"]))),
        account=_text(fields["account"]) if "account" in fields else None,
    )


def _paragraphs(body: str) -> Iterator[str]:
    return (each for each in map(str.strip, body.split("\n\n")) if each and not each.startswith("# "))


def _statements(fields: Mapping[str, Any], said: list[str], cites: Sequence[Cite]) -> Iterator[Statement]:
    for about, text in zip(_list(fields["statements"]), said, strict=True):
        coach = _text(fields["owner"]) if about["experience"] else ""
        citations = tuple(_citation(each, cites) for each in about["citations"])
        yield Statement(text.removeprefix(f"{coach}: ") if coach else text, citations, coach)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} should be a list")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} should be a day")
    return value
