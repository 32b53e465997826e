"""A process that searches one library: python -m tests.benchmarks.searcher HOME QUESTIONS

Prints one JSON line: CPU milliseconds of every query by step, wall milliseconds, resident MB.
"""

import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

from assistant.questions import Question
from assistant.understand import understand
from integrations.bootstrap import library
from integrations.settings import Settings
from knowledge.library import Library
from tests.benchmarks.shared import read_lines

_WARM_UP = 10
_TOP = 10


def main() -> None:
    """Warm up, then ask every question as `coach search` does."""
    home, file = map(Path, sys.argv[1:])
    over = library(Settings(home=home))
    questions = [Question(each["question"]) for each in read_lines(file)]
    for each in questions[:_WARM_UP]:
        _search(over, each)
    parts: dict[str, list[float]] = defaultdict(list)
    wall = []
    for each in questions:
        started = time.perf_counter()
        understanding, searching = _search(over, each)
        wall.append(1000 * (time.perf_counter() - started))
        _note(parts, each.text, understanding, searching)
    sizes = {"resident": memory("VmRSS"), "peak": memory("VmHWM")}
    print(json.dumps({"parts": parts, "wall": wall, **sizes}))


def _search(over: Library, question: Question) -> tuple[float, float]:
    """CPU milliseconds of understanding the question, and of searching."""
    started = time.process_time()
    whole = understand(question, over.accounts(question.reader))
    understood = time.process_time()
    over.search(whole.text, question.reader, _TOP, whole.context)
    return 1000 * (understood - started), 1000 * (time.process_time() - understood)


def _note(parts: dict[str, list[float]], text: str, understanding: float, searching: float) -> None:
    parts["whole"].append(understanding + searching)
    parts["understand"].append(understanding)
    parts["search"].append(searching)
    parts["whole, English" if text.isascii() else "whole, Chinese"].append(understanding + searching)


def memory(name: str) -> float:
    """A size of this process in MB, as the kernel counts it."""
    found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
