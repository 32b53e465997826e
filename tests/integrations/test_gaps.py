"""What the library cannot answer yet: who sees what of it, and who is told once it can."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.answers import Answer, Outcome
from assistant.ask import Assistant
from assistant.questions import Asker, Question
from assistant.review import Decision, Verdict
from integrations import bootstrap
from integrations.answer_store import Place
from integrations.people import People
from integrations.review.digest import digest
from integrations.review.errands import What
from integrations.review.gaps import Gaps, Seen
from integrations.review.library_history import LibraryHistory
from integrations.review.reviewing import Reviewing
from integrations.settings import SAMPLES, Settings
from integrations.store import Store
from integrations.tables import answers, library_history, review_queue
from knowledge.access import ANYONE, Reader
from knowledge.library import Library

PEOPLE = """
people:
  Mei: {slack: U1}
  Ken: {slack: U2}
  Dora: {slack: U3}
  Rolf: {slack: U4}
groups:
  north: [Mei, Ken]
accounts:
  Heron Foods: [Mei, Dora]
coaches: [Dora, Rolf]
"""
HERON = "---\nkind: account_plan\naccount: Heron Foods\naudience: team\n---\n# Heron Foods\n\nHeron buys crates.\n"
PARKING = """---
title: Parking at the plant
owner: Lena
---
# Parking at the plant

Visitors park their cars in the north garage of the plant, and the reception validates every parking ticket.
"""
ASKED = "Where do visitors park their cars at the plant, and who validates the parking ticket?"
AGAIN = "Parking ticket of visitors at the plant: who validates it, where do cars park?"
CLOSED = "What discount does Heron Foods get for reusable pallets?"
DORA, ROLF = Reader("dora", frozenset({"team of heron foods"})), Reader("rolf")
BEGUN = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()


@dataclass
class Office:
    """The starter library with one plan of a team beside it, and a clock that tests turn."""

    home: Path
    settings: Settings
    library: Library
    review: Reviewing
    assistant: Assistant
    now: float = BEGUN
    gaps: Gaps = field(init=False)

    def __post_init__(self) -> None:
        self.engine = bootstrap.catalogue(self.settings).engine
        self.store = Store(self.engine)
        people = People(self.settings.people)
        self.gaps = Gaps(self.engine, self.library, people, self.review.corrections, lambda: self.now)

    def write(self, name: str, text: str) -> None:
        (self.home / "docs" / name).write_text(text, "utf-8")
        self.library.ingest([self.home / "docs"])

    def ask(self, text: str = ASKED, person: str = "U1", reader: Reader = ANYONE, thread: str = "1.0") -> Answer:
        """Ask as the bot does; each question comes a minute after the one before."""
        self.now += 60
        answer = self.assistant.ask(Question(text, Asker(person), reader=reader))
        self.review.answers.keep(answer, Place(person, "thread", "T1", "C1", thread))
        with self.engine.begin() as connection:
            connection.execute(sa.update(answers).where(answers.c.id == answer.id).values(created=self.now))
        self.review.intake.answered(Question(text, reader=reader), answer, person)
        return answer

    def filled(self) -> list[str]:
        """The answers whose askers are told now, as the bot tells them."""
        found = self.gaps.fills(self.assistant.ask)
        for each in found:
            self.review.errands.add(f"filled {each.answer}", What.FILLED, answer=each.answer)
        return [each.answer for each in found]

    def only(self, reader: Reader = DORA) -> Seen:
        """The one gap there is."""
        (gap,) = self.gaps.seen(reader)
        return gap


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the starter library is indexed."""
    home = tmp_path_factory.mktemp("starter") / "home"
    bootstrap.library(Settings(home=home)).ingest([SAMPLES])
    return home


@pytest.fixture
def office(tmp_path: Path, starter: Path) -> Iterator[Office]:
    shutil.copytree(starter, tmp_path / "home")
    (tmp_path / "docs").mkdir()
    (tmp_path / "people.yaml").write_text(PEOPLE, "utf-8")
    settings = Settings(home=tmp_path / "home", people=tmp_path / "people.yaml", review_share=0)
    library = bootstrap.library(settings)
    review, assistant = bootstrap.reviewing(settings, library), bootstrap.assistant(settings, library)
    office = Office(tmp_path, settings, library, review, assistant)
    office.write("heron.md", HERON)
    LibraryHistory(office.engine, lambda: office.now).note()
    yield office
    office.engine.dispose()


