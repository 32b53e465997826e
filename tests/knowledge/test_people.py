"""Who is known, and by which names: what an admin writes in people.yaml, read so that a slip adds no right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.access import ANYONE, Audience, Reader
from knowledge.errors import WrongMetadata
from knowledge.people import Directory

SAID = {
    "people": {"Ann": {"slack": "U1"}, "Bob": {"slack": ["U2", "W2"]}, "Carla": None},
    "groups": {"EMEA sales": ["ann", "bob"], "apac": ["slack:S7"]},
    "accounts": {"Aurora Grid": ["ann"]},
    "coaches": ["carla"],
    "admins": ["bob"],
}
KNOWN = Directory.of(SAID)


def may(person: str, audience: object, account: str | None = None, groups: tuple[str, ...] = ()) -> bool:
    return KNOWN.reader(person, groups).may_read(Audience.of(audience, account))


def test_a_person_reads_what_names_them_their_groups_or_their_accounts_team() -> None:
    assert may("ann", "ann")
    assert may("bob", ["emea sales"])
    assert may("ann", "team", "Aurora Grid")
    assert not may("bob", "team", "Aurora Grid")


def test_names_are_compared_without_case_and_extra_spaces() -> None:
    assert may(" ANN ", ["emea  SALES"])
    assert may("ann", "Team", "aurora  grid")


def test_members_of_a_slack_user_group_are_members_of_what_names_it() -> None:
    assert may("carla", "apac", groups=("S7",))
    assert not may("carla", "apac")
    assert KNOWN.slack_groups() == {"s7"}


def test_a_slack_user_group_counts_for_nobody_who_is_not_known() -> None:
    assert KNOWN.reader("mallory", ["S7"]) == ANYONE


@pytest.mark.parametrize("person", ["", "mallory", "public", "team", "team of aurora grid", "slack:s7", "emea sales"])
def test_whoever_is_not_known_reads_as_anyone_does(person: str) -> None:
    assert KNOWN.reader(person) == ANYONE


def test_a_slack_id_leads_to_its_person() -> None:
    assert (KNOWN.slack["U1"], KNOWN.slack["W2"]) == ("ann", "bob")


def test_without_a_directory_nobody_is_known() -> None:
    assert Directory().reader("ann") == ANYONE


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ([], "people"),
        ({"peoples": {}}, "peoples"),
        ({"people": ["ann"]}, "people must be"),
        ({"people": {"ann": "U1"}}, "ann must be followed"),
        ({"people": {"ann": {"slack": 7}}}, "ann must be followed"),
        ({"people": {"ann": {"slack": "U1"}, "bob": {"slack": "U1"}}}, "U1"),
        ({"people": {"public": None}}, "public"),
        ({"people": {"team of x": None}}, "team of x"),
        ({"people": {"ann": None}, "groups": {"ann": ["ann"]}}, "person and a group"),
        ({"people": {"ann": None}, "groups": {"sales": ["bob"]}}, "bob"),
        ({"people": {"ann": None}, "groups": {"sales": 5}}, "group sales"),
        ({"people": {"ann": None}, "accounts": {"Aurora": ["bob"]}}, "account Aurora"),
        ({"people": {"ann": None}, "admins": ["bob"]}, "admins"),
        ({"groups": {"slack:S1": []}}, "slack:S1"),
    ],
)
def test_a_slip_is_named_and_refused(said: object, named: str) -> None:
    with pytest.raises(WrongMetadata, match=named):
        Directory.of(said)


def test_an_audience_that_says_team_must_have_an_account() -> None:
    with pytest.raises(WrongMetadata, match="account: NAME"):
        Audience.of("team")


NAMES = st.sampled_from(["ann", "bob", "carla", "mallory", ""])
PEOPLE = st.builds(lambda name: KNOWN.reader(name), NAMES)
AUDIENCES = st.builds(
    lambda names: Audience(frozenset(names)),
    st.sets(st.sampled_from(["public", "ann", "bob", "emea sales", "apac", "team of aurora grid"])),
)


@given(PEOPLE, st.lists(PEOPLE, max_size=5), AUDIENCES)
def test_what_a_channel_may_see_is_what_each_of_its_people_may_see(
    asker: Reader, members: list[Reader], audience: Audience
) -> None:
    among = asker.among(members)
    assert among.may_read(audience) == all(each.may_read(audience) for each in (asker, *members))


@given(PEOPLE, st.lists(PEOPLE, max_size=5), PEOPLE, AUDIENCES)
def test_one_more_person_never_opens_anything(
    asker: Reader, members: list[Reader], more: Reader, audience: Audience
) -> None:
    if asker.among([*members, more]).may_read(audience):
        assert asker.among(members).may_read(audience)


@given(PEOPLE, st.lists(PEOPLE, max_size=5), AUDIENCES)
def test_the_order_of_people_and_doubles_among_them_change_nothing(
    asker: Reader, members: list[Reader], audience: Audience
) -> None:
    again = asker.among([*reversed(members), *members])
    assert again == asker.among(members)
    assert again.alone().may_read(audience) == asker.may_read(audience)
