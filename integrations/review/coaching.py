"""Coaches at work: answers put before them, their verdicts and corrections, and what follows; for every surface."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from uuid import uuid4

from assistant.answers import Citation
from assistant.correction import (
    DAYS,
    Checked,
    Correction,
    Desk,
    Fault,
    Scope,
    Statement,
    cites_of,
    narrowest,
    typed,
    until,
)
from assistant.questions import Language
from assistant.review import Decision, Verdict
from assistant.understand import accounts_named
from integrations.answer_store import AnswerStore
from integrations.people import People
from integrations.recheck import Recheck, citations_of
from integrations.review.cases import Case, NoCase, Said
from integrations.review.corrections import Corrections, Holding, standing
from integrations.review.errands import Errands, What
from integrations.review.queue import Filter, Reviews
from integrations.review.queue_rows import Waiting
from knowledge.access import Reader, plain_name
from knowledge.documents import Entry, Hit, Passage
from knowledge.library import Library

_OFFERED = 12


class Coaching:
    """What coaches do, over one database and one library."""

    def __init__(
        self,
        library: Library,
        account_names: Callable[[], Collection[str]],
        answers: AnswerStore,
        reviews: Reviews,
        corrections: Corrections,
        errands: Errands,
        recheck: Recheck,
        people: People,
        days: int = DAYS,
    ) -> None:
        """`days` are how long a correction holds."""
        self.library = library
        self.answers = answers
        self.reviews = reviews
        self.corrections = corrections
        self.errands = errands
        self._recheck = recheck
        self._account_names = account_names
        self._people = people
        self._days = days

    def is_coach(self, reader: Reader) -> bool:
        """Whether somebody is one: people.yaml says so, or there is none and they have a name."""
        return bool(reader.person) and (not self._people.kept or reader.person in self._people.directory().coaches)

    # What coaches see.

    def queue(
        self, coach: Reader, wanted: Filter | None = None, after: Waiting | None = None, size: int = 25
    ) -> list[Waiting]:
        """What waits, oldest first, as far as this coach may read it; nothing for whoever is none."""
        return self.reviews.page(coach, wanted, after, size) if self.is_coach(coach) else []

    def case(self, entry_id: str, coach: Reader, further: Sequence[str] = (), shown: Sequence[str] = ()) -> Case:
        """One entry; `further` are ids of passages that the coach found besides. Raises NoCase.

        `shown` are those that the coach saw before, in the order of their numbers: the numbers stay.
        """
        entry = self.reviews.entry(entry_id, coach) if self.is_coach(coach) else None
        given = self.answers.find(entry.answer) if entry else None
        if entry is None or given is None:
            raise NoCase("this is not in the queue any more, or not open to you")
        answer = self._recheck.still(given.answer, coach)
        ids = shown or [each.passage_id for each in citations_of(answer)]
        kept = self.corrections.kept(coach, (entry.correction,)) if entry.correction else []
        return Case(
            entry,
            given,
            answer,
            self._offered([*ids, *further], coach),
            tuple(self.reviews.verdicts(entry.answer)),
            tuple(self.answers.votes(entry.answer)),
            kept[0] if kept else None,
        )

    def _offered(self, ids: Sequence[str], coach: Reader) -> Mapping[int, Hit]:
        """Passages by number, each once; one that is gone keeps its number and is not there."""
        found = self.library.passages(ids, coach)
        numbered = enumerate(dict.fromkeys(ids), start=1)
        return {number: Hit(*found[each], 0.0) for number, each in numbered if each in found}

    def search(self, text: str, coach: Reader) -> list[Hit]:
        """Passages for a coach who looks for a better source."""
        return list(self.library.search(text, coach, _OFFERED).hits) if self.is_coach(coach) and text.strip() else []

    def _show(self, entry: str) -> None:
        self.errands.again(f"card {entry}", What.CARD, entry=entry)

    def standing(self, correction: Correction, coach: Reader) -> Mapping[Citation, Citation | None]:
        """Where each quote of a correction stands now, as this coach may read it; None where it does no more."""
        return standing(correction, self._holding(coach))

    # What coaches say.

    def claim(self, entry_id: str, coach: Reader) -> bool:
        """Take an entry to oneself for a while; False when another has it, or it is not theirs to see."""
        taken = self.is_coach(coach) and self.reviews.claim(entry_id, coach)
        if taken:
            self._show(entry_id)
            self.errands.again(f"left {entry_id}", What.CARD, self.reviews.lease + 1, entry=entry_id)
        return taken

    def release(self, entry_id: str, coach: Reader) -> None:
        """Give a claimed entry back."""
        self.reviews.release(entry_id, coach)
        self._show(entry_id)

    def judge(self, entry_id: str, coach: Reader, said: Said) -> bool:
        """Keep a verdict; False when the same press of a button was kept before. Raises NoCase."""
        case = self.case(entry_id, coach)
        verdict = Verdict(
            case.entry.answer, coach.person, said.decision, self._now(), said.marks, said.rubric,
            said.reason, said.better_source, said.key or uuid4().hex,
        )  # fmt: skip
        if not self.reviews.judge(verdict):
            return False
        if said.decision is Decision.REJECT:
            self.errands.add(f"rejected {verdict.key}", What.REJECTED, answer=verdict.answer, reason=said.reason)
        self._show(entry_id)
        return True

    def correct(
        self,
        entry_id: str,
        coach: Reader,
        text: str,
        said: Said,
        language: Language,
        further: Sequence[str] = (),
        topics: Sequence[str] = (),
        shown: Sequence[str] = (),
    ) -> Correction | tuple[Fault, ...]:
        """Check what a coach wrote, line by line; keep it, teach it and tell the asker, or say what to mend.

        Raises NoCase, and WrongCorrection for nothing at all.
        """
        case = self.case(entry_id, coach, further, shown)
        checked = self._checked(text, case, coach, language)
        if checked.faults:
            return checked.faults
        correction = self._correction(case, coach, checked.statements, language, topics, said.key)
        self.corrections.promote(correction)
        self.corrections.replace_others(correction)
        self.judge(entry_id, coach, replace(said, decision=Decision.CORRECT))
        self._tell(correction)
        return correction

    def check(self, entry_id: str, coach: Reader, text: str, language: Language, shown: Sequence[str]) -> Checked:
        """What of a correction stands, and what is to be mended in this language; nothing is kept. Raises NoCase."""
        return self._checked(text, self.case(entry_id, coach, shown=shown), coach, language)

    def _checked(self, text: str, case: Case, coach: Reader, language: Language) -> Checked:
        # The gates take a third of a second to load, which nobody should wait for who corrects nothing.
        from assistant.correction_check import check_correction

        return check_correction(typed(text), self._desk(case, coach, language))

    def _desk(self, case: Case, coach: Reader, language: Language) -> Desk:
        accounts = self.library.accounts(coach)
        sources = self.library.passages([each.passage.id for each in case.offered.values()], coach)
        named = accounts_named(case.entry.question, accounts)
        glossary = self.library.glossary
        return Desk(case.entry.question, coach.person, language, case.offered, sources, named, accounts, glossary)

    def _correction(
        self,
        case: Case,
        coach: Reader,
        statements: Sequence[Statement],
        language: Language,
        topics: Sequence[str],
        key: str,
    ) -> Correction:
        cited = [each.passage_id for statement in statements for each in statement.citations]
        sources = self.library.passages(cited, coach)
        owners = {entry.account for _, entry in sources.values() if entry.account}
        audiences = [*(entry.audience for _, entry in sources.values()), *self.reviews.audiences(case.entry.id)]
        today = self._today()
        return Correction(
            id=_id(key or uuid4().hex),
            answer=case.entry.answer,
            question=case.entry.question,
            coach=coach.person,
            language=language,
            statements=tuple(statements),
            cites=cites_of(statements, sources),
            audience=narrowest(audiences, self._people.directory()),
            effective=today,
            expires=until(today, self._days),
            scope=Scope(accounts_named(case.entry.question, self._account_names()), tuple(topics)),
            account=owners.pop() if len(owners) == 1 else None,
        )

    def _tell(self, correction: Correction) -> None:
        key = f"corrected {correction.id} {correction.effective}"
        self.errands.add(key, What.CORRECTED, answer=correction.answer, correction=correction.id)

    def verify_again(self, entry_id: str, coach: Reader) -> bool:
        """Let a stale correction hold anew from today, where all it quotes still stands; False where it does not."""
        case = self.case(entry_id, coach)
        if case.entry.correction is None:
            return False
        renewed = self.corrections.verify_again(case.entry.correction, coach, self._holding(coach))
        if renewed:
            self.reviews.close(entry_id, coach)
            self._show(entry_id)
        return renewed is not None

    def may_withdraw(self, correction: Correction, coach: Reader) -> bool:
        """Whether a correction is this coach's own to take back; admins may take back any."""
        admin = not self._people.kept or coach.person in self._people.directory().admins
        return self.is_coach(coach) and (admin or plain_name(correction.coach) == coach.person)

    def withdraw(self, correction: str, coach: Reader) -> bool:
        """Take a correction out of the library; False where it is not theirs to take back, or not to be seen."""
        kept = self.corrections.kept(coach, (correction,))
        if not kept or not self.may_withdraw(kept[0].correction, coach):
            return False
        self.corrections.withdraw(correction)
        for each in self.reviews.page(coach, Filter(answer=kept[0].correction.answer)):
            if each.correction == correction:
                self.reviews.close(each.id, coach)
                self._show(each.id)
        return True

    def _holding(self, coach: Reader) -> Holding:
        def holding(document: str) -> Sequence[tuple[Passage, Entry]]:
            ids = [each.id for each in self.library.document(document, coach)]
            return list(self.library.passages(ids, coach).values())

        return holding

    def helped(self, answer: str, person: str, helped: bool) -> None:
        """Note whether a correction helped whoever asked."""
        self.reviews.outcome(answer, person, helped)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.reviews.now(), UTC)

    def _today(self) -> date:
        return self.corrections.today()


def _id(key: str) -> str:
    """The same press of a button makes the same correction."""
    return blake2b(key.encode(), digest_size=8).hexdigest()
