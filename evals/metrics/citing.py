"""Whether citations are real, point where the gold is, and are there.

Deterministic counterparts of ALCE's citation precision and recall: gold spans stand for entailment.
Where ALCE leaves a citation out of range out of its count of citations, it costs here: every citation
to what was never there, is no longer in force, or is not the asker's to read, is a failure.

Repeating what is good does not raise a share, repeating what is bad lowers it: equal good citations
(the same place and quote) count once, bad ones each time.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from evals.attempts import Attempt, Cited
from evals.metrics.answering import factual
from evals.metrics.retrieval import pieces
from evals.scores import Tried, Value, share

_Thing = TypeVar("_Thing")
_NO_CLAIMS = "it claims nothing"


def validity(tried: Tried) -> Value:
    """Citations that are known and permitted ÷ citations emitted, with claims or beside them.

    Absent when nothing was cited; a declined answer is judged by what it shows as nearest.
    """
    return _sound(tried.attempt, _valid, "citations are of documents in force that the asker may read")


def quote_fidelity(tried: Tried) -> Value:
    """Citations whose quote stands verbatim at its place ÷ citations emitted, with claims or beside them.

    Stricter than ragas' quoted spans: the characters themselves, in the cited place.
    """
    return _sound(tried.attempt, lambda each: each.verbatim, "quotes stand verbatim in their place")


def citation_precision(tried: Tried) -> Value:
    """Citations of claims that share a character with a gold span ÷ citations of claims.

    Absent without claims or citations. One that is invalid or not verbatim never counts as a hit.
    """
    cited = _each(tried.attempt.cited, _trusted)
    hits = [each for each in cited if _trusted(each) and _on_gold(each, tried)]
    return share(len(hits), len(cited), "citations of claims lie on gold", "it cites nothing")


def citation_recall(tried: Tried) -> Value:
    """Pieces of evidence with a span on which a citation of a claim lies ÷ pieces. Absent without claims."""
    if not tried.attempt.told:
        return Value(None, _NO_CLAIMS)
    places = [each.place for each in tried.attempt.cited if _trusted(each)]
    gold = pieces(tried)
    found = [any(place.overlaps(span) for span in group for place in places) for group in gold]
    return share(sum(found), len(gold), "pieces of evidence are cited", "it names no evidence")


def citation_f1(tried: Tried) -> Value:
    """2PR ÷ (P + R) of citation precision and recall, 0 where either is; absent without claims (LongCite, GaRAGe)."""
    precision, recall = citation_precision(tried), citation_recall(tried)
    if recall.value is None:
        return Value(None, recall.why)
    p, r = precision.value or 0.0, recall.value
    return Value(2 * p * r / (p + r) if p + r else 0.0, f"{precision.why}; {recall.why}")


def uncited(tried: Tried) -> Value:
    """Claims without any citation ÷ claims, advice left out. Absent without such claims."""
    claims = _each(factual(tried.attempt), lambda told: bool(told.cited))
    bare = [told for told in claims if not told.cited]
    return share(len(bare), len(claims), "claims have no citation", _NO_CLAIMS)


def _sound(attempt: Attempt, good: Callable[[Cited], bool], what: str) -> Value:
    emitted = _each((*attempt.cited, *attempt.beside), good)
    bad = [each for each in emitted if not good(each)]
    counted = share(len(emitted) - len(bad), len(emitted), what, "nothing is cited")
    first = f"; not {bad[0].quote[:40]!r} of {bad[0].place.document or 'nowhere'}" if bad else ""
    return Value(counted.value, counted.why + first)


def _valid(cited: Cited) -> bool:
    return cited.known and cited.permitted


def _trusted(cited: Cited) -> bool:
    return _valid(cited) and cited.verbatim


def _on_gold(cited: Cited, tried: Tried) -> bool:
    return any(cited.place.overlaps(span) for group in pieces(tried) for span in group)


def _each(things: Iterable[_Thing], good: Callable[[_Thing], bool]) -> list[_Thing]:
    """Good ones once, bad ones each time."""
    kept: list[_Thing] = []
    for each in things:
        if not good(each) or each not in kept:
            kept.append(each)
    return kept
