"""What a visitor may not read does not exist, at this moment and on every page."""

import re
import time

import httpx

from knowledge.access import Reader
from tests.integrations.web.conftest import FACT, PEOPLE, QUESTION, SECRET, Place, Serve, Served, ask, post


def the_secret(served: Served) -> tuple[str, str]:
    """The ids of the team's plan and of its passage."""
    library = served.console.library
    reader = Reader("ann", frozenset({"team of larkspur metals"}))
    hit = library.search("Lyon plant", reader).hits[0]
    return hit.entry.id, hit.passage.id


def test_a_document_one_may_not_read_is_the_same_page_as_one_that_is_not_there(local: Served) -> None:
    document, passage = the_secret(local)
    ann, bo = local.as_person("ann"), local.as_person("bo")
    assert SECRET in ann.get(f"/documents/{document}").text
    nothing = bo.get("/documents/none")
    assert nothing.status_code == 404
    for path in (
        f"/documents/{document}",
        f"/passages/{passage}",
        f"/passages/{passage}?at=1-9",
        "/passages/x",
        "/x/y",
    ):
        shown = bo.get(path)
        assert (shown.status_code, shown.content) == (404, nothing.content)
        assert shown.headers.keys() == nothing.headers.keys()


def test_lists_searches_and_answers_hold_nothing_of_it(local: Served) -> None:
    bo = local.as_person("bo")
    pages = (bo.get("/documents"), bo.get("/search?q=Lyon+plant"), ask(bo, "What will Larkspur Metals close in March?"))
    for each in pages:
        assert each.status_code == 200
        assert "Lyon" not in each.text.replace("q=Lyon", "").replace('value="Lyon plant"', "").replace(
            "Lyon plant ·", ""
        )
        assert "Larkspur Metals plan" not in each.text
    assert "4 of 4 documents" in pages[0].text
    assert "5 of 5 documents" in local.as_person("ann").get("/documents").text


def test_the_account_teams_member_is_answered_from_the_plan(local: Served) -> None:
    assert "Lyon" in ask(local.as_person("ann"), "What will Larkspur Metals close in March?").text


def test_rights_that_were_taken_away_count_at_the_next_request(local: Served, place: Place) -> None:
    document, _ = the_secret(local)
    ann = local.as_person("ann")
    answer = ask(ann, "What will Larkspur Metals close in March?")
    assert "Lyon" in answer.text
    place.people.write_text(PEOPLE.replace("[ann, cleo]", "[cleo]"), "utf-8")
    assert ann.get(f"/documents/{document}").status_code == 404
    again = ann.get(str(answer.url.path))
    assert again.status_code == 200
    assert "Lyon" not in again.text
    assert "Larkspur Metals plan" not in again.text


def test_who_left_has_no_session_any_more(local: Served, place: Place) -> None:
    ann = local.as_person("ann")
    assert ann.get("/ask").status_code == 200
    place.people.write_text(PEOPLE.replace("  ann: {slack: U1}\n", "").replace("ann, ", ""), "utf-8")
    assert ann.get("/ask").status_code == 303
    place.people.write_text(PEOPLE, "utf-8")
    assert ann.get("/ask").status_code == 303


def test_with_a_people_yaml_that_cannot_be_read_there_are_public_documents_only(local: Served, place: Place) -> None:
    document, _ = the_secret(local)
    ann = local.as_person("ann")
    place.people.write_text("people: [", "utf-8")
    assert ann.get("/documents").status_code == 200
    assert ann.get(f"/documents/{document}").status_code == 404


def test_answers_of_others_do_not_exist(local: Served) -> None:
    ann, cleo = local.as_person("ann"), local.as_person("cleo")
    path = str(ask(ann, QUESTION).url.path)
    assert ann.get(path).status_code == 200
    assert cleo.get(path).content == cleo.get("/ask/none").content
    assert post(cleo, f"{path}/vote", vote="up").status_code == 404


def test_a_follow_up_leans_on_the_askers_own_answer_alone(local: Served) -> None:
    ann, bo = local.as_person("ann"), local.as_person("bo")
    first = str(ask(ann, "What will Larkspur Metals close in March?").url.path)
    followed = post(bo, "/ask", question="Why is that?", after=first.rpartition("/")[2])
    assert "Lyon" not in bo.get(followed.headers["location"]).text


def test_an_answer_is_kept_and_noted_with_the_surface_web(local: Served) -> None:
    client = local.as_person("ann")
    path = str(ask(client, QUESTION).url.path)
    kept = local.console.review.answers.find(path.rpartition("/")[2])
    assert kept
    assert (kept.place.person, kept.place.surface) == ("ann", "web")
    rows: list[tuple[str, str]] = []
    for _ in range(200):
        with local.console.catalogue.engine.begin() as connection:
            rows = [tuple(row) for row in connection.exec_driver_sql("select person, surface from audit")]
        if rows:
            break
        time.sleep(0.05)
    assert rows == [("ann", "web")]


