"""The composer that uses a model: passages out, checked claims in, each as soon as its block is whole."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.answers import Claim, Rejected, Retold
from assistant.drafted import Block
from assistant.errors import Failure, ModelFailed
from assistant.gates.claims import pass_gates
from assistant.parse import Draft
from assistant.plan import Plan, needed, plan
from assistant.ports import ChatModel, Ledger, Usage
from assistant.questions import Question
from assistant.reasons import Reason
from assistant.request import Request, again, request
from assistant.same_by_model import Sameness, same_by_model
from assistant.tokens import tokens
from assistant.understand import Understood
from assistant.verify import Sources, check
from knowledge.documents import Hit
from knowledge.glossary import Glossary

_CHARACTERS = 12_000
# Several times what the gates let pass; more is not worth looking for in the passages.
_BLOCK = 4_000
# A second draft is asked for only where there is time for one.
_PATIENCE = 5.0
# A sixth of the time of a question that needs a plan is for the plan.
_PLANNING = 6
_REPAIRS = {
    Failure.FORMAT: "It was not in the form you were given.",
    Failure.EMPTY: "It was empty.",
    Failure.CUT: "It broke off before the first statement was whole.",
    Failure.UNPROVEN: "No statement stood in the words quoted for it.",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may cost: seconds in all; tokens a call, `written` of them for the reply, thinking included.

    And the price of a million tokens, if known.
    """

    seconds: float = 60.0
    tokens: int = 12_000
    written: int = 2_500
    price_read: float = 0.0
    price_written: float = 0.0


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made from and judged by; `sources` reads anew what the asker may read."""

    question: Question
    understood: Understood
    hits: tuple[Hit, ...]
    known_accounts: Collection[str]
    sources: Callable[[], Sources]
    glossary: Glossary


@dataclass(slots=True)
class Drafted:
    """What came of asking a model: checked claims, what was dropped and why, what it used.

    `status` is the model's own word on how well the passages answer; `failure` says why there is no
    whole answer, if there is none.
    """

    claims: list[Claim] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    status: str | None = None
    failure: Failure | None = None
    usage: Usage = Usage()
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Drafter:
    """Drafts answers with one model, within bounds."""

    model: ChatModel
    ledger: Ledger
    bounds: Bounds = Bounds()

    def plan(self, question: Question) -> Plan:
        """The question made whole and split into searches; nothing of that when the budget is used up."""
        left = self.ledger.left()
        if left is not None and left < self.bounds.tokens:
            return Plan()
        planned = plan(self.model, question, self.bounds.seconds / _PLANNING)
        self.ledger.add(planned.usage or Usage())
        return planned

    def same(self, question: str, others: Sequence[str]) -> Sameness:
        """Which of some questions asks the same; nobody says when the budget is used up."""
        left = self.ledger.left()
        if left is not None and left < self.bounds.tokens:
            return Sameness(None, Usage(), failed=True)
        said = same_by_model(self.model, question, others, self.bounds.seconds / _PLANNING)
        self.ledger.add(said.usage)
        return said

    def bill(self, planned: Plan, drafted: Drafted | None) -> dict[str, float]:
        """Calls, tokens read and written, and the cost if prices are known; empty when no model was asked."""
        calls = (planned.usage is not None) + (drafted.calls if drafted else 0)
        if not calls:
            return {}
        used = (planned.usage or Usage()) + (drafted.usage if drafted else Usage())
        bill: dict[str, float] = {"calls": calls, "tokens_read": used.read, "tokens_written": used.written}
        cost = (used.read * self.bounds.price_read + used.written * self.bounds.price_written) / 1e6
        return {**bill, "cost": round(cost, 6)} if cost else bill

    def draft(self, material: Material, on_claim: Callable[[Claim], None]) -> Drafted:
        """Ask for a draft, once more if the first came to nothing that a second could mend."""
        readable = self.bounds.tokens - self.bounds.written
        asked = request(material.question, material.understood.language, material.hits, readable)
        planning = self.bounds.seconds / _PLANNING if needed(material.question) else 0.0
        work = _Work(self, material, on_claim, time.monotonic() + self.bounds.seconds - planning)
        work.attempt(asked)
        problem = _REPAIRS.get(work.done.failure) if work.done.failure and not work.done.claims else None
        if problem and work.left() > _PATIENCE:
            work.attempt(again(asked, problem))
        return work.done


@dataclass(slots=True)
class _Reply:
    """A reply as far as it came, and what the server says of it."""

    draft: Draft = field(default_factory=Draft)
    text: str = ""
    finish: str | None = None
    usage: Usage | None = None

    def failure(self) -> Failure | None:
        """A reply is whole only when the server says that it stopped by itself."""
        known = {"stop": None, "content_filter": Failure.FILTERED, "length": Failure.LENGTH}
        return known.get(self.finish or "", Failure.CUT)


@dataclass(slots=True)
class _Work:
    """The work on one question."""

    drafter: Drafter
    material: Material
    on_claim: Callable[[Claim], None]
    end: float
    done: Drafted = field(default_factory=Drafted)
    advice: list[Claim] = field(default_factory=list)
    instead: list[Claim] = field(default_factory=list)
    judged: set[Block] = field(default_factory=set)

    def left(self) -> float:
        """Seconds until the answer is due."""
        return self.end - time.monotonic()

    def attempt(self, asked: Request) -> None:
        """One call of the model, each whole block judged as it comes; the same block but once."""
        left = self.drafter.ledger.left()
        if left is not None and left < asked.tokens + self.drafter.bounds.written:
            self.done.failure = Failure.BUDGET
            return
        reply = _Reply()
        try:
            for block in self._blocks(asked, reply):
                self._judge(block, asked)
            self.done.failure = reply.failure()
        except ModelFailed as error:
            self.done.failure = error.failure
        finally:
            self._account(asked, reply)
        self._conclude(reply)

    def _blocks(self, asked: Request, reply: _Reply) -> Iterator[Block]:
        """The blocks of a reply as they become whole; the last one only if the reply ended as it should."""
        with closing(self.drafter.model.stream(asked.messages, self.left(), self.drafter.bounds.written)) as pieces:
            for piece in pieces:
                reply.text += piece.text
                reply.finish = piece.finish or reply.finish
                reply.usage = piece.usage or reply.usage
                yield from reply.draft.feed(piece.text[: _CHARACTERS + 1])
                if len(reply.text) > _CHARACTERS:
                    reply.finish = "length"
                    return
        if reply.finish == "stop":
            yield from reply.draft.end()

    def _judge(self, block: Block, asked: Request) -> None:
        m = self.material
        if block in self.judged:
            return
        self.judged.add(block)
        if _size(block) > _BLOCK:
            self.done.rejected.append(Rejected(block.text[:_BLOCK], Reason.SIZE))
            return
        judged = pass_gates(
            block, asked.issued, m.sources(), m.understood.accounts, m.known_accounts, m.question.text, m.glossary
        )
        if isinstance(judged, Rejected):
            self.done.rejected.append(Rejected(judged.text, judged.reason))
            self.instead += [judged.instead] if isinstance(judged, Retold) else []
        elif judged.citations:
            self._keep(replace(judged, drafted=True))
        else:
            self.advice.append(replace(judged, drafted=True))
        while self.done.claims and (self.instead or self.advice):
            waiting = (self.instead or self.advice).pop(0)
            if waiting.drafted or check(waiting, m.sources()) is None:
                self._keep(waiting)

    def _keep(self, claim: Claim) -> None:
        """Hand a claim on, once; advice and the sources' own words wait until a claim in the model's words stands.

        What is told in the sources' words is not told in the model's as well.
        """
        if all(claim.text != each.text and not _twice(claim, each) for each in self.done.claims):
            self.done.claims.append(claim)
            self.on_claim(claim)

    def _account(self, asked: Request, reply: _Reply) -> None:
        """Note what was used: as the server counts, or as we estimate where it does not."""
        usage = reply.usage or Usage(asked.tokens, tokens(reply.text))
        self.done.usage += usage
        self.done.calls += 1
        self.drafter.ledger.add(usage)

    def _conclude(self, reply: _Reply) -> None:
        """What the model says of its own draft, what was no part of one, and why nothing came of it."""
        done = self.done
        done.status = reply.draft.status
        if done.failure and reply.draft.cut():
            done.rejected.append(Rejected(reply.draft.cut(), Reason.TRUNCATED))
        done.rejected += [Rejected(each, Reason.FORMAT) for each in reply.draft.stray]
        if done.failure or done.claims or done.status == "insufficient":
            return
        unproven = any(each.reason != Reason.FORMAT for each in done.rejected)
        empty = not reply.text.strip()
        done.failure = Failure.EMPTY if empty else Failure.UNPROVEN if unproven else Failure.FORMAT


def _size(block: Block) -> int:
    """How many characters a block has, its quotes included."""
    return len(block.text) + sum(len(each.quote) for each in block.quotes)


def _twice(one: Claim, other: Claim) -> bool:
    """Whether two claims tell the same quotes, one of them in the sources' own words."""
    return bool(one.citations) and set(one.citations) == set(other.citations) and not (one.drafted and other.drafted)
