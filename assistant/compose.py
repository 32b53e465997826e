"""An answer put together: from what a model drafted, or from the sources' own sentences; checked once more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from assistant.answers import Answer, Claim, Note, NoteKind, Outcome, Rejected, Searched
from assistant.errors import Failure
from assistant.evidence import Evidence
from assistant.extract import claim_of, listed, nearest_claims
from assistant.questions import Language, Question
from assistant.relevance import Fit
from assistant.understand import Understood
from assistant.verify import Sources, check, cited
from assistant.wording import because
from knowledge.documents import Hit, Kind
from knowledge.library import Library

if TYPE_CHECKING:
    from assistant.draft import Drafted

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to an answer: as asked, as understood, with what was found."""

    question: Question
    understood: Understood
    evidence: Evidence


def in_a_models_words(library: Library, inquiry: Inquiry, drafted: "Drafted") -> Answer:
    """The answer a model drafted: what passed the gates, and what did not, with the reasons."""
    failure = drafted.failure
    whole = drafted.status == "answered" and failure is None
    language = inquiry.understood.language
    draft = replace(
        _begun(library, inquiry, bool(drafted.claims)),
        outcome=Outcome.ANSWERED if whole else Outcome.PARTIAL,
        claims=tuple(drafted.claims),
        notes=(_note(NoteKind.BROKEN_OFF, failure, language),) if failure else (),
    )
    answer = _checked(library, draft, inquiry.question)
    return replace(answer, rejected=(*drafted.rejected, *answer.rejected))


def in_the_sources_words(library: Library, inquiry: Inquiry, drafted: "Drafted | None") -> Answer:
    """The answer in the sources' own sentences; after a model that failed, with a plain note of it."""
    evidence, understood = inquiry.evidence, inquiry.understood
    picks = evidence.picks if evidence.how_well else ()
    playbooks = [pick.sentence.hit for pick in picks if pick.sentence.hit.entry.kind is Kind.PLAYBOOK]
    steps, questions = _listed(library, playbooks, inquiry)
    draft = replace(
        _begun(library, inquiry, bool(picks)),
        outcome=Outcome.ANSWERED if evidence.how_well is Fit.WHOLE else Outcome.PARTIAL,
        claims=tuple(claim_of(pick.sentence, understood) for pick in picks),
        next_steps=steps,
        questions=questions,
        notes=evidence.notes,
    )
    answer = _checked(library, draft, inquiry.question)
    if drafted is None or drafted.failure is None:
        return answer
    note = _note(NoteKind.WITHOUT_MODEL, drafted.failure, understood.language)
    return replace(answer, notes=(*answer.notes, note), rejected=(*drafted.rejected, *answer.rejected))


def _note(kind: NoteKind, failure: Failure, language: Language) -> Note:
    return Note(kind, because(failure, language), ())


def _begun(library: Library, inquiry: Inquiry, answers: bool) -> Answer:
    """What every answer has, and for one without claims what comes nearest."""
    found = inquiry.evidence.found
    return Answer(
        id=uuid4().hex,
        question=inquiry.question.text,
        outcome=Outcome.DECLINED,
        language=inquiry.understood.language,
        confidence=round(inquiry.evidence.confidence, 4),
        nearest=() if answers else _nearest(inquiry),
        searched=Searched(library.readable(inquiry.question.reader), found.terms),
    )


def _nearest(inquiry: Inquiry) -> tuple[Claim, ...]:
    """Where a method is only named, the sentences that name it; else what comes closest."""
    evidence, understood = inquiry.evidence, inquiry.understood
    if any(note.kind is NoteKind.NAMED_ONLY for note in evidence.notes) and evidence.picks:
        return tuple(claim_of(pick.sentence, understood) for pick in evidence.picks[:_NEAREST])
    return nearest_claims(evidence.found, understood)


def _listed(
    library: Library, playbooks: Sequence[Hit], inquiry: Inquiry
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """What the playbook that says most lists as steps and questions, in the asker's language first."""
    own = [hit for hit in playbooks if hit.entry.language[:2] == inquiry.understood.language[:2]]
    for hit in own or playbooks:
        passages = library.document(hit.entry.id, inquiry.question.reader)
        steps, questions = listed((Hit(each, hit.entry, 0.0) for each in passages), inquiry.understood)
        if steps or questions:
            return steps, questions
    return (), ()


def _checked(library: Library, draft: Answer, question: Question) -> Answer:
    return _passed(draft, library.passages(_cited(draft), question.reader_now()))


def _all_claims(answer: Answer) -> tuple[Claim, ...]:
    return (*answer.claims, *answer.next_steps, *answer.questions, *answer.nearest)


def _cited(answer: Answer) -> list[str]:
    noted = (citation for note in answer.notes for citation in note.citations)
    claimed = (citation for claim in _all_claims(answer) for citation in claim.citations)
    return [each.passage_id for each in (*claimed, *noted)]


def _passed(answer: Answer, sources: Sources) -> Answer:
    """The answer without anything that fails its gates at this moment."""
    reasons = {claim: check(claim, sources) for claim in _all_claims(answer)}
    claims, steps, questions, nearest = (
        tuple(claim for claim in part if not reasons[claim])
        for part in (answer.claims, answer.next_steps, answer.questions, answer.nearest)
    )
    proven = any(claim.citations for claim in claims)
    return replace(
        answer,
        outcome=answer.outcome if proven else Outcome.DECLINED,
        claims=claims if proven else (),
        next_steps=steps,
        questions=questions,
        notes=tuple(note for note in answer.notes if not any(cited(each, sources) for each in note.citations)),
        rejected=tuple(Rejected(claim.text, reason) for claim, reason in reasons.items() if reason),
        nearest=nearest,
        owners=_owners(nearest, sources),
    )


def _owners(claims: Sequence[Claim], sources: Sources) -> tuple[str, ...]:
    """Who answers for the documents of these claims, each once."""
    entries = (sources[each.passage_id][1] for claim in claims for each in claim.citations)
    return tuple(dict.fromkeys(entry.owner for entry in entries if entry.owner))
