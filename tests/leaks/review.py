"""Coach review probed for leaks: askers and coaches of different rights, at the console and in Slack."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from integrations.review.errands import What
from tests.benchmarks.shared import Number, Table
from tests.leaks import review_changes, review_pages, review_slack
from tests.leaks.company import Paper, Size, found
from tests.leaks.review_office import Office, opened
from tests.leaks.review_plan import Plan
from tests.leaks.review_sweep import PEOPLE, sweep
from tests.leaks.watching import Leak

_WAVE = 50
_SHOWN = 15
SIZE = Size(accounts=16, people=60, channels=24, documents=500)
Probe = Callable[[Plan, str, Paper], Iterator[None]]

PROBES: dict[str, tuple[int, Probe]] = {
    "ask": (14, review_pages.ask),
    "ask again": (8, review_pages.ask_again),
    "old answers": (6, review_pages.old_answers),
    "search": (4, review_pages.search),
    "documents": (5, review_pages.documents),
    "passages": (4, review_pages.passages),
    "queue": (7, review_pages.queue),
    "case": (10, review_pages.case),
    "correct": (13, review_pages.correct),
    "corrections": (5, review_pages.corrections),
    "numbers": (6, review_pages.numbers),
    "evaluations": (2, review_pages.evaluations),
    "commands": (4, review_pages.commands),
    "asked in Slack": (8, review_slack.asked),
    "card": (8, review_slack.card),
    "App Home": (5, review_slack.home),
    "told askers": (4, review_slack.helped),
}
_ASKING = ("ask", "asked in Slack")
_FOR_ANYONE = ("ask", "ask again", "old answers", "search", "documents", "passages", "asked in Slack", "told askers")


@dataclass(slots=True)
class Result:
    """What a run came to; `looks` are pairs of a viewer and something shown, `told` those with a secret for them."""

    probes: Counter[str] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    leaks: list[Leak] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answers: int = 0
    corrections: int = 0
    confidential: int = 0
    changes: int = 0
    swept: int = 0
    seconds: float = 0.0


def run(folder: Path, probes: int, seed: int = 5, size: Size | None = None) -> Result:
    """Found a company with coaches, probe it, and say what was seen."""
    result = Result()
    with opened(found(seed, size or SIZE), folder, seed) as office:
        started = time.monotonic()
        _waves(office, Plan(office, random.Random(seed)), probes, result)
        result.seconds = time.monotonic() - started
        _gather(office, result)
    return result


def _waves(office: Office, plan: Plan, probes: int, result: Result) -> None:
    """People ask; then everything else, a change before every other wave."""
    wave = min(_WAVE, probes // 3 + 1)
    for number, at in enumerate(range(0, probes, wave)):
        if number > 1 and number % 2 == 0:
            aims = review_changes.change(office, number // 2 - 1)
            result.swept += sweep(plan, aims, min(PEOPLE, probes // 6))
            plan.aims.extend(plan.some(aims, 10))
            result.changes += 1
        # At first there is nothing to look at.
        begun = PROBES if number else {each: PROBES[each] for each in _ASKING}
        names, weights = zip(*((name, weight) for name, (weight, _) in begun.items()), strict=True)
        chosen = plan.chance.choices(names, weights, k=min(wave, probes - at))
        result.probes.update(chosen)
        going = [PROBES[each][1](plan, *plan.target(each not in _FOR_ANYONE)) for each in chosen]
        while going:
            going = [each for each in going if next(each, going) is not going]
            office.stage.settle()
        office.settle()
        office.review.errands.add(f"digest {number}", What.DIGEST, week=str(number))


def _gather(office: Office, result: Result) -> None:
    office.settle()
    judge, stage = office.judge, office.stage
    for where, text in (("the log", stage.logs()), ("the metrics page", stage.metrics())):
        told = {(form, str(getattr(secret, "file", secret))) for form, secret in judge.canaries.within(text)}
        judge.leaks += [Leak("whoever runs the bot", where, secret, form, "") for form, secret in sorted(told)]
    result.looks, result.told, result.found, result.leaks = judge.looks, judge.told, judge.found, judge.leaks
    result.complaints = list(stage.slack.complaints)
    ledger = judge.ledger
    result.answers, result.corrections = len(ledger.given), len(ledger.corrected)
    every = stage.world.papers | stage.world.gone
    result.confidential = sum(
        any(each in every and every[each].canary for each in files) for _, files in ledger.corrected.values()
    )


def report(result: Result) -> list[Number]:
    """Print what a run came to; its numbers."""
    table = Table(("surface", "looks", "with a secret for them", "leaks"))
    for name, count in sorted(result.looks.items()):
        table.add(name, count, result.told[name], result.found[name])
    table.show()
    print(f"  probes: {dict(result.probes.most_common())}")
    for each in result.leaks[:_SHOWN]:
        print(f"  LEAK {each.who} saw {each.form!r} of {each.secret}: {each.where}")
        print(f"    {' '.join(each.excerpt.split())[:300]}")
    for told in result.complaints:
        print(f"  {told}"[:300])
    return [
        Number("probes", result.probes.total()),
        Number("answers given", result.answers),
        Number("corrections", result.corrections),
        Number("corrections that cite what is confidential", result.confidential, at_least=1),
        Number("changes of rights", result.changes),
        Number("pages looked at anew after one", result.swept),
        Number("things looked at", result.looks.total()),
        Number("with a secret that was for whoever looked", result.told.total(), at_least=1),
        Number("leaks", len(result.leaks), at_most=0),
        Number("complaints of Slack", len(result.complaints), at_most=0),
        Number("time", result.seconds, "s"),
    ]
