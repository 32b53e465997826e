"""The journal: recorded once, worked on by one, answered once; whatever dies."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.slack.incoming import Incoming
from integrations.slack.journal import LEASE, Journal

ASKED = Incoming("Ev1", "T1", "C1", "U1", "What is a quiet account?", "thread", "1.1", "1.1")


class Time:
    """A clock that tests turn."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def opened(tmp_path: Path, clock: Time) -> Callable[[], Journal]:
    """Open a journal as a process of its own does."""
    return lambda: Journal(SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}").engine, clock)


def test_a_retry_of_the_same_event_is_dropped(opened: Callable[[], Journal]) -> None:
    journal = opened()
    assert journal.record(ASKED)
    assert journal.record(ASKED) is None


def test_the_same_message_by_another_event_is_dropped(opened: Callable[[], Journal]) -> None:
    journal = opened()
    assert journal.record(ASKED)
    assert journal.record(replace(ASKED, event="Ev2")) is None


def test_commands_have_no_message_and_do_not_collide(opened: Callable[[], Journal]) -> None:
    journal = opened()
    command = replace(ASKED, message="", surface="private")
    assert journal.record(replace(command, event="command:1"))
    assert journal.record(replace(command, event="command:2"))


def test_two_processes_that_record_at_once_record_once(opened: Callable[[], Journal]) -> None:
    journals = [opened() for _ in range(4)]
    for number in range(20):
        asked = replace(ASKED, event=f"Ev{number}", message=f"{number}.0")
        with ThreadPoolExecutor(4) as pool:
            jobs = list(pool.map(lambda journal, asked=asked: journal.record(asked), journals))
        assert sum(job is not None for job in jobs) == 1


def test_a_question_is_left_alone_while_its_process_lives(opened: Callable[[], Journal], clock: Time) -> None:
    mine, other = opened(), opened()
    job = mine.record(ASKED)
    assert job
    clock.now += LEASE * 0.9
    mine.renew([job.id])
    clock.now += LEASE * 0.9
    assert other.abandoned() == []


def test_a_question_whose_process_died_is_taken_by_one_other(opened: Callable[[], Journal], clock: Time) -> None:
    job = opened().record(ASKED)
    assert job
    clock.now += LEASE + 1
    others = [opened() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        taken = [each for jobs in pool.map(lambda journal: journal.abandoned(), others) for each in jobs]
    assert [(each.id, each.incoming, each.tries) for each in taken] == [(job.id, ASKED, 2)]


def test_a_question_that_was_handed_back_is_taken_at_once(opened: Callable[[], Journal], clock: Time) -> None:
    mine = opened()
    job = mine.record(ASKED)
    assert job
    mine.hand_back([job.id])
    clock.now += 0.1
    assert [each.id for each in opened().abandoned()] == [job.id]


def test_an_answered_question_is_never_taken_again(opened: Callable[[], Journal], clock: Time) -> None:
    journal = opened()
    job = journal.record(ASKED)
    assert job
    journal.done(job.id, "answered")
    clock.now += LEASE * 100
    assert journal.abandoned() == []


def test_whoever_takes_over_knows_the_reply_that_was_begun(opened: Callable[[], Journal], clock: Time) -> None:
    journal = opened()
    job = journal.record(ASKED)
    assert job
    journal.begun(job.id, "9.9")
    clock.now += LEASE + 1
    (taken,) = opened().abandoned()
    assert taken.reply == "9.9"


def test_whoever_takes_over_knows_that_the_reply_stands_already(opened: Callable[[], Journal], clock: Time) -> None:
    journal = opened()
    job = journal.record(ASKED)
    assert job
    journal.shown(job.id, "9.9", "partial")
    clock.now += LEASE + 1
    (taken,) = opened().abandoned()
    assert (taken.reply, taken.outcome) == ("9.9", "partial")
