"""An answer: claims with checked citations, and everything needed to trace how it came about."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.questions import Language


class Outcome(StrEnum):
    """How a question ended. Declining is a result, not an error."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    DECLINED = "declined"


class ClaimKind(StrEnum):
    """What stands behind a claim."""

    RULE = "rule"
    FACT = "fact"
    PRECEDENT = "precedent"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands: `quote == document.text[start:end]`, the source's own characters.

    `link` is where people open the document, if it has such a place.
    """

    passage_id: str
    document_id: str
    title: str
    source: str
    heading: str
    page: str | None
    quote: str
    start: int
    end: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and its evidence.

    Composed without a model, `text` is the quote itself; `plain` is the same without the damage of
    scanning and scraping, for reading. `account` names whose record or case it is, if anyone's.
    `drafted` says that a model worded it, and that it passed the gates of a draft.
    """

    text: str
    kind: ClaimKind
    citations: tuple[Citation, ...]
    plain: str = ""
    account: str | None = None
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A drafted claim that failed a gate, and the gate's reason code."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Retold(Rejected):
    """A rejected claim of genuine quotes, with the claim that tells them in the source's own words.

    Only who drafts reads `instead`; what an answer records of it is the plain Rejected, its text and reason.
    """

    instead: Claim


class NoteKind(StrEnum):
    """What an answer says about its sources, or about how it was made."""

    SOURCES_DIFFER = "sources_differ"
    NAMED_ONLY = "named_only"
    WITHOUT_MODEL = "without_model"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, with the places it is about; `about` is the term, the values, or what went wrong."""

    kind: NoteKind
    about: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made an answer; two answers with one recipe over one library are the same."""

    composer: str
    model: str | None
    prompt: str
    index: str
    settings: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through: how many documents in all, and the terms that were looked for."""

    documents: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """That a coach answered a `question` before: the `correction` that says it, whose it is, since when it holds."""

    correction: str
    coach: str
    on: date
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of asking.

    `confidence` (0 to 1) is how sure the coach was that the sources answer at all. `nearest` is shown
    when declining, with the `owners` of the documents nearest to the gap. `usage` is
    what models used: calls, tokens read and written, the cost where prices are configured. `timings`
    are seconds by step. `reviewed` says that all of it are the words of a coach, checked when they were written;
    `similar` that a coach answered a question like this one, which is only offered.
    """

    id: str
    question: str
    outcome: Outcome
    language: Language
    claims: tuple[Claim, ...] = ()
    next_steps: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    nearest: tuple[Claim, ...] = ()
    owners: tuple[str, ...] = ()
    searched: Searched = Searched(0, ())
    recipe: Recipe = Recipe("", None, "", "", "")
    usage: dict[str, float] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    confidence: float | None = None
    reviewed: Reviewed | None = None
    similar: Reviewed | None = None
