"""Coach review in Slack, end to end: a bot of its own process, the fake workspace, a real database."""

from pathlib import Path

from tests.fakes.slack_workspace import shown
from tests.integrations.slack.coached import (
    ANA,
    ASKER,
    CLERK,
    EXPERIENCE,
    FIX,
    KEN,
    PROMISES,
    TALK,
    answered,
    at_work,
    card,
    clean,
    on_top,
    stored,
    told,
)
from tests.integrations.slack.confidential import QUESTION


def test_a_bad_vote_becomes_a_card_a_correction_in_the_thread_and_what_the_asker_says_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answer = answered(slack, asked)
        slack.user(ASKER).click(answer, "feedback", "not helpful", index=1)
        waiting = card(slack, "Voted not helpful")
        assert QUESTION in shown(waiting)
        assert FIX in shown(waiting)
        assert "Asked by mei" in shown(waiting)
        slack.user(KEN).click(waiting, "review_claim")
        waiting = card(slack, "ken is on it")
        slack.user(KEN).click(waiting, "review_correct")
        modal = on_top(slack, KEN, "Passages to cite")
        slack.user(KEN).submit(modal, {"lines": f"{FIX} [1]\n{EXPERIENCE}", "topics": "silence, rebates"})
        told_there = slack.wait(lambda: slack.replies(asked)[1:], timeout=20)[0]
        for each in ("Coach ken reviewed this", FIX, "[1]", "ken's own experience", EXPERIENCE):
            assert each in shown(told_there), each
        assert slack.views(KEN) == []
        slack.wait(lambda: "Corrected by coach ken on" in shown(slack.replies(asked)[0]))
        assert FIX in shown(slack.replies(asked)[0])
        done = card(slack, "Done")
        assert "ken corrects" in shown(done)

        slack.user(KEN).click(told_there, "review_helped")
        assert "Only whoever asked" in told(slack, KEN, "Only whoever asked")
        slack.user(ASKER).click(told_there, "review_helped")
        told(slack, ASKER, "kept with the answer")
        slack.user(ASKER).click(told_there, "open_passage")
        assert FIX in shown(on_top(slack, ASKER, "Quiet accounts"))

        again = answered(slack, slack.user(CLERK).dm(QUESTION))
        assert "Reviewed by ken on" in shown(again)
        assert "ken's own experience" in shown(again)
        clean(slack)
    assert stored(home, "select person, helped from review_outcomes") == [(ASKER, 1)]
    assert len(slack.messages("C9")) == 1


