"""How long an answer took, what it cost, and whether there was one at all."""

from evals.attempts import Attempt
from evals.scores import Tried, Value, verdict


def seconds(tried: Tried) -> Value:
    """The whole time of an answer. Absent of a failed one: `totals.quantile` counts that as the slowest."""
    attempt = tried.attempt
    if attempt.failed:
        return _failed(attempt)
    return Value(attempt.seconds, f"{attempt.outcome} after {attempt.seconds:.2f} s")


def first_claim(tried: Tried) -> Value:
    """The time to the first claim that was shown. Absent when nothing was claimed, or when it failed."""
    first = tried.attempt.first
    if tried.attempt.failed:
        return _failed(tried.attempt)
    return Value(None, "it claims nothing") if first is None else Value(first, f"first claim after {first:.2f} s")


def _failed(attempt: Attempt) -> Value:
    return Value(None, f"failed after {attempt.seconds:.2f} s")


def cost(tried: Tried) -> Value:
    """What the models used cost, failed attempts included. Absent where no prices are configured."""
    spent = tried.attempt.cost
    return Value(None, "no prices are configured") if spent is None else Value(spent, f"cost {spent:.6g}")


def error(tried: Tried) -> Value:
    """1 if nothing came of it but an error; a declined answer is none."""
    attempt = tried.attempt
    return verdict(attempt.failed, attempt.failure if attempt.failed else "no error")
