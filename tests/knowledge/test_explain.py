"""What is said of a decision is the decision."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.access import ANYONE, EVERYONE, PUBLIC, Audience, Reader
from knowledge.documents import Entry
from knowledge.explain import Admitted, admitted, explain, without_person
from knowledge.people import Directory
from tests.conftest import TODAY

_NAMES = st.sampled_from(["amy", "bo", "\u534e\u4e1c", "public", "team of larkspur", ""])
_AUDIENCES = st.builds(lambda names: Audience(frozenset(names)), st.sets(_NAMES.filter(bool)))
_PEOPLE = st.builds(Reader, _NAMES, st.frozensets(_NAMES, max_size=3))
_READERS = st.builds(Reader.among, _PEOPLE, st.lists(_PEOPLE, max_size=3))
_DAYS = st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2))


def _entry(audience: Audience, title: str = "Plan", **dates: date | None) -> Entry:
    return Entry(id=title, title=title, source=f"{title}.md", language="en", version="v", audience=audience, **dates)  # type: ignore[arg-type]


@given(_AUDIENCES, _READERS)
def test_an_explanation_allows_exactly_what_the_policy_allows(audience: Audience, reader: Reader) -> None:
    assert explain(_entry(audience), reader, TODAY).allowed == reader.may_read(audience)


@given(_AUDIENCES, _READERS, _DAYS, _DAYS, st.booleans())
def test_whatever_is_decided_has_a_rule_and_each_hindrance_has_its_own(
    audience: Audience, reader: Reader, effective: date | None, expires: date | None, replaced: bool
) -> None:
    entry = _entry(audience, effective=effective, expires=expires)
    newer = [_entry(EVERYONE, "Newer")] if replaced else []
    decision = explain(entry, reader, TODAY, newer)
    assert decision.allowed == (reader.may_read(audience) and entry.current(TODAY) and not replaced)
    assert decision.rules
    said = " ".join(decision.rules)
    assert ("superseded by Newer" in said) == replaced
    assert ("not in force" in said) == (not entry.current(TODAY))
    assert ("does not admit" in said) == (not reader.may_read(audience))


@given(_AUDIENCES, _READERS)
def test_everyone_who_is_shut_out_is_named_unless_nobody_knows_them(audience: Audience, reader: Reader) -> None:
    said = " ".join(explain(_entry(audience), reader, TODAY).rules)
    for each in reader.shut_out(audience):
        assert (each.person or "whoever is not known") in said


def test_the_rules_are_worded_for_an_admin() -> None:
    plan = _entry(Audience.of("larkspur-team"), expires=date(2025, 12, 31))
    beside = [Reader("bob"), Reader("cleo", frozenset({"larkspur-team"})), ANYONE]
    assert explain(plan, Reader("ann").among(beside), TODAY, [_entry(EVERYONE, "Plan 2026")]).rules == (
        "audience larkspur-team does not admit ann",
        "audience larkspur-team does not admit someone beside: bob, whoever is not known",
        "not in force since 2026-01-01",
        "superseded by Plan 2026 (Plan 2026.md)",
    )
    assert explain(_entry(EVERYONE, effective=date(2026, 8, 1)), ANYONE, TODAY).rules == (
        "not in force before 2026-08-01",
    )
    assert explain(plan, Reader("cleo", frozenset({"larkspur-team"})), date(2025, 5, 1)).rules == (
        "audience larkspur-team admits cleo",
    )
    assert explain(_entry(EVERYONE), ANYONE, TODAY).rules == ("audience public admits everyone",)
    assert explain(_entry(Audience.of([])), ANYONE, TODAY).rules == (
        "audience of nobody does not admit whoever is not known",
    )


def test_each_name_of_an_audience_says_what_it_is_and_whom_it_means() -> None:
    directory = Directory.of(
        {
            "people": {"ann": {}, "bo": {}},
            "groups": {"emea": ["ann", "slack:S1"]},
            "accounts": {"Larkspur": ["bo"]},
        }
    )
    audience = Audience.of([PUBLIC, "ann", "emea", "team", "nobody-yet"], "Larkspur")
    assert admitted(audience, directory) == (
        Admitted("ann", "person", ("ann",)),
        Admitted("emea", "group", ("ann", "slack:s1")),
        Admitted("nobody-yet", "nobody known"),
        Admitted("public", "everyone"),
        Admitted("team of larkspur", "team", ("bo",)),
    )


@pytest.mark.parametrize("person", ["bob", "bob of sales", "\u534e\u4e1c", "b.b"])
def test_a_person_is_taken_out_of_a_rule_and_nobody_else(person: str) -> None:
    plan = _entry(Audience.of("larkspur"))
    others = [Reader(person), Reader("bobby"), Reader("bxb")]
    rule = explain(plan, Reader("x", frozenset({"larkspur"})).among(others), TODAY).rules[0]
    without = without_person(rule, person)
    assert without == rule.replace(f" {person},", " someone erased,").removesuffix(f" {person}") + (
        " someone erased" if rule.endswith(f" {person}") else ""
    )
    assert "bobby" in without
    assert "bxb" in without
    assert without_person(without, person) == without


@given(_AUDIENCES, _READERS, _NAMES.filter(bool))
def test_a_person_who_was_taken_out_is_in_no_rule_about_those_beside(
    audience: Audience, reader: Reader, person: str
) -> None:
    for rule in explain(_entry(audience), reader, TODAY).rules:
        _, _, beside = without_person(rule, person).partition("someone beside: ")
        assert person not in beside.split(", ")
