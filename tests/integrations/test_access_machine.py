"""No sequence of asks, follow-ups, shares, revocations and joins shows a passage to a reader outside its audience."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.answers import Answer
from assistant.ask import Assistant
from assistant.questions import Asker, Question
from integrations.answer_store import AnswerStore
from integrations.catalogue import SqlCatalogue
from integrations.recheck import Recheck
from integrations.slack import blocks
from integrations.slack.incoming import Incoming
from integrations.slack.passages import Passages
from integrations.tantivy_index import TantivyIndex
from knowledge.access import Reader
from knowledge.glossary import shipped
from knowledge.library import Library
from knowledge.people import Directory

_PEOPLE = ("amy", "bo", "cai", "dee")
_GROUPS = ("north", "pricing")
_ROOMS = ("C1", "C2")
_AUDIENCES: dict[str, tuple[str, ...]] = {
    "heron": ("public",),
    "osprey": ("north",),
    "kestrel": ("pricing",),
    "merlin": ("north", "pricing"),
    "harrier": ("amy", "bo"),
    "goshawk": ("cai",),
    "falcon": (),
}
# What a document says, titles included, goes by the bird's name read backwards, which nobody types.
_SAID = "The {0} rebate for a quiet account is booked as {1} and is approved by the {0} desk."
_QUESTION = "Which rebate for a quiet account is approved by the {} desk?"
_SOMEBODY, _SOMEWHERE = st.sampled_from(_PEOPLE), st.sampled_from(_ROOMS)
_BIRD = st.sampled_from(sorted(_AUDIENCES))


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="access-machine-")


@cache
def _stores() -> tuple[Library, sa.Engine]:
    """A library with a document for each audience, the same for all sequences: only rights change."""
    folder = Path(_folder().name)
    for bird, audience in _AUDIENCES.items():
        code = bird[::-1]
        head = f"---\naudience: [{', '.join(audience)}]\nowner: {code} desk\n---\n"
        said = _SAID.format(bird, code)
        (folder / f"{code}.md").write_text(f"{head}# Rebate {code}\n\n## The {code}\n\n{said}\n", encoding="utf-8")
    catalogue = SqlCatalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")
    library = Library(catalogue, TantivyIndex(folder), shipped)
    library.ingest(sorted(folder.glob("*.md")))
    return library, catalogue.engine


@pytest.fixture(scope="module", autouse=True)
def stores() -> Iterator[None]:
    yield
    _stores()[1].dispose()
    _folder().cleanup()


class Access(RuleBasedStateMachine):
    """People ask, share and open; rights and members change in between; `_may` is the policy, worked out here."""

    numbers = count()

    def __init__(self) -> None:
        super().__init__()
        self.library, engine = _stores()
        self.answers = AnswerStore(engine)
        self.passages = Passages(self.library, self.answers, Recheck(self.library, lambda _correction, _reader: False))
        self.assistant = Assistant(self.library)
        self.groups = {"north": {"amy", "cai"}, "pricing": {"bo"}}
        self.rooms = {"C1": {"amy", "bo"}, "C2": {"amy", "cai", "dee"}}
        self.run = f"T{next(self.numbers)}"
        self.kept: list[tuple[str, Answer]] = []

    # The policy, worked out once more

    def _may(self, person: str, bird: str) -> bool:
        names = {person, *(group for group in _GROUPS if person in self.groups[group])}
        return not names.isdisjoint(_AUDIENCES[bird]) or "public" in _AUDIENCES[bird]

    def _shown(self, what: object, viewers: set[str]) -> None:
        """Something was shown: there is no code in it of a document that one of its viewers may not read."""
        text = json.dumps(what, ensure_ascii=False).lower()
        for bird in _AUDIENCES:
            if bird[::-1] in text:
                assert all(self._may(each, bird) for each in viewers), f"{bird} shown to {sorted(viewers)}"

    # What the bot knows

    def _directory(self) -> Directory:
        groups = {name: sorted(members) for name, members in self.groups.items()}
        return Directory.of({"people": dict.fromkeys(_PEOPLE), "groups": groups})

    def _reader(self, person: str, room: str = "") -> Reader:
        directory = self._directory()
        others = self.rooms.get(room, set()) - {person}
        return directory.reader(person).among(map(directory.reader, sorted(others)))

    def _ask(self, person: str, bird: str, room: str, thread: str) -> Answer:
        surface = "thread" if room else "private"
        place = Incoming("", self.run, room or "D", person, _QUESTION.format(bird), surface, thread=thread)  # type: ignore[arg-type]
        reader = self._reader(person, room)
        history = self.passages.history(place, reader)
        answer = self.assistant.ask(Question(place.text, Asker(person), history, reader))
        answer = self.passages.recheck.still(answer, reader)
        self.answers.keep(answer, place.place)
        self.kept.append((person, answer))
        return answer

    # What people do

    @rule(person=_SOMEBODY, bird=_BIRD, room=_SOMEWHERE, thread=st.sampled_from(("1", "2")))
    def asks_in_a_channel(self, person: str, bird: str, room: str, thread: str) -> None:
        self.rooms[room].add(person)
        answer = self._ask(person, bird, room, thread)
        self._shown(blocks.messages(answer), self.rooms[room])

    @rule(person=_SOMEBODY, bird=_BIRD)
    def asks_alone(self, person: str, bird: str) -> None:
        answer = self._ask(person, bird, "", "")
        self._shown(blocks.messages(answer, shareable=True), {person})

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), room=_SOMEWHERE, forger=_SOMEBODY)
    def shares(self, data: st.DataObject, room: str, forger: str) -> None:
        person, answer = data.draw(st.sampled_from(self.kept), label="answer")
        for who in (person, forger):
            shared = self.passages.shareable(answer.id, who, "en", self._reader(who, room))
            assert not shared or who == person
            self._shown(shared, self.rooms[room] | {who})

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), person=_SOMEBODY)
    def opens_a_passage(self, data: st.DataObject, person: str) -> None:
        _, answer = data.draw(st.sampled_from(self.kept), label="answer")
        for claim in (*answer.claims, *answer.nearest):
            view = self.passages.view(answer.id, claim.citations[0].passage_id, "en", self._reader(person))
            self._shown(view, {person})

    # What changes

    @rule(person=_SOMEBODY, group=st.sampled_from(_GROUPS))
    def is_admitted(self, person: str, group: str) -> None:
        self.groups[group].add(person)

    @rule(person=_SOMEBODY, group=st.sampled_from(_GROUPS))
    def is_expelled(self, person: str, group: str) -> None:
        self.groups[group].discard(person)

    @rule(person=_SOMEBODY, room=_SOMEWHERE)
    def joins(self, person: str, room: str) -> None:
        self.rooms[room].add(person)

    @rule(person=_SOMEBODY, room=_SOMEWHERE)
    def leaves(self, person: str, room: str) -> None:
        self.rooms[room].discard(person)

    # What always holds

    @rule(person=_SOMEBODY, room=_SOMEWHERE, other=_SOMEBODY, bird=_BIRD)
    def one_more_reader_never_enlarges_what_is_found(self, person: str, room: str, other: str, bird: str) -> None:
        reader = self._reader(person, room)
        more = Reader(reader.person, reader.groups, (*reader.beside, self._directory().reader(other)))
        assert self._found(more, bird) <= self._found(reader, bird)
        assert self.library.readable(more) <= self.library.readable(reader)

    def _found(self, reader: Reader, bird: str) -> set[str]:
        return {hit.entry.id for hit in self.library.search(_QUESTION.format(bird), reader).hits}

    @invariant()
    def the_count_of_what_one_may_read_is_right(self) -> None:
        for person in _PEOPLE:
            assert self.library.readable(self._reader(person)) == sum(self._may(person, bird) for bird in _AUDIENCES)


Access.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None, derandomize=True)
TestAccess = Access.TestCase
