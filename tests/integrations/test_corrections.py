"""Corrections over the real library: promoted, found, stale as soon as a source is not what it was, rebuilt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.correction import Correction, Desk, Scope, cites_of, narrowest, typed, until
from assistant.correction_check import check_correction
from assistant.recall import recall
from assistant.review import Why
from assistant.review_export import benchmark_line
from evals.benchmark import item_of
from integrations.askers import Identity
from integrations.catalogue import SqlCatalogue
from integrations.review import files as reviewed_files
from integrations.review.corrections import NOBODY, Corrections, Lapse
from integrations.review.erasing import ReviewTraces
from integrations.review.errands import Errands
from integrations.review.files import WrongCorrection
from integrations.review.queue import Reviews
from integrations.review.stale import ask_owners
from integrations.store import Store
from integrations.tables import review_cites, review_corrections
from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE, Audience, Reader
from knowledge.documents import Entry, Kind, Passage
from knowledge.glossary import shipped
from knowledge.library import Library

TODAY = date(2026, 3, 2)
ANN = Reader("ann", frozenset({"east"}))
QUESTION = "When must the promises of an executive visit be sent?"
LINES = "The promises go out within two working days. [1]\nI call the guest the day after."
VISITS = "# Executive visits\n\nSend the promises with owner and date within two working days. Thank each guest.\n"


@dataclass
class Stage:
    """A library of one folder, with a clock that tests turn."""

    folder: Path
    home: Path
    catalogue: SqlCatalogue
    day: date = TODAY

    def __post_init__(self) -> None:
        self.engine = self.catalogue.engine
        self.library = Library(self.catalogue, TantivyIndex(self.home), shipped, today=lambda: self.day)
        self.corrections = Corrections(self.engine, self.library, self.home / "reviewed", lambda: self.day)

    def write(self, text: str = VISITS, name: str = "visits.md", **fields: object) -> None:
        """Put a document into the folder and the folder into the library."""
        front = "".join(f"{key}: {value}\n" for key, value in fields.items())
        (self.folder / name).write_text(f"---\n{front}---\n{text}" if front else text, "utf-8")
        self.library.ingest([self.folder])

    def corrected(self, reader: Reader = ANN, lines: str = LINES, name: str = "c1") -> Correction:
        """A correction whose lines cite what a search for the question finds."""
        hits = [hit for hit in self.library.search(QUESTION, reader).hits if hit.entry.kind is Kind.PLAYBOOK]
        sources = {hit.passage.id: (hit.passage, hit.entry) for hit in hits}
        offered = dict(enumerate(hits, start=1))
        desk = Desk(QUESTION, "Dora Vance", "en", offered, sources, (), (), self.library.glossary)
        checked = check_correction(typed(lines), desk)
        assert not checked.faults
        return Correction(
            id=name,
            answer="a1",
            question=QUESTION,
            coach="Dora Vance",
            language="en",
            statements=checked.statements,
            cites=cites_of(checked.statements, sources),
            audience=narrowest([hit.entry.audience for hit in hits]),
            effective=self.day,
            expires=until(self.day),
            scope=Scope(("Aurora Grid",), ("visits",)),
        )

    def lapses(self, name: str = "c1") -> frozenset[Lapse]:
        """Why a correction does not hold at this moment."""
        return self.corrections.stale().get(name, frozenset())

    def holding(self, reader: Reader) -> Callable[[str], Sequence[tuple[Passage, Entry]]]:
        """The passages of a document as they are now."""

        def held(document: str) -> Sequence[tuple[Passage, Entry]]:
            ids = [each.id for each in self.library.document(document, reader)]
            return list(self.library.passages(ids, reader).values())

        return held


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    (tmp_path / "docs").mkdir()
    home = tmp_path / "home"
    catalogue = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")
    stage = Stage(tmp_path / "docs", home, catalogue)
    stage.write()
    yield stage
    catalogue.close()


def test_a_promoted_correction_is_a_document_that_answers_its_question_and_is_quoted_for_no_other(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    entries = stage.catalogue.unguarded().entries()
    (entry,) = (each for each in entries if each.kind is Kind.REVIEWED_ANSWER)
    assert (entry.owner, entry.expires) == ("Dora Vance", until(TODAY))
    assert stage.corrections.current(ANN) == [stage.corrected()]
    assert stage.library.document(entry.id, ANN) == []
    found = stage.library.search(QUESTION, ANN).hits
    assert found
    assert not any(hit.entry.kind is Kind.REVIEWED_ANSWER for hit in found)


def test_a_file_gives_back_the_correction_it_was_made_of(stage: Stage) -> None:
    made = stage.corrected()
    assert reviewed_files.read(reviewed_files.write(stage.home, made)) == made


def test_a_statement_that_would_not_be_read_back_is_refused(stage: Stage) -> None:
    made = stage.corrected()
    broken = replace(made, statements=(replace(made.statements[0], text="one\n\ntwo"),))
    with pytest.raises(WrongCorrection):
        stage.corrections.promote(broken)
    assert stage.corrections.current(ANN) == []


def test_nothing_is_stale_while_nothing_changed(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.library.ingest([stage.folder])
    assert stage.lapses() == frozenset()


@pytest.mark.parametrize(
    ("change", "lapse"),
    [
        (lambda stage: stage.write(VISITS.replace("two", "three")), Lapse.CHANGED),
        (lambda stage: stage.write(owner="Someone Else"), Lapse.CHANGED),
        (
            lambda stage: stage.write("# New\n\nSend them at once.\n", "new.md", supersedes="visits.md"),
            Lapse.SUPERSEDED,
        ),
    ],
)
def test_a_correction_is_stale_after_one_ingest_of_a_changed_source(
    stage: Stage, change: Callable[[Stage], None], lapse: Lapse
) -> None:
    stage.corrections.promote(stage.corrected())
    change(stage)
    assert stage.lapses() == {lapse}
    assert stage.corrections.current(ANN) == []


def test_a_correction_is_stale_after_its_source_went(stage: Stage) -> None:
    stage.write("# Other\n\nThe iron triangle meets weekly.\n", "other.md")
    stage.corrections.promote(stage.corrected())
    (stage.folder / "visits.md").unlink()
    stage.library.ingest([stage.folder])
    assert stage.lapses() == {Lapse.GONE}


def test_a_correction_is_stale_the_day_after_its_source_or_itself_expires(stage: Stage) -> None:
    stage.write(expires="2026-03-10")
    stage.corrections.promote(stage.corrected())
    stage.day = date(2026, 3, 10)
    assert not stage.lapses()
    stage.day = date(2026, 3, 11)
    assert stage.lapses() == {Lapse.EXPIRED}
    stage.write(expires="2027-01-01")
    stage.corrections.promote(stage.corrected())
    stage.day = until(stage.day)
    assert not stage.lapses()
    stage.day = until(stage.day, 1)
    assert stage.lapses() == {Lapse.EXPIRED}


def test_a_replacement_that_is_not_in_force_yet_changes_nothing(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.write("# New\n\nSend them.\n", "new.md", supersedes="visits.md", effective="2026-04-01")
    assert not stage.lapses()
    stage.day = date(2026, 4, 1)
    assert stage.lapses() == {Lapse.SUPERSEDED}


def test_nobody_sees_a_correction_who_may_not_read_what_it_rests_on(stage: Stage) -> None:
    stage.write(audience="[east]")
    made = stage.corrected()
    assert made.audience == Audience(frozenset({"east"}))
    stage.corrections.promote(made)
    assert stage.corrections.current(ANN)
    assert stage.corrections.kept(ANYONE) == []
    assert not any(hit.entry.kind is Kind.REVIEWED_ANSWER for hit in stage.library.search(QUESTION, ANYONE).hits)


def test_a_source_that_is_closed_later_hides_what_rests_on_it(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.write(audience="[board]")
    assert stage.corrections.kept(ANN) == []


def test_a_stale_correction_whose_quotes_still_stand_holds_again_once_verified(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.write(VISITS + "\nNothing else changes.\n")
    assert stage.lapses() == {Lapse.CHANGED}
    stage.day = date(2026, 4, 1)
    renewed = stage.corrections.verify_again("c1", ANN, stage.holding(ANN))
    assert renewed is not None
    assert renewed.expires == until(date(2026, 4, 1))
    assert stage.lapses() == frozenset()


def test_a_correction_whose_quote_no_longer_stands_is_not_verified_by_a_click(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.write(VISITS.replace("two", "three"))
    assert stage.corrections.verify_again("c1", ANN, stage.holding(ANN)) is None
    assert stage.lapses() == {Lapse.CHANGED}


def test_everything_is_rebuilt_from_the_files(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    with stage.engine.begin() as connection:
        connection.execute(sa.delete(review_corrections))
        connection.execute(sa.delete(review_cites))
    assert stage.corrections.current(ANN) == []
    assert stage.corrections.restore() == 1
    assert stage.corrections.current(ANN) == [stage.corrected()]


def test_a_withdrawn_correction_is_found_no_more(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    stage.corrections.withdraw("c1")
    assert stage.corrections.kept(ANN) == []
    assert not any(hit.entry.kind is Kind.REVIEWED_ANSWER for hit in stage.library.search(QUESTION, ANN).hits)


def test_the_owner_of_a_stale_correction_is_asked_once_and_again_after_the_next_change(stage: Stage) -> None:
    reviews = Reviews(stage.engine)
    stage.corrections.promote(stage.corrected())
    assert ask_owners(stage.corrections, reviews) == []
    stage.write(VISITS + "\nOne more line.\n")
    once, again = (ask_owners(stage.corrections, reviews) for _ in range(2))
    assert len(once) == 1
    assert once == again
    asked = reviews.page(ANN)
    assert [(each.correction, each.reasons, each.assigned) for each in asked] == [("c1", (Why.STALE,), "dora vance")]
    stage.corrections.verify_again("c1", ANN, stage.holding(ANN))
    stage.write(VISITS + "\nTwo more lines.\n")
    ask_owners(stage.corrections, reviews)
    assert len(reviews.page(ANN)) == 2


def test_the_same_question_of_another_person_recalls_the_correction_in_another_writing(stage: Stage) -> None:
    stage.corrections.promote(replace(stage.corrected(), scope=Scope()))
    for question in (QUESTION, "高层互访的承诺最晚什么时候要发？", "高層互訪的承諾最晚什麼時候要發？"):
        recalled = recall(question, stage.corrections.current(ANN), (), stage.library.glossary)
        assert recalled is not None
    assert (
        recall("Who sends the promises of an executive visit?", stage.corrections.current(ANN), (), shipped()) is None
    )


def test_a_correction_for_one_account_answers_no_question_about_another(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    known = ("Aurora Grid", "Tidewick Payments")
    asked = {name: f"When must the promises of an executive visit be sent at {name}?" for name in known}
    found = {
        name: recall(question, stage.corrections.current(ANN), known, shipped()) for name, question in asked.items()
    }
    assert found["Aurora Grid"]
    assert found["Tidewick Payments"] is None
    assert recall(QUESTION, stage.corrections.current(ANN), known, shipped()) is None


def test_a_correction_makes_a_line_that_the_benchmark_reads(stage: Stage) -> None:
    made = stage.corrected()
    line = benchmark_line(made, [Audience(frozenset({"public"}))])
    assert line is not None
    item = item_of(line)
    assert item.origin == "review c1"
    assert item.gold[0][0].document == "docs/visits.md"
    assert item.facts


def test_a_confidential_correction_goes_into_no_benchmark_unless_told(stage: Stage) -> None:
    east = Audience(frozenset({"east"}))
    made = replace(stage.corrected(), audience=east)
    assert benchmark_line(made, []) is None
    assert benchmark_line(stage.corrected(), [east]) is None
    assert benchmark_line(made, [east], confidential=True) is not None


def test_an_erased_coach_leaves_the_cited_statements_without_a_name(stage: Stage) -> None:
    stage.corrections.promote(stage.corrected())
    dora = Identity("dora vance", ("U9",))
    traces = ReviewTraces(Store(stage.engine), stage.corrections, Errands(stage.engine), dora)
    assert traces.count()["corrections"] == 1
    traces.erase()
    left = stage.corrections.current(ANN)[0]
    assert left.coach == NOBODY
    assert len(left.statements) == 1
    assert "Dora" not in (stage.home / "reviewed" / "c1.md").read_text("utf-8")
