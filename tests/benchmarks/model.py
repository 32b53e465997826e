"""A model behind the adapter: what our side adds to its time, and how its failures end."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import httpx2

from assistant.answers import Claim
from assistant.ask import Assistant
from assistant.draft import Drafter, Material
from assistant.evidence import gather
from assistant.questions import Question
from assistant.request import request
from assistant.understand import understand
from integrations.bootstrap import library
from integrations.openai_model import OpenAIModel
from integrations.settings import Settings
from knowledge.access import ANYONE
from knowledge.library import Library
from tests.benchmarks.shared import ROOT, SAMPLES, Number, Place, Table, environment, percent, quantile
from tests.fakes.openai_server import Pace, Reply, Request, honest, running
from tests.integrations.fault_cases import CASES, Free, filled, problems

_QUESTION = Question("How do we mend the faults that a quiet account complains about?")
# Three sentences of 190 characters, quoted and stated, are 200 chunks of a fake server.
_SENTENCE = (
    "Offer the quiet account a mended fault {} that it complains about, in the words of the person who complained, "
    "before you offer anything else, and write down who confirmed that it stays mended."
)
_DOCUMENT = "# Winning back a quiet account\n\n## Mend the faults\n\n{}\n"
_TIMES, _ASKED = 60, 200
_AT_ONCE = 40
_HEAVY = ("langchain", "langchain_core", "langchain_openai", "openai", "chromadb")


def measure(place: Place) -> list[Number]:
    """The fake server is in another process, but for the faults."""
    prepared = _Prepared(place.work / "model")
    with _server() as url:
        numbers = [*_overhead(prepared, url), *_at_once(prepared, url)]
    return [*_first_claims(prepared), *numbers, *_faults(place.work / "model-faults"), *_loaded(place)]


class _Prepared:
    """A library of one document whose answer is long, and all that a draft of it is made from."""

    def __init__(self, folder: Path) -> None:
        (folder / "documents").mkdir(parents=True)
        text = _DOCUMENT.format("\n\n".join(_SENTENCE.format(number) for number in ("one", "two", "three")))
        (folder / "documents" / "quiet.md").write_text(text, "utf-8")
        self.library: Library = library(Settings(home=folder / "home"))
        self.library.ingest([folder / "documents"])
        understood = understand(_QUESTION, (), None)
        hits = gather(self.library, understood, ANYONE).hits
        ids = [hit.passage.id for hit in hits]
        self.material = Material(
            _QUESTION, understood, hits, (), lambda: self.library.passages(ids, ANYONE), self.library.glossary
        )
        self.messages = request(_QUESTION, understood.language, hits, 10_000).messages


@contextmanager
def _server() -> Iterator[str]:
    """The URL of a fake server in a process of its own."""
    command = [sys.executable, "-m", "tests.fakes.openai_server", "--port", "0", "--profile", "vllm"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().split()[-1]
        process.terminate()


def _model(url: str) -> OpenAIModel:
    made = OpenAIModel("fake-chat", "sk-fake", url)
    made.ready()
    return made


# From the last byte of a block to its claim


def _pacing(pipe: Connection) -> None:
    """A server that says its URL, then of each answer when it had written the last byte of the first block."""

    def reply(asked: Request) -> Reply:
        chunks = _pieces(honest(asked))
        last = _last_of_block(chunks)

        def writes(frames: Iterable[bytes]) -> Iterator[bytes]:
            """The server comes for a piece once it has written the one before; the first has no text."""
            for number, frame in enumerate(frames):
                if number == last + 2:
                    pipe.send(time.monotonic())
                yield frame

        return Reply(chunks=chunks, writes=writes, pace=Pace(each=0.002))

    with running("vllm", model=reply) as server:
        pipe.send(server.url)
        pipe.recv()


def _pieces(text: str) -> list[str]:
    return [text[start : start + 12] for start in range(0, len(text), 12)]


def _last_of_block(chunks: Sequence[str]) -> int:
    """Which chunk holds the empty line after the first block."""
    text = "".join(chunks)
    end = text.index("\n\n", text.index("FACT:")) + 2
    return next(number for number, length in enumerate(accumulate(map(len, chunks))) if length >= end)


def _first_claims(prepared: _Prepared) -> list[Number]:
    """From the last byte of a block, as written, to its claim; and to where a bare reader has it, on this machine."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_pacing, args=(theirs,), daemon=True)
    process.start()
    url = ours.recv()
    assistant, client = Assistant(prepared.library, drafter=Drafter(_model(url), Free())), httpx2.Client()
    told = [1000 * (_first_told(assistant) - ours.recv()) for _ in range(_ASKED)]
    read = [1000 * (_first_read(prepared, url, client) - ours.recv()) for _ in range(_ASKED)]
    ours.send(None)
    process.join()
    return [
        Number("last byte of a block to its claim, p50", quantile(told, 0.5), "ms", at_most=30),
        Number("last byte of a block to its claim, p99", quantile(told, 0.99), "ms", at_most=30),
        Number("the same to a bare reader, p50", quantile(read, 0.5), "ms"),
        Number("the same to a bare reader, p99", quantile(read, 0.99), "ms"),
    ]


def _first_told(assistant: Assistant) -> float:
    told: list[float] = []
    assistant.ask(_QUESTION, lambda _: told.append(time.monotonic()))
    return told[0]


