"""Files that one process at a time may write."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout


@contextmanager
def held(lock: FileLock, wait: float) -> Iterator[bool]:
    """Hold a lock; False when another process has it after `wait` seconds. A process that dies lets go of it."""
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
