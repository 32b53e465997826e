"""Seeded faults (tests/benchmarks/faults.py) over a small library: each goes on harming what it says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from evals.benchmark import Benchmark
from evals.metrics import METRICS, score
from evals.scores import Tried
from knowledge.access import Reader
from knowledge.library import Library
from tests.benchmarks.faults import FAILED, FAULTS, SLOW
from tests.benchmarks.wrapping import Asks, Ground
from tests.conftest import TODAY

BY_NAME = {each.name: each for each in FAULTS}
METRIC = {each.name: each for each in METRICS}


@pytest.fixture
def ground(tmp_path: Path, library: Library, docs: Path, benchmark: Benchmark) -> Iterator[Ground]:
    """The small library of these tests, opened for faults."""
    with Ground.of(tmp_path / "home", benchmark.items, (docs,), Reader, TODAY, tmp_path / "work") as ground:
        yield ground


def values(asks: Asks, benchmark: Benchmark) -> Mapping[str, list[float]]:
    """The scores of all questions by name."""
    found: dict[str, list[float]] = {}
    for item in benchmark.items:
        for name, value in score(Tried(item, asks.attempt(item), {})).items():
            if value.value is not None:
                found.setdefault(name, []).append(value.value)
    return found


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("documents of one language only", "gold_recall@5"),
        ("digits are altered", "number_contradicted"),
        ("citations are three characters off", "quote_fidelity"),
        ("the rights of the asker are not checked", "canary"),
        ("it always declines", "declined_wrongly"),
    ],
)
def test_a_seeded_fault_costs_the_score_that_should_see_it(
    ground: Ground, benchmark: Benchmark, name: str, metric: str
) -> None:
    before = values(ground.examiner(), benchmark)[metric]
    after = values(BY_NAME[name].seed(ground), benchmark)[metric]
    assert metric in BY_NAME[name].expects
    assert sum(after) < sum(before) if METRIC[metric].higher else sum(after) > sum(before)


def test_a_coach_without_a_fault_is_as_good_as_before(ground: Ground, benchmark: Benchmark) -> None:
    timed = {each.name for each in METRICS if each.unit == "seconds"}
    plain, again = (values(ground.examiner(), benchmark) for _ in range(2))
    assert {name: each for name, each in plain.items() if name not in timed} == {
        name: each for name, each in again.items() if name not in timed
    }


def test_what_breaks_is_the_coach_and_not_the_seeding(ground: Ground, benchmark: Benchmark) -> None:
    for fault in (each for each in FAULTS if not each.fails and SLOW not in each.expects):
        harmed = fault.seed(ground)
        assert [harmed.attempt(item).error for item in benchmark.items] == [""] * len(benchmark.items), fault.name


def test_every_fault_has_its_own_name_and_is_expected_by_scores_there_are() -> None:
    known = {*METRIC, FAILED, SLOW}
    assert len(BY_NAME) == len(FAULTS)
    assert [each.name for each in FAULTS if not set(each.expects) <= known] == []
