"""What changes between probes: people.yaml, members, guests, user groups, documents, and the process itself."""

import random
from collections.abc import Callable
from dataclasses import replace

from tests.integrations.slack.processes import ingest
from tests.leaks.company import SLACK_GROUP, Paper
from tests.leaks.probes import Aim
from tests.leaks.stage import Stage

Change = Callable[[Stage, random.Random], list[Aim]]

_SOME = 6


def expelled(stage: Stage, chance: random.Random) -> list[Aim]:
    """people.yaml: somebody is no longer in the team of an account, others no longer in a group."""
    aims: list[Aim] = []
    for account in chance.sample(sorted(stage.world.teams), min(_SOME, len(stage.world.teams))):
        aims += _without(stage, stage.world.teams[account], chance)
    aims += _without(stage, stage.world.groups[chance.choice(("north", "south", "board"))], chance)
    stage.world.write_people(stage.home / "people.yaml")
    return aims


def _without(stage: Stage, members: set[str], chance: random.Random) -> list[Aim]:
    user = chance.choice(sorted(members))
    before = _readable(stage, user)
    members.discard(user)
    return _lost(stage, user, before, chance)


def regrouped(stage: Stage, chance: random.Random) -> list[Aim]:
    """A Slack user group has other members."""
    group = stage.world.groups["pricing"]
    aims = _without(stage, group, chance)
    group.add(chance.choice(sorted(each.id for each in stage.world.people.values() if each.id not in group)))
    stage.slack.admin.regroup(SLACK_GROUP, sorted(group))
    return aims


def turned_out(stage: Stage, chance: random.Random) -> list[Aim]:
    """Members become guests."""
    aims: list[Aim] = []
    inside = [each for each in stage.world.people if stage.world.inside(each)]
    for user in chance.sample(inside, 2):
        before = _readable(stage, user)
        stage.world.outside.add(user)
        stage.slack.admin.change(user, guest=True)
        aims += _lost(stage, user, before, chance)
    return aims


def joined(stage: Stage, chance: random.Random) -> list[Aim]:
    """People join conversations that were closed to them, and some leave."""
    rooms = sorted(stage.world.members)
    able = [each.id for each in stage.world.people.values() if each.kind not in ("gone", "stranger")]
    for room in chance.sample(rooms, min(_SOME, len(rooms))):
        user = chance.choice(able)
        stage.world.members[room].add(user)
        stage.slack.user(user).join(room)
    for room in chance.sample(rooms, min(_SOME, len(rooms))):
        if len(stage.world.members[room]) > 3:
            user = chance.choice(sorted(stage.world.members[room]))
            stage.world.members[room].discard(user)
            stage.slack.user(user).leave(room)
    return []


def closed(stage: Stage, chance: random.Random) -> list[Aim]:
    """Documents are closed to nearly all, or taken away, while the bot runs."""
    files = stage.home.parent / "documents"
    secrets = [each for each in stage.world.papers.values() if each.canary]
    aims: list[Aim] = []
    for number, paper in enumerate(chance.sample(secrets, 2 * _SOME)):
        readers = [each for each in stage.world.people if stage.world.may_read(each, paper)]
        if number % 2:
            (files / paper.file).unlink()
            del stage.world.papers[paper.file]
        else:
            _close(stage, paper)
            (files / paper.file).write_text(stage.world.papers[paper.file].text, encoding="utf-8")
        aims += [Aim(each, paper) for each in readers[:2] if stage.world.people[each].kind == "member"]
    ingest(stage.home, files)
    return aims


def _close(stage: Stage, paper: Paper) -> None:
    """Now for the board alone."""
    text = paper.text.replace(f"audience: [{', '.join(paper.audience)}]", "audience: [board]")
    stage.world.papers[paper.file] = replace(paper, text=text, audience=("board",))


def broken(stage: Stage, chance: random.Random) -> list[Aim]:
    """people.yaml cannot be read: public documents only, for everyone."""
    stage.world.broken = True
    stage.world.write_people(stage.home / "people.yaml")
    return []


def mended(stage: Stage, chance: random.Random) -> list[Aim]:
    """people.yaml can be read again."""
    stage.world.broken = False
    stage.world.write_people(stage.home / "people.yaml")
    return []


def crashed(stage: Stage, chance: random.Random) -> list[Aim]:
    """The process is killed, and another one started."""
    stage.crash()
    return []


CHANGES: tuple[Change, ...] = (expelled, joined, crashed, regrouped, turned_out, broken, mended, closed)


def _readable(stage: Stage, user: str) -> list[Paper]:
    return [each for each in stage.world.papers.values() if each.canary and stage.world.may_read(user, each)]


def _lost(stage: Stage, user: str, before: list[Paper], chance: random.Random) -> list[Aim]:
    """What somebody could read before and cannot any more."""
    lost = [each for each in before if not stage.world.may_read(user, each)]
    return [Aim(user, each) for each in chance.sample(lost, min(3, len(lost)))]
