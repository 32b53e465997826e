"""Nothing of what a coach may not read, on any page of review."""

from collections.abc import Iterator

import httpx

from assistant.review import Why
from integrations.review.queue import DONE, Filter
from knowledge.access import Reader
from tests.integrations.web.conftest import post
from tests.integrations.web.desk import BO, CLEO, CLOSED, QUESTION, SECRET, TWO_COACHES, Desk, corrected


def every_request(entry: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every route about an entry, with GET and POST."""
    for path in ("", "/verdict", "/next", "/take", "/verify", "/correct"):
        yield "GET", f"/review/{entry}{path}", {}
        for form in ({}, {"decision": "approve", "do": "check", "text": "x"}, {"do": "publish", "text": "x [1]"}):
            yield "POST", f"/review/{entry}{path}", form


def bytes_of(client: httpx.Client, method: str, path: str, form: dict[str, str]) -> tuple[int, bytes, list[str]]:
    shown = client.get(path) if method == "GET" else post(client, path, **form)
    return shown.status_code, shown.content, sorted(shown.headers)


def test_what_a_coach_may_not_read_is_byte_for_byte_what_is_not_there(desk: Desk) -> None:
    entry = desk.waiting(CLOSED)
    assert SECRET[:20] in desk.cleo.get(f"/review/{entry}").text
    nothing = bytes_of(desk.bo, "GET", "/nothing", {})
    assert nothing[0] == 404
    for (method, path, form), (_, unknown, _) in zip(every_request(entry), every_request("e" * 20), strict=True):
        assert bytes_of(desk.bo, method, path, form) == nothing, (method, path)
        assert bytes_of(desk.bo, method, unknown, form) == nothing, (method, unknown)
    for path in ("/review", f"/review?after={entry}", f"/review?of={entry}&said=correct", "/gaps", "/statistics"):
        assert "Lyon" not in desk.bo.get(path).text
        assert CLOSED not in desk.bo.get(path).text
    assert "Nothing waits here." in desk.bo.get("/review").text
    assert desk.served.console.review.coaching.case(entry, CLEO).verdicts == ()


def test_for_whoever_is_no_coach_there_is_no_review_at_all(desk: Desk) -> None:
    entry, ann = desk.waiting(), desk.served.as_person("ann")
    name = corrected(desk, desk.cleo)
    nothing = bytes_of(ann, "GET", "/nothing", {})
    for method, path, form in every_request(entry):
        assert bytes_of(ann, method, path, form) == nothing, (method, path)
    for path in ("/review", "/corrections", "/gaps", "/statistics", "/statistics.csv"):
        assert bytes_of(ann, "GET", path, {}) == nothing, path
        assert f'href="{path}"' not in ann.get("/ask").text
    assert bytes_of(ann, "POST", f"/corrections/{name}/withdraw", {}) == nothing


def test_a_coach_who_lost_a_right_loses_the_entry_at_the_next_request(desk: Desk) -> None:
    entry = desk.waiting(CLOSED)
    assert desk.cleo.get(f"/review/{entry}").status_code == 200
    desk.place.people.write_text(TWO_COACHES.replace("[ann, cleo]", "[ann]"), "utf-8")
    assert desk.cleo.get(f"/review/{entry}").content == desk.cleo.get("/nothing").content


def test_a_correction_whose_source_was_closed_is_in_no_list_of_documents(desk: Desk) -> None:
    corrected(desk, desk.cleo)
    (entry,) = [each for each in desk.served.console.catalogue.unguarded().entries() if each.kind == "reviewed_answer"]
    assert QUESTION in desk.bo.get("/documents").text
    assert desk.bo.get(f"/documents/{entry.id}").status_code == 200
    desk.change("owner: cleo", "owner: cleo\naudience: cleo")
    listed = desk.bo.get("/documents")
    assert listed.status_code == 200
    assert QUESTION not in listed.text
    assert desk.bo.get(f"/documents/{entry.id}").content == desk.bo.get("/nothing").content
    assert desk.cleo.get(f"/documents/{entry.id}").status_code == 200
    assert QUESTION not in desk.bo.get("/corrections").text


def test_a_count_is_that_of_the_pages(desk: Desk) -> None:
    desk.waiting()
    desk.waiting(CLOSED)
    reviews = desk.served.console.review.reviews
    for reader in (CLEO, BO, Reader()):
        for wanted in (Filter(), Filter(states=(DONE,)), Filter(reason=Why.DOWN_VOTE), Filter(assigned=("bo",))):
            assert reviews.count(reader, wanted) == len(reviews.page(reader, wanted, size=100))
