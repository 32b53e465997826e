"""The audit trail: who asked what, what was used, and what was withheld by which rule."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.ask import Assistant
from assistant.questions import Asker, Question, Turn
from integrations.audit import Audit
from integrations.catalogue import SqlCatalogue
from integrations.tables import audit as table
from knowledge.access import ANYONE, Reader
from knowledge.library import Library
from tests.conftest import TODAY, Open, Write

ASKED = "What discount does Larkspur Metals get for the plant contract?"
PLAN = """---
title: Larkspur plan (invented)
kind: account_plan
account: Larkspur Metals
audience: [larkspur-team]
---
# Larkspur plan

Larkspur Metals gets a discount of 17 percent for the plant contract.
"""
RULES = """---
title: Discounts
---
# Discounts

Offer a discount for a contract only with a value case. A discount of a plant contract needs a signature.
"""
DAY = 86_400.0
INSIDER = Reader("cleo", frozenset({"larkspur-team"}))

Ask = Callable[..., Answer]
Latest = Callable[[], tuple[set[str], dict[str, tuple[str, ...]]]]


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def asked(open_library: Open, write: Write) -> Library:
    library = open_library()
    write("plan.md", PLAN)
    library.ingest([write("rules.md", RULES).parent])
    return library


@pytest.fixture
def catalogue(asked: Library, tmp_path: Path) -> Iterator[SqlCatalogue]:
    opened = SqlCatalogue(f"sqlite:///{tmp_path / 'home' / 'catalogue.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def engine(catalogue: SqlCatalogue) -> sa.Engine:
    return catalogue.engine


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def audit(engine: sa.Engine, asked: Library, clock: Clock) -> Audit:
    return Audit(engine, asked, 30, clock)


@pytest.fixture
def ask(asked: Library, audit: Audit) -> Ask:
    """Ask as a reader, and note it."""

    def answered(reader: Reader = ANYONE, text: str = ASKED, **said: object) -> Answer:
        question = Question(text, Asker(reader.person), reader=reader, **said)  # type: ignore[arg-type]
        answer = Assistant(asked).ask(question)
        audit.note(question, answer, "thread", "C1")
        return answer

    return answered


@pytest.fixture
def latest(audit: Audit, catalogue: SqlCatalogue) -> Latest:
    """The titles of what the latest answer used, and of what was withheld, with the rules."""

    def read() -> tuple[set[str], dict[str, tuple[str, ...]]]:
        noted = next(audit.noted())
        ids = [*noted.used, *(each.document for each in noted.withheld)]
        titles = {name: entry.title for name, entry in catalogue.unguarded().entries_of(ids).items()}
        return {titles[each] for each in noted.used}, {titles[e.document]: e.because for e in noted.withheld}

    return read


def test_what_was_used_and_what_was_withheld_is_noted_with_its_rule(audit: Audit, ask: Ask, latest: Latest) -> None:
    answer = ask(Reader("Ann"))
    (noted,) = audit.noted()
    assert (noted.person, noted.surface, noted.channel, noted.question) == ("ann", "thread", "C1", ASKED)
    assert (noted.answer, noted.outcome) == (answer.id, answer.outcome.value)
    assert latest() == (
        {"Discounts"},
        {"Larkspur plan (invented)": ("audience larkspur-team does not admit Ann",)},
    )


def test_nothing_is_withheld_from_those_who_may_read_it(ask: Ask, latest: Latest) -> None:
    ask(INSIDER)
    used, withheld = latest()
    assert "Larkspur plan (invented)" in used
    assert withheld == {}


def test_those_beside_an_asker_are_named_as_the_reason(ask: Ask, latest: Latest) -> None:
    ask(INSIDER.among([Reader("bob"), INSIDER]))
    assert latest()[1] == {"Larkspur plan (invented)": ("audience larkspur-team does not admit someone beside: bob",)}


def test_what_is_out_of_force_or_replaced_is_withheld_by_that_rule(
    asked: Library, ask: Ask, latest: Latest, write: Write
) -> None:
    front = f"---\ntitle: Old\nexpires: {TODAY - timedelta(days=1)}\n---\n# Old\n\nA lantern licence costs 7 marks.\n"
    write("old.md", front)
    newer = "---\ntitle: New\nsupersedes: older.md\n---\n# New\n\nA lantern licence for the harbour costs 9 marks.\n"
    write("new.md", newer)
    asked.ingest([write("older.md", "# Older\n\nA lantern licence of the guild costs 8 marks.\n").parent])
    ask(text="What does a lantern licence cost?")
    withheld = latest()[1]
    assert withheld["Old"] == (f"not in force since {TODAY}",)
    (rule,) = withheld["Older"]
    assert rule.startswith("superseded by New (")
    assert "New" not in withheld


def test_a_revocation_while_an_answer_was_made_counts(audit: Audit, ask: Ask, latest: Latest) -> None:
    ask(INSIDER, rights=lambda: ANYONE)
    (noted,) = audit.noted()
    assert "Larkspur plan (invented)" in latest()[1]
    assert noted.person == "cleo"


def test_a_follow_up_is_searched_together_with_what_it_leans_on(audit: Audit, ask: Ask, latest: Latest) -> None:
    ask(Reader("ann"), "And for the plant?", history=(Turn("user", "What discount does Larkspur Metals get?"),))
    (noted,) = audit.noted()
    assert noted.question == "And for the plant?"
    assert "Larkspur plan (invented)" in latest()[1]


def test_the_newest_come_first_and_can_be_chosen_by_person_document_and_days(
    audit: Audit, ask: Ask, clock: Clock
) -> None:
    ask(Reader("ann"))
    clock.now += 3 * DAY
    ask(INSIDER)
    clock.now += DAY
    ask(Reader("bob"), "How is a quiet zebra won back?")
    assert [each.person for each in audit.noted()] == ["bob", "cleo", "ann"]
    assert [each.person for each in audit.noted({"ann", "bob"})] == ["bob", "ann"]
    assert [each.person for each in audit.noted(since=2)] == ["bob", "cleo"]
    (plan,) = next(audit.noted({"ann"})).withheld
    assert [each.person for each in audit.noted(document=plan.document)] == ["cleo", "ann"]
    assert list(audit.noted(document="%")) == []


def test_what_is_too_old_goes_at_the_first_note_of_a_day(audit: Audit, ask: Ask, clock: Clock) -> None:
    ask(Reader("ann"))
    clock.now += 30 * DAY
    ask(Reader("bob"))
    assert len(list(audit.noted())) == 2
    clock.now += DAY
    ask(Reader("cleo"))
    assert [each.person for each in audit.noted()] == ["cleo", "bob"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(ages=st.lists(st.floats(0, 90), max_size=12), days=st.integers(1, 60))
def test_no_row_outlives_its_days_and_none_goes_before(
    engine: sa.Engine, asked: Library, ages: list[float], days: int
) -> None:
    clock = Clock()
    row = {"person": "", "surface": "", "channel": "", "question": "q", "answer": "a", "outcome": "declined"}
    rows = [row | {"at": clock() - age * DAY, "used": [], "withheld": []} for age in ages]
    with engine.begin() as connection:
        connection.execute(sa.delete(table))
        if rows:
            connection.execute(sa.insert(table), rows)
    question = Question("zebra")
    Audit(engine, asked, days, clock).note(question, Assistant(asked).ask(question), "terminal")
    with engine.begin() as connection:
        left = sorted(connection.scalars(sa.select(table.c.at)))
    assert left == sorted([*(each["at"] for each in rows if each["at"] >= clock() - days * DAY), clock()])


def test_a_failure_to_audit_stops_nothing_and_its_log_tells_no_contents(
    audit: Audit, ask: Ask, engine: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE audit RENAME TO gone"))
    with caplog.at_level(logging.DEBUG):
        assert ask(Reader("ann")).question == ASKED
    assert [each.levelname for each in caplog.records] == ["WARNING"]
    assert "Larkspur" not in caplog.text
    assert "ann" not in caplog.text.replace("cannot", "")


def test_ordinary_logs_hold_nothing_of_a_question_that_was_audited(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(Reader("ann"))
    assert "Larkspur" not in caplog.text


_NAMES = ["larkspur-team", "legal", "amy"]
_READERS = st.builds(
    Reader.among,
    st.builds(Reader, st.sampled_from(["amy", "bo", ""]), st.frozensets(st.sampled_from(_NAMES))),
    st.lists(st.builds(Reader, st.sampled_from(["amy", "bo"]), st.frozensets(st.sampled_from(_NAMES))), max_size=2),
)


@pytest.fixture
def fenced(library: Library, write: Write) -> Library:
    """Documents on one thing, each for others."""
    for title, audience, says in (
        ("Open", "public", "A lantern licence costs 7 marks in the harbour."),
        ("Larkspur", "larkspur-team", "Larkspur pays 3 marks a year for its lantern licence."),
        ("Lawyers", "legal", "The lantern licence may be withdrawn by a court."),
        ("Amy", "amy", "Amy keeps the register where each lantern licence stands."),
    ):
        write(f"{title}.md", f"---\ntitle: {title}\naudience: [{audience}]\n---\n# {title}\n\n{says}\n")
    library.ingest([write("x.txt", "Nothing of the kind.").parent])
    return library


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(_READERS)
def test_what_is_found_for_a_reader_and_what_is_withheld_share_nothing_and_miss_nothing(
    fenced: Library, reader: Reader
) -> None:
    found = {hit.entry.title for hit in fenced.search("lantern licence", reader).hits}
    withheld = {each.entry.title for each in fenced.withheld("lantern licence", reader)}
    assert not found & withheld
    assert found | withheld == {"Open", "Larkspur", "Lawyers", "Amy"}
