"""Whether a follow-up is understood: its evidence found with its history, without it, and made whole (MTRAG)."""

from evals.metrics.retrieval import gold_recall
from evals.scores import Need, Tried, Value, verdict

_FIRST = 5


def recall_with_history(tried: Tried) -> Value:
    """Gold recall@5 of the follow-up as asked."""
    return gold_recall(_FIRST, tried)


def recall_of(variant: Need, tried: Tried) -> Value:
    """Gold recall@5 of the last turn alone, or of the question made whole; 0 if that failed, absent if not run."""
    attempt = tried.variants.get(variant.value)
    if attempt is None:
        return Value(None, f"the variant {variant.value} was not run")
    if attempt.failed:
        return Value(0.0, f"it failed: {attempt.failure}")
    return gold_recall(_FIRST, Tried(tried.item, attempt, {}))


def carried(tried: Tried) -> Value:
    """1 if the history brings as much to light as the question made whole.

    Absent when neither finds anything: then there is nothing to carry. 0 if either failed.
    """
    whole, mine = recall_of(Need.STANDALONE, tried), recall_with_history(tried)
    if whole.value is None or mine.value is None:
        return Value(None, whole.why)
    if tried.attempt.failed:
        return Value(0.0, f"failed: {tried.attempt.failure}")
    if tried.variants[Need.STANDALONE.value].failed:
        return Value(0.0, f"made whole, {whole.why}")
    if not whole.value and not mine.value:
        return Value(None, "made whole it finds nothing either")
    return verdict(mine.value >= whole.value, f"with history {mine.why}; made whole {whole.why}")
