"""Probes: somebody wants to see, on one of the bot's surfaces, what a document holds that is, or is not, for them."""

import random
from collections import deque
from dataclasses import dataclass

from tests.leaks import texts
from tests.leaks.choosing import Chooser
from tests.leaks.company import Paper
from tests.leaks.stage import Stage
from tests.leaks.surfaces import DIRECT, NEEDS, SURFACES, WITHOUT_AN_ANSWER, Ask, Moves


@dataclass(frozen=True, slots=True)
class Probe:
    """`answerable`: the asker may read it and asks what has an answer, so the answer must hold the canary."""

    surface: str
    case: str
    asker: str
    target: Paper
    text: str
    answerable: bool
    moves: Moves


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom to try with which document: rights to it have just changed for them."""

    user: str
    paper: Paper


class Prober:
    """Makes probes up; the same seed, the same probes, as far as the company stays the same."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self._stage = stage
        self._chance = random.Random(seed)
        self._choose = Chooser(stage, self._chance)
        self.aims: deque[Aim] = deque()

    def probe(self) -> Probe:
        """The next one."""
        asker, target = self._pair()
        surface, room = self._place(asker, target)
        case = self._chance.choice(texts.CASES if self._chance.random() < 0.6 else sorted(texts.ANSWERABLE))
        text = texts.question(case, target, self._chance)
        moves = SURFACES[surface][1](self._choose, Ask(asker, target, text, room))
        asks = case in texts.ANSWERABLE and surface not in WITHOUT_AN_ANSWER
        return Probe(surface, case, asker, target, text, asks and self._stage.world.may_read(asker, target), moves)

    def _pair(self) -> tuple[str, Paper]:
        if self.aims and self._chance.random() < 0.5:
            aim = self.aims.popleft()
            return aim.user, aim.paper
        target = self._chance.choice([each for each in self._stage.world.papers.values() if each.canary])
        return self._choose.reader(target, self._chance.random() < 0.5), target

    def _place(self, asker: str, target: Paper) -> tuple[str, str]:
        """A surface, and the conversation it is used in; direct messages where there is none."""
        names, weights = zip(*((name, weight) for name, (weight, _) in SURFACES.items()), strict=True)
        surface = self._chance.choices(names, weights)[0]
        if surface not in NEEDS:
            return surface, ""
        room = self._choose.room(asker, target, NEEDS[surface])
        return (surface, room) if room else (DIRECT, "")
