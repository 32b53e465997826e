"""The page and the Markdown of a run: everything is there, nothing is fetched, nothing from data is markup."""

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest

from assistant.questions import Turn
from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Category, Item, Span
from evals.metrics import METRICS, score
from evals.report import figures, markdown, page
from evals.report.charts import Bar, bars, curve, distribution
from evals.report.questions import anchor, show
from evals.report.wording import headlines, verdict, weak_spots
from evals.scores import Tried
from evals.summary import Summary, Values, summarize
from tests.evals.synthetic import broken, header, run

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`|{{ 7*7 }}"
VOID = {"meta", "link", "br", "input"}
CHARTED = {"line", "rect", "path", "text"}


class Read(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


Made = tuple[Summary, list[Tried], Values]


def made(tried: Sequence[Tried]) -> Made:
    values = {each.item.id: score(each) for each in tried}
    return summarize(header(), tried, values, METRICS), list(tried), values


@pytest.fixture(scope="module")
def whole() -> Made:
    """A made-up run of forty questions."""
    return made(run(40))


@pytest.fixture(scope="module")
def html(whole: Made) -> str:
    return page(*whole)


@pytest.fixture(scope="module")
def read(html: str) -> Read:
    return Read(html)


def evil() -> Tried:
    """A question all of whose words are an attack."""
    cited = Cited(Place(EVIL, 0, len(EVIL)), EVIL)
    item = Item(
        id=EVIL,
        language=EVIL,
        category=Category.FOLLOW_UP,
        question=EVIL,
        history=(Turn("user", EVIL),),
        standalone=EVIL,
        asker=EVIL,
        gold=((Span(EVIL, EVIL),),),
        facts=((EVIL, EVIL),),
        paraphrases=(EVIL,),
        group=EVIL,
        origin=EVIL,
    )
    attempt = Attempt(
        item=EVIL, outcome="answered", told=(Told(EVIL, "rule", (cited,)), Told(f"say {EVIL}", "fact", (cited,))),
        beside=(cited,), rejected=((EVIL, EVIL),), hits=(cited.place,), gold=((cited.place,),), seconds=1.0,
    )  # fmt: skip
    return Tried(item, attempt, {"paraphrase:1": replace(attempt, variant="paraphrase:1", outcome="", error=EVIL)})


def test_nothing_from_data_is_markup() -> None:
    summary, tried, values = made([evil(), *run(3)])
    named = replace(summary, header=replace(header(EVIL), set=EVIL, recipe={EVIL: EVIL}))
    read = Read(page(named, tried, values))
    assert len(read.all("script")) == 1
    assert read.all("img") == []
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert EVIL in read.text


def test_nothing_is_fetched_from_elsewhere(html: str, read: Read) -> None:
    targets = {
        attributes[name]
        for _, attributes in read.tags
        for name in ("src", "href", "srcset", "action", "data", "poster")
        if name in attributes
    }
    assert {each for each in targets if not each.startswith("#")} == {"data:,"}
    assert "@import" not in html
    assert "url(" not in html
    assert "http://" not in re.sub(r"<blockquote.*?</blockquote>", "", html)


def test_only_the_script_of_the_page_may_run(html: str, read: Read) -> None:
    policy = next(each["content"] for each in read.all("meta") if "http-equiv" in each)
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy
    assert read.all("script") == [{}]
    assert len(script.strip().split("\n")) <= 60


def test_every_question_has_its_own_anchor(whole: Made, read: Read) -> None:
    ids = read.ids()
    assert len(set(ids)) == len(ids)
    assert {anchor(each.item.id) for each in whole[1]} <= set(ids)


def test_every_link_leads_somewhere(read: Read) -> None:
    links = {each["href"] for each in read.all("a")}
    assert {each[1:] for each in links} <= set(read.ids())


def test_ids_that_look_alike_have_different_anchors() -> None:
    names = ["a b", "a-b", "a~20b", "a%20b", "a/b", "\u5ba2\u6237", "\u5ba2\u6236", "A b"]
    assert len({anchor(each) for each in names}) == len(names)
    assert all(re.fullmatch(r"[\w.~-]+", anchor(each), re.ASCII) for each in names)


def test_the_figures_shown_are_those_of_the_summary(whole: Made, html: str) -> None:
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)\n", html)
    for figure in whole[0].overall:
        unit = next(metric.unit for metric in whole[0].metrics if metric.name == figure.metric)
        row = next(each for each in rows if each.startswith(f"{figure.metric} "))
        cells = re.findall(r"<td class=\"number\">([^<]*)", row)
        assert unescape(cells[0]) == figures.shown(figure.value, unit)
        assert unescape(cells[1]) == figures.interval(figure.low, figure.high, unit)
        assert cells[2:4] == [str(figure.n), str(figure.absent)]


def test_every_slice_is_shown(whole: Made, html: str) -> None:
    for each in whole[0].slices:
        name = figures.readable(each.slice.partition("=")[2])
        assert f'<th scope="col" class="number">{name}' in html


def test_an_absent_score_is_a_dash_with_its_reason(whole: Made, html: str) -> None:
    assert "cost \u2013 (no prices are configured)" in html
    assert "40<br><small>no prices are configured</small>" in html
    assert "| cost | \u2013 | \u2013 | 0 | 40: no prices are configured | \u2013 |" in markdown(*whole[:2])


def test_the_parts_of_a_question_are_in_their_languages(whole: Made, html: str) -> None:
    for each in whole[1]:
        assert f'<h3 lang="{each.item.language}">' in html
    assert '<html lang="en">' in html


def test_headers_of_tables_say_what_they_head(read: Read) -> None:
    assert {each.get("scope") for each in read.all("th")} == {"col", "row", "rowgroup"}
    assert [tag for tag, _ in read.tags if tag in ("header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    assert len(read.all("h1")) == 1


def test_charts_say_in_words_what_they_show(whole: Made, read: Read) -> None:
    drawn = read.all("svg")
    assert len(drawn) == len(read.all("figure")) >= 4
    assert all(each["role"] == "img" and each["aria-label"] for each in drawn)
    assert any(figures.shown(whole[0].figure("facts_lenient").value) in each["aria-label"] for each in drawn)


def test_words_of_a_quote_that_lie_on_gold_are_marked() -> None:
    quote = "It was piloted in 2006. It grew."
    attempt = Attempt(
        item="q",
        outcome="answered",
        told=(Told(quote, "rule", (Cited(Place("a.md", 100, 132), quote),)),),
        gold=((Place("a.md", 90, 108), Place("a.md", 106, 123)), (Place("b.md", 100, 132),)),
    )
    tried = Tried(Item(id="q", language="en", category=Category.SINGLE_FACT, question="When?"), attempt, {})
    [source] = show(tried, {}, METRICS).said[0].sources
    assert source.quote.parts == (("It was piloted in 2006.", True), (" It grew.", False))
    assert "<mark>It was piloted in 2006.</mark> It grew." in page(*made([tried]))


def test_a_bad_citation_is_named_and_not_marked() -> None:
    bad = Cited(Place("a.md", 0, 5), "never", known=True, permitted=False, verbatim=False)
    gone = Cited(Place("", 0, 5), "never", known=False, permitted=False, verbatim=False)
    attempt = Attempt(
        item="q", outcome="answered", told=(Told("so", "fact", (bad, gone)),), gold=((Place("a.md", 0, 9),),)
    )
    tried = Tried(Item(id="q", language="en", category=Category.SINGLE_FACT, question="When?"), attempt, {})
    first, second = show(tried, {}, METRICS).said[0].sources
    assert first.wrong == ("not for the asker", "not the words of the source")
    assert second.wrong == ("not in the library",)
    assert first.quote.parts == (("never", False),)


def test_expected_evidence_says_whether_it_was_found_and_cited() -> None:
    gold = ((Span("a.md", "first"),), (Span("gone.md", "second"),))
    attempt = Attempt(
        item="q",
        outcome="answered",
        told=(Told("first", "rule", (Cited(Place("a.md", 10, 15), "first"),)),),
        hits=(Place("b.md", 0, 50), Place("a.md", 0, 50)),
        gold=((Place("a.md", 10, 15),), ()),
    )
    tried = Tried(Item(id="q", language="en", category=Category.SYNTHESIS, question="?", gold=gold), attempt, {})
    found = show(tried, {}, METRICS).evidence
    assert [(each.piece, each.cited, each.rank) for each in found] == [(1, True, 2), (2, False, 0)]


def test_key_facts_are_said_or_not_by_the_same_rule_as_the_score(whole: Made) -> None:
    for each in whole[1]:
        facts = show(each, {}, METRICS).facts
        if facts and not each.attempt.failed:
            assert sum(fact.said for fact in facts) / len(facts) == whole[2][each.item.id]["facts_lenient"].value


def test_a_variant_is_shown_with_what_was_asked_and_what_it_said_otherwise(html: str) -> None:
    assert '<th scope="row">distractor<td><span lang="en">' in html
    assert "the same claims" in html
    assert "<small>new: " in html


def test_the_verdict_tells_a_broken_promise_first() -> None:
    [question] = [each for each in run(12) if each.attempt.answered and each.item.answerable][:1]
    bad = replace(question.attempt.told[0].cited[0], known=False)
    attempt = replace(question.attempt, told=(replace(question.attempt.told[0], cited=(bad,)),))
    summary, tried, _ = made([Tried(question.item, attempt, {})])
    said = verdict(summary, tried)
    assert said.level == "bad"
    assert said.sentence.startswith("Not fit to be used: a citation is made up")


def test_a_run_where_everything_failed_says_so_and_breaks_no_promise() -> None:
    summary, tried, values = made(broken(run(6)))
    said = verdict(summary, tried)
    assert said.sentence == "Nothing was answered: all 6 questions failed, most with: ConnectionError: nobody answers"
    assert page(summary, tried, values).count("ConnectionError: nobody answers") > 6
    assert "made up" not in markdown(summary, tried)


def test_an_empty_run_has_a_page() -> None:
    summary, tried, values = made([])
    html = page(summary, tried, values)
    assert "Nothing was asked yet" in html
    assert "<svg" not in html
    assert "Nothing was asked yet" in markdown(summary, tried)


def test_a_run_of_searches_alone_has_a_page() -> None:
    item = Item(id="q", language="", category=Category.OUTSIDE, question="Where?", documents=("a.md",))
    attempt = Attempt(item="q", outcome="searched", hits=(Place("a.md", 0, 9),), gold=((Place("a.md", 0, 10**9),),))
    summary, tried, values = made([Tried(item, attempt, {})])
    assert verdict(summary, tried).level == "none"
    assert [each.title for each in headlines(summary)] == ["Documents found"]
    assert "language unknown" in page(summary, tried, values)


def test_there_are_at_most_eight_headlines_each_with_its_count(whole: Made) -> None:
    found = headlines(whole[0])
    answerable = sum(each.item.answerable for each in whole[1])
    answered = sum(each.item.answerable and each.attempt.answered for each in whole[1])
    assert 6 <= len(found) <= 8
    assert found[0].sentence == f"Of {answerable} questions that the library can answer, {answered} were answered."


def test_a_slice_that_is_clearly_worse_is_a_weak_spot(whole: Made) -> None:
    summary = whole[0]
    sliced = tuple(
        replace(each, value=0.1, low=0.0, high=0.2, n=9)
        if (each.metric, each.slice) == ("facts_lenient", "language=zh-Hant")
        else replace(each, low=0.0, high=1.0)
        for each in summary.slices
    )
    assert [each.partition(":")[0] for each in weak_spots(replace(summary, slices=sliced))] == ["zh-Hant"]


def test_the_tables_of_the_markdown_are_well_formed() -> None:
    summary, tried, _ = made([evil(), *run(12)])
    for table in re.findall(r"(?:^\|.*\n)+", markdown(summary, tried), re.MULTILINE):
        head, rule, *rows = table.strip().split("\n")
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in (head, rule, *rows)}
        assert len(widths) == 1
        assert re.fullmatch(r"\|(---\|)+", rule)
    assert "<script>" not in markdown(summary, tried)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (None, "share", "\u2013"),
        (1.0, "share", "100\u00a0%"),
        (0.9999, "share", ">\u00a099.9\u00a0%"),
        (0.0001, "share", "<\u00a00.1\u00a0%"),
        (0.0, "share", "0\u00a0%"),
        (0.6667, "share", "66.7\u00a0%"),
        (0.08517, "seconds", "0.085\u00a0s"),
        (42.4, "seconds", "42\u00a0s"),
        (0.00123, "money", "0.00123"),
    ],
)
def test_a_value_is_written_to_what_matters_of_it(value: float | None, unit: str, said: str) -> None:
    assert figures.shown(value, unit) == said


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars("t", [Bar(EVIL, 0.0, None, None, EVIL), Bar("b", 1.0, 0.9, 1.0, "100 %")]),
        lambda: bars("t", []),
        lambda: curve(EVIL, [(0.1, 0.0), (1.0, 0.0)]),
        lambda: curve("t", [(0.1, 1.0), (1.0, 0.4)]),
        lambda: distribution("t", [0.0, 0.0], []),
        lambda: distribution("t", [0.05], [("p50", 0.05)]),
        lambda: distribution(EVIL, [0.01 * at for at in range(200)] + [900.0], [("p95", 900.0)]),
    ],
)
def test_charts_stay_inside_their_frame_whatever_they_are_given(draw: Callable[[], str]) -> None:
    read = Read(str(draw()))
    [frame] = read.all("svg")
    _, _, width, height = map(float, frame["viewbox"].split())
    for tag, attributes in read.tags:
        if tag in CHARTED:
            across = [float(attributes[name]) for name in ("x", "x1", "x2") if name in attributes]
            down = [float(attributes[name]) for name in ("y", "y1", "y2") if name in attributes]
            assert all(0 <= each <= width for each in across)
            assert all(0 <= each <= height for each in down)
