"""Honest drafts and adversarial cases as data, and how they go through the gates."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant import parse
from assistant.answers import Claim, Rejected
from assistant.drafted import Block, Quoted
from assistant.gates.claims import pass_gates
from knowledge.assemble import Said, assemble
from knowledge.documents import Document, Entry, Hit, Kind, Passage
from knowledge.glossary import shipped
from knowledge.ports import Given
from knowledge.read import Reading, read

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[2] / "knowledge" / "samples"
QUESTIONS = HERE.parents[2] / "evals" / "questions"
ACCOUNTS = (
    "Aurora Grid",
    "Northwind Rail Logistics",
    "Tidewick Payments",
    "\u5c9a\u8861\u91cd\u5de5",
    "\u6c50\u5cb3\u65b0\u80fd",
    "\u7a57\u6c40\u98df\u54c1",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted block with all that stood around it when it was drafted."""

    id: str
    block: Block
    issued: Mapping[int, Hit]
    accounts: tuple[str, ...] = ()
    question: str = ""
    gone: frozenset[int] = frozenset()
    line: Any = None

    def judged(self) -> Claim | Rejected:
        """What the gates say of it, to a reader of everything that was issued and is not gone."""
        here = [hit for number, hit in self.issued.items() if number not in self.gone]
        sources = {hit.passage.id: (hit.passage, hit.entry) for hit in here}
        owners = (hit.entry.account for hit in self.issued.values() if hit.entry.account)
        known = tuple(dict.fromkeys((*ACCOUNTS, *owners)))
        return pass_gates(self.block, self.issued, sources, self.accounts, known, self.question, shipped())

    def reason(self) -> str:
        """The reason code, or "kept"."""
        judged = self.judged()
        return str(judged.reason) if isinstance(judged, Rejected) else "kept"


def lines(name: str) -> list[dict[str, Any]]:
    """The objects of a JSONL file beside this module."""
    return [json.loads(each) for each in (HERE / name).read_text("utf-8").splitlines() if each.strip()]


@cache
def sample(path: str) -> tuple[Document, tuple[Passage, ...]]:
    """A document of the starter library, or of the benchmark's own (library/...), by its path there."""
    file = (QUESTIONS if path.startswith("library/") else SAMPLES) / path
    reading = next(each for each in read(file) if isinstance(each, Reading))
    folder = file.parent / "_library.yaml"
    said = yaml.safe_load(folder.read_text("utf-8")) if folder.exists() else {}
    document, passages = assemble(path, path, reading, Said(said, Given()))
    return document, tuple(passages)


def honest(split: str = "") -> Iterator[Draft]:
    """The honest drafts, or those of one split.

    The gates were tuned on dev; those of it named own are by somebody who knows the gates. Those of
    test were written last, for sentences of the starter library drawn at random, by somebody who has not read them.
    """
    for line in lines("honest.jsonl"):
        if line["split"] == split or not split:
            yield drafted(line)


def lies() -> Iterator[Draft]:
    """Claims that lie about true quotes, told freely by authors who had not read the gates; `line["lie"]` says how."""
    yield from map(drafted, lines("lies.jsonl"))


def drafted(line: Mapping[str, Any]) -> Draft:
    """The draft of a line that names a sample: its whole document was issued, in order."""
    document, passages = sample(line["source"])
    issued = {number: Hit(passage, document, 1.0) for number, passage in enumerate(passages, 1)}
    quotes = tuple(Quoted(_number(issued, quote), quote) for quote in line["quotes"])
    accounts = (document.account,) if document.account else ()
    return Draft(line["id"], Block(line["kind"], line["claim"], quotes), issued, accounts, line=line)


def replied(batch: str = "") -> Iterator[Draft]:
    """The blocks, but for advice, of a language model's replies to the product's own prompts, or those of one batch.

    It was given the very words that are sent for a question of the benchmark, and answered as it would; nobody has
    chosen or mended what it wrote. A claim may well say more than its quotes, as a model's do.
    """
    for line in lines("replies.jsonl"):
        if line["batch"] == batch or not batch:
            yield from (each for each in _blocks(line) if each.block.kind != "ADVICE")


def advice() -> Iterator[Draft]:
    """The advice of those replies."""
    for line in lines("replies.jsonl"):
        yield from (each for each in _blocks(line) if each.block.kind == "ADVICE")


def _blocks(line: Mapping[str, Any]) -> Iterator[Draft]:
    issued = {number: _passage(*place) for number, place in enumerate(line["issued"], 1)}
    arriving = parse.Draft()
    for number, block in enumerate([*arriving.feed(line["reply"]), *arriving.end()], 1):
        source = next((issued[each.number].entry.source for each in block.quotes if each.number in issued), "")
        about = {"language": line["language"], "source": source, "split": f"replies {line['batch']}"}
        yield Draft(f"{line['id']}-{number}", block, issued, tuple(line["accounts"]), line["question"], line=about)


def _passage(path: str, start: int) -> Hit:
    document, passages = sample(path)
    return Hit(next(each for each in passages if each.start == start), document, 1.0)


def _number(issued: Mapping[int, Hit], quote: str) -> int:
    return next((number for number, hit in issued.items() if quote in hit.passage.text), 0)


def cases() -> Iterator[Draft]:
    """The adversarial cases; `line["expected"]` lists the reason codes that are right."""
    for line in lines("cases.jsonl"):
        hits = [_hit(number, **passage) for number, passage in enumerate(line["passages"], 1)]
        quotes = tuple(Quoted(number, quote) for number, quote in line["quotes"])
        block = Block(line["kind"], line["claim"], quotes)
        accounts = tuple(line.get("accounts", ()))
        issued = dict(enumerate(hits, 1))
        gone = frozenset(line.get("gone", ()))
        yield Draft(line["id"], block, issued, accounts, line.get("question", ""), gone, line)


def _hit(number: int, title: str, kind: str, text: str, account: str | None = None) -> Hit:
    entry = Entry(
        id=f"d{number}", title=title, kind=Kind(kind), source=title, language="", account=account, version="1"
    )
    passage = Passage(id=f"p{number}", document_id=entry.id, heading="", text=text, start=100, end=100 + len(text))
    return Hit(passage, entry, 1.0)


def streamed(draft: Draft, chance: random.Random) -> Draft:
    """The same draft, written out as a model writes it and read in chunks of any size."""
    quotes = [f'[{each.number}] "{each.quote}"' for each in draft.block.quotes]
    text = "\n".join(("STATUS: answered", *quotes, f"{draft.block.kind}: {draft.block.text}"))
    arriving, blocks, at = parse.Draft(), [], 0
    while at < len(text):
        size = chance.randint(1, 40)
        blocks += arriving.feed(text[at : at + size])
        at += size
    (block,) = [*blocks, *arriving.end()]
    return replace(draft, block=block)