def _first_read(prepared: _Prepared, url: str, client: httpx2.Client) -> float:
    came = [(each, time.monotonic()) for each in _chunks(prepared, url, client)]
    texts = [text for text, _ in came if text]
    return [at for text, at in came if text][_last_of_block(texts)]


# What we add to the bare reading of an answer


def _overhead(prepared: _Prepared, url: str) -> list[Number]:
    model = _model(url)
    drafter = Drafter(model, Free())
    bare = httpx2.Client()
    steps: dict[str, Callable[[], object]] = {
        "bare HTTP": lambda: list(_chunks(prepared, url, bare)),
        "with the adapter": lambda: list(model.stream(prepared.messages, 60.0, 1200)),
        "with parsing and gates": lambda: drafter.draft(prepared.material, _nobody),
    }
    table = Table(("one answer", "p50 ms", "p90 ms", "CPU ms"))
    middle = {}
    for name, step in steps.items():
        wall, cpu = _timed(step)
        middle[name] = quantile(wall, 0.5)
        table.add(name, middle[name], quantile(wall, 0.9), quantile(cpu, 0.5))
    table.show()
    return [
        Number("chunks of the answer", len(list(_chunks(prepared, url, bare))), at_least=200),
        Number("added to bare HTTP, p50", middle["with parsing and gates"] - middle["bare HTTP"], "ms", at_most=60),
    ]


def _nobody(_claim: Claim) -> None: ...


def _timed(step: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Milliseconds of each time, and of the processor."""
    step()
    wall, cpu = [], []
    for _ in range(_TIMES):
        began, used = time.perf_counter(), time.process_time()
        step()
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - used))
    return wall, cpu


def _chunks(prepared: _Prepared, url: str, client: httpx2.Client) -> Iterator[str]:
    """The texts of an answer's chunks as they come, read without openai and langchain."""
    messages = [{"role": each.role, "content": each.text} for each in prepared.messages]
    body = {"model": "fake-chat", "messages": messages, "stream": True, "stream_options": {"include_usage": True}}
    headers = {"Authorization": "Bearer sk-fake"}
    with client.stream("POST", f"{url}/chat/completions", json=body, headers=headers) as answered:
        for line in answered.iter_lines():
            choices = json.loads(line[6:])["choices"] if line.startswith("data: {") else []
            yield from (each["delta"].get("content") or "" for each in choices)


# Many at once


def _at_once(prepared: _Prepared, url: str) -> list[Number]:
    whole = [each for each in _chunks(prepared, url, httpx2.Client()) if each]
    model = _model(url)

    def lost(_: int) -> int:
        came = [each.text for each in model.stream(prepared.messages, 60.0, 1200) if each.text]
        return 0 if came == whole else max(len(whole) - len(came), 1)

    began, used = time.perf_counter(), _processor()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        missing = sum(threads.map(lost, range(_AT_ONCE)))
    wall, cpu = time.perf_counter() - began, _processor() - used
    return [
        Number(f"{_AT_ONCE} streams at once: chunks", _AT_ONCE * len(whole)),
        Number(f"{_AT_ONCE} streams at once: chunks lost", missing, at_most=0),
        Number(f"{_AT_ONCE} streams at once: until the last one ended", wall, "s"),
        Number(f"{_AT_ONCE} streams at once: our CPU for a chunk", 1e6 * cpu / _AT_ONCE / len(whole), "us"),
    ]


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# Failures


def _faults(folder: Path) -> list[Number]:
    """Every fault, on every request and on the first alone."""
    folder.mkdir()
    over = filled(folder)
    ended: dict[str, list[tuple[bool, float]]] = {}
    with running() as server:
        loaded = _model(server.url)
        for case in CASES:
            server.reset()
            server.fail(case.fault, case.times)
            began = time.perf_counter()
            wrong = problems(over, replace(loaded, _refused=frozenset()), case.question, case.seconds, case.expected)
            took = time.perf_counter() - began
            ended.setdefault(str(case.expected or "the answer is whole"), []).append((not wrong, took))
            if wrong:
                print(f"  {case.fault}: {'; '.join(wrong)}")
    _show(ended)
    right = [each for cases in ended.values() for each, _ in cases]
    return [
        Number("faults tried", len(right), at_least=190),
        Number("ended as they should, in time", percent(sum(right), len(right)), "%", at_least=100),
    ]


def _show(ended: Mapping[str, Sequence[tuple[bool, float]]]) -> None:
    table = Table(("what is said", "cases", "right", "slowest s"))
    for name, cases in sorted(ended.items(), key=lambda each: -len(each[1])):
        table.add(name, len(cases), sum(right for right, _ in cases), max(took for _, took in cases))
    table.show()


# Without a model


def _loaded(place: Place) -> Iterator[Number]:
    """How many of the heavy packages a command loads that asks no model."""
    home = place.library("samples-without-model", SAMPLES)
    for arguments in (["--help"], ["ask", "How do we win back a key account that went quiet?"]):
        command = [sys.executable, "-X", "importtime", "-m", "integrations.cli", *arguments]
        done = subprocess.run(command, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=True)
        modules = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
        yield Number(f"coach {arguments[0]}: heavy packages loaded", len(modules & set(_HEAVY)), at_most=0)
