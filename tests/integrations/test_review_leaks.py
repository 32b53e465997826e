"""A small company with coaches probed for leaks, and whether the probing itself can see one."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.correction import Correction
from assistant.review import Decision, Why
from integrations.review.cases import Said
from integrations.review.queue import Filter
from knowledge.access import Reader
from tests.leaks import review, review_twins
from tests.leaks.canaries import folded
from tests.leaks.company import SMALL, Paper, found
from tests.leaks.review_office import CHANNEL, Office, opened
from tests.leaks.review_plan import Plan

_PROBES = 24
_PAIRS = 2


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(found(size=SMALL), tmp_path_factory.mktemp("office"), 5) as made:
        yield made


@pytest.fixture
def office(opened_once: Office) -> Office:
    opened_once.judge.leaks.clear()
    return opened_once


def test_no_coach_and_no_asker_sees_what_is_not_for_them_and_who_may_see_it_does(tmp_path: Path) -> None:
    result = review.run(tmp_path, _PROBES, size=SMALL)
    assert result.leaks == []
    assert result.complaints == []
    assert result.told.total() > _PROBES / 2
    assert result.answers > 5


def test_a_page_is_the_same_whether_what_it_hides_exists_or_not(tmp_path: Path) -> None:
    twins = review_twins.run(tmp_path, _PAIRS)
    assert twins.differ == []
    assert twins.compared.total() > 20


def test_everything_shown_to_people_without_rights_is_caught(office: Office) -> None:
    paper, asker, stranger = _closed(office)
    office.judge.ledger.refresh()
    page = office.post(asker, "ask", "/ask", question=paper.asked[0])
    assert office.judge.leaks == []
    office.judge.page(stranger, "queue", page)
    office.judge.look(office.stage.world.members[CHANNEL], "card", paper.asked[0])
    assert {each.form for each in office.judge.leaks if each.where == "queue"} > set(_forms(paper))
    assert "card" in {each.where for each in office.judge.leaks}


def test_what_was_written_of_an_answer_is_caught_where_its_sources_may_not_be_read(office: Office) -> None:
    paper, asker, stranger = _closed(office)
    page = office.post(asker, "ask", "/ask", question=paper.asked[0])
    path, remark = page.partition('action="/ask/')[2].partition('"')[0], office.judge.ledger.remark()
    office.post(asker, "ask", f"/ask/{path}", vote="down")
    office.post(asker, "ask", f"/ask/{path}", vote="reason", reason=remark)
    coach = office.coaches(paper)[0]
    entry = office.review.reviews.page(_reader(office, coach), Filter(reason=Why.DOWN_VOTE))[0]
    seen = office.get(coach, "case", f"/review/{entry.id}")
    assert remark in seen
    assert office.judge.leaks == []
    office.judge.page(stranger, "case", remark)
    office.judge.page(stranger, "old answers", remark)
    assert [each.where for each in office.judge.leaks] == ["case", "old answers"]


def test_an_old_answer_that_goes_on_speaking_of_a_closed_correction_is_caught(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, offered = _offered(office)
    file = office.stage.home.parent / "documents" / paper.file
    file.write_text(paper.text.replace(f"audience: [{paper.audience[0]}]", "audience: [nobody]"), "utf-8")
    office.stage.world.papers[paper.file] = replace(paper, audience=("nobody",))
    office.console.library.ingest([file.parent.parent])
    for user, path in offered:
        office.get(user, "old answers", path)
    assert office.judge.leaks == []
    monkeypatch.setattr(office.review.recheck, "holds", lambda _correction, _reader: True)
    for user, path in offered:
        office.get(user, "old answers", path)
    assert {each.form for each in office.judge.leaks} == {folded(paper.asked[0])}


def _offered(office: Office) -> tuple[Paper, list[tuple[str, str]]]:
    """A document that a coach corrected an answer with, and old answers that speak of it, with whose they are."""
    plan, world = Plan(office, random.Random(1)), office.stage.world
    for paper in world.company.secrets:
        readers = [each for each in office.able() if world.may_read(each, paper) and each not in world.coaches]
        if len(paper.audience) > 1 or not readers or not office.coaches(paper):
            continue
        coach = office.coaches(paper)[0]
        page = office.post(coach, "ask", "/ask", question=paper.asked[0])
        answer = page.partition('action="/ask/')[2].partition("/")[0]
        office.post(coach, "ask", f"/ask/{answer}/vote", vote="down")
        reader = _reader(office, coach)
        entry = next(each for each in office.review.reviews.page(reader) if each.answer == answer)
        said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key=answer)
        lines, shown = f"{plan.sentence(paper)} [1]", plan.passages(paper)
        made = office.review.coaching.correct(entry.id, reader, lines, said, "en", shown=shown)
        assert isinstance(made, Correction), made
        pages = [(each, office.post(each, "ask", "/ask", question=paper.asked[1])) for each in readers]
        found = [
            (user, text.partition('action="/ask/')[2].partition("/")[0])
            for user, text in pages
            if paper.asked[0] in text
        ]
        if found:
            return paper, [(user, f"/ask/{name}") for user, name in found]
    raise AssertionError("no correction is ever offered")


def _closed(office: Office) -> tuple[Paper, str, str]:
    """A document of an account that is nowhere public, somebody who may read it, a coach who knows nothing of it."""
    world = office.stage.world
    for paper in world.company.secrets:
        readers = [each for each in office.able() if world.may_read(each, paper)]
        shut = [each for each in office.coaches() if not world.knows_account(each, paper.account)]
        if paper.account in office.judge.ledger.closed and readers and shut and office.coaches(paper):
            return paper, readers[0], shut[0]
    raise AssertionError("everybody knows everything")


def _forms(paper: Paper) -> list[str]:
    assert paper.canary
    return [folded(each) for each in paper.canary.forms]


def _reader(office: Office, user: str) -> Reader:
    visitor = office.console.visitor(office.name(user))
    assert visitor is not None
    return visitor.reader
