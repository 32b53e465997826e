"""A small company probed for leaks, and whether the probing itself can see one."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaks import pairs, run
from tests.leaks.canaries import Canaries, folded
from tests.leaks.company import SMALL, Company, Paper, found
from tests.leaks.policy import World
from tests.leaks.ranks import mann_whitney
from tests.leaks.stage import Stage, staged
from tests.leaks.words import traditional

_PROBES = 110


@pytest.fixture(scope="module")
def company() -> Company:
    return found(size=SMALL)


@pytest.fixture
def stage(company: Company, tmp_path: Path) -> Iterator[Stage]:
    with staged(company, tmp_path) as made:
        yield made


def test_nobody_sees_what_is_not_for_them_and_who_may_see_it_does(tmp_path: Path) -> None:
    result = run.run(tmp_path, _PROBES, size=SMALL)
    assert result.leaks == []
    assert result.injected == []
    assert result.miscounted == []
    assert result.complaints == []
    assert result.asked["all"] > _PROBES / 8
    assert result.entitled >= 97


def test_what_is_hidden_and_what_does_not_exist_are_told_of_alike(tmp_path: Path) -> None:
    told_apart = [each.differs() for each in pairs.run(tmp_path, 12, size=SMALL) if each.differs()]
    assert told_apart == []


def test_a_bot_that_believes_in_too_many_rights_is_caught(stage: Stage) -> None:
    target, asker, friend = _room_of_two(stage)
    stage.world.write_people(stage.home / "people.yaml")
    stage.world.outside.add(friend)
    stage.dm(friend, target.asked[0])
    stage.mention(asker, "CTEST", target.asked[0])
    stage.settle()
    stage.watch.look()
    assert target.canary
    caught = {(each.who.split()[0], each.secret, each.where.split()[-1]) for each in stage.watch.leaks}
    assert (friend, target.file, "CTEST") in caught
    assert (friend, target.file, stage.slack.dm(friend)) in caught
    assert asker not in {who for who, *_ in caught}
    assert {each.form for each in stage.watch.leaks} >= set(map(folded, target.canary.forms))


def _room_of_two(stage: Stage) -> tuple[Paper, str, str]:
    """A document with two readers who are in a room of their own."""
    world = stage.world
    target = next(each for each in world.company.secrets if each.audience == ("team",))
    one, other, *_ = sorted(each for each in world.people if world.may_read(each, target))
    world.members["CTEST"] = {one, other}
    stage.slack.add_channel("CTEST", "two", [one, other], kind="private")
    return target, one, other


def test_a_canary_is_found_in_either_script_any_width_and_between_invisible_characters(company: Company) -> None:
    canaries = Canaries(company)
    for paper in company.secrets:
        assert paper.canary
        for form in paper.canary.forms:
            for written in (traditional(form), form.upper(), "\u200b".join(form), _wide(form), f"x{form}y"):
                assert paper in [secret for _, secret in canaries.within(written)], (form, written)


def _wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def test_no_public_document_names_a_canary(company: Company) -> None:
    canaries = Canaries(company)
    public = [each for each in company.papers if not each.canary]
    assert [each.file for each in public if any(canaries.within(f"{each.file} {each.text}"))] == []


def test_the_policy_of_the_company_closes_every_kind_of_outsider(company: Company) -> None:
    world = World.of(company)
    outsiders = [each for each in company.people if each.kind != "member"]
    assert len({each.kind for each in outsiders}) == 6
    assert not any(world.may_read(each.id, paper) for each in outsiders for paper in company.secrets)
    assert all(any(world.may_read(each.id, paper) for each in company.people) for paper in company.secrets)


def test_the_same_seed_founds_the_same_company() -> None:
    assert found(3, SMALL) == found(3, SMALL)
    assert found(3, SMALL) != found(4, SMALL)


def test_ranks_tell_a_shift_from_chance_and_stand_ties() -> None:
    chance = random.Random(1)
    one, other = ([chance.gauss(0, 1) for _ in range(200)] for _ in range(2))
    assert mann_whitney(one, other).p > 0.05
    shifted = mann_whitney([each + 0.5 for each in one], other)
    assert shifted.p < 0.001
    assert shifted.effect > 0.6
    assert mann_whitney([1.0] * 30, [1.0] * 30).p == pytest.approx(1.0)


def test_the_effect_is_the_share_of_pairs_that_the_first_wins() -> None:
    first, second = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0], [1.0, 2.0, 3.0, 4.0, 4.0, 5.0, 6.0, 6.0, 7.0, 9.0]
    pairs_won = sum((a > b) + 0.5 * (a == b) for a in first for b in second)
    assert mann_whitney(first, second).effect == pytest.approx(pairs_won / 60)
