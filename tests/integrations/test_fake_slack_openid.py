"""Sign in with Slack in the fake workspace: what the real one would refuse."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.fakes.slack_workspace import Workspace, running

BACK = "https://coach.example.com/slack/back"


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with running() as workspace:
        workspace.app.redirect_urls = [BACK]
        yield workspace


def asked(slack: Workspace, **changes: str) -> httpx.Response:
    wanted = {
        "response_type": "code",
        "scope": "openid",
        "client_id": slack.app.client_id,
        "state": "s",
        "nonce": "n",
        "redirect_uri": BACK,
    }
    query = urlencode(wanted | changes)
    return httpx.get(f"{slack.base}/openid/connect/authorize?{query}", trust_env=False)


def token(slack: Workspace, code: str, **changes: str) -> str:
    sent = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret, "redirect_uri": BACK} | changes
    said = WebClient(base_url=slack.api_url).openid_connect_token(code=code, **sent)
    return str(said["id_token"])


def code(slack: Workspace) -> str:
    return parse_qs(urlsplit(asked(slack).headers["location"]).query)["code"][0]


def test_a_code_becomes_a_token_once(slack: Workspace) -> None:
    given = code(slack)
    assert token(slack, given).count(".") == 2
    with pytest.raises(SlackApiError, match="code_already_used"):
        token(slack, given)
    assert slack.complaints == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"redirect_uri": "https://evil.example"}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token"}, "invalid_grant_type"),
    ],
)
def test_a_token_is_refused_to_others(slack: Workspace, changes: dict[str, str], error: str) -> None:
    given = code(slack)
    with pytest.raises(SlackApiError, match=error):
        token(slack, given, **changes)


@pytest.mark.parametrize(
    "changes",
    [{"redirect_uri": "https://evil.example"}, {"scope": "email"}, {"response_type": "token"}, {"client_id": ""}],
)
def test_the_page_refuses_what_was_not_configured(slack: Workspace, changes: dict[str, str]) -> None:
    assert asked(slack, **changes).status_code == 400


def test_a_sign_in_that_can_be_forged_is_complained_of(slack: Workspace) -> None:
    asked(slack, nonce="")
    assert slack.complaints
