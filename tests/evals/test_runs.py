"""A run keeps every attempt at once, goes on where it was stopped, and is only of one thing."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.asking import Examiner
from evals.benchmark import Benchmark
from evals.errors import WrongRun
from evals.run import carry_out, tasks
from evals.runs import Header, Runs
from evals.scores import Need

HEADER = Header("first", "small", "d1", {"composer": "extract"}, "v1", ("script",), "2026-11-22T10:00:00")


def test_every_question_and_variant_is_asked_once(tmp_path: Path, examiner: Examiner, benchmark: Benchmark) -> None:
    run = Runs(tmp_path / "runs").begin(HEADER, benchmark)
    seen: list[tuple[int, int]] = []
    made = carry_out(run, examiner, {Need.SCRIPT, Need.NOISE}, 1, lambda done, total: seen.append((done, total)))
    assert made == len(list(tasks(benchmark.items, {Need.SCRIPT, Need.NOISE}))) == 7
    assert seen[0] == (0, 7)
    assert seen[-1] == (7, 7)
    tried = run.tried()
    assert [each.item.id for each in tried] == ["pilot", "grade", "floor"]
    assert set(tried[1].variants) == {"script", "noise"}


def test_several_at_once_give_the_same_answers_in_the_same_order(
    tmp_path: Path, examiner: Examiner, benchmark: Benchmark
) -> None:
    runs = Runs(tmp_path / "runs")
    one, many = runs.begin(HEADER, benchmark), runs.begin(replace(HEADER, name="second"), benchmark)
    for run, parallel in ((one, 1), (many, 3)):
        carry_out(run, examiner, {Need.NOISE}, parallel, lambda done, total: None)
    told = [[(each.item, each.variant, each.outcome, each.told) for each in run.attempts()] for run in (one, many)]
    assert told[0] == told[1]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, examiner: Examiner, benchmark: Benchmark) -> None:
    runs = Runs(tmp_path / "runs")
    run = runs.begin(HEADER, benchmark)
    assert carry_out(run, examiner, set(), 1, lambda done, total: None) == 3
    file = run.folder / "attempts.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + lines[1][:50])
    again = runs.begin(replace(HEADER, began="later"), benchmark)
    assert carry_out(again, examiner, set(), 1, lambda done, total: None) == 2
    assert [each.item.id for each in again.tried()] == ["pilot", "grade", "floor"]


@pytest.mark.parametrize(
    "other",
    [
        replace(HEADER, digest="d2"),
        replace(HEADER, recipe={"composer": "draft"}),
        replace(HEADER, library="v2"),
        replace(HEADER, variants=()),
    ],
)
def test_a_run_of_something_else_is_never_continued(tmp_path: Path, benchmark: Benchmark, other: Header) -> None:
    runs = Runs(tmp_path)
    runs.begin(HEADER, benchmark)
    with pytest.raises(WrongRun, match="choose another --name"):
        runs.begin(other, benchmark)
    assert runs.unfinished(other, 3) is None
    assert runs.unfinished(HEADER, 3) == "first"


def test_a_finished_run_is_not_unfinished(tmp_path: Path, examiner: Examiner, benchmark: Benchmark) -> None:
    runs = Runs(tmp_path)
    carry_out(runs.begin(HEADER, benchmark), examiner, set(), 1, lambda done, total: None)
    assert runs.unfinished(HEADER, 3) is None


def test_runs_are_named_oldest_first_and_a_strange_name_says_which_there_are(
    tmp_path: Path, benchmark: Benchmark
) -> None:
    runs = Runs(tmp_path)
    with pytest.raises(WrongRun, match="none yet"):
        runs.open("first")
    runs.begin(replace(HEADER, name="b", began="2"), benchmark)
    runs.begin(replace(HEADER, name="a", began="3"), benchmark)
    assert runs.names() == ["b", "a"]
    for name in ("c", "../a", ""):
        with pytest.raises(WrongRun, match="there is b, a"):
            runs.open(name)
    with pytest.raises(WrongRun, match="cannot be the name"):
        runs.begin(replace(HEADER, name="../../x"), benchmark)


def test_the_questions_of_a_run_stay_as_they_were_asked(tmp_path: Path, benchmark: Benchmark) -> None:
    runs = Runs(tmp_path)
    runs.begin(HEADER, benchmark)
    assert runs.open("first").items == benchmark.items
