"""Why an answer is looked at, and what coaches agree on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Note, NoteKind, Outcome, Rejected
from assistant.questions import Language
from assistant.review import (
    Decision,
    Mark,
    Point,
    Rules,
    Verdict,
    Why,
    assigned,
    disagreed,
    interval,
    latest,
    point_named,
    sampled,
    why_queue,
)
from knowledge.people import Directory

SURE = Rules(share=0.0)
FINE = Answer("a1", "How often does the iron triangle meet?", Outcome.ANSWERED, "en", confidence=0.9)
DIFFER = Note(NoteKind.SOURCES_DIFFER, "30%", ())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _said(coach: str, decision: Decision, minutes: int = 0, marks: dict[int, Mark] | None = None) -> Verdict:
    return Verdict("a1", coach, decision, NOON + timedelta(minutes=minutes), marks or {})


def test_a_good_answer_that_nobody_complained_of_does_not_wait() -> None:
    assert why_queue(FINE, SURE) == ()


@pytest.mark.parametrize(
    ("answer", "votes", "why"),
    [
        (FINE, ["up", "down"], Why.DOWN_VOTE),
        (FINE, ["coach"], Why.ASKED_FOR_COACH),
        (Answer("a", "q", Outcome.DECLINED, "en"), [], Why.LOW_COVERAGE),
        (Answer("a", "q", Outcome.PARTIAL, "en", confidence=0.9), [], Why.LOW_COVERAGE),
        (Answer("a", "q", Outcome.ANSWERED, "en", confidence=0.2), [], Why.LOW_COVERAGE),
        (Answer("a", "q", Outcome.ANSWERED, "en", notes=(DIFFER,)), [], Why.SOURCES_DIFFER),
        (Answer("a", "q", Outcome.ANSWERED, "en", rejected=(Rejected("x", "number"),)), [], Why.REJECTED_CLAIMS),
    ],
)  # fmt: skip
def test_each_rule_alone_puts_an_answer_into_the_queue(answer: Answer, votes: list[str], why: Why) -> None:
    assert why_queue(answer, SURE, votes) == (why,)


def test_a_topic_is_new_when_half_of_its_words_and_two_at_least_were_never_asked() -> None:
    assert why_queue(FINE, SURE, new_words=["iron", "triangle"]) == (Why.NEW_TOPIC,)
    assert why_queue(FINE, SURE, new_words=["triangle"]) == ()


@given(st.text(min_size=1), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_sample_holds_a_smaller_one(answer_id: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert not sampled(answer_id, low) or sampled(answer_id, high)


def test_the_sample_is_about_as_large_as_was_asked() -> None:
    assert 400 < sum(sampled(f"answer {number}", 0.05) for number in range(10_000)) < 600


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_point_of_the_rubric_has_a_name_of_its_own(language: Language) -> None:
    assert len({point_named(each, language) for each in Point}) == len(Point) <= 5


def test_an_answer_goes_to_its_accounts_team_when_a_coach_is_in_it_else_to_the_topics_coach() -> None:
    people = Directory.of(
        {
            "people": {"ann": None, "bob": None},
            "accounts": {"Tidewick": ["ann", "bob"], "Aurora": ["bob"]},
            "coaches": ["ann"],
        }
    )
    topics = {"iron triangle": "bob"}
    assert assigned(["Tidewick"], "How is the triangle?", people, topics) == "team of tidewick"
    assert assigned(["Aurora"], "How is the triangle?", people, topics) == "bob"
    assert assigned([], "What of gifts?", people, topics) == ""


def test_a_coach_who_thinks_again_agrees_with_nobody_but_the_last_word() -> None:
    said = [_said("ann", Decision.APPROVE), _said("bob", Decision.REJECT, 1), _said("ann", Decision.REJECT, 2)]
    assert latest(said)["ann"].decision is Decision.REJECT
    assert not disagreed(said)
    assert disagreed(said[:2])


def test_coaches_differ_when_they_mark_one_claim_differently() -> None:
    one = _said("ann", Decision.CORRECT, marks={0: Mark.RIGHT, 1: Mark.WRONG})
    other = _said("bob", Decision.CORRECT, marks={1: Mark.UNSUPPORTED})
    assert disagreed([one, other])
    assert not disagreed([one, _said("bob", Decision.CORRECT, marks={2: Mark.WRONG})])


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share_and_stays_a_share(approved: int, judged: int) -> None:
    approved = min(approved, judged)
    low, high = interval(approved, judged)
    assert 0 <= low <= approved / judged + 1e-9
    assert approved / judged - 1e-9 <= high <= 1
    assert interval(0, 0) == (0.0, 1.0)
