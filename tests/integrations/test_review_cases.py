"""Sixty reviewed questions over the starter library, their paraphrases in three writings and their near-misses.

The words and rules were fitted on the half called dev. The other half was judged once: 151 of 270 paraphrases and 9 of
150 near-misses at the threshold of that day (0.65). It has been looked at since and its faults mended, so what is
asserted of it here is no measurement of unseen questions.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.same_question import SIMILAR, THRESHOLD, Asked, same, taken_apart
from knowledge.glossary import shipped

CASES = Path(__file__).with_name("review_cases.jsonl")
ACCOUNTS = ("Aurora Grid", "Northwind Rail Logistics", "Tidewick Payments", "岚衡重工", "汐岳新能", "穗汀食品")
WRITINGS = ("en", "zh-Hans", "zh-Hant")


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def reviewed(cases: list[dict[str, Any]]) -> dict[str, Asked]:
    return {each["id"]: taken_apart(each["question"], ACCOUNTS, shipped(), (each["statement"],)) for each in cases}


def _best(question: str, reviewed: dict[str, Asked]) -> tuple[float, str]:
    asked = taken_apart(question, ACCOUNTS, shipped())
    return max((same(asked, each, shipped()), name) for name, each in reviewed.items())


def test_there_are_sixty_with_three_paraphrases_a_writing_and_five_near_misses(cases: list[dict[str, Any]]) -> None:
    assert len(cases) == 60
    assert Counter(each["half"] for each in cases) == {"dev": 30, "held_out": 30}
    assert all(len(each["paraphrases"][writing]) == 3 for each in cases for writing in WRITINGS)
    assert all(len(set(each["near_misses"])) == 5 for each in cases)


def test_paraphrases_find_their_own_correction_or_none(cases: list[dict[str, Any]], reviewed: dict[str, Asked]) -> None:
    found = Counter[str]()
    for each in cases:
        for question in (text for writing in WRITINGS for text in each["paraphrases"][writing]):
            score, name = _best(question, reviewed)
            found["wrong"] += score >= THRESHOLD and name != each["id"]
            found[f"{each['half']} sure"] += score >= THRESHOLD and name == each["id"]
            found[f"{each['half']} offered"] += score >= SIMILAR and name == each["id"]
    assert found["wrong"] == 0
    assert found["dev sure"] >= FLOORS[0]
    assert found["dev offered"] >= FLOORS[1]
    assert found["held_out sure"] >= FLOORS[2]
    assert found["held_out offered"] >= FLOORS[3]


def test_near_misses_find_nothing(cases: list[dict[str, Any]], reviewed: dict[str, Asked]) -> None:
    taken = [text for each in cases for text in each["near_misses"] if _best(text, reviewed)[0] >= THRESHOLD]
    assert len(taken) <= KNOWN


# What was reached when this was written; a change may raise the first and lower the second.
FLOORS = (184, 236, 104, 162)
KNOWN = 0
