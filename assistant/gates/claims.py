"""Every gate a drafted claim must pass, in order."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answers import Citation, Claim, ClaimKind, Rejected, Retold
from assistant.drafted import Block, Quoted
from assistant.gates.advice import advice_reason
from assistant.gates.certainty import surer
from assistant.gates.comparators import comparator_changes, quantifier_changes
from assistant.gates.dates import missing_dates
from assistant.gates.degrees import other_degree
from assistant.gates.exchanged import exchanged
from assistant.gates.labels import letters
from assistant.gates.measures import measures_else
from assistant.gates.names import foreign_names
from assistant.gates.opposites import opposite_words
from assistant.gates.people import people
from assistant.gates.polarity import negation_changes
from assistant.gates.quantities import missing_quantities
from assistant.gates.quotes import locate
from assistant.gates.relatedness import unrelated
from assistant.gates.sequence import resequenced
from assistant.gates.surface import characters_reason, cleaned, link_reason, size_reason
from assistant.reasons import Reason
from assistant.sentences import cite, kind_of
from assistant.understand import accounts_named
from assistant.verify import Sources, check, cited
from knowledge.clean import has_contact, is_damaged
from knowledge.documents import Hit
from knowledge.glossary import Glossary
from knowledge.language import fold, has_han
from knowledge.mapping import Edit, edited

_KINDS = frozenset(kind.name for kind in ClaimKind)
_MOST_QUOTES = 4


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A drafted statement with what it cites, and what stood around it."""

    text: str
    kind: str
    hits: tuple[Hit, ...]
    citations: tuple[Citation, ...]
    accounts: tuple[str, ...]
    known_accounts: tuple[str, ...]
    question: str
    people: tuple[str, ...]
    glossary: Glossary

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands above the passages."""
        return tuple(dict.fromkeys(text for hit in self.hits for text in (hit.entry.title, hit.passage.heading)))

    @property
    def spans(self) -> tuple[str, ...]:
        """The sources' own words, without the damage of scanning and scraping."""
        pairs = zip(self.hits, self.citations, strict=True)
        return tuple(dict.fromkeys(_repaired(hit, citation) for hit, citation in pairs))

    @property
    def companies(self) -> tuple[str, ...]:
        """The company that a passage is about by its title, where its quote names none: company B."""
        pairs = zip(self.hits, self.citations, strict=True)
        return tuple(name for hit, citation in pairs if not letters(citation.quote) for name in _lettered(hit))


# A model may say one thing again and again, and a claim that is told in other words is judged twice.
_negation_changes = lru_cache(maxsize=128)(negation_changes)
_strays = lru_cache(maxsize=128)(unrelated)

Gate = Callable[[_Drafted], bool]


def pass_gates(
    block: Block,
    issued: Mapping[int, Hit],
    sources: Sources,
    accounts: tuple[str, ...],
    known_accounts: Collection[str],
    question: str,
    glossary: Glossary,
) -> Claim | Rejected:
    """The claim a block makes, or the first reason to drop it; a `Retold` where the sources' own words can stand in.

    `issued` are the passages by the number they had in this request; `sources` is what the reader
    may read at this moment; `accounts` are those the question names, `known_accounts` all that the
    reader may know of.
    """
    text = cleaned(block.text)
    if reason := _shape_reason(block, text):
        return Rejected(text, reason)
    if block.kind == ClaimKind.ADVICE.name:
        reason = advice_reason(block.text, accounts, known_accounts, question)
        return Rejected(text, reason) if reason else Claim(text, ClaimKind.ADVICE, (), text)
    found = _cited(block.quotes, issued, sources)
    if isinstance(found, Reason):
        return Rejected(text, found)
    hits, citations = found
    named = {name for hit in issued.values() for name in people(hit.passage.repaired(), glossary)}
    drafted = _Drafted(
        text, block.kind, hits, citations, accounts, tuple(known_accounts), question, tuple(sorted(named)), glossary
    )
    reason = _surface_reason(block.text, drafted.spans) or _meaning_reason(drafted)
    return _rejected(drafted, reason, sources) if reason else _claim(drafted)


