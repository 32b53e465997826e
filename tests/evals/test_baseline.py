"""A baseline comes back as it was written, and its file says in a diff what changed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.baseline import Baseline, baseline_of, dump, load, question_digest, rounded, slices_of
from evals.benchmark import Category, Item, Span
from evals.errors import WrongRun
from evals.metrics import METRICS
from evals.scores import Value

GOLD = ((Span("playbooks/分级.md", "A级客户每月拜访两次"),),)
ASKED = (
    Item(
        id="zh-02", language="zh-Hant", category=Category.SYNTHESIS, question="多久拜訪一次？", gold=GOLD, group="分级"
    ),
    Item(id="en-01", language="en", category=Category.UNANSWERABLE, question="What is the weather?"),
)


def _scored(**zh: float | None) -> dict[str, dict[str, Value]]:
    common = {"facts_lenient": 2 / 3, "seconds": 0.30001, "citation_recall": None}
    return {
        "zh-02": {name: Value(value, "why") for name, value in {**common, **zh}.items()},
        "en-01": {"declined_rightly": Value(1.0, "declined"), "seconds": Value(0.1, "why")},
    }


def _baseline(**zh: float | None) -> Baseline:
    recipe = {"composer": "extract", "settings": "0f5e2a"}
    return baseline_of(ASKED, _scored(**zh), METRICS, digest="abc", recipe=recipe, made="2026-07-01")


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    dump(_baseline(), tmp_path / "baseline.json")
    assert load(tmp_path / "baseline.json") == _baseline()


@given(values=st.dictionaries(st.sampled_from([each.name for each in METRICS]), st.none() | st.floats(0, 1)))
def test_any_values_come_back_and_are_written_the_same_again(tmp_path_factory, values) -> None:
    folder = tmp_path_factory.mktemp("baseline")
    dump(_baseline(**values), folder / "one.json")
    dump(load(folder / "one.json"), folder / "two.json")
    assert load(folder / "one.json") == _baseline(**values)
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()


def test_it_is_json_with_a_line_a_question_in_the_order_of_their_ids(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    dump(_baseline(), file)
    lines = file.read_text("utf-8").split("\n")
    assert [line.split(":")[0] for line in lines if '"values"' in line] == ['"en-01"', '"zh-02"']
    assert json.loads(file.read_text("utf-8"))["questions"]["zh-02"]["values"] == {"facts_lenient": 0.6667}


def test_one_other_value_is_one_other_line(tmp_path: Path) -> None:
    for name, found in (("a", 1.0), ("b", 0.5)):
        dump(_baseline(facts_strict=found), tmp_path / name)
    first, second = ((tmp_path / name).read_text("utf-8").split("\n") for name in "ab")
    assert sum(one != other for one, other in zip(first, second, strict=True)) == 1


def test_other_times_change_no_line_of_a_question(tmp_path: Path) -> None:
    for name, found in (("a", 0.3), ("b", 0.7)):
        dump(_baseline(seconds=found), tmp_path / name)
    first, second = ((tmp_path / name).read_text("utf-8").split("\n") for name in "ab")
    changed = [one for one, other in zip(first, second, strict=True) if one != other]
    assert [line.split(":")[0] for line in changed] == ['"medians"']


def test_times_are_kept_as_medians_and_what_is_absent_is_not_kept() -> None:
    found = _baseline()
    assert found.medians == {"seconds": 0.2}
    assert found.values == {"zh-02": {"facts_lenient": 0.6667}, "en-01": {"declined_rightly": 1.0}}


def test_questions_bring_their_cluster_and_slices() -> None:
    found = _baseline()
    assert found.clusters == {"zh-02": "分级", "en-01": "en-01"}
    assert found.slices["zh-02"] == ("category=synthesis", "language=zh-Hant", "answerable=yes")
    assert slices_of(ASKED[1]) == ("category=unanswerable", "language=en", "answerable=no")


def test_a_question_that_was_not_scored_is_not_in_it() -> None:
    found = baseline_of(ASKED, {"en-01": {}}, METRICS, digest="abc", recipe={}, made="2026-07-01")
    assert set(found.questions) == set(found.values) == {"en-01"}


def test_a_question_has_another_digest_once_anything_of_it_changes() -> None:
    changed = Item(id="en-01", language="en", category=Category.UNANSWERABLE, question="What is the weather like?")
    assert question_digest(ASKED[1]) == question_digest(ASKED[1]) != question_digest(changed)


@pytest.mark.parametrize(("value", "kept"), [(2 / 3, 0.6667), (0.00012346, 0.0001235), (1234.5678, 1235.0), (1.0, 1.0)])
def test_values_are_kept_to_four_digits(value: float, kept: float) -> None:
    assert rounded(value) == kept == rounded(kept)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"questions": []}', '{"questions": {"a": 1}}', "\x00"])
def test_what_is_no_baseline_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, "utf-8")
    with pytest.raises(WrongRun, match=r"baseline\.json is not a baseline"):
        load(file)


def test_a_baseline_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongRun, match=r"none\.json cannot be read"):
        load(tmp_path / "none.json")
