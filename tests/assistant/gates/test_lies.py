"""Freely told lies about true quotes: most are dropped, and fewer may never be."""

from collections import Counter

from assistant.answers import Claim
from tests.assistant.gates.drafts import lies

_KEPT = {"seen": 0.22, "third": 0.38, "fourth": 0.42}
"""The shares of them that rules of language cannot tell today; how it goes with unseen ones is measured."""


def test_no_more_freely_told_lies_pass_than_are_known_to() -> None:
    told = list(lies())
    every = Counter(each.line["split"] for each in told)
    kept = Counter(each.line["split"] for each in told if isinstance(each.judged(), Claim))
    assert {split: kept[split] / every[split] <= _KEPT[split] for split in every} == dict.fromkeys(_KEPT, True)
