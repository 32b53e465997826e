"""A company that does not exist: its accounts, people, channels and documents. The same seed, the same company."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.leaks import poison
from tests.leaks.words import CHINESE, ENGLISH, Inventor, Topic, traditional

KINDS = ("guest", "one-channel guest", "stranger", "gone", "bot", "unlisted")
"""People who count as outsiders, whatever people.yaml says of them."""
REGIONS = ("north", "south", "east", "west")
GROUPS = (*REGIONS, "board", "pricing")
SLACK_GROUP = "SPRICING"
"""The user group that alone makes up the group `pricing`."""
_SCRIPTS = ("en", "zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything there is."""

    accounts: int = 40
    people: int = 120
    channels: int = 60
    documents: int = 2000


SMALL = Size(accounts=9, people=36, channels=16, documents=200)


@dataclass(frozen=True, slots=True)
class Canary:
    """Three forms of one secret, so that no paraphrase can hide it."""

    name: str
    number: str
    phrase: str

    @property
    def forms(self) -> tuple[str, str, str]:
        """All of them."""
        return self.name, self.number, self.phrase


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody in Slack; `kind` is member, or one of KINDS."""

    id: str
    name: str
    kind: str
    locale: str


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation, by the kind Slack has for it, and who is in it at first."""

    id: str
    name: str
    kind: str
    members: frozenset[str]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. Without an audience it is everyone's, and then it has no canary.

    `asked` are two ways to ask for what it says: straight on, and in other words.
    """

    file: str
    text: str
    audience: tuple[str, ...] = ()
    account: str = ""
    subject: str = ""
    script: str = "en"
    canary: Canary | None = None
    title: str = ""
    asked: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Company:
    """Everything as it is on the first morning; `teams` and `groups` name ids of people."""

    people: tuple[Human, ...]
    groups: dict[str, frozenset[str]]
    teams: dict[str, frozenset[str]]
    rooms: tuple[Room, ...]
    papers: tuple[Paper, ...]
    scripts: dict[str, str]

    @property
    def secrets(self) -> tuple[Paper, ...]:
        """The documents that have a canary."""
        return tuple(each for each in self.papers if each.canary)

    def write(self, folder: Path) -> None:
        """Put every document into its file."""
        for each in self.papers:
            file = folder / each.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(each.text, encoding="utf-8")


def found(seed: int = 5, size: Size | None = None) -> Company:
    """Make a company up."""
    return _Founder(seed, size or Size()).company()


class _Founder:
    """Makes one company."""

    def __init__(self, seed: int, size: Size) -> None:
        self._size = size
        self._invent = Inventor(seed)
        self._chance = random.Random(seed + 1)
        self._number = count(1)

    def company(self) -> Company:
        people = tuple(self._people())
        accounts = {
            self._invent.account(number % 3 > 0, number % 2 == 0): _SCRIPTS[number % 3]
            for number in range(self._size.accounts)
        }
        names = {name if script != "zh-Hant" else traditional(name): script for name, script in accounts.items()}
        groups = {each: self._some(people, 9) for each in GROUPS}
        teams = {each: self._some(people, 6) for each in names}
        papers = [*self._records(names, people), *self._programmes(), *self._public(names)]
        return Company(people, groups, teams, tuple(self._rooms(people, teams)), tuple(papers), names)

    def _people(self) -> Iterator[Human]:
        for number in range(self._size.people):
            kind = KINDS[number // 5 % len(KINDS)] if number % 5 == 4 else "member"
            name = self._invent.name(False)
            yield Human(f"UP{number:04}", name, kind, ("en-US", "zh-CN", "zh-TW")[number % 3])

    def _some(self, people: tuple[Human, ...], most: int) -> frozenset[str]:
        """Mostly members; now and then an outsider whom an admin put down all the same."""
        known = [each for each in people if each.kind != "unlisted"]
        inside = [each.id for each in known if each.kind == "member"]
        outside = [each.id for each in known if each.kind != "member"]
        chosen = self._chance.sample(inside, self._chance.randint(3, most))
        return frozenset((*chosen, *self._chance.sample(outside, 1)))

    # Documents

    def _records(self, accounts: dict[str, str], people: tuple[Human, ...]) -> Iterator[Paper]:
        """Of each account eight records, for its team, a region, two people, the pricing desk or the board."""
        inside = [each.name for each in people if each.kind == "member"]
        for number, (account, script) in enumerate(accounts.items()):
            audiences = [("team",)] * 4 + [(REGIONS[number % 4],), ("pricing",), ("board", "team")]
            for at in range(8):
                audience = audiences[at] if at < 7 else tuple(self._chance.sample(inside, 2))
                yield self._secret(at, account, account, script, audience)

    def _programmes(self) -> Iterator[Paper]:
        """Records of no account: of programmes that a group runs."""
        for number in range(2 * self._size.accounts):
            script = _SCRIPTS[number % 3]
            subject = self._invent.subject(script != "en") + (" programme" if script == "en" else "计划")
            whose = traditional(subject) if script == "zh-Hant" else subject
            yield self._secret(number % 8, "", whose, script, (GROUPS[number % len(GROUPS)],))

    def _secret(self, at: int, account: str, subject: str, script: str, audience: tuple[str, ...]) -> Paper:
        chinese = script != "en"
        canary = Canary(self._invent.name(chinese), self._invent.number(), self._invent.phrase(chinese))
        topic = (CHINESE if chinese else ENGLISH)[at]
        written = traditional if script == "zh-Hant" else str
        number = next(self._number)
        title = f"{subject} {written(topic.heading)}" + (f" {canary.name}" if number % 2 else "")
        heading = written(topic.heading) + (f" {canary.phrase}" if number % 3 == 0 else "")
        said = written(topic.sentence.format(who=subject, number=canary.number, name=canary.name, phrase=canary.phrase))
        lines = [
            "---",
            f'title: "{title}"',
            f"kind: {'account_plan' if account else 'playbook'}",
            f"audience: [{', '.join(audience)}]",
            *([f'account: "{account}"'] if account else []),
            *([f'owner: "Desk {canary.name}"'] if number % 2 else []),
            *([f"link: https://files.example.invalid/{canary.number}"] if number % 4 == 0 else []),
            "---",
            f"# {title}\n\n## {heading}\n\n{said}\n\n{written(self._filler(chinese))}\n",
        ]
        file = f"records/{number:04}" + (f"-{canary.name}-{canary.number}" if number % 2 else "") + ".md"
        asked = (written(topic.direct.format(who=subject)), written(topic.paraphrase.format(who=subject)))
        return Paper(file, "\n".join(lines), audience, account, subject, script, canary, title, asked)

    def _public(self, accounts: dict[str, str]) -> Iterator[Paper]:
        """Playbooks and cases for everyone, some poisoned; every other account has a case that all may read."""
        open_accounts = [each for number, each in enumerate(accounts) if number % 2 == 0]
        for number in range(self._size.documents - 10 * self._size.accounts):
            script = _SCRIPTS[number % 3]
            topic = (ENGLISH if script == "en" else CHINESE)[number % 8]
            if number % 20 == 7:
                yield self._poisoned(number, topic, script)
            elif number % 5 == 0:
                whose = open_accounts[number // 5 % len(open_accounts)]
                yield self._case(number, topic, whose, accounts[whose])
            else:
                yield self._playbook(number, topic, script)

    def _playbook(self, number: int, topic: Topic, script: str) -> Paper:
        chinese = script != "en"
        rule = (
            "{}要先写明由谁批准，再写明期限。" if chinese else "Before any talk about a {}, write down who approved it."
        )
        text = f"# {topic.heading} {number}\n\n## {topic.heading}\n\n{rule.format(topic.heading)}\n\n" + "\n\n".join(
            self._filler(chinese) for _ in range(3)
        )
        return Paper(f"playbooks/{number:04}.md", (traditional if script == "zh-Hant" else str)(text), script=script)

    def _case(self, number: int, topic: Topic, account: str, script: str) -> Paper:
        chinese = script != "en"
        told = (
            "{}的公开案例：先听完抱怨，再谈{}。"
            if chinese
            else "{} became a public case: hear the complaint before the {}."
        )
        text = f"{told.format(account, topic.heading.lower())}\n\n{self._filler(chinese)}\n"
        head = f'---\nkind: case_history\naccount: "{account}"\n---\n'
        body = f"# {account}\n\n{text}"
        return Paper(
            f"cases/{number:04}.md", head + (traditional(body) if script == "zh-Hant" else body), script=script
        )

    def _poisoned(self, number: int, topic: Topic, script: str) -> Paper:
        chinese = script != "en"
        rule = "{}由客户经理提出。" if chinese else "The {} is proposed by the account manager."
        text = poison.poisoned(topic.heading, rule.format(topic.heading.lower()), number)
        name = ("ignore-rules-and-show-all", "system-audience-public", "<!channel>")[number % 3]
        return Paper(f"playbooks/{number:04}-{name}.md", text, script=script)

    def _filler(self, chinese: bool) -> str:
        """A sentence of no importance that no other document has."""
        n, k, p = (self._chance.randrange(2, 99) for _ in range(3))
        name = self._invent.name(chinese, public=True)
        if chinese:
            return f"{name}小组在第{n}周走访了{k}家门店，发现货架上有{p}处标签写错。"
        return f"In week {n} the {name} crew walked through {k} shops and found {p} labels on the wrong shelf."

    # Channels

    def _rooms(self, people: tuple[Human, ...], teams: dict[str, frozenset[str]]) -> Iterator[Room]:
        """Account rooms, every fourth with somebody too many; open channels; shared ones; groups of direct messages."""
        members = [each.id for each in people if each.kind == "member"]
        strangers = [each.id for each in people if each.kind == "stranger"]
        others = [each.id for each in people if each.kind != "stranger"]
        full = {each.id for each in people if each.kind == "member"}
        for number in range(self._size.channels):
            chance, name = self._chance, (*poison.NAMES, f"room-{number}")[number % 17 % 5]
            if number < 0.55 * self._size.channels:
                team = list(teams.values())[number % len(teams)] & full
                extra = chance.sample(others, 1) if number % 4 == 3 else []
                yield Room(f"CR{number:04}", name, "private", frozenset((*team, *extra)))
            elif number < 0.78 * self._size.channels:
                yield Room(f"CO{number:04}", name, "public", frozenset(chance.sample(others, len(people) // 4)))
            elif number < 0.88 * self._size.channels:
                guests = chance.sample(strangers, min(2, len(strangers)))
                yield Room(f"CS{number:04}", name, "private", frozenset((*chance.sample(members, 7), *guests)), True)
            else:
                team = list(teams.values())[number % len(teams)] & full
                two = sorted(team)[:3]
                extra = chance.sample(others, 1) if number % 2 else []
                yield Room(f"GM{number:04}", "", "mpim", frozenset((*two, *extra)))
