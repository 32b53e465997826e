"""`coach eval`: what each command does, prints and returns, over the real library."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main
from tests.conftest import Write
from tests.evals.conftest import PLAN, QUESTIONS, TIERING, TRIANGLE
from tests.fakes.openai_server import Server, honest, running


@pytest.fixture
def questions(tmp_path: Path, write: Write, docs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of questions over a library of three documents, as a user of the command line has them."""
    for name, text in (("triangle", TRIANGLE), ("tiering", TIERING), ("quillmark", PLAN)):
        write(f"playbooks/{name}.md", text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COACH_LIBRARY", str(docs))
    return _lines(tmp_path / "questions.jsonl", *QUESTIONS)


@pytest.fixture
def server() -> Iterator[Server]:
    with running("vllm", model=honest) as fake:
        yield fake


def _lines(file: Path, *lines: object) -> Path:
    file.write_text("".join(f"{json.dumps(each)}\n" for each in lines), "utf-8")
    return file


def _run(capsys: pytest.CaptureFixture[str], *arguments: object, expect: int = 0) -> str:
    """Standard output of a command that must end so."""
    status = main(["eval", *map(str, arguments)])
    printed = capsys.readouterr()
    assert status == expect, printed.err
    return printed.out


def _json(capsys: pytest.CaptureFixture[str], *arguments: object, expect: int = 0) -> Any:
    return json.loads(_run(capsys, *arguments, "--json", expect=expect))


def _refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The one line that says why a command was refused."""
    status = main(["eval", *map(str, arguments)])
    printed = capsys.readouterr()
    assert status == 2
    assert printed.err.startswith("coach: ")
    assert printed.err.count("\n") == 1
    return printed.err


def test_check_counts_the_questions_and_finds_no_problem(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No problems." in _run(capsys, "check", questions)
    found = _json(capsys, "check", questions)
    assert found["questions"] == 3
    assert found["categories"] == {"single_fact": 2, "confidential": 1}


def test_check_fails_on_a_quote_that_is_not_there(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = [[{"document": "playbooks/triangle.md", "quote": "It was piloted in 2007."}]]
    file = _lines(questions.with_name("wrong.jsonl"), {**QUESTIONS[0], "gold": gold})
    assert "not verbatim" in _run(capsys, "check", file, expect=1)


def test_the_shipped_questions_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    found = _json(capsys, "check")
    total, languages, categories = found["questions"], found["languages"], found["categories"]
    assert found["problems"] == []
    assert total >= 240
    assert languages["zh-Hans"] + languages["zh-Hant"] >= total / 2
    assert languages["zh-Hant"] >= (languages["zh-Hans"] + languages["zh-Hant"]) / 4
    assert categories["unanswerable"] >= 0.15 * total
    assert categories["false_premise"] >= 0.1 * total


def test_a_run_scores_every_question_and_writes_its_page(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "run", questions, "--name", "first")
    figures = {each["metric"]: each["value"] for each in found["overall"]}
    assert found["questions"] == 3
    assert figures["facts_lenient"] == figures["validity"] == figures["quote_fidelity"] == 1
    assert figures["canary"] == figures["error"] == 0
    assert "held_script" in figures
    assert "412,000" not in Path(found["report"]).read_text("utf-8")
    assert [each["name"] for each in _json(capsys, "runs")] == ["first"]


def test_a_table_of_scores_is_printed_with_intervals(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = _run(capsys, "run", questions, "--plain")
    assert "3 questions" in printed
    assert "95 % interval" in printed
    assert "not measured: held_script: " in printed
    assert "report.html" in printed


def test_the_same_run_again_asks_nothing_anew_and_an_unnamed_one_begins(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _json(capsys, "run", questions, "--plain")
    again = _json(capsys, "run", questions, "--plain", "--name", first["run"]["name"])
    assert again["overall"] == first["overall"]
    other = _json(capsys, "run", questions, "--plain")
    assert other["run"]["name"] != first["run"]["name"]


def test_a_limit_takes_the_first_of_each_category(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _json(capsys, "run", questions, "--plain", "--limit", "1")["questions"] == 2


def test_a_report_is_written_in_three_forms(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "run", questions, "--plain", "--name", "first")
    page = Path(_run(capsys, "report", "first").strip())
    assert page.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    assert "| facts_lenient" in _run(capsys, "report", "--format", "md")
    assert json.loads(_run(capsys, "report", "first", "--format", "json"))["questions"] == 3
    target = questions.with_name("page.html")
    _run(capsys, "report", "first", "--to", target)
    assert target.exists()


def test_two_runs_of_the_same_thing_do_not_differ_and_the_gate_stays_open(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        _run(capsys, "run", questions, "--plain", "--name", name)
    compared = _json(capsys, "compare", "one", "two")
    assert {row["finding"] for row in compared["rows"]} <= {"no difference shown", "not tested"}
    assert "no difference shown" in _run(capsys, "compare", "one", "two", "--all")
    kept = questions.with_name("baseline.json")
    _run(capsys, "baseline", "one", "--to", kept)
    assert "The gate is open." in _run(capsys, "gate", "two", "--against", kept)
    assert _json(capsys, "gate", "--against", "one")["passed"] is True


def test_the_gate_is_shut_on_a_leak_whatever_the_baseline(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody opens the plan: what was hidden is shown, and no interval is needed to say so."""
    _run(capsys, "run", questions, "--plain", "--name", "before")
    plan = next((questions.parent / "docs").rglob("quillmark.md"))
    plan.write_text(PLAN.replace("audience: [li wei]", "audience: [public]"), "utf-8")
    assert main(["ingest", str(questions.parent / "docs")]) == 0
    _run(capsys, "run", questions, "--plain", "--name", "after")
    shut = _run(capsys, "gate", "after", "--against", "before", expect=1)
    assert "The gate is shut" in shut
    assert "canary must be perfect" in shut


def test_what_cannot_be_done_is_refused_in_one_line(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no run 'nowhere'" in _refused(capsys, "report", "nowhere")
    assert "cannot be read" in _refused(capsys, "check", "nowhere.jsonl")
    _run(capsys, "run", questions, "--plain", "--name", "first")
    assert "cannot be read" in _refused(capsys, "gate", "--against", "nowhere.json")
    assert "choose another --name" in _refused(capsys, "run", questions, "--name", "first")
    assert "no judge is configured" in _refused(capsys, "compare", "first", "first", "--judge")
    assert "name two or more" in _refused(capsys, "matrix", "coach.toml", "--set", questions)
    with pytest.raises(SystemExit) as ended:
        main(["eval", "run", "--limit", "0"])
    assert ended.value.code == 2


def test_outside_sets_run_as_they_are(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = (
        ("wolves", "Wolves hunt elk in packs during winter."),
        ("tea", "\u8336\u6811\u9700\u8981\u9178\u6027\u571f\u58e4\u3002"),
    )
    documents = _lines(
        questions.with_name("d.jsonl"), *({"id": each, "title": each, "text": text} for each, text in texts)
    )
    asked = _lines(
        questions.with_name("q.jsonl"),
        {"id": "1", "set": "small", "question": "What do wolves hunt?", "gold": ["wolves"]},
        {
            "id": "2",
            "set": "small",
            "question": "\u8336\u6a39\u9700\u8981\u4ec0\u9ebc\u571f\u58e4\uff1f",
            "gold": ["tea"],
        },
        {"id": "3", "set": "other", "question": "What do wolves hunt?", "gold": ["tea"]},
    )
    small, other = sorted(_json(capsys, "retrieval", documents, asked), key=lambda row: -row["questions"])
    assert small["document_recall@1"]["value"] == 1
    assert other["document_recall@1"]["value"] == 0
    assert "small" in _run(capsys, "retrieval", documents, asked)
    assert "no file has questions" in _refused(capsys, "retrieval", documents)


def test_a_matrix_runs_the_same_questions_under_each_file(
    questions: Path, capsys: pytest.CaptureFixture[str], server: Server
) -> None:
    plain, drafted = questions.with_name("plain.toml"), questions.with_name("drafted.toml")
    plain.write_text('language = "en"\npassages = 1\n')
    drafted.write_text(
        f'model = "fake-chat"\nmodel_url = "{server.url}"\nmodel_key = "{server.key}"\n'
        "model_price_read = 1.0\nmodel_price_written = 2.0\n"
    )
    rows = _json(capsys, "matrix", plain, drafted, "--set", questions)
    assert [row["settings"] for row in rows] == ["plain", "drafted"]
    assert [row["run"]["recipe"]["composer"] for row in rows] == ["extract", "draft"]
    assert [row["run"]["recipe"]["passages"] for row in rows] == [1, 10]
    assert rows[1]["totals"]["cost_per_correct"]["value"] > 0
    assert "fake-chat" in _run(capsys, "matrix", plain, drafted, "--set", questions)
    plain.write_text("languages = 3\n")
    assert "plain.toml" in _refused(capsys, "matrix", plain, drafted, "--set", questions)


def test_a_judge_is_asked_once_and_its_agreement_with_coaches_is_told(
    questions: Path, capsys: pytest.CaptureFixture[str], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_JUDGE", "fake-chat")
    monkeypatch.setenv("COACH_JUDGE_URL", server.url)
    monkeypatch.setenv("COACH_JUDGE_KEY", server.key)
    server.model = lambda request: "VERDICT: not supported\nEVIDENCE: \nREASON: no"
    found = _json(capsys, "run", questions, "--plain", "--name", "judged")
    assert {each["metric"]: each["value"] for each in found["overall"]}["supported"] == 0
    asked = len(server.requests)
    assert asked > 1
    _run(capsys, "run", questions, "--plain", "--name", "again")
    assert len(server.requests) == asked
    labels = _lines(
        questions.with_name("labels.jsonl"),
        {"item": "pilot", "claim": 0, "coach": "ann", "verdict": "right"},
        {"item": "grade", "claim": 0, "coach": "ann", "verdict": "wrong"},
    )
    (pair,) = _json(capsys, "agree", "judged", labels)
    assert (pair["one"], pair["other"], pair["claims"]) == ("judge", "ann", 2)
    _lines(labels, {"item": "pilot", "coach": "ann"})
    assert "line 1 of" in _refused(capsys, "agree", "judged", labels)
    server.model = lambda request: "BETTER: equal\nREASON: the same"
    assert "neither 2 times" in _run(capsys, "compare", "judged", "again", "--judge")
