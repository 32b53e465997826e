"""The same questions under several settings: quality against cost and time, in one table."""

import argparse
from collections.abc import Sequence

from evals.cli.commands import benchmark_of
from evals.cli.making import Asked, Scored, make
from evals.cli.place import place
from evals.cli.showing import told
from evals.errors import WrongRun
from integrations.commands import DONE, print_json, terminal
from integrations.settings import laid_over, load

_SCORES = ("facts_lenient", "gold_recall@5", "citation_precision", "declined_rightly", "declined_wrongly")
_TOTALS = ("precision", "cost_per_correct", "seconds_p50", "seconds_p95", "error_rate")


def matrix(options: argparse.Namespace) -> int:
    """Run the questions as written with each file of settings, laid over those in force."""
    if len(options.files) < 2:
        raise WrongRun("one file of settings is no matrix: name two or more, or use `coach eval run`")
    base, benchmark = load(), benchmark_of(options.set, options.limit)
    each_in_force = [(file.stem, laid_over(base, file)) for file in options.files]
    done = [
        (name, make(place(settings, benchmark), benchmark, Asked("", options.parallel, plain=True, stem=name), base))
        for name, settings in each_in_force
    ]
    if options.json:
        print_json([{"settings": name, **scored.summary.as_json()} for name, scored in done])
    else:
        _show(done)
    return DONE


def _show(done: Sequence[tuple[str, Scored]]) -> None:
    rows = [(name, *map(str, _row(scored))) for name, scored in done]
    terminal().show_table(("settings", "model", *_SCORES, *_TOTALS), rows)


def _row(scored: Scored) -> Sequence[str]:
    metrics = {each.name: each for each in scored.summary.metrics}
    shares = []
    for name in _SCORES:
        figure = scored.summary.figure(name)
        shares.append(told(metrics[name], figure.value) if figure else "\u2013")
    totals = (scored.summary.totals[name].value for name in _TOTALS)
    model = scored.run.header.recipe["model"] or "none"
    return model, *shares, *("\u2013" if value is None else f"{value:.4g}" for value in totals)
