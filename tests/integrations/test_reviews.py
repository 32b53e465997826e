"""The queue of coach review: who sees what, one coach at a time, nothing said is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome
from assistant.review import Decision, Mark, Point, Verdict, Why
from integrations.catalogue import SqlCatalogue
from integrations.review.queue import CLAIMED, DONE, LEASE, OPEN, Filter, Reviews
from integrations.review.stats import stats
from integrations.store import Store
from integrations.tables import NEWEST, documents, metadata
from knowledge.access import Reader

ANN, BOB = Reader("ann", frozenset({"east"})), Reader("bob")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Time:
    """A clock that tests turn."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield catalogue.engine
    catalogue.close()


@pytest.fixture
def reviews(engine: sa.Engine, clock: Time) -> Reviews:
    return Reviews(engine, now=clock)


def _document(engine: sa.Engine, name: str, audience: list[str], account: str | None = None) -> None:
    row = {"id": name, "file": name, "title": name, "kind": "playbook", "source": name, "language": "en"}
    with engine.begin() as connection:
        connection.execute(sa.delete(documents).where(documents.c.id == name))
        connection.execute(
            sa.insert(documents).values(**row, audience=audience, account=account, version="v", text="x")
        )


def _answer(name: str, *cited: str) -> Answer:
    citations = tuple(Citation("p", each, "t", "s", "", None, "q", 0, 1) for each in cited)
    claims = (Claim("q", ClaimKind.RULE, citations),) if citations else ()
    return Answer(name, f"What of {name}?", Outcome.ANSWERED, "en", claims=claims)


def _verdict(answer: str, coach: str, key: str = "", decision: Decision = Decision.APPROVE) -> Verdict:
    return Verdict(answer, coach, decision, NOW, {0: Mark.WRONG}, {Point.SPECIFIC: False}, "why", "d9", key)


def test_a_coach_sees_only_what_every_cited_document_admits_them_to(engine: sa.Engine, reviews: Reviews) -> None:
    _document(engine, "open", ["public"])
    _document(engine, "east only", ["east"])
    _document(engine, "bobs", ["bob"])
    reviews.enqueue(_answer("one", "open"), [Why.SAMPLE])
    reviews.enqueue(_answer("two", "open", "east only"), [Why.SAMPLE])
    reviews.enqueue(_answer("three", "east only", "bobs"), [Why.SAMPLE])
    assert [each.answer for each in reviews.page(ANN)] == ["one", "two"]
    assert [each.answer for each in reviews.page(BOB)] == ["one"]
    assert [each.answer for each in reviews.page(Reader("cy", frozenset({"east", "bob"})))] == ["one", "two", "three"]


def test_a_question_that_names_an_account_is_for_those_who_may_read_something_of_it(
    engine: sa.Engine, reviews: Reviews
) -> None:
    _document(engine, "plan", ["ann"], account="Larkspur")
    entry = reviews.enqueue(_answer("declined"), [Why.LOW_COVERAGE], accounts=["Larkspur"])
    unknown = reviews.enqueue(_answer("other"), [Why.LOW_COVERAGE], accounts=["Nobody Knows"])
    assert reviews.entry(entry, ANN)
    assert reviews.entry(entry, BOB) is None
    assert reviews.entry(unknown, ANN) is None
    assert not reviews.claim(entry, BOB)


def test_a_document_that_is_closed_later_closes_its_answers(engine: sa.Engine, reviews: Reviews) -> None:
    _document(engine, "plan", ["public"])
    entry = reviews.enqueue(_answer("one", "plan"), [Why.SAMPLE])
    assert reviews.entry(entry, BOB)
    _document(engine, "plan", ["ann"])
    assert reviews.entry(entry, BOB) is None
    assert reviews.page(BOB) == []


def test_the_oldest_waits_first_with_a_promised_time_and_pages_follow_each_other(reviews: Reviews, clock: Time) -> None:
    for number in range(5):
        clock.now = 2_000.0 + number // 2
        reviews.enqueue(_answer(f"a{number}"), [Why.SAMPLE])
    first = reviews.page(ANN, size=3)
    rest = reviews.page(ANN, after=first[-1], size=3)
    assert sorted(each.answer for each in (*first, *rest)) == ["a0", "a1", "a2", "a3", "a4"]
    assert [each.since for each in (*first, *rest)] == sorted(each.since for each in (*first, *rest))
    assert first[0].due == first[0].since + 24 * 3600


def test_the_list_is_filtered_by_reason_state_and_who_it_is_for(reviews: Reviews) -> None:
    reviews.enqueue(_answer("one"), [Why.SAMPLE, Why.DOWN_VOTE], assigned="team of tidewick")
    reviews.enqueue(_answer("two"), [Why.SAMPLE])
    reviews.judge(_verdict("two", "ann"))
    assert [each.answer for each in reviews.page(ANN, Filter(reason=Why.DOWN_VOTE))] == ["one"]
    assert [each.answer for each in reviews.page(ANN, Filter(states=(DONE,)))] == ["two"]
    assert [each.answer for each in reviews.page(ANN, Filter(assigned=("team of tidewick",)))] == ["one"]


