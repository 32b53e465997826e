"""Nobody gets in who should not, and no other page gets a visitor to do anything."""

import httpx
import pytest

from integrations.web.safety import own_path
from tests.integrations.web.conftest import QUESTION, Serve, Served, csrf, post

POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
PAGES = ("/ask", "/search?q=quiet", "/documents", "/evaluations", "/signin", "/nothing", "/documents/none", "/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_headers(local: Served, path: str) -> None:
    for client in (local.visitor(), local.as_person("cleo")):
        headers = client.get(path).headers
        assert all(each in headers["content-security-policy"] for each in POLICY)
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_or_style_of_its_own(local: Served, path: str) -> None:
    text = local.as_person("cleo").get(path).text
    assert "style=" not in text
    assert "<style" not in text
    assert "onclick=" not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize("path", ["/", "/ask", "/ask/x", "/search?q=quiet", "/documents", "/passages/x", "/nothing"])
def test_without_a_session_every_page_leads_to_the_sign_in(local: Served, path: str) -> None:
    shown = local.visitor().get(path)
    assert shown.status_code == 303
    assert shown.headers["location"].startswith("/signin")


def test_the_printed_address_lets_one_browser_in_once(local: Served) -> None:
    first, second = local.visitor(), local.visitor()
    assert first.get(local.entry).headers["location"] == "/"
    assert first.get("/ask").status_code == 200
    assert second.get(local.entry).headers["location"] == "/signin"
    assert second.get("/ask").status_code == 303


def test_a_wrong_token_neither_lets_in_nor_spends_the_right_one(local: Served) -> None:
    client = local.visitor()
    assert "set-cookie" not in client.get("/local?token=wrong").headers
    assert client.get(local.entry).headers["set-cookie"]


def test_looking_at_the_address_without_opening_it_spends_nothing(local: Served) -> None:
    client = local.visitor()
    assert "set-cookie" not in client.head(local.entry).headers
    assert client.get(local.entry).headers["set-cookie"]


def test_the_cookie_is_kept_from_scripts_and_other_sites(local: Served) -> None:
    cookie = local.visitor().get(local.entry).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_the_database_holds_no_token_that_a_browser_could_use(local: Served) -> None:
    token = local.console.sessions.begin("cleo")
    with local.console.catalogue.engine.begin() as connection:
        kept = str(connection.exec_driver_sql("select * from web_sessions").all())
    assert token not in kept


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8800", ""])
def test_another_name_for_the_console_is_refused(local: Served, host: str) -> None:
    client = local.as_person("cleo")
    for path in ("/ask", "/static/console.css"):
        refused = client.get(path, headers={"Host": host})
        assert refused.status_code in (400, 403)
        assert "Account Coach" not in refused.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://127.0.0.1", "http://127.0.0.1.evil.example"]
)
def test_a_form_from_elsewhere_is_refused_even_with_its_token(local: Served, origin: str) -> None:
    client = local.as_person("cleo")
    headers = {"Origin": origin} if origin else {}
    refused = client.post("/ask", data={"csrf": csrf(client), "question": QUESTION}, headers=headers)
    assert refused.status_code == 403
    assert client.post("/signout", data={"csrf": csrf(client)}, headers=headers).status_code == 403
    assert client.get("/ask").status_code == 200


def test_a_form_of_ours_passes_where_the_browser_calls_its_origin_null(local: Served) -> None:
    client = local.as_person("cleo")
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/ask", data={"csrf": csrf(client), "question": QUESTION}, headers=headers).status_code == 303
    headers["Sec-Fetch-Site"] = "cross-site"
    assert client.post("/ask", data={"csrf": csrf(client), "question": QUESTION}, headers=headers).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "\u00e9"])
@pytest.mark.parametrize("path", ["/ask", "/signout", "/language", "/ask/x/vote"])
def test_a_form_without_its_token_is_refused(local: Served, path: str, token: str) -> None:
    client = local.as_person("cleo")
    sent = {"csrf": token, "question": QUESTION, "language": "zh-Hans"}
    refused = client.post(path, data=sent, headers={"Origin": local.url})
    assert refused.status_code == 403
    assert "too old" in refused.text
    assert client.get("/ask").status_code == 200


def test_the_token_of_another_session_is_refused(local: Served) -> None:
    mine, other = local.as_person("cleo"), local.as_person("cleo")
    sent = {"csrf": csrf(other), "question": QUESTION}
    assert mine.post("/ask", data=sent, headers={"Origin": local.url}).status_code == 403


def test_signing_out_ends_the_session_not_only_the_cookie(local: Served) -> None:
    client = local.as_person("cleo")
    kept = dict(client.cookies)
    assert post(client, "/signout").headers["location"] == "/signin"
    again = local.visitor()
    again.cookies.update(kept)
    assert again.get("/ask").status_code == 303


def test_a_session_ends_when_it_is_not_used_and_at_the_latest_after_its_longest_time(serve: Serve) -> None:
    served = serve()
    sessions, start = served.console.sessions, 1_000_000.0
    sessions._now = lambda: start
    idle, busy = sessions.begin("cleo"), sessions.begin("cleo")
    hour = 3600.0
    for hours in range(0, 7 * 24, 12):
        sessions._now = lambda hours=hours: start + hours * hour
        assert sessions.find(busy)
    assert sessions.find(idle) is None
    sessions._now = lambda: start + 7 * 24 * hour + 1
    assert sessions.find(busy) is None


def test_a_form_larger_than_any_of_ours_is_refused_in_one_line(local: Served) -> None:
    client = local.as_person("cleo")
    refused = client.post("/ask", data={"question": "x" * 100_000}, headers={"Origin": local.url})
    assert refused.status_code == 413
    assert "too long" in refused.text


def test_a_failure_shows_one_line_and_logs_nothing_that_was_asked(
    local: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"cannot answer {QUESTION}")

    monkeypatch.setattr(type(local.console.assistant), "ask", broken)
    client = local.as_person("cleo")
    shown = post(client, "/ask", question=QUESTION)
    assert shown.status_code == 500
    assert "Something went wrong on our side" in shown.text
    assert "RuntimeError" not in shown.text
    assert "RuntimeError" in caplog.text
    assert QUESTION not in caplog.text


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("/documents?q=a", "/documents?q=a"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_only_paths_of_ours_are_gone_on_to(raw: str, path: str) -> None:
    assert own_path(raw) == path


def test_the_language_form_leads_back_to_a_page_of_ours_alone(local: Served) -> None:
    client = local.as_person("cleo")
    assert post(client, "/language", language="zh-Hant", back="//evil.example").headers["location"] == "/"
    assert post(client, "/language", language="xx", back="/documents").headers["location"] == "/documents"
    assert 'lang="zh-Hant"' in client.get("/ask").text.split("<head>")[0]


def test_other_methods_are_no_pages(local: Served) -> None:
    client = local.as_person("cleo")
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.request(method, "/documents", headers={"Origin": local.url}).status_code == 404
    assert httpx.get(f"{local.url}/static/nothing.js", trust_env=False).status_code == 404
