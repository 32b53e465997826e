"""How often a question that was asked before in other words gets the correction of it, or is offered it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.correction import Correction
from assistant.recall import Memory, judged, remember
from evals.benchmark import SHIPPED, read
from tests.benchmarks.shared import HERE, Number, Place
from tests.integrations.review_cases import ACCOUNTS, ANSWERED, GLOSSARY, cases, corrections

_AUTHORS = ("fitted", "unseen", "third")
# What a language model said of these questions: it read the words of the prompt and each of them, at no server's pace.
_JUDGED = HERE / "same_judged.jsonl"


def measure(_place: Place) -> list[Number]:
    """Each author's cases among their own corrections, by rule and judged; the benchmark's questions among them all."""
    numbers = [number for author in _AUTHORS for number in _by_rule(author)]
    numbers += [number for author in _AUTHORS[1:] for number in _by_model(author)]
    every = [each for author in _AUTHORS for each in corrections(author)]
    others = [_remembered(each.question, every) for each in read(SHIPPED).items]
    return [
        *numbers,
        Number("other questions given a correction", _percent([bool(each.same) for each in others]), "%"),
        Number("other questions offered one", _percent([bool(each.offered) for each in others]), "%"),
        Number(
            "other questions that a model would be asked about", _percent([bool(each.near) for each in others]), "%"
        ),
    ]


def _by_rule(author: str) -> list[Number]:
    asked = [(_remembered(text, corrections(author)), name) for text, name in _paraphrases(author)]
    given = [_given(memory) == name for memory, name in asked]
    reached = [name in (_given(memory), memory.offered and memory.offered.id) for memory, name in asked]
    misses = [_remembered(text, corrections(author)) for text in _near_misses(author)]
    return [
        Number(f"{author}: paraphrases given their correction", _percent(given), "%", at_least=90),
        Number(f"{author}: given or offered it first", _percent(reached), "%"),
        Number(
            f"{author}: near-misses given a correction", _percent([bool(each.same) for each in misses]), "%", None, 0
        ),
        Number(f"{author}: near-misses offered one", _percent([bool(each.offered) for each in misses]), "%"),
    ]


def _by_model(author: str) -> list[Number]:
    given = [_given(_judged(text, author)) == name for text, name in _paraphrases(author)]
    misses = [bool(_given(_judged(text, author))) for text in _near_misses(author)]
    return [
        Number(f"{author}, with a model: paraphrases given their correction", _percent(given), "%", at_least=90),
        Number(f"{author}, with a model: near-misses given a correction", _percent(misses), "%", at_most=0),
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """The questions a model was asked about, by the ids of their corrections, and the one it named, if it did."""

    near: frozenset[str]
    same: str | None


@cache
def _replies() -> Mapping[str, _Said]:
    lines = map(json.loads, _JUDGED.read_text("utf-8").splitlines())
    return {each["question"]: _Said(frozenset(each["near"]), each["said"]) for each in lines}


def _judged(question: str, author: str) -> Memory:
    """What is remembered of a question, judged as the model did; by rule where it was asked about others."""
    memory = _remembered(question, corrections(author))
    near = [each.id for each in memory.near]
    said = _replies().get(question)
    if memory.certain or said is None or not (said.same in near or said.near.issuperset(near)):
        return memory
    place = near.index(said.same) if said.same in near else None
    return judged(memory, place, question, ACCOUNTS, GLOSSARY)


def _remembered(question: str, among: Sequence[Correction]) -> Memory:
    return remember(question, among, ACCOUNTS, GLOSSARY)


def _paraphrases(author: str) -> list[tuple[str, str]]:
    return [(text, each.correction.id) for each in cases(author) for _, text in each.all()]


def _near_misses(author: str) -> list[str]:
    return [text for each in cases(author) for text in each.near_misses if text not in ANSWERED]


def _given(memory: Memory) -> str:
    return memory.same.id if memory.same else ""


def _percent(each: Sequence[bool]) -> float:
    return 100 * sum(each) / len(each)
