"""Reviewed questions with their paraphrases in three writings and their near-misses, as corrections to be found."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.correction import Correction, Statement
from knowledge.access import EVERYONE
from knowledge.glossary import shipped

ACCOUNTS = ("Aurora Grid", "Northwind Rail Logistics", "Tidewick Payments", "岚衡重工", "汐岳新能", "穗汀食品")
WRITINGS = ("en", "zh-Hans", "zh-Hant")
GLOSSARY = shipped()
# Meant as near-misses of one correction, they ask what another one answers.
ANSWERED = {
    "Within how many days do we send the promises after an executive visit?": "reviewed-002",
    "Tidewick Payments的供应商认证审核要多久？": "unseen-039",
    "华为做英国BT的供应商认证审核要多久？": "unseen-031",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A correction, the same question in other words by writing, and questions that look like it and are others."""

    correction: Correction
    paraphrases: dict[str, list[str]]
    near_misses: list[str]

    def all(self) -> Iterator[tuple[str, str]]:
        """Every paraphrase with its writing."""
        return ((writing, text) for writing in WRITINGS for text in self.paraphrases[writing])


@cache
def cases(name: str) -> Sequence[Case]:
    """Those of one author: `fitted`, `unseen`, or `third`, of several authors who had seen no code either."""
    file = {"fitted": "review_cases.jsonl"}.get(name, f"review_cases_{name}.jsonl")
    lines = Path(__file__).with_name(file).read_text("utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def corrections(name: str) -> list[Correction]:
    """The corrections of one author's cases."""
    return [each.correction for each in cases(name)]


def _case(said: dict) -> Case:  # type: ignore[type-arg]
    day = date(2026, 3, 2)
    correction = Correction(
        id=said["id"], answer=f"answer of {said['id']}", question=said["question"], coach="dora",
        language=said["language"], statements=(Statement(said["statement"]),), cites=(), audience=EVERYONE,
        effective=day, expires=day,
    )  # fmt: skip
    return Case(correction, said["paraphrases"], said["near_misses"])
