"""What an admin types: who may see what and why, who asked what, forgetting a person."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.slack.manifest import manifest
from tests.fakes.slack_workspace import Rates, Timing, running
from tests.integrations.slack.processes import coach as bot

Run = subprocess.CompletedProcess[str]
Coach = Callable[..., Run]
PEOPLE = """
people: {ann: {slack: U1}, bob: {slack: U2}, cleo: }
groups: {emea: [bob, slack:S1]}
accounts: {Larkspur Metals: [ann]}
admins: [cleo]
"""
PLAN = """---
title: Larkspur plan (invented)
kind: account_plan
account: Larkspur Metals
audience: team
---
# Larkspur plan

Larkspur Metals gets a discount of 17 percent for the plant contract.
"""
OPEN_PLAN = """---
title: Orchard plan (invented)
kind: account_plan
account: Orchard Foods
---
# Orchard plan

Orchard Foods buys crates.
"""
RULES = """---
title: Discounts
audience: [emea, ghosts]
---
# Discounts

A discount of a plant contract needs a signature.
"""
ASKED = "What discount does Larkspur Metals get for the plant contract?"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a library and a people.yaml."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in (("larkspur.md", PLAN), ("orchard.md", OPEN_PLAN), ("discounts.md", RULES)):
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def coach(home: Path) -> Coach:
    """Run `coach` there, with nothing of ours in the environment."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    ours |= {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONWARNINGS": "error", "COLUMNS": "200"}

    def run(*arguments: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.PIPE, **more: str) -> Run:
        command = [sys.executable, "-m", "integrations.cli", *arguments]
        streams = {"stdin": stdin, "stdout": stdout, "stderr": subprocess.PIPE}
        return subprocess.run(command, cwd=home, env=ours | more, text=True, timeout=60, **streams)

    return run


@pytest.fixture
def filled(coach: Coach) -> Coach:
    assert coach("ingest", "docs").returncode == 0
    return coach


def _json(done: Run) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _explained(coach: Coach, *arguments: str) -> Any:
    return _json(coach("access", "explain", *arguments, "--json"))


def test_plans_that_an_ingest_just_opened_to_everyone_are_counted_once(coach: Coach) -> None:
    first = coach("ingest", "docs")
    assert first.stderr.startswith("coach: 1 account plan has no audience: everyone can read them; ")
    assert "public_plans" not in first.stdout
    assert coach("ingest", "docs").stderr == ""
    closed = coach("ingest", "docs", "--audience", "emea", "--json")
    assert "public_plans" not in json.loads(closed.stdout)
    opened = coach("ingest", "docs", "--audience", "public", "--json")
    assert json.loads(opened.stdout)["public_plans"] == 2
    assert opened.stderr == ""


def test_a_document_is_explained_by_id_source_file_name_or_title(filled: Coach) -> None:
    by_title = _explained(filled, "larkspur plan (INVENTED)", "--as", "ann")
    document = by_title["document"]
    for name in (document["id"], document["source"], "larkspur.md"):
        assert _explained(filled, name, "--as", "ann") == by_title
    assert by_title["admitted"] == [{"name": "team of larkspur metals", "what": "team", "people": ["ann"]}]
    assert by_title["allowed"] is True
    assert by_title["rules"] == ["audience team of larkspur metals admits ann"]


def test_an_explanation_names_who_shuts_a_document_out(filled: Coach) -> None:
    alone = _explained(filled, "larkspur.md", "--as", "bob")
    assert alone["rules"] == ["audience team of larkspur metals does not admit bob"]
    beside = _explained(filled, "larkspur.md", "--as", "ann", "--beside", "ann", "bob")
    assert beside["allowed"] is False
    assert beside["beside"] == [{"person": "ann", "admitted": True}, {"person": "bob", "admitted": False}]
    assert beside["rules"] == ["audience team of larkspur metals does not admit someone beside: bob"]
    plain = filled("access", "explain", "larkspur.md", "--as", "ann", "--beside", "bob").stdout
    assert "ann beside bob may not use it:" in plain
    assert "\x1b" not in plain


def test_a_document_that_cannot_be_told_from_others_is_listed_with_them(filled: Coach, home: Path) -> None:
    (home / "docs" / "again").mkdir()
    (home / "docs" / "again" / "larkspur.md").write_text(PLAN, encoding="utf-8")
    filled("ingest", "docs")
    done = filled("access", "explain", "larkspur.md", "--as", "ann")
    assert (done.returncode, done.stdout) == (2, "")
    first, *listed = done.stderr.splitlines()
    assert first.startswith("coach: 2 documents are called larkspur.md")
    assert sorted(each.split()[1] for each in listed) == ["docs/again/larkspur.md", "docs/larkspur.md"]
    assert _explained(filled, listed[0].split()[0])["document"]["id"] == listed[0].split()[0]


