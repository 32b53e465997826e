"""Gaps and statistics in the console, and what they are drawn and worded with."""

import re

import pytest

from integrations.web.cases import cropped
from integrations.web.charts import Bar, bars, stacked
from integrations.web.times import span
from tests.integrations.web.conftest import post
from tests.integrations.web.desk import CLOSED, QUESTION, Desk


def test_gaps_show_the_questions_a_coach_may_read_and_the_number_of_the_others(desk: Desk) -> None:
    desk.waiting()
    desk.given(CLOSED)
    mine, theirs = desk.cleo.get("/gaps").text, desk.bo.get("/gaps").text
    assert QUESTION in mine
    assert CLOSED in mine
    assert QUESTION in theirs
    assert CLOSED not in theirs
    assert "A topic that is not open to you" in theirs
    assert "owner of the nearest document: cleo" in theirs
    assert "emea 1" in theirs


def test_statistics_have_numbers_charts_with_tables_and_a_file(desk: Desk) -> None:
    assert "Nothing was asked or reviewed in this time." in desk.cleo.get("/statistics").text
    entry = desk.waiting()
    post(desk.cleo, f"/review/{entry}/verdict", decision="approve")
    shown = desk.cleo.get("/statistics?days=7").text
    assert "95 % interval 21% to 100%, of 1" in shown
    assert shown.count("<svg") == 3
    assert shown.count('role="img" aria-label="') == 3
    assert shown.count("As a table") == 3
    assert "Larkspur Metals plan" in shown
    assert "Larkspur Metals plan" not in desk.bo.get("/statistics").text
    file = desk.cleo.get("/statistics.csv?days=7")
    assert file.headers["content-disposition"] == 'attachment; filename="coach-review-7-days.csv"'
    assert file.content.decode("utf-8-sig").startswith("section,name,value,low,high\nvolume,questions,1")
    assert "Larkspur" not in desk.bo.get("/statistics.csv").text


def test_odd_addresses_break_nothing(desk: Desk) -> None:
    entry = desk.waiting()
    for query in ("?after=x", "?said=x&of=y&more=z", "?days=x", "?from=-1", "?from=9", "?why=%00&whose=&state=%ff"):
        for path in ("/review", f"/review/{entry}", "/gaps", "/statistics", "/statistics.csv", "/corrections"):
            assert desk.cleo.get(path + query).status_code == 200, path + query


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "", ""), (59, "", ""), (60, "1 minute", "1 分钟"), (7_199, "119 minutes", "119 分钟"),
        (7_200, "2 hours", "2 小时"), (47 * 3600, "47 hours", "47 小时"), (48 * 3600, "2 days", "2 天"),
    ],
)  # fmt: skip
def test_time_is_told_in_the_readers_language(seconds: float, english: str, chinese: str) -> None:
    assert (span(seconds, "en"), span(seconds, "zh-Hans")) == (english, chinese)


def test_what_is_around_a_quote_is_cut_and_the_quote_never_is() -> None:
    pieces = [("a" * 50, False), ("q" * 90, True), ("b" * 50, False), ("r" * 90, True), ("c" * 50, False)]
    assert cropped(pieces, 10) == (
        ("\u2026" + "a" * 10, False), ("q" * 90, True), ("b" * 10 + "\u2026" + "b" * 10, False), ("r" * 90, True),
        ("c" * 10 + "\u2026", False),
    )  # fmt: skip
    assert cropped([("a" * 50, False)], 10) == (("a" * 20 + "\u2026", False),)
    assert cropped([("a" * 15, False)], 10) == (("a" * 15, False),)


def test_charts_escape_what_they_are_told_and_draw_to_scale() -> None:
    drawn = bars("<b>", [Bar("a & b", 2, "2"), Bar("half", 1, "1", 0.5, 1.5)])
    assert "<b>" not in drawn
    assert "a &amp; b" in drawn
    assert re.findall(r'<rect class="rod" [^>]*width="([\d.]+)"', drawn) == ["356.0", "178.0"]
    columns = stacked("t", {"1": [1, 0, 1], "2": [4, 0, 0]}, ("answered", "partial", "declined"))
    assert re.findall(r'class="part-(\w+)"[^>]*height="([\d.]+)"', columns) == [
        ("answered", "35.0"), ("declined", "35.0"), ("answered", "140.0"),
    ]  # fmt: skip
