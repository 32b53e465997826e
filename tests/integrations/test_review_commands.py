"""`coach review`: what each command shows to whom, and what it writes."""

import csv
import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.answers import Answer, Outcome
from assistant.ask import Assistant
from assistant.correction import Correction
from assistant.questions import Asker, Question
from assistant.review import Decision, Mark
from evals.benchmark import item_of, read
from evals.cli import main
from integrations import bootstrap
from integrations.answer_store import Place
from integrations.review.cases import Said
from integrations.review.queue import CLAIMED, DONE, OPEN, Filter
from integrations.review.reviewing import Reviewing
from integrations.settings import SAMPLES, Settings
from integrations.tables import review_verdicts
from knowledge.access import ANYONE, Reader

PEOPLE = """
people: {Mei: {slack: U1}, Ken: {slack: U2}, Dora: , Rolf: , Ada: }
groups: {north: [Mei, Ken]}
accounts: {Heron Foods: [Mei, Dora]}
coaches: [Dora, Rolf]
admins: [Ada]
"""
HERON = """---
title: Heron Foods plan (invented)
kind: account_plan
account: Heron Foods
audience: team
---
# Heron Foods

Heron Foods pays 4 percent less for reusable pallets from October 2026.
"""
OLD = "---\ntitle: Old gift rules\nexpires: 2020-01-01\n---\n# Old gift rules\n\nPens were fine.\n"
VISIT = "Within how many working days do the promises of an executive visit go out?"
EVENTS = "What are the five standard events of the 151 project?"
SECRET = "How much less does Heron Foods pay for reusable pallets?"
PARKING = "Where do visitors park their cars at the plant?"
DORA, ROLF = Reader("dora", frozenset({"team of heron foods"})), Reader("rolf")


