"""The child process: lazy, bounded, replaceable, gone with its parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Limits, Reading, read
from knowledge.read.isolate import Isolated
from tests.knowledge.read import documents

_SLOW = b"<div>" * 150_000 + b"x"
_HEAVY = ("pypdfium2", "docx", "pptx", "lxml", "python_calamine", "selectolax", "yaml", "email")


def _python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_slow_file_is_given_up_and_the_next_one_is_read(tmp_path: Path) -> None:
    slow, page = tmp_path / "slow.html", tmp_path / "page.html"
    slow.write_bytes(_SLOW)
    page.write_bytes(documents.html_bytes())
    started = time.monotonic()
    with pytest.raises(Unreadable, match="took longer than 0.5 s"):
        read(slow, Limits(seconds=0.5))
    assert time.monotonic() - started < 5
    assert next(read(page)).part == ""


def test_a_crash_is_named_and_the_next_file_is_read() -> None:
    isolated = Isolated()
    try:
        isolated.run("html", b"<p>a", "t", Limits(), 60)
        child = isolated._child
        assert child is not None
        threading.Timer(0.5, child._process.kill).start()
        with pytest.raises(Unreadable, match="crashed the reader"):
            isolated.run("html", _SLOW, "t", Limits(), 60)
        (page,) = isolated.run("html", b"<p>b", "t", Limits(), 60)
        assert isinstance(page, Reading)
        assert page.text == "b\n"
    finally:
        isolated.close()


def test_a_child_that_died_between_two_files_is_replaced_silently() -> None:
    isolated = Isolated()
    try:
        isolated.run("html", b"<p>a", "t", Limits(), 60)
        assert isolated._child is not None
        isolated._child._process.kill()
        isolated._child._process.wait()
        assert isolated.run("html", b"<p>b", "t", Limits(), 60)
    finally:
        isolated.close()


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits are Linux's")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "wide.html"
    path.write_bytes(b"<i c=d>" * 6_000_000)
    with pytest.raises(Unreadable, match="memory|crashed|damaged|no text"):
        read(path)


def test_threads_share_one_child(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(documents.html_bytes())
    with ThreadPoolExecutor(8) as pool:
        titles = {next(pieces).part for pieces in pool.map(read, [path] * 40)}
    assert titles == {""}


def test_reading_text_starts_no_child_and_loads_no_library(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("客户", encoding="utf-8")
    code = (
        "from pathlib import Path; from knowledge.read import door\n"
        "list(door.read(Path(sys.argv[1])))\n"
        f"print(door._isolated._child, [m for m in {_HEAVY!r} if m in sys.modules])"
    )
    output, _ = _python(code, str(path)).communicate(timeout=60)
    assert output.split() == ["None", "[]"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("busy", [True, False])
def test_nothing_is_left_of_the_child_when_its_parent_is_killed(tmp_path: Path, busy: bool) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(documents.html_bytes())
    slow = tmp_path / "slow.html"
    slow.write_bytes(_SLOW)
    code = (
        "from pathlib import Path; from knowledge.read import door\n"
        "list(door.read(Path(sys.argv[1])))\n"
        "print(door._isolated._child._process.pid, flush=True)\n"
        "if sys.argv[3] == 'True': list(door.read(Path(sys.argv[2])))\n"
        "import time; time.sleep(60)"
    )
    with _python(code, str(page), str(slow), str(busy)) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.5)
        assert _alive(child)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 10
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(child)


def test_a_script_from_standard_input_can_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(documents.html_bytes())
    script = (
        f"import sys; sys.path[:] = {sys.path!r}\nfrom pathlib import Path\n"
        f"from knowledge.read import read\nprint(next(read(Path({str(path)!r}))).title)"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-"], input=script.encode(), capture_output=True, timeout=60)
    assert done.stdout.decode().strip() == "客户成功 | 案例"
    assert done.stderr == b""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_starts_a_child_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(documents.html_bytes())
    code = (
        "import os; from pathlib import Path; from knowledge.read import door\n"
        "path = Path(sys.argv[1]); list(door.read(path))\n"
        "first = door._isolated._child._process.pid\n"
        "if os.fork() == 0:\n"
        "    list(door.read(path)); ok = door._isolated._child._process.pid != first\n"
        "    door._isolated.close(); os._exit(0 if ok else 1)\n"
        "print(os.waitstatus_to_exitcode(os.wait()[1])); list(door.read(path))"
    )
    output, _ = _python(code, str(path)).communicate(timeout=60)
    assert output.strip() == "0"


def _interrupt(stopped: threading.Event) -> None:
    """Press Control-C; again when it was swallowed, as it is where the garbage collector calls Python."""
    wait = 0.5
    while not stopped.wait(wait):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        wait = 5.0


def test_an_interrupted_reading_leaves_no_half_answer_behind() -> None:
    isolated = Isolated()
    # What other tests left to handle it may not raise.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        isolated.run("html", b"<p>a", "t", Limits(), 60)
        stopped = threading.Event()
        threading.Thread(target=_interrupt, args=[stopped], daemon=True).start()
        with pytest.raises(KeyboardInterrupt):
            isolated.run("html", _SLOW, "t", Limits(), 60)
        stopped.set()
        (page,) = isolated.run("html", b"<p>b", "t", Limits(), 60)
        assert isinstance(page, Reading)
        assert page.text == "b\n"
    finally:
        signal.signal(signal.SIGINT, before)
        isolated.close()
