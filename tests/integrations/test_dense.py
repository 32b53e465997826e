"""Both arms over the real stores: what is embedded, what is found, for whom, and what happens when an arm fails."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.chroma_index import ChromaIndex
from integrations.nearest import Nearest
from integrations.places import Places
from integrations.tantivy_index import TantivyIndex
from integrations.vectors import SqlVectors
from knowledge.access import ANYONE, Audience, Reader
from knowledge.dense import Dense
from knowledge.fusion import Shares
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.ports import Embedder, Given
from tests.conftest import Write
from tests.fakes.chroma_server import chroma_server
from tests.fakes.embedder import Words

TODAY = date(2026, 7, 1)
AMY = Reader("amy")

Open = Callable[..., Library]


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def opened(home: Path, clock: Clock) -> Iterator[Open]:
    """Open a library with a dense arm; `few=0` lets Chroma answer even over a handful of passages."""
    catalogues: list[SqlCatalogue] = []
    chromas: list[ChromaIndex] = []

    def over(
        embedder: Embedder, few: int = 20_000, lag: int = 1000, former: Embedder | None = None, url: str = ""
    ) -> Library:
        catalogues.append(SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}"))
        chromas.append(ChromaIndex(home, url))
        engine = catalogues[-1].engine
        dense = Dense(
            embedder,
            SqlVectors(engine, home),
            Nearest(Places(engine), chromas[-1], home, few, lag),
            Shares(0.5, 0.5),
            lambda name: former if former and former.name == name else None,
            clock,
        )
        return Library(catalogues[-1], TantivyIndex(home), Glossary(()), today=lambda: TODAY, dense=dense)

    yield over
    for chroma in chromas:
        chroma.release()
    for catalogue in catalogues:
        catalogue.close()


@pytest.fixture
def library(opened: Open, words: Words) -> Library:
    return opened(words)


def _found(library: Library, text: str, reader: Reader = ANYONE, top: int = 10) -> list[str]:
    return [hit.entry.title for hit in library.search(text, reader, top).hits]


def _word(number: int) -> str:
    """A word that no other number has; the embedder looks at six letters."""
    return "".join("bdfghklmnprstvwz"[number >> shift & 15] + "aeiou"[number % 5] for shift in (8, 4, 0))


def _fill(write: Write, number: int = 30, first: int = 0) -> None:
    """Documents with words of their own and no concept, so that none is near to a question about one."""
    for at in range(first, first + number):
        write(f"{_word(at)}.md", _filler(at))


def _filler(at: int) -> str:
    return f"# {_word(at)}\n\n{_word(at + 1000)} {_word(at + 2000)} {_word(at + 3000)} weather"


def _rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "catalogue.sqlite") as catalogue:
        return catalogue.execute(query).fetchall()


# What is embedded


def test_each_text_is_embedded_once_and_never_again_when_unchanged(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    write("same.md", _filler(1))
    library.ingest([docs])
    assert len(words.texts) == len(set(words.texts)) == 30
    library.ingest([docs])
    assert len(words.texts) == 30


def test_what_is_embedded_is_the_repaired_text_under_its_title_and_headings(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    write("a.md", "# Winning back\n\n## First steps\n\nCall the contact.&nbsp;<b>Listen</b> first.")
    library.ingest([docs])
    (hit,) = library.search("contact", ANYONE).hits
    assert "First steps" in hit.passage.heading
    assert words.texts == [f"Winning back\n{hit.passage.heading}\n{hit.passage.repaired()}"]


def test_a_change_costs_the_changed_passages_and_a_new_place_costs_nothing(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 10)
    library.ingest([docs])
    write(f"{_word(3)}.md", f"# {_word(3)}\n\nsomething else")
    (docs / f"{_word(4)}.md").rename(docs / "moved.md")
    library.ingest([docs])
    assert len(words.texts) == 11
    assert "something else" in words.texts[-1]


def test_a_text_that_went_leaves_no_vector_behind(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    _fill(write, 5)
    write("quiet.md", "# Quiet\n\nabout churn")
    library = opened(words, few=0)
    library.ingest([docs])
    (docs / "quiet.md").unlink()
    library.ingest([docs])
    assert _rows(home, "SELECT count(*) FROM vectors") == [(5,)]
    chroma = ChromaIndex(home)
    assert chroma.acquire()
    (name,) = {path.name for path in (home / "vectors").iterdir() if path.is_dir()}
    assert chroma.size(name) == 5
    chroma.release()
    assert "Quiet" not in _found(library, "churn")


def test_an_embedder_that_fails_half_way_keeps_what_it_gave_and_is_asked_for_the_rest(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    words.at_once, words.left = 8, 20
    report = library.ingest([docs])
    assert report.added == 30
    assert report.unembedded == "the embedder is down: start it"
    assert library.dense is not None
    assert library.dense.waiting() == 10
    assert _word(3) in _found(library, _word(1003))
    words.left = 10**9
    assert library.ingest([docs]).unembedded == ""
    assert len(words.texts) == len(set(words.texts)) == 30
    assert library.dense.waiting() == 0


def test_after_a_run_that_was_killed_requests_risk_little(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 40)
    assert library.dense is not None
    assert library.dense.vectors.begin(words.name) is False
    library.ingest([docs])
    assert max(map(len, words.requests)) == 4
    write("more.md", "# more\n\nmore")
    _fill(write, 40, first=100)
    library.ingest([docs])
    assert max(map(len, words.requests)) == 41


def test_a_text_that_the_embedder_refuses_is_not_asked_again_and_found_by_its_words(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 5)
    words.refuses = _word(1002)
    assert library.ingest([docs]).unembedded == ""
    asked = len(words.texts)
    library.ingest([docs])
    assert len(words.texts) == asked
    assert _found(library, _word(1002))[0] == _word(2)
    assert library.dense is not None
    assert library.dense.vectors.curtailed(words.name) == (0, 1)


def test_while_another_process_embeds_nothing_is_embedded_twice(
    library: Library, opened: Open, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 3)
    other = opened(words).dense
    assert other is not None
    assert library.dense is not None
    with other.vectors.owner(0) as mine:
        assert mine
        assert library.dense.catch_up(lambda _what, _count: None, 0.0) == ""
        assert words.texts == []


# What is found


def test_what_shares_no_word_with_a_question_is_found_by_its_meaning(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    write("quiet.md", "# Leaving\n\nChurn begins with unanswered letters.")
    library.ingest([docs])
    found = library.search("\u6d41\u5931", ANYONE)
    assert found.hits[0].entry.title == "Leaving"
    assert " churn " in found.bags[0]
    assert found.notes == ()
    library.dense = None
    assert _found(library, "\u6d41\u5931") == []


def test_a_follow_up_is_embedded_with_the_turn_before_it(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 3)
    library.ingest([docs])
    library.search("what about rain", ANYONE, context="wind and weather")
    assert words.questions == ["wind and weather\nwhat about rain"]


def test_a_question_without_content_and_a_search_by_words_alone_ask_no_embedder(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 3)
    library = opened(words)
    library.ingest([docs])
    assert _found(library, "what is it?") == []
    assert library.dense is not None
    library.dense._shares = Shares(0, 0)
    assert _found(library, _word(1001)) == [_word(1)]
    assert words.questions == []


@pytest.mark.parametrize("few", [20_000, 0])
def test_nobody_finds_by_vectors_what_is_not_for_them(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    _fill(write)
    write("secret/quiet.md", "# Secret\n\nChurn begins with unanswered letters.")
    write("open/quiet.md", "# Open\n\nChurn ends with a visit.")
    library = opened(words, few=few)
    library.ingest([docs])
    library.ingest([docs / "secret"], Given(audience=Audience.of("amy")))
    assert library.dense is not None
    library.dense.take_over()
    for question in ("quiet", "churn", "\u6d41\u5931"):
        assert "Secret" not in _found(library, question, top=50)
        assert "Secret" not in _found(library, question, Reader("bo"), top=50)
        assert "Secret" not in _found(library, question, Reader("amy", beside=(Reader("bo"),)), top=50)
        assert set(_found(library, question, AMY)[:2]) == {"Secret", "Open"}


@pytest.mark.parametrize("few", [20_000, 0])
def test_closing_a_document_closes_it_at_once_and_costs_no_vector(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    library = opened(words, few=few)
    library.ingest([docs])
    assert library.dense is not None
    library.dense.take_over()
    assert _found(library, "\u6d41\u5931")[0] == "Quiet"
    made = len(words.texts)
    opened(words).ingest([docs], Given(audience=Audience.of("amy")))
    assert _found(library, "\u6d41\u5931") == []
    assert len(words.texts) == made


def test_what_is_out_of_force_or_replaced_is_not_found_by_vectors(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    write("old.md", "---\ntitle: Old\nexpires: 2026-01-01\n---\n\nChurn is falling.")
    write("first.md", "# First\n\nChurn is rising.")
    write("second.md", "---\ntitle: Second\nsupersedes: First\n---\n\nChurn is steady.")
    library.ingest([docs])
    assert {"Old", "First"}.isdisjoint(_found(library, "\u6d41\u5931", top=50))
    assert _found(library, "\u6d41\u5931")[0] == "Second"


def test_chroma_and_comparing_one_by_one_find_the_same(opened: Open, words: Words, docs: Path, write: Write) -> None:
    _fill(write, 300)
    exact = opened(words)
    exact.ingest([docs])
    rough = opened(words, few=0)
    assert rough.dense is not None
    rough.dense.take_over()
    for at in range(0, 300, 17):
        question = f"{_word(at + 2000)} weather {_word(at + 3000)}"
        one, other = exact.search(question, ANYONE), rough.search(question, ANYONE)
        assert one.hits[0].passage.id == other.hits[0].passage.id
        assert [hit.relevance for hit in one.hits] == pytest.approx([hit.relevance for hit in other.hits], abs=1e-4)


def test_what_chroma_lacks_is_found_all_the_same_and_the_owner_gives_it_to_chroma(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 40)
    bot = opened(words, few=0, lag=5)
    bot.ingest([docs])
    assert bot.dense is not None
    bot.dense.take_over()
    assert "Quiet" not in _found(bot, "\u6d41\u5931")
    for at in range(10):
        write(f"quiet{at}.md", f"# Quiet\n\nChurn begins with {at} unanswered letters.")
    opened(words).ingest([docs])
    assert _found(bot, "\u6d41\u5931")[0] == "Quiet"
    index = bot.dense._index
    assert isinstance(index, Nearest)
    with index._updating:
        pass
    (name,) = index._matrices
    assert index._chroma.size(name) == 50
    assert _found(bot, "\u6d41\u5931")[0] == "Quiet"


def test_several_processes_share_a_chroma_server_and_do_without_it_when_it_dies(
    opened: Open, words: Words, docs: Path, write: Write, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _fill(write, 40)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    (tmp_path / "served").mkdir()
    with chroma_server(tmp_path / "served") as served:
        opened(words, url=served.url).ingest([docs])
        libraries = [opened(words, few=0, url=served.url) for _ in range(2)]
        for library in libraries:
            assert library.dense is not None
            library.dense.take_over()
            assert _found(library, "\u6d41\u5931")[0] == "Quiet"
        assert caplog.records == []
        served.process.kill()
        served.process.wait()
        for library in libraries:
            assert _found(library, "\u6d41\u5931 again")[0] == "Quiet"
    assert {each.getMessage().partition(":")[0] for each in caplog.records} == {"searching without Chroma for a while"}


# When the embedder fails or changes


def test_a_dead_embedder_costs_a_note_once_and_is_left_alone_for_half_a_minute(
    library: Library, words: Words, docs: Path, write: Write, clock: Clock
) -> None:
    _fill(write)
    library.ingest([docs])
    words.down = True
    for question in (_word(1001), _word(1002), _word(1003)):
        found = library.search(question, ANYONE)
        assert found.hits
        assert found.notes == ("the embedder is down: start it",)
        assert found.only(lambda hit: True).notes == found.notes
    assert len(words.questions) == 1
    words.down = False
    clock.now += 31
    assert library.search(_word(1004), ANYONE).notes == ()


def test_a_question_that_is_refused_closes_the_way_to_no_other(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    library.ingest([docs])
    words.refuses = "forbidden"
    assert library.search(f"forbidden {_word(1001)}", ANYONE).notes == ("this question is refused",)
    assert library.search(_word(1001), ANYONE).notes == ()
    assert library.search(f"half of a character \ud83d {_word(1002)}", ANYONE, context="\udc00").notes == ()
    assert "\ud83d" not in "".join(words.questions)


@pytest.mark.parametrize("few", [20_000, 0])
def test_many_threads_search_while_the_library_grows(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    _fill(write, 60)
    bot = opened(words, few=few, lag=10)
    bot.ingest([docs])
    assert bot.dense is not None
    bot.dense.take_over()
    words.question(_word(1))
    growing = threading.Event()
    wrong: list[str] = []

    def ask(number: int) -> None:
        while not growing.is_set():
            found = bot.search(f"{_word(number + 2000)} {_word(number + 3000)}", ANYONE)
            if found.notes or found.hits[0].entry.title != _word(number):
                wrong.append(f"{number}: {found.notes} {[hit.entry.title for hit in found.hits]}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for step in range(1, 4):
        _fill(write, 60, first=60 * step)
        opened(words).ingest([docs])
    growing.set()
    for each in threads:
        each.join()
    assert wrong == []


def test_a_question_that_was_embedded_is_not_asked_again(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    library.ingest([docs])
    for _ in range(3):
        library.search(_word(1001), ANYONE)
        library.stretches(_word(1001), ANYONE)
    assert words.questions == [_word(1001)]


def test_before_the_first_vectors_are_whole_words_alone_are_searched(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    words.at_once, words.left = 8, 8
    library.ingest([docs])
    found = library.search(_word(1001), ANYONE)
    assert [hit.entry.title for hit in found.hits] == [_word(1)]
    assert found.notes == ("the passages have no vectors yet: run coach ingest",)
    assert words.questions == []


def test_another_embedder_is_made_ready_beside_the_old_one_and_takes_over_when_it_is_whole(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    newer = Words("newer", dimensions=96, at_once=8)
    newer.left = 16
    library = opened(newer, former=words)
    assert library.ingest([docs]).unembedded
    assert _found(library, "\u6d41\u5931")[0] == "Quiet"
    assert newer.questions == []
    assert _rows(home, "SELECT dimension, in_force FROM embedders ORDER BY 1") == [(96, 0), (128, 1)]
    newer.left = 10**9
    assert library.ingest([docs]).unembedded == ""
    assert len(newer.texts) == 31
    asked = len(words.questions)
    assert _found(library, "\u6d41\u5931 again")[0] == "Quiet"
    assert (len(newer.questions), len(words.questions)) == (1, asked)
    assert _rows(home, "SELECT dimension, in_force FROM embedders") == [(96, 1)]
    assert _rows(home, "SELECT count(*), max(length(vector)) FROM vectors") == [(31, 96 * 4)]
    assert [path.name.rpartition("-")[2] for path in (home / "vectors").iterdir() if path.is_dir()] == ["96"]


def test_an_old_embedder_that_cannot_be_asked_any_more_leaves_words_and_a_note(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    opened(words).ingest([docs])
    found = opened(Words("newer")).search(_word(1001), ANYONE)
    assert found.hits[0].entry.title == _word(1)
    assert found.notes == ("words made the vectors, and newer has not made its own yet",)


def test_reindex_asks_for_one_vector_and_keeps_the_others_while_the_model_is_the_same(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    library.ingest([docs])
    made = len(words.texts)
    assert library.reindex()
    assert len(words.texts) == made + 1
    assert _found(library, "\u6d41\u5931")[0] == "Quiet"


@pytest.mark.parametrize("dimensions", [96, 128])
def test_reindex_embeds_anew_when_another_model_answers_under_the_same_name(
    opened: Open, words: Words, docs: Path, write: Write, dimensions: int
) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    other = Words(dimensions=dimensions)
    other._sketches.embed = _reversed(other._sketches.embed)
    library = opened(other)
    assert library.reindex()
    assert len(other.texts) == 31 + 1
    assert _found(library, "\u6d41\u5931")[0] == "Quiet"


def _reversed(embed: Callable[..., list[list[float]]]) -> Callable[..., list[list[float]]]:
    return lambda *given: [vector[::-1] for vector in embed(*given)]


def test_vectors_of_another_length_under_the_same_name_are_refused_with_the_way_out(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    _fill(write, 3)
    opened(words).ingest([docs])
    write("more.md", "# more\n\nmore")
    library = opened(Words(dimensions=96))
    assert "run coach reindex to embed anew" in library.ingest([docs]).unembedded
    assert library.search(_word(1001), ANYONE).notes == (
        "the embedder gives other vectors than before: run coach reindex to embed anew",
    )


def test_deleting_what_can_be_rebuilt_loses_nothing(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    made = len(words.texts)
    shutil.rmtree(home / "vectors")
    shutil.rmtree(home / "chroma")
    library = opened(words, few=0)
    assert library.dense is not None
    library.dense.take_over()
    assert _found(library, "\u6d41\u5931")[0] == "Quiet"
    assert len(words.texts) == made


def test_a_damaged_matrix_is_made_anew(opened: Open, words: Words, docs: Path, write: Write, home: Path) -> None:
    _fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    opened(words).ingest([docs])
    (rows,) = (home / "vectors").glob("*/rows")
    (numbers,) = (home / "vectors").glob("*/numbers")
    rows.write_bytes(rows.read_bytes()[:-100])
    assert _found(opened(words), "\u6d41\u5931")[0] == "Quiet"
    numbers.write_bytes(numbers.read_bytes()[:-9])
    rows.write_bytes(rows.read_bytes() + b"torn")
    assert _found(opened(words), "\u6d41\u5931")[0] == "Quiet"


def test_bulk_lines_and_files_share_one_vector_for_one_text(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    line = {"id": "1", "title": "Quiet", "text": "Churn begins."}
    write("a.jsonl", json.dumps(line))
    write("b.jsonl", json.dumps(line | {"id": "2"}))
    library.ingest([docs])
    assert len(words.texts) == 1
    assert len(library.search("\u6d41\u5931", ANYONE).hits) == 1
