"""Gaps: each missed question in one of them, whatever the order, in all three writings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome, Reviewed
from assistant.gaps import Gap, Missed, Trouble, alike, filled, group, likeness
from assistant.questions import Question
from assistant.topics import Term, terms_of
from knowledge.glossary import shipped

BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
SPIN = "SPIN\u63d0\u95ee\u6cd5\u56db\u7c7b\u95ee\u9898\u5206\u522b\u600e\u4e48\u95ee\uff1f"


def _missed(question: str, number: int = 0, person: str = "ann", nearest: tuple[str, ...] = ()) -> Missed:
    return Missed(
        answer=f"a{number}",
        question=question,
        person=person,
        at=BEGUN + timedelta(hours=number),
        outcome=Outcome.DECLINED,
        why=(Trouble.DECLINED,),
        terms=terms_of(question, shipped()),
        nearest=nearest,
        owners=nearest,
    )


terms = st.lists(
    st.builds(
        Term,
        st.sampled_from("abcdefg"),
        st.just("said"),
        st.frozensets(st.sampled_from("abcdefg"), max_size=2),
        st.sampled_from([0.6, 1.0]),
    ),
    max_size=5,
    unique_by=lambda term: term.name,
)
questions = st.lists(
    st.builds(
        Missed,
        answer=st.text("0123456789", min_size=1, max_size=4),
        question=st.sampled_from(["one", "One ", "two", "three", "\u4e09"]),
        person=st.sampled_from(["ann", "bob"]),
        at=st.integers(0, 20).map(lambda hours: BEGUN + timedelta(hours=hours)),
        outcome=st.just(Outcome.DECLINED),
        why=st.just((Trouble.DECLINED,)),
        terms=terms.map(tuple),
        nearest=st.lists(st.sampled_from("xyz"), max_size=3, unique=True).map(tuple),
        owners=st.just(()),
    ),
    max_size=14,
    unique_by=lambda missed: missed.answer,
)


def _members(gaps: tuple[Gap, ...]) -> set[frozenset[str]]:
    return {frozenset(each.answer for each in gap.questions) for gap in gaps}


@given(questions)
def test_every_question_is_in_exactly_one_gap(missed: list[Missed]) -> None:
    placed = [each.answer for gap in group(missed) for each in gap.questions]
    assert sorted(placed) == sorted(each.answer for each in missed)
    assert len({gap.id for gap in group(missed)}) == len(group(missed))


@given(questions, st.randoms())
def test_the_order_does_not_matter(missed: list[Missed], chance: object) -> None:
    shuffled = list(missed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group(shuffled) == group(missed)


@given(questions)
def test_one_question_more_joins_gaps_and_never_splits_one(missed: list[Missed]) -> None:
    before, after = _members(group(missed[:-1])), _members(group(missed))
    assert all(any(old <= new for new in after) for old in before)


@given(questions)
def test_a_later_question_leaves_the_id_of_its_gap_or_gives_it_that_of_an_older_one(missed: list[Missed]) -> None:
    later = [replace(each, at=BEGUN + timedelta(days=9)) for each in missed[-1:]]
    before, after = group(missed[:-1]), {gap.id for gap in group([*missed[:-1], *later])}
    grown = {gap.id for gap in before}
    assert len(grown - after) <= max(0, len(before) - len(after) + 1)
    assert after - grown == set() or len(after - grown) == 1


@given(questions)
def test_two_are_in_one_gap_only_by_a_chain_of_questions_that_are_alike(missed: list[Missed]) -> None:
    for gap in group(missed):
        reached, waiting = {gap.questions[0].answer}, [gap.questions[0]]
        while waiting:
            one = waiting.pop()
            near = [each for each in gap.questions if each.answer not in reached and alike(one, each)]
            reached |= {each.answer for each in near}
            waiting += near
        assert reached == {each.answer for each in gap.questions}


@given(questions)
def test_likeness_is_the_same_both_ways_and_no_more_than_one(missed: list[Missed]) -> None:
    for one, other in zip(missed, reversed(missed), strict=True):
        assert 0 <= likeness(one, other) == likeness(other, one) <= 1 + 1e-9
        assert alike(one, other) == alike(other, one)


def test_the_same_is_missed_in_three_writings_and_another_thing_stays_apart() -> None:
    said = (
        "How many customer interviews does a strategy decoding take?",
        "\u505a\u4e00\u6b21\u6218\u7565\u89e3\u7801\uff0c\u5ba2\u6237\u8bbf\u8c08\u8981\u505a\u51e0\u573a\uff1f",
        "\u505a\u4e00\u6b21\u6230\u7565\u89e3\u78bc\uff0c\u5ba2\u6236\u8a2a\u8ac7\u8981\u505a\u5e7e\u5834\uff1f",
        "What is the hotel limit per night for Munich?",
    )
    gaps = group(_missed(text, number, f"u{number}") for number, text in enumerate(said))
    assert _members(gaps) == {frozenset({"a0", "a1", "a2"}), frozenset({"a3"})}
    assert (gaps[0].people, gaps[0].asked) == (3, 3)


def test_sources_that_agree_make_up_for_a_word_that_differs() -> None:
    one, other = (
        "Who pays the freight insurance for a pilot abroad?",
        "Freight insurance of a pilot: who signs, and who pays for storms near Oslo?",
    )
    apart = group([_missed(one, 1), _missed(other, 2)])
    beside = group([_missed(one, 1, nearest=("x", "y")), _missed(other, 2, nearest=("y", "x"))])
    assert (len(apart), len(beside)) == (2, 1)


def test_what_one_person_asks_again_in_nearly_the_same_words_counts_once() -> None:
    gap = group([_missed(SPIN, 1), _missed(SPIN + "?", 2), _missed(SPIN, 3, "bob")])[0]
    assert (len(gap.questions), gap.asked, gap.people) == (3, 2, 2)


def test_a_gap_is_called_by_what_its_questions_share_in_the_words_of_the_askers() -> None:
    said = (
        "Hotel limit per night in Munich?",
        "What is the hotel limit for a night in Munich?",
        "Hotel limit, Munich?",
    )
    gap = group(_missed(text, number) for number, text in enumerate(said))[0]
    assert {"Munich", "night"} <= set(gap.label)


def test_the_owner_named_most_and_first_comes_first() -> None:
    gap = group(
        [_missed(SPIN, 1, nearest=("y", "x")), _missed(SPIN, 2, nearest=("x",)), _missed(SPIN, 3, nearest=("x",))]
    )[0]
    assert gap.owners == ("x", "y")


def _answer(document: str, passage: str = "p1", outcome: Outcome = Outcome.ANSWERED) -> Answer:
    cited = Citation(passage, document, "t", "s", "", None, "q", 0, 1)
    return Answer("new", "?", outcome, "en", claims=(Claim("q", ClaimKind.RULE, (cited,)),))


def test_a_gap_is_filled_by_what_was_not_there_when_it_was_asked_and_by_nothing_else() -> None:
    question, came = Question("?"), {"d1"}
    assert filled(question, lambda _: _answer("d1"), came)
    assert filled(question, lambda _: _answer("d2"), came) is None
    assert filled(question, lambda _: _answer("d1", outcome=Outcome.PARTIAL), came) is None
    assert filled(question, lambda _: _answer("d1"), came, had={"p1"}) is None


def test_a_correction_fills_a_gap_unless_it_was_what_the_asker_had() -> None:
    answer = replace(_answer("d2"), reviewed=Reviewed("c1", "dora", BEGUN.date(), "Who signs?"))
    assert filled(Question("?"), lambda _: answer, ())
    assert filled(Question("?"), lambda _: answer, (), had={"c1"}) is None
