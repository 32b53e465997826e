"""A coach's correction: written, checked line by line, published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from starlette.responses import Response

from assistant.correction import Checked, Correction, Line, typed
from assistant.questions import Language
from assistant.review import Decision
from integrations.recheck import citations_of
from integrations.review.cases import Case, Said
from integrations.review.files import WrongCorrection
from integrations.web.cases import lines_of, lines_of_kept, offers, quotes, quotes_of
from integrations.web.console import Page, Section
from integrations.web.correct_texts import CORRECT
from integrations.web.pages.case import guarded, opened, pressed
from integrations.web.persons import asker_of
from integrations.web.texts import LANGUAGES, spoken
from integrations.web.visit import Visit
from integrations.web.walk import Wanted, onward, said_of
from knowledge.documents import Hit, Kind
from knowledge.language import whole

_MOST, _FOUND, _SNIPPET = 15, 8, 320
_LONGEST = 12_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction as it is being written; `shown` are the ids of passages by their numbers from 1."""

    text: str
    language: Language
    topics: str
    shown: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A line of a draft after a check; `mend` is empty where it stands."""

    line: Line
    mend: str


@guarded
def begin(visit: Visit) -> Response:
    """The answer as it is, to be mended."""
    case = opened(visit)
    shown, language = _first(visit, case), case.answer.language
    numbers = {each: number for number, each in enumerate(shown, start=1)}
    text = lines_of_kept(_moved(visit, case.kept.correction), numbers) if case.kept else lines_of(case, numbers)
    draft = Draft(text, case.kept.correction.language if case.kept else language, "", shown, uuid4().hex)
    return _page(visit, draft, near=case.entry.question)


def _first(visit: Visit, case: Case) -> tuple[str, ...]:
    """The passages that a correction begins with: those of the one that lapsed, as they are now, and the answer's."""
    kept = _moved(visit, case.kept.correction) if case.kept else None
    cited = [each.passage_id for one in (kept.statements if kept else ()) for each in one.citations]
    return tuple(dict.fromkeys((*cited, *(each.passage_id for each in citations_of(case.answer)))))


def _moved(visit: Visit, correction: Correction) -> Correction:
    """A correction with its quotes where they stand now; one that stands no more stays where it was."""
    now = visit.console.review.coaching.standing(correction, visit.who.reader)
    moved = (
        replace(each, citations=tuple(now[one] or one for one in each.citations)) for each in correction.statements
    )
    return replace(correction, statements=tuple(moved))


def _page(
    visit: Visit, draft: Draft, near: str = "", looked: Sequence[Looked] = (), problem: str = "", status: int = 200
) -> Response:
    coaching, reader = visit.console.review.coaching, visit.who.reader
    case = coaching.case(visit.part("entry"), reader, shown=draft.shown)
    text = near or whole(visit.field("q", 400))
    quoted = dict(quotes(case.answer)) | dict(quotes_of(_moved(visit, case.kept.correction)) if case.kept else {})
    return visit.page(
        "correct.html",
        status,
        case=case,
        draft=draft,
        offers={each.number: each for each in offers(case.offered, quoted, None)},
        person=asker_of(visit, case.given.place.person),
        tongues=LANGUAGES,
        query=Wanted.of(visit).query(),
        said=said_of(visit),
        text=text,
        near=bool(near),
        found=_found(visit, text, draft.shown) if text.strip() else (),
        longest=_SNIPPET,
        full=len(draft.shown) >= len(_first(visit, case)) + _MOST,
        most=_MOST,
        looked=looked,
        faults=sum(bool(each.mend) for each in looked),
        problem=problem,
    )


def _found(visit: Visit, text: str, shown: Sequence[str]) -> list[Hit]:
    """Passages that may be cited besides; what coaches wrote before is no source."""
    hits = visit.console.review.coaching.search(text, visit.who.reader)
    new = (each for each in hits if each.entry.kind is not Kind.REVIEWED_ANSWER and each.passage.id not in shown)
    return list(new)[:_FOUND]


@guarded
def edit(visit: Visit) -> Response:
    """Look for passages, add one, check the lines, or publish them; what was typed stays."""
    case = visit.console.review.coaching.case(visit.part("entry"), visit.who.reader)
    draft, do = _draft(visit, case), visit.field("do", 20)
    if do == "publish":
        return _published(visit, case, draft)
    if do == "search" or visit.field("add"):
        return _page(visit, draft)
    return _checked(visit, draft)


def _draft(visit: Visit, case: Case) -> Draft:
    first = _first(visit, case)
    shown = [each[:200] for each in visit.form.get("shown", ())][: len(first) + _MOST] or list(first)
    added = visit.field("add", 200)
    if added and added not in shown and len(shown) < len(first) + _MOST:
        shown.append(added)
    language = spoken(visit.field("language")) or case.answer.language
    text = visit.field("text", _LONGEST)
    return Draft(text, language, visit.field("topics", 400), tuple(shown), visit.field("key", 64) or uuid4().hex)


def _checked(visit: Visit, draft: Draft) -> Response:
    """The lines, each with what is to be mended, in the language of the page."""
    coaching, reader = visit.console.review.coaching, visit.who.reader
    lines = typed(draft.text)
    if not lines:
        return _page(visit, draft, problem="correct_nothing", status=422)
    checked: Checked = coaching.check(visit.part("entry"), reader, draft.text, visit.language, draft.shown)
    mend = {each.line.number: each.mend for each in checked.faults}
    looked = [Looked(each, mend.get(each.number, "")) for each in lines]
    return _page(visit, draft, looked=looked, status=422 if checked.faults else 200)


def _published(visit: Visit, case: Case, draft: Draft) -> Response:
    """Kept and taught, and on to the next entry; or what is to be mended."""
    put = Said(decision=Decision.CORRECT, marks={}, rubric={}, key=f"{pressed(visit)} correct")
    raw = draft.topics.translate(str.maketrans("\uff0c\u3001;\uff1b", ",,,,"))
    topics = [each.strip() for each in raw.split(",") if each.strip()]
    coaching, reader = visit.console.review.coaching, visit.who.reader
    try:
        made = coaching.correct(
            case.entry.id, reader, draft.text, put, draft.language, topics=topics, shown=draft.shown
        )
    except WrongCorrection:
        return _page(visit, draft, problem="correct_nothing", status=422)
    return onward(visit, case.entry, "correct") if isinstance(made, Correction) else _checked(visit, draft)


SECTION = Section(
    pages=(
        Page("/review/{entry}/correct", begin, for_coaches=True),
        Page("/review/{entry}/correct", edit, "POST", for_coaches=True),
    ),
    words=CORRECT,
)
