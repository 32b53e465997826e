"""Who may read what, worked out from the company itself: none of the code that is probed is asked."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.fakes.slack_workspace import Workspace
from tests.leaks.company import SLACK_GROUP, Company, Human, Paper

ELSEWHERE = "T2"


@dataclass(slots=True)
class World:
    """The company as it is now: who is in which group, team and conversation, and which documents there are."""

    company: Company
    people: dict[str, Human]
    groups: dict[str, set[str]]
    teams: dict[str, set[str]]
    members: dict[str, set[str]]
    papers: dict[str, Paper]
    broken: bool = False
    """people.yaml cannot be read: everyone is an outsider."""
    outside: set[str] = field(default_factory=set)
    """Who has been turned into an outsider since."""
    coaches: set[str] = field(default_factory=set)
    """Who is listed as a coach."""
    gone: dict[str, Paper] = field(default_factory=dict)
    """Documents that were taken away, as they were last."""

    @classmethod
    def of(cls, company: Company) -> "World":
        """The first morning."""
        return cls(
            company,
            {each.id: each for each in company.people},
            {name: set(ids) for name, ids in company.groups.items()},
            {name: set(ids) for name, ids in company.teams.items()},
            {each.id: set(each.members) for each in company.rooms},
            {each.file: each for each in company.papers},
        )

    def may_read(self, user: str, paper: Paper) -> bool:
        """Whether somebody may read a document."""
        paper = self.papers.get(paper.file, paper)
        if paper.file not in self.papers:
            return False
        if not paper.canary:
            return True
        if not self.inside(user):
            return False
        return any(self._is(user, name, paper) for name in paper.audience)

    def inside(self, user: str) -> bool:
        """Whether somebody is one of the company's own, and known."""
        return not self.broken and user not in self.outside and self.people[user].kind == "member"

    def _is(self, user: str, name: str, paper: Paper) -> bool:
        if name == "team":
            return user in self.teams[paper.account]
        if name in self.groups:
            return user in self.groups[name]
        return self.people[user].name == name

    def is_coach(self, user: str) -> bool:
        """Whether somebody coaches: listed, and one of the company's own."""
        return user in self.coaches and self.inside(user)

    def could_read(self, user: str, paper: Paper) -> bool:
        """Whether somebody may read a document, or could if it had not been taken away."""
        last = self.gone.get(paper.file)
        if last is None or paper.file in self.papers:
            return self.may_read(user, paper)
        return not last.canary or (self.inside(user) and any(self._is(user, name, last) for name in last.audience))

    def knows_account(self, user: str, account: str, late: bool = False) -> bool:
        """Whether somebody may read anything of an account; `late`: or could read what was taken away."""
        every = self.papers | self.gone if late else self.papers
        return any(self.could_read(user, each) for each in every.values() if each.account == account)

    def readable(self, user: str) -> int:
        """How many documents somebody may read."""
        return sum(self.may_read(user, each) for each in self.papers.values())

    def rooms_of(self, user: str) -> list[str]:
        """The conversations somebody is in."""
        return [room for room, members in self.members.items() if user in members]

    def write_people(self, file: Path) -> None:
        """Write people.yaml; who is outside is in it all the same, where an admin put them down."""
        listed = [each for each in self.people.values() if each.kind != "unlisted"]
        by_id = {each.id: each.name for each in listed}

        def named(ids: set[str]) -> list[str]:
            return sorted(by_id[each] for each in ids if each in by_id)

        said = {
            "people": {each.name: {"slack": each.id} for each in listed},
            "groups": {name: named(ids) for name, ids in self.groups.items() if name != "pricing"}
            | {"pricing": [f"slack:{SLACK_GROUP}"]},
            "accounts": {name: named(ids) for name, ids in self.teams.items()},
            "coaches": named(self.coaches),
        }
        text = "people: [" if self.broken else yaml.safe_dump(said, allow_unicode=True)
        file.write_text(text, encoding="utf-8")

    def furnish(self, slack: Workspace) -> None:
        """Put everyone and every conversation into an empty workspace."""
        slack.add_team("T1", "Riverside", installed=True)
        slack.add_team(ELSEWHERE, "Hillside")
        for each in self.company.people:
            kinds = {"guest": "guest", "one-channel guest": "single_channel_guest", "gone": "deactivated", "bot": "bot"}
            about = {kinds[each.kind]: True} if each.kind in kinds else {}
            team = ELSEWHERE if each.kind == "stranger" else "T1"
            slack.add_user(each.id, each.name, team=team, real_name=each.name, locale=each.locale, **about)
        for room in self.company.rooms:
            shared = {"shared_with": {ELSEWHERE}} if room.shared else {}
            slack.add_channel(room.id, room.name, sorted(room.members), kind=room.kind, **shared)  # type: ignore[arg-type]
        slack.add_group(SLACK_GROUP, "pricing", sorted(self.groups["pricing"]))
