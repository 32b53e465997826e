"""What people typed at coach review, and who may see it: worked out from what was asked, not by the code that shows it.

A question may be seen by whoever asked it, where it was asked, and by coaches who may read all that its answer showed
and know every account it names; once it is corrected, by others who may read that and all the correction cites, too.
What was written of an answer goes by the same rule.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.leaks.canaries import closed_accounts, folded
from tests.leaks.company import Paper
from tests.leaks.policy import World

REMARK = re.compile(r"remark\d{5}")
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Typed:
    """One time that a text was typed: whose it is, where, what it rests on, which accounts it names."""

    persons: frozenset[str]
    room: str
    papers: tuple[str, ...]
    accounts: tuple[str, ...]
    for_coaches: bool


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the database has it: who asked what where, and the files it showed anything of.

    `recalled`: it is, or speaks of, what a coach said before.
    """

    id: str
    asker: str
    surface: str
    room: str
    question: str
    papers: tuple[str, ...]
    recalled: bool


@dataclass(slots=True)
class Ledger:
    """Read again from the database before anything is judged; everything in it was typed by somebody."""

    world: World
    home: Path
    given: dict[str, Given] = field(default_factory=dict)
    corrected: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """The answer that each correction is of, and the files it cites."""
    questions: dict[str, list[Typed]] = field(default_factory=dict)
    remarks: dict[str, list[Typed]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    _files: dict[str, str] = field(default_factory=dict)
    _remark: int = 0
    _state: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.closed = closed_accounts(self.world.company)

    def remark(self) -> str:
        """A text that nobody wrote before, to be found wherever it is shown."""
        self._remark += 1
        return f"Remark {self._remark:05}: see what was agreed."

    def refresh(self) -> None:
        """Read what was typed until now."""
        database = sqlite3.connect(self.home / "catalogue.sqlite", timeout=30)
        try:
            tables = ("answers", "votes", "review_verdicts", "review_corrections")
            state = tuple(database.execute(f"select count(*) from {each}").fetchone()[0] for each in tables)
            if state == self._state:
                return
            self._state = state
            self._files |= {row[0]: _file(row[1]) for row in database.execute("select id, file from documents")}
            self._read_answers(database)
            self._read_corrections(database)
            self.questions, self.remarks = self._questions(), self._remarks(database)
        finally:
            database.close()

    def _read_answers(self, database: sqlite3.Connection) -> None:
        names = {each.name.lower(): each.id for each in self.world.people.values()}
        for name, person, surface, channel, question, answer in database.execute(
            "select id, person, surface, channel, question, answer from answers"
        ):
            if name not in self.given:
                room = channel if surface == "thread" else ""
                asker, said = names.get(person, person), json.loads(answer)
                recalled = bool(said["reviewed"] or said["similar"])
                self.given[name] = Given(name, asker, surface, room, question, self._rests(said), recalled)

    def _read_corrections(self, database: sqlite3.Connection) -> None:
        for name, answer, said in database.execute("select id, answer, correction from review_corrections"):
            self.corrected[name] = answer, self._rests(json.loads(said))

    def _rests(self, said: Any) -> tuple[str, ...]:
        found = dict.fromkeys(_values(said, ("document_id", "document")))
        return tuple(dict.fromkeys(self._files[each] for each in found if each in self._files))

    def accounts_in(self, text: str) -> tuple[str, ...]:
        """The accounts that a text names, in either script, of those that nothing public names."""
        plain = folded(text)
        return tuple(each for each in self.closed if folded(each) in plain)

    def _questions(self) -> dict[str, list[Typed]]:
        found: dict[str, list[Typed]] = defaultdict(list)
        for each in self.given.values():
            found[folded(each.question)].append(self._of(each, frozenset({each.asker})))
        for answer, papers in self.corrected.values():
            if each := self.given.get(answer):
                found[folded(each.question)].append(self._of(each, frozenset({each.asker}), papers, False))
        return {
            text: some for text, some in sorted(found.items(), key=lambda one: -len(one[0])) if len(text) > _SHORTEST
        }

    def _of(self, given: Given, persons: frozenset[str], more: tuple[str, ...] = (), coaches: bool = True) -> Typed:
        return Typed(persons, given.room, (*given.papers, *more), self.accounts_in(given.question), coaches)

    def _remarks(self, database: sqlite3.Connection) -> dict[str, list[Typed]]:
        names = {each.name.lower(): each.id for each in self.world.people.values()}
        found: dict[str, list[Typed]] = defaultdict(list)
        said = "select answer, person, reason from votes union all select answer, coach, reason || better_source"
        for answer, person, text in database.execute(f"{said} from review_verdicts"):
            self._add(found, answer, (names.get(person, person),), text, (), True)
        every = "select id, coach, correction from review_corrections"
        for name, coach, text in database.execute(every):
            answer, papers = self.corrected[name]
            self._add(found, answer, (names.get(coach, coach),), text, papers, False)
        return found

    def _add(
        self,
        found: dict[str, list[Typed]],
        answer: str,
        persons: Iterable[str],
        text: str,
        papers: tuple[str, ...],
        coaches: bool,
    ) -> None:
        given = self.given.get(answer)
        for token in set(REMARK.findall(folded(text))) if given else ():
            # Where a question was asked nobody sees what was said of it but whoever asked.
            own = Typed(
                frozenset({given.asker, *persons}), "", given.papers + papers, self.accounts_in(given.question), coaches
            )
            found[token].append(own)

    def open_to(self, coach: str, given: Given) -> bool:
        """Whether a coach may see an answer that waits."""
        return self.may_see(coach, self._of(given, frozenset()), "")

    def may_see(self, user: str, typed: Typed, room: str) -> bool:
        """Whether somebody may see a text for this once that it was typed."""
        if user in typed.persons or (room and room == typed.room):
            return True
        if typed.for_coaches and not self.world.is_coach(user):
            return False
        papers = (self._paper(each) for each in typed.papers)
        readable = all(self.world.could_read(user, each) for each in papers if each)
        return readable and all(self.world.knows_account(user, each, late=True) for each in typed.accounts)

    def _paper(self, file: str) -> Paper | None:
        return self.world.papers.get(file) or self.world.gone.get(file)


def _file(path: str) -> str:
    """A path as the company calls the document."""
    return "/".join(Path(path).parts[-2:])


def _values(said: Any, names: tuple[str, ...]) -> Iterator[str]:
    if isinstance(said, dict):
        for name, value in said.items():
            if name in names and isinstance(value, str):
                yield value
            yield from _values(value, names)
    elif isinstance(said, list):
        for each in said:
            yield from _values(each, names)
