"""Whom a probe is made with, and where: people who may or may not read a document, and conversations they are in."""

import random
from dataclasses import dataclass

from tests.leaks.company import Paper
from tests.leaks.stage import Stage


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses by the rights of now; the same chance, the same choices, as far as the company stays the same."""

    stage: Stage
    chance: random.Random

    def reader(self, paper: Paper, may: bool) -> str:
        """Somebody who may, or may not, read a document and can speak."""
        world = self.stage.world
        able = [each.id for each in world.people.values() if each.kind not in ("gone", "stranger")]
        able = [each for each in able if not self.stage.slack.state.users[each].deactivated]
        chosen = [each for each in able if world.may_read(each, paper) is may]
        return self.chance.choice(chosen or able)

    def stranger(self, room: str) -> str | None:
        """Somebody of another company who is in a conversation."""
        inside = self.stage.world.members[room]
        return next((each for each in sorted(inside) if self.stage.world.people[each].kind == "stranger"), None)

    def room(self, user: str, paper: Paper, kinds: tuple[str, ...]) -> str | None:
        """A conversation somebody is in: half the time one where all may read, if there is one."""
        world, channels = self.stage.world, self.stage.slack.state.channels
        mine = [each for each in world.rooms_of(user) if channels[each].kind in kinds]
        open_to_all = [room for room in mine if all(world.may_read(each, paper) for each in world.members[room])]
        return self.chance.choice(open_to_all if open_to_all and self.chance.random() < 0.5 else mine or [None])

    def other(self, room: str, paper: Paper, but: str, ours: bool = False) -> str | None:
        """Somebody else there who may not read a document, if there is such a one; `ours`: no stranger."""
        world, users = self.stage.world, self.stage.slack.state.users
        able = [each for each in sorted(world.members[room]) if each != but and not users[each].deactivated]
        able = [each for each in able if not ours or self.stage.world.people[each].kind != "stranger"]
        closed = [each for each in able if not world.may_read(each, paper)]
        return self.chance.choice(closed or able or [None])
