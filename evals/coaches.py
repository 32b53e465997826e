"""What coaches said of claims, beside what a judge said: whether the judge may be believed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.agreement import kappa
from evals.attempts import Judgement
from evals.errors import WrongLabels
from evals.statistics import Interval

_VERDICTS = {"right": True, "wrong": False, "unsupported": False}

Claim = tuple[str, int]
"""A claim by its question and its number."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who judged the same claims, and how far they agree beyond chance; None where that means nothing."""

    one: str
    other: str
    claims: int
    kappa: Interval | None


def labels(file: Path) -> dict[str, dict[Claim, bool]]:
    """What coaches said, by coach, from lines of `{item, claim, coach, verdict}`. Raises WrongLabels."""
    found: dict[str, dict[Claim, bool]] = {}
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongLabels(f"{file} cannot be read: {error}") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                said = json.loads(line)
                found.setdefault(str(said["coach"]), {})[said["item"], int(said["claim"])] = _VERDICTS[said["verdict"]]
            except (ValueError, KeyError, TypeError) as error:
                wanted = "{item, claim, coach, verdict: right, wrong or unsupported}"
                raise WrongLabels(f"line {number} of {file} is not {wanted}: {error}") from None
    return found


def agree(judged: Mapping[str, Mapping[int, Judgement]], coaches: Mapping[str, Mapping[Claim, bool]]) -> list[Pair]:
    """The judge with each coach, then coaches with each other, over the claims that both judged."""
    judge = {
        (item, number): each.supported
        for item, claims in judged.items()
        for number, each in claims.items()
        if each.supported is not None
    }
    everyone = [("judge", judge), *sorted(coaches.items())]
    return [
        _pair(one, mine, other, theirs)
        for at, (one, mine) in enumerate(everyone)
        for other, theirs in everyone[at + 1 :]
    ]


def _pair(one: str, mine: Mapping[Claim, bool], other: str, theirs: Mapping[Claim, bool]) -> Pair:
    both = sorted(mine.keys() & theirs.keys())
    questions = [item for item, _ in both]
    found = kappa([mine[each] for each in both], [theirs[each] for each in both], questions) if both else None
    return Pair(one, other, len(both), found)
