"""Sentences retold as a writer would, in the other language or the same: no gate of numbers and limits may object."""

import json
import random
import re
from pathlib import Path

import pytest

from assistant.gates.comparators import comparator_changes, quantifier_changes
from assistant.gates.dates import missing_dates
from assistant.gates.quantities import missing_quantities, quantities
from assistant.gates.reading import readable

RETOLD = [json.loads(line) for line in Path(__file__).with_name("retold.jsonl").read_text("utf-8").splitlines()]
GATES = (missing_quantities, missing_dates, comparator_changes, quantifier_changes)


def objections(claim: str, source: str) -> dict[str, tuple[str, ...]]:
    told = {gate.__name__: gate(claim, (source,)) for gate in GATES}
    return {gate: words for gate, words in told.items() if words}


@pytest.mark.parametrize("case", RETOLD, ids=lambda case: case["claim"][:20])
def test_a_true_retelling_meets_no_objection(case: dict[str, str]) -> None:
    assert objections(case["claim"], case["source"]) == {}


@pytest.mark.parametrize("case", [case for case in RETOLD if "altered" in case], ids=lambda case: case["altered"][:20])
def test_a_retelling_with_one_thing_altered_meets_an_objection(case: dict[str, str]) -> None:
    assert objections(case["altered"], case["source"]) != {}


def with_another_number(claim: str, chance: random.Random) -> str | None:
    """The claim with the first digits of one of its quantities changed, or None when it has none in digits."""
    places = [each for each in quantities(claim) if not each.weak and re.search(r"\d", claim[each.start : each.end])]
    if not places or len(readable(claim)) != len(claim):
        return None
    place = chance.choice(places)
    digits = re.compile(r"\d+").search(claim, place.start)
    assert digits is not None
    other = chance.choice([number for number in range(13, 9973, 7) if str(number) != digits[0]])
    return claim[: digits.start()] + str(other) + claim[digits.end() :]


@pytest.mark.parametrize("seed", range(3))
def test_a_retelling_with_one_number_changed_meets_an_objection(seed: int) -> None:
    chance = random.Random(seed)
    changed = [(with_another_number(case["claim"], chance), case["source"]) for case in RETOLD]
    passed = [claim for claim, source in changed if claim and not objections(claim, source)]
    assert passed == []
