"""What vectors find, and for whom; Chroma and comparing one by one agree."""

import threading
from pathlib import Path

import pytest

from integrations.nearest import Nearest
from knowledge.access import ANYONE, Audience, Reader
from knowledge.fusion import Shares
from knowledge.library import Library
from knowledge.ports import Given
from tests.conftest import Write
from tests.fakes.chroma_server import chroma_server
from tests.fakes.embedder import Words
from tests.integrations.dense.made import Open, fill, titles, word

AMY = Reader("amy")


def test_what_shares_no_word_with_a_question_is_found_by_its_meaning(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    write("quiet.md", "# Leaving\n\nChurn begins with unanswered letters.")
    library.ingest([docs])
    found = library.search("\u6d41\u5931", ANYONE)
    assert found.hits[0].entry.title == "Leaving"
    assert " churn " in found.bags[0]
    assert found.notes == ()
    library.dense = None
    assert titles(library, "\u6d41\u5931") == []


def test_a_follow_up_is_embedded_with_the_turn_before_it(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 3)
    library.ingest([docs])
    library.search("what about rain", ANYONE, context="wind and weather")
    assert words.questions == ["wind and weather\nwhat about rain"]


def test_a_question_without_content_and_a_search_by_words_alone_ask_no_embedder(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 3)
    library = opened(words)
    library.ingest([docs])
    assert titles(library, "what is it?") == []
    assert library.dense is not None
    library.dense._shares = Shares(0, 0)
    assert titles(library, word(1001)) == [word(1)]
    assert words.questions == []


@pytest.mark.parametrize("few", [20_000, 0])
def test_nobody_finds_by_vectors_what_is_not_for_them(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    fill(write)
    write("secret/quiet.md", "# Secret\n\nChurn begins with unanswered letters.")
    write("open/quiet.md", "# Open\n\nChurn ends with a visit.")
    library = opened(words, few=few)
    library.ingest([docs])
    library.ingest([docs / "secret"], Given(audience=Audience.of("amy")))
    assert library.dense is not None
    library.dense.take_over()
    for question in ("quiet", "churn", "\u6d41\u5931"):
        assert "Secret" not in titles(library, question, top=50)
        assert "Secret" not in titles(library, question, Reader("bo"), top=50)
        assert "Secret" not in titles(library, question, Reader("amy", beside=(Reader("bo"),)), top=50)
        assert set(titles(library, question, AMY)[:2]) == {"Secret", "Open"}


@pytest.mark.parametrize("few", [20_000, 0])
def test_closing_a_document_closes_it_at_once_and_costs_no_vector(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    fill(write)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    library = opened(words, few=few)
    library.ingest([docs])
    assert library.dense is not None
    library.dense.take_over()
    assert titles(library, "\u6d41\u5931")[0] == "Quiet"
    made = len(words.texts)
    opened(words).ingest([docs], Given(audience=Audience.of("amy")))
    assert titles(library, "\u6d41\u5931") == []
    assert len(words.texts) == made


def test_what_is_out_of_force_or_replaced_is_not_found_by_vectors(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    write("old.md", "---\ntitle: Old\nexpires: 2026-01-01\n---\n\nChurn is falling.")
    write("first.md", "# First\n\nChurn is rising.")
    write("second.md", "---\ntitle: Second\nsupersedes: First\n---\n\nChurn is steady.")
    library.ingest([docs])
    assert {"Old", "First"}.isdisjoint(titles(library, "\u6d41\u5931", top=50))
    assert titles(library, "\u6d41\u5931")[0] == "Second"


def test_chroma_and_comparing_one_by_one_find_the_same(opened: Open, words: Words, docs: Path, write: Write) -> None:
    fill(write, 300)
    exact = opened(words)
    exact.ingest([docs])
    rough = opened(words, few=0)
    assert rough.dense is not None
    rough.dense.take_over()
    for at in range(0, 300, 17):
        question = f"{word(at + 2000)} weather {word(at + 3000)}"
        one, other = exact.search(question, ANYONE), rough.search(question, ANYONE)
        assert one.hits[0].passage.id == other.hits[0].passage.id
        assert [hit.relevance for hit in one.hits] == pytest.approx([hit.relevance for hit in other.hits], abs=1e-4)


def test_what_chroma_lacks_is_found_all_the_same_and_the_owner_gives_it_to_chroma(
    opened: Open, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 40)
    bot = opened(words, few=0, lag=5)
    bot.ingest([docs])
    assert bot.dense is not None
    bot.dense.take_over()
    assert "Quiet" not in titles(bot, "\u6d41\u5931")
    for at in range(10):
        write(f"quiet{at}.md", f"# Quiet\n\nChurn begins with {at} unanswered letters.")
    opened(words).ingest([docs])
    assert titles(bot, "\u6d41\u5931")[0] == "Quiet"
    index = bot.dense._index
    assert isinstance(index, Nearest)
    with index._updating:
        pass
    (name,) = index._matrices
    assert index._chroma.size(name) == 50
    assert titles(bot, "\u6d41\u5931")[0] == "Quiet"


def test_several_processes_share_a_chroma_server_and_do_without_it_when_it_dies(
    opened: Open, words: Words, docs: Path, write: Write, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(write, 40)
    write("quiet.md", "# Quiet\n\nChurn begins with unanswered letters.")
    (tmp_path / "served").mkdir()
    with chroma_server(tmp_path / "served") as served:
        opened(words, url=served.url).ingest([docs])
        libraries = [opened(words, few=0, url=served.url) for _ in range(2)]
        for library in libraries:
            assert library.dense is not None
            library.dense.take_over()
            assert titles(library, "\u6d41\u5931")[0] == "Quiet"
        assert caplog.records == []
        served.process.kill()
        served.process.wait()
        for library in libraries:
            assert titles(library, "\u6d41\u5931 again")[0] == "Quiet"
    assert {each.getMessage().partition(":")[0] for each in caplog.records} == {"searching without Chroma for a while"}


@pytest.mark.parametrize("few", [20_000, 0])
def test_many_threads_search_while_the_library_grows(
    opened: Open, words: Words, docs: Path, write: Write, few: int
) -> None:
    fill(write, 60)
    bot = opened(words, few=few, lag=10)
    bot.ingest([docs])
    assert bot.dense is not None
    bot.dense.take_over()
    words.question(word(1))
    growing = threading.Event()
    wrong: list[str] = []

    def ask(number: int) -> None:
        while not growing.is_set():
            found = bot.search(f"{word(number + 2000)} {word(number + 3000)}", ANYONE)
            if found.notes or found.hits[0].entry.title != word(number):
                wrong.append(f"{number}: {found.notes} {[hit.entry.title for hit in found.hits]}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for each in threads:
        each.start()
    for step in range(1, 4):
        fill(write, 60, first=60 * step)
        opened(words).ingest([docs])
    growing.set()
    for each in threads:
        each.join()
    assert wrong == []
