"""The words of the library: documents, their passages, and what a search brings back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.access import EVERYONE, Audience
from knowledge.errors import WrongMetadata
from knowledge.mapping import Edit, Mapped, apply, edited


class Kind(StrEnum):
    """What a document is."""

    PLAYBOOK = "playbook"
    ACCOUNT_PLAN = "account_plan"
    CASE_HISTORY = "case_history"
    REVIEWED_ANSWER = "reviewed_answer"

    @classmethod
    def of(cls, raw: object) -> "Kind":
        """Read a kind from metadata. Raises WrongMetadata, naming what there is."""
        try:
            return cls(str(raw).strip().lower().replace("-", "_").replace(" ", "_"))
        except ValueError:
            raise WrongMetadata(f"unknown kind {raw!r}: use one of {', '.join(cls)}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as the catalogue lists it, without its text.

    `source` is the path as ingested, or the id inside a bulk file; `version` is the hash of
    everything that was read, so two entries with one version say the same. `link` is where people
    open the original, `owner` who answers for it.
    """

    id: str
    title: str
    kind: Kind = Kind.PLAYBOOK
    source: str
    language: str
    account: str | None = None
    audience: Audience = EVERYONE
    effective: date | None = None
    expires: date | None = None
    supersedes: str | None = None
    link: str | None = None
    owner: str | None = None
    version: str

    def current(self, today: date) -> bool:
        """Whether the document is in force on this day."""
        begun = self.effective is None or self.effective <= today
        return begun and (self.expires is None or today <= self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Entry):
    """An entry with its text: the decoded file, or what was extracted from it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document: `text == document.text[start:end]`, always.

    `heading` is the path of headings above it, outermost first, joined by " › "; `page` is the
    page, slide or sheet it begins on. `edits` (offsets into `text`) make the copy that is searched.
    `contents` says that this is a table of contents: it names things and states nothing.
    """

    id: str
    document_id: str
    heading: str
    text: str
    start: int
    end: int
    page: str | None = None
    edits: tuple[Edit, ...] = ()
    contents: bool = False

    def search_copy(self) -> Mapped:
        """The repaired text with the way back to the original characters."""
        return apply(self.text, self.edits)

    def repaired(self) -> str:
        """The repaired text alone."""
        return edited(self.text, self.edits)

    def searched(self, title: str) -> str:
        """What indexes are made of: the repaired text under the title of its document and its headings."""
        return f"{title}\n{self.heading}\n{self.repaired()}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; a higher relevance is better, whatever engine found it."""

    passage: Passage
    entry: Entry
    relevance: float
