"""The app as Slack knows it: its keys, its scopes, what it subscribed to. Read from a manifest if there is one."""

from dataclasses import dataclass, field

from .records import Payload

SCOPES = (
    "app_mentions:read assistant:write chat:write im:history im:write channels:history groups:history commands "
    "reactions:write users:read"
).split()

EVENTS = (
    "app_mention message.im message.channels message.groups app_home_opened app_context_changed "
    "agent_session_stopped app_uninstalled tokens_revoked"
).split()

EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "user_change": "users:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "reaction_added": "reactions:read",
    "agent_session_stopped": "assistant:write",
    "app_context_changed": "assistant:write",
}
"""An event without its scope is not delivered."""

CHANNEL_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
"""What member_joined_channel, member_left_channel, channel_shared and channel_unshared need, by the kind of channel."""


@dataclass
class App:
    id: str = "A0COACH"
    name: str = "Account Coach"
    app_token: str = "xapp-1-A0COACH-fake"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"
    client_id: str = "111.222"
    client_secret: str = "fake-client-secret"
    scopes: frozenset[str] = frozenset(SCOPES)
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    events: frozenset[str] = frozenset(EVENTS)
    commands: frozenset[str] = frozenset({"/coach"})
    escaping: frozenset[str] = frozenset()
    """Commands whose text comes escaped (should_escape in the manifest), as messages always do."""
    shortcuts: frozenset[str] = frozenset({"ask_coach"})
    agent_view: bool = True
    home_tab: bool = True
    redirect_urls: list[str] = field(default_factory=list)

    @classmethod
    def from_manifest(cls, manifest: Payload) -> "App":
        """What an app made from this manifest would have; what the manifest leaves out, the app has not."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        commands = features.get("slash_commands", [])
        oauth = manifest.get("oauth_config", {})
        return cls(
            name=manifest.get("display_information", {}).get("name", "App"),
            scopes=frozenset(oauth.get("scopes", {}).get("bot", [])),
            redirect_urls=list(oauth.get("redirect_urls", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands=frozenset(each["command"] for each in commands),
            escaping=frozenset(each["command"] for each in commands if each.get("should_escape")),
            shortcuts=frozenset(each["callback_id"] for each in features.get("shortcuts", [])),
            agent_view="agent_view" in features,
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )


@dataclass
class Timing:
    """Slack's clocks, in seconds. `time_scale` shortens the waits between retries and the warning before a refresh."""

    time_scale: float = 1.0
    ack: float = 3.0
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    stream_life: float = 300.0
    trigger_life: float = 3.0
    response_url_life: float = 1800.0
    response_url_uses: int = 5
    status_life: float = 120.0
    ticket_life: float = 30.0
    warning: float = 10.0
