"""Whether the same question, put otherwise, is answered no worse (RGB: noise robustness; GSM-IC: asides).

A variant holds if it ends as the original did (declined or not) and says no fewer of the key facts; where
there are none, if no less of the evidence is found in the first five hits. Nothing holds where the
variant or the original failed.
"""

from collections.abc import Mapping

from evals.attempts import Attempt
from evals.metrics.answering import facts_lenient
from evals.metrics.retrieval import document_recall, gold_recall
from evals.scores import Need, Tried, Value, share, verdict

KINDS = (Need.SCRIPT, Need.PARAPHRASE, Need.NOISE, Need.DISTRACTOR)


def held_under(kind: Need, tried: Tried) -> Value:
    """1 if every variant of one kind held; absent when none was run."""
    variants = _of(kind, tried)
    if not variants:
        return Value(None, f"no variant {kind.value} was run")
    lost = [why for each in variants.values() if (why := _loss(tried, each))]
    return verdict(not lost, lost[0] if lost else "it ends and says no less than as written")


def held(tried: Tried) -> Value:
    """Share of all variants, of whatever kind, that held; absent when none was run."""
    variants = {name: each for kind in KINDS for name, each in _of(kind, tried).items()}
    lost = [f"{name}: {why}" for name, each in variants.items() if (why := _loss(tried, each))]
    counted = share(len(variants) - len(lost), len(variants), "variants held", "no variant was run")
    return Value(counted.value, "; ".join((counted.why, *lost)))


def _of(kind: Need, tried: Tried) -> Mapping[str, Attempt]:
    """The attempts of a kind: `paraphrase`, or `paraphrase:1` and so on."""
    return {name: each for name, each in tried.variants.items() if name.split(":")[0] == kind.value}


def _loss(tried: Tried, variant: Attempt) -> str:
    """How a variant did worse than the original, or nothing."""
    if failed := next((each for each in (tried.attempt, variant) if each.failed), None):
        return f"{'the variant' if failed.variant else 'as written it'} failed: {failed.failure}"
    if variant.declined != tried.attempt.declined:
        return f"it was {variant.outcome}, as written {tried.attempt.outcome}"
    before, after = _quality(tried), _quality(Tried(tried.item, variant, {}))
    if before is None or after is None or after.value is None or before.value is None:
        return ""
    return f"{after.why}, as written {before.why}" if after.value < before.value else ""


def _quality(tried: Tried) -> Value | None:
    if tried.item.facts and not tried.attempt.searched:
        return facts_lenient(tried)
    if tried.item.gold:
        return gold_recall(5, tried)
    return document_recall(5, tried) if tried.item.documents else None
