"""Corrections in the console: written, checked, published, verified again, withdrawn."""

import re

import pytest

from tests.integrations.web.conftest import ask, post
from tests.integrations.web.desk import CLEO, QUESTION, SECRET, TWO_COACHES, Desk, corrected, fields, send


def test_a_correction_begins_with_the_answer_and_its_numbers(desk: Desk) -> None:
    form = fields(desk.cleo.get(f"/review/{desk.waiting()}/correct").text)
    assert form["text"][0].startswith("Call a quiet account within two weeks")
    assert re.search(r"\[1\]$", form["text"][0].splitlines()[0])
    assert len(form["shown"]) == len(set(form["shown"])) > 0


def test_faults_stand_beside_their_lines_and_nothing_typed_is_lost(desk: Desk) -> None:
    path = f"/review/{desk.waiting()}/correct"
    form = fields(desk.cleo.get(path).text)
    typed = "Call a quiet account within two weeks. [1]\nCall it within nine weeks. [1]\nI bring cake. <b>&"
    checked = send(desk.cleo, path, form | {"text": [typed], "topics": ["a, b"], "do": ["check"]})
    assert checked.status_code == 422
    lines = re.findall(r'<li( class="wrong")?><span class="line">Line (\d)', checked.text)
    assert [(number, bool(wrong)) for wrong, number in lines] == [("1", False), ("2", True), ("3", True)]
    assert "is not in source 1" in checked.text
    assert "I bring cake. &lt;b&gt;&amp;</textarea>" in checked.text
    assert 'value="a, b"' in checked.text
    assert fields(checked.text)["shown"] == form["shown"]
    assert fields(checked.text)["key"] == form["key"]
    assert not desk.served.console.review.corrections.kept(CLEO)


def test_passages_that_are_added_get_the_next_numbers_and_the_others_keep_theirs(desk: Desk) -> None:
    path = f"/review/{desk.waiting()}/correct"
    form = fields(desk.cleo.get(path).text)
    found = send(desk.cleo, path, form | {"q": ["Lyon plant"], "do": ["search"]})
    added = re.search(r'name="add" value="([^"]+)"', found.text)
    assert added
    with_more = send(desk.cleo, path, form | {"add": [added[1]]})
    assert fields(with_more.text)["shown"] == [*form["shown"], added[1]]
    assert fields(with_more.text)["text"] == form["text"]
    assert SECRET in with_more.text
    again = send(desk.cleo, path, fields(with_more.text) | {"add": [added[1]]})
    assert fields(again.text)["shown"] == [*form["shown"], added[1]]


def test_no_more_than_fifteen_passages_are_added_and_none_that_is_closed(desk: Desk) -> None:
    path = f"/review/{desk.waiting()}/correct"
    form = fields(desk.bo.get(path).text)
    hit = desk.served.console.library.search("Lyon plant", CLEO).hits[0]
    many = [*form["shown"], hit.passage.id, *(f"none{at}" for at in range(100))]
    shown = send(desk.bo, path, form | {"shown": many, "do": ["search"]}).text
    assert len(fields(shown)["shown"]) == len(form["shown"]) + 15
    assert "Lyon" not in shown
    assert "No more than 15 can be added." in shown


def test_a_published_correction_answers_and_says_who_is_told(desk: Desk) -> None:
    entry = desk.waiting()
    path = f"/review/{entry}/correct"
    form = fields(desk.cleo.get(path).text) | {
        "text": ["Call it within two weeks. [1]\nI bring cake."],
        "topics": ["calls"],
    }
    onward = send(desk.cleo, path, form | {"do": ["publish"]})
    assert onward.status_code == 303
    assert "It will be told to ann." in desk.cleo.get(onward.headers["location"]).text
    assert send(desk.cleo, path, form | {"do": ["publish"]}).status_code == 303
    (kept,) = desk.served.console.review.corrections.kept(CLEO)
    assert [each.text for each in kept.correction.statements] == ["Call it within two weeks.", "I bring cake."]
    assert (kept.correction.coach, kept.correction.scope.topics) == ("cleo", ("calls",))
    assert len(desk.served.console.review.coaching.case(entry, CLEO).verdicts) == 1
    assert "Call it within two weeks." in ask(desk.served.as_person("ann"), QUESTION).text


