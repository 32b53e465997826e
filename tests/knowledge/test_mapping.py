"""The search copy knows the way back to every original character."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.mapping import Edit, apply, edited, without_overlaps

_EDITS = st.builds(
    lambda start, length, replacement: Edit(start, start + length, replacement),
    st.integers(0, 20),
    st.integers(0, 6),
    st.sampled_from(["", "x", "两字", " long replacement "]),
)


@st.composite
def _texts_with_edits(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    text = draw(st.text("客户ab \n", max_size=26))
    inside = [each for each in draw(st.lists(_EDITS, max_size=6)) if each.end <= len(text)]
    return text, without_overlaps(inside)


def _character_by_character(text: str, edits: tuple[Edit, ...]) -> list[tuple[str, int, int]]:
    """The copy made the slow way: each character with the original span it stands for."""
    copy: list[tuple[str, int, int]] = []
    at = 0
    for edit in edits:
        copy += [(text[i], i, i + 1) for i in range(at, edit.start)]
        copy += [(character, edit.start, edit.end) for character in edit.replacement]
        at = edit.end
    return copy + [(text[i], i, i + 1) for i in range(at, len(text))]


@given(_texts_with_edits())
def test_both_ways_of_making_the_copy_give_the_same_characters(drawn: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = drawn
    expected = "".join(character for character, _, _ in _character_by_character(text, edits))
    assert edited(text, edits) == expected
    assert apply(text, edits).text == expected


@given(_texts_with_edits(), st.data())
def test_a_span_of_the_copy_stands_for_exactly_its_characters_origins(
    drawn: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    copy, slowly = apply(*drawn), _character_by_character(*drawn)
    start = data.draw(st.integers(0, len(slowly)))
    end = data.draw(st.integers(start, len(slowly)))
    found = copy.span(start, end)
    if start < end:
        assert found == (slowly[start][1], slowly[end - 1][2])
    else:
        assert found[0] == found[1]
        assert 0 <= found[0] <= len(drawn[0])


@given(st.lists(_EDITS, max_size=12))
def test_of_overlapping_edits_the_earlier_and_longer_is_kept(edits: list[Edit]) -> None:
    kept = without_overlaps(edits)
    assert all(before.end <= after.start for before, after in zip(kept, kept[1:], strict=False))
    for lost in set(edits) - set(kept):
        better = [each for each in kept if each.start <= lost.start and each.end > lost.start]
        assert better, lost
        assert (better[0].start, -better[0].end) <= (lost.start, -lost.end)


def test_an_unchanged_text_maps_to_itself() -> None:
    copy = apply("客户经理", ())
    assert copy.span(1, 3) == (1, 3)
    assert copy.span(4, 4) == (4, 4)
    assert apply("", ()).span(0, 0) == (0, 0)


def test_a_sentence_around_a_deletion_stands_for_the_deleted_characters_too() -> None:
    text = "客(kè)户"
    copy = apply(text, [Edit(1, 5)])
    assert copy.text == "客户"
    assert text[slice(*copy.span(0, 2))] == text
    assert text[slice(*copy.span(1, 2))] == "户"
