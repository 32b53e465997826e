"""Whether evaluations can be trusted: the same thing twice is no difference, seeded faults shut the gate, soon enough.

Asked is the shipped benchmark over its own library, without a model. A coach without a model says the same
each time, so the noise of a model is put on top of its attempts (noise.py).
"""

import multiprocessing
import random
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evals.attempts import Attempt
from evals.baseline import Baseline, baseline_of
from evals.benchmark import Benchmark, read
from evals.cli.place import place as opened
from evals.compare import Finding, compare
from evals.compare import numbers as values_of
from evals.gate import Verdict, judge_release
from evals.metrics import METRICS, score
from evals.run import tasks
from evals.runs import Run, Runs
from evals.scores import Need, Tried, Value
from integrations.settings import Settings
from tests.benchmarks.faults import FAULTS, Fault
from tests.benchmarks.noise import noisy
from tests.benchmarks.shared import Failed, Number, Place, Ran, percent, run
from tests.benchmarks.spoiling import priced, slower
from tests.benchmarks.wrapping import Asks, Ground

_COMPARISONS = 200
_NOISY = 24
_PARTS = 4

Scored = Mapping[str, Mapping[str, Value]]


def measure(place: Place) -> list[Number]:
    """Two real runs of the shipped coach, comparisons of noisy ones, and every seeded fault, two processes at once."""
    home, benchmark = place.fresh("evaluation"), read()
    numbers, plain, whole = _real_runs(home, benchmark)
    tried = whole.tried()
    numbers.append(Number("scores that differ between two real runs, times aside", _differing(plain, tried), at_most=0))
    base = Base(home, benchmark, tried, place.work)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        twice, harmless = pool.submit(_same_thing_twice, base), pool.submit(_not_faults, base)
        parts = [pool.submit(_verdicts, base, part) for part in range(_PARTS)]
        verdicts = {name: verdict for each in parts for name, verdict in each.result().items()}
        return [*numbers, *twice.result(), *harmless.result(), *_caught(verdicts)]


@dataclass(frozen=True, slots=True)
class Base:
    """What every process needs: the home of the unharmed run, its questions and attempts, a folder for copies."""

    home: Path
    benchmark: Benchmark
    tried: Sequence[Tried]
    work: Path

    def opened(self, name: str) -> Ground:
        """The library of that run; copies of it go to a folder of this name."""
        own = opened(Settings(home=self.home), self.benchmark)
        folders, reader = own.settings.folders, own.examiner.reader
        return Ground.of(own.settings.home, self.benchmark.items, folders, reader, date.today(), self.work / name)


def _real_runs(home: Path, benchmark: Benchmark) -> tuple[list[Number], Run, Run]:
    """One as written, one with variants, each a process as a user starts it."""
    plain = _asked(home, "plain", "--plain")
    whole = _asked(home, "whole")
    runs = Runs(home / "evals" / "runs")
    first, second = runs.open("plain"), runs.open("whole")
    asked = sum(1 for _ in second.attempts())
    size = sum(each.stat().st_size for each in second.folder.rglob("*"))
    questions = len(benchmark.items)
    numbers = [
        Number(f"{questions} questions as written, the whole process", plain.wall, "s", at_most=60),
        Number("the same, processor time", plain.cpu, "s"),
        Number(f"{questions} questions with their variants ({asked} askings)", whole.wall, "s"),
        Number("the same, processor time", whole.cpu, "s"),
        Number("a run with variants on disk", size / 1e6, "MB"),
    ]
    return numbers, first, second


def _asked(home: Path, name: str, *options: str) -> Ran:
    return run([sys.executable, "-m", "evals.cli", "eval", "run", "--name", name, *options, "--json"], home)


def _differing(plain: Run, whole: Sequence[Tried]) -> int:
    """How many scores of the questions as written differ, times aside."""
    timed = {each.name for each in METRICS if each.unit == "seconds"}
    before, after = (
        {each.item.id: score(replace(each, variants={})) for each in tried} for tried in (plain.tried(), whole)
    )
    return sum(
        before[item][name].value != value.value
        for item, values in after.items()
        for name, value in values.items()
        if name not in timed
    )


def _same_thing_twice(base: Base) -> list[Number]:
    """Comparisons of runs whose questions are each drawn from some noisy askings of that question."""
    chance = random.Random(0)
    pool = {each.item.id: [score(noisy(each, chance)) for _ in range(_NOISY)] for each in base.tried}
    shut = critical = found = 0
    for _ in range(_COMPARISONS):
        first, second = (_drawn(base.benchmark, pool, chance) for _ in range(2))
        verdict = judge_release(first, second, METRICS)
        shut += not verdict.passed
        critical += any("must be perfect" in each for each in verdict.reasons)
        compared = compare(
            first.values,
            second.values,
            clusters=first.clusters,
            slices=first.slices,
            metrics=METRICS,
        )
        found += any(row.finding in (Finding.BETTER, Finding.WORSE) for row in compared.rows)
    return [
        Number(f"A/A: gate shut, of {_COMPARISONS}", percent(shut, _COMPARISONS), "%", at_most=5),
        Number("A/A: gate shut for a broken promise", critical, at_most=0),
        Number(
            "A/A: a comparison shows a difference anywhere",
            percent(found, _COMPARISONS),
            "%",
            at_most=5,
        ),
    ]


