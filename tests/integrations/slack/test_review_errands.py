"""What the bot has to say: done once, by one process, again when asked for anew meanwhile; the week's numbers."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.review.errands import Errand, Errands, What
from integrations.slack.review.errands import Runner
from integrations.slack.review.weekly import ask_for_week


class Time:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def errands(tmp_path: Path, clock: Time) -> Iterator[Errands]:
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield Errands(catalogue.engine, clock)
    catalogue.close()


def test_what_is_asked_for_anew_while_it_is_said_is_said_again(errands: Errands, clock: Time) -> None:
    errands.again("card e", What.CARD, entry="e")
    (first,) = errands.take()
    clock.now += 1
    errands.again("card e", What.CARD, entry="e")
    errands.done(first)
    (second,) = errands.take()
    assert second.tries == 1
    errands.failed(first)
    errands.done(second)
    clock.now += 1_000
    assert errands.take() == []


def test_what_is_to_be_said_later_is_not_said_before(errands: Errands, clock: Time) -> None:
    errands.again("left e", What.CARD, 60.0, entry="e")
    assert errands.take() == []
    clock.now += 61
    assert [each.about for each in errands.take()] == [{"entry": "e"}]


def test_a_failure_keeps_nothing_else_from_being_said_and_nothing_stops_the_runner(errands: Errands) -> None:
    said: list[str] = []

    async def do(errand: Errand) -> None:
        if errand.about["entry"] == "bad":
            raise RuntimeError("no")
        said.append(errand.about["entry"])

    def broken() -> None:
        raise RuntimeError("also no")

    async def run() -> None:
        library = SimpleNamespace(version=lambda: "1")
        review: Any = SimpleNamespace(errands=errands, coaching=SimpleNamespace(library=library))
        runner = Runner(review, {What.CARD: do}, [broken])
        await runner.start()
        for _ in range(100):
            runner.wake()
            await asyncio.sleep(0.02)
            if said:
                break
        await runner.stop()

    errands.add("1", What.CARD, entry="bad")
    errands.add("2", What.CARD, entry="good")
    errands.add("3", What.DIGEST, week="2026-10")
    asyncio.run(run())
    assert said == ["good"]


def test_the_week_is_asked_for_once_on_its_day_in_the_morning(errands: Errands) -> None:
    def asked(day: int, hour: int) -> bool:
        return ask_for_week(errands, "mon", lambda: datetime(2026, 3, day, hour, tzinfo=UTC).timestamp())

    assert [asked(1, 9), asked(2, 7), asked(2, 8), asked(2, 9), asked(3, 9), asked(9, 8)] == [
        False, False, True, False, False, True,
    ]  # fmt: skip
