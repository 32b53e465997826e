"""A folder of hostile files through the command line: nothing crashes, hangs or is lost silently."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from integrations.catalogue import SqlCatalogue
from tests.knowledge.read.hostile import write_hostile_files

_SECONDS = 120
_AT_MOST = 240
_MEGABYTES = 600
# Runs the command and leaves its own peak of memory, which a parent's figures for children do not tell.
_MEASURED = """
import sys
from pathlib import Path
from integrations.cli import main
status = main(sys.argv[2:])
peak = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
Path(sys.argv[1]).write_text(peak[0].split()[1])
sys.exit(status)
"""
_LONG = 200_000
_OURS = {
    "dots.txt": b"." * _LONG,
    "dots-and-spaces.md": b"# h\n" + b". " * _LONG,
    "questions.txt": b"?" * _LONG,
    "spaces.txt": b"a" + b" " * _LONG + b"b",
    "at.txt": b"x" * _LONG + b" @",
    "telephone.txt": "电话".encode() + b" " * _LONG + b"1234567890",
    "only-tags.txt": b"<a href='x'>" * 5_000,
    "links.txt": "相关文章\n拜访之前先写下想问的三个问题,拜访之后当天写下听到的答案。\n".encode() * 4_000,
    "headings.md": b"# h\n<!-- c -->\ntext\n" * 8_000,
    "half-characters.jsonl": b'{"id":"1","text":"x","account":"\\ud800"}\n{"id":"2","text":"y","audience":"\\ud800"}\n',
    "nothing-audience.md": b"---\naudience: {a: b}\n---\ntext\n",
    "wrong-date.md": b"---\nexpires: soon\n---\ntext\n",
    ".hidden.txt": b"hidden",
}


class _Ran(NamedTuple):
    status: int
    report: dict[str, Any]
    errors: str
    seconds: float
    megabytes: float
    folder: Path
    home: Path


def _ingested(place: Path) -> _Ran:
    folder = place / "files"
    write_hostile_files(folder)
    for name, data in _OURS.items():
        (folder / name).write_bytes(data)
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "计划".encode("gb18030") + b".txt")).write_text("named in GB18030")
    (folder / "wrong-defaults").mkdir()
    (folder / "wrong-defaults" / "_library.yaml").write_text("effective: 2025-13-45\n")
    (folder / "wrong-defaults" / "a.txt").write_text("below defaults that cannot be read")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    root = str(Path(__file__).parents[2])
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(place / "peak"), "ingest", "files", "--json"],
        cwd=place,
        env={**ours, "PYTHONPATH": root, "COACH_READ_SECONDS": "10"},
        capture_output=True,
        text=True,
        timeout=_AT_MOST,
    )
    seconds = time.monotonic() - started
    assert done.stdout, done.stderr
    megabytes = int((place / "peak").read_text()) / 1024
    return _Ran(done.returncode, json.loads(done.stdout), done.stderr, seconds, megabytes, folder, place / ".coach")


# One test, because the ingest takes a while: each check below is a rule of its own.
def test_a_folder_of_hostile_files_is_read_or_named_in_bounded_time_and_memory(tmp_path: Path) -> None:
    ran = _ingested(tmp_path)
    catalogue = SqlCatalogue(f"sqlite:///{ran.home / 'catalogue.sqlite'}")
    try:
        _some_fail_and_the_status_says_so(ran)
        _every_file_is_added_or_named_and_hidden_ones_are_neither(ran, catalogue)
        _every_reason_is_one_line_for_people(ran)
        _time_and_memory_are_bounded(ran)
        _the_store_agrees_with_what_was_reported(ran, catalogue)
    finally:
        catalogue.close()
    _the_library_works_afterwards(ran)


def _printable(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _some_fail_and_the_status_says_so(ran: _Ran) -> None:
    assert ran.status == 3
    assert ran.errors == ""
    assert ran.report["added"] == ran.report["documents"] > 0
    assert len(ran.report["failed"]) > 200


def _every_file_is_added_or_named_and_hidden_ones_are_neither(ran: _Ran, catalogue: SqlCatalogue) -> None:
    named = {Path(each["source"].split("#")[0]).name for each in ran.report["failed"]}
    added = {Path(path).name for path, file in catalogue.files(str(ran.folder)).items() if file.documents}
    for folder, _, files in os.walk(ran.folder):
        for path in (Path(folder, name) for name in files if name != "_library.yaml"):
            assert (path.name in added or Path(_printable(path)).name in named) is not path.name.startswith("."), path
    assert "to-outside.txt" not in added


def _every_reason_is_one_line_for_people(ran: _Ran) -> None:
    for each in ran.report["failed"]:
        assert set(each) == {"source", "error"}
        assert 0 < len(each["error"]) < 300
        assert not any(word in each["error"] for word in ("Traceback", "Exception", "\n", "0x")), each


def _time_and_memory_are_bounded(ran: _Ran) -> None:
    assert ran.seconds < _SECONDS
    assert ran.megabytes < _MEGABYTES


def _the_library_works_afterwards(ran: _Ran) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "integrations.cli", "search", "客户计划", "--json"],
        cwd=ran.folder.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COACH_HOME": str(ran.home)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


def _the_store_agrees_with_what_was_reported(ran: _Ran, catalogue: SqlCatalogue) -> None:
    counts = catalogue.counts()
    assert (counts.documents, counts.passages, counts.pending) == (ran.report["documents"], ran.report["passages"], 0)
