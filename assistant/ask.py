"""Ask: a question is understood, the library searched, an answer composed and checked."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answers import Answer, Claim, Recipe, Reviewed
from assistant.compose import Inquiry, in_a_models_words, in_the_sources_words
from assistant.evidence import TOP, gather
from assistant.plan import Plan, needed
from assistant.ports import Usage
from assistant.prompting import prompt
from assistant.questions import Language, Question
from assistant.understand import Understood, understand
from knowledge.library import Library

if TYPE_CHECKING:
    from assistant.draft import Drafted, Drafter
    from assistant.recall import Memory
    from assistant.reviewed import Corrections

OnClaim = Callable[[Claim], None]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from a library: with a drafter in a model's words, without one in the sources' own.

    `settings` is a hash of what is in force, for the recipe; `passages` is how many a search brings. What a coach
    corrected, by `corrections`, stands before all else for the same question.
    """

    library: Library
    language: Language | None = None
    settings: str = ""
    drafter: "Drafter | None" = None
    passages: int = TOP
    corrections: "Corrections | None" = None

    def ask(
        self, question: Question, on_claim: OnClaim | None = None, on_found: Callable[[int], None] | None = None
    ) -> Answer:
        """Answer a question; each claim is handed to `on_claim` once it has been checked.

        `on_found` is told how many passages are about to be read.

        Raises EmptyQuestion for a question without text.
        """
        watch, tell = _Watch(), on_claim or _nobody
        memory, usage = self._remembered(question)
        reviewed = self._reviewed(question, memory)
        if reviewed:
            watch.lap("recall")
            return replace(reviewed, usage=self._usage(Plan(usage=usage), None), timings=watch.laps)
        planned, understood = self._understood(question)
        watch.lap("understand")
        evidence = gather(self.library, understood, question.reader, planned.searches, self.passages)
        inquiry = Inquiry(question, understood, evidence)
        watch.lap("search")
        if on_found:
            on_found(len(inquiry.evidence.found.hits))
        drafted = self._drafted(inquiry, tell)
        answer = self._composed(inquiry, drafted, tell)
        watch.lap("compose")
        planned = Plan(usage=usage) if usage else planned
        return replace(answer, usage=self._usage(planned, drafted), timings=watch.laps, similar=_similar(memory))

    def _remembered(self, question: Question) -> "tuple[Memory | None, Usage | None]":
        """What coaches said of the same question: a model says which that is, rules where there is none or it fails.

        No model is asked twice before it answers: one that has to make the question whole is not asked this as well.
        """
        held = self.corrections.current(question.reader) if self.corrections else ()
        if not held:
            return None, None
        # The gates take a third of a second to load, and a question without model or corrections needs none of them.
        from assistant.recall import judged
        from assistant.reviewed import remembered

        memory = remembered(self.library, question, held)
        if memory.certain or not memory.near or self.drafter is None or needed(question):
            return memory, None
        said = self.drafter.same(question.text, [each.question for each in memory.near])
        if said.failed:
            return memory, said.usage
        accounts = self.library.accounts(question.reader)
        return judged(memory, said.place, question.text, accounts, self.library.glossary), said.usage

    def _reviewed(self, question: Question, memory: "Memory | None") -> Answer | None:
        """What a coach said of the same question, where all of it still holds; there at once and whole."""
        if memory is None or memory.same is None:
            return None
        from assistant.reviewed import in_a_coachs_words

        understood = understand(question, self.library.accounts(question.reader), self.language)
        answer = in_a_coachs_words(self.library, question, understood, memory.same)
        recipe = Recipe("review", None, "", self.library.version(), self.settings)
        return replace(answer, recipe=recipe) if answer else None

    def _understood(self, question: Question) -> tuple[Plan, Understood]:
        """The question, read by rule, or made whole by the model where it leans on others."""
        accounts = self.library.accounts(question.reader)
        by_rule = understand(question, accounts, self.language)
        if self.drafter is None or not needed(question):
            return Plan(), by_rule
        planned = self.drafter.plan(question)
        if planned.question is None:
            return planned, by_rule
        whole = replace(question, text=planned.question, history=())
        return planned, understand(whole, accounts, by_rule.language)

    def _drafted(self, inquiry: Inquiry, tell: OnClaim) -> "Drafted | None":
        """What a model makes of the passages; nobody asks one where the library holds nothing on the question."""
        if self.drafter is None or not inquiry.evidence.holds:
            return None
        from assistant.draft import Material

        passages = [hit.passage.id for hit in inquiry.evidence.hits]
        material = Material(
            question=inquiry.question,
            understood=inquiry.understood,
            hits=inquiry.evidence.hits,
            known_accounts=self.library.accounts(inquiry.question.reader),
            sources=lambda: self.library.passages(passages, inquiry.question.reader_now()),
            glossary=self.library.glossary,
        )
        return self.drafter.draft(material, tell)

    def _composed(self, inquiry: Inquiry, drafted: "Drafted | None", tell: OnClaim) -> Answer:
        """A model's answer where one stood up to its checks or says that there is none; else the sources' own."""
        if self.drafter and drafted and (drafted.claims or not drafted.failure):
            answer = in_a_models_words(self.library, inquiry, drafted)
            return replace(answer, recipe=self._recipe(inquiry, "draft", self.drafter.model.name, prompt("draft").hash))
        answer = in_the_sources_words(self.library, inquiry, drafted)
        for claim in answer.claims:
            tell(claim)
        return replace(answer, recipe=self._recipe(inquiry, "extract", None, ""))

    def _recipe(self, inquiry: Inquiry, composer: str, model: str | None, words: str) -> Recipe:
        """What made the answer; the index is named with what kept vectors from taking part, if anything did."""
        index = "; ".join((self.library.version(), *inquiry.evidence.found.notes))
        return Recipe(composer, model, words, index, self.settings)

    def _usage(self, planned: Plan, drafted: "Drafted | None") -> dict[str, float]:
        return self.drafter.bill(planned, drafted) if self.drafter else {}


def _similar(memory: "Memory | None") -> Reviewed | None:
    """A question like it that a coach has answered, to be offered."""
    if memory is None or memory.offered is None:
        return None
    from assistant.reviewed import told_of

    return told_of(memory.offered)


def _nobody(_claim: Claim) -> None: ...


@dataclass(slots=True)
class _Watch:
    laps: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self.started, 6)
        self.started = now
