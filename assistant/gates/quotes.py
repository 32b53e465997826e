"""Where a drafted quote stands in its passage."""

from dataclasses import dataclass

from assistant.gates.folding import folded
from assistant.reasons import Reason
from knowledge.documents import Passage


@dataclass(frozen=True, slots=True)
class Located:
    """A stretch of a passage: offsets into `passage.text`."""

    start: int
    end: int


def locate(quote: str, passage: Passage) -> Located | Reason:
    """The passage's own stretch for a drafted quote, or why there is none."""
    copy = passage.search_copy()
    text, wanted = folded(copy.text), folded(quote).text
    at = text.text.find(wanted)
    if not wanted or at < 0:
        return Reason.QUOTE_NOT_FOUND
    return Located(*copy.span(*text.span(at, at + len(wanted))))
