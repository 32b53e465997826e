"""Cards, modals and the queue as pure functions: Slack's limits hold whatever was asked, answered or typed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Claim, ClaimKind, Outcome, Reviewed
from assistant.correction import Fault, Line
from assistant.questions import Language
from assistant.reasons import Reason
from assistant.review import Decision, Mark, Point, Verdict, Why
from integrations.answer_store import Given, Place
from integrations.review.cases import Case, Said
from integrations.review.corrections import Lapse
from integrations.review.queue_rows import Waiting
from integrations.slack import blocks
from integrations.slack.review import cards, forms, home, modals, texts
from integrations.slack.review.board import marked, marks
from integrations.slack.review.cards import Card
from integrations.slack.review.forms import Form
from integrations.slack.review.home import Wanted
from knowledge.documents import Entry, Hit, Passage
from tests.fakes.slack_workspace.blocks import checked_blocks, checked_view, texts_in

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = get_args(Language)
FOREIGN = st.text(min_size=1, max_size=4_000).filter(str.strip)
ENTRY = Waiting(
    "e", "a", None, "U1", "What of <!channel>?", (Why.SAMPLE, Why.DOWN_VOTE), "", "open", 1e9, 1e9, "", 0.0, ()
)


def _hit(number: int, text: str = "A passage.") -> Hit:
    name = f"{number:020x}"
    passage = Passage(id=name, document_id=f"d{number}", heading="Heading", text=text, start=0, end=len(text))
    entry = Entry(id=f"d{number}", title="Title", source="s.md", language="en", version="v")
    return Hit(passage, entry, 0.0)


def _claim(text: str, passage: str = f"{1:020x}") -> Claim:
    return Claim(text, ClaimKind.RULE, (Citation(passage, "d", "Title", "s.md", "Heading", None, text, 0, 1),), text)


def _answer(*texts_: str) -> Answer:
    claims = tuple(map(_claim, texts_))
    return Answer("a", "What?", Outcome.ANSWERED if claims else Outcome.DECLINED, "en", claims=claims)


def _case(answer: Answer, offered: int = 1, question: str = "What?", reason: str = "") -> Case:
    said = Verdict("a", "ken", Decision.REJECT, NOW, reason=reason)
    given_ = Given(answer, Place("U1", "thread", "T1", "C1", "1.0"), "2.0", 1e9)
    hits = {number: _hit(number) for number in range(1, offered + 1)}
    return Case(replace(ENTRY, question=question), given_, answer, hits, (said,), (("reason", reason),), None)


@given(question=FOREIGN, claims=st.lists(FOREIGN, max_size=5), language=st.sampled_from(LANGUAGES))
def test_slack_takes_every_card(question: str, claims: list[str], language: Language) -> None:
    verdicts = (Verdict("a", "ken", Decision.APPROVE, NOW), Verdict("a", "ana", Decision.REJECT, NOW))
    entry = replace(ENTRY, question=question)
    for state in ("open", "claimed", "done"):
        made = Card(replace(entry, state=state, claimed_by="ken"), language, "mei", _answer(*claims), True, verdicts)
        checked_blocks(cards.card(made))
        assert question not in cards.fallback(made) or question in cards.fallback(Card(ENTRY, language))


@given(question=FOREIGN, claims=st.lists(FOREIGN, max_size=60), reason=st.text(max_size=3_000))
def test_slack_takes_every_modal(question: str, claims: list[str], reason: str) -> None:
    case = _case(_answer(*claims), 45, question, reason)
    checked_view(modals.verdict(case, "mei", "en"), "modal")
    form = Form("e", forms.numbered(case), 0, Said(decision=Decision.CORRECT, marks={}, rubric={}, reason=reason))
    fault = Fault(Line(1, "x", (1,)), Reason.NUMBER, reason or "?")
    checked_view(modals.correction(case, form, "en", "none", (fault,), reason), "modal")
    assert len(modals.errors([fault] * 50, "en")) <= 1_500


@given(st.lists(FOREIGN, max_size=11), st.sampled_from(LANGUAGES), st.sampled_from([home.ALL, home.MINE, *Why]))
def test_slack_takes_every_page_of_the_queue(questions: list[str], language: Language, chosen: str) -> None:
    entries = [replace(ENTRY, id=f"e{n}", question=each) for n, each in enumerate(questions)]
    made = home.queue(entries, ["mei"] * len(entries), Wanted(str(chosen), "e0"), language)
    checked_view({"type": "home", "blocks": made}, "home")


def test_a_passage_in_full_is_cut_nowhere_but_between_blocks() -> None:
    text = "".join(f"Sentence {number}. " for number in range(900)).strip()
    view = checked_view(modals.passage(3, _hit(3, text), "en"), "modal")
    assert "".join(each["text"]["text"] for each in view["blocks"][1:]) == text


def test_a_card_too_small_for_its_answer_offers_no_verdict_without_opening_it() -> None:
    claimed = replace(ENTRY, state="claimed", claimed_by="ken")
    short, long = (Card(claimed, "en", "mei", _answer(*["A claim. " * 20] * count), True) for count in (1, 40))
    actions = [[each["action_id"] for each in cards.card(one)[-1]["elements"]] for one in (short, long)]
    assert cards.APPROVE in actions[0]
    assert cards.APPROVE not in actions[1]
    assert "open it to judge" in "\n".join(texts_in(cards.card(long)))
    partly = replace(short, whole=False)
    assert cards.APPROVE not in str(cards.card(partly)[-1])


def test_a_closed_card_says_neither_what_was_asked_nor_by_whom_nor_what_a_coach_wrote() -> None:
    verdict = Verdict("a", "ken", Decision.REJECT, NOW, reason="Secret reason")
    entry = replace(ENTRY, question="Secret question", assigned="team of Secret account")
    made = Card(entry, "en", "Secret asker", verdicts=(verdict,), lapses=frozenset(Lapse))
    assert made.answer is None
    assert "Secret" not in str(cards.card(made)) + cards.fallback(made)
    assert "promised by" in str(cards.card(made))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_in_every_language(language: Language) -> None:
    for each in (*Why, *Lapse, *Mark, *Decision):
        assert texts.said(each.value, language)
    spoken = {texts.said(each.value, language) for each in Why}
    assert len(spoken) == len(Why)


@given(
    entry=st.text("0123456789abcdef", min_size=20, max_size=20),
    marks=st.dictionaries(st.integers(0, 60), st.sampled_from(Mark), max_size=35),
    rubric=st.sampled_from([{}, dict.fromkeys(Point, True), {each: each is Point.ASKS for each in Point}]),
    reason=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=forms.MOST_REASON),
    found=st.integers(0, forms.MOST_FOUND),
)
def test_what_a_modal_carries_comes_back_and_fits(
    entry: str, marks: dict[int, Mark], rubric: dict[Point, bool], reason: str, found: int
) -> None:
    said = Said(decision=Decision.CORRECT, marks=marks, rubric=rubric, reason=reason, better_source=reason[:150])
    form = Form(entry, tuple(f"{number:020x}" for number in range(forms.MOST_PASSAGES)), found, said)
    assert len(form.text()) <= 3_000
    assert Form.of(form.text()) == form
    assert Form.of(Form(entry).text()) == Form(entry)


def test_numbers_of_passages_stay_when_one_of_them_is_gone() -> None:
    case = _case(_answer("x"), 3)
    without = replace(case, offered={number: hit for number, hit in case.offered.items() if number != 2})
    names = forms.numbered(without)
    assert len(names) == len(set(names)) == 3
    assert (names[0], names[2]) == (case.offered[1].passage.id, case.offered[3].passage.id)


def test_nothing_is_judged_but_what_was_chosen() -> None:
    empty = {"claim0": {"mark": {"selected_option": None}}, "rubric": {"points": {"selected_options": []}}}
    said = forms.said_in(empty, Decision.APPROVE, "k")
    assert (said.marks, said.rubric) == ({}, {})
    chosen = {"claim3": {"mark": {"selected_option": {"value": "wrong"}}}}
    points = {"rubric": {"points": {"selected_options": [{"value": "asks"}]}}}
    said = forms.said_in(chosen | points, Decision.APPROVE, "k")
    assert said.marks == {3: Mark.WRONG}
    assert {each for each, met in said.rubric.items() if met} == {Point.ASKS}
    assert set(said.rubric) == set(Point)


def test_a_mark_stands_above_the_answer_even_where_no_block_is_free() -> None:
    verdicts = [Verdict("a", "ken", Decision.CORRECT, NOW), Verdict("a", "ana", Decision.APPROVE, NOW)]
    for count in (1, 47, 60):
        answer = _answer(*[f"Claim {number}." for number in range(count)])
        message = marked(answer, marks(verdicts, "en"))
        checked_blocks(message)
        told = "\n".join(texts_in(message))
        assert told.startswith("Corrected by coach ken on 2026-03-02\nCoach ana approves it, 2026-03-02")
        assert "Claim 0." in told


def test_a_reviewed_answer_says_by_whom_and_what_is_experience() -> None:
    claims = (_claim("A rule."), Claim("I call first.", ClaimKind.ADVICE, (), drafted=True))
    answer = replace(_answer(), outcome=Outcome.ANSWERED, claims=claims)
    reviewed = replace(answer, reviewed=Reviewed("c1", "ken", date(2026, 3, 2), "Who signs?"))
    told, plain = ("\n".join(texts_in(blocks.messages(each))) for each in (reviewed, answer))
    assert "Reviewed by ken on 2026-03-02" in told
    assert "ken's own experience\nI call first." in told
    assert "The coach's suggestion\nI call first." in plain
    assert "ken" not in plain
    experience_first = replace(reviewed, claims=claims[::-1])
    assert blocks.fallback(experience_first) == "I call first."
