"""What coaches made of an asker's own answers."""

from dataclasses import dataclass

from assistant.correction import Correction
from assistant.review import Decision, latest
from integrations.answer_store import Given
from integrations.web.console import Words
from integrations.web.visit import Visit

FOLLOWED: Words = {
    "mine": ("Your last questions", "您最近的问题", "您最近的問題"),
    "mine_corrected": ("corrected by a coach", "教练已修正", "教練已修正"),
    "mine_rejected": ("taken back by a coach", "教练已撤回", "教練已撤回"),
    "corrected_by": (
        "Coach {coach} corrected this on {on}",
        "教练 {coach} 已于 {on} 修正",
        "教練 {coach} 已於 {on} 修正",
    ),
    "rejected_by": ("A coach takes this answer back.", "教练撤回了这条回答。", "教練撤回了這則回答。"),
    "rejected_why": ("Why: {reason}", "理由：{reason}", "理由：{reason}"),
}


@dataclass(frozen=True, slots=True)
class Followed:
    """A correction in an answer's place, as its asker may read it; else whether it was taken back, and why."""

    given: Given
    correction: Correction | None = None
    rejected: bool = False
    reason: str = ""

    @property
    def mark(self) -> str:
        """The key of the words for it; empty where no coach said anything against it."""
        if self.correction:
            return "mine_corrected"
        return "mine_rejected" if self.rejected else ""


def followed(visit: Visit, some: list[Given]) -> list[Followed]:
    """What became of some answers of whoever looks."""
    review = visit.console.review
    standing = {each.answer: each for each in review.corrections.current(visit.who.reader)} if some else {}
    return [_followed(visit, each, standing.get(each.answer.id)) for each in some]


def _followed(visit: Visit, given: Given, correction: Correction | None) -> Followed:
    said = latest(visit.console.review.reviews.verdicts(given.answer.id)).values()
    last = max(said, key=lambda each: each.at, default=None)
    if correction or last is None or last.decision is not Decision.REJECT:
        return Followed(given, correction)
    return Followed(given, None, True, last.reason)


def own(visit: Visit) -> list[Followed]:
    """The last questions that whoever looks asked here."""
    person = visit.who.person
    return followed(visit, visit.console.review.answers.latest(person, "web")) if person else []
