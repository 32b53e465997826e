"""What came of asking a benchmark question once: all that scores are computed from, kept as one line of JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document, by offsets into its text."""

    document: str
    start: int
    end: int

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return self.document == other.document and self.start < other.end and other.start < self.end

    def holds(self, other: "Place") -> bool:
        """Whether the other lies wholly inside."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as the catalogue had it at that moment.

    `title` is the document's and the headings above. `known`: its passage exists and is in force;
    `permitted`: the asker may read it; `verbatim`: the quote stands at its offsets.
    """

    place: Place
    quote: str
    title: str = ""
    known: bool = True
    permitted: bool = True
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its citations; `kind` is rule, fact, precedent or advice."""

    text: str
    kind: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a judge finds a claim supported; None when it gave no usable verdict, and why."""

    supported: bool | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One asking of one question, as written (`variant` empty) or changed (see evals/variants.py).

    `asked` is the very text that was sent.
    `outcome` is answered, partial or declined, empty when it failed; `error` says why it failed.
    `beside` are the citations of all that is shown besides claims: steps, questions, notes, what comes
    nearest. `shown` is every word the asker could read. `hits` are the passages found, best first;
    `gold` the places of the question's gold spans. `seconds` is the whole time, `first` the time to the
    first claim; `cost` is there where prices are configured. `confidence` is how sure the coach was, 0 to 1.
    """

    item: str
    variant: str = ""
    asked: str = ""
    outcome: str = ""
    language: str = ""
    told: tuple[Told, ...] = ()
    beside: tuple[Cited, ...] = ()
    shown: str = ""
    rejected: tuple[tuple[str, str], ...] = ()
    hits: tuple[Place, ...] = ()
    gold: tuple[tuple[Place, ...], ...] = ()
    error: str = ""
    seconds: float = 0.0
    first: float | None = None
    cost: float | None = None
    confidence: float | None = None
    recipe: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether nothing came of it: an error, not a decline."""
        return bool(self.error) or not self.outcome

    @property
    def failure(self) -> str:
        """Why it failed, in one line."""
        return " ".join(self.error.split()) or "there is no outcome"

    @property
    def declined(self) -> bool:
        """Whether the coach said that it does not know."""
        return self.outcome == "declined"

    @property
    def searched(self) -> bool:
        """Whether only a search was made, so that there is no answer to judge."""
        return self.outcome == "searched"

    @property
    def answered(self) -> bool:
        """Whether something was claimed, in whole or in part."""
        return not (self.failed or self.declined or self.searched)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The citations of all claims, in order."""
        return tuple(cited for told in self.told for cited in told.cited)

    def as_json(self) -> dict[str, Any]:
        """The line that is kept."""
        return asdict(self)

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "Attempt":
        """An attempt from its line. Raises KeyError or TypeError for what is none."""
        return cls(
            **{
                **line,
                "told": tuple(Told(each["text"], each["kind"], _cited(each["cited"])) for each in line["told"]),
                "beside": _cited(line["beside"]),
                "rejected": tuple((text, reason) for text, reason in line["rejected"]),
                "hits": _places(line["hits"]),
                "gold": tuple(_places(group) for group in line["gold"]),
            }
        )


def _places(lines: list[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**each) for each in lines)


def _cited(lines: list[Mapping[str, Any]]) -> tuple[Cited, ...]:
    return tuple(Cited(**{**each, "place": Place(**each["place"])}) for each in lines)
