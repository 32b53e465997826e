"""The corrections there are: which hold, which do not any more, and taking one back."""

from starlette.responses import Response

from integrations.review.corrections import Kept
from integrations.web.console import Menu, Page, Section
from integrations.web.correct_texts import KEPT
from integrations.web.listing import beginning, elsewhere
from integrations.web.pages.case import lapses_of
from integrations.web.showing import path_of
from integrations.web.visit import Visit
from integrations.web.walk import said_of

_A_PAGE = 25


def corrections(visit: Visit) -> Response:
    """All that this coach may read: those that hold no longer first, then the newest."""
    coaching, reader = visit.console.review.coaching, visit.who.reader
    every = sorted(coaching.corrections.kept(reader), key=_standing)
    first = beginning(visit.asked("from"), len(every))
    shown = every[first : first + _A_PAGE]
    return visit.page(
        "corrections.html",
        rows=shown,
        lapses={each.correction.id: lapses_of(visit, each) for each in shown},
        stands={each.correction.id: coaching.standing(each.correction, reader) for each in shown if each.lapses},
        own={each.correction.id for each in shown if coaching.may_withdraw(each.correction, reader)},
        held=sum(not each.lapses for each in every),
        stale=sum(bool(each.lapses) for each in every),
        said=said_of(visit),
        path_of=path_of,
        earlier=elsewhere(visit, first - _A_PAGE) if first else "",
        later=elsewhere(visit, first + _A_PAGE) if first + _A_PAGE < len(every) else "",
    )


def _standing(kept: Kept) -> tuple[bool, int, str]:
    return not kept.lapses, -kept.correction.effective.toordinal(), kept.correction.id


def withdraw(visit: Visit) -> Response:
    """Take a correction back; one that is another's, or not to be seen, is not there."""
    if not visit.console.review.coaching.withdraw(visit.part("correction"), visit.who.reader):
        return visit.not_found()
    return visit.to("/corrections?said=withdraw")


SECTION = Section(
    pages=(
        Page("/corrections", corrections, for_coaches=True),
        Page("/corrections/{correction}/withdraw", withdraw, "POST", for_coaches=True),
    ),
    words=KEPT,
    menu=Menu("/corrections", "corrections", for_coaches=True),
)