def test_an_answer_that_waits_gains_reasons_and_comes_back_after_a_verdict_for_a_new_one(reviews: Reviews) -> None:
    entry = reviews.enqueue(_answer("one"), [Why.SAMPLE])
    assert reviews.enqueue(_answer("one"), [Why.SAMPLE, Why.DOWN_VOTE]) == entry
    assert [each.reasons for each in reviews.page(ANN)] == [(Why.SAMPLE, Why.DOWN_VOTE)]
    reviews.judge(_verdict("one", "ann"))
    reviews.enqueue(_answer("one"), [Why.DOWN_VOTE])
    assert reviews.page(ANN) == []
    reviews.enqueue(_answer("one"), [Why.ASKED_FOR_COACH])
    assert [each.state for each in reviews.page(ANN)] == [OPEN]


def test_a_claim_holds_for_one_coach_until_it_is_given_back_or_left(reviews: Reviews, clock: Time) -> None:
    entry = reviews.enqueue(_answer("one"), [Why.SAMPLE])
    assert reviews.claim(entry, ANN)
    assert reviews.claim(entry, ANN)
    assert not reviews.claim(entry, BOB)
    reviews.release(entry, BOB)
    assert [(each.state, each.claimed_by) for each in reviews.page(BOB)] == [(CLAIMED, "ann")]
    reviews.release(entry, ANN)
    assert reviews.claim(entry, BOB)
    clock.now += LEASE + 1
    assert [(each.state, each.claimed_by) for each in reviews.page(ANN)] == [(OPEN, "")]
    assert reviews.claim(entry, ANN)


def test_whoever_has_no_name_claims_nothing(reviews: Reviews) -> None:
    assert not reviews.claim(reviews.enqueue(_answer("one"), [Why.SAMPLE]), Reader())


def test_two_coaches_pressing_at_once_have_one_claim_and_a_verdict_each(tmp_path: Path) -> None:
    path = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    mine, theirs = (Reviews(SqlCatalogue(path).engine) for _ in range(2))
    races = 50
    entries = [mine.enqueue(_answer(f"a{number}"), [Why.SAMPLE]) for number in range(races)]

    def press(who: tuple[Reviews, Reader]) -> list[bool]:
        reviews, coach = who
        taken = []
        for number, entry in enumerate(entries):
            taken.append(reviews.claim(entry, coach))
            reviews.judge(_verdict(f"a{number}", coach.person, f"{coach.person} {number}"))
        return taken

    with ThreadPoolExecutor() as pool:
        ann, bob = pool.map(press, [(mine, ANN), (theirs, BOB)])
    assert not any(one and other for one, other in zip(ann, bob, strict=True))
    for number in range(races):
        assert {each.coach for each in mine.verdicts(f"a{number}")} == {"ann", "bob"}


def test_a_verdict_comes_back_as_it_was_and_a_retry_of_the_press_is_none(reviews: Reviews) -> None:
    verdict = _verdict("one", "ann", "press 1")
    assert reviews.judge(verdict)
    assert not reviews.judge(verdict)
    assert reviews.judge(replace(verdict, key="press 2", decision=Decision.REJECT))
    assert reviews.verdicts("one") == [verdict, replace(verdict, key="press 2", decision=Decision.REJECT)]


def test_words_are_new_once(reviews: Reviews) -> None:
    assert "triangle" in reviews.new_words("How is the iron triangle?")
    assert reviews.new_words("How was an iron triangle?") == frozenset()


def test_the_numbers_are_those_of_what_was_said(engine: sa.Engine, clock: Time) -> None:
    reviews = Reviews(engine, now=clock, promised=1)
    clock.now = NOW.timestamp() - 7_200
    for name in ("one", "two", "three"):
        reviews.enqueue(_answer(name), [Why.SAMPLE])
    reviews.judge(_verdict("one", "ann"))
    reviews.judge(_verdict("two", "ann"))
    reviews.judge(_verdict("two", "bob", decision=Decision.REJECT))
    reviews.outcome("two", "U1", helped=True)
    found = stats(Store(engine), NOW.timestamp())
    assert (found.waiting, found.late, found.judged, found.approval) == (1, 1, 2, 0.5)
    assert (found.twice, found.disagreed, found.helped, found.hours) == (1, 1, 1, 2.0)
    assert found.reasons == {"sample": 3}


def test_tables_that_are_new_are_made_in_a_catalogue_that_was_there_before(tmp_path: Path) -> None:
    path = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    old = SqlCatalogue(path)
    identity = old.identity()
    metadata.drop_all(old.engine, [metadata.tables["review_queue"], metadata.tables[NEWEST]])
    old.close()
    again = SqlCatalogue(path)
    assert again.identity() == identity
    assert Reviews(again.engine).page(ANN) == []


def _waiting(number: int) -> dict[str, object]:
    return {
        "id": f"e{number}", "answer": f"a{number}", "asker": "U1", "question": f"What of {number}?",
        "audiences": '[["east"]]' if number % 2 else "[]", "cites": ["east only"], "reasons": ["sample"],
        "state": OPEN if number % 3 else DONE, "since": float(number), "due": number + 1.0, "assigned": "",
        "claimed_by": "", "lease": 0.0,
    }  # fmt: skip


def _judged(number: int) -> dict[str, object]:
    said = {"marks": {}, "rubric": {}, "reason": "", "better_source": ""}
    return {"key": f"k{number}", "answer": f"a{number}", "coach": "ann", "decision": "approve", "at": 1.0} | said