def test_in_a_channel_slack_says_who_reads_along(filled: Coach, home: Path) -> None:
    people = "people: {ann: {slack: U1}, bob: {slack: U2}, cleo: {slack: U3}}\naccounts: {Larkspur Metals: [ann, cleo]}"
    (home / "people.yaml").write_text(people, encoding="utf-8")
    with running(manifest=manifest()) as slack:
        explain = ("access", "explain", "larkspur.md", "--as", "ann", "--json", "--channel")
        public = _json(filled(*explain, "C1", **slack.environment))
        private = _json(filled(*explain, "C2", **slack.environment))
        slack.add_channel("C8", "mixed", ["U1", "U2", "U3"], kind="private")
        mixed = _json(filled(*explain, "C8", **slack.environment))
        slack.add_user("U9", "guest")
        slack.add_channel("C9", "open", ["U1", "U9"], kind="private")
        closed = _json(filled(*explain, "C9", **slack.environment))
        unknown = filled(*explain, "C404", **slack.environment)
    assert (public["allowed"], public["closed"]) == (False, True)
    assert mixed["rules"] == ["audience team of larkspur metals does not admit someone beside: bob"]
    assert (private["allowed"], private["closed"], closed["allowed"], closed["closed"]) == (True, False, False, True)
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (2, 1)


def test_without_slack_a_channel_cannot_be_asked(filled: Coach) -> None:
    done = filled("access", "explain", "larkspur.md", "--as", "ann", "--channel", "C1")
    assert done.returncode == 2
    assert "COACH_SLACK_BOT_TOKEN" in done.stderr