def _shape_reason(block: Block, text: str) -> Reason | None:
    """Whether the block is a known label with a text of bearable size, and cites what it must."""
    if block.kind not in _KINDS or not text:
        return Reason.FORMAT
    if len(block.quotes) > _MOST_QUOTES:
        return Reason.SIZE
    if not block.quotes and block.kind != ClaimKind.ADVICE.name:
        return Reason.UNCITED
    return size_reason(text)


def _cited(
    quotes: Sequence[Quoted], issued: Mapping[int, Hit], sources: Sources
) -> tuple[tuple[Hit, ...], tuple[Citation, ...]] | Reason:
    """Each quote's passage as it is now, and its own words there."""
    hits: list[Hit] = []
    citations: list[Citation] = []
    for quoted in quotes:
        found = _citation(quoted, issued, sources)
        if isinstance(found, Reason):
            return found
        hit, citation = found
        if citation not in citations:
            hits.append(hit)
            citations.append(citation)
    return tuple(hits), tuple(citations)


def _citation(quoted: Quoted, issued: Mapping[int, Hit], sources: Sources) -> tuple[Hit, Citation] | Reason:
    given = issued.get(quoted.number)
    if given is None:
        return Reason.UNKNOWN_ID
    passage, entry = sources.get(given.passage.id, (None, None))
    if passage is None or entry is None or entry.id != given.entry.id:
        return Reason.SOURCE_GONE
    located = locate(quoted.quote, passage)
    if isinstance(located, Reason):
        return located
    hit = Hit(passage, entry, given.relevance)
    citation = cite(hit, located.start, located.end)
    return cited(citation, sources) or (hit, citation)


def _repaired(hit: Hit, citation: Citation) -> str:
    start, end = citation.start - hit.passage.start, citation.end - hit.passage.start
    inside = (each for each in hit.passage.edits if start <= each.start and each.end <= end)
    return edited(citation.quote, [Edit(each.start - start, each.end - start, each.replacement) for each in inside])


def _lettered(hit: Hit) -> Iterator[str]:
    """How a title names its company by a letter, if it names one company and no grade."""
    found = letters(f"{hit.entry.title}\n{hit.passage.heading}")
    if len(found) == 1:
        yield from (name for (kind, _), name in found.items() if kind == "company")


def _surface_reason(text: str, spans: Sequence[str]) -> Reason | None:
    return characters_reason(text, spans) or link_reason(text, spans)


def _meaning_reason(drafted: _Drafted) -> Reason | None:
    """The first gate that what the claim says does not pass."""
    return next((reason for reason, fails in _GATES if fails(drafted)), None)


def _other_account(drafted: _Drafted) -> bool:
    """Whether another account's record is told as that of the one asked about, or of one it is not.

    An account may be named by a claim only when it stands in the spans or a cited document is its own.
    """
    owners = {hit.entry.account for hit in drafted.hits if hit.entry.account}
    if drafted.kind == ClaimKind.FACT.name and drafted.accounts and owners - set(drafted.accounts):
        return True
    said = set(accounts_named(drafted.text, drafted.known_accounts))
    held = set(accounts_named("\n".join(drafted.spans), drafted.known_accounts))
    return bool(owners) and bool(said - held - owners)


def _name(drafted: _Drafted) -> bool:
    owners = [hit.entry.account for hit in drafted.hits if hit.entry.account]
    said = set(accounts_named(drafted.text, drafted.known_accounts))
    held = set(accounts_named("\n".join((*drafted.spans, *owners)), drafted.known_accounts))
    allowed = (drafted.question, *drafted.titles, *owners)
    return (
        bool(said - held)
        or _another_person(drafted)
        or bool(
            foreign_names(
                drafted.text, drafted.spans, allowed, drafted.known_accounts, drafted.glossary, drafted.people
            )
        )
    )


