"""Nobody reads what does not name them, and company never widens what may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.access import ANYONE, EVERYONE, PUBLIC, Audience, Reader
from knowledge.errors import WrongMetadata

_NAMES = st.sampled_from(["amy", "Bo", "华东", "Sales  Team", "public", "", " "])
_AUDIENCES = st.builds(
    lambda names: Audience(frozenset(names)), st.sets(st.sampled_from(["amy", "bo", "华东", PUBLIC]))
)
_PEOPLE = st.builds(Reader, _NAMES, st.frozensets(_NAMES, max_size=3))
_READERS = st.recursive(
    _PEOPLE,
    lambda inner: st.builds(Reader, _NAMES, st.frozensets(_NAMES), st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)


@given(_READERS, _READERS, _AUDIENCES)
def test_one_more_reader_beside_never_admits_more(reader: Reader, other: Reader, audience: Audience) -> None:
    joined = Reader(reader.person, reader.groups, (*reader.beside, other))
    assert joined.may_read(audience) == (reader.may_read(audience) and other.may_read(audience))


@given(_READERS)
def test_everyone_reads_what_is_public_and_nobody_what_names_nobody(reader: Reader) -> None:
    assert reader.may_read(EVERYONE)
    assert not reader.may_read(Audience.of([]))


@given(_NAMES, st.frozensets(_NAMES))
def test_a_document_that_names_people_is_closed_to_all_others(person: str, groups: frozenset[str]) -> None:
    reader = Reader(person, groups)
    assert not reader.may_read(Audience.of("somebody else"))
    assert reader.may_read(Audience.of("华东")) == ("华东" in {person, *groups})


def test_a_reader_without_a_name_sees_public_documents_only() -> None:
    assert ANYONE.may_read(EVERYONE)
    assert not ANYONE.may_read(Audience.of(["amy", "华东"]))
    assert not Reader("", frozenset({""})).may_read(Audience.of("amy"))


def test_names_are_compared_without_case_and_outer_or_double_spaces() -> None:
    audience = Audience.of(["  Sales   TEAM ", "STRASSE"])
    assert Reader("x", frozenset({"sales team"})).may_read(audience)
    assert Reader("straße").may_read(audience)
    assert Audience.of(" PUBLIC ") == EVERYONE


def test_nobody_gains_anything_by_calling_themselves_public() -> None:
    assert Reader("Public", frozenset({"public"})).names == frozenset()


def test_one_name_is_as_good_as_a_list_of_one() -> None:
    assert Audience.of("amy") == Audience.of(["Amy"]) == Audience.of(("AMY",)) == Audience.of({"amy"})


@pytest.mark.parametrize(
    "raw", [None, 7, True, {"amy": 1}, ["amy", 7], ["amy", None], [["amy"]], "", "  ", ["amy", ""], ["\t"], ["\ud800"]]
)
def test_an_audience_that_cannot_be_understood_is_refused(raw: object) -> None:
    with pytest.raises(WrongMetadata, match="audience"):
        Audience.of(raw)
