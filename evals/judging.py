"""The claims of a run put to a judge; what was judged before is not asked again."""

from collections.abc import Callable

from evals.judge import Judge
from evals.runs import Run


def judge_run(run: Run, judge: Judge, progress: Callable[[int, int], None]) -> int:
    """Ask about every cited claim of every question as written. How many verdicts were asked for."""
    done = run.judgements()
    claims = [
        (each.item.id, number, told)
        for each in run.tried()
        for number, told in enumerate(each.attempt.told)
        if told.cited and number not in done.get(each.item.id, {})
    ]
    for count, (item, number, told) in enumerate(claims, start=1):
        run.judge(item, number, judge.supports(told.text, [each.quote for each in told.cited]))
        progress(count, len(claims))
    return len(claims)
