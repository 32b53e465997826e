"""A coach's correction: each line checked like a claim, and what to mend said plainly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.correction import Desk, cites_of, narrowest, typed, until
from assistant.correction_check import check_correction
from assistant.questions import Language
from assistant.reasons import Reason
from knowledge.access import EVERYONE, Audience, Reader
from knowledge.documents import Entry, Hit, Kind, Passage
from knowledge.glossary import shipped
from knowledge.people import Directory

TEXT = (
    "Thank each guest by name within one working day. Send the promises with owner and date within two working days."
    " Report on the promises within a month. Never discuss prices in the meeting of leaders.\n\n"
    "Keep fifteen minutes free after the meeting of leaders for the talk that no agenda contains."
)


def _hit(text: str = TEXT, name: str = "d1", kind: Kind = Kind.PLAYBOOK) -> Hit:
    entry = Entry(
        id=name, title="Executive visits", kind=kind, source=f"playbooks/{name}.md", language="en", version="v1"
    )
    return Hit(Passage(id=f"p-{name}", document_id=name, heading="", text=text, start=0, end=len(text)), entry, 1.0)


def _desk(*hits: Hit, language: Language = "en", gone: bool = False) -> Desk:
    offered = dict(enumerate(hits or (_hit(),), start=1))
    sources = {} if gone else {hit.passage.id: (hit.passage, hit.entry) for hit in offered.values()}
    return Desk("What after a visit?", "Dora Vance", language, offered, sources, (), (), shipped())


def test_marks_at_the_end_of_a_line_cite_and_list_marks_before_it_do_not_count() -> None:
    lines = typed("- Send the promises. [1][2]\n\n2. From my own years \n三天内见面【1，3】\nIn [1] it stands.")
    assert [(each.number, each.text, each.cited) for each in lines] == [
        (1, "Send the promises.", (1, 2)),
        (3, "From my own years", ()),
        (4, "三天内见面", (1, 3)),
        (5, "In [1] it stands.", ()),
    ]


def test_a_line_that_its_source_bears_out_becomes_a_statement_with_the_sources_own_words() -> None:
    checked = check_correction(typed("The promises go out within two working days. [1]"), _desk())
    assert not checked.faults
    assert "within two working days" in checked.statements[0].citations[0].quote


def test_a_line_told_in_another_language_is_checked_as_well() -> None:
    right, wrong = (
        check_correction(typed(f"领导会谈之后空出{minutes}分钟，谈议程里没有的事。[1]"), _desk(language="zh-Hans"))
        for minutes in ("十五", "二十")
    )
    assert right.statements
    assert "二十分钟" in wrong.faults[0].mend
    assert "来源 1" in wrong.faults[0].mend


@pytest.mark.parametrize(
    ("line", "reason", "said"),
    [
        ("The promises go out within five working days. [1]", Reason.NUMBER, "five working days"),
        ("Discuss prices in the meeting of leaders. [1]", Reason.NEGATION, "opposite"),
        ("Pay sales commission on every delivered trial network. [1]", Reason.UNRELATED, "does not speak of this"),
        ("The promises go out within two working days. [7]", Reason.UNKNOWN_ID, "no source 7"),
        ("See https://example.com for more.", Reason.LINK, "links"),
    ],
)
def test_a_line_that_does_not_stand_up_says_what_to_mend(line: str, reason: Reason, said: str) -> None:
    checked = check_correction(typed(line), _desk())
    assert not checked.statements
    assert checked.faults[0].reason is reason
    assert said in checked.faults[0].mend


def test_one_bad_line_keeps_the_good_ones_back_and_is_told_by_its_number() -> None:
    checked = check_correction(typed("Report within a month. [1]\nReport within a week. [1]"), _desk())
    assert checked.statements == ()
    assert [each.line.number for each in checked.faults] == [2]


def test_two_neighbouring_sentences_may_bear_out_one_line_together() -> None:
    line = "Promises with owner and date go out within two working days, and the report on them within a month. [1]"
    checked = check_correction(typed(line), _desk())
    assert "month" in checked.statements[0].citations[0].quote


def test_a_line_without_a_mark_is_the_coachs_own() -> None:
    statement = check_correction(typed("In my years the second week works best."), _desk()).statements[0]
    assert statement.coach == "Dora Vance"
    assert not statement.citations


def test_a_source_that_went_meanwhile_is_told() -> None:
    faults = check_correction(typed("Report within a month. [1]"), _desk(gone=True)).faults
    assert faults[0].reason is Reason.SOURCE_GONE


def test_a_correction_cannot_rest_on_another_correction() -> None:
    checked = check_correction(typed("Report within a month. [1]"), _desk(_hit(kind=Kind.REVIEWED_ANSWER)))
    assert "itself a correction" in checked.faults[0].mend


def test_cites_have_the_version_of_this_moment() -> None:
    desk = _desk()
    cites = cites_of(check_correction(typed("Report within a month. [1]"), desk).statements, desk.sources)
    assert [(each.document, each.version) for each in cites] == [("d1", "v1")]


NAMES = st.sampled_from(["ann", "bob", "cy", "east", "board", "public"])
AUDIENCES = st.lists(st.frozensets(NAMES, max_size=3).map(Audience), max_size=4)
PEOPLE = Directory.of(
    {"people": dict.fromkeys(["ann", "bob", "cy"]), "groups": {"east": ["ann", "bob"], "board": ["bob", "cy"]}}
)


@given(AUDIENCES, st.booleans())
def test_whoever_the_narrowest_audience_admits_every_audience_admits(audiences: list[Audience], known: bool) -> None:
    narrow = narrowest(audiences, PEOPLE if known else None)
    for person in (*PEOPLE.people, "stranger"):
        reader = PEOPLE.reader(person)
        assert not reader.may_read(narrow) or all(map(reader.may_read, audiences))


def test_two_groups_without_a_shared_name_leave_the_people_who_are_in_both() -> None:
    both = narrowest([Audience(frozenset({"east"})), Audience(frozenset({"board"}))], PEOPLE)
    assert both.names == {"bob"}
    assert narrowest([EVERYONE, Audience(frozenset({"east"}))]).names == {"east"}
    assert narrowest([]) == EVERYONE
    assert not Reader("bob").may_read(narrowest([Audience(frozenset({"east"})), Audience(frozenset({"board"}))]))


def test_a_correction_holds_for_ninety_days() -> None:
    assert until(date(2026, 1, 1)) == date(2026, 4, 1)
