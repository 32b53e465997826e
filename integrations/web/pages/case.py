"""One answer beside its sources, and a coach's verdict on it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from assistant.answers import Rejected
from assistant.review import Decision, Mark, Point, disagreed, point_named
from integrations.askers import identity
from integrations.review.cases import Case, NoCase, Said
from integrations.review.corrections import Kept
from integrations.review.queue import CLAIMED, OPEN
from integrations.web.cases import laid, why_rejected
from integrations.web.console import Page, Section
from integrations.web.pages.queue import row
from integrations.web.reason_texts import LAPSES, REJECTED
from integrations.web.review_texts import CASE
from integrations.web.showing import path_of
from integrations.web.visit import Visit
from integrations.web.walk import Wanted, onward, said_of
from knowledge.access import Reader

_VERDICTS = (Decision.APPROVE.value, Decision.REJECT.value)


def guarded(show: Callable[[Visit], Response]) -> Callable[[Visit], Response]:
    """A page that is not there where its entry is not there, or not for this coach."""

    def shown(visit: Visit) -> Response:
        try:
            return show(visit)
        except NoCase:
            return visit.not_found()

    return shown


def opened(visit: Visit) -> Case:
    """The case of this address; whoever opens it is on it, unless another is. Raises NoCase."""
    coaching, reader = visit.console.review.coaching, visit.who.reader
    found = coaching.case(visit.part("entry"), reader)
    if found.entry.state == OPEN and coaching.claim(found.entry.id, reader):
        return replace(found, entry=replace(found.entry, state=CLAIMED, claimed_by=reader.person))
    return found


@guarded
def case(visit: Visit) -> Response:
    """An entry of the queue."""
    return _page(visit, opened(visit))


def _page(visit: Visit, found: Case, problem: str = "") -> Response:
    coaching, reader = visit.console.review.coaching, visit.who.reader
    kept = found.kept.correction if found.kept else None
    stands = coaching.standing(kept, reader) if kept else {}
    return visit.page(
        "case.html",
        422 if problem else 200,
        case=found,
        row=row(visit, found.entry),
        laid=laid(found),
        surface=_surface(visit, found.given.place.surface),
        rejected=_rejected(visit, found),
        query=Wanted.of(visit).query(),
        said=said_of(visit),
        problem=problem,
        key_of_form=visit.field("key", 64) or uuid4().hex,
        put=_said(visit, found, Decision.APPROVE),
        marks=list(Mark),
        points={each: point_named(each, visit.language) for each in Point},
        verdicts=sorted(found.verdicts, key=lambda each: each.at),
        differ=disagreed(found.verdicts),
        stands=stands,
        whole=kept is not None and all(stands.values()),
        may_withdraw=kept is not None and coaching.may_withdraw(kept, reader),
        lapses=lapses_of(visit, found.kept) if found.kept else "",
        codes=visit.rendering.words,
        why_rejected=why_rejected,
        path_of=path_of,
        named=lambda rubric: _named(visit, rubric),
    )


def _surface(visit: Visit, surface: str) -> str:
    return visit.say(f"in_{surface}") if f"in_{surface}" in visit.rendering.words else surface


def lapses_of(visit: Visit, kept: Kept) -> str:
    """Why a correction no longer holds, in words; empty where it holds."""
    return visit.say("listed").join(visit.say(f"lapse_{each}") for each in sorted(kept.lapses))


def _named(visit: Visit, rubric: Mapping[Point, bool]) -> str:
    """The points that a coach found met; a dash where none was."""
    met = [point_named(each, visit.language) for each, good in rubric.items() if good]
    return visit.say("listed").join(met) or "\u2013"


def _rejected(visit: Visit, found: Case) -> tuple[Rejected, ...] | None:
    """What failed its checks; None where it may tell of documents that this coach may not read.

    Which passages such a statement was drafted from is not kept: so whoever sees it may read all that its asker may.
    """
    if not found.given.answer.rejected:
        return ()
    asker = _reader(visit, found.given.place.person)
    every = {each.audience for each in visit.console.catalogue.unguarded().entries()}
    open_to_all = all(visit.who.reader.may_read(each) for each in every if asker.may_read(each))
    return found.given.answer.rejected if open_to_all else None


def _reader(visit: Visit, person: str) -> Reader:
    people = visit.console.people
    if not people.kept:
        return Reader(person)
    directory = people.directory()
    return directory.reader(identity(person, directory).name)


def _said(visit: Visit, found: Case, decision: Decision) -> Said:
    """A verdict as it was put into the form; nothing is judged but what was chosen."""
    points = set(visit.form.get("point", ()))
    return Said(
        decision=decision,
        marks=_marks(visit, len(found.given.answer.claims)),
        rubric={each: each.value in points for each in Point} if points else {},
        reason=visit.field("reason", 2000),
        better_source=visit.field("better", 400),
        key=pressed(visit),
    )


def _marks(visit: Visit, claims: int) -> Mapping[int, Mark]:
    put = ((at, visit.field(f"mark{at}", 20)) for at in range(claims))
    known = {each.value: each for each in Mark}
    return {at: known[mark] for at, mark in put if mark in known}


def pressed(visit: Visit) -> str:
    """The name of this press of a button: the same for a form that is sent twice, by this coach for this entry."""
    return f"web {visit.who.person} {visit.part('entry')} {visit.field('key', 64)}"


@guarded
def judge(visit: Visit) -> Response:
    """Keep a verdict and go on to the next entry."""
    coaching, reader, entry = visit.console.review.coaching, visit.who.reader, visit.part("entry")
    found = coaching.case(entry, reader)
    decision = visit.field("decision", 20)
    if decision not in _VERDICTS:
        return _page(visit, found, "case_undecided")
    coaching.judge(entry, reader, _said(visit, found, Decision(decision)))
    return onward(visit, found.entry, decision)


@guarded
def skip(visit: Visit) -> Response:
    """Leave an entry to others and go on to the next."""
    coaching, reader, entry = visit.console.review.coaching, visit.who.reader, visit.part("entry")
    found = coaching.case(entry, reader).entry
    if found.state == CLAIMED and found.claimed_by == reader.person:
        coaching.release(entry, reader)
    return onward(visit, found, "next")


@guarded
def verify(visit: Visit) -> Response:
    """Let a correction hold anew; where it cannot, on to where it is mended."""
    coaching, reader, entry = visit.console.review.coaching, visit.who.reader, visit.part("entry")
    found = coaching.case(entry, reader).entry
    if coaching.verify_again(entry, reader):
        return onward(visit, found, "verify")
    return visit.to(f"/review/{found.id}/correct{Wanted.of(visit).query(said='not_verified')}")


SECTION = Section(
    pages=(
        Page("/review/{entry}", case, for_coaches=True),
        Page("/review/{entry}/verdict", judge, "POST", for_coaches=True),
        Page("/review/{entry}/next", skip, "POST", for_coaches=True),
        Page("/review/{entry}/verify", verify, "POST", for_coaches=True),
    ),
    words={**CASE, **LAPSES, **REJECTED},
)
