"""What a judge says of claims: advice, until its agreement with coaches is shown."""

from evals.scores import Metric, Need, Tried, Value, share


def supported(tried: Tried) -> Value:
    """Supported claims ÷ claims with a verdict (AIS; RAGChecker's faithfulness); those without one are told."""
    verdicts = [each.supported for each in tried.judged.values() if each.supported is not None]
    without = len(tried.judged) - len(verdicts)
    aside = f"; {without} without a verdict" if without else ""
    return share(sum(verdicts), len(verdicts), f"claims are supported{aside}", f"no claim has a verdict{aside}")


JUDGED = (
    Metric(
        "supported",
        "judge",
        frozenset({Need.CLAIMS, Need.JUDGE}),
        supported,
        what="claims that the judge finds supported (advice)",
    ),
)
"""Scores that need a judge; no gate looks at them."""
