"""Reviews when something goes wrong: crashes, refusals of Slack, slowness, corrections whose sources change."""

import sqlite3
from pathlib import Path

from tests.fakes.slack_workspace import Workspace, shown
from tests.integrations.slack.coached import (
    ANA,
    ASKER,
    CLERK,
    COACHES,
    EXPERIENCE,
    FIX,
    KEN,
    TALK,
    answered,
    at_work,
    card,
    clean,
    company,
    library,
    on_top,
    quiet,
    settings,
    stored,
    told,
)
from tests.integrations.slack.confidential import QUESTION
from tests.integrations.slack.processes import coach, ingest, kill


def run(home: Path, *statements: str) -> None:
    with sqlite3.connect(home / "catalogue.sqlite", timeout=10) as database:
        for each in statements:
            database.execute(each)
    database.close()


def corrected(slack: Workspace, lines: str) -> None:
    slack.user(KEN).click(card(slack), "review_claim")
    slack.user(KEN).click(card(slack, "ken is on it"), "review_correct")
    slack.user(KEN).submit(on_top(slack, KEN, "What should be said"), {"lines": lines})


def test_a_kill_between_posting_and_noting_it_posts_nothing_twice(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack:
        with coach(slack, home, settings()) as first:
            asked = slack.user(ASKER).mention(TALK, QUESTION)
            answered(slack, asked)
            corrected(slack, f"{FIX} [1]")
            slack.wait(lambda: slack.replies(asked)[1:], timeout=20)
            quiet(slack, home)
            kill(first)
        # As it was when the messages stood and nothing of it was noted yet.
        run(home, "delete from review_cards", "update review_errands set done = 0, tries = 1, due = 1")
        with coach(slack, home, settings()):
            quiet(slack, home)
        assert len(slack.messages(COACHES)) == 1
        assert len(slack.replies(asked)) == 2
        assert len(stored(home, "select * from review_cards")) == 1


def test_a_card_that_slack_took_but_did_not_confirm_is_one_card(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        posted = len(slack.calls("chat.postMessage"))
        asked = slack.user(CLERK).slash("/coach", QUESTION, TALK)
        slack.faults.fail("chat.postMessage", performed=True)
        card(slack, QUESTION)
        quiet(slack, home)
        assert asked.acked
        assert slack.faults.hit["chat.postMessage"] == 1
        assert len(slack.calls("chat.postMessage")) == posted + 1
        assert len(slack.messages(COACHES)) == 1
        assert len(stored(home, "select * from review_cards")) == 1


def test_a_card_that_somebody_deleted_comes_back_when_there_is_news(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answer = answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        slack.user(KEN).delete(card(slack))
        slack.user(ASKER).click(answer, "ask_coach")
        card(slack, "A coach was asked for")
        assert len(slack.messages(COACHES)) == 1


def test_a_modal_that_takes_longer_than_slack_waits_is_announced_first(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        waiting = card(slack)
        slack.faults.slow(1.2, "users.info")
        slack.user(ANA).click(waiting, "review_open")
        on_top(slack, ANA, FIX)
        (opened,) = slack.calls("views.open")
        assert "One moment" in str(opened.arguments["view"])
        clean(slack)


def test_a_correction_whose_checking_takes_longer_than_slack_waits_goes_on_in_its_modal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        slack.user(KEN).click(card(slack), "review_open")
        slack.user(KEN).click(on_top(slack, KEN, FIX), "review_correct")
        modal = on_top(slack, KEN, "What should be said")
        quiet(slack, home)
        lock = sqlite3.connect(home / "catalogue.sqlite", timeout=10, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        slack.user(KEN).submit(modal, {"lines": f"{FIX} [1]"})
        on_top(slack, KEN, "Checking every line")
        lock.execute("ROLLBACK")
        lock.close()
        on_top(slack, KEN, "whoever asked will be told")
        slack.wait(lambda: slack.replies(asked)[1:], timeout=20)
        clean(slack)


def test_a_correction_whose_source_changes_comes_back_and_is_verified_or_corrected_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        corrected(slack, f"{FIX} [1]\n{EXPERIENCE}")
        slack.wait(lambda: slack.replies(asked)[1:], timeout=20)
        quiet(slack, home)
        (home / "quiet.md").write_text((home / "quiet.md").read_text() + "\nCall before you write.\n")
        ingest(home, home / "quiet.md")
        stale = card(slack, "a document it cites changed", 1)
        assert "For ken" in shown(stale)
        slack.user(KEN).click(stale, "review_verify")
        told(slack, KEN, "holds anew")
        card(slack, "Done", 1)
        assert "Reviewed by ken on" in shown(answered(slack, slack.user(CLERK).dm(QUESTION)))

        (home / "quiet.md").write_text(f"# Quiet accounts\n\n## Open the door\n\n{FIX.replace('one', 'a')}\n")
        ingest(home, home / "quiet.md")
        stale = card(slack, "a document it cites changed", 2)
        slack.user(KEN).click(stale, "review_verify")
        told(slack, KEN, "Please correct it")
        slack.user(KEN).click(stale, "review_open")
        slack.user(KEN).click(on_top(slack, KEN, "The correction"), "review_correct")
        modal = on_top(slack, KEN, "What should be said")
        assert EXPERIENCE in str(modal.content["blocks"])
        slack.user(KEN).submit(modal)
        slack.wait(lambda: slack.replies(asked)[2:], timeout=20)
        assert EXPERIENCE in shown(slack.replies(asked)[2])
        clean(slack)


def test_a_private_question_is_told_about_in_direct_messages_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        slack.user(CLERK).slash("/coach", QUESTION, TALK)
        slack.wait(lambda: slack.ephemerals(CLERK), timeout=20)
        corrected(slack, f"{FIX} [1]")
        text = told(slack, CLERK, "Coach ken reviewed this")
        assert QUESTION in text
        assert [each for each in slack.messages(TALK) if each.bot] == []
        clean(slack)


def test_what_the_library_can_answer_by_now_is_told_and_asked_again_by_a_button(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, "Which frozen turnips sell best in Antarctica?")
        answered(slack, asked)
        ((answer,),) = stored(home, "select id from answers where surface = 'thread'")
        about = f'{{"answer": "{answer}"}}'
        values = f"('filled x', 'filled', '{about}', 0, 0, 0)"
        run(home, f"insert into review_errands (key, what, about, due, tries, done) values {values}")
        told(slack, ASKER, "can answer this now")
        (message,) = [each for each in slack.messages(slack.dm(ASKER)) if each.bot]
        slack.user(ASKER).click(message, "review_again")
        slack.wait(lambda: slack.replies(asked)[1:], timeout=20)
        clean(slack)


def test_the_numbers_of_the_week_are_posted_for_coaches(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(CLERK).dm(QUESTION))
        card(slack)
        values = "('digest 2026-10', 'digest', '{\"week\": \"2026-10\"}', 0, 0, 0)"
        run(home, f"insert into review_errands (key, what, about, due, tries, done) values {values}")
        assert "Questions: 1, people: 1" in shown(card(slack, "Account Coach", 1))
        quiet(slack, home)
        assert len(slack.messages(COACHES)) == 2
        clean(slack)


def test_without_a_channel_there_are_no_cards_and_reviews_go_on_in_the_home(tmp_path: Path) -> None:
    home = library(tmp_path / "home")
    with company() as slack, coach(slack, home, {"COACH_REVIEW_SHARE": "0"}):
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        slack.wait(lambda: stored(home, "select * from review_queue"), timeout=20)
        slack.user(KEN).open_home()
        tab = slack.wait(lambda: slack.home(KEN))
        assert QUESTION in shown(tab)
        slack.user(KEN).click(tab, "review_open")
        slack.user(KEN).click(on_top(slack, KEN, FIX), "review_reject")
        slack.wait(lambda: "Coach ken takes this back" in shown(slack.replies(asked)[0]), timeout=20)
        assert slack.messages(COACHES) == []
        slack.user(CLERK).open_home()
        assert "wait for a coach" not in shown(slack.wait(lambda: slack.home(CLERK)))
        clean(slack)
