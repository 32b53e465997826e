"""With and without: for whom something is hidden, every page and home is the same whether it exists or not."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.questions import Asker, Question
from assistant.review import Decision
from integrations.answer_store import Place
from integrations.review.coaching import Said
from knowledge.access import Reader
from tests.benchmarks.shared import Number
from tests.leaks.company import SMALL, Paper, Size, found
from tests.leaks.review_office import Office, opened
from tests.leaks.review_plan import Plan

_LISTS = (
    "/review",
    "/review?state=done",
    "/review?whose=mine",
    "/review?why=down_vote",
    "/corrections",
    "/documents",
    "/ask",
)
_UNLIKE = re.compile(r'name="(?:csv|csrf|key)" value="[^"]*"')
_NOBODY = "e" * 20


@dataclass(slots=True)
class Twins:
    """How many pages were compared, by path, and those that were not the same."""

    compared: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)


def run(folder: Path, pairs: int, seed: int = 5, size: Size | None = None) -> Twins:
    """Let something come to be that some coach may not see, and look at all that they see, before and after."""
    twins = Twins()
    with opened(found(seed, size or SMALL), folder, seed) as office:
        plan = Plan(office, random.Random(seed))
        # Ages are told in minutes: the clock stands while pages are compared.
        now = office.review.reviews.now()
        office.review.reviews.now = lambda: now
        for _ in range(pairs):
            paper = plan.chance.choice([each for each in office.stage.world.papers.values() if each.canary])
            _pair(plan, paper, twins)
    return twins


def _pair(plan: Plan, paper: Paper, twins: Twins) -> None:
    office = plan.office
    may, not_coaches = office.coaches(paper), [each for each in office.able() if each not in office.stage.world.coaches]
    shut = [each for each in office.coaches(paper, False) if not _knows(office, each, paper)]
    if not may or not shut:
        return
    shut_out = (
        plan.chance.choice(shut),
        plan.chance.choice([each for each in not_coaches if not _knows(office, each, paper)]),
    )
    asked = plan.chance.choice(paper.asked)
    before = {user: _seen(office, user, asked, _NOBODY, _NOBODY) for user in shut_out}
    entry, correction = _hidden(plan, paper, may[0], asked)
    for user in shut_out:
        after = _seen(office, user, asked, entry, correction)
        for (path, text), (_, now) in zip(before[user], after, strict=True):
            twins.compared[path] += 1
            if text != now:
                twins.differ.append(f"{path} as {office.name(user)}, with {paper.file} {paper.audience}")


def _knows(office: Office, user: str, paper: Paper) -> bool:
    world = office.stage.world
    return world.may_read(user, paper) or bool(paper.account and world.knows_account(user, paper.account))


def _seen(office: Office, user: str, asked: str, entry: str, correction: str) -> list[tuple[str, str]]:
    """Every page, by a name that is the same for what exists and what does not."""
    paths = [*((each, each) for each in _LISTS), ("search", f"/search?q={asked}")]
    paths += [(name.format("ENTRY"), name.format(entry)) for name in ("/review/{}", "/review/{}/correct")]
    paths += [("/documents/CORRECTION", f"/documents/{_document(office, correction)}")]
    pages = [(name, _UNLIKE.sub("", office.browser(user).get(path).text)) for name, path in paths]
    return [*pages, ("App Home", _home(office, user)), ("answer", _answer(office, user, asked))]


def _document(office: Office, correction: str) -> str:
    every = office.console.catalogue.unguarded().entries()
    return next((each.id for each in every if each.source.endswith(f"{correction}.md")), _NOBODY)


def _home(office: Office, user: str) -> str:
    from integrations.slack.home import HomeTab, Languages
    from integrations.slack.passages import Passages
    from integrations.slack.review.home import Wanted

    review, library = office.review, office.console.library
    passages = Passages(library, review.answers, review.recheck, review.corrections)
    tab = HomeTab(review, passages, None, Languages())  # type: ignore[arg-type]
    return str(tab._view("T1", user, _reader(office, user), "en", Wanted()))


def _reader(office: Office, user: str) -> Reader:
    return office.console.people.directory().reader(office.name(user))


def _answer(office: Office, user: str, asked: str) -> str:
    """What somebody is answered, without what is another one each time."""
    answer = office.console.assistant.ask(Question(asked, Asker(user), reader=_reader(office, user)))
    return str(replace(answer, id="", timings={}, recipe=replace(answer.recipe, index="")))


def _hidden(plan: Plan, paper: Paper, coach: str, asked: str) -> tuple[str, str]:
    """Asked, voted down and corrected by people who may: the ids of the entry and of the correction."""
    office, review = plan.office, plan.office.review
    visitor = office.console.visitor(office.name(coach))
    assert visitor is not None
    question = Question(asked, Asker(coach), reader=visitor.reader)
    answer = office.console.assistant.ask(question)
    review.answers.keep(answer, Place(office.name(coach), "web", thread=answer.id))
    review.intake.voted(answer.id, office.name(coach), "down", plan.remark())
    entry = next((each.id for each in _queue(office, visitor.reader) if each.answer == answer.id), "")
    if not entry or plan.chance.random() < 0.3:
        return entry or _NOBODY, _NOBODY
    said = Said(decision=Decision.CORRECT, marks={}, rubric={}, key=answer.id)
    text = f"{plan.sentence(paper)} [1]\n{plan.remark()}"
    made = review.coaching.correct(entry, visitor.reader, text, said, "en", shown=plan.passages(paper))
    return entry, getattr(made, "id", _NOBODY)


def _queue(office: Office, reader: Reader) -> Iterator[object]:
    yield from office.review.coaching.queue(reader, size=500)


def report(twins: Twins) -> list[Number]:
    """Print what differed; the numbers."""
    print(f"  compared: {dict(twins.compared)}")
    for each in twins.differ[:15]:
        print(f"  DIFFERENT {each}")
    return [
        Number("pages with and without what is hidden", twins.compared.total(), at_least=1),
        Number("pages that tell the two apart", len(twins.differ), at_most=0),
    ]
