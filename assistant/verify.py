"""Every gate a claim must pass before anyone sees it, each with a reason code."""

from collections.abc import Mapping

from assistant.answers import Citation, Claim
from knowledge.documents import Entry, Passage

NO_CITATION = "no_citation"
SOURCE_GONE = "source_gone"
QUOTE_NOT_FOUND = "quote_not_found"
NOT_THE_QUOTE = "not_the_quote"

Sources = Mapping[str, tuple[Passage, Entry]]


def check(claim: Claim, sources: Sources) -> str | None:
    """The reason a verbatim claim fails, or None. `sources` are what its reader may read right now."""
    if not claim.citations:
        return NO_CITATION
    if claim.text != claim.citations[0].quote:
        return NOT_THE_QUOTE
    return next(filter(None, (cited(each, sources) for each in claim.citations)), None)


def cited(citation: Citation, sources: Sources) -> str | None:
    """The reason a citation fails: its source is gone or closed, or does not hold the quote there."""
    if citation.passage_id not in sources:
        return SOURCE_GONE
    passage, entry = sources[citation.passage_id]
    start, end = citation.start - passage.start, citation.end - passage.start
    in_place = 0 <= start < end <= len(passage.text) and passage.text[start:end] == citation.quote
    return None if in_place and entry.id == citation.document_id else QUOTE_NOT_FOUND
