"""Ways to harm the real coach, each a function from an open library to what asks the harmed coach."""

import random
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from assistant.answers import Answer, Note, NoteKind
from assistant.questions import Question, Turn
from evals.benchmark import Item
from knowledge import language
from knowledge.access import ANYONE, Reader
from knowledge.documents import Entry, Passage
from knowledge.language import fold, has_han
from knowledge.ports import Scored
from tests.benchmarks.wrapping import Asks, Catalogue, Ground, Index, Reworded, Rows, Within

Seed = Callable[[Ground], Asks]

_FULL_STOP = re.compile(r"[.!?\u3002\uff01\uff1f]")


# What is searched for, and what is found.


def reading(read: Callable[[str], str]) -> Seed:
    """The library makes this of the words of a question."""
    return lambda ground: ground.over(read=read)


def finding(found: Callable[[Sequence[Scored]], Sequence[Scored]]) -> Seed:
    """The index finds this instead."""
    return lambda ground: ground.over(lexical=Index(ground.index, found=found))


def confirming(rows: Callable[[Rows], Rows]) -> Seed:
    """The catalogue confirms these rows instead."""
    return lambda ground: ground.over(catalogue=Catalogue(ground.catalogue, rows))


def only(wanted: Callable[[Entry], bool]) -> Seed:
    """The index finds nothing but what is of these documents."""

    def seeded(ground: Ground) -> Asks:
        documents = [each.id for each in ground.catalogue.unguarded().entries() if wanted(each)]
        passages = {passage.id for _, passage in ground.catalogue.indexable(documents)}
        return finding(lambda scored: [each for each in scored if each.passage in passages])(ground)

    return seeded


def shuffled(scored: Sequence[Scored]) -> Sequence[Scored]:
    """In any order."""
    return random.Random(len(scored)).sample(scored, len(scored))


def half(scored: Sequence[Scored]) -> Sequence[Scored]:
    """Without half of all passages, always the same ones."""
    return [each for each in scored if zlib.crc32(each.passage.encode()) % 2]


def unfolded(text: str) -> str:
    """Traditional characters as an index of simplified ones has them: not at all."""
    return "".join(chr(0x3400 + ord(each) % 0x1900) if has_han(each) and fold(each) != each else each for each in text)


def first_sentence(text: str) -> str:
    """What comes before the first full stop."""
    return _FULL_STOP.split(text)[0]


def cut_short(rows: Rows) -> Rows:
    """Passages that end after 80 characters."""
    return {name: (_cut(passage), entry) for name, (passage, entry) in rows.items()}


def _cut(passage: Passage) -> Passage:
    text = passage.text[:80]
    return replace(passage, text=text, end=passage.start + len(text), edits=())


# What is asked.


def asking(change: Callable[[Question], Question]) -> Seed:
    """The assistant is asked this instead."""
    return lambda ground: ground.altered(before=change)


def failing(wanted: Callable[[Question], bool]) -> Seed:
    """The assistant breaks on these questions."""

    def fail(question: Question) -> Question:
        if wanted(question):
            raise ConnectionError("the index did not answer")
        return question

    return asking(fail)


def one_in(many: int) -> Callable[[Question], bool]:
    """One question in so many, always the same ones."""
    return lambda question: zlib.crc32(question.text.encode()) % many == 0


def without_history(ground: Ground) -> Asks:
    """Every question as if it were the first."""
    return Reworded(ground.examiner(), lambda item: replace(item, history=()))


def of_another_conversation(ground: Ground) -> Asks:
    """Every follow-up after the turns of another conversation."""
    told = [each for each in ground.items if each.history]
    other = {each.id: told[at - 1].history for at, each in enumerate(told)}
    return Reworded(ground.examiner(), lambda item: replace(item, history=other.get(item.id, ())))


def of_another_question(ground: Ground) -> Asks:
    """Every question in the words of the one before it in the same language."""
    last = {each.language: each for each in ground.items}
    other: dict[str, Item] = {}
    for each in ground.items:
        other[each.id], last[each.language] = last[each.language], each
    return Reworded(
        ground.examiner(),
        lambda item: replace(item, question=other[item.id].question, history=other[item.id].history),
    )


