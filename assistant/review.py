"""Coach review: why an answer is looked at, what a coach says of it, what coaches agree on: words and rules."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import sqrt
from types import MappingProxyType

from assistant.answers import Answer, NoteKind, Outcome
from assistant.questions import Language
from knowledge.access import team_of
from knowledge.language import words
from knowledge.people import Directory


class Decision(StrEnum):
    """What a coach decides on an answer."""

    APPROVE = "approve"
    CORRECT = "correct"
    REJECT = "reject"


class Mark(StrEnum):
    """What a coach says of one claim."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSUPPORTED = "unsupported"


class Point(StrEnum):
    """What makes an answer good coaching, its facts aside."""

    TO_THE_POINT = "to_the_point"
    SPECIFIC = "specific"
    ACTIONABLE = "actionable"
    ASKS = "asks"
    CANDID = "candid"


_POINTS: Mapping[Point, tuple[str, str, str]] = MappingProxyType(
    {
        Point.TO_THE_POINT: ("Answers what was asked", "切中问题", "切中問題"),
        Point.SPECIFIC: ("Fits this account", "贴合这个客户", "貼合這個客戶"),
        Point.ACTIONABLE: ("Can be acted on tomorrow", "明天就能照着做", "明天就能照著做"),
        Point.ASKS: ("Asks the client what is not known", "提醒向客户问清未知的事", "提醒向客戶問清未知的事"),
        Point.CANDID: ("Says what it does not know", "说明自己不知道什么", "說明自己不知道什麼"),
    }
)
_COLUMNS: Mapping[Language, int] = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def point_named(point: Point, language: Language) -> str:
    """What a point of the rubric is called."""
    return _POINTS[point][_COLUMNS[language]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one coach says of one answer; further ones, by the same coach or others, stand beside it.

    `marks` are those of its claims, by their number from 0; `rubric` has the points that were judged. `better_source`
    names a document that should have been used. `key` names the press of a button: a retry is no second verdict.
    """

    answer: str
    coach: str
    decision: Decision
    at: datetime
    marks: Mapping[int, Mark] = field(default_factory=dict)
    rubric: Mapping[Point, bool] = field(default_factory=dict)
    reason: str = ""
    better_source: str = ""
    key: str = ""


class Why(StrEnum):
    """By which rule an answer waits for a coach."""

    DOWN_VOTE = "down_vote"
    ASKED_FOR_COACH = "asked_for_coach"
    LOW_COVERAGE = "low_coverage"
    SOURCES_DIFFER = "sources_differ"
    REJECTED_CLAIMS = "rejected_claims"
    SAMPLE = "sample"
    NEW_TOPIC = "new_topic"
    STALE = "stale"
    """A correction whose sources are no longer what they were: its owner is asked to verify it again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is looked at: a `share` (0 to 1) of all answers, those less sure than `confidence`.

    A topic is new when this share of a question's words, and two of them at least, was never asked before.
    """

    share: float = 0.05
    confidence: float = 0.5
    novelty: float = 0.5


def why_queue(
    answer: Answer,
    rules: Rules | None = None,
    votes: Collection[str] = (),
    new_words: Collection[str] = (),
) -> tuple[Why, ...]:
    """By which rules an answer waits for a coach; none when it need not.

    `votes` are what askers pressed (`down`, `coach`), `new_words` those of `topic_words` that nobody asked before.
    """
    rules = rules or Rules()
    unsure = answer.confidence is not None and answer.confidence < rules.confidence
    topic = topic_words(answer.question)
    new = [each for each in topic if each in new_words]
    holds = {
        Why.DOWN_VOTE: "down" in votes,
        Why.ASKED_FOR_COACH: "coach" in votes,
        Why.LOW_COVERAGE: answer.outcome is not Outcome.ANSWERED or unsure,
        Why.SOURCES_DIFFER: any(note.kind is NoteKind.SOURCES_DIFFER for note in answer.notes),
        Why.REJECTED_CLAIMS: bool(answer.rejected),
        Why.SAMPLE: sampled(answer.id, rules.share),
        Why.NEW_TOPIC: len(new) > 1 and len(new) >= rules.novelty * len(topic),
    }
    return tuple(why for why, true in holds.items() if true)


def sampled(answer_id: str, share: float) -> bool:
    """Whether an answer is in the random sample: always the same for one id; a larger sample holds a smaller."""
    number = int.from_bytes(hashlib.blake2b(answer_id.encode(), digest_size=8).digest(), "big")
    return number < share * 2**64


def topic_words(question: str) -> tuple[str, ...]:
    """The content words of a question, each once, in its folded form."""
    return tuple(words(question))


def assigned(accounts: Iterable[str], question: str, directory: Directory, topics: Mapping[str, str]) -> str:
    """Who is to look: a coached account's team, else the coach (or group) of a topic that the question names, else "".

    The name is one that a Reader goes by. `topics` gives a name for each word.
    """
    for account in accounts:
        team = team_of(account)
        if directory.groups.get(team, frozenset()) & directory.coaches:
            return team
    asked = set(topic_words(question))
    return next((name for word, name in topics.items() if asked & set(topic_words(word))), "")


def latest(verdicts: Sequence[Verdict]) -> dict[str, Verdict]:
    """The last word of each coach, by name; earlier ones stay on record."""
    return {each.coach: each for each in sorted(verdicts, key=lambda verdict: verdict.at)}


def disagreed(verdicts: Sequence[Verdict]) -> bool:
    """Whether coaches differ in their last word on an answer, or on any one of its claims."""
    last = list(latest(verdicts).values())
    claims = {claim for each in last for claim in each.marks}
    split = any(len({each.marks[claim] for each in last if claim in each.marks}) > 1 for claim in claims)
    return split or len({each.decision for each in last}) > 1


def interval(approved: int, judged: int) -> tuple[float, float]:
    """Wilson's 95 % interval (0 to 1) of a share; (0, 1) where nothing was judged."""
    if not judged:
        return 0.0, 1.0
    z, share = 1.959964, approved / judged
    middle = share + z * z / (2 * judged)
    half = z * sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged))
    whole = 1 + z * z / judged
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
