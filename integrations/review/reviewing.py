"""Coach review joined: what every surface of it works with."""

from dataclasses import dataclass

from integrations.answer_store import AnswerStore
from integrations.people import People
from integrations.recheck import Recheck
from integrations.review.coaching import Coaching
from integrations.review.corrections import Corrections
from integrations.review.errands import Errands
from integrations.review.intake import Intake
from integrations.review.queue import Reviews


@dataclass(frozen=True, slots=True)
class Reviewing:
    """One database's answers, queue and corrections, and the use cases over them."""

    answers: AnswerStore
    reviews: Reviews
    corrections: Corrections
    errands: Errands
    people: People
    intake: Intake
    coaching: Coaching
    recheck: Recheck