def of_another_account(ground: Ground) -> Asks:
    """Every account is taken for the next one in the alphabet, by its whole name and by the first word of it."""
    known = sorted(ground.library.accounts(ANYONE))
    names: dict[str, str] = {}
    for name, other in zip(known, (*known[1:], *known[:1]), strict=True):
        names |= {name: other, name.split()[0]: other}
    longest_first = sorted(names, key=len, reverse=True)
    known_as = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def swapped(text: str) -> str:
        return known_as.sub(lambda found: names[found[0]], text)

    def changed(item: Item) -> Item:
        history = tuple(Turn(turn.role, swapped(turn.text)) for turn in item.history)
        return replace(item, question=swapped(item.question), history=history)

    return Reworded(ground.examiner(), changed)


# The documents.


def removed(wanted: Callable[[Path], bool]) -> Seed:
    """A library without these files."""

    def spoil(folders: Sequence[Path]) -> None:
        for file in filter(wanted, _files(folders)):
            file.unlink()

    return lambda ground: ground.copy(spoil).examiner()


def stale_index(ground: Ground) -> Asks:
    """Documents are edited, the catalogue knows, the index does not."""
    return ground.copy().edit(_edited).examiner()


def stale_answers(ground: Ground) -> Asks:
    """Documents are edited, and answers are kept from before."""
    copy = ground.copy()
    for each in ground.items:
        copy.examiner().attempt(each)
    return copy.edit(_edited).examiner()


def without_stop_words(ground: Ground) -> Asks:
    """Words that carry no meaning are indexed and searched for like any other."""
    none = {"_STOP_ENGLISH": frozenset(), "_STOP_CHINESE": frozenset(), "_QUESTION_WORDS": re.compile("(?!)")}
    with patch.multiple(language, **none):
        examiner = ground.copy().examiner()
    return Within(examiner, lambda: patch.multiple(language, **none))


def expired(ground: Ground) -> Asks:
    """Documents expired yesterday, and the coach lives a day behind."""
    yesterday = ground.today - timedelta(days=1)

    def spoil(folders: Sequence[Path]) -> None:
        for file in _some(folders):
            text = file.read_text("utf-8")
            file.write_text(text.replace("---\n", f"---\nexpires: {yesterday}\n", 1), "utf-8")

    return ground.copy(spoil).over(today=lambda: yesterday)


def _files(folders: Sequence[Path]) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.md"))


def _some(folders: Sequence[Path]) -> list[Path]:
    """Every third document."""
    return _files(folders)[::3]


def _edited(folders: Sequence[Path]) -> None:
    """Something put before each paragraph: passages get other ids, and gold still stands in its document."""
    for file in _some(folders):
        head, mark, text = file.read_text("utf-8").rpartition("\n---\n")
        file.write_text(f"{head}{mark}" + text.replace("\n\n", "\n\n(2) "), "utf-8")


# Rights.


def unchecked(ground: Ground) -> Asks:
    """Answers rest on all there is, whoever asks."""
    insider = _insider(ground)
    return ground.altered(before=lambda question: replace(question, reader=insider))


def all_rights(ground: Ground) -> Asks:
    """Everyone is taken for an insider, by the coach and by whoever examines it."""
    insider = _insider(ground)
    return ground.examiner(reader=lambda name: insider)


def _insider(ground: Ground) -> Reader:
    return Reader("insider", ground.catalogue.unguarded().names())


def unrecognised(ground: Ground) -> Asks:
    """Nobody has any rights."""
    return ground.examiner(reader=lambda name: ANYONE)


def titles_told(ground: Ground) -> Asks:
    """A note with the titles of all that the asker may not read."""
    entries = ground.catalogue.unguarded().entries()
    readers = {each.question: ground.reader(each.asker) for each in ground.items}

    def noted(answer: Answer) -> Answer:
        reader = readers.get(answer.question, ANYONE)
        closed = [each.title for each in entries if not reader.may_read(each.audience)]
        return replace(answer, notes=(*answer.notes, Note(NoteKind.NAMED_ONLY, "; ".join(closed), ())))

    return ground.altered(after=noted)
