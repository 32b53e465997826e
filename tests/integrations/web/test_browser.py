"""The console in a real Chromium: with the keyboard alone, in three languages, without a word from the policy."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.integrations.web.conftest import FACT, HANS, HANT, QUESTION, Served

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium: apt-get install chromium (Debian)")

LANGUAGES = [
    ("en-US", QUESTION, "Answer", "Sources", "two weeks"),
    ("zh-CN", HANS, "回答", "来源", "分成三级"),
    ("zh-TW", HANT, "回答", "來源", "邊緣部門"),
]
PAGES = ("/ask", "/search?q=quiet", "/documents", "/evaluations", "/nothing")

FAULTS = """() => {
  const found = [];
  const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((each) => Number(each.tagName[1]));
  if (levels.filter((each) => each === 1).length !== 1) found.push("not one h1");
  levels.reduce((before, now) => { if (now > before + 1) found.push(`h${now} after h${before}`); return now; }, 0);
  for (const each of document.querySelectorAll("input:not([type=hidden]), textarea, select"))
    if (!each.labels.length) found.push(`no label: ${each.name}`);
  for (const each of document.querySelectorAll("button, a, summary"))
    if (!each.textContent.trim()) found.push(`no name: ${each.outerHTML}`);
  for (const each of ["header", "main", "footer"])
    if (document.querySelectorAll(`body > ${each}`).length !== 1) found.push(`landmark: ${each}`);
  const names = [...document.querySelectorAll("[id]")].map((each) => each.id);
  if (new Set(names).size !== names.length) found.push("an id twice");
  for (const each of document.querySelectorAll("[aria-labelledby], [aria-describedby]"))
    for (const id of (each.getAttribute("aria-labelledby") || each.getAttribute("aria-describedby")).split(" "))
      if (!document.getElementById(id)) found.push(`points nowhere: ${id}`);
  if (!document.documentElement.lang || !document.title.trim()) found.push("no language, or no title");
  return found;
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Window:
    """A page of a browser in which somebody is signed in, with everything that its console said."""

    page: Any
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for all tests of this module."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Any, local: Served) -> Iterator[Any]:
    """Open windows: `person`, and anything that a context of playwright takes."""
    contexts = []

    def opened(person: str = "cleo", locale: str = "en-US", **more: Any) -> Window:
        context = chromium.new_context(base_url=local.url, locale=locale, **more)
        contexts.append(context)
        name = f"coach_{local.url.rpartition(':')[2]}"
        context.add_cookies([{"name": name, "value": local.console.sessions.begin(person), "url": local.url}])
        found = Window(context.new_page())
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        return found

    yield opened
    for each in contexts:
        each.close()


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def tab_to(page: Any, name: str) -> None:
    """Press Tab until what has the focus is called that."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


@pytest.mark.parametrize(("locale", "question", "answer", "sources", "fact"), LANGUAGES)
def test_a_question_is_asked_and_its_passage_opened_with_the_keyboard_alone(
    window: Any, locale: str, question: str, answer: str, sources: str, fact: str
) -> None:
    here = window(locale=locale)
    page = here.page
    page.goto("/ask")
    page.keyboard.press("/")
    page.keyboard.type(question)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/*")
    page.wait_for_selector(".answer")
    page.wait_for_function("document.activeElement.matches('[data-arrive]')")
    assert focused(page) == answer
    assert page.locator("#sources-title").inner_text() == sources
    page.keyboard.press("j")
    assert fact in focused(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/passages/*")
    assert fact in page.locator("mark#quote").inner_text()
    assert page.evaluate("document.activeElement.id") == "quote"
    assert here.said == []


@pytest.mark.parametrize(("locale", "question", "answer", "sources", "fact"), LANGUAGES)
def test_quotes_say_their_language_and_pages_theirs(
    window: Any, locale: str, question: str, answer: str, sources: str, fact: str
) -> None:
    page = window(locale=locale).page
    page.goto("/ask")
    page.fill("#question", question)
    page.press("#question", "Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer")
    wanted = {"en-US": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}[locale]
    assert page.evaluate("document.documentElement.lang") == wanted
    assert page.locator(".said").first.get_attribute("lang") == wanted
    assert page.locator("blockquote").first.get_attribute("lang") == wanted


def test_the_language_is_chosen_for_the_session(window: Any) -> None:
    page = window().page
    page.goto("/documents?q=quiet")
    page.click("text=繁體中文")
    page.wait_for_load_state()
    assert page.url.endswith("/documents?q=quiet")
    assert page.locator("h1").inner_text() == "您可以查看的文件"
    page.goto("/search")
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"


@pytest.mark.parametrize("size", [(1280, 800), (640, 400), (360, 740), (320, 256)])
def test_every_page_is_in_order_and_no_wider_than_the_window(window: Any, size: tuple[int, int]) -> None:
    here = window(viewport={"width": size[0], "height": size[1]})
    page = here.page
    page.goto("/ask")
    page.fill("#question", QUESTION)
    page.click(".ask .button")
    page.wait_for_selector(".answer")
    answer = page.url
    citation = page.locator(".cite").first.get_attribute("href")
    document = page.request.get("/documents").text().partition('<a href="/documents/')[2].partition('"')[0]
    for path in (*PAGES, answer, citation, f"/documents/{document}"):
        page.goto(path)
        assert page.evaluate(FAULTS) == [], path
        assert page.evaluate(WIDER) <= 0, path
    assert [each for each in here.said if "404" not in each] == []


def test_the_first_tab_leads_past_the_menu(window: Any) -> None:
    page = window().page
    page.goto("/documents")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"


def test_everything_with_the_focus_shows_it(window: Any) -> None:
    page = window().page
    page.goto("/documents")
    for _ in range(14):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline not in ("none", ""), page.evaluate("document.activeElement.outerHTML")


def test_without_javascript_everything_works(window: Any) -> None:
    page = window(java_script_enabled=False).page
    page.goto("/ask")
    page.fill("#question", QUESTION)
    page.click(".ask .button")
    assert FACT.partition(",")[0] in page.locator(".answer").inner_text()
    page.click("text=Not helpful")
    page.fill("#reason", "Not this account.")
    page.click("text=Send")
    assert "The coaches will read it." in page.locator(".votes").inner_text()
    page.click(".cite >> nth=0")
    assert page.locator("mark#quote").count() == 1
    page.goto("/documents")
    page.fill("#q", "larkspur")
    page.click("form.find button")
    assert "1 of 5 documents" in page.locator("#found").inner_text()


def test_a_vote_and_a_filter_change_their_own_part_of_the_page(window: Any) -> None:
    here = window()
    page = here.page
    page.goto("/ask")
    page.fill("#question", QUESTION)
    page.click(".ask .button")
    page.wait_for_selector(".answer")
    address = page.url
    page.click("text=Ask a coach")
    page.wait_for_selector("text=A coach will see this question")
    assert page.url == address
    page.goto("/documents")
    page.locator("#q").press_sequentially("larkspur")
    page.wait_for_selector("text=1 of 5 documents")
    assert page.evaluate("document.activeElement.id") == "q"
    assert here.said == []


def test_single_keys_can_be_switched_off(window: Any) -> None:
    page = window().page
    page.goto("/documents")
    page.click("footer summary")
    page.uncheck("#keys-on")
    page.goto("/documents")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_while_it_thinks_it_says_so(window: Any) -> None:
    page = window().page
    page.goto("/ask")
    page.route("**/ask", lambda route: None if route.request.method == "POST" else route.continue_())
    page.fill("#question", QUESTION)
    page.click(".ask .button")
    page.wait_for_selector("text=Reading the library")
    assert page.locator(".ask .button").is_disabled()


def test_a_session_that_ended_leads_to_the_sign_in_from_any_part_of_a_page(window: Any, local: Served) -> None:
    page = window().page
    page.goto("/documents")
    with local.console.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("delete from web_sessions")
    page.locator("#q").press_sequentially("larkspur")
    page.wait_for_url("**/signin**")
    assert "coach serve" in page.locator("h1").inner_text()


def test_a_report_runs_its_own_script_and_reaches_nothing(window: Any, local: Served) -> None:
    folder = local.console.runs / "one"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text('{"name": "one", "library": "other.1"}', "utf-8")
    script = (
        "let said = ['ran'];"
        "try { document.cookie; said.push('cookie'); } catch { said.push('no cookie'); }"
        "fetch('/documents').then(() => said.push('fetched'), () => said.push('not fetched'))"
        ".then(() => { document.title = said.join(', '); });"
    )
    (folder / "report.html").write_text(f"<!doctype html><title>x</title><script>{script}</script>", "utf-8")
    page = window().page
    page.goto("/evaluations")
    page.click("text=Open the report of one")
    page.wait_for_function("document.title.includes('fetched')")
    assert page.title() == "ran, no cookie, not fetched"