def test_what_was_declined_to_several_is_one_gap_with_their_roles(office: Office) -> None:
    assert office.ask().outcome is Outcome.DECLINED
    office.ask(AGAIN, "U2")
    office.ask(AGAIN, "U2")
    gap = office.only()
    assert (gap.asked, gap.people, gap.closed, gap.roles) == (2, 2, 0, {"north": 2})
    assert {each.person for each in gap.questions} == {"mei", "ken"}
    assert gap.label
    assert all(word in ASKED for label in gap.label for word in label.split())


def test_an_answer_with_a_vote_or_a_verdict_against_it_is_missed_until_that_is_taken_back(office: Office) -> None:
    answer = office.ask("What are the five standard events of the 151 project?")
    assert answer.outcome is not Outcome.DECLINED
    assert office.gaps.seen(DORA) == []
    office.review.intake.voted(answer.id, "U1", "down")
    assert [each.value for each in office.only().questions[0].why] == ["down_vote"]
    office.review.intake.voted(answer.id, "U1", "up")
    assert office.gaps.seen(DORA) == []
    at = datetime.fromtimestamp(office.now, UTC)
    office.review.reviews.judge(Verdict(answer.id, "dora", Decision.REJECT, at, key="k"))
    assert [each.value for each in office.only().questions[0].why] == ["rejected"]
    office.review.reviews.judge(Verdict(answer.id, "dora", Decision.APPROVE, at, key="l"))
    assert office.gaps.seen(DORA) == []


def test_of_questions_that_a_coach_may_not_read_there_is_nothing_but_their_number(office: Office) -> None:
    office.ask(CLOSED)
    assert office.only(DORA).questions[0].question == CLOSED
    closed = office.only(ROLF)
    assert (closed.questions, closed.label, closed.nearest, closed.owners, closed.roles) == ((), (), (), (), {})
    assert (closed.closed, closed.asked, closed.people) == (1, 1, 1)
    assert "Heron" not in repr(closed)
    assert "pallet" not in repr(closed)


def test_a_gap_of_both_sorts_is_called_by_what_may_be_read_alone(office: Office) -> None:
    office.ask("Who pays for broken reusable pallets?")
    office.ask("Who pays for broken reusable pallets of Heron Foods?", "U2")
    assert len(office.only(DORA).questions) == 2
    seen = office.only(ROLF)
    assert (len(seen.questions), seen.closed) == (1, 1)
    assert "Heron" not in repr(seen)


def test_a_document_that_is_closed_or_gone_later_closes_the_questions_it_was_shown_for(office: Office) -> None:
    answer = office.ask(ASKED)
    assert answer.nearest
    source = answer.nearest[0].citations[0].source
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET audience = '[\"board\"]' WHERE source = ?", (source,))
    assert office.only(ROLF).closed == 1
    with office.engine.begin() as connection:
        connection.execute(sa.delete(review_queue))
        connection.exec_driver_sql("DELETE FROM documents WHERE source = ?", (source,))
    assert office.only(ROLF).closed == 1


def test_the_owner_of_the_nearest_document_that_one_may_read_is_named(office: Office) -> None:
    office.write("crates.md", PARKING.replace("Visitors park", "Suppliers never park").replace("validates", "stamps"))
    answer = office.ask("Which parking permit do contract drivers of night shifts need at the Oslo plant?")
    assert answer.outcome is Outcome.DECLINED
    assert "Lena" in office.only().owners


def test_an_asker_is_told_once_a_document_that_came_later_answers_and_only_once(office: Office) -> None:
    first = office.ask()
    office.ask(AGAIN, "U2")
    office.ask("What is the hotel limit per night for Munich?")
    assert office.filled() == []
    office.now += 60
    office.write("parking.md", PARKING)
    assert set(office.filled()) >= {first.id}
    assert office.filled() == []
    assert first.id not in {each.answer for gap in office.gaps.seen(DORA) if not gap.told for each in gap.questions}


