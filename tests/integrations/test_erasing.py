"""Erasing a person: everything of theirs goes, also from the bytes of the database, and nothing of anybody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Outcome
from integrations.answer_store import AnswerStore
from integrations.askers import Identity, identity
from integrations.catalogue import SqlCatalogue
from integrations.erasing import Traces
from integrations.slack.incoming import Incoming
from integrations.slack.journal import Journal
from integrations.tables import answers, audit, metadata, slack_inbox, votes
from integrations.web.sessions import OWN_MACHINE, Sessions
from knowledge.people import Directory

PEOPLE = Directory.of({"people": {"ann": {"slack": ["U1", "U2"]}, "bob": {"slack": "U3"}}})
ANN = identity("Ann", PEOPLE)
KEPT = (slack_inbox, answers, votes, audit)
SECRET = "How do we tell Larkspur of the marmalade"
BESIDE = "audience larkspur does not admit someone beside: ann, zoe"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield catalogue.engine
    catalogue.close()


def _asked(engine: sa.Engine, number: int, person: str, known_as: str, text: str = "What is a quiet account?") -> str:
    """A question in the journal with its answer, a vote and an audit row."""
    store = AnswerStore(engine)
    incoming = Incoming(f"E{number}", "T1", "C1", person, text, "thread", f"{number}.0", "1.0")
    assert Journal(engine).record(incoming)
    answer = Answer(f"A{number}", text, Outcome.DECLINED, "en")
    store.keep(answer, incoming.place)
    store.vote(answer.id, person, "down", f"reason {text}")
    _audited(engine, known_as, text)
    return answer.id


def _audited(engine: sa.Engine, known_as: str, text: str, *rules: str) -> None:
    row = {"at": 1.0, "person": known_as, "surface": "thread", "channel": "C1", "question": text, "answer": "A"}
    withheld = [{"document": "d", "because": list(rules)}] if rules else []
    with engine.begin() as connection:
        connection.execute(sa.insert(audit).values(**row, outcome="declined", used=[], withheld=withheld))


def _left(engine: sa.Engine) -> dict[str, int]:
    with engine.begin() as connection:
        return {each.name: connection.scalar(sa.select(sa.func.count()).select_from(each)) or 0 for each in KEPT}


def _everything(engine: sa.Engine) -> str:
    with engine.begin() as connection:
        return repr([connection.execute(sa.select(table)).all() for table in metadata.sorted_tables])


def test_questions_answers_votes_and_audit_rows_of_every_slack_id_go(engine: sa.Engine) -> None:
    _asked(engine, 1, "U1", "ann")
    _asked(engine, 2, "U2", "ann")
    _asked(engine, 3, "U3", "bob")
    expected = {"questions": 2, "answers": 2, "votes": 2, "sessions": 0, "audit": 2, "mentions": 0}
    assert Traces(engine, ANN).count() == expected
    assert Traces(engine, ANN).erase() == expected
    assert set(_left(engine).values()) == {1}
    assert Traces(engine, ANN).erase() == dict.fromkeys(expected, 0)


def test_the_conversation_of_another_person_in_the_same_thread_stays_word_for_word(engine: sa.Engine) -> None:
    _asked(engine, 3, "U3", "bob", "And for bob?")
    before = _everything(engine)
    _asked(engine, 1, "U1", "ann")
    Traces(engine, ANN).erase()
    assert _everything(engine) == before


def test_a_vote_on_the_answer_of_another_goes_with_who_gave_it(engine: sa.Engine) -> None:
    answer = _asked(engine, 3, "U3", "bob")
    AnswerStore(engine).vote(answer, "U1", "up")
    assert Traces(engine, ANN).erase()["votes"] == 1
    assert _left(engine)["votes"] == 1


def test_a_name_in_the_audit_rows_of_others_goes_and_the_row_stays(engine: sa.Engine) -> None:
    _audited(engine, "bob", "What is the discount?", BESIDE, "not in force since 2026-01-01")
    _audited(engine, "bob", "And the price?", BESIDE.replace("ann", "annika"))
    assert Traces(engine, ANN).erase() == {
        "questions": 0,
        "answers": 0,
        "votes": 0,
        "sessions": 0,
        "audit": 0,
        "mentions": 1,
    }
    with engine.begin() as connection:
        first, second = connection.scalars(sa.select(audit.c.withheld).order_by(audit.c.number))
    assert first[0]["because"] == [BESIDE.replace("ann", "someone erased"), "not in force since 2026-01-01"]
    assert second[0]["because"] == [BESIDE.replace("ann", "annika")]


def test_nothing_of_what_was_erased_is_left_in_the_files_of_the_database(engine: sa.Engine, tmp_path: Path) -> None:
    for number in range(60):
        _asked(engine, number, "U1", "ann", f"{SECRET} number {number}")
    _asked(engine, 99, "U3", "bob")
    assert any(SECRET.encode() in each.read_bytes() for each in tmp_path.iterdir())
    Traces(engine, ANN).erase()
    assert not any(SECRET.encode() in each.read_bytes() for each in tmp_path.iterdir())
    assert set(_left(engine).values()) == {1}


@pytest.mark.parametrize("called", ["ann", " ANN ", "U1", "u2"])
def test_a_person_is_meant_by_name_or_by_any_slack_id(called: str) -> None:
    assert identity(called, PEOPLE) == Identity("ann", ("U1", "U2"))


def test_a_slack_id_that_nobody_wrote_down_means_itself(engine: sa.Engine) -> None:
    _asked(engine, 1, "U77", "u77")
    _asked(engine, 2, "U1", "ann")
    assert Traces(engine, identity("u77", PEOPLE)).erase()["audit"] == 1
    assert set(_left(engine).values()) == {1}


_ASKERS = st.lists(st.sampled_from([("U1", "ann"), ("U2", "ann"), ("U3", "bob"), ("U9", "u9")]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(_ASKERS)
def test_erasing_leaves_what_there_would_be_had_that_person_never_asked(
    engine: sa.Engine, askers: list[tuple[str, str]]
) -> None:
    with engine.begin() as connection:
        for table in KEPT:
            connection.execute(sa.delete(table))
    for number, (slack, name) in enumerate(askers):
        _asked(engine, number, slack, name, f"question {number}")
    Traces(engine, ANN).erase()
    others = sorted(slack for slack, name in askers if name != "ann")
    with engine.begin() as connection:
        assert sorted(each["person"] for each in connection.scalars(sa.select(slack_inbox.c.incoming))) == others
        assert sorted(connection.scalars(sa.select(answers.c.person))) == others
        assert sorted(connection.scalars(sa.select(votes.c.person))) == others
        names = sorted(name for _, name in askers if name != "ann")
        assert sorted(connection.scalars(sa.select(audit.c.person))) == names


def test_a_person_is_signed_out_of_the_console(engine: sa.Engine) -> None:
    sessions = Sessions(engine, OWN_MACHINE)
    ann, bob = sessions.begin("ann"), sessions.begin("bob")
    assert Traces(engine, ANN).erase()["sessions"] == 1
    assert sessions.find(ann) is None
    assert sessions.find(bob) is not None
