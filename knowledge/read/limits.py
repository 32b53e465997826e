"""How much of a file anybody is willing to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file, everything inside it included.

    `max_bytes` bounds the file and, again, what its compressed members expand to; `max_text` the
    characters of all its documents together; `max_parts` the documents (lines of a bulk file,
    attachments); `max_depth` messages inside messages; `seconds` the time of the isolated reader.
    """

    max_bytes: int = 50 * 1024 * 1024
    max_text: int = 20_000_000
    max_parts: int = 200_000
    max_depth: int = 3
    seconds: float = 60.0
