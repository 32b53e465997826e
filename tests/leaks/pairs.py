"""Hidden or absent: the same question about something closed to its asker and about nothing at all."""

import difflib
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.language import words
from tests.benchmarks.shared import Number, Table, percent, quantile
from tests.fakes.slack_workspace import Call, Message
from tests.leaks.company import Company, Paper, Size, found
from tests.leaks.ranks import mann_whitney
from tests.leaks.stage import Stage, staged
from tests.leaks.words import Inventor

_PATIENCE = 30.0
_IDS = re.compile(r"\b[0-9a-f]{32}\b|\b\d{10}\.\d{6}\b")
_NEUTRAL = "What do we write down before any talk about a merger?"
_MORE_THAN_CHANNEL = "channel, asker may"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what came of it: seconds to the reply, all that others saw, seconds of the question after."""

    text: str
    seconds: float
    shown: tuple[str, ...]
    after: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A question about what is hidden, and its twin about what does not exist."""

    place: str
    hidden: Asked
    absent: Asked

    def differs(self) -> str:
        """Where the two are told apart once the two names are alike; empty when nowhere."""
        one, other = (_without_names(self.hidden, self.absent.text), _without_names(self.absent, self.hidden.text))
        return "\n".join(difflib.unified_diff(one, other, lineterm="", n=0))


def _without_names(asked: Asked, twin: str) -> list[str]:
    own = [mine for mine, theirs in zip(words(asked.text), words(twin), strict=True) if mine != theirs]
    shown = [_IDS.sub("#", each) for each in asked.shown]
    for name in sorted(set(own), key=len, reverse=True):
        shown = [re.sub(re.escape(name), "@", each, flags=re.IGNORECASE) for each in shown]
    return shown


def run(folder: Path, pairs: int, seed: int = 5, size: Size | None = None) -> list[Pair]:
    """Ask in pairs, one question at a time, in an order that has nothing to do with what is hidden."""
    company, chance = found(seed, size), random.Random(seed + 2)
    with staged(company, folder) as stage:
        asker = _Asker(stage, chance)
        for _ in range(5):
            asker.warm_up()
        plan = [asker.plan(number, _absent(company, seed + number)) for number in range(pairs)]
        return [asker.pair(*each) for each in plan]


def _absent(company: Company, seed: int) -> Inventor:
    """Names that nothing in the company has."""
    return Inventor(1_000_000 + seed)


