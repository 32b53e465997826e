"""One child process runs the readers of complicated formats, and may be killed at any time."""

import atexit
import contextlib
import os
import subprocess
import sys
import threading

from knowledge.errors import Unreadable
from knowledge.read.attachment import Attachment
from knowledge.read.limits import Limits
from knowledge.read.reading import Failure, Reading
from knowledge.read.wire import receive, send

Pieces = list[Reading | Failure | Attachment]

# -I: the environment of whoever runs us is no business of the child. The child is no
# multiprocessing one, because those run the caller's main module a second time.
_START = "import sys; sys.path[:] = sys.argv[1:]; from knowledge.read.isolated import serve; serve()"
_FILES_PER_CHILD = 500


class Isolated:
    """Runs readers one after another in a child that is started at the first call.

    Safe to share between threads; a forked process starts a child of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def run(self, reader: str, data: bytes, title: str, limits: Limits, seconds: float) -> Pieces:
        """What the reader called `reader` yields for `data`.

        Raises Unreadable with the reader's own reason, or when it needs more than `seconds` or
        brings the child down.
        """
        with self._lock:
            child = self._ready()
            try:
                answer = child.ask((reader, data, title, limits, seconds), seconds)
            finally:
                if not child.fit:
                    self.close()
        if answer is None:
            late = f"took longer than {limits.seconds:g} s"
            raise Unreadable(late if child.was_late else "crashed the reader")
        pieces, reason = answer
        if reason:
            raise Unreadable(reason)
        return pieces

    def close(self) -> None:
        """End the child, if there is one; the next call starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _ready(self) -> "_Child":
        if self._child is not None and not self._child.alive():
            self.close()
        if self._child is None:
            self._child = _Child()
        return self._child

    def _forget(self) -> None:
        self._lock, self._child = threading.Lock(), None


class _Child:
    """The process and its two pipes. `fit` says whether it may be asked again."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._left = _FILES_PER_CHILD
        self.fit, self.was_late = True, False
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        if receive(self._answers) is None:
            self.end()
            raise Unreadable("the reader of this format does not start: install it again")

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: object, seconds: float) -> tuple[Pieces, str] | None:
        """The pieces or the reason why there are none; None when the child was killed or died."""
        timer = threading.Timer(max(seconds, 0.0), self._kill_late)
        timer.daemon = True
        timer.start()
        # Whatever interrupts us here would leave half an exchange in the pipes.
        self.fit = False
        try:
            send(self._requests, request)
            answer = receive(self._answers)
        except OSError:
            answer = None
        finally:
            timer.cancel()
        self._left -= 1
        if not isinstance(answer, tuple):
            return None
        pieces, reason, worn = answer
        self.fit = not (worn or self.was_late or self._left <= 0)
        return pieces, reason

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    def _kill_late(self) -> None:
        self.was_late = True
        self._process.kill()
