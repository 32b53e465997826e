"""What the library cannot answer yet, over what was asked: for coaches, as far as they may read it, and for askers."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.answers import Answer
from assistant.gaps import Ask, Gap, Missed, Trouble, filled, gap_of, group
from assistant.questions import Asker, Question, Turn
from assistant.reviewed import Corrections, remembered
from assistant.topics import terms_of
from assistant.understand import understand
from integrations.answer_store import AnswerStore, Given
from integrations.askers import identity
from integrations.audit import used
from integrations.entries import slices
from integrations.people import People
from integrations.review.answer_rights import AnswerRights
from integrations.review.library_history import LibraryHistory
from integrations.review.missed import bad, before, texts, told
from integrations.rows import ENTRY, entry_of
from integrations.store import Store
from integrations.tables import documents
from knowledge.access import ANYONE, Reader
from knowledge.documents import Entry
from knowledge.glossary import Glossary
from knowledge.language import bag
from knowledge.library import Library
from knowledge.people import Directory

_DAY = 86_400.0
_NEAREST = 3
_TERMS = 2
# Questions that are older than this nobody waits for any more.
WAITING_DAYS = 90

Bad = list[tuple[Given, tuple[Trouble, ...]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A gap as one reader may see it.

    `questions`, `label`, `nearest`, `owners` and `roles` come from what this reader may read; of the `closed` other
    questions there is nothing but their number. `asked`, `people` and `told` (questions whose askers were told that
    there is an answer now) count all.
    """

    id: str
    label: tuple[str, ...]
    questions: tuple[Missed, ...]
    closed: int
    asked: int
    people: int
    told: int
    roles: Mapping[str, int]
    nearest: tuple[Entry, ...]
    owners: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether anybody still waits for an answer."""
        return self.told < len(self.questions) + self.closed


@dataclass(frozen=True, slots=True)
class Fill:
    """A missed question that has an answer now, from documents that were not there before."""

    gap: str
    answer: str
    person: str
    question: str
    documents: tuple[str, ...]


class Gaps:
    """The questions that were declined or rated badly, in a database that several processes share."""

    def __init__(
        self,
        engine: sa.Engine,
        library: Library,
        people: People,
        corrections: Corrections | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store = Store(engine)
        self._answers = AnswerStore(engine)
        self._library = library
        self._people = people
        self._corrections = corrections
        self._history = LibraryHistory(engine, now)
        self._now = now

    def all(self, since: float = 0.0) -> tuple[Gap, ...]:
        """Every gap of what was asked since then (seconds since 1970); for the machine, never for a reader."""
        return self._grouped(self._bad(since))

    def seen(self, reader: Reader, since: float = 0.0, filled: bool = False) -> list[Seen]:
        """Every gap that is open, or `filled`, too, as this reader may see it, those most people asked for first."""
        missed = self._bad(since)
        gaps = self._grouped(missed)
        near = {each for gap in gaps for each in gap.nearest}
        with self._store.reading() as connection:
            rights = AnswerRights(connection, [given.answer.id for given, _ in missed])
            open_to = {given.answer.id for given, _ in missed if rights.may_read(given.answer, reader)}
            entries = _entries(connection, rights.readable(near, reader))
            better = told(connection)
        directory = self._people.directory()
        views = (_seen(gap, open_to, better, entries, directory) for gap in gaps)
        return [each for each in views if filled or each.open]

    def _bad(self, since: float) -> Bad:
        """What was missed since then, oldest first, each with why."""
        with self._store.reading() as connection:
            why = bad(connection, since)
        given = [each for some in slices(list(why)) for each in self._answers.all(some) if each.created >= since]
        return [(each, tuple(why[each.answer.id])) for each in sorted(given, key=lambda each: each.created)]

    def _grouped(self, missed: Bad) -> tuple[Gap, ...]:
        directory, glossary = self._people.directory(), self._library.glossary
        return group(_missed(given, why, directory, glossary) for given, why in missed)

    def fills(self, ask: Ask, reader_of: Callable[[Given], Reader] | None = None) -> list[Fill]:
        """The missed questions of the last months that have an answer now and whose askers were not told; oldest first.

        To be called after each ingest. `ask` needs no model; `reader_of` says who will see what the asker is told: by
        default the asker alone, by people.yaml.
        """
        self._history.note()
        came = self._history.came()
        if not came:
            return []
        missed = self._bad(self._now() - WAITING_DAYS * _DAY)
        with self._store.reading() as connection:
            better = told(connection)
            waiting = [(each, before(connection, each)) for each, _ in missed if each.answer.id not in better]
            bags = {each: bag(text) for each, text in texts(connection, list(came)).items()}
        found: list[tuple[Given, tuple[str, ...]]] = []
        for given, history in waiting:
            new = self._speaking(given, history, {each: bags[each] for each in bags if came[each] > given.created})
            answer = self._filled(given, history, new, ask, (reader_of or self._alone)(given)) if new else None
            if answer:
                found.append((given, tuple(each for each in used(answer) if each in new)))
        gaps = self._grouped(missed) if found else ()
        whose = {each.answer: gap.id for gap in gaps for each in gap.questions}
        return [
            Fill(whose[given.answer.id], given.answer.id, given.place.person, given.answer.question, rests)
            for given, rests in found
        ]

    def _speaking(self, given: Given, history: tuple[Turn, ...], bags: Mapping[str, str]) -> frozenset[str]:
        """The documents that have enough of a question's terms to be worth a search; most have not."""
        text = "\n".join((given.answer.question, *(turn.text for turn in history)))
        terms = terms_of(text, self._library.glossary)
        enough = min(_TERMS, len(terms))
        return frozenset(name for name, words in bags.items() if sum(each.stands(words) for each in terms) >= enough)

    def _filled(
        self, given: Given, history: tuple[Turn, ...], new: Collection[str], ask: Ask, reader: Reader
    ) -> Answer | None:
        """What a missed question is answered with now; asked only where what came has anything to do with it."""
        text, hidden = given.answer.question, frozenset((given.answer.id,))
        question = Question(text, Asker(given.place.person), history, reader, hidden=hidden)
        return filled(question, ask, new, _had(given.answer)) if self._touched(question, new) else None

    def _touched(self, question: Question, new: Collection[str]) -> bool:
        whole = understand(question, self._library.accounts(question.reader))
        hits = self._library.search(whole.text, question.reader, context=whole.context).hits
        if any(hit.entry.id in new for hit in hits):
            return True
        return (
            self._corrections is not None
            and remembered(self._library, question, self._corrections.current(question.reader)).same is not None
        )

    def _alone(self, given: Given) -> Reader:
        if not self._people.kept:
            return ANYONE
        directory = self._people.directory()
        return directory.reader(identity(given.place.person, directory).name)