class _Asker:
    def __init__(self, stage: Stage, chance: random.Random) -> None:
        self._stage = stage
        self._chance = chance
        hidden = [each for each in stage.world.company.secrets if _nowhere_public(stage.world.company, each)]
        self._hidden = {each.file: each for each in hidden}
        self._texts = "\n".join(each.text for each in stage.world.company.papers)

    def warm_up(self) -> None:
        """The first questions load what later ones find loaded."""
        self._ask(self._chance.choice(self._members()), "", _NEUTRAL)

    def plan(self, number: int, invent: Inventor) -> tuple[str, str, str, str, str]:
        """Place, asker, room, and the two texts."""
        place = ("direct messages", "channel", _MORE_THAN_CHANNEL)[number % 3]
        while True:
            paper = self._chance.choice(list(self._hidden.values()))
            user, room = self._who(paper, place)
            if user:
                break
        text = self._chance.choice(paper.asked)
        return place, user, room, text, text.replace(paper.subject, self._named_like(paper, text, invent))

    def _who(self, paper: Paper, place: str) -> tuple[str, str]:
        """Somebody who may read nothing of its subject, or who may, where not everyone may read anything of it."""
        world, may = self._stage.world, place == _MORE_THAN_CHANNEL
        about = [each for each in self._hidden.values() if each.subject == paper.subject]
        users = [each for each in self._members() if any(world.may_read(each, some) for some in about) is may]
        if not users:
            return "", ""
        user = self._chance.choice(users)
        if place == "direct messages":
            return user, ""
        rooms = [each for each in world.rooms_of(user) if each.startswith("C")]
        closed = [room for room in rooms if not any(self._open(room, each) for each in about)]
        return (user, self._chance.choice(closed)) if closed else ("", "")

    def _open(self, room: str, paper: Paper) -> bool:
        return all(self._stage.world.may_read(each, paper) for each in self._stage.world.members[room])

    def _members(self) -> list[str]:
        return [each.id for each in self._stage.world.people.values() if each.kind == "member"]

    def _named_like(self, paper: Paper, text: str, invent: Inventor) -> str:
        """A new name of the same length and script that falls into words as the old one does."""
        chinese = paper.script != "en"
        tail = paper.subject[2:] if chinese else f" {paper.subject.partition(' ')[2]}"
        while True:
            name = invent.subject(chinese) + tail
            twin = text.replace(paper.subject, name)
            alike = len(twin) == len(text) and list(map(len, words(twin))) == list(map(len, words(text)))
            if alike and name.removesuffix(tail) not in self._texts:
                return name

    def pair(self, place: str, user: str, room: str, hidden: str, absent: str) -> Pair:
        """Ask both, in any order."""
        both = [hidden, absent]
        self._chance.shuffle(both)
        asked = {text: self._ask(user, room, text) for text in both}
        return Pair(place, asked[hidden], asked[absent])

    def _ask(self, user: str, room: str, text: str) -> Asked:
        stage = self._stage
        message = stage.mention(user, room, text) if room else stage.dm(user, text)
        seconds = self._until_posted(message)
        after = self._until_posted(stage.dm(self._chance.choice(self._members()), _NEUTRAL))
        self._finished()
        calls = [call for call in stage.slack.recorded[-40:] if _thread(call) == message.ts]
        return Asked(text, seconds, tuple(_lines(calls)), after)

    def _until_posted(self, message: Message) -> float:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            for call in reversed(self._stage.slack.recorded[-20:]):
                if call.method == "chat.postMessage" and _thread(call) == message.ts:
                    return call.at - self._sent(message)
            time.sleep(0.001)
        raise AssertionError(f"no reply to {message.text}")

    def _sent(self, message: Message) -> float:
        records = self._stage.slack.deliveries.records[-30:]
        about = [each for each in records if each.payload.get("event", {}).get("ts") == message.ts]
        return min(each.attempts[0].sent for each in about)

    def _finished(self) -> None:
        while self._stage.left():
            time.sleep(0.005)


def _nowhere_public(company: Company, paper: Paper) -> bool:
    return not any(paper.subject in each.text for each in company.papers if not each.canary)


def _thread(call: Call) -> str:
    return str(call.arguments.get("thread_ts") or "")


def _lines(calls: list[Call]) -> Iterator[str]:
    """What others than the asker see of calls, and how many blocks there are."""
    for call in calls:
        if call.method != "chat.postEphemeral":
            yield call.method
            blocks = call.arguments.get("blocks")
            yield f"{len(blocks) if isinstance(blocks, list) else 0} blocks"
            yield from (f"{name}: {value}" for name, value in sorted(call.arguments.items()) if "ts" not in name)


def report(pairs: list[Pair]) -> list[Number]:
    """Print how alike the two are; the numbers."""
    differing = [(each, told) for each in pairs if (told := each.differs())]
    table = Table(("hidden against absent", "n", "p50 ms", "p50 ms", "p", "effect"))
    by_place: dict[str, list[Pair]] = defaultdict(list)
    for each in pairs:
        by_place[each.place].append(each)
    for place, some in (*by_place.items(), ("all", pairs)):
        table.add(place, len(some), *_compared([(x.hidden.seconds, x.absent.seconds) for x in some]))
    table.add("the question after", len(pairs), *_compared([(x.hidden.after, x.absent.after) for x in pairs]))
    table.show()
    for each, told in differing[:3]:
        print(f"  DIFFERENT at {each.place}: {each.hidden.text} | {each.absent.text}\n{told[:1500]}")
    *_, p, effect = _compared([(x.hidden.seconds, x.absent.seconds) for x in pairs])
    return [
        Number("pairs of hidden and absent", len(pairs)),
        Number("pairs told apart by words, blocks or calls", len(differing), at_most=0),
        Number("times: Mann-Whitney p", p, at_least=0.05),
        Number("times: chance that hidden is slower", 100 * effect, "%"),
        Number("texts equal", percent(len(pairs) - len(differing), len(pairs)), "%", at_least=100),
    ]


def _compared(times: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    hidden, absent = zip(*times, strict=True)
    ranked = mann_whitney(hidden, absent)
    return 1000 * quantile(hidden, 0.5), 1000 * quantile(absent, 0.5), ranked.p, ranked.effect