def _drawn(benchmark: Benchmark, pool: Mapping[str, Sequence[Mapping[str, Value]]], chance: random.Random) -> Baseline:
    return _baseline(benchmark, {item: chance.choice(made) for item, made in pool.items()})


@dataclass(frozen=True, slots=True)
class Caught:
    """What the gate made of a fault."""

    fault: Fault
    verdict: Verdict

    @property
    def rightly(self) -> bool:
        """Whether a reason names a score that should have seen it."""
        return any(each in reason for reason in self.verdict.reasons for each in self.fault.expects)

    def line(self) -> str:
        """What became of it, in one line: each reason by its first words."""
        gate, expected = (
            "open" if self.verdict.passed else "shut",
            " or ".join(self.fault.expects) or "no score",
        )
        heads = (" ".join(each.split(" (")[0].split()[:7]) for each in self.verdict.reasons)
        as_expected = "as expected" if self.rightly else "NOT EXPECTED"
        return f"{self.fault.name:45} {gate} {as_expected:12} {expected:47} {'; '.join(heads)[:130]}"


class Judging:
    """The gate, with the unharmed coach as baseline."""

    def __init__(self, base: Base, ground: Ground) -> None:
        self._benchmark = base.benchmark
        unharmed = ground.examiner()
        # Times are of here and now; variants need not be asked again.
        self._unharmed = [Tried(each.item, unharmed.attempt(each.item), each.variants) for each in base.tried]

    def baseline(self, variants: Collection[Need] = ()) -> Baseline:
        """The unharmed run, with these variants."""
        kinds = {each.value for each in variants}
        return _baseline(
            self._benchmark,
            _scored(
                replace(
                    each,
                    variants={name: one for name, one in each.variants.items() if name.split(":")[0] in kinds},
                )
                for each in self._unharmed
            ),
        )

    def asked(self, harmed: Asks, variants: Collection[Need] = (), parallel: int = 1) -> list[Tried]:
        """What comes of asking a harmed coach everything."""
        every = list(tasks(self._benchmark.items, variants))
        with ThreadPoolExecutor(parallel) as pool:
            made = list(pool.map(lambda task: harmed.attempt(task.item, task.variant), every))
        by_item: dict[str, dict[str, Attempt]] = {}
        for task, attempt in zip(every, made, strict=True):
            by_item.setdefault(task.item.id, {})[task.variant] = attempt
        return [Tried(item, by_item[item.id].pop(""), by_item[item.id]) for item in self._benchmark.items]

    def judged(self, tried: Sequence[Tried], variants: Collection[Need] = ()) -> Verdict:
        """What the gate says of a run."""
        return judge_release(self.baseline(variants), _baseline(self._benchmark, _scored(tried)), METRICS)


def _scored(tried: Iterable[Tried]) -> Scored:
    return {each.item.id: score(each) for each in tried}


def _baseline(benchmark: Benchmark, scored: Scored) -> Baseline:
    return baseline_of(benchmark.items, scored, METRICS, digest=benchmark.digest, recipe={}, made="")


def _verdicts(base: Base, part: int) -> dict[str, Verdict]:
    """What the gate makes of some of the faults, by their names."""
    with base.opened(f"part-{part}") as ground:
        gate = Judging(base, ground)
        return {each.name: _verdict(gate, each, ground) for each in FAULTS[part::_PARTS]}


def _verdict(gate: Judging, fault: Fault, ground: Ground) -> Verdict:
    """What the gate makes of a fault. Raises Failed when what broke is the seeding."""
    tried = gate.asked(fault.seed(ground), fault.variants, fault.parallel)
    errors = [one.error for each in tried for one in (each.attempt, *each.variants.values()) if one.failed]
    if errors and not fault.fails:
        raise Failed(f"{fault.name}: {len(errors)} questions could not be asked, {errors[0]}")
    return gate.judged(tried, fault.variants)


def _caught(verdicts: Mapping[str, Verdict]) -> list[Number]:
    found = [Caught(each, verdicts[each.name]) for each in FAULTS]
    for each in found:
        print(f"  {each.line()}")
    shut, rightly = sum(not each.verdict.passed for each in found), sum(each.rightly for each in found)
    return [
        Number("seeded faults", len(found), at_least=30),
        Number("seeded faults that shut the gate", percent(shut, len(found)), "%", at_least=95),
        Number("seeded faults told by a score that should", percent(rightly, len(found)), "%", at_least=95),
    ]


def _not_faults(base: Base) -> list[Number]:
    """What must not shut the gate: no fault, a little more time, a higher price; that one a comparison tells."""
    with base.opened("unharmed") as ground:
        gate = Judging(base, ground)
        unharmed, slow = gate.asked(ground.examiner()), gate.asked(slower(0.2)(ground), parallel=8)
        cheap, dear = (gate.asked(priced(each)(ground)) for each in (1.0, 3.0))
    before, after, plain = values_of(_scored(cheap)), values_of(_scored(dear)), gate.baseline()
    costs = compare(before, after, clusters=plain.clusters, slices=plain.slices, metrics=METRICS).row("cost")
    told = int(costs is not None and costs.finding is Finding.WORSE)
    reasons = [len(gate.judged(each).reasons) for each in (unharmed, slow, dear)]
    return [
        Number("reasons of the gate against the unharmed coach", reasons[0], at_most=0),
        Number("reasons against one that takes a fifth of a second longer", reasons[1], at_most=0),
        Number("reasons against one that costs three times as much", reasons[2], at_most=0),
        Number("a comparison tells that it costs more", told, at_least=1),
    ]
