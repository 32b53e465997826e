"""Whether a search finds what a right answer rests on.

Gold recall counts pieces of evidence: a piece is found when one of the spans that say it lies wholly
inside a hit (a deterministic counterpart of RAGChecker's claim recall). The other scores count
documents, in the order in which their first hit stands; a document counts once (MTRAG, trec_eval).
"""

from math import log2

from evals.attempts import Attempt, Place
from evals.benchmark import Item
from evals.scores import Tried, Value, share

_DEPTH = 10


def pieces(tried: Tried) -> tuple[tuple[Place, ...], ...]:
    """The places of each piece of evidence; none of one that the library does not hold, which is never found."""
    gold = tried.attempt.gold
    return gold + ((),) * (len(tried.item.gold) - len(gold))


def gold_recall(k: int, tried: Tried) -> Value:
    """Share of the pieces of evidence that stand wholly in one of the first `k` hits."""
    hits = tried.attempt.hits[:k]
    gold = pieces(tried)
    found = [any(hit.holds(span) for span in group for hit in hits) for group in gold]
    return share(sum(found), len(gold), f"pieces of evidence in the top {k}", "it names no evidence")


def document_recall(k: int, tried: Tried) -> Value:
    """Share of the gold documents among the first `k` documents (ragas: ID-based context recall)."""
    gold = _gold(tried.item)
    found = gold.intersection(_ranked(tried.attempt)[:k])
    return share(len(found), len(gold), f"gold documents in the top {k}", "it names no documents")


def mrr(tried: Tried) -> Value:
    """1 ÷ the rank of the first gold document; 0 when none is found. Its mean over questions is the MRR."""
    gold = _gold(tried.item)
    ranks = (rank for rank, each in enumerate(_ranked(tried.attempt), start=1) if each in gold)
    rank = next(ranks, None)
    return (
        Value(1 / rank, f"the first gold document is number {rank}") if rank else Value(0.0, "no gold document found")
    )


def ndcg(tried: Tried) -> Value:
    """nDCG@10 by documents: gain 1 for each gold document, discount log2(rank + 1).

    Held against the best order there could be of all gold documents, or of ten of them.
    """
    gold = _gold(tried.item)
    gains = [1 / log2(rank + 1) for rank, each in enumerate(_ranked(tried.attempt)[:_DEPTH], start=1) if each in gold]
    best = sum(1 / log2(rank + 1) for rank in range(1, min(_DEPTH, len(gold)) + 1))
    return Value(sum(gains) / best, f"{len(gains)} of {len(gold)} gold documents in the top {_DEPTH}")


def _gold(item: Item) -> frozenset[str]:
    """The documents that hold gold, also those that the library lacks."""
    return frozenset((*item.documents, *(span.document for group in item.gold for span in group)))


def _ranked(attempt: Attempt) -> tuple[str, ...]:
    """The documents found, best first, each once."""
    return tuple(dict.fromkeys(hit.document for hit in attempt.hits))
