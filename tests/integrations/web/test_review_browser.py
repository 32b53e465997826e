"""Coach review in a real Chromium, from the queue to the verdict and the correction with the keyboard alone."""

from typing import Any

import pytest

from tests.integrations.web import test_browser
from tests.integrations.web.desk import CLEO, HANS, OTHER, QUESTION, Desk, corrected
from tests.integrations.web.test_browser import FAULTS, WIDER, Window, focused

pytestmark = test_browser.pytestmark
chromium = test_browser.chromium

LANGUAGES = [("en-US", "Approve", "approved"), ("zh-CN", "认可", "认可"), ("zh-TW", "認可", "認可")]


@pytest.fixture
def window(chromium: Any, desk: Desk) -> Any:
    """Open windows: `person`, and anything that a context of playwright takes."""
    contexts = []

    def opened(person: str = "cleo", locale: str = "en-US", **more: Any) -> Window:
        context = chromium.new_context(base_url=desk.served.url, locale=locale, **more)
        contexts.append(context)
        name = f"coach_{desk.served.url.rpartition(':')[2]}"
        value = desk.served.console.sessions.begin(person)
        context.add_cookies([{"name": name, "value": value, "url": desk.served.url}])
        found = Window(context.new_page())
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        return found

    yield opened
    for each in contexts:
        each.close()


@pytest.mark.parametrize(("locale", "button", "said"), LANGUAGES)
def test_from_the_queue_to_a_verdict_by_keys_and_the_verdict_takes_two(
    window: Any, desk: Desk, locale: str, button: str, said: str
) -> None:
    entry, other = desk.waiting(), desk.waiting(OTHER)
    here = window(locale=locale)
    page = here.page
    page.goto("/review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/review/{entry}")
    verdict = ["a", "Enter"]
    page.keyboard.press(verdict[0])
    assert focused(page).startswith(button)
    assert button in page.locator("#confirm").inner_text()
    page.keyboard.press(verdict[1])
    page.wait_for_url(f"**/review/{other}?said=approve*")
    assert said in focused(page)
    assert [each.decision for each in desk.served.console.review.coaching.case(entry, CLEO).verdicts] == ["approve"]
    assert len(verdict) == 2
    page.keyboard.press("r")
    page.keyboard.press("r")
    page.wait_for_url("**/review?said=reject*")
    assert here.said == []


def test_a_slip_of_a_finger_decides_nothing(window: Any, desk: Desk) -> None:
    entry = desk.waiting()
    page = window().page
    page.goto(f"/review/{entry}")
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.locator("#reason").focus()
    page.keyboard.type("a r n x")
    page.keyboard.press("Escape")
    page.locator("input[name=mark0]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Choose approve or reject.")
    assert page.locator("#reason").input_value() == "a r n x"
    assert desk.served.console.review.coaching.case(entry, CLEO).verdicts == ()


def test_digits_mark_statements_and_say_so(window: Any, desk: Desk) -> None:
    entry = desk.waiting()
    page = window().page
    page.goto(f"/review/{entry}")
    for mark in ("right", "wrong", "unsupported", "", "right"):
        page.keyboard.press("1")
        assert page.locator("input[name=mark0]:checked").get_attribute("value") == mark
    assert page.locator("#confirm").inner_text() == "Mark statement 1: right"
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.wait_for_url("**/review?said=approve*")
    verdict = desk.served.console.review.coaching.case(entry, CLEO).verdicts[0]
    assert dict(verdict.marks) == {0: "right"}


def test_entries_are_taken_left_and_passed_over_by_keys(window: Any, desk: Desk) -> None:
    entry, other = desk.waiting(), desk.waiting(OTHER)
    page = window().page
    page.goto("/review")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector("text=you are on it")
    coaching = desk.served.console.review.coaching
    assert [each.claimed_by for each in coaching.queue(CLEO)] == ["", "cleo"]
    page.goto(f"/review/{entry}")
    page.keyboard.press("n")
    page.wait_for_url(f"**/review/{other}?said=next*")
    page.keyboard.press("x")
    page.wait_for_url("**/review?said=given_back*")
    assert [each.claimed_by for each in coaching.queue(CLEO)] == ["", ""]


def test_a_correction_is_written_faulted_mended_and_published_by_keys(window: Any, desk: Desk) -> None:
    entry = desk.waiting()
    here = window()
    page = here.page
    page.goto(f"/review/{entry}")
    page.keyboard.press("c")
    page.wait_for_url("**/correct")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Control+a")
    page.keyboard.type("Call it within nine weeks. [1]\nI bring cake.")
    page.locator("button[value=check]:not(.hidden)").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".looked")
    assert focused(page) == "Lines to mend: 1. Nothing was published."
    assert "is not in source 1" in page.locator(".looked .wrong").inner_text()
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type("Call it within two weeks. [1]\nI bring cake.")
    page.locator("button[value=publish]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?said=correct*")
    assert "It will be told to ann." in page.locator(".notice").inner_text()
    assert len(desk.served.console.review.corrections.current(CLEO)) == 1
    assert [each for each in here.said if "422" not in each] == []


def test_enter_in_the_search_box_looks_for_passages(window: Any, desk: Desk) -> None:
    page = window().page
    page.goto(f"/review/{desk.waiting()}/correct")
    page.fill("#q", "Lyon plant")
    page.press("#q", "Enter")
    page.wait_for_selector(".adding button")
    assert page.locator(".looked").count() == 0
    page.click(".adding button >> nth=0")
    page.wait_for_selector("text=Larkspur Metals plan")
    assert page.locator(".sources summary").last.inner_text().startswith("2")


def test_without_javascript_review_works(window: Any, desk: Desk) -> None:
    entry = desk.waiting()
    page = window(java_script_enabled=False).page
    page.goto("/review")
    page.click(f"text={QUESTION}")
    page.check("input[name=mark0][value=wrong]")
    page.check("input[name=point] >> nth=0")
    page.fill("#reason", "Too thin.")
    page.click("button[value=reject]")
    assert "Your verdict is kept: rejected." in page.locator(".notice").inner_text()
    page.goto(f"/review/{entry}/correct")
    page.fill("#text", "Call it within two weeks. [1]")
    page.click("button[value=publish]")
    assert "It will be told to ann." in page.locator(".notice").inner_text()


@pytest.mark.parametrize("size", [(1280, 800), (640, 400), (390, 844), (320, 256)])
def test_the_pages_of_review_are_in_order_and_no_wider_than_the_window(
    window: Any, desk: Desk, size: tuple[int, int]
) -> None:
    corrected(desk, desk.cleo)
    stale = desk.stale("two weeks", "three weeks")
    desk.served.console.library.ingest([desk.place.docs])
    (desk.place.docs / "hans.md").write_text(HANS, "utf-8")
    entry = desk.waiting(OTHER)
    here = window(viewport={"width": size[0], "height": size[1]})
    page = here.page
    paths = ("/review", f"/review/{entry}", f"/review/{stale}", f"/review/{entry}/correct", "/corrections", "/gaps")
    for path in (*paths, "/statistics", "/ask"):
        for locale in ("English", "简体中文"):
            page.goto(path)
            page.click(f"text={locale}")
            page.wait_for_load_state()
            assert page.evaluate(FAULTS) == [], (path, locale)
            assert page.evaluate(WIDER) <= 0, (path, locale)
    assert here.said == []
