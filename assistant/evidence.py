"""What the library says on a question: passages, the sentences that fit best, and how well they fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.answers import Note
from assistant.extract import MOST_CLAIMS, Pick, choose
from assistant.relevance import Fit, judge
from assistant.remarks import named_only, remarks
from assistant.understand import Understood
from knowledge.access import Reader
from knowledge.documents import Hit, Kind
from knowledge.library import Found, Library

TOP = 10
_ADVICE = 2
# One word left of a question is no topic.
_TOPICAL = 2
# The share of a question, account names aside, that must stand somewhere in what was found.
_ON_TOPIC = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """`found` is for the question itself, and what is quoted comes from there.

    `confidence` (0 to 1) is how sure the rule of relevance is that it answers. `hits` are all passages a
    model may be given, best first; `holds` says whether any search found what makes asking a model worth
    while, which may be so where the rule declines.
    """

    found: Found
    picks: tuple[Pick, ...]
    how_well: Fit
    confidence: float
    notes: tuple[Note, ...]
    hits: tuple[Hit, ...]
    holds: bool


def gather(
    library: Library, understood: Understood, reader: Reader, searches: Sequence[str] = (), top: int = TOP
) -> Evidence:
    """Search for the question, for its topic when it names accounts, and for whatever else is to be looked up."""
    found = library.search(understood.text, reader, top, understood.context)
    accounts = library.accounts(reader)
    picks = choose(found, understood)
    judged = judge(found, picks, understood, accounts)
    how_well = judged.fit
    more: list[Found] = []
    if understood.accounts and how_well:
        more.append(library.search(understood.topic, reader, top, understood.context))
        picks = _advised(found, more[0], picks, understood)
        how_well = Fit.NONE if _strays(found, more[0]) else how_well
    unexplained = named_only(found, understood)
    if unexplained:
        picks = [pick for pick in picks if unexplained.named_in(pick.sentence.plain)]
        how_well = min(how_well, Fit.NONE if unexplained.sure else Fit.PART)
    notes = (unexplained.note,) if unexplained else remarks(found, picks) if how_well else ()
    parts = [library.search(each, reader, top) for each in searches]
    holds = judged.worth_asking or any(
        judge(each, choose(each, understood), understood, accounts).worth_asking for each in parts
    )
    hits = tuple(_merged((found, *more, *parts), understood))
    confidence = judged.confidence if how_well else 0.0
    return Evidence(found, tuple(picks), how_well, confidence, notes, hits, holds)


def _strays(found: Found, topic: Found) -> bool:
    """Whether what was found on an account has next to nothing of what was asked about it."""
    return bool(topic.query.own) and topic.query.coverage("".join(found.bags)) < _ON_TOPIC


def _advised(found: Found, topic: Found, picks: list[Pick], understood: Understood) -> list[Pick]:
    """What the named accounts' records say, then what playbooks and cases say on the topic."""
    own = found.only(lambda hit: hit.entry.account in understood.accounts)
    general = topic.only(lambda hit: hit.entry.kind is not Kind.ACCOUNT_PLAN and hit.entry.account is None)
    advice = choose(general, understood, _ADVICE)
    worth = len(topic.query.own) >= _TOPICAL and judge(general, advice, understood).fit
    facts = choose(own, understood, MOST_CLAIMS - _ADVICE if worth else MOST_CLAIMS)
    return [*facts, *(advice if worth else ())] if facts else picks


def _merged(searches: Sequence[Found], understood: Understood) -> Iterator[Hit]:
    """The best of every search, then their second best, and so on; no stranger's plan, nothing twice."""
    seen: set[str] = set()
    for hit in (hit for rank in zip_longest(*(each.hits for each in searches)) for hit in rank if hit):
        strange = hit.entry.kind is Kind.ACCOUNT_PLAN and hit.entry.account not in understood.accounts
        if hit.passage.id not in seen and not strange:
            seen.add(hit.passage.id)
            yield hit
