"""What a probe of coach review is made from: questions, entries, passages, remarks, chosen by the rights of now."""

import random
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests.leaks import texts
from tests.leaks.company import Paper
from tests.leaks.probes import Aim
from tests.leaks.review_office import Office
from tests.leaks.words import traditional

_TELLING = ("title", "file name", "code name", "code number")
"""Ways to ask that tell a secret themselves: only who may know it asks so."""
_OPEN = {
    "en": ("Before any talk about a {}, what do we write down?", "What has to be on paper before we discuss a {}?"),
    "zh-Hans": ("谈{}之前要先写明什么？", "{}要先写明由谁批准吗？"),
}
_ENTRIES = "select id from review_queue order by since desc, id limit 60"
Some = TypeVar("Some")


@dataclass(slots=True)
class Plan:
    """Chooses; `aims` are people whose rights to a document have just changed."""

    office: Office
    chance: random.Random
    aims: deque[Aim] = field(default_factory=deque)

    def target(self, for_coach: bool) -> tuple[str, Paper]:
        """Somebody and a document: half the time one that they may not read, or may no longer."""
        world = self.office.stage.world
        if self.aims and self.chance.random() < 0.4:
            aim = self.aims.popleft()
            if aim.user in self.office.listed():
                return aim.user, world.papers.get(aim.paper.file, aim.paper)
        paper = self.chance.choice([each for each in world.papers.values() if each.canary])
        return self.person(paper, self.chance.random() < 0.5, for_coach and self.chance.random() < 0.85), paper

    def person(self, paper: Paper, may: bool, coach: bool) -> str:
        """Somebody who may, or may not, read a document; `coach`: of the coaches."""
        world = self.office.stage.world
        able = self.office.coaches() if coach else self.office.listed()
        chosen = [each for each in able if world.may_read(each, paper) is may]
        return self.chance.choice(chosen or able or self.office.listed())

    def question(self, user: str, paper: Paper) -> str:
        """What somebody asks: of a document, of what is open to all, or what another asked before."""
        before = [each.question for each in self.office.judge.ledger.given.values()]
        corrected = self.office.judge.ledger.corrected.values()
        asked = [self.office.judge.ledger.given[each].question for each, _ in corrected if each in self._given]
        known = self.office.stage.world.may_read(user, paper)
        roll = self.chance.random()
        if roll < 0.3 and asked and self._mine(user, asked):
            return self.chance.choice(self._mine(user, asked))
        if roll < 0.4 and self._mine(user, before):
            return self.chance.choice(self._mine(user, before))
        if roll < 0.6:
            return self._of_all(paper)
        cases = [each for each in texts.CASES if known or each not in _TELLING]
        return texts.question(self.chance.choice(cases), paper, self.chance)

    @property
    def _given(self) -> Iterable[str]:
        return self.office.judge.ledger.given.keys()

    def _mine(self, user: str, asked: Sequence[str]) -> list[str]:
        """Questions that tell this person no secret by typing them."""
        canaries, world = self.office.judge.canaries, self.office.stage.world
        found = []
        for text in dict.fromkeys(asked):
            secrets = [secret for _, secret in canaries.within(text)]
            if all(isinstance(each, str) or world.may_read(user, each) for each in secrets):
                found.append(text)
        return found

    def _of_all(self, paper: Paper) -> str:
        heading = (
            paper.title.removeprefix(f"{paper.subject} ").split(" " + paper.canary.name)[0] if paper.canary else ""
        )
        wording = _OPEN["en" if paper.script == "en" else "zh-Hans"]
        text = self.chance.choice(wording).format(heading.lower())
        return traditional(text) if paper.script == "zh-Hant" else text

    def sentence(self, paper: Paper) -> str:
        """What a document says, in its own words."""
        return paper.text.rstrip().split("\n\n")[-2]

    def remark(self) -> str:
        """A text that nobody wrote before."""
        return self.office.judge.ledger.remark()

    def some(self, every: Sequence[Some], most: int) -> list[Some]:
        """A few of many."""
        return self.chance.sample(every, min(most, len(every)))

    def entries(self) -> list[str]:
        """The ids of all entries of the queue, whoever may see them: addresses are guessed, or passed on."""
        return self.stored(_ENTRIES)

    def entry_for(self, coach: str) -> list[str]:
        """An entry, half the time one that this coach may see."""
        ledger, every = self.office.judge.ledger, self.entries()
        answers = dict(zip(every, self.stored(f"{_ENTRIES.replace('id', 'answer', 1)}"), strict=False))
        mine = [
            each
            for each in every
            if (given := ledger.given.get(answers.get(each, ""))) and ledger.open_to(coach, given)
        ]
        return self.some(mine if mine and self.chance.random() < 0.7 else every, 1)

    def passages(self, paper: Paper) -> list[str]:
        """The ids of a document's passages."""
        return self.passages_like(f"%/{paper.file}")

    def passages_like(self, file: str) -> list[str]:
        """Those of the documents whose file is named so."""
        return self.stored(
            "select p.id from passages p join documents d on d.id = p.document_id where d.file like ?", file
        )

    def stored(self, query: str, *given: str) -> list[str]:
        """A column of the database."""
        database = sqlite3.connect(self.office.stage.home / "catalogue.sqlite", timeout=30)
        try:
            return [row[0] for row in database.execute(query, given)]
        finally:
            database.close()
