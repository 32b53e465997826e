"""Passages are the document's own characters, in order, none twice and none lost."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.chunk import LARGEST, SMALL, chunk
from knowledge.clean import Cleaned, clean
from knowledge.documents import Passage
from knowledge.language import han_count, sentences
from knowledge.mapping import Edit, without_overlaps
from knowledge.read.reading import Heading, Page, Reading

_WORDS = st.sampled_from(
    [
        "客户经理每周都要去一次。",
        "Plan the year with the buyer. ",
        "第一章 听",
        "1.1 说……3",
        "4 问........7",
        "二、写",
        "\n",
    ]
    + [
        "\n\n",
        " ",
        "<b>",
        "</b>",
        "13800000000",
        "首页",
        "相关文章\n",
        "拜(bài)",
        "?\n",
        "x" * 700,
        "目录 ",
        "长" * 900,
    ]
)
_TEXTS = st.lists(_WORDS, max_size=60).map("".join)


def _plain(text: str) -> Cleaned:
    return clean(Reading(title="t", text=text))


@st.composite
def _structured(draw: st.DrawFn) -> tuple[str, Cleaned]:
    """A text with headings, skipped spans, contents and edits anywhere."""
    text = draw(_TEXTS)
    cut = st.integers(0, len(text))
    spans = st.lists(st.tuples(cut, cut).map(lambda ends: (min(ends), max(ends))), max_size=4)
    headings = [Heading(start, end, draw(st.integers(1, 3)), "h") for start, end in sorted(draw(spans))]
    apart = [each for at, each in enumerate(headings) if all(other.end <= each.start for other in headings[:at])]
    edits = [Edit(start, end, draw(st.sampled_from(["", " ", "。"]))) for start, end in draw(spans) if start < end]
    skipped, contents = tuple(sorted(draw(spans))), tuple(sorted(draw(spans)))
    return text, Cleaned("t", tuple(apart), skipped, contents, without_overlaps(edits))


_EITHER = st.one_of(_TEXTS.map(lambda text: (text, _plain(text))), _structured())


def _covered(spans: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


@given(_EITHER)
def test_passages_are_the_documents_own_characters_disjoint_and_in_order(drawn: tuple[str, Cleaned]) -> None:
    text, cleaned = drawn
    passages = chunk("d", text, cleaned)
    assert all(each.text == text[each.start : each.end] for each in passages)
    assert all(each.text.strip() == each.text != "" for each in passages)
    assert all(before.end <= after.start for before, after in zip(passages, passages[1:], strict=False))
    assert len({each.id for each in passages}) == len(passages)


@given(_EITHER)
def test_no_character_is_lost_but_headings_skipped_spans_and_removed_debris(drawn: tuple[str, Cleaned]) -> None:
    text, cleaned = drawn
    kept = _covered([(each.start, each.end) for each in chunk("d", text, cleaned)])
    headings = [(each.start, each.end) for each in cleaned.headings]
    debris = [(each.start, each.end) for each in cleaned.edits if not each.replacement.strip()]
    apart = _covered([*headings, *cleaned.skipped, *debris])
    lost = {at for at, character in enumerate(text) if not character.isspace()} - kept - apart
    assert not lost, [text[at] for at in sorted(lost)][:20]


@given(_EITHER)
def test_what_is_skipped_is_in_no_passage_unless_there_is_nothing_else(drawn: tuple[str, Cleaned]) -> None:
    text, cleaned = drawn
    passages = chunk("d", text, cleaned)
    skipped = _covered(list(cleaned.skipped))
    if not (len(passages) == 1 and passages[0].contents):
        assert not skipped & _covered([(each.start, each.end) for each in passages])


@given(_EITHER)
def test_every_sentence_of_the_search_copy_maps_inside_its_passage(drawn: tuple[str, Cleaned]) -> None:
    for passage in chunk("d", *drawn):
        copy = passage.search_copy()
        assert copy.text == passage.repaired()
        for start, end in sentences(copy.text):
            first, last = copy.span(start, end)
            assert 0 <= first < last <= len(passage.text)


@given(
    st.lists(st.sampled_from(["Plan the year with the buyer. ", "客户经理每周都要去一次。", "字" * 300]), max_size=200)
)
def test_passages_of_prose_keep_to_a_size(pieces: list[str]) -> None:
    for passage in chunk("d", "".join(pieces), Cleaned("t", (), (), (), ())):
        whole_run = 2 * LARGEST if "字" * 801 in passage.text else LARGEST
        assert len(passage.text) + han_count(passage.text) <= whole_run + SMALL


def _sections(text: str, *titles: tuple[str, int]) -> Cleaned:
    headings = [Heading(text.index(title), text.index(title) + len(title), level, title) for title, level in titles]
    return Cleaned("Book", tuple(headings), (), (), ())


def test_each_passage_knows_the_path_of_headings_above_it() -> None:
    text = "before\nPart A\none\nLeaf\ntwo\nPart B\nthree"
    passages = chunk("d", text, _sections(text, ("Part A", 1), ("Leaf", 2), ("Part B", 1)))
    assert [(each.heading, each.text) for each in passages] == [
        ("", "before"),
        ("Part A", "one"),
        ("Part A › Leaf", "two"),
        ("Part B", "three"),
    ]


def test_the_title_is_not_repeated_in_the_path() -> None:
    text = "Book\nintro\nLeaf\ntwo"
    passages = chunk("d", text, _sections(text, ("Book", 1), ("Leaf", 2)))
    assert [each.heading for each in passages] == ["", "Leaf"]


def test_each_passage_knows_the_page_it_begins_on() -> None:
    text = "cover\nA\none\nB\ntwo"
    pages = (Page(0, "i"), Page(text.index("one"), "1"))
    passages = chunk("d", text, _sections(text, ("A", 1), ("B", 1)), pages)
    assert [(each.text, each.page) for each in passages] == [("cover", "i"), ("one", "1"), ("two", "1")]
    assert chunk("d", "x", Cleaned("t", (), (), (), ()))[0].page is None


def test_a_table_of_contents_is_a_passage_marked_as_one_and_its_headings_cut_nothing() -> None:
    text = "Foreword here.\n1 Listening .... 3\n1.1 Asking .... 4\n2 Writing .... 9\nThe text begins.\n"
    passages = chunk("d", text, _plain(text))
    assert [(each.contents, each.text.split()[0]) for each in passages] == [
        (False, "Foreword"),
        (True, "1"),
        (False, "The"),
    ]
    assert passages[1].text.endswith("9")


def test_a_document_of_headings_alone_is_kept_as_a_list_that_states_nothing() -> None:
    (passage,) = chunk("d", " Title \n", Cleaned("Title", (Heading(1, 6, 1, "Title"),), (), (), ()))
    assert (passage.text, passage.contents) == ("Title", True)
    assert chunk("d", " \n", Cleaned("t", (), (), (), ())) == []


def _ids(passages: list[Passage]) -> list[str]:
    return [each.id for each in passages]


def test_ids_follow_the_text_so_that_what_did_not_change_keeps_its_id() -> None:
    long = [f"Rule {n}: " + "ask before you tell. " * 30 for n in range(6)]
    before = chunk("d", "\n".join(long), Cleaned("t", (), (), (), ()))
    after = chunk("d", "New.\n" + "\n".join(long), _sections("New.\n" + "\n".join(long), ("New.", 1)))
    assert _ids(before) == _ids(after)
    assert not set(_ids(before)) & set(_ids(chunk("other", "\n".join(long), Cleaned("t", (), (), (), ()))))


def test_the_same_words_twice_in_a_document_are_two_passages() -> None:
    text = "A\nask first\nB\nask first"
    passages = chunk("d", text, _sections(text, ("A", 1), ("B", 1)))
    assert [each.text for each in passages] == ["ask first", "ask first"]
    assert passages[0].id != passages[1].id
