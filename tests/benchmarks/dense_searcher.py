"""A process that searches one library by words and vectors, as the bot does, for two readers.

python -m tests.benchmarks.dense_searcher FOLDER QUESTIONS PERSON: FOLDER has `home` and a coach.toml. Prints one
JSON line: CPU and wall milliseconds of every search, how many vectors took part in, resident MB.
"""

import json
import os
import sys
import time
from pathlib import Path

from integrations.bootstrap import library
from integrations.settings import load
from knowledge.access import Reader
from tests.benchmarks.searcher import memory
from tests.benchmarks.shared import read_lines

_WARM_UP = 10
_TOP = 10


def main() -> None:
    """Own the index, warm up, then search for every question."""
    folder, file, person = sys.argv[1:]
    questions = [each["question"] for each in read_lines(Path(file))]
    os.chdir(folder)
    over = library(load())
    assert over.dense is not None
    over.dense.take_over()
    for each in questions[:_WARM_UP]:
        over.search(each, Reader(person), _TOP)
    cpu, wall, fused = [], [], 0
    for each in questions[_WARM_UP:]:
        used, started = time.process_time(), time.perf_counter()
        found = over.search(each, Reader(person), _TOP)
        cpu.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - started))
        fused += bool(found.hits and not found.notes)
    print(json.dumps({"cpu": cpu, "wall": wall, "fused": fused, "resident": memory("VmRSS")}))


if __name__ == "__main__":
    main()
