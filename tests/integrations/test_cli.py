"""`coach` as people and programs run it: a process, its output, its exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = subprocess.CompletedProcess[str]
Coach = Callable[..., Run]

PLAYBOOK = "# Quiet accounts\n\nOffer the quiet account one fix for a fault it complains about.\n"


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    """Run `coach` in an empty folder, with nothing of ours in the environment."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}

    def run(*arguments: str, **environment: str) -> Run:
        return subprocess.run(
            [sys.executable, "-m", "integrations.cli", *arguments],
            cwd=tmp_path,
            env={**ours, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONWARNINGS": "error", **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    path = tmp_path / "quiet.md"
    path.write_text(PLAYBOOK, encoding="utf-8")
    return path


def test_a_first_question_indexes_the_starter_library_and_is_answered(coach: Coach) -> None:
    done = coach("ask", "How do we win back a key account that went quiet?", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "answered"
    assert done.stderr == ""
    for claim in answer["claims"]:
        for citation in claim["citations"]:
            text = Path(citation["source"]).read_text(encoding="utf-8")
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ingest_reports_what_it_did(coach: Coach, playbook: Path) -> None:
    report = json.loads(coach("ingest", "quiet.md", "--json").stdout)
    expected = {"added": 1, "updated": 0, "unchanged": 0, "removed": 0, "failed": [], "documents": 1, "passages": 1}
    assert {key: report[key] for key in expected} == expected
    assert set(report) == {*expected, "seconds"}


def test_some_failed_documents_exit_with_3_and_are_named(coach: Coach, tmp_path: Path, playbook: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = coach("ingest", ".", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 3
    assert {Path(each["source"]).name for each in report["failed"]} == {"broken.pdf", "empty.txt"}
    assert report["added"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["ask"],
        ["search"],
        ["search", "x", "--top", "0"],
        ["search", "x", "--top", "many"],
        ["ingest"],
        ["ingest", "nowhere.md"],
        ["ingest", ".", "--kind", "poem"],
        ["ingest", ".", "--audience", " "],
        ["ask", ""],
        ["ask", "--batch", "nowhere.jsonl"],
        ["ask", "x", "--history", "nowhere.json"],
    ],
)
def test_wrong_use_exits_with_2_and_one_line(coach: Coach, arguments: list[str]) -> None:
    done = coach(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("coach: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [("COACH_MAX_FILE_MB", "huge"), ("COACH_LANGUAGE", "klingon"), ("COACH_DATABASE_URL", "nonsense")],
)
def test_a_wrong_setting_exits_with_2_and_names_it(coach: Coach, name: str, value: str) -> None:
    done = coach("ask", "anything", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_broken_settings_file_exits_with_2(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "coach.toml").write_text("home = [", encoding="utf-8")
    done = coach("ask", "anything")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "coach.toml" in done.stderr


def test_a_damaged_catalogue_exits_with_2_and_no_trace(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / ".coach").mkdir()
    (tmp_path / ".coach" / "catalogue.sqlite").write_bytes(b"this is not a database, " * 300)
    done = coach("ask", "anything")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_damaged_index_is_rebuilt_by_the_next_command(coach: Coach, tmp_path: Path, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    for file in (tmp_path / ".coach").glob("lexical-*/*"):
        file.write_bytes(b"broken")
    assert len(json.loads(coach("search", "quiet", "--json").stdout)) == 1


def test_a_search_hit_has_every_promised_field(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    (hit,) = json.loads(coach("search", "quiet account", "--json").stdout)
    assert hit["source"] == "quiet.md"
    assert PLAYBOOK[hit["start"] : hit["end"]] == hit["text"]
    assert set(hit) == {
        *("rank", "score", "passage_id", "document_id", "title", "kind", "account"),
        *("source", "heading", "page", "start", "end", "text"),
    }


def test_a_batch_gives_a_line_for_each_line_in_order(coach: Coach, tmp_path: Path, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    lines = [
        {"id": "b", "question": "quiet account?"},
        {"id": 7, "question": "And why?", "history": [{"role": "user", "text": "quiet account fix"}]},
        {"id": "", "question": "unrelated zebra"},
    ]
    (tmp_path / "batch.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    asked = [json.loads(line) for line in coach("ask", "--batch", "batch.jsonl").stdout.splitlines()]
    found = [json.loads(line) for line in coach("search", "--batch", "batch.jsonl").stdout.splitlines()]
    assert [each["id"] for each in asked] == [each["id"] for each in found] == ["b", 7, ""]
    assert [each["outcome"] for each in asked] == ["answered", "answered", "declined"]
    assert [len(each["hits"]) for each in found] == [1, 1, 0]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_whoever_reads_no_further_is_no_failure(coach: Coach, playbook: Path, tmp_path: Path, form: tuple[str]) -> None:
    coach("ingest", "quiet.md")
    read, write = os.pipe()
    os.close(read)
    asked = [sys.executable, "-m", "integrations.cli", "ask", "quiet account?", *form]
    ours = {**os.environ, "COACH_HOME": str(tmp_path / ".coach"), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(asked, cwd=tmp_path, env=ours, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_bad_batch_line_is_named_by_its_number(coach: Coach, tmp_path: Path, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    (tmp_path / "batch.jsonl").write_text('{"id": 1, "question": "x"}\n{"id": 2}\n', encoding="utf-8")
    done = coach("ask", "--batch", "batch.jsonl")
    assert done.returncode == 2
    assert "line 2" in done.stderr


def test_a_document_is_seen_only_by_those_its_audience_names(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md", "--audience", "emea", "--audience", "Ann")
    assert json.loads(coach("search", "quiet", "--json").stdout) == []
    assert json.loads(coach("search", "quiet", "--json", "--as", "bob").stdout) == []
    assert len(json.loads(coach("search", "quiet", "--json", "--as", "ann").stdout)) == 1


def test_an_audience_stays_when_it_is_not_repeated(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md", "--audience", "ann")
    coach("ingest", "quiet.md")
    assert json.loads(coach("search", "quiet", "--json").stdout) == []
    coach("ingest", "quiet.md", "--audience", "public")
    assert len(json.loads(coach("search", "quiet", "--json").stdout)) == 1


def test_a_deleted_document_is_removed(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    playbook.unlink()
    assert json.loads(coach("ingest", "quiet.md", "--json").stdout)["removed"] == 1
    assert json.loads(coach("search", "quiet", "--json").stdout) == []


def test_an_answer_in_a_pipe_has_no_colours_and_no_padding(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    shown = coach("ask", "What do we offer a quiet account?").stdout
    assert "Offer the quiet account one fix" in shown
    assert "quiet.md" in shown
    assert "\x1b" not in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_doctor_says_all_is_well_or_what_to_mend(coach: Coach, playbook: Path) -> None:
    coach("ingest", "quiet.md")
    well = coach("doctor", "--json")
    assert well.returncode == 0
    assert all(each["state"] != "wrong" for each in json.loads(well.stdout))
    ill = coach("doctor", "--json", COACH_LIBRARY='["/nowhere"]')
    assert ill.returncode == 2
    assert any("COACH_LIBRARY" in each["mend"] for each in json.loads(ill.stdout))


def test_doctor_never_prints_a_password(coach: Coach) -> None:
    done = coach("doctor", COACH_DATABASE_URL="postgresql://ann:hunter2@localhost/coach")
    assert "hunter2" not in done.stdout + done.stderr


def test_half_a_character_in_a_question_is_left_out(coach: Coach) -> None:
    done = coach("ask", "What do we do about a quiet account\udcff?", "--json")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
