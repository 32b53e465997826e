"""Coach review joined: what every surface of it works with."""

from dataclasses import dataclass

from integrations.answer_store import AnswerStore
from integrations.coaching import Coaching
from integrations.corrections import Corrections
from integrations.errands import Errands
from integrations.intake import Intake
from integrations.people import People
from integrations.recheck import Recheck
from integrations.reviews import Reviews


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
