"""Holding runs against each other: compare, the gate, baselines, and a judge against coaches."""

import argparse
from dataclasses import asdict
from pathlib import Path

from evals import baseline as baselines
from evals import coaches
from evals.baseline import Baseline, baseline_of
from evals.cli.commands import SHUT, run_named
from evals.cli.making import judge, scored
from evals.cli.showing import show_agreement, show_comparison, show_preferences, show_verdict
from evals.compare import Comparison
from evals.compare import compare as compared
from evals.errors import WrongRun
from evals.gate import judge_release
from evals.judge import Preference
from evals.metrics import METRICS
from evals.runs import Run
from integrations.commands import DONE, print_json
from integrations.progress import bar
from integrations.settings import load


def compare(options: argparse.Namespace) -> int:
    """What changed from one run to another, how sure that is, and which questions flipped."""
    before, after = (_figures(each) for each in (options.before, options.after))
    found = _compared(before, after)
    preferences = _preferences(options.before, options.after) if options.judge else None
    if options.json:
        judged = {"preferences": {item: asdict(each) for item, each in preferences.items()}} if preferences else {}
        print_json(found.as_json() | judged)
        return DONE
    show_comparison(found, METRICS, options.all)
    if preferences is not None:
        show_preferences(preferences)
    return DONE


def gate(options: argparse.Namespace) -> int:
    """Whether a run may be released; 1 and the reasons when it may not."""
    candidate, against = _figures(options.run), _figures(str(options.against))
    verdict = judge_release(against, candidate, METRICS)
    if options.json:
        print_json({"passed": verdict.passed, **asdict(verdict)})
    else:
        show_verdict(verdict)
    return DONE if verdict.passed else SHUT


def baseline(options: argparse.Namespace) -> int:
    """Write a run as the file that later ones are held against."""
    baselines.dump(_figures(options.run), options.to)
    print(options.to)
    return DONE


def agree(options: argparse.Namespace) -> int:
    """How far a run's judge agrees with coaches, and they with each other."""
    pairs = coaches.agree(run_named(options.run).judgements(), coaches.labels(options.labels))
    if options.json:
        print_json([asdict(each) for each in pairs])
        return DONE
    show_agreement(pairs)
    return DONE


def _figures(name: str) -> Baseline:
    """The figures of a baseline file, or of a run by its name; without one, of the newest."""
    if name.endswith(".json"):
        return baselines.load(Path(name))
    done = scored(run_named(name))
    header = done.run.header
    items = [each.item for each in done.tried]
    return baseline_of(items, done.values, METRICS, digest=header.digest, recipe=header.recipe, made=header.began[:10])


def _compared(before: Baseline, after: Baseline) -> Comparison:
    """Questions that were changed in between are left out on both sides, as if each run had its own."""
    same = [each for each, digest in before.questions.items() if after.questions.get(each) == digest]
    if not same:
        raise WrongRun("the two have no question in common: compare runs of the same questions")
    changed = {each for each in before.questions.keys() & after.questions.keys() if each not in same}
    old, new = ({item: row for item, row in run.values.items() if item not in changed} for run in (before, after))
    clusters, slices = {**after.clusters, **before.clusters}, {**after.slices, **before.slices}
    return compared(old, new, clusters=clusters, slices=slices, metrics=METRICS)


def _preferences(before: str, after: str) -> dict[str, Preference]:
    """Which answer a judge prefers, for each question that both runs answered."""
    settings = load()
    if not settings.judge:
        raise WrongRun("no judge is configured: set COACH_JUDGE to a model, or leave --judge away")
    one, other = (_answers(run_named(each)) for each in (before, after))
    asks, both = judge(settings, settings), [each for each in one if each in other]
    found: dict[str, Preference] = {}
    with bar("Judging") as tick:
        for item in both:
            question, text = one[item]
            found[item] = asks.prefers(question, text, other[item][1])
            tick(len(found), len(both))
    return found


def _answers(run: Run) -> dict[str, tuple[str, str]]:
    """The question and what was claimed, of each question that was answered."""
    return {
        each.item.id: (each.item.question, "\n".join(told.text for told in each.attempt.told))
        for each in run.tried()
        if each.attempt.answered
    }
