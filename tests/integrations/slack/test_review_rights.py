"""Nothing of what a coach or an asker may not read reaches them by a review: cards, modals, searches, corrections."""

from pathlib import Path

from tests.fakes.slack_workspace import Workspace, shown
from tests.integrations.slack.coached import (
    ANA,
    ASKER,
    CLERK,
    COACHES,
    DEAL,
    FIX,
    KEN,
    TALK,
    answered,
    at_work,
    card,
    clean,
    on_top,
    quiet,
    told,
)
from tests.integrations.slack.confidential import CANARY, QUESTION, seen_by
from tests.integrations.slack.processes import ingest

_REBATE = "Offer the quiet account the heron rebate that the board approved in March."


def corrected_by_ana(slack: Workspace, number: int, lines: str, search: str = "") -> None:
    """Ana claims a card, looks for a passage and corrects."""
    waiting = card(slack, "", number)
    slack.user(ANA).click(waiting, "review_open")
    slack.user(ANA).click(on_top(slack, ANA, "Reject"), "review_correct")
    modal = on_top(slack, ANA, "What should be said")
    if search:
        slack.user(ANA).enter(modal, "search", search)
        slack.wait(lambda: "[2]" in shown(modal), timeout=20)
    slack.user(ANA).submit(modal, {"lines": lines})
    slack.wait(lambda: not slack.views(ANA), timeout=20)


def test_a_coach_who_may_not_read_an_answer_sees_nothing_of_it_anywhere(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(DEAL, "Which heron rebate did the board approve for the quiet account?")
        assert CANARY in shown(answered(slack, asked)).lower()
        closed = card(slack, "Not everyone in this channel may read this question")
        assert "New topic" in shown(closed)
        assert "mei" not in shown(closed)
        slack.user(KEN).click(closed, "review_claim")
        assert "not open to you" in told(slack, KEN, "not open to you")
        for action in ("review_open", "review_open"):
            slack.user(KEN).click(closed, action)
            on_top(slack, KEN, "not open to you")
        slack.user(KEN).open_home()
        home_of_ken = slack.wait(lambda: slack.home(KEN))
        assert "Nothing waits" in shown(home_of_ken)
        slack.user(ANA).open_home()
        assert "heron rebate" in shown(slack.wait(lambda: slack.home(ANA)))

        slack.user(CLERK).click(answered(slack, slack.user(CLERK).dm(QUESTION)), "ask_coach")
        slack.user(KEN).click(card(slack, "Asked by bea", 1), "review_claim")
        slack.user(KEN).click(card(slack, "ken is on it", 1), "review_correct")
        modal = on_top(slack, KEN, "What should be said")
        slack.user(KEN).enter(modal, "search", "board approved rebate in March")
        slack.wait(lambda: "Nothing new was found" in shown(modal) or "[2]" in shown(modal))
        slack.user(KEN).submit(modal, {"lines": f"{_REBATE} [2]"})
        slack.wait(lambda: modal.errors)

        slack.user(ANA).click(closed, "review_claim")
        card(slack, "ana is on it")
        clicks = [slack.user(ANA).click(card(slack), "review_open")]
        modal = on_top(slack, ANA, "board approved in March")
        clicks.append(slack.user(ANA).submit(modal))
        card(slack, "ana approves")
        assert len(clicks) == 2
        quiet(slack, home)
        seen = seen_by(slack, KEN).replace(_REBATE.lower(), "")
        assert CANARY not in seen
        clean(slack)


def test_a_correction_the_asker_may_not_read_reaches_them_as_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(CLERK).mention(TALK, QUESTION)
        answered(slack, asked)
        corrected_by_ana(slack, 0, f"{_REBATE} [2]", "heron rebate board")
        assert "you may not see its sources" in told(slack, CLERK, "A coach reviewed this")
        quiet(slack, home)
        assert len(slack.replies(asked)) == 1
        assert "Corrected by coach ana" in shown(slack.replies(asked)[0])
        for user in (CLERK, KEN):
            assert CANARY not in seen_by(slack, user)
        clean(slack)


def test_what_the_channel_may_not_read_goes_to_the_asker_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(TALK, QUESTION)
        answered(slack, asked)
        slack.wait(lambda: slack.ephemerals(ASKER), timeout=20)
        number = next(n for n in (0, 1) if FIX in shown(card(slack, "", n)))
        corrected_by_ana(slack, number, f"{_REBATE} [2]", "heron rebate board")
        mine = told(slack, ASKER, "Coach ana reviewed this")
        assert _REBATE in mine
        assert QUESTION in mine
        quiet(slack, home)
        assert CANARY not in "".join(map(shown, slack.replies(asked))).lower()
        for user in (CLERK, KEN):
            assert CANARY not in seen_by(slack, user)
        clean(slack)


def test_of_an_answer_that_may_not_be_shown_any_more_only_its_mark_stays(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        asked = slack.user(ASKER).mention(DEAL, "Which heron rebate did the board approve for the quiet account?")
        answered(slack, asked)
        slack.user(ANA).click(card(slack), "review_claim")
        slack.user(ANA).click(card(slack, "ana is on it"), "review_open")
        modal = on_top(slack, ANA, "Reject")
        (home / "people.yaml").write_text((home / "people.yaml").read_text().replace("deal: [Mei, Ana]", "deal: [Ana]"))
        slack.user(ANA).click(modal, "review_reject")
        slack.wait(lambda: "Coach ana takes this back" in shown(slack.replies(asked)[0]), timeout=20)
        assert CANARY not in shown(slack.replies(asked)[0]).lower()
        quiet(slack, home)


def test_a_channel_with_an_outsider_or_open_to_all_shows_no_question(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        slack.add_user("U7", "guest", guest=True)
        slack.state.channels[COACHES].members.add("U7")
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        closed = card(slack, "Not everyone in this channel")
        assert QUESTION not in shown(closed)
        assert FIX not in shown(closed)


def test_a_question_to_which_rights_were_lost_is_closed_to_its_coach_in_the_middle_of_a_modal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with at_work(home) as slack:
        answered(slack, slack.user(ASKER).mention(TALK, QUESTION))
        slack.user(KEN).click(card(slack), "review_open")
        modal = on_top(slack, KEN, FIX)
        (home / "quiet.md").write_text(f"---\naudience: deal\n---\n{(home / 'quiet.md').read_text()}")
        ingest(home, home / "quiet.md")
        slack.user(KEN).submit(modal, {})
        on_top(slack, KEN, "not open to you")
        slack.user(KEN).click(card(slack), "review_claim")
        told(slack, KEN, "not open to you")
