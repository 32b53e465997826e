"""What is embedded: each text once, whatever happens on the way."""

import json
from pathlib import Path

from integrations.chroma_index import ChromaIndex
from knowledge.access import ANYONE
from knowledge.library import Library
from tests.conftest import Write
from tests.fakes.embedder import Words
from tests.integrations.dense.made import Open, fill, filler, rows, titles, word


def test_each_text_is_embedded_once_and_never_again_when_unchanged(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    write("same.md", filler(1))
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
    fill(write, 10)
    library.ingest([docs])
    write(f"{word(3)}.md", f"# {word(3)}\n\nsomething else")
    (docs / f"{word(4)}.md").rename(docs / "moved.md")
    library.ingest([docs])
    assert len(words.texts) == 11
    assert "something else" in words.texts[-1]


def test_a_text_that_went_leaves_no_vector_behind(
    opened: Open, words: Words, docs: Path, write: Write, home: Path
) -> None:
    fill(write, 5)
    write("quiet.md", "# Quiet\n\nabout churn")
    library = opened(words, few=0)
    library.ingest([docs])
    (docs / "quiet.md").unlink()
    library.ingest([docs])
    assert rows(home, "SELECT count(*) FROM vectors") == [(5,)]
    chroma = ChromaIndex(home)
    assert chroma.acquire()
    (name,) = {path.name for path in (home / "vectors").iterdir() if path.is_dir()}
    assert chroma.size(name) == 5
    chroma.release()
    assert "Quiet" not in titles(library, "churn")


def test_an_embedder_that_fails_half_way_keeps_what_it_gave_and_is_asked_for_the_rest(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write)
    words.at_once, words.left = 8, 20
    report = library.ingest([docs])
    assert report.added == 30
    assert report.unembedded == "the embedder is down: start it"
    assert library.dense is not None
    assert library.dense.waiting() == 10
    assert word(3) in titles(library, word(1003))
    words.left = 10**9
    assert library.ingest([docs]).unembedded == ""
    assert len(words.texts) == len(set(words.texts)) == 30
    assert library.dense.waiting() == 0


def test_after_a_run_that_was_killed_requests_risk_little(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 40)
    assert library.dense is not None
    assert library.dense.vectors.begin(words.name) is False
    library.ingest([docs])
    assert max(map(len, words.requests)) == 4
    write("more.md", "# more\n\nmore")
    fill(write, 40, first=100)
    library.ingest([docs])
    assert max(map(len, words.requests)) == 41


def test_a_text_that_the_embedder_refuses_is_not_asked_again_and_found_by_its_words(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 5)
    words.refuses = word(1002)
    assert library.ingest([docs]).unembedded == ""
    asked = len(words.texts)
    library.ingest([docs])
    assert len(words.texts) == asked
    assert titles(library, word(1002))[0] == word(2)
    assert library.dense is not None
    assert library.dense.vectors.curtailed(words.name) == (0, 1)


def test_while_another_process_embeds_nothing_is_embedded_twice(
    library: Library, opened: Open, words: Words, docs: Path, write: Write
) -> None:
    fill(write, 3)
    other = opened(words).dense
    assert other is not None
    assert library.dense is not None
    with other.vectors.owner(0) as mine:
        assert mine
        assert library.dense.catch_up(lambda _what, _count: None, 0.0) == ""
        assert words.texts == []


def test_bulk_lines_and_files_share_one_vector_for_one_text(
    library: Library, words: Words, docs: Path, write: Write
) -> None:
    line = {"id": "1", "title": "Quiet", "text": "Churn begins."}
    write("a.jsonl", json.dumps(line))
    write("b.jsonl", json.dumps(line | {"id": "2"}))
    library.ingest([docs])
    assert len(words.texts) == 1
    assert len(library.search("\u6d41\u5931", ANYONE).hits) == 1
