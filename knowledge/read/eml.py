"""Mail messages: the body, then every attachment as a file of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.errors import Unreadable
from knowledge.read.attachment import Attachment, attached_name
from knowledge.read.draft import one_line, tidy, too_long
from knowledge.read.encoding import decode
from knowledge.read.html import read_html
from knowledge.read.limits import Limits
from knowledge.read.mail_headers import date_of, header, words
from knowledge.read.reading import Failure, Reading

if TYPE_CHECKING:
    from knowledge.read.mail_headers import Part


def read_eml(data: bytes, title: str, limits: Limits) -> Iterator[Reading | Failure | Attachment]:
    """The body as a Reading, if there is one, then each attached document, messages included.

    The title is the subject. Sender and date are `fields`, never text. Attachments of a kind
    nobody reads (pictures, archives) are left out. Raises Unreadable for what is no message.
    """
    message = _parsed(data)
    named = [(part, _name(part)) for part in _leaves(message)]
    attachments = [_attachment(part, name) for part, name in named if name]
    try:
        body = _body([part for part, name in named if not name], limits)
    except Unreadable as error:
        if not attachments:
            raise
        yield Failure("", str(error))
    else:
        if body is not None:
            yield _headed(body, message, title)
        elif not attachments:
            raise Unreadable("no text in it")
    yield from attachments


def _headed(body: Reading, message: "Part", title: str) -> Reading:
    subject = one_line(header(message, "subject"))
    stated = {"from": one_line(header(message, "from")), "date": date_of(message)}
    fields = MappingProxyType({key: value for key, value in stated.items() if value})
    return replace(body, title=subject or title, fields=fields)


def _parsed(data: bytes) -> "Part":
    import email

    if b"\0" in data:
        raise Unreadable("binary data, not text")
    try:
        message = email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise Unreadable("messages nested too deep") from None
    if not {"from", "subject", "date", "content-type"} & {name.lower() for name in message}:
        raise Unreadable("not a mail message: it has no header lines")
    return message


def _leaves(message: "Part") -> "Iterator[Part]":
    """The parts that hold something, in order; a nested message is one part."""
    pending = [message]
    while pending:
        part = pending.pop()
        inside = _inside(part) if part.get_content_maintype() == "multipart" else []
        pending.extend(reversed(inside))
        if not inside:
            yield part


def _inside(part: "Part") -> "list[Part]":
    """The parts a part is made of; none for one that has content of its own."""
    payload = part.get_payload()
    return [p for p in payload if not isinstance(p, str)] if isinstance(payload, list) else []


def _name(part: "Part") -> str:
    """What an attached document is called; "" for a part of the body or of a foreign kind."""
    kind = part.get_content_type()
    stated = words(part.get_filename() or part.get_param("name") or "")
    is_body = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
    return "" if is_body and not stated else attached_name(stated, kind)


def _body(parts: "Sequence[Part]", limits: Limits) -> Reading | None:
    plain = "\n".join(_text(part) for part in parts if part.get_content_type() == "text/plain")
    if len(plain) > limits.max_text:
        raise Unreadable(too_long(limits.max_text))
    if plain.strip():
        return Reading(title="", text=plain)
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    return next((page for part in pages if (page := _page(part, limits))), None)


def _text(part: "Part") -> str:
    return tidy(decode(_bytes(part), part.get_content_charset("")).text)


def _page(part: "Part", limits: Limits) -> Reading | None:
    try:
        return next(read_html(_bytes(part), "", limits, part.get_content_charset("")))
    except Unreadable:
        return None


def _attachment(part: "Part", name: str) -> Attachment | Failure:
    try:
        return Attachment(name, _bytes(part))
    except (ValueError, LookupError, RecursionError):
        return Failure(name, "a damaged attachment")


def _bytes(part: "Part") -> bytes:
    if inside := _inside(part):
        return b"".join(message.as_bytes() for message in inside)
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
