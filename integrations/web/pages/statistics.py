"""Coach review in numbers: cards, charts with tables, documents; as CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup
from starlette.responses import Response

from assistant.answers import Outcome
from assistant.review import Why, interval
from integrations.review.agreement import Between
from integrations.review.stats import Stats, as_csv, iso_day, stats, table, with_documents
from integrations.store import Store
from integrations.web.charts import Bar, bars, stacked
from integrations.web.console import Menu, Page, Section
from integrations.web.numbers_texts import NUMBERS
from integrations.web.pages.gaps import PERIODS, days_of
from integrations.web.visit import Visit

_DAY = 86_400
_LISTED = 15
_PARTS = tuple(each.value for each in Outcome)


@dataclass(frozen=True, slots=True)
class Card:
    """A number with its name, and what else is to know of it."""

    name: str
    value: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and the same as a table with its header; `parts` is its legend."""

    title: str
    drawing: Markup
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parts: Mapping[str, str] | None = None


def statistics(visit: Visit) -> Response:
    """The numbers of a time."""
    days = days_of(visit)
    found = _stats(visit, days)
    return visit.page(
        "statistics.html",
        nothing=not (found.asked.questions or found.judged or found.by_day),
        cards=list(_cards(visit, found)),
        charts=list(_charts(visit, found, days)),
        found=found,
        pairs=[
            (visit.say("stat_pair", one=each.one, other=each.other, answers=each.answers), _between(visit, each.kappa))
            for each in found.agreement.pairs
        ],
        corrections={each.correction.id for each in visit.console.review.corrections.kept(visit.who.reader)},
        days=days,
        periods=PERIODS,
        listed=_LISTED,
    )


def download(visit: Visit) -> Response:
    """The same numbers as a file for spreadsheets, which know its encoding by its first bytes."""
    days = days_of(visit)
    text = as_csv(table(_stats(visit, days)))
    named = {"Content-Disposition": f'attachment; filename="coach-review-{days}-days.csv"'}
    return Response(text.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=named)


def _stats(visit: Visit, days: int) -> Stats:
    console, now = visit.console, visit.console.review.reviews.now()
    store, since = Store(console.catalogue.engine), now - days * _DAY
    found = stats(store, now, since, console.measures)
    today = datetime.fromtimestamp(now, UTC).date()
    return with_documents(found, store, visit.who.reader, today, since, console.review.corrections)


def _cards(visit: Visit, found: Stats) -> Iterator[Card]:
    say, asked, agreed = visit.say, found.asked, found.agreement.decisions
    answered = asked.ended.get(Outcome.ANSWERED.value, 0)
    yield Card(say("stat_questions"), str(asked.questions), say("stat_people", people=asked.people))
    if asked.questions:
        between = interval(answered, asked.questions)
        yield Card(say("stat_answered"), _percent(answered / asked.questions), _of(visit, between, asked.questions))
    if found.approval is None:
        yield Card(say("stat_approval"), "\u2013", say("stat_unjudged"))
    else:
        yield Card(say("stat_approval"), _percent(found.approval), _of(visit, found.between, found.judged))
    yield Card(say("stat_waiting"), str(found.waiting), say("stat_late", late=found.late))
    if found.hours is not None:
        yield Card(say("stat_hours"), f"{max(found.hours, 0.0):.1f}")
    if found.helped or found.not_helped:
        yield Card(say("stat_helped"), str(found.helped), say("stat_not_helped", number=found.not_helped))
    if found.twice:
        more = say("stat_differ", differ=found.disagreed, twice=found.twice)
        yield Card(say("stat_agreement"), f"{agreed.value:.2f}" if agreed else "\u2013", more)


def _of(visit: Visit, between: tuple[float, float], number: int) -> str:
    low, high = map(_percent, between)
    return visit.say("stat_interval", low=low, high=high, number=number)


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _between(visit: Visit, found: Between | None) -> str:
    if found is None:
        return "\u2013"
    return f"{found.value:.2f} ({visit.say('stat_between', low=f'{found.low:.2f}', high=f'{found.high:.2f}')})"


def _charts(visit: Visit, found: Stats, days: int) -> Iterator[Chart]:
    if found.asked.questions:
        yield _volume(visit, found, days)
    if found.reasons:
        yield _reasons(visit, found)
    if found.asked.questions or found.judged:
        yield _shares(visit, found)


def _volume(visit: Visit, found: Stats, days: int) -> Chart:
    last = int(visit.console.review.reviews.now() // _DAY)
    ended = found.asked.ended_by_day
    columns = {iso_day(day): [ended.get((day, part), 0) for part in _PARTS] for day in range(last - days, last + 1)}
    names = {part: visit.say(f"stat_{part}") for part in _PARTS}
    begun, *_, ended_on = columns
    most = max(map(sum, columns.values()))
    said = visit.say("chart_volume_said", begun=begun, ended=ended_on, questions=found.asked.questions, most=most)
    return Chart(
        visit.say("chart_volume"),
        stacked(said, {day[5:]: counts for day, counts in columns.items()}, _PARTS),
        (visit.say("chart_day"), *names.values()),
        tuple((day, *map(str, counts)) for day, counts in reversed(columns.items()) if any(counts)),
        names,
    )


def _reasons(visit: Visit, found: Stats) -> Chart:
    known = {each.value for each in Why}
    ordered = sorted(found.reasons.items(), key=lambda each: (-each[1], each[0]))
    rows = [Bar(visit.say(f"why_{why}"), count, str(count)) for why, count in ordered if why in known]
    header = (visit.say("chart_what"), visit.say("chart_number"))
    title = visit.say("chart_reasons")
    return Chart(title, bars(title, rows), header, tuple((row.label, row.shown) for row in rows))


def _shares(visit: Visit, found: Stats) -> Chart:
    asked = found.asked
    counts = {f"stat_{part}": (asked.ended.get(part, 0), asked.questions) for part in _PARTS}
    rows = [
        Bar(visit.say(name), count / whole, _percent(count / whole), *interval(count, whole))
        for name, (count, whole) in counts.items()
        if whole
    ]
    if found.approval is not None:
        rows.append(Bar(visit.say("stat_approval"), found.approval, _percent(found.approval), *found.between))
    header = (visit.say("chart_what"), visit.say("chart_share"), "95 %")
    title = visit.say("chart_shares")
    return Chart(title, bars(title, rows, 1.0), header, tuple(_share(visit, row) for row in rows))


def _share(visit: Visit, row: Bar) -> tuple[str, str, str]:
    low, high = _percent(row.low or 0.0), _percent(row.high or 0.0)
    return row.label, row.shown, visit.say("stat_between", low=low, high=high)


SECTION = Section(
    pages=(
        Page("/statistics", statistics, for_coaches=True),
        Page("/statistics.csv", download, for_coaches=True),
    ),
    words=NUMBERS,
    menu=Menu("/statistics", "statistics", for_coaches=True),
)