def test_an_asker_sees_in_the_console_that_a_coach_corrected_their_answer(desk: Desk) -> None:
    ann = desk.served.as_person("ann")
    path = str(ask(ann, QUESTION).url.path)
    post(ann, f"{path}/vote", vote="down")
    assert "corrected by a coach" not in ann.get("/ask").text
    entry = desk.served.console.review.coaching.queue(CLEO)[0].id
    form = fields(desk.cleo.get(f"/review/{entry}/correct").text) | {"text": ["Call it within two weeks. [1]"]}
    send(desk.cleo, f"/review/{entry}/correct", form | {"do": ["publish"]})
    assert "corrected by a coach" in ann.get("/ask").text
    assert "Coach cleo corrected this" in ann.get(path).text
    assert "corrected by a coach" not in desk.served.as_person("bo").get("/ask").text


def test_an_asker_sees_in_the_console_that_a_coach_took_their_answer_back(desk: Desk) -> None:
    ann = desk.served.as_person("ann")
    path = str(ask(ann, QUESTION).url.path)
    post(ann, f"{path}/vote", vote="down")
    entry = desk.served.console.review.coaching.queue(CLEO)[0].id
    post(desk.cleo, f"/review/{entry}/verdict", decision="reject", reason="For small accounts only.")
    assert "Why: For small accounts only." in ann.get(path).text
    assert "taken back by a coach" in ann.get("/ask").text


@pytest.mark.parametrize("text", ["", "  \n \n", "- \n*"])
def test_nothing_cannot_be_published(desk: Desk, text: str) -> None:
    path = f"/review/{desk.waiting()}/correct"
    form = fields(desk.cleo.get(path).text) | {"text": [text]}
    for do in ("publish", "check"):
        back = send(desk.cleo, path, form | {"do": [do]})
        assert back.status_code == 422
        assert "Nothing is said there yet." in back.text


def test_a_lapsed_correction_whose_quotes_stand_is_verified_again(desk: Desk) -> None:
    corrected(desk, desk.cleo)
    entry = desk.stale("Then map who left.", "Then map who has left.")
    shown = desk.cleo.get(f"/review/{entry}").text
    assert "a document it cites changed" in shown
    assert "still stands" in shown
    assert "stands there no more" not in shown
    assert "said=verify" in post(desk.cleo, f"/review/{entry}/verify").headers["location"]
    assert desk.served.console.review.corrections.current(CLEO)


def test_a_lapsed_correction_whose_quotes_fell_is_corrected_anew(desk: Desk) -> None:
    corrected(desk, desk.cleo)
    entry = desk.stale("two weeks", "three weeks")
    assert "stands there no more" in desk.cleo.get(f"/review/{entry}").text
    onward = post(desk.cleo, f"/review/{entry}/verify").headers["location"]
    assert onward == f"/review/{entry}/correct?said=not_verified"
    page = desk.cleo.get(onward).text
    assert "Not all that it quotes stands" in page
    form = fields(page)
    assert form["text"] == ["Call it within two weeks. [1]"]
    assert send(desk.cleo, f"/review/{entry}/correct", form | {"do": ["publish"]}).status_code == 422
    added = re.search(r'name="add" value="([^"]+)"', page)
    assert added
    number = len(form["shown"]) + 1
    mended = form | {"shown": [*form["shown"], added[1]], "text": [f"Call it within three weeks. [{number}]"]}
    assert send(desk.cleo, f"/review/{entry}/correct", mended | {"do": ["publish"]}).status_code == 303
    held = desk.served.console.review.corrections.current(CLEO)
    assert [each.statements[0].text for each in held] == ["Call it within three weeks."]


def test_corrections_are_listed_and_withdrawn_by_their_owner_alone(desk: Desk) -> None:
    name = corrected(desk, desk.cleo)
    for client in (desk.cleo, desk.bo):
        assert "1 hold, 0 hold no longer" in client.get("/corrections").text
    assert "Withdraw this correction" not in desk.bo.get("/corrections").text
    assert post(desk.bo, f"/corrections/{name}/withdraw").content == desk.bo.get("/nothing").content
    assert post(desk.cleo, f"/corrections/{name}/withdraw").headers["location"] == "/corrections?said=withdraw"
    assert "There is no correction yet." in desk.bo.get("/corrections").text
    assert post(desk.cleo, f"/corrections/{name}/withdraw").status_code == 404


def test_an_admin_withdraws_any_correction_and_what_waited_for_it_is_done(desk: Desk) -> None:
    name = corrected(desk, desk.cleo)
    entry = desk.stale("two weeks", "three weeks")
    desk.place.people.write_text(TWO_COACHES + "admins: [bo]\n", "utf-8")
    assert post(desk.bo, f"/corrections/{name}/withdraw").status_code == 303
    assert all(each.id != entry for each in desk.served.console.review.coaching.queue(CLEO))
