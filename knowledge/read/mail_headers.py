"""Header lines of mail messages, as lenient as mail programs are."""

from typing import TYPE_CHECKING, TypeAlias

from knowledge.errors import Unreadable
from knowledge.read.encoding import decode

if TYPE_CHECKING:
    from email.message import Message

    Part: TypeAlias = Message[str, str]

_LONGEST = 2_000


def header(message: "Part", name: str) -> str:
    """The first header called `name`, decoded; "" when there is none."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return words(raw)


def words(raw: object) -> str:
    """Encoded words (=?gb2312?B?...?=) and raw eight-bit characters made readable."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    text = str(raw)[:_LONGEST]
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        pieces = [(text, None)]
    return "".join(_decoded(piece, charset or "") for piece, charset in pieces)


def date_of(message: "Part") -> str:
    """When it was sent, as an ISO date and time; "" when that cannot be told."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(header(message, "date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _decoded(piece: bytes | str, charset: str) -> str:
    data = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    try:
        return decode(data, charset).text
    except Unreadable:
        return data.decode("utf-8", "replace")
