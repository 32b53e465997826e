"""One benchmark question put to the assistant, and what came of it held against the catalogue."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.answers import Answer, Citation, Claim
from assistant.ask import Assistant
from assistant.questions import Asker, Question
from assistant.understand import understand
from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Item
from evals.truth import Truth
from knowledge.access import Reader
from knowledge.language import fold
from knowledge.library import Library

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Examiner:
    """Asks benchmark questions; `reader` gives the rights of an asker by name."""

    assistant: Assistant
    library: Library
    truth: Truth
    reader: Callable[[str], Reader]

    def attempt(self, item: Item, variant: str = "") -> Attempt:
        """Ask once. Whatever goes wrong is the attempt's error, never an exception: it counts as a failure."""
        started = time.perf_counter()
        base = Attempt(item=item.id, variant=variant, asked=item.question, gold=self.truth.gold(item))
        try:
            return self._asked(item, base)
        except Exception as error:
            return replace(base, error=f"{type(error).__name__}: {error}", seconds=_since(started))

    def found(self, item: Item, variant: str = "") -> Attempt:
        """What a search finds, without an answer: for sets that only name documents."""
        started = time.perf_counter()
        base = Attempt(item=item.id, variant=variant, asked=item.question, gold=self.truth.gold(item))
        return replace(base, outcome="searched", hits=self._hits(self._question(item)), seconds=_since(started))

    def _question(self, item: Item) -> Question:
        reader = self.reader(item.asker)
        return Question(item.question, Asker(item.asker), item.history, reader, hidden=item.hidden)

    def _asked(self, item: Item, base: Attempt) -> Attempt:
        question = self._question(item)
        started = time.perf_counter()
        told: list[float] = []
        answer = self.assistant.ask(question, lambda _claim: told.append(_since(started)))
        seconds = _since(started)
        return replace(
            base,
            outcome=answer.outcome.value,
            language=answer.language,
            told=tuple(Told(each.text, each.kind.value, self._cited(each, question)) for each in answer.claims),
            beside=self.truth.inspect(list(_beside(answer)), question.reader),
            shown="\n".join(_shown(answer, item)),
            rejected=tuple((each.text, str(each.reason)) for each in answer.rejected),
            hits=self._hits(question),
            seconds=seconds,
            first=told[0] if told else None,
            cost=answer.usage.get("cost"),
            confidence=answer.confidence,
            recipe=_recipe(answer),
        )

    def _cited(self, claim: Claim, question: Question) -> tuple[Cited, ...]:
        return self.truth.inspect(claim.citations, question.reader)

    def _hits(self, question: Question) -> tuple[Place, ...]:
        whole = understand(question, self.library.accounts(question.reader))
        hits = self.library.stretches(whole.text, question.reader, _DEPTH, whole.context)
        return tuple(Place(self.truth.name(hit.entry), hit.passage.start, hit.passage.end) for hit in hits)


def _beside(answer: Answer) -> Iterator[Citation]:
    """The citations of what is shown besides claims."""
    for claim in (*answer.next_steps, *answer.questions, *answer.nearest):
        yield from claim.citations
    for note in answer.notes:
        yield from note.citations


def _shown(answer: Answer, item: Item) -> Iterator[str]:
    """Everything the asker could read, but for their own words."""
    for claim in (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest):
        yield from (claim.text, claim.plain, claim.account or "")
    claimed = (each for claim in answer.claims for each in claim.citations)
    for citation in (*claimed, *_beside(answer)):
        yield from (citation.quote, citation.title, citation.source, citation.heading, citation.link or "")
    yield from (note.about for note in answer.notes)
    yield from answer.owners
    asked = fold(" ".join((item.question, *(turn.text for turn in item.history))))
    yield from (term for term in answer.searched.terms if term not in asked)


def _recipe(answer: Answer) -> dict[str, str | None]:
    recipe = answer.recipe
    return {"composer": recipe.composer, "model": recipe.model, "prompt": recipe.prompt, "index": recipe.index}


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 6)
