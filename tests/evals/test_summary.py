"""Figures of a run: means with intervals, by slice, and the questions that went wrong."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from evals.attempts import Attempt, Told
from evals.benchmark import Category, Item, Span
from evals.metrics import METRICS, score
from evals.scores import Metric, Tried, Value
from evals.summary import Summary, faults_of, slices, summarize
from tests.evals.synthetic import broken, header, run


def metric(name: str, **others: object) -> Metric:
    return Metric(name, "answer", frozenset(), lambda tried: Value(None, "unused"), **others)


QUALITY = metric("quality")
PROMISE = metric("promise", critical=True)
STRICT = metric("strict", exact=True)
MISTAKE = metric("mistake", exact=True, higher=False)
SECONDS = metric("seconds", unit="seconds", higher=False)


def tried(name: str, category: Category = Category.SINGLE_FACT, language: str = "en", **others: object) -> Tried:
    gold = () if category is Category.UNANSWERABLE else ((Span("a.md", "a"),),)
    attempt = replace(Attempt(item=name, outcome="answered", told=(Told("a", "rule"),)), **others)
    return Tried(Item(id=name, language=language, category=category, question=f"{name}?", gold=gold), attempt, {})


def scored(**values: float | None) -> dict[str, Value]:
    return {name: Value(value, f"{name} is {value}") for name, value in values.items()}


def summary(values: Mapping[str, Mapping[str, Value]], *metrics: Metric) -> Summary:
    return summarize(header(), [tried(name) for name in values], values, metrics)


def test_a_figure_is_the_mean_of_the_questions_that_have_a_value() -> None:
    made = summary({"a": scored(quality=1.0), "b": scored(quality=0.5), "c": scored(quality=None)}, QUALITY)
    figure = made.figure("quality")
    assert figure is not None
    assert (figure.value, figure.n, figure.absent, figure.why) == (0.75, 2, 1, "quality is None")


def test_a_score_that_no_question_is_meant_for_has_no_figure() -> None:
    made = summary({"a": scored(quality=1.0)}, QUALITY, STRICT)
    assert made.figure("strict") is None
    assert made.metrics == (QUALITY,)


def test_a_score_that_is_absent_everywhere_has_a_figure_without_a_value() -> None:
    figure = summary({"a": scored(quality=None), "b": scored(quality=None)}, QUALITY).figure("quality")
    assert figure is not None
    assert (figure.value, figure.low, figure.high, figure.detectable, figure.absent) == (None, None, None, None, 2)


def test_the_interval_holds_the_value_and_is_narrower_with_more_questions() -> None:
    few, many = (
        summary({f"{at}": scored(quality=float(at % 2)) for at in range(count)}, QUALITY).figure("quality")
        for count in (10, 200)
    )
    assert few is not None
    assert many is not None
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low
    assert many.detectable < few.detectable


def test_one_question_has_no_interval() -> None:
    figure = summary({"a": scored(quality=1.0)}, QUALITY).figure("quality")
    assert figure is not None
    assert (figure.value, figure.low, figure.high) == (1.0, None, None)


def test_slices_hold_each_question_once_by_category_language_and_whether_it_can_be_answered() -> None:
    made = slices(
        [tried("a"), tried("b", Category.UNANSWERABLE), tried("c", Category.SYNTHESIS), tried("d", language="zh-Hant")]
    )
    named = {name: [each.item.id for each in members] for name, members in made.items()}
    assert named == {
        "category=single_fact": ["a", "d"],
        "category=synthesis": ["c"],
        "category=unanswerable": ["b"],
        "language=en": ["a", "b", "c"],
        "language=zh-Hant": ["d"],
        "answerable=no": ["b"],
        "answerable=yes": ["a", "c", "d"],
    }


def test_a_cut_of_one_piece_is_none() -> None:
    assert slices([tried("a"), tried("b")]) == {}


def test_a_score_of_answerable_questions_is_not_cut_by_whether_they_can_be_answered() -> None:
    both = [tried("a"), tried("b", Category.UNANSWERABLE)]
    values = {"a": scored(quality=1.0, strict=1.0), "b": scored(quality=0.0)}
    made = summarize(header(), both, values, [QUALITY, STRICT])
    cut = {each.metric for each in made.slices if each.slice.startswith("answerable")}
    assert cut == {"quality"}
    assert made.figure("quality", "answerable=no").value == 0.0


def test_a_slice_is_of_its_questions_alone() -> None:
    both = [tried("a"), tried("b", language="zh-Hans")]
    made = summarize(header(), both, {"a": scored(quality=1.0), "b": scored(quality=0.0)}, [QUALITY])
    assert [(each.slice, each.value) for each in made.slices] == [("language=en", 1.0), ("language=zh-Hans", 0.0)]


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"strict": 1.0, "mistake": 0.0, "promise": 1.0, "quality": 0.2}, []),
        ({"strict": 0.0, "mistake": 1.0}, ["strict", "mistake"]),
        ({"strict": 0.0, "promise": 0.9}, ["promise", "strict"]),
        ({"promise": None, "strict": None}, []),
        ({"seconds": 400.0}, []),
    ],
)
def test_a_fault_is_a_broken_promise_or_a_plain_failure(values: dict[str, float | None], faults: list[str]) -> None:
    found = faults_of(tried("a"), scored(**values), [QUALITY, STRICT, MISTAKE, PROMISE, SECONDS])
    assert [name for name, _ in found] == faults


def test_a_failed_attempt_has_one_fault_its_error() -> None:
    failed = tried("a", error="TimeoutError: 30 s")
    found = list(faults_of(failed, scored(promise=0.0, strict=0.0), [PROMISE, STRICT]))
    assert found == [("error", "TimeoutError: 30 s")]


def test_broken_promises_come_before_failures_and_failures_before_wrong_answers() -> None:
    questions = [tried("wrong"), tried("failed", error="boom"), tried("broken"), tried("right")]
    values = {
        "wrong": scored(strict=0.0, quality=0.5, promise=1.0),
        "failed": scored(strict=0.0, quality=0.0, promise=0.0),
        "broken": scored(strict=1.0, quality=1.0, promise=0.5),
        "right": scored(strict=1.0, quality=1.0, promise=1.0),
    }
    made = summarize(header(), questions, values, [QUALITY, STRICT, PROMISE])
    assert [each.item for each in made.faulty] == ["broken", "failed", "wrong"]


def test_a_run_without_questions_has_no_figures() -> None:
    made = summarize(header(), [], {}, METRICS)
    assert (made.questions, made.overall, made.slices, made.faulty) == (0, (), (), ())


def test_a_run_where_everything_failed_is_wrong_everywhere_and_never_absent_where_it_was_to_answer() -> None:
    failed = broken(run(12))
    made = summarize(header(), failed, {each.item.id: score(each) for each in failed}, METRICS)
    values = {each.metric: each.value for each in made.overall}
    assert (values["error"], values["facts_lenient"], values["gold_recall@5"], values["declined_wrongly"]) == (
        1,
        0,
        0,
        1,
    )
    assert len(made.faulty) == 12


def test_the_json_holds_every_figure_and_can_be_written() -> None:
    questions = run(12)
    made = summarize(header(), questions, {each.item.id: score(each) for each in questions}, METRICS)
    read = json.loads(json.dumps(made.as_json(), allow_nan=False))
    assert [each["metric"] for each in read["overall"]] == [each.metric for each in made.overall]
    assert [each["value"] for each in read["slices"]] == [each.value for each in made.slices]
    assert read["run"]["digest"] == header().digest
    assert read["totals"]["error_rate"]["value"] == made.totals["error_rate"].value


def test_the_same_run_has_the_same_summary() -> None:
    questions = run(12)
    values = {each.item.id: score(each) for each in questions}
    first, second = (summarize(header(), questions, values, METRICS) for _ in range(2))
    assert first.as_json() == second.as_json()
