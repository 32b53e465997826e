"""Every gate a claim must pass before anyone sees it, each with a reason code."""

from collections.abc import Mapping

from assistant.answers import Citation, Claim, ClaimKind
from assistant.reasons import Reason
from knowledge.documents import Entry, Passage

Sources = Mapping[str, tuple[Passage, Entry]]


def check(claim: Claim, sources: Sources) -> Reason | None:
    """The reason a claim fails, or None. `sources` are what its reader may read right now.

    A claim that no model worded is its quotes, a line each, or the first of them alone; what one that a
    model worded says of its quotes was checked by the gates of a draft.
    """
    if not claim.citations:
        return None if claim.drafted and claim.kind is ClaimKind.ADVICE else Reason.NO_CITATION
    quotes = [each.quote for each in claim.citations]
    if not claim.drafted and claim.text not in (quotes[0], "\n".join(quotes)):
        return Reason.NOT_THE_QUOTE
    return next(filter(None, (cited(each, sources) for each in claim.citations)), None)


def cited(citation: Citation, sources: Sources) -> Reason | None:
    """The reason a citation fails: its source is gone or closed, or does not hold the quote there."""
    if citation.passage_id not in sources:
        return Reason.SOURCE_GONE
    passage, entry = sources[citation.passage_id]
    start, end = citation.start - passage.start, citation.end - passage.start
    in_place = 0 <= start < end <= len(passage.text) and passage.text[start:end] == citation.quote
    return None if in_place and entry.id == citation.document_id else Reason.QUOTE_NOT_FOUND
