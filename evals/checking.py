"""Whether benchmark questions can be trusted: gold verbatim, facts inside it, no near-copies."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from evals.benchmark import Item
from evals.matching import stands
from evals.truth import Truth
from knowledge.access import Reader
from knowledge.language import bag

_NEAR_COPY = 0.8


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a question, in one line that says what to mend."""

    item: str
    what: str


def problems(items: Sequence[Item], truth: Truth, reader: Callable[[str], Reader]) -> list[Problem]:
    """Everything that is wrong, in no more lines than there are faults; `reader` gives the rights of an asker."""
    absent = (Problem(item, f"this gold is not verbatim in the library: {what}") for item, what in truth.missing(items))
    single = (each for item in items for each in _of_one(item))
    return [*absent, *single, *_open_canaries(items, truth, reader), *_near_copies(items)]


def _open_canaries(items: Iterable[Item], truth: Truth, reader: Callable[[str], Reader]) -> Iterator[Problem]:
    """Canaries that stand in what their asker may read: showing them would be no leak."""
    texts: dict[str, list[str]] = {}
    for item in items:
        if item.canaries and item.asker not in texts:
            texts[item.asker] = list(truth.readable(reader(item.asker)))
        for canary in item.canaries:
            if any(stands(canary, text) for text in texts[item.asker]):
                yield Problem(item.id, f"the canary {canary!r} stands in a document that its asker may read")


def _of_one(item: Item) -> Iterator[Problem]:
    quotes = [span.quote for group in item.gold for span in group]
    for facts in item.facts:
        if not any(stands(each, quote) for each in facts for quote in quotes):
            yield Problem(item.id, f"no way to say the key fact {facts[0]!r} stands in a gold quote")
    if item.gold and not item.facts:
        yield Problem(item.id, "it has gold and no key fact: say what a right answer must state")
    if item.facts and not item.gold:
        yield Problem(item.id, "it has key facts and no gold: quote where they stand")
    if not item.answerable and not item.why:
        yield Problem(item.id, "it has no gold: say in `why` what the library lacks")
    if item.standalone and not item.history:
        yield Problem(item.id, "it is made whole in `standalone`, but has no history to lean on")


def _near_copies(items: Iterable[Item]) -> Iterator[Problem]:
    """Questions with nearly the same terms, what was said before included."""
    terms = [(item.id, frozenset(bag(_asked(item)).split())) for item in items]
    for (one, mine), (other, theirs) in combinations(terms, 2):
        if min(len(mine), len(theirs)) >= _NEAR_COPY * max(len(mine), len(theirs)):
            shared = len(mine & theirs) / len(mine | theirs)
            if shared >= _NEAR_COPY:
                yield Problem(other, f"it is a near-copy of {one} ({shared:.0%} of their terms are the same)")


def _asked(item: Item) -> str:
    """What makes a question another one: its words, what was said before, and who asks."""
    return " ".join((*(turn.text for turn in item.history), item.question, item.asker))
