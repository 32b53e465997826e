"""The child's side of `isolate`: reads the files it is sent, as long as the parent lives."""

import contextlib
import os
import signal
import threading
import time
from typing import BinaryIO

from knowledge.errors import Unreadable
from knowledge.read.attachment import Attachment
from knowledge.read.limits import Limits
from knowledge.read.readers import ISOLATED
from knowledge.read.reading import Failure, Reading
from knowledge.read.wire import receive, send

_MEMORY = 2 * 2**30
_GRACE_SECONDS = 5.0
_DAMAGED = "damaged, or not what its name says"

Pieces = list[Reading | Failure | Attachment]


def serve() -> None:
    """Answer requests (reader, data, title, limits, seconds) until the parent is gone.

    An answer is (pieces, reason, worn): a reason means no pieces, `worn` that this process
    should not be used again.
    """
    requests, answers = _own_pipes()
    _confine()
    threading.Thread(target=_leave_with_parent, args=(os.getppid(),), daemon=True).start()
    send(answers, "ready")
    while isinstance(request := receive(requests), tuple):
        reader, data, title, limits, seconds = request
        _set_alarm(seconds + _GRACE_SECONDS)
        answer = _answer(reader, data, title, limits)
        _set_alarm(0)
        send(answers, answer)


def _answer(reader: str, data: bytes, title: str, limits: Limits) -> tuple[Pieces, str, bool]:
    try:
        return list(ISOLATED[reader](data, title, limits)), "", False
    except Unreadable as error:
        return [], str(error), False
    except MemoryError:
        return [], f"needs more than {_MEMORY // 2**30} GB of memory to read", True
    except ImportError:
        return [], "the reader of this format is not installed", False
    except Exception:
        return [], _DAMAGED, False
    except BaseException:
        # A panic of a compiled library: what it left behind cannot be trusted.
        return [], _DAMAGED, True


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for ourselves: libraries that print must not reach the parent."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _confine() -> None:
    """Bound the memory and leave no core files, where the platform knows how."""
    # Ctrl-C is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _set_alarm(seconds: float) -> None:
    """Die after `seconds`, should the parent be gone that was to kill us; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _leave_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
