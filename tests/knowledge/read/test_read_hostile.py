"""Everything in the hostile folder ends in readings, failures or a plain reason."""

import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Failure, Limits, Reading, door, read, supported
from tests.knowledge.read.hostile import write_hostile_files

_FORBIDDEN = ("Traceback", "Error", "Exception", "0x", "\n", "pdfium", "lxml", "calamine")


@pytest.fixture(scope="module")
def hostile_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_hostile_files(tmp_path_factory.mktemp("hostile") / "files")


@pytest.fixture
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a child started from now on would put its temporary files."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    door._isolated.close()
    yield tmp_path
    door._isolated.close()


def _reasons(path: Path) -> Iterator[str]:
    try:
        pieces = list(read(path, Limits(seconds=10)))
    except Unreadable as error:
        yield str(error)
        return
    assert pieces
    for piece in pieces:
        if isinstance(piece, Failure):
            yield piece.reason
        else:
            _check(piece)


def _check(reading: Reading) -> None:
    length = len(reading.text)
    assert reading.text.strip()
    assert reading.title.strip() == reading.title != ""
    assert all(0 <= h.start < h.end <= length for h in reading.headings)
    assert all(0 <= page.start <= length for page in reading.pages)
    assert all(0 <= start < end <= length for start, end in reading.skipped)
    reading.text.encode("utf-8")


def _read_all(paths: list[Path]) -> int:
    """Read them in a process that did nothing before; the most memory it took, in kB."""
    for path in paths:
        for reason in _reasons(path):
            assert reason, path.name
            assert len(reason) < 200, path.name
            assert not any(word in reason for word in _FORBIDDEN), (path.name, reason)
    door._isolated.close()
    return _most_memory()


def _most_memory() -> int:
    """The most memory that this process ever took, in kB; what getrusage says is inherited from whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:")))


def test_every_hostile_file_is_read_or_refused_in_one_line(hostile_files: list[Path], temporary_folder: Path) -> None:
    assert len(hostile_files) >= 300
    started = time.monotonic()
    with ProcessPoolExecutor(1, get_context("spawn")) as reader:
        most = reader.submit(_read_all, hostile_files).result()
    assert time.monotonic() - started < 60
    assert most < 1_000_000
    assert list(temporary_folder.iterdir()) == []


@pytest.mark.parametrize("name", ["folder.pdf", "pipe.txt", "to-device.txt", "to-itself"])
def test_what_is_no_regular_file_is_refused_without_opening_it(hostile_files: list[Path], name: str) -> None:
    with pytest.raises(Unreadable, match="not a regular file"):
        read(hostile_files[0].parent / name)


def test_links_that_lead_nowhere_are_refused(hostile_files: list[Path]) -> None:
    folder = hostile_files[0].parent
    with pytest.raises(Unreadable, match="no such file"):
        read(folder / "to-nothing.md")
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(folder / "loop-a.md")


def test_only_files_of_known_suffixes_are_wanted() -> None:
    assert all(supported(Path(name)) for name in ("a.PDF", "b.md", "c.docx", "d.htm", "e.doc"))
    assert not any(supported(Path(name)) for name in ("a.png", "b.zip", "_library.yaml", "md", ".md"))
