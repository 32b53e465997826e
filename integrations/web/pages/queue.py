"""The review queue: what waits for coaches, who has it, until when it was promised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.responses import Response

from assistant.review import Why
from integrations.review.cases import NoCase
from integrations.review.queue import DONE, OPEN
from integrations.review.queue_rows import Waiting
from integrations.web.console import Menu, Page, Section
from integrations.web.persons import asker_of
from integrations.web.reason_texts import WHY
from integrations.web.review_texts import QUEUE
from integrations.web.times import span
from integrations.web.visit import Visit
from integrations.web.walk import MINE, Wanted, said_of

_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the list shows it; `due` is empty once it is done."""

    entry: Waiting
    asker: str
    ago: str
    due: str
    late: bool
    mine: bool


def queue(visit: Visit) -> Response:
    """What waits, oldest first, as far as this coach may read it."""
    wanted, review, reader = Wanted.of(visit), visit.console.review, visit.who.reader
    after = review.reviews.entry(visit.asked("after"), reader) if visit.asked("after") else None
    found = review.coaching.queue(reader, wanted.filter(reader), after, _A_PAGE + 1)
    shown = found[:_A_PAGE]
    return visit.page(
        "queue.html",
        rows=list(rows(visit, shown)),
        number=review.reviews.count(reader, wanted.filter(reader)),
        wanted=wanted,
        query=wanted.query(),
        back=wanted.query(after=after.id if after else ""),
        further=wanted.query(after=shown[-1].id) if len(found) > _A_PAGE else "",
        first=wanted.query() if after else "",
        reasons=list(Why),
        mine=MINE,
        done=DONE,
        said=said_of(visit),
    )


def rows(visit: Visit, entries: Iterable[Waiting]) -> Iterator[Row]:
    """Entries as a list shows them."""
    for each in entries:
        yield row(visit, each)


def row(visit: Visit, entry: Waiting) -> Row:
    """An entry with its times in words."""
    now = visit.console.review.reviews.now()
    since, left = span(now - entry.since, visit.language), entry.due - now
    words = span(abs(left), visit.language)
    due = visit.say("review_late" if left < 0 else "review_due", span=words) if words else visit.say("review_due_now")
    return Row(
        entry=entry,
        asker=asker_of(visit, entry.asker),
        ago=visit.say("review_ago", span=since) if since else visit.say("review_now"),
        due="" if entry.state == DONE else due,
        late=entry.state != DONE and left < 0,
        mine=entry.claimed_by == visit.who.reader.person and entry.state != DONE,
    )


def take(visit: Visit) -> Response:
    """Take an entry, or give it back, and come back to the list."""
    coaching, reader, entry = visit.console.review.coaching, visit.who.reader, visit.part("entry")
    try:
        found = coaching.case(entry, reader).entry
    except NoCase:
        return visit.not_found()
    if found.claimed_by == reader.person and found.state != OPEN:
        coaching.release(entry, reader)
        said = "given_back"
    else:
        said = "taken" if coaching.claim(entry, reader) else "held"
    return visit.to(f"/review{Wanted.of(visit).query(after=visit.asked('after'), said=said)}#e-{found.id}")


SECTION = Section(
    pages=(
        Page("/review", queue, for_coaches=True),
        Page("/review/{entry}/take", take, "POST", for_coaches=True),
    ),
    words={**QUEUE, **WHY},
    menu=Menu("/review", "review", for_coaches=True),
)
