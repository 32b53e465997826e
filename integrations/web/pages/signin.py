"""Coming in, going out, and the language."""

import logging
from datetime import timedelta
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from integrations.people import WrongPeople
from integrations.web.console import Page, Section, Words
from integrations.web.frame import cookie_name
from integrations.web.openid import Begun, Refused, SlackDoor
from integrations.web.safety import own_path
from integrations.web.sessions import LocalDoor
from integrations.web.texts import spoken
from integrations.web.visit import Visit

log = logging.getLogger(__name__)

_BEGUN = timedelta(minutes=10)

WORDS: Words = {
    "signin": ("Sign in", "登录", "登入"),
    "signin_slack": ("Sign in with Slack", "使用 Slack 登录", "使用 Slack 登入"),
    "signin_slack_why": (
        "The coach shows each person only what is open to them, so it has to know who you are.",
        "教练只向每个人展示对其开放的内容，因此需要知道您是谁。",
        "教練只向每個人展示對其開放的內容，因此需要知道您是誰。",
    ),
    "signin_local": (
        "Open the address that coach serve printed",
        "请打开 coach serve 打印的地址",
        "請開啟 coach serve 印出的位址",
    ),
    "signin_local_why": (
        "It lets one browser in, once. If it was used already, stop coach serve and start it again.",
        "该地址只能由一个浏览器使用一次。如已用过，请停止 coach serve 后重新启动。",
        "該位址只能由一個瀏覽器使用一次。如已用過，請停止 coach serve 後重新啟動。",
    ),
    "unknown": ("You are not among the people of the coach", "您不在教练的人员名单中", "您不在教練的人員名單中"),
    "unknown_why": (
        "Slack says who you are, but people.yaml does not name you. Ask whoever runs the coach to add you.",
        "Slack 已确认您的身份，但 people.yaml 中没有您。请联系管理员添加。",
        "Slack 已確認您的身分，但 people.yaml 中沒有您。請聯絡管理員新增。",
    ),
    "refused": ("The sign-in did not work", "登录未成功", "登入未成功"),
    "refused_why": (
        "It took too long, was begun in another browser, or Slack refused it. Begin again.",
        "可能超时、是在另一个浏览器中开始的，或被 Slack 拒绝。请重新登录。",
        "可能逾時、是在另一個瀏覽器中開始的，或被 Slack 拒絕。請重新登入。",
    ),
}


def front(visit: Visit) -> Response:
    """The front page is the Ask page."""
    return visit.to("/ask")


def signin(visit: Visit) -> Response:
    """How to come in, for whoever is not."""
    if visit.session:
        return visit.to(own_path(visit.asked("to")))
    local = isinstance(visit.console.door, LocalDoor)
    to = quote(own_path(visit.asked("to")), safe="/")
    return visit.page("signin.html", 401 if local else 200, local=local, to=to)


def local(visit: Visit) -> Response:
    """The address that was printed: its token is spent, and is in no address from here on."""
    door = visit.console.door
    if not isinstance(door, LocalDoor):
        return visit.not_found()
    # Programs that look at links before people do send HEAD.
    if visit.request.method != "GET" or not door.take(visit.asked("token")):
        return visit.to("/signin")
    return _come_in(visit, door.person, "/")


def to_slack(visit: Visit) -> Response:
    """On to Slack, remembering in this browser what was begun."""
    door = visit.console.door
    if not isinstance(door, SlackDoor):
        return visit.not_found()
    begun = Begun.new(visit.asked("to"))
    response = RedirectResponse(door.authorize(begun), 303)
    _set_cookie(visit, response, _begun_name(visit), begun.packed(), _BEGUN)
    return response


def from_slack(visit: Visit) -> Response:
    """Back from Slack: whoever it says it is comes in, if people.yaml knows them."""
    door = visit.console.door
    if not isinstance(door, SlackDoor):
        return visit.not_found()
    try:
        begun = Begun.unpacked(visit.request.cookies.get(_begun_name(visit), ""))
        user = door.user(begun, visit.asked("state"), visit.asked("code", 2000))
        response = _known(visit, user, begun.to)
    except Refused as error:
        log.warning("a sign-in was refused: %s", error)
        response = visit.page("signin.html", 403, local=False, to="/", problem="refused")
    response.delete_cookie(_begun_name(visit), secure=visit.console.address.secure, httponly=True)
    return response


def _known(visit: Visit, user: str, to: str) -> Response:
    try:
        person = visit.console.people.directory().slack.get(user)
    except WrongPeople:
        person = None
    if person is None:
        return visit.page("signin.html", 403, local=False, to="/", problem="unknown")
    return _come_in(visit, person, to)


def _come_in(visit: Visit, person: str, to: str) -> Response:
    """A new session, and with it a new token: none that somebody may have planted before goes on."""
    if visit.session:
        visit.console.sessions.end(visit.session)
    response = visit.to(to)
    token = visit.console.sessions.begin(person, visit.session.language if visit.session else None)
    _set_cookie(visit, response, cookie_name(visit.console), token)
    return response


def _set_cookie(visit: Visit, response: Response, name: str, value: str, age: timedelta | None = None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(age.total_seconds()) if age else None,
        path="/",
        secure=visit.console.address.secure,
        httponly=True,
        samesite="lax",
    )


def _begun_name(visit: Visit) -> str:
    return f"{cookie_name(visit.console)}_signin"


def signout(visit: Visit) -> Response:
    """Out: the session is gone, not only its cookie."""
    if visit.session:
        visit.console.sessions.end(visit.session)
    response = visit.to("/signin")
    response.delete_cookie(cookie_name(visit.console), secure=visit.console.address.secure, httponly=True)
    return response


def language(visit: Visit) -> Response:
    """Another language from now on."""
    wanted = spoken(visit.field("language"))
    if wanted and visit.session:
        visit.console.sessions.speak(visit.session, wanted)
    return visit.to(own_path(visit.field("back")))


SECTION = Section(
    pages=(
        Page("/", front),
        Page("/signin", signin, open=True),
        Page("/local", local, open=True),
        Page("/slack", to_slack, open=True),
        Page("/slack/back", from_slack, open=True, slow=True),
        Page("/signout", signout, "POST"),
        Page("/language", language, "POST"),
    ),
    words=WORDS,
)
