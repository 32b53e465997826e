"""Ask every question of a benchmark, and its variants; what was asked before is not asked again."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from evals.asking import Examiner
from evals.attempts import Attempt
from evals.benchmark import Item
from evals.runs import Run
from evals.scores import Need
from evals.variants import variants

_AHEAD = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """One asking: a question, and the name of its variant, empty as written."""

    variant: str
    item: Item


def tasks(items: Collection[Item], wanted: Collection[Need]) -> Iterator[Task]:
    """Everything a run has to ask, each question before its variants."""
    for item in items:
        yield Task("", item)
        yield from (Task(name, changed) for name, changed in variants(item, wanted))


def carry_out(run: Run, examiner: Examiner, wanted: Collection[Need], parallel: int, progress: Progress) -> int:
    """Ask what has not been asked yet, `parallel` questions at once. How many attempts were made.

    `progress` is told how many attempts there are, and how many there will be.
    """
    every = list(tasks(run.items, wanted))
    made = {(each.item, each.variant) for each in run.attempts()}
    left = [each for each in every if (each.item.id, each.variant) not in made]
    progress(len(every) - len(left), len(every))
    for done, attempt in enumerate(_asked(left, examiner, parallel), start=1):
        run.add(attempt)
        progress(len(every) - len(left) + done, len(every))
    return len(left)


def _asked(left: list[Task], examiner: Examiner, parallel: int) -> Iterator[Attempt]:
    """Attempts in the order of the tasks; a few are asked ahead, so that a stop loses no more than those."""

    def ask(task: Task) -> Attempt:
        return examiner.attempt(task.item, task.variant)

    if parallel == 1:
        yield from map(ask, left)
        return
    with ThreadPoolExecutor(parallel) as pool:
        batch = parallel * _AHEAD
        for at in range(0, len(left), batch):
            yield from pool.map(ask, left[at : at + batch])
