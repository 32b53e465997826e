"""Who the app is, how it connects, how it is installed."""

from ..errors import SlackError
from ..grants import Code
from ..records import Installation, Payload
from .registry import Context, method


@method("api.test", token="none")
def api_test(context: Context) -> Payload:
    return {"args": {}}


@method("auth.test")
def auth_test(context: Context) -> Payload:
    team, installed = context.state.teams[context.team], context.installed
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "team_id": team.id,
        "user": context.state.users[installed.bot_user].name,
        "user_id": installed.bot_user,
        "bot_id": installed.bot,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(context: Context, test: bool | None = None) -> Payload:
    if not test:
        context.installed.gone = "token_revoked"
    return {"revoked": not test}


@method("apps.connections.open", "connections:write", token="app")
def apps_connections_open(context: Context) -> Payload:
    ticket = context.slack.sockets.ticket()
    return {"url": f"{context.slack.base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={context.slack.app.id}"}


@method("bots.info", "users:read")
def bots_info(context: Context, bot: str | None = None, team_id: str | None = None) -> Payload:
    found = context.installed if bot in (None, context.installed.bot) else None
    if found is None:
        raise SlackError("bot_not_found")
    name = context.state.users[found.bot_user].name
    app = context.slack.app.id
    return {"bot": {"id": found.bot, "deleted": False, "name": name, "app_id": app, "user_id": found.bot_user}}


@method("oauth.v2.access", token="none")
def oauth_v2_access(
    context: Context,
    client_id: str,
    client_secret: str,
    code: str,
    redirect_uri: str | None = None,
) -> Payload:
    _authenticate(context, client_id, client_secret)
    return _granted(context, _redeemed(context, code, redirect_uri))


@method("openid.connect.token", token="none")
def openid_connect_token(
    context: Context,
    client_id: str,
    client_secret: str,
    code: str,
    redirect_uri: str | None = None,
    grant_type: str | None = None,
    refresh_token: str | None = None,
) -> Payload:
    _authenticate(context, client_id, client_secret)
    if grant_type not in (None, "authorization_code") or refresh_token:
        raise SlackError("invalid_grant_type")
    id_token = context.slack.openid.redeem(code, redirect_uri)
    return {"access_token": "xoxp-fake", "token_type": "Bearer", "id_token": id_token}


def _authenticate(context: Context, client_id: str, client_secret: str) -> None:
    app = context.slack.app
    if client_id != app.client_id:
        raise SlackError("invalid_client_id")
    if client_secret != app.client_secret:
        raise SlackError("bad_client_secret")


def _redeemed(context: Context, name: str, redirect_uri: str | None) -> Code:
    code = context.slack.grants.codes.get(name)
    if code is None:
        raise SlackError("invalid_code")
    if code.used:
        raise SlackError("code_already_used")
    if code.redirect_uri != (redirect_uri or code.redirect_uri):
        raise SlackError("bad_redirect_uri")
    code.used = True
    return code


def _granted(context: Context, code: Code) -> Payload:
    installed: Installation = context.slack.install(code.team, scopes=code.scopes, installer=code.user)
    team = context.state.teams[code.team]
    return {
        "app_id": context.slack.app.id,
        "authed_user": {"id": code.user},
        "scope": ",".join(sorted(installed.scopes)),
        "token_type": "bot",
        "access_token": installed.token,
        "bot_user_id": installed.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
