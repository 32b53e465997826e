"""Chroma: one owner of a folder, a server for many, and nothing that cannot be rebuilt."""

import os
import shutil
import socket
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.chroma_index import ChromaIndex
from integrations.nearest import Nearest
from integrations.places import Kept, Places
from knowledge.errors import StoreError
from tests.fakes.chroma_server import chroma_server

_ROOT = Path(__file__).parents[2]
_OWNER = """
import sys
from pathlib import Path
from integrations.chroma_index import ChromaIndex
chroma = ChromaIndex(Path(sys.argv[1]))
print(chroma.acquire(), flush=True)
sys.stdin.read()
"""


def _kept(*numbers: int) -> list[Kept]:
    """Vectors along the axes of a small space, one for each number."""
    axes = (array("f", [float(axis == number % 8) for axis in range(8)]) for number in numbers)
    return [Kept(number, f"digest{number}", axis.tobytes()) for number, axis in zip(numbers, axes, strict=True)]


def _toward(number: int) -> "array[float]":
    return array("f", [1.0 if axis == number % 8 else 0.1 for axis in range(8)])


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaIndex]:
    made = ChromaIndex(tmp_path)
    assert made.acquire()
    yield made
    made.release()


@pytest.fixture
def owner(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that owns the folder."""
    command = [sys.executable, "-c", _OWNER, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def test_the_nearest_come_first_and_taking_the_same_again_changes_nothing(chroma: ChromaIndex) -> None:
    for _ in range(2):
        chroma.take("vectors", _kept(1, 2, 3, 4))
    assert chroma.size("vectors") == 4
    assert chroma.near("vectors", _toward(3), 10)[0] == "digest3"
    assert chroma.near("empty", _toward(3), 10) == []


def test_how_far_it_reached_is_kept_with_the_vectors(chroma: ChromaIndex, tmp_path: Path) -> None:
    assert chroma.reach("vectors") == 0
    chroma.take("vectors", _kept(1, 2))
    chroma.take("vectors", _kept(5))
    chroma.release()
    again = ChromaIndex(tmp_path)
    assert again.acquire()
    assert (again.reach("vectors"), again.size("vectors")) == (5, 3)
    again.release()


def test_it_compares_directions_not_lengths(chroma: ChromaIndex) -> None:
    long = Kept(9, "long", array("f", [30.0, *[1.0] * 7]).tobytes())
    chroma.take("vectors", [*_kept(0, 1, 2), long])
    assert chroma.near("vectors", array("f", [1.0] + [0.0] * 7), 2) == ["digest0", "long"]


def test_what_went_is_dropped_and_other_collections_of_the_folder_go(chroma: ChromaIndex) -> None:
    chroma.take("old", _kept(1))
    chroma.take("vectors", _kept(*range(8)))
    chroma.drop_all_but("vectors", {"digest2", "digest6", "never there"})
    chroma.drop_collections("coach-", ["vectors"])
    assert sorted(chroma.near("vectors", _toward(2), 10)) == ["digest2", "digest6"]
    assert chroma.size("old") == 0


def test_a_second_process_is_refused_and_told_what_to_do(owner: object, tmp_path: Path) -> None:
    catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    chroma = ChromaIndex(tmp_path)
    assert chroma.acquire() is False
    index = Nearest(Places(catalogue.engine), chroma, tmp_path)
    with pytest.raises(StoreError) as raised:
        index.take_over()
    assert str(raised.value) == (
        f"another process owns {tmp_path / 'chroma'}: stop it, or have all of them use one Chroma server"
        " (COACH_CHROMA_URL)"
    )
    with pytest.raises(StoreError, match="another process owns"):
        index.start_over()
    catalogue.close()


def test_a_process_that_dies_owns_nothing_any_more(owner: "subprocess.Popen[str]", tmp_path: Path) -> None:
    owner.kill()
    owner.wait()
    chroma = ChromaIndex(tmp_path)
    assert chroma.acquire()
    chroma.release()


def test_a_folder_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    first = ChromaIndex(tmp_path)
    assert first.acquire()
    first.take("vectors", _kept(1))
    first.release()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    again = ChromaIndex(tmp_path)
    assert again.acquire()
    assert (again.size("vectors"), again.reach("vectors")) == (0, 0)
    again.take("vectors", _kept(1))
    assert again.near("vectors", _toward(1), 1) == ["digest1"]
    again.release()


_OPENED = """
from pathlib import Path
from integrations.chroma_index import ChromaIndex
from knowledge.errors import StoreError

try:
    print(ChromaIndex(Path("home")).acquire())
except StoreError as error:
    print(error)
"""


def _opened_by_a_new_process(folder: Path, **environment: str) -> str:
    """What one that has not loaded Chroma yet prints, for Chroma reads settings while it is loaded."""
    (folder / "home").mkdir()
    asked = [sys.executable, "-c", _OPENED]
    return subprocess.check_output(asked, cwd=folder, env=os.environ | environment, text=True)


def test_a_file_of_settings_in_the_working_directory_is_not_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_HTTP_PORT=nonsense\nIS_PERSISTENT=nonsense\n")
    assert _opened_by_a_new_process(tmp_path) == "True\n"


def test_a_setting_that_chroma_cannot_read_is_told_in_one_line(tmp_path: Path) -> None:
    told = _opened_by_a_new_process(tmp_path, CHROMA_SERVER_HTTP_PORT="nonsense")
    assert "cannot be used: 1 validation error for Settings chroma_server_http_port Input should be" in told
    assert told.count("\n") == 1


def test_what_is_closed_cannot_be_used_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used: it is closed"):
        ChromaIndex(tmp_path).size("vectors")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("served")) as served:
        yield served.url


def test_a_server_may_have_many_owners_and_keeps_what_is_not_ours(server: str, tmp_path: Path) -> None:
    ours, theirs = ChromaIndex(tmp_path, server), ChromaIndex(tmp_path, server)
    assert ours.acquire()
    assert theirs.acquire()
    ours.take("coach-ours-1", _kept(1, 2))
    ours.take("coach-ours-2", _kept(3))
    theirs.take("coach-theirs-1", _kept(5))
    ours.drop_collections("coach-ours-", ["coach-ours-2"])
    assert ours.near("coach-ours-2", _toward(3), 5) == ["digest3"]
    assert (ours.size("coach-ours-1"), theirs.size("coach-theirs-1")) == (0, 1)
    assert not (tmp_path / "chroma").exists()
    for each in (ours, theirs):
        each.release()


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the Chroma server at 127\.0\.0\.1:9 cannot be used: ") as raised:
        ChromaIndex(tmp_path, "http://amy:hunter2@127.0.0.1:9").acquire()
    assert "hunter2" not in str(raised.value)


def test_nobody_waits_for_a_server_that_never_answers(tmp_path: Path) -> None:
    ChromaIndex(tmp_path / "warm").acquire()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        with pytest.raises(StoreError, match="does not answer in time"):
            ChromaIndex(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}").acquire()
    assert time.monotonic() - started < 4


def test_the_folder_can_be_deleted_while_nobody_has_it_open(tmp_path: Path) -> None:
    chroma = ChromaIndex(tmp_path)
    assert chroma.acquire()
    chroma.take("vectors", _kept(1))
    chroma.release()
    shutil.rmtree(tmp_path / "chroma")
    assert chroma.acquire()
    assert chroma.size("vectors") == 0
    chroma.release()
