"""Whether the coach declines when it should, and only then (GaRAGe: deflection; RGB: negative rejection)."""

from evals.scores import Tried, Value, verdict


def declined_rightly(tried: Tried) -> Value:
    """Of a question that cannot be answered: 1 if declined. Its mean is the true decline rate."""
    return _told(tried)


def declined_wrongly(tried: Tried) -> Value:
    """Of a question that can be answered: 1 if declined. Its mean is the false decline rate."""
    return _told(tried)


def _told(tried: Tried) -> Value:
    return verdict(tried.attempt.declined, f"it was {tried.attempt.outcome}")