def test_votes_are_kept_and_a_bad_one_asks_why(local: Served) -> None:
    client = local.as_person("ann")
    path = str(ask(client, QUESTION).url.path)
    post(client, f"{path}/vote", vote="down")
    shown = client.get(path).text
    assert "What was wrong?" in shown
    post(client, f"{path}/vote", vote="reason", reason="It is about another account.")
    answers = local.console.review.answers
    assert answers.votes(path.rpartition("/")[2]) == [("down", ""), ("reason", "It is about another account.")]
    assert post(client, f"{path}/vote", vote="anything").status_code == 404


def test_who_may_see_a_document_is_said_in_words(local: Served) -> None:
    rows = local.as_person("cleo").get("/documents?q=larkspur").text
    assert "the team of larkspur metals (ann, cleo)" in rows
    assert "the team of larkspur metals (" not in local.as_person("ann").get("/documents?q=larkspur").text
    assert "everyone" in local.as_person("ann").get("/documents").text


def test_documents_are_filtered_by_words_and_kind(local: Served) -> None:
    client = local.as_person("cleo")
    assert "1 of 5 documents" in client.get("/documents?kind=account_plan").text
    assert "1 of 5 documents" in client.get("/documents?q=winning+cleo").text
    assert "No document fits." in client.get("/documents?q=nothing-like-it").text
    assert "expired" in client.get("/documents?q=old").text


def test_a_passage_shows_its_quote_among_what_stands_around(local: Served) -> None:
    client = local.as_person("ann")
    text = ask(client, QUESTION).text
    path = re.search(r'class="cite" href="([^"#]+)', text)
    assert path
    shown = client.get(path[1].replace("&amp;", "&")).text
    assert re.search(r'<mark id="quote" tabindex="-1">[^<]+</mark>', shown)
    assert "Review the account every month" in shown


def test_odd_spans_mark_nothing_and_break_nothing(local: Served) -> None:
    client = local.as_person("ann")
    passage = local.console.library.search("quiet", Reader()).hits[0].passage.id
    for at in ("x", "9-", "-", "5-2", "0-99999999999", "²-³", "1-2&at=1-2", "9" * 400 + "-1"):
        assert client.get(f"/passages/{passage}?at={at}").status_code == 200


def test_evaluations_are_for_coaches(local: Served) -> None:
    assert local.as_person("ann").get("/evaluations").status_code == 404
    assert local.as_person("cleo").get("/evaluations").status_code == 200
    assert "/evaluations" not in local.as_person("ann").get("/ask").text


def report_of(served: Served, name: str, library: str, document: str) -> None:
    folder = served.console.runs / name
    folder.mkdir(parents=True)
    header = f'{{"name": "{name}", "set": "s", "began": "2026-01-01", "library": "{library}", "recipe": {{}}}}'
    (folder / "run.json").write_text(header, "utf-8")
    (folder / "attempts.jsonl").write_text(
        f'{{"hits": [{{"document": "{document}", "start": 0, "end": 9}}]}}\n', "utf-8"
    )
    (folder / "report.html").write_text("<!doctype html><script>1</script>the report", "utf-8")


def test_a_report_is_shut_off_from_the_console(local: Served) -> None:
    report_of(local, "ours", "otherlib.1", "x")
    shown = local.as_person("cleo").get("/evaluations/ours")
    policy = shown.headers["content-security-policy"]
    assert "the report" in shown.text
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy


def test_a_report_on_the_library_in_use_is_for_those_who_may_read_what_it_quotes(serve: Serve, place: Place) -> None:
    place.people.write_text(PEOPLE.replace("coaches: [cleo]", "coaches: [bo, cleo]"), "utf-8")
    served = serve()
    library = served.console.library.version()
    document, _ = the_secret(served)
    report_of(served, "plan", library, document)
    report_of(served, "gone", library, "not-there-any-more")
    bo, cleo = served.as_person("bo"), served.as_person("cleo")
    assert cleo.get("/evaluations/plan").status_code == 200
    assert bo.get("/evaluations/plan").status_code == 404
    assert "not open to you" in bo.get("/evaluations").text
    assert cleo.get("/evaluations/gone").status_code == 404


def test_no_path_leads_out_of_the_runs(local: Served) -> None:
    report_of(local, "ours", "otherlib.1", "x")
    cleo = local.as_person("cleo")
    for name in ("..", "%2e%2e", "..%2fours", "ours%2f..%2fours", ".hidden"):
        assert cleo.get(f"/evaluations/{name}").status_code in (303, 404)


def test_without_people_yaml_one_is_a_coach_named_you(place: Place, serve: Serve) -> None:
    place.people.unlink()
    served = serve()
    client = served.visitor()
    client.get(served.entry)
    shown = client.get("/ask").text
    assert "Signed in as you" in shown
    assert client.get("/evaluations").status_code == 200
    assert SECRET not in client.get("/search?q=Lyon").text
    assert FACT.partition(",")[0] in ask(client, QUESTION).text


def test_with_several_coaches_one_reads_public_documents_until_one_says_who_one_is(place: Place, serve: Serve) -> None:
    place.people.write_text(PEOPLE.replace("coaches: [cleo]", "coaches: [bo, cleo]"), "utf-8")
    nobody, ann = serve(), serve(person="Ann")
    for served, documents in ((nobody, 4), (ann, 5)):
        client: httpx.Client = served.visitor()
        client.get(served.entry)
        assert f"{documents} of {documents} documents" in client.get("/documents").text
        assert client.get("/evaluations").status_code == 404
