"""What coaches do, from the answer that comes before them to the next asker of the same question."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answers import Answer, ClaimKind, Outcome
from assistant.ask import Assistant
from assistant.correction import Correction
from assistant.questions import Asker, Question
from assistant.review import Decision, Mark, Point, Why
from assistant.wording import similar_to
from integrations import bootstrap
from integrations.answer_store import Place
from integrations.review.cases import NoCase, Said
from integrations.review.errands import What
from integrations.review.reviewing import Reviewing
from integrations.settings import Settings
from knowledge.access import ANYONE, Reader
from knowledge.library import Library
from tests.fakes.openai_server import Server, running

VISITS = """# Executive visits

## After the visit

Send the promises with owner and date within two working days.
Thank each guest by name on the same day.
"""
HERON = """---
kind: account_plan
account: Heron Foods
audience: deal
---
# Heron Foods

The buyer of Heron Foods wants a rebate of 4 % before the visit.
"""
PEOPLE = """
people:
  Mei: {slack: U1}
  Ken: {slack: U2}
  Dora: {slack: U3}
  Rolf: {slack: U4}
groups:
  deal: [Mei, Dora]
coaches: [Dora, Rolf]
"""
ASKED = "What do we do after an executive visit?"
REWORDED = "After a visit by their executives, what do we have to do?"
DORA, ROLF = Reader("dora", frozenset({"deal"})), Reader("rolf")
SAID = Said(decision=Decision.APPROVE, marks={0: Mark.RIGHT}, rubric={Point.SPECIFIC: True}, key="k1")


@dataclass
class Office:
    """A library, who asks it, and who coaches."""

    home: Path
    settings: Settings
    library: Library
    review: Reviewing
    assistant: Assistant

    def write(self, name: str, text: str) -> None:
        (self.home / "docs" / name).write_text(text, "utf-8")
        self.library.ingest([self.home / "docs"])

    def ask(self, text: str = ASKED, reader: Reader = ANYONE, person: str = "U1") -> Answer:
        question = Question(text, Asker(person), reader=reader)
        answer = self.assistant.ask(question)
        self.review.answers.keep(answer, Place(person, "thread", "T1", "C1", "1.0"))
        self.review.intake.answered(question, answer, person)
        return answer

    def entry(self, answer: Answer, coach: Reader = DORA) -> str:
        return next(each.id for each in self.review.coaching.queue(coach) if each.answer == answer.id)

    def correct(self, answer: Answer, text: str, coach: Reader = DORA, key: str = "k2") -> object:
        said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key=key)
        return self.review.coaching.correct(self.entry(answer, coach), coach, text, said, "en")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "docs").mkdir()
    (tmp_path / "people.yaml").write_text(PEOPLE, "utf-8")
    settings = Settings(home=tmp_path / "home", people=tmp_path / "people.yaml", review_share=0)
    library = bootstrap.library(settings)
    office = Office(
        tmp_path, settings, library, bootstrap.reviewing(settings, library), bootstrap.assistant(settings, library)
    )
    office.write("visits.md", VISITS)
    office.write("heron.md", HERON)
    return office


def _voted_down(office: Office, reader: Reader = ANYONE, text: str = ASKED) -> Answer:
    answer = office.ask(text, reader)
    office.review.intake.voted(answer.id, "U1", "down", "too thin")
    return answer


def test_a_vote_against_an_answer_puts_it_before_coaches_with_what_the_asker_wrote(office: Office) -> None:
    answer = _voted_down(office)
    case = office.review.coaching.case(office.entry(answer), DORA)
    assert Why.DOWN_VOTE in case.entry.reasons
    assert case.votes == (("down", "too thin"),)
    assert case.answer == answer_as_kept(office, answer)
    assert case.offered[1].entry.title == "Executive visits"


def answer_as_kept(office: Office, answer: Answer) -> Answer:
    given = office.review.answers.find(answer.id)
    assert given
    return given.answer


def test_whoever_is_no_coach_sees_no_queue_and_no_case(office: Office) -> None:
    entry = office.entry(_voted_down(office))
    ken = Reader("ken")
    assert office.review.coaching.queue(ken) == []
    assert office.review.coaching.search("visit", ken) == []
    for attempt in (office.review.coaching.case, lambda *given: office.review.coaching.judge(*given, SAID)):
        with pytest.raises(NoCase):
            attempt(entry, ken)
    assert not office.review.coaching.claim(entry, ken)


def test_a_coach_sees_no_answer_that_rests_on_what_they_may_not_read(office: Office) -> None:
    answer = _voted_down(office, DORA, "What rebate does Heron Foods want before the visit?")
    assert "4 %" in str(answer)
    entry = office.entry(answer, DORA)
    assert office.review.coaching.queue(ROLF) == []
    with pytest.raises(NoCase):
        office.review.coaching.case(entry, ROLF)


def test_a_question_that_names_an_account_is_for_coaches_who_may_know_of_it(office: Office) -> None:
    _voted_down(office, ANYONE, "Who signs for Heron Foods in Norway?")
    assert len(office.review.coaching.queue(DORA)) == 1
    assert office.review.coaching.queue(ROLF) == []


def test_the_same_press_of_a_button_is_one_verdict(office: Office) -> None:
    entry = office.entry(_voted_down(office))
    assert office.review.coaching.judge(entry, DORA, SAID)
    assert not office.review.coaching.judge(entry, DORA, SAID)
    assert len(office.review.coaching.case(entry, DORA).verdicts) == 1


def test_a_line_that_its_source_does_not_bear_out_is_refused_with_what_to_mend(office: Office) -> None:
    answer = _voted_down(office)
    faults = office.correct(answer, "Send the promises within five working days. [1]")
    assert isinstance(faults, tuple)
    assert "five" in faults[0].mend
    assert office.review.corrections.current(DORA) == []
    assert office.review.coaching.queue(DORA)


@pytest.mark.parametrize("again", [ASKED, "what should we do after an executive visit"])
def test_a_correction_answers_the_next_who_asks_the_same_in_the_coachs_words(office: Office, again: str) -> None:
    answer = _voted_down(office)
    made = office.correct(answer, "The promises go out within two working days. [1]\nI call the guest the day after.")
    assert isinstance(made, Correction)
    told = office.ask(again, person="U2")
    assert told.outcome is Outcome.ANSWERED
    assert told.reviewed is not None
    assert (told.reviewed.coach, told.reviewed.correction) == ("dora", made.id)
    assert [each.text for each in told.claims] == [
        "The promises go out within two working days.",
        "I call the guest the day after.",
    ]
    assert [each.kind for each in told.claims] == [ClaimKind.RULE, ClaimKind.ADVICE]
    assert told.claims[0].citations[0].quote in VISITS
    assert office.review.recheck.still(told, ANYONE) == told


def test_the_asker_is_to_be_told_of_a_correction_once(office: Office) -> None:
    answer = _voted_down(office)
    for _ in range(2):
        office.correct(answer, "Thank each guest by name. [1]") if office.review.coaching.queue(DORA) else None
    told = [each for each in office.review.errands.take() if each.what is What.CORRECTED]
    assert [each.about["answer"] for each in told] == [answer.id]


def test_a_question_of_an_evaluation_is_not_answered_with_the_correction_that_it_came_from(office: Office) -> None:
    made = office.correct(_voted_down(office), "Thank each guest by name. [1]")
    assert isinstance(made, Correction)
    for origin in (made.id, made.answer):
        hidden = Question(ASKED, hidden=frozenset({origin}))
        assert office.assistant.ask(hidden).reviewed is None
    assert office.assistant.ask(Question(ASKED)).reviewed


def test_a_later_correction_of_the_same_answer_stands_in_place_of_the_first(office: Office) -> None:
    answer = _voted_down(office)
    entry = office.entry(answer)
    office.correct(answer, "Thank each guest by name. [1]")
    said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key="k3")
    office.review.coaching.correct(entry, DORA, "Send the promises within two working days. [1]", said, "en")
    (held,) = office.review.corrections.current(DORA)
    assert held.statements[0].text.startswith("Send the promises")
    assert len(office.review.coaching.case(entry, DORA).verdicts) == 2


def test_a_correction_is_for_nobody_who_may_not_read_what_it_rests_on(office: Office) -> None:
    text = "What rebate does Heron Foods want before the visit?"
    answer = _voted_down(office, DORA, text)
    made = office.correct(answer, "The buyer of Heron Foods asks for a rebate of 4 %. [1]")
    assert isinstance(made, Correction)
    assert made.account == "Heron Foods"
    assert office.ask(text, DORA).reviewed
    outside = office.ask(text, ROLF)
    assert outside.reviewed is None
    assert "4 %" not in str(outside)


def test_an_edited_source_takes_a_correction_out_of_answers_until_it_is_verified_again(office: Office) -> None:
    answer = _voted_down(office)
    office.correct(answer, "Thank each guest by name. [1]")
    told = office.ask()
    assert told.reviewed
    office.write("visits.md", VISITS + "\nAsk who else should come next time.\n")
    assert office.ask().reviewed is None
    assert office.review.recheck.still(told, ANYONE).reviewed is None
    assert office.review.intake.sources_changed() == 1
    (stale,) = (each for each in office.review.coaching.queue(DORA) if Why.STALE in each.reasons)
    assert stale.assigned == "dora"
    assert office.review.coaching.case(stale.id, DORA).kept
    assert office.review.coaching.verify_again(stale.id, DORA)
    assert office.ask().reviewed
    assert not any(Why.STALE in each.reasons for each in office.review.coaching.queue(DORA))


def test_a_correction_whose_quote_is_gone_cannot_be_verified_again(office: Office) -> None:
    office.correct(_voted_down(office), "Thank each guest by name. [1]")
    office.write("visits.md", VISITS.replace("Thank each guest by name on the same day.", "Wait for a word."))
    office.review.intake.sources_changed()
    (stale,) = (each for each in office.review.coaching.queue(DORA) if Why.STALE in each.reasons)
    assert not office.review.coaching.verify_again(stale.id, DORA)
    assert office.ask().reviewed is None


def test_without_a_people_file_whoever_has_a_name_may_coach(office: Office) -> None:
    (office.home / "people.yaml").unlink()
    assert office.review.coaching.is_coach(Reader("ken"))
    assert not office.review.coaching.is_coach(ANYONE)


def test_corrections_outlive_the_database_they_were_noted_in(office: Office) -> None:
    made = office.correct(_voted_down(office), "Thank each guest by name. [1]")
    bootstrap.catalogue(office.settings).close()
    for each in office.settings.home.glob("catalogue.sqlite*"):
        each.unlink()
    library = bootstrap.library(office.settings)
    library.ingest([office.home / "docs"])
    bootstrap.reviewed_again(office.settings, library)
    assert bootstrap.corrections(office.settings, library).current(DORA) == [made]


def test_whoever_asked_what_a_new_document_answers_is_to_be_told_once(office: Office) -> None:
    office.review.intake.gaps_filled()
    asked = office.ask("Who approves a discount above nine percent?", person="U2")
    assert asked.outcome is Outcome.DECLINED
    assert office.review.intake.gaps_filled() == 0
    office.write("discounts.md", "# Discounts\n\nThe regional director approves every discount above nine percent.\n")
    assert office.review.intake.gaps_filled() == 1
    (filled,) = (each for each in office.review.errands.take() if each.what is What.FILLED)
    assert filled.about["answer"] == asked.id
    assert office.review.intake.gaps_filled() == 0


def test_nobody_is_told_of_an_answer_that_they_may_not_read(office: Office) -> None:
    office.review.intake.gaps_filled()
    office.ask("Who approves a discount above nine percent?", person="U2")
    text = (
        "---\naudience: deal\n---\n# Discounts\n\nThe regional director approves every discount above nine percent.\n"
    )
    office.write("discounts.md", text)
    assert office.review.intake.gaps_filled() == 0


def test_a_correction_of_a_question_like_the_one_asked_is_offered_and_not_given(office: Office) -> None:
    made = office.correct(_voted_down(office), "Thank each guest by name. [1]")
    assert isinstance(made, Correction)
    told = office.ask("What do we do on the day after an executive visit and who does it?")
    assert told.reviewed is None
    assert told.similar is not None
    assert (told.similar.correction, told.similar.question) == (made.id, ASKED)
    assert ASKED in similar_to(told)
    office.write("visits.md", VISITS + "\nOne more line.\n")
    assert office.review.recheck.still(told, ANYONE).similar is None


def test_what_a_coach_corrected_about_a_secret_is_not_even_offered_to_others(office: Office) -> None:
    text = "What rebate does Heron Foods want before the visit?"
    office.correct(_voted_down(office, DORA, text), "The buyer of Heron Foods asks for a rebate of 4 %. [1]")
    like = "Which rebate did Heron Foods ask for before we visit them?"
    assert office.ask(like, DORA).similar or office.ask(like, DORA).reviewed
    assert office.ask(like, ROLF).similar is None


@contextmanager
def _a_model(office: Office, said: str) -> Iterator[tuple[Assistant, Server]]:
    """An assistant whose model says this when it is asked which question is the same."""
    with running("vllm") as server:
        server.when(lambda request: "SAME:" in request.messages[0]["content"], said)
        asking = {"model": "fake-chat", "model_url": server.url, "MODEL_KEY": server.key}
        settings = Settings.model_validate(office.settings.model_dump(exclude={"model_key"}) | asking)
        yield bootstrap.assistant(settings, office.library), server
        assert not server.complaints


@pytest.mark.parametrize(("said", "given"), [("SAME: 1", True), ("SAME: none", False), ("Yes!", False)])
def test_a_model_says_whether_a_question_like_it_is_the_same(office: Office, said: str, given: bool) -> None:
    office.correct(_voted_down(office), "Thank each guest by name. [1]")
    with _a_model(office, said) as (assistant, _):
        answer = assistant.ask(Question("What do we do on the day after an executive visit and who does it?"))
        assert (answer.reviewed is not None) is given
        assert (answer.similar is not None) is not given
        assert answer.usage["calls"] == (1 if given else answer.usage["calls"])


@pytest.mark.parametrize(("said", "given"), [("SAME: none", False), ("I cannot say.", True)])
def test_a_model_overrules_what_rules_take_for_the_same_unless_it_fails(office: Office, said: str, given: bool) -> None:
    office.correct(_voted_down(office), "Thank each guest by name. [1]")
    assert office.ask(REWORDED).reviewed
    with _a_model(office, said) as (assistant, _):
        assert (assistant.ask(Question(REWORDED)).reviewed is not None) is given


def test_no_model_is_asked_about_a_question_that_was_asked_word_for_word(office: Office) -> None:
    office.correct(_voted_down(office), "Thank each guest by name. [1]")
    with _a_model(office, "SAME: none") as (assistant, server):
        assert assistant.ask(Question(ASKED)).reviewed
        assert not server.requests


def test_no_account_is_told_what_was_corrected_for_another_whatever_a_model_says(office: Office) -> None:
    office.write("larch.md", HERON.replace("Heron Foods", "Larch Mills").replace("deal", "public").replace("4", "7"))
    text = "What rebate does Heron Foods want before the visit?"
    office.correct(_voted_down(office, DORA, text), "The buyer of Heron Foods asks for a rebate of 4 %. [1]")
    with _a_model(office, "SAME: 1") as (assistant, _):
        about_another = Question("What rebate does Larch Mills want before the visit?", reader=DORA)
        answer = assistant.ask(about_another)
        assert answer.reviewed is None
        assert "4 %" not in str([each.text for each in answer.claims])


def test_an_entry_that_names_an_account_closes_with_the_account(office: Office) -> None:
    office.write("heron.md", HERON.replace("audience: deal", "audience: [deal, rolf]"))
    entry = office.entry(_voted_down(office, ANYONE, "Who signs for Heron Foods in Norway?"), ROLF)
    office.write("heron.md", HERON)
    assert office.review.coaching.queue(ROLF) == []
    with pytest.raises(NoCase):
        office.review.coaching.case(entry, ROLF)
    assert office.review.coaching.queue(DORA)


def test_an_entry_about_a_stale_correction_closes_with_what_the_answer_showed(office: Office) -> None:
    office.write(
        "heron.md", HERON.replace("audience: deal", "audience: [deal, rolf]").replace("account: Heron Foods\n", "")
    )
    answer = _voted_down(office, DORA, "What rebate does Heron Foods want before the visit?")
    entry = office.entry(answer, DORA)
    found = [hit.passage.id for hit in office.review.coaching.search("Thank each guest by name", DORA)]
    said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key="k9")
    number = office.review.coaching.case(entry, DORA, found).offered
    cited = next(at for at, hit in number.items() if hit.entry.title == "Executive visits")
    made = office.review.coaching.correct(entry, DORA, f"Thank each guest by name. [{cited}]", said, "en", found)
    assert isinstance(made, Correction)
    office.write("heron.md", HERON.replace("account: Heron Foods\n", ""))
    office.write("visits.md", VISITS + "\nOne more line.\n")
    office.review.intake.sources_changed()
    assert any(Why.STALE in each.reasons for each in office.review.coaching.queue(DORA))
    assert office.review.coaching.queue(ROLF) == []


def test_a_correction_closes_with_what_the_corrected_answer_showed(office: Office) -> None:
    plan = HERON.replace("account: Heron Foods\n", "")
    office.write("heron.md", plan.replace("audience: deal", "audience: [deal, rolf]"))
    answer = _voted_down(office, DORA, "What rebate does Heron Foods want before the visit?")
    assert isinstance(office.correct(answer, "I would never name a number first."), Correction)
    assert office.review.corrections.current(ROLF)
    office.write("heron.md", plan)
    assert office.review.corrections.current(ROLF) == []
    assert len(office.review.corrections.hidden_from(ROLF)) == 1
    assert office.review.corrections.current(DORA)
