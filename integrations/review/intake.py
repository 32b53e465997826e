"""What comes before coaches: answers by rule, votes, calls for a coach, corrections that no longer hold."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answers import Answer
from assistant.questions import Question
from assistant.review import Rules, Why, assigned, why_queue
from assistant.understand import accounts_named
from integrations.answer_store import AnswerStore
from integrations.people import People
from integrations.review.corrections import Corrections
from integrations.review.errands import Errands, What
from integrations.review.gaps import Fill
from integrations.review.queue import Reviews
from integrations.review.stale import ask_owners

_WHY: Mapping[str, Why] = {"down": Why.DOWN_VOTE, "coach": Why.ASKED_FOR_COACH}


@dataclass(frozen=True, slots=True)
class Routing:
    """By which rules answers come before coaches, and before whom: a name for each word of a topic."""

    rules: Rules = Rules()
    topics: Mapping[str, str] = field(default_factory=dict)


class Intake:
    """Puts into the queue what is to be reviewed."""

    def __init__(
        self,
        answers: AnswerStore,
        reviews: Reviews,
        corrections: Corrections,
        errands: Errands,
        people: People,
        account_names: Callable[[], Collection[str]],
        fills: Callable[[], Iterable[Fill]],
        routing: Routing | None = None,
    ) -> None:
        """`account_names` gives those of all accounts, whoever may know of them; `fills` what can be answered now."""
        self._answers = answers
        self._reviews = reviews
        self._corrections = corrections
        self._errands = errands
        self._people = people
        self._account_names = account_names
        self._fills = fills
        self._routing = routing or Routing()

    def answered(self, question: Question, answer: Answer, asker: str) -> None:
        """Put an answer that was shown before coaches, if a rule says so; one that a coach wrote needs none."""
        new = self._reviews.new_words(question.text)
        if answer.reviewed is None:
            self._enqueue(answer, why_queue(answer, self._routing.rules, (), new), asker)

    def voted(self, answer_id: str, person: str, vote: str, reason: str = "") -> None:
        """Keep what an asker said of an answer; `down` and `coach` put it before coaches."""
        self._answers.vote(answer_id, person, vote, reason)
        given = self._answers.find(answer_id)
        if given and vote in _WHY:
            self._enqueue(given.answer, (_WHY[vote],), given.place.person)

    def _enqueue(self, answer: Answer, reasons: Sequence[Why], asker: str) -> None:
        if not reasons:
            return
        named = accounts_named(answer.question, self._account_names())
        whose = assigned(named, answer.question, self._people.directory(), self._routing.topics)
        entry = self._reviews.enqueue(answer, reasons, asker, whose, named)
        self._errands.again(f"card {entry}", What.CARD, entry=entry)

    def sources_changed(self) -> int:
        """Ask the owners of corrections that no longer hold; how many there are. After an ingest, and once a day."""
        put = ask_owners(self._corrections, self._reviews)
        for each in put:
            self._errands.add(f"card {each}", What.CARD, entry=each)
        return len(put)

    def gaps_filled(self) -> int:
        """Have whoever asked told what the library can answer now; how many questions. After an ingest."""
        filled = list(self._fills())
        for each in filled:
            rests = " ".join(each.documents)
            self._errands.add(f"filled {each.answer}", What.FILLED, answer=each.answer, documents=rests)
        return len(filled)
