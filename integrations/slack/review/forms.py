"""What coaches put into modals: read from what Slack sends, and carried from one modal to the next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.review import Decision, Mark, Point
from integrations.review.cases import Case, Said

State = Mapping[str, Mapping[str, Mapping[str, Any]]]

CLAIM, RUBRIC, REASON, BETTER = "claim", "rubric", "reason", "better"
LINES, TOPICS, SEARCH = "lines", "topics", "search"
MOST_REASON, MOST_BETTER, MOST_PASSAGES, MOST_FOUND = 400, 150, 40, 15
_MARKS = {each.value[0]: each for each in Mark}


@dataclass(frozen=True, slots=True)
class Form:
    """What a modal is about: an entry, the passages by their numbers from 1, how many of them the coach found.

    `said` is what was put into the verdict from which a correction was begun.
    """

    entry: str
    passages: tuple[str, ...] = ()
    found: int = 0
    said: Said | None = None

    def text(self) -> str:
        """For the private metadata of a modal, which holds 3,000 characters."""
        kept = {"e": self.entry, "p": self.passages, "f": self.found, **(_short(self.said) if self.said else {})}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> "Form":
        """What `text` wrote."""
        kept = json.loads(text)
        return cls(kept["e"], tuple(kept["p"]), kept["f"], _long(kept) if "m" in kept else None)


def _short(said: Said) -> dict[str, Any]:
    marks = {str(claim): mark.value[0] for claim, mark in said.marks.items()}
    rubric = "".join("1" if said.rubric[point] else "0" for point in Point) if said.rubric else ""
    return {"m": marks, "r": rubric, "w": said.reason[:MOST_REASON], "b": said.better_source[:MOST_BETTER]}


def _long(kept: Mapping[str, Any]) -> Said:
    return Said(
        decision=Decision.CORRECT,
        marks={int(claim): _MARKS[mark] for claim, mark in kept["m"].items()},
        rubric={point: met == "1" for point, met in zip(Point, kept["r"], strict=False)},
        reason=kept["w"],
        better_source=kept["b"],
    )


def numbered(case: Case) -> tuple[str, ...]:
    """The passages of a case by their numbers; one that is gone keeps its number."""
    most = min(max(case.offered, default=0), MOST_PASSAGES - MOST_FOUND)
    return tuple(case.offered[each].passage.id if each in case.offered else f"-{each}" for each in range(1, most + 1))


def said_in(state: State, decision: Decision, key: str) -> Said:
    """A verdict as it stands in a modal; nothing is judged but what was chosen."""
    marks = {int(name.removeprefix(CLAIM)): chosen(state, name) for name in state if name.startswith(CLAIM)}
    points = {each["value"] for each in _of(state, RUBRIC).get("selected_options") or ()}
    return Said(
        decision=decision,
        marks={claim: Mark(mark) for claim, mark in marks.items() if mark},
        rubric={each: each.value in points for each in Point} if points else {},
        reason=typed(state, REASON),
        better_source=typed(state, BETTER),
        key=key,
    )


def chosen(state: State, name: str) -> str:
    """What was chosen in a menu."""
    return str((_of(state, name).get("selected_option") or {}).get("value") or "")


def typed(state: State, name: str) -> str:
    """What was typed into an input."""
    return str(_of(state, name).get("value") or "").strip()


def _of(state: State, name: str) -> Mapping[str, Any]:
    return next(iter(state.get(name, {}).values()), {})
