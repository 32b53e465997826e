"""The review queue and one answer beside its sources, for coaches."""

import re
from dataclasses import replace

from assistant.answers import Rejected
from assistant.review import Decision, Mark, Point, Why
from tests.integrations.web.conftest import post
from tests.integrations.web.desk import CLEO, CLOSED, FACT, OTHER, QUESTION, Desk


def test_the_queue_says_what_waits_why_since_when_and_until_when(desk: Desk) -> None:
    reviews = desk.served.console.review.reviews
    now = reviews.now()
    reviews.now = lambda: now - 30 * 3600
    desk.waiting()
    reviews.now = lambda: now
    shown = desk.cleo.get("/review").text
    assert QUESTION in shown
    assert "voted not helpful" in shown
    assert "asked by ann" in shown
    assert "30 hours ago" in shown
    assert "late by 6 hours" in shown
    assert "1 in all" in shown


def test_the_queue_is_filtered_by_reason_state_and_for_whom_it_is(desk: Desk) -> None:
    entry = desk.waiting()
    assert QUESTION in desk.cleo.get("/review?why=down_vote").text
    assert QUESTION not in desk.cleo.get("/review?why=stale").text
    assert QUESTION not in desk.cleo.get("/review?whose=mine").text
    assert QUESTION in desk.cleo.get("/review?why=nonsense&whose=x&state=y").text
    assert QUESTION not in desk.cleo.get("/review?state=done").text
    post(desk.cleo, f"/review/{entry}/verdict", decision="approve")
    assert QUESTION in desk.cleo.get("/review?state=done").text
    assert QUESTION not in desk.cleo.get("/review").text


def test_an_entry_assigned_to_my_team_is_mine(desk: Desk) -> None:
    desk.waiting(CLOSED)
    shown = desk.cleo.get("/review?whose=mine").text
    assert CLOSED in shown
    assert "for team of larkspur metals" in shown


def test_long_queues_have_pages_that_follow_each_other(desk: Desk) -> None:
    reviews, answer = desk.served.console.review.reviews, desk.given()
    for number in range(30):
        reviews.enqueue(replace(answer, id=f"more{number}", question=f"Question number {number}?"), [Why.SAMPLE])
    first = desk.cleo.get("/review").text
    more = re.search(r'href="(/review\?after=\w+)"', first)
    assert more
    second = desk.cleo.get(more[1]).text
    questions = [set(re.findall(r"Question number \d+\?", each)) for each in (first, second)]
    assert len(questions[0]) + len(questions[1]) == 30
    assert questions[0].isdisjoint(questions[1])
    assert "31 in all" in second


def test_entries_are_taken_and_given_back_from_the_list(desk: Desk) -> None:
    entry = desk.waiting()
    taken = post(desk.cleo, f"/review/{entry}/take")
    assert taken.headers["location"] == f"/review?said=taken#e-{entry}"
    assert "you are on it" in desk.cleo.get("/review").text
    assert "cleo is on it" in desk.bo.get("/review").text
    assert "said=held" in post(desk.bo, f"/review/{entry}/take").headers["location"]
    assert "said=given_back" in post(desk.cleo, f"/review/{entry}/take").headers["location"]
    assert "is on it" not in desk.bo.get("/review").text


def test_an_answer_stands_beside_its_sources_with_the_quotes_marked(desk: Desk) -> None:
    shown = desk.cleo.get(f"/review/{desk.waiting()}").text
    assert re.search(rf"<mark>[^<]*{FACT[:30]}", shown)
    assert 'href="#s1"' in shown
    assert '<li id="s1"' in shown
    assert "in a channel" in shown
    assert "too thin" in shown


def test_whoever_opens_an_entry_is_on_it_and_others_are_told(desk: Desk) -> None:
    entry = desk.waiting()
    desk.cleo.get(f"/review/{entry}")
    shown = desk.bo.get(f"/review/{entry}").text
    assert "cleo is on it. A verdict of your own is still possible" in shown
    post(desk.bo, f"/review/{entry}/verdict", decision="reject", reason="Too short.")
    assert desk.served.console.review.reviews.verdicts(
        desk.served.console.review.reviews.unguarded(entry).answer  # type: ignore[union-attr]
    )