def test_a_verdict_without_a_correction_is_two_clicks_from_the_card(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        clicks = [slack.user(KEN).click(card(slack, "New topic"), "review_claim")]
        clicks.append(slack.user(KEN).click(card(slack, "ken is on it"), "review_approve"))
        card(slack, "ken approves")
        assert len(clicks) == 2
        asked = slack.user(ASKER).mention(TALK, "Which frozen turnips sell best in Antarctica?")
        answer = answered(slack, asked)
        slack.user(KEN).click(card(slack, "turnips", 1), "review_claim")
        slack.user(KEN).click(card(slack, "ken is on it", 1), "review_reject")
        slack.wait(lambda: "Coach ken takes this back" in shown(slack.replies(asked)[0]), timeout=20)
        assert "takes this answer back" in told(slack, ASKER, "takes this answer back")
        assert slack.replies(asked)[0].ts == answer.ts
        clean(slack)
    assert stored(home, "select coach, decision from review_verdicts") == [("ken", "approve"), ("ken", "reject")]


def test_a_verdict_in_the_modal_carries_marks_rubric_reason_and_source_and_is_two_clicks(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        slack.user(KEN).click(card(slack), "review_open")
        modal = on_top(slack, KEN, FIX)
        slack.user(KEN).submit(modal, {"claim0": "wrong", "rubric": ["specific", "asks"]})
        card(slack, "ken approves")
        slack.user(ANA).click(card(slack), "review_open")
        modal = on_top(slack, ANA, "ken approves")
        slack.user(ANA).fill(modal, {"claim0": "unsupported", "reason": "Too old", "better": "The new playbook"})
        slack.user(ANA).click(modal, "review_reject")
        on_top(slack, ANA, "your verdict is kept")
        text = shown(card(slack, "ana rejects"))
        assert "ken approves" in text
        assert "Coaches differ on this" in text
        assert "Too old" not in text
        marked = shown(slack.wait(lambda: [each for each in slack.replies(asked) if "ana takes" in shown(each)])[0])
        assert "Coach ken approves it" in marked
        assert "Too old" not in marked
        assert "Too old" in told(slack, ASKER, "takes this answer back")
        clean(slack)
    rows = stored(home, "select coach, marks, reason, better_source from review_verdicts order by number")
    assert rows == [("ken", '{"0": "wrong"}', "", ""), ("ana", '{"0": "unsupported"}', "Too old", "The new playbook")]


def test_a_line_that_does_not_stand_up_is_named_and_what_was_typed_stays(tmp_path: Path) -> None:
    with at_work(tmp_path / "home") as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        slack.user(KEN).click(card(slack), "review_open")
        slack.user(KEN).click(on_top(slack, KEN, FIX), "review_correct")
        modal = on_top(slack, KEN, "What should be said")
        wrong = "Offer the quiet account nine fixes for a fault it complains about. [1]\nAnd this. [7]"
        slack.user(KEN).submit(modal, {"lines": wrong})
        slack.wait(lambda: modal.errors)
        assert "Line 1: " in modal.errors["lines"]
        assert "Line 2: " in modal.errors["lines"]
        assert modal.typed["lines"] == wrong

        slack.user(KEN).enter(modal, "search", "promises of an executive visit")
        slack.wait(lambda: "[2] Executive visits" in shown(modal))
        assert modal.typed["lines"] == wrong
        slack.user(KEN).enter(modal, "search", "zebra crossing")
        slack.wait(lambda: "Nothing new was found" in shown(modal))
        slack.user(KEN).click(modal, "review_passage", index=1)
        full = slack.wait(lambda: slack.views(KEN)[2:], timeout=20)[0]
        assert PROMISES in shown(full)
        slack.user(KEN).close(full)
        slack.user(KEN).submit(modal, {"lines": f"{FIX} [1]\n{PROMISES} [2]"})
        corrected = slack.wait(lambda: slack.replies(asked)[1:], timeout=20)[0]
        assert PROMISES in shown(corrected)
        assert slack.views(KEN) == []
        clean(slack)


def test_two_coaches_at_once_have_one_claim_and_the_other_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        waiting = card(slack)
        for each in (KEN, ANA):
            slack.user(each).click(waiting, "review_claim")
        refused = slack.wait(lambda: [each for each in (KEN, ANA) if slack.ephemerals(each)], timeout=20)
        assert len(refused) == 1
        assert "is on it" in shown(slack.ephemerals(refused[0])[0])
        taken = card(slack, "is on it")
        slack.user(refused[0]).click(taken, "review_approve")
        slack.wait(lambda: len(slack.ephemerals(refused[0])) == 2)
        assert stored(home, "select * from review_verdicts") == []
        other = {KEN: ANA, ANA: KEN}[refused[0]]
        slack.user(other).click(taken, "review_release")
        slack.user(refused[0]).click(card(slack, "Claim"), "review_claim")
        card(slack, {KEN: "ken", ANA: "ana"}[refused[0]] + " is on it")
        clean(slack)


def test_a_claim_that_is_left_is_open_again_on_the_card(tmp_path: Path) -> None:
    import sqlite3

    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        slack.user(KEN).click(card(slack), "review_claim")
        card(slack, "ken is on it")
        (due,) = stored(home, "select due - strftime('%s', 'now') from review_errands where key like 'left %'")[0]
        assert 1_700 < due < 1_900
        with sqlite3.connect(home / "catalogue.sqlite", timeout=10) as database:
            database.execute("update review_queue set lease = 1")
            database.execute("update review_errands set due = 1 where key like 'left %'")
        database.close()
        slack.wait(lambda: "ken is on it" not in shown(card(slack)), timeout=20)
        slack.user(ANA).click(card(slack), "review_claim")
        card(slack, "ana is on it")


def test_a_press_of_somebody_who_is_no_coach_changes_nothing_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        slack.state.channels["C9"].members.add(CLERK)
        for action in ("review_claim", "review_open"):
            slack.user(CLERK).click(card(slack), action)
        slack.wait(lambda: len(slack.ephemerals(CLERK)) == 2)
        assert {"Only coaches can do this. Nothing was changed."} == {shown(each) for each in slack.ephemerals(CLERK)}
        assert slack.views(CLERK) == []
        assert stored(home, "select state from review_queue") == [("open",)]


def test_a_question_like_a_corrected_one_is_offered_that_answer_which_whoever_presses_gets_alone(
    tmp_path: Path,
) -> None:
    with at_work(tmp_path / "home") as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        slack.user(ASKER).click(answered(slack, asked), "ask_coach")
        slack.user(KEN).click(card(slack, QUESTION), "review_claim")
        slack.user(KEN).click(card(slack, "ken is on it"), "review_correct")
        slack.user(KEN).submit(on_top(slack, KEN, "Passages to cite"), {"lines": f"{FIX} [1]\n{EXPERIENCE}"})
        slack.wait(lambda: slack.replies(asked)[1:], timeout=20)
        like = slack.user(CLERK).mention(TALK, "Who offers a quiet account what, and in which week do they do it?")
        answer = answered(slack, like)
        assert "Coach ken answered a question like this on" in shown(answer)
        assert QUESTION in shown(answer)
        assert EXPERIENCE not in shown(answer)
        slack.user(CLERK).click(answer, "ask_similar")
        assert "Reviewed by ken on" in told(slack, CLERK, EXPERIENCE)
        clean(slack)
