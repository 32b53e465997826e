"""Everything that some people can see at this moment, page by page: after rights changed, each must be as if new."""

from collections import Counter
from collections.abc import Iterable

from tests.leaks.probes import Aim
from tests.leaks.review_office import Office
from tests.leaks.review_plan import Plan

PEOPLE = 12
_OF_EACH = 12
_LISTS = (
    ("queue", "/review"), ("queue", "/review?state=done"), ("corrections", "/corrections"), ("gaps", "/gaps?days=90"),
    ("statistics", "/statistics"), ("csv", "/statistics.csv"), ("documents", "/documents"),
    ("evaluations", "/evaluations"),
)  # fmt: skip


def sweep(plan: Plan, aims: Iterable[Aim], people: int = PEOPLE) -> int:
    """Those whose rights changed first, then coaches and askers; how many pages."""
    office = plan.office
    office.judge.ledger.refresh()
    given = [each for each in office.judge.ledger.given.values() if each.surface == "web"]
    asked, recalled = Counter(each.asker for each in given), Counter(each.asker for each in given if each.recalled)
    changed = sorted(dict.fromkeys(each.user for each in aims), key=lambda user: -asked[user])
    holders, coaches = [user for user, _ in recalled.most_common(4)], sorted(office.stage.world.coaches)
    others = [*plan.some(coaches, people // 3), *plan.some(sorted(asked), people // 3), *plan.some(coaches, people)]
    wanted = dict.fromkeys((*holders, *changed[: people // 3], *others))
    users = [each for each in wanted if each in office.listed()]
    return sum(_look(plan, office, each) for each in users[:people])


def _look(plan: Plan, office: Office, user: str) -> int:
    mine = [each.id for each in office.judge.ledger.given.values() if each.asker == user and each.surface == "web"]
    paths = [("old answers", "/ask"), *(("old answers", f"/ask/{each}") for each in mine[-_OF_EACH:])]
    if user in office.stage.world.coaches:
        entries = plan.some(plan.entries(), _OF_EACH)
        paths += [*_LISTS, *(("case", f"/review/{each}") for each in entries)]
        paths += [("correct", f"/review/{each}/correct") for each in entries[:4]]
    for surface, path in paths:
        office.get(user, surface, path)
    if user in office.able():
        office.stage.slack.user(user).open_home()
    return len(paths) + 1
