"""Ask: a question is understood, the library searched, an answer composed and checked."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from assistant.answers import Answer, Claim, Outcome, Recipe, Rejected, Searched
from assistant.extract import MOST_CLAIMS, Pick, choose, claim_of, listed, nearest_claims
from assistant.questions import Language, Question
from assistant.relevance import Fit, fit
from assistant.remarks import named_only, remarks
from assistant.understand import Understood, understand
from assistant.verify import Sources, check, cited
from knowledge.documents import Hit, Kind
from knowledge.library import Found, Library

_TOP = 10
_ADVICE = 2
# One word left of a question is no topic.
_TOPICAL = 2
# The share of a question, account names aside, that must stand somewhere in what was found.
_ON_TOPIC = 0.25

OnClaim = Callable[[Claim], None]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from a library. `settings` is a hash of what is in force, for the recipe."""

    library: Library
    language: Language | None = None
    settings: str = ""

    def ask(
        self, question: Question, on_claim: OnClaim | None = None, on_found: Callable[[int], None] | None = None
    ) -> Answer:
        """Answer a question; each claim is handed to `on_claim` once it has been checked.

        `on_found` is told how many passages are about to be read.

        Raises EmptyQuestion for a question without text.
        """
        watch = _Watch()
        understood = understand(question, self.library.accounts(question.reader), self.language)
        watch.lap("understand")
        found = self.library.search(understood.text, question.reader, _TOP, understood.context)
        watch.lap("search")
        if on_found:
            on_found(len(found.hits))
        answer = self._compose(question, understood, found)
        watch.lap("compose")
        if on_claim:
            for claim in answer.claims:
                on_claim(claim)
        return replace(answer, recipe=self._recipe(), timings=watch.laps)

    def _compose(self, question: Question, understood: Understood, found: Found) -> Answer:
        picks = choose(found, understood)
        how_well = fit(found, picks)
        if understood.accounts and how_well:
            topic = self.library.search(understood.topic, question.reader, _TOP, understood.context)
            picks = _advised(found, topic, picks, understood)
            strays = topic.query.own and topic.query.coverage("".join(found.bags)) < _ON_TOPIC
            how_well = Fit.NONE if strays else how_well
        unexplained = named_only(found, understood) if how_well else None
        if unexplained:
            picks = [pick for pick in picks if unexplained.named_in(pick.sentence.plain)]
            how_well = min(how_well, Fit.PART)
        notes = (unexplained.note,) if unexplained else remarks(found, picks) if how_well else ()
        claims = [claim_of(pick.sentence, understood) for pick in picks] if how_well else []
        steps, asking = self._listed(picks, understood, question) if claims else ((), ())
        draft = Answer(
            id=uuid4().hex,
            question=question.text,
            outcome=_outcome(claims, how_well),
            language=understood.language,
            claims=tuple(claims),
            next_steps=steps,
            questions=asking,
            notes=notes,
            nearest=nearest_claims(found, understood) if not claims else (),
            searched=Searched(self.library.counts().documents, found.terms),
        )
        return _checked(draft, self.library.passages(_cited(draft), question.reader))

    def _listed(
        self, picks: Sequence[Pick], understood: Understood, question: Question
    ) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
        """What the playbook that says most lists as steps and questions, in the asker's language first."""
        playbooks = [pick.sentence.hit for pick in picks if pick.sentence.hit.entry.kind is Kind.PLAYBOOK]
        own = [hit for hit in playbooks if hit.entry.language[:2] == understood.language[:2]]
        for hit in own or playbooks:
            passages = self.library.document(hit.entry.id, question.reader)
            steps, questions = listed((Hit(each, hit.entry, 0.0) for each in passages), understood)
            if steps or questions:
                return steps, questions
        return (), ()

    def _recipe(self) -> Recipe:
        return Recipe("extract", None, "", self.library.version(), self.settings)


def _advised(found: Found, topic: Found, picks: list[Pick], understood: Understood) -> list[Pick]:
    """What the named accounts' records say, then what playbooks and cases say on the topic."""
    facts = choose(found.only(lambda hit: hit.entry.account in understood.accounts), understood)
    general = topic.only(lambda hit: hit.entry.kind is not Kind.ACCOUNT_PLAN and hit.entry.account is None)
    advice = choose(general, understood)
    worth = len(topic.query.own) >= _TOPICAL and fit(general, advice)
    both = [*facts[: MOST_CLAIMS - _ADVICE], *advice[:_ADVICE]] if worth else facts
    return both if facts else picks


def _outcome(claims: Sequence[Claim], how_well: Fit) -> Outcome:
    if not claims:
        return Outcome.DECLINED
    return Outcome.ANSWERED if how_well is Fit.WHOLE else Outcome.PARTIAL


def _all_claims(answer: Answer) -> tuple[Claim, ...]:
    return (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)


def _cited(answer: Answer) -> list[str]:
    noted = (citation for note in answer.notes for citation in note.citations)
    claimed = (citation for claim in _all_claims(answer) for citation in claim.citations)
    return [each.passage_id for each in (*claimed, *noted)]


def _checked(answer: Answer, sources: Sources) -> Answer:
    """The answer without anything that fails its gates at this moment."""
    reasons = {claim: check(claim, sources) for claim in _all_claims(answer)}
    passed = tuple(claim for claim in answer.claims if not reasons[claim])
    nearest = tuple(claim for claim in answer.nearest if not reasons[claim])
    notes = tuple(note for note in answer.notes if not any(cited(each, sources) for each in note.citations))
    return replace(
        answer,
        outcome=answer.outcome if passed else Outcome.DECLINED,
        claims=passed,
        next_steps=tuple(claim for claim in answer.next_steps if not reasons[claim]),
        questions=tuple(claim for claim in answer.questions if not reasons[claim]),
        notes=notes,
        rejected=tuple(Rejected(claim.text, reason) for claim, reason in reasons.items() if reason),
        nearest=nearest,
        owners=_owners(nearest, sources),
    )


def _owners(claims: Sequence[Claim], sources: Sources) -> tuple[str, ...]:
    """Who answers for the documents of these claims, each once."""
    entries = (sources[each.passage_id][1] for claim in claims for each in claim.citations)
    return tuple(dict.fromkeys(entry.owner for entry in entries if entry.owner))


@dataclass(slots=True)
class _Watch:
    laps: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self.started, 6)
        self.started = now
