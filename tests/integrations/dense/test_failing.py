"""An embedder that fails, changes, or is another one under the same name; stores that are damaged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.access import ANYONE
from knowledge.library import Library
from tests.conftest import Write
from tests.fakes.embedder import Words
from tests.integrations.dense.made import Clock, Open, fill, rows, titles, word


def _reversed(embed: Callable[..., list[list[float]]]) -> Callable[..., list[list[float]]]:
    return lambda *given: [vector[::-1] for vector in embed(*given)]


def test_a_dead_embedder_costs_a_note_once_and_is_left_alone_for_half_a_minute(
    library: Library, words: Words, docs: Path, write: Write, clock: Clock
) -> None:
    fill(write)
    library.ingest([docs])
    words.down = True
    for question in (word(1001), word(1002), word(1003)):
        found = library.search(question, ANYONE)
        assert found.hits
        assert found.notes == ("the embedder is down: start it",)
        assert found.only(lambda hit: True).notes == found.notes
    assert len(words.questions) == 1
    words.down = False
    clock.now += 31
    assert library.search(word(1004), ANYONE).notes == ()


def test_a_question_that_is_refused_closes_the_way_to_no_other(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    library.ingest([docs])
    words.refuses = "forbidden"
    assert library.search(f"forbidden {word(1001)}", ANYONE).notes == ("this question is refused",)
    assert library.search(word(1001), ANYONE).notes == ()
    assert library.search(f"half of a character \ud83d {word(1002)}", ANYONE, context="\udc00").notes == ()
    assert "\ud83d" not in "".join(words.questions)


def test_a_question_that_was_embedded_is_not_asked_again(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    library.ingest([docs])
    for _ in range(3):
        library.search(word(1001), ANYONE)
        library.stretches(word(1001), ANYONE)
    assert words.questions == [word(1001)]


def test_before_the_first_vectors_are_whole_words_alone_are_searched(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    words.at_once, words.left = 8, 8
    library.ingest([docs])
    found = library.search(word(1001), ANYONE)
    assert [hit.entry.title for hit in found.hits] == [word(1)]
    assert found.notes == ("the passages have no vectors yet: run coach ingest",)
    assert words.questions == []


def test_another_embedder_is_made_ready_beside_the_old_one_and_takes_over_when_it_is_whole(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    newer = Words("newer", dimensions=96, at_once=8)
    newer.left = 16
    library = opened(newer, former=words)
    assert library.ingest([docs]).unembedded
    assert titles(library, "\u6d41\u5931")[0] == "Quiet"
    assert newer.questions == []
    assert rows(home, "SELECT dimension, in_force FROM embedders ORDER BY 1") == [(96, 0), (128, 1)]
    newer.left = 10**9
    assert library.ingest([docs]).unembedded == ""
    assert len(newer.texts) == 31
    asked = len(words.questions)
    assert titles(library, "\u6d41\u5931 again")[0] == "Quiet"
    assert (len(newer.questions), len(words.questions)) == (1, asked)
    assert rows(home, "SELECT dimension, in_force FROM embedders") == [(96, 1)]
    assert rows(home, "SELECT count(*), max(length(vector)) FROM vectors") == [(31, 96 * 4)]
    assert [path.name.rpartition("-")[2] for path in (home / "vectors").iterdir() if path.is_dir()] == ["96"]


def test_an_old_embedder_that_cannot_be_asked_any_more_leaves_words_and_a_note(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    opened(words).ingest([docs])
    found = opened(Words("newer")).search(word(1001), ANYONE)
    assert found.hits[0].entry.title == word(1)
    assert found.notes == ("words made the vectors, and newer has not made its own yet",)


def test_reindex_asks_for_one_vector_and_keeps_the_others_while_the_model_is_the_same(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    library.ingest([docs])
    made = len(words.texts)
    assert library.reindex()
    assert len(words.texts) == made + 1
    assert titles(library, "\u6d41\u5931")[0] == "Quiet"


@pytest.mark.parametrize("dimensions", [96, 128])
def test_reindex_embeds_anew_when_another_model_answers_under_the_same_name(
    opened: Open, words: Words, docs: Path, write: Write, dimensions: int
) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    other = Words(dimensions=dimensions)
    other._sketches.embed = _reversed(other._sketches.embed)
    library = opened(other)
    assert library.reindex()
    assert len(other.texts) == 31 + 1
    assert titles(library, "\u6d41\u5931")[0] == "Quiet"


def test_vectors_of_another_length_under_the_same_name_are_refused_with_the_way_out(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 3)
    opened(words).ingest([docs])
    write("more.md", "# more\n\nmore")
    library = opened(Words(dimensions=96))
    assert "run coach reindex to embed anew" in library.ingest([docs]).unembedded
    assert library.search(word(1001), ANYONE).notes == (
        "the embedder gives other vectors than before: run coach reindex to embed anew",
    )


def test_deleting_what_can_be_rebuilt_loses_nothing(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    made = len(words.texts)
    shutil.rmtree(home / "vectors")
    shutil.rmtree(home / "chroma")
    library = opened(words, few=0)
    assert library.dense is not None
    library.dense.take_over()
    assert titles(library, "\u6d41\u5931")[0] == "Quiet"
    assert len(words.texts) == made


def test_a_damaged_matrix_is_made_anew(opened: Open, words: Words, docs: Path, write: Write, home: Path) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    (rows,) = (home / "vectors").glob("*/rows")
    (numbers,) = (home / "vectors").glob("*/numbers")
    rows.write_bytes(rows.read_bytes()[:-100])
    assert titles(opened(words), "\u6d41\u5931")[0] == "Quiet"
    numbers.write_bytes(numbers.read_bytes()[:-9])
    rows.write_bytes(rows.read_bytes() + b"torn")
    assert titles(opened(words), "\u6d41\u5931")[0] == "Quiet"
