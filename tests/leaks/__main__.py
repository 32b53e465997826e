"""Tries to make the coach leak: python -m tests.leaks [--probes N] [--seed S] [--model] [--review] [--pairs] [--cost]

Without a part named, all run: probes without a model and with the worst one, coach review, pairs of hidden and absent,
cost.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.shared import Number, Table
from tests.fakes.openai_server import running
from tests.leaks import cost, pairs, review, review_twins, run
from tests.leaks.worst import worst

_WITH_MODEL = 5
"""One probe in so many is asked again where a model answers."""
_PAIRS = 400
_REVIEWS = 2000
_TWINS = 60
_PARTED = ("without_model", "model", "review", "pairs", "cost")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for. Returns 1 when a target is missed."""
    parser = _parser()
    options = parser.parse_args(arguments)
    named = [part for part in _PARTED if getattr(options, part)]
    missed = False
    for part in named or _PARTED:
        print(f"\n{part.replace('_', ' ')}", flush=True)
        with tempfile.TemporaryDirectory(prefix="coach-leaks-") as folder:
            numbers = _PARTS[part](Path(folder), options)
        table = Table(("number", "measured", "unit", "target", ""))
        table.rows = [each.row() for each in numbers]
        table.show()
        missed |= any(each.missed for each in numbers)
    return int(missed)


def _without_model(folder: Path, options: argparse.Namespace) -> list[Number]:
    return run.report(run.run(folder, options.probes or 5000, options.seed))


def _model(folder: Path, options: argparse.Namespace) -> list[Number]:
    """The model does its worst."""
    with running("vllm", model=worst) as server:
        settings = {"COACH_MODEL": "fake-chat", "COACH_MODEL_URL": server.url, "COACH_MODEL_KEY": server.key}
        result = run.run(folder, (options.probes or 5000) // _WITH_MODEL, options.seed + 1, settings=settings)
        result.complaints += server.complaints
        return [*run.report(result), Number("requests to the model", len(server.requests), at_least=1)]


def _review(folder: Path, options: argparse.Namespace) -> list[Number]:
    """Coach review, and pages with and without what is hidden."""
    numbers = review.report(review.run(folder / "probed", options.probes or _REVIEWS, options.seed))
    return [*numbers, *review_twins.report(review_twins.run(folder / "twins", _TWINS, options.seed))]


def _pairs(folder: Path, options: argparse.Namespace) -> list[Number]:
    return pairs.report(pairs.run(folder, _PAIRS, options.seed))


def _cost(folder: Path, options: argparse.Namespace) -> list[Number]:
    return cost.measure(folder)


_PARTS: dict[str, Callable[[Path, argparse.Namespace], list[Number]]] = {
    "without_model": _without_model,
    "model": _model,
    "review": _review,
    "pairs": _pairs,
    "cost": _cost,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.leaks", description=__doc__)
    parser.add_argument(
        "--probes", type=int, metavar="N", help="without a model (5000), with one a fifth; of review (2000)"
    )
    parser.add_argument("--seed", type=int, default=5, metavar="S", help="of the company and the probes (5)")
    parser.add_argument("--without-model", action="store_true", help="the probes without a model")
    parser.add_argument("--model", action="store_true", help="the probes with the worst of models")
    parser.add_argument("--review", action="store_true", help="coach review: askers, coaches, the console, Slack")
    parser.add_argument("--pairs", action="store_true", help="hidden against absent")
    parser.add_argument("--cost", action="store_true", help="what the policy costs a search")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
