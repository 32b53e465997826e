"""`coach` with an embedder: what its commands load, say and survive."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.fakes.openai_server import Server, running

_ROOT = Path(__file__).parents[2]
_TEXTS, _KILLS = 400, 4
_ASK = """
import sys
from integrations.cli import main
assert main(sys.argv[1:]) == 0
print(*sorted({"chromadb", "numpy", "openai"} & sys.modules.keys()))
"""

Coach = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def server() -> Iterator[Server]:
    with running("openai", concepts=[["churn", "\u6d41\u5931"]]) as fake:
        yield fake
        assert not fake.complaints


@pytest.fixture
def coach(tmp_path: Path, server: Server) -> Coach:
    """Start `coach` in a process of its own, with the embedder in coach.toml."""
    named = {"embedder": server.embedding_models[0], "embedder_url": server.url, "embedder_key": server.key}
    (tmp_path / "coach.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in named.items()))
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    pipe = subprocess.PIPE

    def start(*arguments: str, code: str = "") -> "subprocess.Popen[str]":
        command = [sys.executable, *(("-c", code) if code else ("-m", "integrations.cli")), *arguments]
        env = {**ours, "PYTHONPATH": str(_ROOT), "PYTHONWARNINGS": "error"}
        return subprocess.Popen(command, cwd=tmp_path, env=env, stdout=pipe, stderr=pipe, text=True)

    return start


def _finished(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate(timeout=90)
    return process.returncode, out, err


def _write(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    texts = {f"d{number}": f"word{number} orchard contract {number}" for number in range(count)}
    lines = (json.dumps({"id": name, "title": name, "text": text}) for name, text in texts.items())
    (folder / "all.jsonl").write_text("\n".join(lines))


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / ".coach" / "catalogue.sqlite") as catalogue:
        return catalogue.execute(query).fetchall()


def _texts(server: Server) -> list[str]:
    return [each for request in server.requests if request.endpoint == "embeddings" for each in request.inputs]


def _wait_for(process: "subprocess.Popen[str]", server: Server, texts: int) -> None:
    """Until the embedder was sent so many texts, or the process ended."""
    server.wait(lambda: len(_texts(server)) >= texts or process.poll() is not None, 60)


def test_a_second_ingest_asks_the_embedder_nothing(coach: Coach, server: Server, tmp_path: Path) -> None:
    _write(tmp_path / "docs", 100)
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    assert len(_texts(server)) == len(set(_texts(server))) == 100
    status, out, err = _finished(coach("ingest", "docs", "--json"))
    assert (status, err) == (0, "")
    assert json.loads(out)["unchanged"] == 100
    assert len(_texts(server)) == 100


def test_killed_while_it_embeds_an_ingest_misses_doubles_and_wastes_nothing(
    coach: Coach, server: Server, tmp_path: Path
) -> None:
    _write(tmp_path / "docs", _TEXTS)
    chance = random.Random(5)
    for turn in range(_KILLS):
        process = coach("ingest", "docs", "--json")
        _wait_for(process, server, turn * 70 + 1)
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    status, out, err = _finished(coach("ingest", "docs", "--json"))
    assert (status, err) == (0, "")
    assert json.loads(out)["passages"] == _TEXTS
    assert _rows(tmp_path, "SELECT count(*), count(DISTINCT digest), count(vector) FROM vectors") == [(_TEXTS,) * 3]
    assert _rows(tmp_path, "SELECT count(*) FROM passages WHERE digest NOT IN (SELECT digest FROM vectors)") == [(0,)]
    assert len(set(_texts(server))) == _TEXTS
    # The first kill loses what was asked for at once, each later one four texts at most.
    assert len(_texts(server)) - _TEXTS <= 64 + 4 * (_KILLS - 1)


def test_an_ingest_without_its_embedder_is_kept_says_so_and_is_taken_up_again(
    coach: Coach, server: Server, tmp_path: Path
) -> None:
    _write(tmp_path / "docs", 20)
    server.fail("unauthorized", times=None, on="embeddings")
    status, out, err = _finished(coach("ingest", "docs"))
    assert (status, err) == (3, "")
    assert "does not accept the key: check COACH_EMBEDDER_KEY" in " ".join(out.split())
    assert json.loads(_finished(coach("search", "word7", "--json"))[1])[0]["source"] == "d7"
    status, out, _ = _finished(coach("doctor"))
    assert "20 passages wait for one" in " ".join(out.split())
    server.reset()
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    status, out, _ = _finished(coach("doctor", "--json"))
    found = {each["about"]: each for each in json.loads(out)}
    assert "answers with vectors of 384 numbers" in found["embedder"]["says"]
    assert (found["vectors"]["state"], found["Chroma"]["state"]) == ("ok", "ok")
    assert server.key not in out


def test_a_question_finds_what_shares_no_word_with_it(coach: Coach, tmp_path: Path) -> None:
    _write(tmp_path / "docs", 20)
    (tmp_path / "docs" / "quiet.md").write_text("# Leaving\n\nChurn begins with unanswered letters.")
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    status, out, err = _finished(coach("search", "\u6d41\u5931", "--json"))
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["title"] == "Leaving"


def test_one_question_loads_chroma_never_and_without_an_embedder_neither_numpy_nor_openai(
    coach: Coach, tmp_path: Path
) -> None:
    _write(tmp_path / "docs", 5)
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    assert _finished(coach("search", "orchard", "--json", code=_ASK))[1].split("\n")[-2] == "numpy openai"
    (tmp_path / "coach.toml").unlink()
    status, out, err = _finished(coach("ask", "orchard", "--json", code=_ASK))
    assert (status, err, out.split("\n")[-2]) == (0, "", "")


def test_reindex_makes_the_dense_index_anew_too(coach: Coach, server: Server, tmp_path: Path) -> None:
    _write(tmp_path / "docs", 20)
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    assert _finished(coach("reindex", "--json"))[0] == 0
    assert len(_texts(server)) == 21


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[None]:
    """A bot that runs: what it holds of the library is the lock of Chroma's folder."""
    (tmp_path / ".coach").mkdir()
    with FileLock(tmp_path / ".coach" / "chroma.lock"):
        yield


def test_beside_a_bot_that_runs_an_ingest_embeds_and_leaves_chroma_to_it(
    bot: None, coach: Coach, tmp_path: Path
) -> None:
    _write(tmp_path / "docs", 20)
    status, out, err = _finished(coach("ingest", "docs", "--json"))
    assert (status, err) == (0, "")
    assert "unembedded" not in json.loads(out)
    assert _rows(tmp_path, "SELECT count(*) FROM vectors") == [(20,)]
    assert not (tmp_path / ".coach" / "chroma").exists()
    found = {each["about"]: each for each in json.loads(_finished(coach("doctor", "--json"))[1])}
    assert (found["vectors"]["state"], found["Chroma"]["state"]) == ("ok", "ok")


def test_a_second_bot_and_a_reindex_beside_one_are_refused_with_what_to_do(
    bot: None, coach: Coach, tmp_path: Path
) -> None:
    _write(tmp_path / "docs", 5)
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    refused = "coach: another process owns .coach/chroma: stop it, or have all of them use one Chroma server"
    for command in ("slack", "reindex"):
        status, out, err = _finished(coach(command))
        assert (status, out, err) == (2, "", f"{refused} (COACH_CHROMA_URL)\n")
