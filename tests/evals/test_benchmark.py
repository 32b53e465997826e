"""Benchmark questions are read with care, and checked against the library."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.benchmark import Benchmark, Category, Item, Span, item_of, read
from evals.checking import problems
from evals.errors import WrongBenchmark
from evals.truth import Truth
from knowledge.access import Reader
from tests.evals.conftest import QUESTIONS


def _written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), "utf-8")
    return path


def test_a_file_of_questions_is_read_in_order(tmp_path: Path) -> None:
    benchmark = read(_written(tmp_path / "small.jsonl", *QUESTIONS))
    assert [each.id for each in benchmark.items] == ["pilot", "grade", "floor"]
    assert benchmark.name == "small"
    assert benchmark.items[0].gold == ((Span("playbooks/triangle.md", "It was piloted in 2006."),),)
    assert [each.answerable for each in benchmark.items] == [True, True, False]


def test_a_folder_is_all_its_files_with_its_library_and_people(tmp_path: Path) -> None:
    _written(tmp_path / "b.jsonl", QUESTIONS[1])
    _written(tmp_path / "a.jsonl", QUESTIONS[0])
    (tmp_path / "library").mkdir()
    (tmp_path / "people.yaml").write_text("people: {}\n")
    benchmark = read(tmp_path)
    assert [each.id for each in benchmark.items] == ["pilot", "grade"]
    assert (benchmark.library, benchmark.people) == (tmp_path / "library", tmp_path / "people.yaml")


def test_an_outside_set_names_documents_only() -> None:
    item = item_of({"id": "x/1", "set": "x", "question": "who?", "gold": ["x/doc"], "answers": ["me"]})
    assert (item.category, item.documents, item.gold, item.answerable) == (Category.OUTSIDE, ("x/doc",), (), True)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1"),
        ({"id": "x", "category": "single_fact"}, "'question'"),
        ({"id": "x", "category": "trivia", "question": "who?"}, "trivia"),
        ({"id": "", "category": "single_fact", "question": "who?"}, "should be a text"),
        ({"id": "x", "category": "single_fact", "question": "who?", "facts": ["2006"]}, "lists of alternatives"),
        ({"id": "x", "category": "single_fact", "question": "who?", "gold": [[{"document": "a.md"}]]}, "quote"),
    ],
)
def test_a_line_that_is_no_question_is_named_with_what_is_wrong(tmp_path: Path, line: object, says: str) -> None:
    with pytest.raises(WrongBenchmark, match="line 1 of") as error:
        read(_written(tmp_path / "bad.jsonl", line))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_two_questions_with_one_id_and_no_questions_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongBenchmark, match="the id pilot"):
        read(_written(tmp_path / "twice.jsonl", QUESTIONS[0], QUESTIONS[0]))
    with pytest.raises(WrongBenchmark, match="there are no questions"):
        read(_written(tmp_path / "none.jsonl"))
    with pytest.raises(WrongBenchmark, match="cannot be read"):
        read(tmp_path / "absent.jsonl")


def test_the_digest_is_that_of_the_questions(benchmark: Benchmark) -> None:
    other = replace(benchmark, items=(replace(benchmark.items[0], facts=(("2007",),)), *benchmark.items[1:]))
    assert benchmark.digest == replace(benchmark, name="else").digest != other.digest


def test_good_questions_have_no_problems(benchmark: Benchmark, truth: Truth) -> None:
    assert problems(benchmark.items, truth, Reader) == []


def _with(benchmark: Benchmark, **changes: object) -> tuple[Item, ...]:
    return (replace(benchmark.items[0], **changes), *benchmark.items[1:])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"gold": ((Span("playbooks/triangle.md", "It was piloted in 2007."),),)}, "not verbatim"),
        ({"gold": ((Span("playbooks/nowhere.md", "It was piloted in 2006."),),)}, "not verbatim"),
        ({"facts": (("2007", "MMVII"),)}, "key fact '2007'"),
        ({"facts": ()}, "no key fact"),
        ({"gold": (), "facts": ()}, "say in `why`"),
        ({"gold": ()}, "no gold"),
        ({"standalone": "When?"}, "no history"),
    ],
)
def test_a_fault_of_a_question_is_named(
    benchmark: Benchmark, truth: Truth, changes: dict[str, object], says: str
) -> None:
    found = problems(_with(benchmark, **changes), truth, Reader)
    assert any(each.item == "pilot" and says in each.what for each in found)


def test_a_near_copy_is_named_but_the_same_words_after_another_history_are_not(
    benchmark: Benchmark, truth: Truth
) -> None:
    first = benchmark.items[0]
    copy = replace(
        first, id="copy", question="When was this iron triangle of account manager and solution manager piloted?"
    )
    assert "near-copy of pilot" in problems((first, copy), truth, Reader)[0].what
    other = item_of(
        {
            **QUESTIONS[0],
            "id": "other",
            "history": [{"role": "user", "text": "Tell me about wolf pairs, bids and dealers"}],
        }
    )
    assert problems((first, other), truth, Reader) == []


def test_a_fact_in_the_other_script_or_width_lies_in_its_span(benchmark: Benchmark, truth: Truth) -> None:
    item = replace(benchmark.items[1], facts=(("\uff15\uff10\uff10\u842c",),))
    assert problems((item,), truth, Reader) == []


def test_a_canary_that_its_asker_may_read_is_named(benchmark: Benchmark, truth: Truth) -> None:
    entitled = replace(benchmark.items[2], asker="li wei")
    assert {each.what.split("'")[1] for each in problems((entitled,), truth, Reader)} == {"Halcyon-Quill", "412,000"}
