"""What the doctor finds in Slack, asked over HTTP of the fake workspace."""

from copy import deepcopy
from pathlib import Path

import pytest

from integrations.settings import Settings
from integrations.slack.check import examine
from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Workspace, running


def findings(slack: Workspace, home: Path, monkeypatch: pytest.MonkeyPatch, **changed: str) -> dict[str, list[str]]:
    for name, value in {**slack.environment, **changed}.items():
        monkeypatch.setenv(name, value)
    found: dict[str, list[str]] = {}
    for each in examine(Settings(home=home)):
        found.setdefault(each.state, []).append(f"{each.about}: {each.says} {each.mend}")
    return found


def test_a_bot_with_all_its_scopes_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(manifest=manifest()) as slack:
        found = findings(slack, tmp_path, monkeypatch)
    assert "wrong" not in found
    assert any("all 15 are granted" in each for each in found["ok"])


def test_each_missing_scope_is_named_with_where_to_add_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    less = deepcopy(manifest())
    scopes = less["oauth_config"]["scopes"]["bot"]
    scopes.remove("users:read")
    scopes.remove("im:write")
    with running(manifest=less) as slack:
        wrong = findings(slack, tmp_path, monkeypatch)["wrong"]
    assert [each.split(" is missing")[0] for each in wrong] == ["Slack scope: im:write", "Slack scope: users:read"]
    assert all("OAuth & Permissions" in each for each in wrong)


def test_the_events_the_bot_needs_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(manifest=manifest()) as slack:
        (note,) = findings(slack, tmp_path, monkeypatch)["note"]
    assert "message.channels" in note
    assert "Event Subscriptions" in note


@pytest.mark.parametrize("token", ["COACH_SLACK_BOT_TOKEN", "COACH_SLACK_APP_TOKEN"])
def test_a_token_that_does_not_work_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    with running(manifest=manifest()) as slack:
        wrong = findings(slack, tmp_path, monkeypatch, **{token: slack.environment[token] + "x"})["wrong"]
    assert len(wrong) == 1
    assert wrong[0].startswith(token)
    assert "invalid_auth" in wrong[0]


@pytest.mark.parametrize(
    ("channel", "state", "says"),
    [
        ("C0NOWHERE", "wrong", "channel_not_found"),
        ("C7", "wrong", "the bot is not in it"),
        ("C1", "note", "open to others"),
        ("C2", "ok", "private"),
    ],
)
def test_the_coaches_channel_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channel: str, state: str, says: str
) -> None:
    with running(manifest=manifest()) as slack:
        slack.add_channel("C7", "elsewhere", ["U1"], bot=False)
        found = findings(slack, tmp_path, monkeypatch, COACH_REVIEW_CHANNEL=channel)
    assert [each for each in found[state] if "COACH_REVIEW_CHANNEL" in each and says in each]


def test_without_tokens_slack_is_only_noted(tmp_path: Path) -> None:
    (note,) = examine(Settings(home=tmp_path))
    assert note.state == "note"


def test_the_manifest_for_http_names_its_addresses_and_closes_the_socket() -> None:
    printed = manifest("https://coach.example.com/")
    events = "https://coach.example.com/slack/events"
    assert printed["settings"]["event_subscriptions"]["request_url"] == events
    assert printed["settings"]["interactivity"]["request_url"] == events
    assert printed["features"]["slash_commands"][0]["url"] == events
    assert printed["oauth_config"]["redirect_urls"] == ["https://coach.example.com/slack/oauth_redirect"]
    assert printed["settings"]["socket_mode_enabled"] is False
    assert manifest()["settings"]["socket_mode_enabled"] is True
