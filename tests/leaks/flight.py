"""Rights that change while answers are being made: what is shown later counts by the rights of later."""

import random
import time
from collections import Counter

from tests.leaks.company import Paper
from tests.leaks.stage import Stage

_BEFORE = 0.2
_GRACE = 1.0
"""Seconds in which what was checked before the change may still arrive, and Slack's event of it be on its way."""


def revoked(stage: Stage, chance: random.Random, questions: int) -> Counter[str]:
    """Somebody asks much at once, and loses all groups and teams but the Slack one before they have it all."""
    world = stage.world
    user = max(sorted(filter(world.inside, world.people)), key=lambda each: len(_theirs(stage, [each])))
    asked = [stage.dm(user, each.asked[0]) for each in chance.choices(_theirs(stage, [user]), k=questions)]
    time.sleep(_BEFORE)
    lists = [*(members for name, members in world.groups.items() if name != "pricing"), *world.teams.values()]
    left = [members for members in lists if user in members]
    for members in left:
        members.discard(user)
    world.write_people(stage.home / "people.yaml")
    since = time.monotonic() + _GRACE
    for members in left:
        members.add(user)
    stage.settle()
    stage.watch.look(since)
    for members in left:
        members.discard(user)
    stage.watch.look()
    return _counted(stage, {each.ts for each in asked}, since)


def joined(stage: Stage, chance: random.Random, questions: int) -> Counter[str]:
    """One of a room where all may read much asks much at once; somebody who may not joins before they have it all."""
    world, channels = stage.world, stage.slack.state.channels
    rooms = [each for each in world.members if channels[each].kind == "private" and world.members[each]]
    room = max(sorted(rooms), key=lambda each: len(_theirs(stage, world.members[each])))
    papers = _theirs(stage, world.members[room])
    asker = next((each for each in sorted(world.members[room]) if world.inside(each)), None)
    if not papers or asker is None:
        return Counter()
    newcomer = next(
        each for each, about in world.people.items() if about.kind == "guest" and each not in world.members[room]
    )
    asked = [stage.mention(asker, room, each.asked[0]) for each in chance.choices(papers, k=questions)]
    time.sleep(_BEFORE)
    stage.slack.user(newcomer).join(room)
    since = time.monotonic() + _GRACE
    stage.settle()
    stage.watch.look(since, absent=frozenset({newcomer}))
    world.members[room].add(newcomer)
    stage.watch.look()
    return _counted(stage, {each.ts for each in asked}, since)


def _theirs(stage: Stage, readers: "list[str] | set[str]") -> list[Paper]:
    """The documents that all of some people may read."""
    secrets = (each for each in stage.world.papers.values() if each.canary)
    return [each for each in secrets if all(stage.world.may_read(user, each) for user in readers)]


def _counted(stage: Stage, threads: set[str], since: float) -> Counter[str]:
    """How many of the answers came before the change counted, and how many after."""
    posted = {call.arguments.get("thread_ts"): call.at for call in stage.slack.calls("chat.postMessage")}
    times = [posted[each] for each in threads if each in posted]
    return Counter({"before": sum(each < since for each in times), "after": sum(each >= since for each in times)})
