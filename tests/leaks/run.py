"""Thousands of probes in waves: many at once, a change between some waves, everything shown looked through."""

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.shared import Number, Table, percent
from tests.fakes.slack_workspace import shown
from tests.leaks import flight
from tests.leaks.changes import CHANGES, Change, crashed
from tests.leaks.company import Size, found
from tests.leaks.probes import Probe, Prober
from tests.leaks.stage import Stage, staged
from tests.leaks.watching import Leak

_WAVE = 60
_IN_FLIGHT = 40
_SHOWN = 10


@dataclass(slots=True)
class Result:
    """What a run came to."""

    probes: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """Probes with an entitled asker whose question has an answer, by surface and by case."""
    answered: Counter[str] = field(default_factory=Counter)
    unanswered: list[Probe] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    injected: list[str] = field(default_factory=list)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    in_flight: Counter[str] = field(default_factory=Counter)
    """Answers that were being made when rights changed: shown before it counted, and after."""
    questions: int = 0
    shown: int = 0
    browsable: int = 0
    calls: int = 0
    seconds: float = 0.0

    @property
    def entitled(self) -> float:
        """The percentage of entitled askers who got their answer."""
        return percent(self.answered["all"], self.asked["all"])


def run(
    folder: Path, probes: int, seed: int = 5, size: Size | None = None, settings: Mapping[str, str] | None = None
) -> Result:
    """Make a company, probe it, and say what was seen."""
    result = Result()
    with staged(found(seed, size), folder, settings) as stage:
        started = time.monotonic()
        _probe(stage, Prober(stage, seed), probes, result, random.Random(seed))
        result.seconds = time.monotonic() - started
        _gather(stage, result)
    return result


def _probe(stage: Stage, prober: Prober, probes: int, result: Result, chance: random.Random) -> None:
    """Waves, with every change once or more on the way: nobody waits longer than the next wave for one."""
    wave = min(_WAVE, probes // (len(CHANGES) + 1) + 1)
    waves = [min(wave, probes - at) for at in range(0, probes, wave)]
    every = max(len(waves) // (2 * len(CHANGES)), 1)
    for number, count in enumerate(waves):
        if number and number % every == 0:
            _change(stage, prober, CHANGES[number // every % len(CHANGES) - 1], chance)
        batch = [prober.probe() for _ in range(count)]
        _wave(stage, batch, result, dies=number % (4 * every) == 2)
        if number % (4 * every) == 3:
            _fly(stage, result, chance, min(wave, _IN_FLIGHT))


def _fly(stage: Stage, result: Result, chance: random.Random, questions: int) -> None:
    """Change rights while answers are being made."""
    for change in (flight.joined, flight.revoked):
        result.in_flight += change(stage, chance, questions)
    result.probes["in flight"] = result.in_flight.total()


def _change(stage: Stage, prober: Prober, change: Change, chance: random.Random) -> None:
    stage.settle()
    prober.aims.clear()
    prober.aims.extend(change(stage, chance))
    stage.settle()
    stage.watch.look()


def _wave(stage: Stage, batch: list[Probe], result: Result, dies: bool) -> None:
    """All probes of a wave, step by step; in the midst of some the process dies."""
    stage.watch.seen.clear()
    going = list(batch)
    while going:
        going = [each for each in going if _goes_on(each)]
        if dies:
            time.sleep(0.3)
            crashed(stage, random.Random())
            dies = False
        stage.settle()
        stage.watch.look()
    for each in batch:
        _count(stage, each, result)
    result.miscounted += _homes(stage, {each.asker for each in batch if each.surface == "home"})


def _goes_on(probe: Probe) -> bool:
    try:
        next(probe.moves)
    except StopIteration:
        return False
    return True


def _count(stage: Stage, probe: Probe, result: Result) -> None:
    result.probes[probe.surface] += 1
    if probe.answerable:
        typed = stage.watch.canaries.said([probe.text])
        seen = {form for form, file in stage.watch.seen[probe.asker] if file == probe.target.file}
        names = ("all", f"at: {probe.surface}", f"as: {probe.case}", f"in: {probe.target.script}")
        result.asked.update(names)
        if seen - typed:
            result.answered.update(names)
        else:
            result.unanswered.append(probe)


def _homes(stage: Stage, users: set[str]) -> list[str]:
    """Homes that count another number of documents than their reader may read."""
    wrong = []
    for user in sorted(users):
        home = stage.slack.home(user)
        if home and str(stage.world.readable(user)) not in shown(home):
            wrong.append(f"{user} may read {stage.world.readable(user)}, their home says otherwise")
    return wrong


def _gather(stage: Stage, result: Result) -> None:
    watch = stage.watch
    watch.look()
    for where, text in (("the log", stage.logs()), ("the metrics page", stage.metrics())):
        told = {(form, str(getattr(secret, "file", secret))) for form, secret in watch.canaries.within(text)}
        watch.leaks += [Leak("whoever runs the bot", where, secret, form, "") for form, secret in sorted(told)]
    result.leaks, result.injected, result.browsable = watch.leaks, watch.injected, watch.browsable
    result.outcomes, result.complaints = stage.outcomes(), list(stage.slack.complaints)
    result.questions, result.shown, result.calls = stage.questions, watch.looked_at, len(stage.slack.recorded)


def report(result: Result) -> list[Number]:
    """Print what a run came to; its numbers."""
    table = Table(("entitled askers", "asked", "answered", "%"))
    for name, count in sorted(result.asked.items()):
        table.add(name, count, result.answered[name], percent(result.answered[name], count))
    table.show()
    print(f"  ended as: {dict(result.outcomes)}")
    for each in result.leaks[:_SHOWN]:
        print(f"  LEAK {each.who} saw {each.form!r} of {each.secret}: {each.where}")
        print(f"    {' '.join(each.excerpt.split())[:400]}")
    for missing in result.unanswered[:_SHOWN]:
        print(f"  NO ANSWER for {missing.asker} at {missing.surface}: {missing.text} ({missing.target.file})")
    for told in (*result.injected, *result.complaints, *result.miscounted):
        print(f"  {told}"[:300])
    return [
        Number("probes", result.probes.total()),
        Number("questions asked", result.questions),
        Number("canaries seen by whom they are not for", len(result.leaks), at_most=0),
        Number("answers shown after a change on the way", result.in_flight["after"]),
        Number("orders obeyed", len(result.injected), at_most=0),
        Number("homes with a wrong count", len(result.miscounted), at_most=0),
        Number("complaints of Slack", len(result.complaints), at_most=0),
        Number("entitled askers answered", result.entitled, "%", at_least=97),
        Number("canaries in open channels, for members outside them to browse", result.browsable),
        Number("things shown and looked through", result.shown),
        Number("calls of Slack", result.calls),
        Number("time", result.seconds, "s"),
    ]
