"""What changes between probes of coach review: what changes for askers, and coaches, and documents that come back."""

import random
from collections.abc import Callable
from dataclasses import replace

from tests.integrations.slack.processes import ingest
from tests.leaks import changes
from tests.leaks.probes import Aim
from tests.leaks.review_office import Office
from tests.leaks.stage import Stage

Change = Callable[[Stage, random.Random], list[Aim]]
_SOME = 4


def demoted(stage: Stage, chance: random.Random) -> list[Aim]:
    """A coach coaches no more, another person does; one leaves the company."""
    world = stage.world
    inside = [each for each in sorted(world.people) if world.inside(each)]
    old = chance.choice(sorted(world.coaches))
    world.coaches.discard(old)
    world.coaches.add(chance.choice([each for each in inside if each not in world.coaches]))
    if len(inside) > 20:
        gone = chance.choice([each for each in inside if each not in world.coaches])
        stage.slack.admin.change(gone, deactivated=True)
        world.outside.add(gone)
    world.write_people(stage.home / "people.yaml")
    secrets = [each for each in world.papers.values() if each.canary]
    return [Aim(old, each) for each in chance.sample(secrets, _SOME)]


def widened(stage: Stage, chance: random.Random) -> list[Aim]:
    """Somebody comes into the teams of accounts and into groups."""
    world = stage.world
    inside = [each for each in sorted(world.people) if world.inside(each)]
    for team in chance.sample(list(world.teams.values()), min(_SOME, len(world.teams))):
        team.add(chance.choice(inside))
    world.groups["board"].add(chance.choice(sorted(world.coaches)))
    world.write_people(stage.home / "people.yaml")
    return []


def crowded(stage: Stage, chance: random.Random) -> list[Aim]:
    """Somebody who coaches nothing, or a guest, comes into the coaches' channel; somebody goes."""
    world, channel = stage.world, "CCOACHES"
    able = [
        each.id for each in world.people.values() if each.kind in ("member", "guest") and each.id not in world.outside
    ]
    for user in chance.sample([each for each in able if each not in world.members[channel]], 1):
        world.members[channel].add(user)
        stage.slack.user(user).join(channel)
    for user in sorted(world.members[channel] - world.coaches | set(chance.sample(sorted(world.members[channel]), 1))):
        if len(world.members[channel]) > 2 and chance.random() < 0.7:
            world.members[channel].discard(user)
            stage.slack.user(user).leave(channel)
    return []


def sources_closed(stage: Stage, chance: random.Random) -> list[Aim]:
    """What corrections and answers rest on is closed to nearly all, or taken away."""
    files, world, ledger = stage.home.parent / "documents", stage.world, stage.watch.judge.ledger  # type: ignore[attr-defined]
    cited = [file for _, some in ledger.corrected.values() for file in some]
    cited += chance.sample([file for each in ledger.given.values() for file in each.papers] or [""], 1)
    there = sorted({each for each in cited if each in world.papers and world.papers[each].canary})
    aims = []
    for number, file in enumerate(chance.sample(there, min(_SOME, len(there)))):
        paper = world.papers[file]
        aims += [Aim(each, paper) for each in sorted(world.people) if world.may_read(each, paper)]
        if number % 4 == 3:
            (files / file).unlink()
            del world.papers[file]
        else:
            text = paper.text.replace(f"audience: [{', '.join(paper.audience)}]", "audience: [board]")
            world.papers[file] = replace(paper, text=text, audience=("board",))
            (files / file).write_text(text, encoding="utf-8")
    ingest(stage.home, files)
    return aims


def restored(stage: Stage, chance: random.Random) -> list[Aim]:
    """Documents that were taken away are there again, some for others than before."""
    files, world = stage.home.parent / "documents", stage.world
    for file, paper in sorted(world.gone.items()):
        world.papers[file] = paper
        (files / file).write_text(paper.text, encoding="utf-8")
    world.gone.clear()
    ingest(stage.home, files)
    return []


CHANGES: tuple[Change, ...] = (
    sources_closed, changes.expelled, crowded, sources_closed, demoted, restored, changes.regrouped, changes.joined,
    changes.closed, changes.turned_out, sources_closed, widened, changes.broken, changes.mended, changes.crashed,
)  # fmt: skip


def change(office: Office, number: int) -> list[Aim]:
    """Make the next of the changes, once everything before it was judged."""
    world, made = office.stage.world, CHANGES[number % len(CHANGES)]
    office.settle()
    before = dict(world.papers)
    aims = made(office.stage, office.chance)
    world.gone |= {file: before[file] for file in before.keys() - world.papers.keys()}
    office.door.renew()
    office.settle()
    return aims