def test_a_verdict_keeps_marks_rubric_reason_and_source_and_leads_to_the_next(desk: Desk) -> None:
    entry, other = desk.waiting(), desk.waiting(OTHER)
    form = {
        "decision": "reject", "mark0": "wrong", "mark9": "right", "point": "specific", "reason": "Too thin.",
        "better": "The new playbook",
    }  # fmt: skip
    onward = post(desk.cleo, f"/review/{entry}/verdict", **form)
    assert onward.headers["location"].startswith(f"/review/{other}?said=reject")
    assert "Your verdict is kept: rejected." in desk.cleo.get(onward.headers["location"]).text
    verdict = desk.served.console.review.coaching.case(entry, CLEO).verdicts[0]
    assert (verdict.coach, verdict.decision, verdict.reason) == ("cleo", Decision.REJECT, "Too thin.")
    assert verdict.marks == {0: Mark.WRONG}
    assert verdict.rubric == {each: each is Point.SPECIFIC for each in Point}
    assert verdict.better_source == "The new playbook"


def test_after_the_last_entry_the_queue_says_so(desk: Desk) -> None:
    onward = post(desk.cleo, f"/review/{desk.waiting()}/verdict", decision="approve")
    assert onward.headers["location"].startswith("/review?said=approve")
    assert "Nothing more waits for you." in desk.cleo.get(onward.headers["location"]).text


def test_a_form_that_is_sent_twice_is_one_verdict(desk: Desk) -> None:
    entry = desk.waiting()
    form = desk.key(desk.cleo, f"/review/{entry}")
    for _ in range(2):
        assert post(desk.cleo, f"/review/{entry}/verdict", decision="approve", key=form["key"]).status_code == 303
    assert len(desk.served.console.review.coaching.case(entry, CLEO).verdicts) == 1
    assert post(desk.bo, f"/review/{entry}/verdict", decision="reject", key=form["key"]).status_code == 303
    found = desk.served.console.review.coaching.case(entry, CLEO).verdicts
    assert [each.coach for each in found] == ["cleo", "bo"]
    shown = desk.cleo.get(f"/review/{entry}").text
    assert "Coaches differ on this." in shown
    assert "cleo approves" in shown
    assert "bo rejects" in shown


def test_a_form_without_a_decision_comes_back_with_what_was_put_in(desk: Desk) -> None:
    entry = desk.waiting()
    back = post(desk.cleo, f"/review/{entry}/verdict", mark0="wrong", reason="Half done", decision="")
    assert back.status_code == 422
    assert "Choose approve or reject." in back.text
    assert "Half done</textarea>" in back.text
    assert re.search(r'name="mark0" value="wrong" checked', back.text)
    assert not desk.served.console.review.coaching.case(entry, CLEO).verdicts


def test_going_on_without_a_verdict_gives_the_entry_back(desk: Desk) -> None:
    entry, other = desk.waiting(), desk.waiting(OTHER)
    desk.cleo.get(f"/review/{entry}")
    assert post(desk.cleo, f"/review/{entry}/next").headers["location"].startswith(f"/review/{other}")
    assert "is on it" not in desk.bo.get("/review").text.partition(QUESTION)[2].partition("<li")[0]


def test_the_filter_stays_from_entry_to_entry(desk: Desk) -> None:
    entry, _ = desk.waiting(), desk.waiting(OTHER)
    shown = desk.cleo.get(f"/review/{entry}?why=down_vote").text
    assert f'action="/review/{entry}/verdict?why=down_vote"' in shown
    onward = post(desk.cleo, f"/review/{entry}/verdict?why=down_vote", decision="approve")
    assert "why=down_vote" in onward.headers["location"]


def test_what_failed_its_checks_is_shown_with_why_to_whoever_may_read_what_the_asker_may(desk: Desk) -> None:
    entry = desk.waiting(rejected=(Rejected("They close Lyon in March.", "number"), Rejected("Odd.", "new_code")))
    shown = desk.cleo.get(f"/review/{entry}").text
    assert "They close Lyon in March." in shown
    assert "a number is not in its quote" in shown
    assert "it failed a check" in shown
    closed = desk.bo.get(f"/review/{entry}").text
    assert "Lyon" not in closed
    assert "2 statements failed their checks." in closed
