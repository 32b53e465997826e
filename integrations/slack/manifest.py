"""The app manifest: what Slack must know of the bot, to be pasted when the app is made."""

from typing import Any

from integrations.slack.texts import PROMPTS

BOT_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)
BOT_EVENTS = (
    "agent_session_stopped",
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_shared",
    "channel_unshared",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "subteam_members_changed",
    "subteam_updated",
    "tokens_revoked",
    "user_change",
)


def manifest(url: str = "") -> dict[str, Any]:
    """The manifest as Slack's form takes it (JSON): for Socket Mode, or for HTTP mode under a public `url`."""
    events = f"{url.rstrip('/')}/slack/events" if url else ""
    reached = {"request_url": events} if url else {}
    redirect = {"redirect_urls": [f"{url.rstrip('/')}/slack/oauth_redirect"]} if url else {}
    return {
        "display_information": {
            "name": "Account Coach",
            "description": "Cited answers to account-strategy questions",
        },
        "features": _features(events),
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}, **redirect},
        "settings": {
            "event_subscriptions": {**reached, "bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True, **reached},
            "socket_mode_enabled": not url,
            "org_deploy_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _features(events: str) -> dict[str, Any]:
    """What people see of the bot; commands are posted to `events` in HTTP mode."""
    command = {
        "command": "/coach",
        "description": "Ask the coach; only you see the answer",
        "usage_hint": "How do we win back a quiet account?",
        "should_escape": True,
    }
    shortcut = {
        "name": "Ask the coach about this",
        "type": "message",
        "callback_id": "ask_coach",
        "description": "Answers you alone",
    }
    return {
        "agent_view": {
            "agent_description": "Answers account-strategy questions from your team's documents, with sources.",
            "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS["en"]],
        },
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Account Coach", "always_online": True},
        "shortcuts": [shortcut],
        "slash_commands": [command | ({"url": events} if events else {})],
    }