def test_what_is_asked_in_slack_is_audited_under_the_name_in_people_yaml(filled: Coach, home: Path) -> None:
    workspace = running(manifest=manifest(), timing=Timing(time_scale=0.02), rates=Rates(on=False))
    with workspace as slack, bot(slack, home / ".coach", {"COACH_PEOPLE": str(home / "people.yaml")}):
        asked = slack.user("U2").mention("C1", ASKED)
        slack.wait(lambda: slack.replies(asked))
        slack.wait(lambda: json.loads(filled("audit", "--json").stdout))
    (audited,) = _json(filled("audit", "--json"))
    asked_as = {name: audited[name] for name in ("person", "surface", "channel", "question")}
    assert asked_as == {"person": "bob", "surface": "thread", "channel": "C1", "question": ASKED}
    assert {each["title"] for each in audited["withheld"]} == {"Discounts", "Larkspur plan (invented)"}
    assert _json(filled("audit", "--person", "bob", "--json")) == [audited]
    assert _json(filled("erase", "bob", "--yes", "--json"))["audit"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["access"],
        ["access", "explain", "x", "--beside", "bob", "--channel", "C1"],
        ["access", "explain"],
        ["access", "explain", "nothing", "--as", "ann"],
        ["audit", "--since", "0"],
        ["erase"],
        ["erase", " ", "--yes"],
        ["erase", "ann"],
        ["erase", "\udcff", "--yes"],
        ["access", "explain", "caf\udcff", "--as", "\udcff"],
    ],
)
def test_wrong_use_exits_with_2_and_one_line(coach: Coach, arguments: list[str]) -> None:
    done = coach(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_check_counts_what_a_person_may_read_and_names_likely_slips(filled: Coach) -> None:
    said = _json(filled("access", "check", "--as", "ann", "--json"))
    assert said["documents"] == 2
    assert said["counts"] == [
        {"kind": "account_plan", "account": "Larkspur Metals", "documents": 1},
        {"kind": "account_plan", "account": "Orchard Foods", "documents": 1},
    ]
    assert [each["title"] for each in said["public_plans"]] == ["Orchard plan (invented)"]
    assert said["unknown_names"] == [{"name": "ghosts", "documents": 1}]
    plain = filled("access", "check").stdout
    assert "Everyone may read 1 document" in plain
    assert "ghosts" in plain


def test_rights_come_from_people_yaml_and_strangers_are_told_that_they_are_none(filled: Coach) -> None:
    assert len(_json(filled("search", "discount plant contract", "--as", "Ann", "--json"))) == 1
    assert len(_json(filled("search", "discount plant contract", "--as", "bob", "--json"))) == 1
    stranger = filled("search", "discount plant contract", "--as", "emea", "--json")
    assert _json(stranger) == []
    assert stranger.stderr.startswith("coach: emea is not among the people")
    assert filled("search", "discount plant contract", "--json").stderr == ""


def test_a_batch_resolves_its_askers_and_names_a_stranger_once(filled: Coach, home: Path) -> None:
    lines = [{"id": each, "question": ASKED, "asker": each} for each in ("ann", "zoe", "Zoe", "bob")]
    (home / "batch.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = filled("ask", "--batch", "batch.jsonl")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["17 percent" in json.dumps(each) for each in answers] == [True, False, False, False]
    assert done.stderr.count("zoe") == 1
    audited = _json(filled("audit", "--json"))
    assert [each["person"] for each in audited] == ["bob", "zoe", "zoe", "ann"]


def test_a_people_yaml_that_cannot_be_read_gives_nobody_rights(filled: Coach, home: Path) -> None:
    (home / "people.yaml").write_text("people: [ann", encoding="utf-8")
    done = filled("ask", ASKED, "--as", "ann", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "people.yaml" in done.stderr
    doctor = filled("doctor", "--json")
    (finding,) = (each for each in json.loads(doctor.stdout) if each["about"] == "COACH_PEOPLE")
    assert (doctor.returncode, finding["state"]) == (2, "wrong")
    assert "people.yaml" in finding["mend"]


def test_the_doctor_counts_people_groups_and_teams_and_notes_that_there_are_none(coach: Coach, home: Path) -> None:
    def finding(about: str) -> Any:
        return next(each for each in json.loads(coach("doctor", "--json").stdout) if each["about"] == about)

    assert finding("COACH_PEOPLE")["says"] == "people.yaml: 3 people, 1 groups, 1 teams"
    assert "180 days" in finding("COACH_AUDIT_DAYS")["says"]
    (home / "people.yaml").unlink()
    assert finding("COACH_PEOPLE")["state"] == "note"


def test_every_question_is_audited_and_can_be_looked_up(filled: Coach) -> None:
    filled("ask", ASKED, "--as", "bob")
    filled("ask", ASKED, "--as", "ann", "--json")
    newest, oldest = _json(filled("audit", "--json"))
    assert (newest["person"], oldest["person"]) == ("ann", "bob")
    assert newest["withheld"][0]["because"] == ["audience emea, ghosts does not admit ann"]
    assert [each["title"] for each in newest["used"]] == ["Larkspur plan (invented)"]
    assert {"document", "title", "because"} == set(oldest["withheld"][0])
    assert len(_json(filled("audit", "--person", "U2", "--json"))) == 1
    assert len(_json(filled("audit", "--document", "larkspur.md", "--json"))) == 2
    assert len(_json(filled("audit", "--document", "gone", "--since", "1", "--json"))) == 0
    lines = filled("audit").stdout.splitlines()
    assert [line.split("\t")[1] for line in lines] == ["ann", "bob"]


def test_an_audited_question_cannot_steer_the_terminal_of_an_admin(filled: Coach) -> None:
    filled("ask", "plant \x1b[2J contract [bold]\u202e?\nann\tbob")
    (line,) = filled("audit").stdout.splitlines()
    assert line.split("\t")[4] == "plant [2J contract [bold] ? ann bob"


def test_a_person_is_erased_when_somebody_at_the_terminal_agrees(filled: Coach, home: Path) -> None:
    catalogue = SqlCatalogue(f"sqlite:///{home / '.coach' / 'catalogue.sqlite'}")
    Journal(catalogue.engine).record(Incoming("E1", "T1", "C1", "U1", ASKED, "thread", "1.0", "1.0"))
    catalogue.close()
    filled("ask", ASKED, "--as", "ann")
    assert _with_terminal(filled, "erase", "ann", types="n\n").stdout == ""
    assert len(_json(filled("audit", "--json"))) == 1
    done = _with_terminal(filled, "erase", "ann", types="y\n")
    assert done.stdout.startswith("Erased of ann (U1): 1 questions, 1 audit rows.")
    assert "About ann (U1) there is: 1 questions" in done.stderr
    assert _json(filled("audit", "--json")) == []
    erased = _json(filled("erase", "ann", "--yes", "--json"))
    assert (erased.pop("person"), erased.pop("slack")) == ("ann", ["U1"])
    assert set(erased.values()) == {0}


def _with_terminal(coach: Coach, *arguments: str, types: str) -> Run:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, types.encode())
        return coach(*arguments, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)


def test_in_a_terminal_the_audit_is_a_table(filled: Coach) -> None:
    filled("ask", ASKED, "--as", "bob")
    ours, theirs = pty.openpty()
    try:
        assert filled("audit", stdout=theirs).returncode == 0
        shown = os.read(ours, 65_536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "withheld" in shown
    assert "\u2502" in shown
