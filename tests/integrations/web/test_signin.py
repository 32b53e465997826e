"""Sign in with Slack, against a fake Slack that is as strict as the real one."""

import time
from typing import Any

import httpx
import pytest

from integrations.settings import Settings, WrongSettings
from integrations.web import serving, wiring
from integrations.web.openid import SlackDoor
from tests.fakes.slack_workspace import Workspace
from tests.integrations.web.conftest import PEOPLE, Place, Served


def go_to_slack(client: httpx.Client, to: str = "/documents") -> httpx.Response:
    """Press the button; what Slack sends the browser back with."""
    asked = client.get("/slack", params={"to": to})
    return httpx.get(asked.headers["location"], trust_env=False)


def come_back(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    return client.get(answer.headers["location"])


def test_whoever_people_yaml_names_comes_in_and_where_they_wanted_to(slack: Workspace, signing_in: Served) -> None:
    slack.openid.person = "U1"
    client = signing_in.visitor()
    assert client.get("/documents").headers["location"] == "/signin?to=/documents"
    assert "Sign in with Slack" in client.get("/signin?to=/documents").text
    back = come_back(client, go_to_slack(client))
    assert back.headers["location"] == "/documents"
    shown = client.get("/documents").text
    assert "Signed in as ann" in shown
    assert "5 of 5 documents" in shown
    assert slack.complaints == []


def test_whoever_it_does_not_name_reads_whom_to_ask(slack: Workspace, signing_in: Served, place: Place) -> None:
    place.people.write_text(PEOPLE.replace("  bo: {slack: U2}", "  bo:"), "utf-8")
    slack.openid.person = "U2"
    client = signing_in.visitor()
    shown = come_back(client, go_to_slack(client))
    assert shown.status_code == 403
    assert "people.yaml does not name you. Ask whoever runs the coach" in shown.text
    assert client.get("/ask").status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another.client"},
        {"aud": ["111.222", "another.client"]},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": time.time() - 3600},
        {"exp": None},
        {"exp": True},
        {"iat": time.time() + 3600},
        {"https://slack.com/team_id": "T9"},
        {"https://slack.com/team_id": None},
        {"https://slack.com/user_id": "U3"},
        {"https://slack.com/user_id": None, "sub": None},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(slack: Workspace, signing_in: Served, claims: dict[str, Any]) -> None:
    slack.openid.person, slack.openid.claims = "U1", claims
    client = signing_in.visitor()
    shown = come_back(client, go_to_slack(client))
    assert shown.status_code == 403
    assert "The sign-in did not work" in shown.text
    assert client.get("/ask").status_code == 303


def test_a_code_that_another_browser_brought_is_refused(slack: Workspace, signing_in: Served) -> None:
    slack.openid.person = "U3"
    theirs, mine = signing_in.visitor(), signing_in.visitor()
    answer = go_to_slack(theirs)
    assert come_back(mine, answer).status_code == 403
    go_to_slack(mine)
    assert come_back(mine, answer).status_code == 403
    assert mine.get("/ask").status_code == 303


@pytest.mark.parametrize("state", ["", "another", "\u00e9"])
def test_without_the_state_that_was_sent_slack_is_not_even_asked(
    slack: Workspace, signing_in: Served, state: str
) -> None:
    slack.openid.person = "U1"
    client = signing_in.visitor()
    code = httpx.URL(go_to_slack(client).headers["location"]).params["code"]
    assert client.get("/slack/back", params={"code": code, "state": state}).status_code == 403
    assert "openid.connect.token" not in [call.method for call in slack.recorded]


def test_a_code_is_good_once(slack: Workspace, signing_in: Served) -> None:
    slack.openid.person = "U1"
    client = signing_in.visitor()
    answer = go_to_slack(client)
    cookies = dict(client.cookies)
    assert come_back(client, answer).status_code == 303
    again = signing_in.visitor()
    again.cookies.update(cookies)
    assert come_back(again, answer).status_code == 403


def test_saying_no_at_slack_is_no_failure_of_ours(slack: Workspace, signing_in: Served) -> None:
    slack.openid.denies = True
    client = signing_in.visitor()
    shown = come_back(client, go_to_slack(client))
    assert shown.status_code == 403
    assert "The sign-in did not work" in shown.text


def test_a_person_of_another_workspace_is_refused(slack: Workspace, signing_in: Served, place: Place) -> None:
    slack.add_team("T2", "Elsewhere")
    slack.add_user("U9", "eve", team="T2")
    place.people.write_text(PEOPLE.replace("U2", "U9"), "utf-8")
    slack.openid.person = "U9"
    client = signing_in.visitor()
    assert come_back(client, go_to_slack(client)).status_code == 403


def test_coming_in_ends_the_session_that_was_there(slack: Workspace, signing_in: Served) -> None:
    slack.openid.person = "U1"
    client = signing_in.as_person("cleo")
    before = client.cookies.get(f"coach_{signing_in.url.rpartition(':')[2]}", domain="127.0.0.1")
    come_back(client, go_to_slack(client))
    assert before
    assert signing_in.console.sessions.find(before) is None


def test_whom_slack_calls_deactivated_or_a_guest_reads_public_documents_only(
    slack: Workspace, signing_in: Served
) -> None:
    slack.admin.change("U1", deactivated=True)
    slack.admin.change("U3", guest=True)
    for person in ("ann", "cleo"):
        client = signing_in.as_person(person)
        assert "4 of 4 documents" in client.get("/documents").text
        assert client.get("/evaluations").status_code == 404


def test_slacks_user_groups_count(slack: Workspace, signing_in: Served, place: Place) -> None:
    installed = slack.state.installations[slack.bot_token]
    installed.scopes |= {"usergroups:read"}
    place.people.write_text(PEOPLE.replace("Larkspur Metals: [ann, cleo]", "Larkspur Metals: [slack:S1]"), "utf-8")
    assert "4 of 4 documents" in signing_in.as_person("bo").get("/documents").text
    assert "5 of 5 documents" in signing_in.as_person("cleo").get("/documents").text


def test_there_is_no_local_door_beside_slack(signing_in: Served) -> None:
    client = signing_in.visitor()
    assert "set-cookie" not in client.get("/local?token=").headers


def test_where_slack_could_be_forged_nobody_signs_in_by_it() -> None:
    with pytest.raises(WrongSettings, match="https"):
        SlackDoor("1.2", "secret", "https://coach.example.com/slack/back", lambda: ["T1"], "http://slack.example/api/")


def settings(place: Place, **more: Any) -> Settings:
    return Settings(home=place.home, people=place.people, **more)


def test_without_sign_in_only_this_machine_may_listen(place: Place) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "coach.example.com"):
        with pytest.raises(WrongSettings, match="this machine alone"):
            wiring.check(settings(place), host)
    wiring.check(settings(place), "127.0.0.1")


@pytest.mark.parametrize("url", ["http://coach.example.com", "https://coach.example.com/path", "coach.example.com"])
def test_an_address_where_cookies_would_travel_openly_is_refused(place: Place, url: str) -> None:
    with pytest.raises(WrongSettings, match="COACH_WEB_URL"):
        wiring.check(settings(place, web_url=url, slack_client_id="1.2", slack_client_secret="s"), "0.0.0.0")


def test_cookies_are_for_https_alone_where_the_address_is() -> None:
    address = serving.public_address("https://coach.example.com")
    assert address.secure
    assert address.hosts == {"coach.example.com"}


def test_a_person_who_is_not_known_cannot_be_served(place: Place) -> None:
    from integrations.people import People

    with pytest.raises(WrongSettings, match="dora is not among the people"):
        wiring.whose(People(place.people), "Dora")


def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    with serving.listen("127.0.0.1", 0) as door, pytest.raises(WrongSettings, match="choose another with --port"):
        serving.listen("127.0.0.1", door.getsockname()[1])