def _missed(given: Given, why: tuple[Trouble, ...], directory: Directory, glossary: Glossary) -> Missed:
    answer = given.answer
    return Missed(
        answer=answer.id,
        question=answer.question,
        person=identity(given.place.person, directory).name,
        at=datetime.fromtimestamp(given.created, UTC),
        outcome=answer.outcome,
        why=why,
        terms=terms_of(answer.question, glossary),
        nearest=tuple(used(answer)[:_NEAREST]),
        owners=answer.owners,
    )


def _entries(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Entry]:
    found = {}
    for some in slices(ids):
        for row in connection.execute(sa.select(*ENTRY).where(documents.c.id.in_(some))):
            found[row.id] = entry_of(row)
    return found


def _seen(
    gap: Gap, open_to: Collection[str], told: Collection[str], entries: Mapping[str, Entry], directory: Directory
) -> Seen:
    mine = [each for each in gap.questions if each.answer in open_to]
    shown = gap_of(mine) if mine else None
    near = [entries[each] for each in (shown.nearest if shown else ()) if each in entries][:_NEAREST]
    return Seen(
        id=gap.id,
        label=shown.label if shown else (),
        questions=tuple(mine),
        closed=len(gap.questions) - len(mine),
        asked=gap.asked,
        people=gap.people,
        told=sum(each.answer in told for each in gap.questions),
        roles=_roles({each.person for each in mine}, directory),
        nearest=tuple(near),
        owners=tuple(dict.fromkeys(each.owner for each in near if each.owner)),
    )


def _roles(people: Iterable[str], directory: Directory) -> Mapping[str, int]:
    """How many of these are in each group; the team of an account is no role, and its name may be a secret."""
    groups = (each for person in people for each in directory.reader(person).groups)
    counted = Counter(each for each in groups if not each.startswith("team of "))
    return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _had(answer: Answer) -> frozenset[str]:
    """The passages that an answer showed, and the correction that it was."""
    claims = (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)
    passages = (citation.passage_id for claim in claims for citation in claim.citations)
    return frozenset((*passages, *([answer.reviewed.correction] if answer.reviewed else ())))