def test_what_came_before_the_question_fills_nothing(office: Office) -> None:
    office.write("parking.md", PARKING)
    LibraryHistory(office.engine, lambda: office.now).note()
    answer = office.ask()
    assert answer.outcome is Outcome.ANSWERED
    office.review.intake.voted(answer.id, "U1", "down")
    assert office.filled() == []


def test_nobody_is_told_of_a_document_that_they_may_not_read(office: Office) -> None:
    mine, theirs = office.ask(person="U1"), office.ask(person="U2")
    office.now += 60
    office.write("parking.md", PARKING.replace("owner: Lena", "audience: [mei]"))
    assert office.filled() == [mine.id]
    assert theirs.id not in office.filled()


def test_who_is_told_is_decided_by_whoever_tells_them(office: Office) -> None:
    office.ask()
    office.now += 60
    office.write("parking.md", PARKING.replace("owner: Lena", "audience: [mei]"))
    assert office.gaps.fills(office.assistant.ask, lambda given: ANYONE) == []


def test_a_follow_up_is_asked_again_after_what_it_leans_on(office: Office) -> None:
    office.ask("Where do visitors park their cars at the plant?", thread="7")
    follow_up = office.ask("And who validates the ticket for it?", thread="7")
    office.review.intake.voted(follow_up.id, "U1", "down")
    office.now += 60
    office.write("parking.md", PARKING)
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return office.assistant.ask(question)

    office.gaps.fills(ask)
    again = next(each for each in asked if follow_up.id in each.hidden)
    assert [turn.text for turn in again.history] == ["Where do visitors park their cars at the plant?"]


def test_the_history_knows_what_came_what_changed_and_what_was_always_there(office: Office) -> None:
    history = LibraryHistory(office.engine, lambda: office.now)
    assert history.note() == 0
    assert history.came() == {}
    office.write("parking.md", PARKING)
    assert history.note() == 1
    (document,) = history.came()
    office.now += 3600
    office.write("parking.md", PARKING + "\nBuses stop outside.\n")
    history.note()
    assert history.came() == {document: office.now}
    (office.home / "docs" / "parking.md").unlink()
    office.library.ingest([office.home / "docs"])
    history.note()
    assert history.came() == {}


def test_two_processes_note_what_came_at_once(office: Office) -> None:
    from concurrent.futures import ThreadPoolExecutor

    for number in range(10):
        office.write(f"parking{number}.md", PARKING + f"\nRow {number}.\n")
    histories = [LibraryHistory(bootstrap.catalogue(office.settings).engine) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda history: history.note(), histories))
    with office.engine.begin() as connection:
        rows = connection.execute(sa.select(library_history)).all()
    assert len(rows) == office.library.counts().documents


def test_the_digest_tells_a_channel_what_all_its_readers_may_read_in_three_languages(office: Office) -> None:
    office.ask()
    office.ask(CLOSED)
    for language, words in (
        ("en", "declined: 2"),
        ("zh-Hans", "\u672a\u80fd\u56de\u7b54 2"),
        ("zh-Hant", "\u672a\u80fd\u56de\u7b54 2"),
    ):
        told = "\n".join(digest(office.store, office.gaps, ROLF.among([DORA]), office.now + 60, language))
        assert words in told
        assert "Heron" not in told
        assert "pallet" not in told
    ours = "\n".join(digest(office.store, office.gaps, DORA, office.now + 60, "en"))
    assert "pallets" in ours


def test_a_week_without_questions_says_so(office: Office) -> None:
    told = digest(office.store, office.gaps, DORA, BEGUN + 90 * 86_400, "en")
    assert told[1] == "Nobody asked anything."


def _like(row: dict[str, Any], number: int, texts: list[str]) -> dict[str, Any]:
    said = {"id": f"x{number}", "question": f"{texts[number % len(texts)]} (hall {number})"}
    return row | said | {"answer": row["answer"] | said}