@dataclass
class Office:
    """The starter library, a plan of a team, and coaches."""

    settings: Settings
    review: Reviewing
    assistant: Assistant

    def ask(self, text: str, reader: Reader = ANYONE, person: str = "U1") -> Answer:
        question = Question(text, Asker(person), reader=reader)
        answer = self.assistant.ask(question)
        self.review.answers.keep(answer, Place(person, "thread", "T1", "C1", "1.0"))
        bootstrap.audit(self.settings, self.assistant.library).note(question, answer, "thread")
        self.review.intake.voted(answer.id, person, "coach")
        return answer

    def judge(self, answer: Answer, decision: Decision, coach: Reader = DORA, reason: str = "") -> None:
        marks = {number: Mark.RIGHT for number in range(len(answer.claims)) if decision is Decision.APPROVE}
        key = f"{answer.id} {coach.person}"
        self.review.coaching.judge(
            self._entry(answer, coach), coach, Said(decision=decision, marks=marks, rubric={}, reason=reason, key=key)
        )

    def correct(self, answer: Answer, words: str) -> Correction:
        """A correction whose one line cites the passage that holds these words."""
        entry = self._entry(answer, DORA)
        offered = self.review.coaching.case(entry, DORA).offered
        number = next(at for at, hit in offered.items() if words in hit.passage.text)
        said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key=f"correct {answer.id}")
        made = self.review.coaching.correct(entry, DORA, f"{words} [{number}]", said, "en")
        assert isinstance(made, Correction), made
        return made

    def _entry(self, answer: Answer, coach: Reader) -> str:
        entries = self.review.reviews.page(coach, Filter((OPEN, CLAIMED, DONE)), size=100)
        return next(each.id for each in entries if each.answer == answer.id)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the starter library is indexed."""
    home = tmp_path_factory.mktemp("starter") / "home"
    bootstrap.library(Settings(home=home)).ingest([SAMPLES])
    return home


@pytest.fixture
def office(tmp_path: Path, starter: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    shutil.copytree(starter, tmp_path / "home")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "heron.md").write_text(HERON, "utf-8")
    (tmp_path / "plans" / "old.md").write_text(OLD, "utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    settings = Settings(review_share=0)
    library = bootstrap.library(settings)
    library.ingest([tmp_path / "plans"])
    return Office(settings, bootstrap.reviewing(settings, library), bootstrap.assistant(settings, library))


def _run(capsys: pytest.CaptureFixture[str], *arguments: object, expect: int = 0) -> tuple[str, str]:
    """Standard output and error of a command that must end so."""
    capsys.readouterr()
    status = main(["review", *map(str, arguments)])
    printed = capsys.readouterr()
    assert status == expect, printed.err
    return printed.out, printed.err


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    return json.loads(_run(capsys, *arguments, "--json")[0])


def _rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["section"], row["name"]): row for row in _json(capsys, "stats", *arguments)}


def test_without_any_reviews_every_command_says_so_in_one_line(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(capsys, "stats", "--as", "dora") == ("Nothing was asked or reviewed yet.\n", "")
    assert _run(capsys, "gaps", "--as", "dora") == ("No gaps in the last 30 days.\n", "")
    assert _run(capsys, "queue", "--as", "dora") == ("Nothing waits for a coach.\n", "")
    assert _run(capsys, "export", "--as", "dora") == ("", "No verdicts yet: nothing to propose.\n")
    assert "Nobody asked anything." in _run(capsys, "digest", "--as", "dora")[0]


def test_the_week_names_gaps_to_coaches_alone(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.ask(PARKING).outcome is Outcome.DECLINED
    told = [_run(capsys, "digest", "--as", person)[0] for person in ("dora", "mei")]
    assert ["What the library does not answer yet" in each for each in told] == [True, False]


def test_the_numbers_say_how_much_was_asked_and_what_coaches_made_of_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = office.ask(VISIT), office.ask(EVENTS, person="U2")
    assert office.ask(PARKING).outcome is Outcome.DECLINED
    for coach in (DORA, ROLF):
        office.judge(first, Decision.APPROVE, coach)
    office.judge(second, Decision.REJECT)
    rows = _rows(capsys, "--as", "dora")
    assert (rows["volume", "questions"]["value"], rows["volume", "people"]["value"]) == (3, 2)
    declined = rows["coverage", "declined"]
    assert declined["value"] == pytest.approx(1 / 3)
    assert declined["low"] < declined["value"] < declined["high"]
    assert (rows["review", "judged"]["value"], rows["review", "approval"]["value"]) == (2, 0.5)
    assert rows["review", "waiting"]["value"] == 1
    assert rows["review", "median hours to verdict"]["value"] >= 0
    assert any(section == "most used" for section, _ in rows)


def test_documents_are_shown_as_far_as_one_may_read_them_and_to_coaches_alone(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.ask(SECRET, DORA)
    mine, theirs, nobodys = (_run(capsys, "stats", "--as", who)[0] for who in ("dora", "rolf", "ken"))
    assert "Heron" in mine
    assert "Heron" not in theirs
    assert "Old gift rules (plans/old.md)\texpired" in theirs.replace(
        str(office.settings.home.parent.resolve()) + "/", ""
    )
    assert "never used" in theirs
    assert "documents" not in nobodys
    assert "questions\t1" in nobodys


def test_whoever_is_no_coach_sees_counts_alone(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.ask(PARKING)
    for who in ((), ("--as", "ken")):
        out, err = _run(capsys, "gaps", *who)
        assert "park" not in out
        assert err.splitlines()[-1].startswith("coach: counts only")
        out, _ = _run(capsys, "queue", *who)
        assert out == "waiting\tlate\n1\t0\n"
        _, err = _run(capsys, "export", *who, expect=2)
        assert "only a coach exports" in err
    assert _json(capsys, "gaps", "--as", "ken")[0].keys() == {"id", "asked", "people", "told", "closed"}
    assert "park" in _run(capsys, "gaps", "--as", "ada")[0]


def test_gaps_name_who_asks_and_whom_to_ask_for_the_missing_playbook(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.ask(PARKING)
    office.ask(PARKING, person="U2")
    (gap,) = _json(capsys, "gaps", "--as", "dora")
    assert (gap["asked"], gap["people"], gap["roles"]) == (2, 2, {"north": 2})
    assert {each["question"] for each in gap["questions"]} == {PARKING}
    assert _run(capsys, "gaps", "--as", "dora")[0].count("\n") == 2


def test_the_queue_is_what_this_coach_may_read(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.ask(SECRET, DORA)
    office.ask(VISIT)
    assert [each["question"] for each in _json(capsys, "queue", "--as", "dora")] == [SECRET, VISIT]
    assert [each["question"] for each in _json(capsys, "queue", "--as", "rolf")] == [VISIT]


def test_the_csv_is_one_tidy_table_without_formulas(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.ask(VISIT)
    (tmp_path / "plans" / "formula.md").write_text("---\ntitle: =1+1\n---\n# x\n\nNothing.\n", "utf-8")
    office.assistant.library.ingest([tmp_path / "plans"])
    _run(capsys, "stats", "--csv", tmp_path / "stats.csv", "--as", "dora")
    with (tmp_path / "stats.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["section", "name", "value", "low", "high"]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert any(row["name"].startswith("'=1+1") for row in rows)


def test_a_file_that_cannot_be_written_is_one_line_on_stderr(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = _run(capsys, "stats", "--csv", tmp_path / "none" / "stats.csv", expect=2)
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("coach: ")


def test_agreement_between_coaches_comes_with_its_interval(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with bootstrap.catalogue(office.settings).engine.begin() as connection:
        rows = [_verdict(number, coach) for number in range(40) for coach in ("dora", "rolf")]
        connection.execute(sa.insert(review_verdicts), rows)
    found = _rows(capsys, "--as", "dora")
    both = found["agreement", "kappa of dora and rolf, 40 answers"]
    assert 0 < both["low"] <= both["value"] <= both["high"] <= 1
    for what in ("alpha of decisions", "alpha of marks"):
        assert found["agreement", what]["low"] <= found["agreement", what]["value"] < 1
    assert not any("kappa" in name for _, name in _rows(capsys, "--as", "ken"))


def _verdict(number: int, coach: str) -> dict[str, Any]:
    """Two coaches who differ on every eighth answer."""
    good = (number % 2 == 0) != (coach == "rolf" and number % 8 == 0)
    return {
        "key": f"{number} {coach}", "answer": f"a{number}", "coach": coach,
        "decision": "approve" if good else "reject", "marks": {"0": "right" if good else "wrong"},
        "rubric": {}, "reason": "", "better_source": "", "at": time.time() - 60,
    }  # fmt: skip


def test_what_coaches_agree_on_becomes_questions_that_the_benchmark_trusts(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, declined, disputed = office.ask(EVENTS), office.ask(PARKING), office.ask(VISIT)
    made = office.correct(answer, _sentence(answer))
    office.judge(declined, Decision.APPROVE, reason="The library says nothing of the plant.")
    office.judge(disputed, Decision.APPROVE)
    office.judge(disputed, Decision.REJECT, ROLF)
    file = tmp_path / "proposed.jsonl"
    said = _json(capsys, "export", file, "--as", "dora")
    assert (said["questions"], said["left_out"]) == (2, {"coaches disagree": 1})
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    corrected = next(line for line in lines if line["gold"])
    assert corrected["origin"] == f"review {made.id}"
    assert item_of(corrected).hidden == {made.id, answer.id}
    for line in lines:
        for wanted in line["complete"]:
            if wanted.startswith("facts"):
                line["facts"] = [[line["gold"][0][0]["quote"]]]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert len(read(file).items) == 2
    assert main(["eval", "check", str(file)]) == 0, capsys.readouterr().out


def _sentence(answer: Answer) -> str:
    return answer.claims[0].citations[0].quote


def test_a_run_does_not_answer_a_question_with_the_correction_it_was_made_from(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = office.ask(EVENTS)
    office.correct(answer, _sentence(answer))
    assert office.assistant.ask(Question(EVENTS)).reviewed
    file = tmp_path / "proposed.jsonl"
    _run(capsys, "export", file, "--as", "dora")
    item = read(file).items[0]
    assert office.assistant.ask(Question(item.question, hidden=item.hidden)).reviewed is None


def test_nothing_confidential_is_proposed_unless_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.judge(office.ask(SECRET, DORA), Decision.APPROVE)
    out, err = _run(capsys, "export", "--as", "dora")
    assert out == ""
    assert "confidential" in err
    line = json.loads(_run(capsys, "export", "--as", "dora", "--confidential")[0])
    assert (line["question"], line["asker"]) == (SECRET, "mei")
    out, err = _run(capsys, "export", "--as", "rolf", "--confidential")
    assert out == ""
    assert "not open to whoever exports" in err


def test_a_question_whose_sources_changed_is_proposed_no_more(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.judge(office.ask(SECRET, DORA), Decision.APPROVE)
    (tmp_path / "plans" / "heron.md").write_text(HERON.replace("4 percent", "5 percent"), "utf-8")
    office.assistant.library.ingest([tmp_path / "plans"])
    out, err = _run(capsys, "export", "--as", "dora", "--confidential")
    assert out == ""
    assert "does not stand in its document any more" in err
