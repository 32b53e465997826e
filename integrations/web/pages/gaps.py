"""Gaps: what was asked and not answered well, put together, as far as this coach may read it."""

from starlette.responses import Response

from integrations.review.gaps import Gaps
from integrations.web.console import Menu, Page, Section
from integrations.web.listing import beginning, elsewhere
from integrations.web.numbers_texts import GAPS
from integrations.web.visit import Visit

PERIODS = (7, 30, 90)
_DAY = 86_400.0
_A_PAGE, _QUESTIONS = 25, 12


def days_of(visit: Visit) -> int:
    """The days to look back on, as the address says; a month by default."""
    return next((each for each in PERIODS if visit.asked("days") == str(each)), PERIODS[1])


def gaps(visit: Visit) -> Response:
    """The gaps of a time, those most people asked for first."""
    console, days = visit.console, days_of(visit)
    held = Gaps(console.catalogue.engine, console.library, console.people, console.review.corrections)
    found = held.seen(visit.who.reader, console.review.reviews.now() - days * _DAY, filled=True)
    found.sort(key=lambda each: not each.open)
    first = beginning(visit.asked("from"), len(found))
    return visit.page(
        "gaps.html",
        gaps=found[first : first + _A_PAGE],
        roles={each.id: ", ".join(f"{name} {count}" for name, count in each.roles.items()) for each in found},
        days=days,
        periods=PERIODS,
        most=_QUESTIONS,
        earlier=elsewhere(visit, first - _A_PAGE) if first else "",
        later=elsewhere(visit, first + _A_PAGE) if first + _A_PAGE < len(found) else "",
    )


SECTION = Section(pages=(Page("/gaps", gaps, for_coaches=True),), words=GAPS, menu=Menu("/gaps", "gaps", True))