def _another_person(drafted: _Drafted) -> bool:
    """Whether a claim names somebody whom only the question names, where its quotes name somebody else."""
    told, glossary = set(people(drafted.text, drafted.glossary)), drafted.glossary
    held = {each for span in drafted.spans for each in people(span, glossary)}
    around = fold("\n".join((*drafted.spans, *drafted.titles)))
    return bool(held - told) and any(each not in around for each in told & set(people(drafted.question, glossary)))


def _number(drafted: _Drafted) -> bool:
    missing = missing_quantities(drafted.text, (*drafted.spans, *drafted.companies))
    return bool(missing) or measures_else(drafted.text, drafted.spans)


def _comparator(drafted: _Drafted) -> bool:
    return (
        bool(comparator_changes(drafted.text, drafted.spans))
        or other_degree(drafted.text, drafted.spans)
        or resequenced(drafted.text, drafted.spans, drafted.glossary)
    )


def _negation(drafted: _Drafted) -> bool:
    changed = _negation_changes(drafted.text, drafted.spans, drafted.glossary)
    return bool(changed or opposite_words(drafted.text, drafted.spans))


def _unrelated(drafted: _Drafted) -> bool:
    return bool(_strays(drafted.text, drafted.spans, drafted.titles, drafted.glossary))


_GATES: tuple[tuple[Reason, Gate], ...] = (
    (Reason.OTHER_ACCOUNT, _other_account),
    (Reason.NUMBER, _number),
    (Reason.DATE, lambda drafted: bool(missing_dates(drafted.text, drafted.spans))),
    (Reason.COMPARATOR, _comparator),
    (Reason.QUANTIFIER, lambda drafted: bool(quantifier_changes(drafted.text, drafted.spans))),
    (Reason.EXCHANGED, lambda drafted: exchanged(drafted.text, drafted.spans, drafted.glossary)),
    (Reason.CERTAINTY, lambda drafted: surer(drafted.text, drafted.spans)),
    (Reason.NAME, _name),
    (Reason.NEGATION, _negation),
    (Reason.UNRELATED, _unrelated),
)


# What failed one of these may still be told in the words that it quotes.
_WORDING = frozenset(
    (
        Reason.NUMBER,
        Reason.DATE,
        Reason.COMPARATOR,
        Reason.QUANTIFIER,
        Reason.CERTAINTY,
        Reason.EXCHANGED,
        Reason.NAME,
        Reason.NEGATION,
    )
)


def _rejected(drafted: _Drafted, reason: Reason, sources: Sources) -> Rejected:
    """A rejected claim, with its quotes told as they are where only its wording failed."""
    instead = _verbatim(drafted)
    genuine = (reason in _WORDING and not _unrelated(drafted)) or (reason is Reason.UNRELATED and _translated(drafted))
    genuine = genuine and check(instead, sources) is None
    sound = not any(has_contact(each.quote) or is_damaged(each.quote) for each in drafted.citations)
    return Retold(drafted.text, reason, instead) if genuine and sound else Rejected(drafted.text, reason)


def _translated(drafted: _Drafted) -> bool:
    """Whether a claim is in another language than all its quotes, where what they share is hard to tell."""
    return all(has_han(each) != has_han(drafted.text) for each in drafted.spans)


def _verbatim(drafted: _Drafted) -> Claim:
    """The claim that the quotes of a draft make by themselves, as one composed without a model."""
    text = "\n".join(each.quote for each in drafted.citations)
    plain = "\n".join(" ".join(each.split()) for each in drafted.spans)
    return replace(_claim(drafted), text=text, plain=plain)


def _claim(drafted: _Drafted) -> Claim:
    """The claim, of the kind its sources are, whatever the draft called it."""
    kinds = {kind_of(hit, drafted.accounts) for hit in drafted.hits}
    order = (ClaimKind.PRECEDENT, ClaimKind.FACT, ClaimKind.RULE)
    kind = next(each for each in order if each in kinds)
    account = next((hit.entry.account for hit in drafted.hits if hit.entry.account), None)
    return Claim(drafted.text, kind, drafted.citations, drafted.text, account)
