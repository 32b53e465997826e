"""Hits that stand next to each other become one stretch."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.access import ANYONE
from knowledge.documents import Entry, Hit, Passage
from knowledge.neighbours import grow, join


def hit(start: int, end: int, document: str = "d", contents: bool = False) -> Hit:
    passage = Passage(
        id=f"{document}{start}", document_id=document, heading="", text="x" * (end - start), start=start, end=end,
        contents=contents,
    )  # fmt: skip
    return Hit(passage, Entry(id=document, title="T", source="t.md", language="en", version="v"), 1.0)


def spans(*hits: Hit) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in join(hits)]


def test_neighbours_join_under_the_better_one_whichever_comes_first() -> None:
    assert spans(hit(100, 200), hit(0, 90)) == [(0, 200)]
    assert spans(hit(0, 90), hit(100, 200)) == [(0, 200)]
    assert join([hit(100, 200), hit(0, 90)])[0].hit.passage.start == 100


def test_what_stands_apart_or_in_another_document_does_not_join() -> None:
    assert spans(hit(0, 90), hit(200, 300)) == [(0, 90), (200, 300)]
    assert spans(hit(0, 90), hit(91, 200, "e")) == [(0, 90), (91, 200)]


def test_a_stretch_does_not_grow_beyond_its_length() -> None:
    assert spans(hit(0, 1000), hit(1001, 2000)) == [(0, 1000), (1001, 2000)]


def test_a_table_of_contents_stays_alone() -> None:
    assert spans(hit(0, 90, contents=True), hit(91, 200)) == [(0, 90), (91, 200)]
    assert spans(hit(91, 200), hit(0, 90, contents=True)) == [(91, 200), (0, 90)]


def grown(found: Hit, *others: Hit, passages: list[Hit]) -> tuple[int, int]:
    stretches = join([found, *others])
    grow(stretches[0], [each.passage for each in passages], stretches)
    return stretches[0].start, stretches[0].end


def test_a_small_hit_grows_by_what_stands_beside_it() -> None:
    rows = [hit(0, 100), hit(110, 200), hit(210, 300)]
    assert grown(rows[1], passages=rows) == (0, 300)


def test_growing_ends_at_the_size_of_a_large_passage_at_gaps_and_at_tables_of_contents() -> None:
    rows = [hit(at, at + 500) for at in range(0, 5000, 510)]
    assert grown(rows[4], passages=rows) == (1530, 3050)
    assert grown(hit(0, 100), passages=[hit(0, 100), hit(300, 400)]) == (0, 100)
    assert grown(hit(0, 100), passages=[hit(0, 100), hit(110, 200, contents=True)]) == (0, 100)


def test_growing_leaves_alone_what_another_stretch_has() -> None:
    small, large = hit(0, 100), hit(110, 1700)
    assert grown(small, large, passages=[small, large]) == (0, 100)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 400)), max_size=12))
def test_every_hit_lies_in_a_stretch_and_none_is_invented(places: list[tuple[int, int]]) -> None:
    hits = [hit(start, start + length) for start, length in places]
    stretches = join(hits)
    for each in hits:
        assert any(s.start <= each.passage.start and each.passage.end <= s.end for s in stretches)
    assert {s.start for s in stretches} <= {each.passage.start for each in hits}
    assert {s.end for s in stretches} <= {each.passage.end for each in hits}


def test_a_joined_hit_is_the_documents_own_text_at_its_offsets(tmp_path: Path) -> None:
    text = (
        "# Notes\n\n## One\n\nThe quiet tier has a rule.\n\n"
        "## Two\n\nThe quiet tier has an owner.\n\n## Three\n\nZebras sleep.\n"
    )
    (tmp_path / "notes.md").write_text(text, encoding="utf-8")
    made = library(Settings(home=tmp_path / "home"))
    made.ingest([tmp_path / "notes.md"])
    found = made.stretches("quiet tier", ANYONE)
    assert [each.passage.text for each in found] == [
        "The quiet tier has a rule.\n\n## Two\n\nThe quiet tier has an owner.\n\n## Three\n\nZebras sleep."
    ]
    assert all(each.passage.text == text[each.passage.start : each.passage.end] for each in found)
