"""The gates of drafted claims, both sides together: honest drafts that are kept, wrong ones that are dropped."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers import Claim, Retold
from tests.assistant.gates.drafts import Draft, advice, cases, honest, lies, replied, streamed
from tests.assistant.gates.mutations import MUTATIONS, Mutation
from tests.benchmarks.shared import Number, Place, Table, percent

_MUTATIONS = 10_000
_CHINESE = ("-zh.md", "-hant.md")
_STRANGE_QUOTES = 10
# The drafts for sentences that were drawn at random.
_DRAWN = ("test-", "new-", "fin-", "nov-")


def measure(place: Place) -> list[Number]:
    """Print kept shares by language, adversarial cases by code, and what becomes of 10,000 mutations."""
    del place  # all the data is in the repository
    numbers: list[Number] = []
    for drafts in (list(honest()), list(replied())):
        for split in dict.fromkeys(each.line["split"] for each in drafts):
            some = [each for each in drafts if each.line["split"] == split]
            numbers += [*_honest(split, some), *_told_in_all(split, some)]
    return [*numbers, _advice(), _adversarial(), *_lies(), _strange(), *_mutated(), _pace()]


def _honest(split: str, drafts: Sequence[Draft]) -> Iterator[Number]:
    """The share of honest drafts that is kept."""
    kinds: dict[str, Counter[str]] = {}
    for draft in drafts:
        for kind in ("all", _kind(draft)):
            kinds.setdefault(kind, Counter())[draft.reason()] += 1
    table = Table((f"honest drafts, {split}", "n", "kept %", "dropped for"))
    for kind, reasons in kinds.items():
        dropped = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common() if reason != "kept")
        table.add(kind, reasons.total(), percent(reasons["kept"], reasons.total()), dropped)
    table.show()
    everything = kinds["all"]
    target = 97.0 if split == "test" or split.startswith("replies") else None
    yield Number(f"honest drafts kept, {split}", percent(everything["kept"], everything.total()), "%", at_least=target)


def _told_in_all(split: str, drafts: Sequence[Draft]) -> Iterator[Number]:
    """The shares of honest drafts told in their own words, told in the source's words, and dropped."""
    judged = [each.judged() for each in drafts]
    own = sum(isinstance(each, Claim) for each in judged)
    retold = sum(isinstance(each, Retold) for each in judged)
    ways = {"in own words": own, "in the source's words": retold, "dropped": len(judged) - own - retold}
    table = Table((f"honest drafts, {split}: told", "n", "%"))
    for way, count in ways.items():
        table.add(way, count, percent(count, len(judged)))
    table.show()
    yield Number(f"honest drafts told in any words, {split}", percent(own + retold, len(judged)), "%")


def _advice() -> Number:
    """The share of a model's advice that states no fact."""
    reasons = Counter(each.reason() for each in advice())
    return Number("advice of replies kept", percent(reasons["kept"], reasons.total()), "%")


def _kind(draft: Draft) -> str:
    """The language of a claim, or that its source is in another one."""
    chinese = draft.line["source"].endswith(_CHINESE)
    return "across languages" if chinese == (draft.line["language"] == "en") else str(draft.line["language"])


def _adversarial() -> Number:
    """The share of adversarial cases that get a right reason code."""
    table = Table(("adversarial cases", "n", "right"))
    codes: dict[str, list[bool]] = {}
    for case in cases():
        codes.setdefault(case.line["expected"][0], []).append(case.reason() in case.line["expected"])
    for code, right in sorted(codes.items()):
        table.add(code, len(right), sum(right))
    table.show()
    every = [each for right in codes.values() for each in right]
    return Number("adversarial cases with a right reason", percent(sum(every), len(every)), "%", at_least=100.0)


def _lies() -> Iterator[Number]:
    """The share of freely told lies that is kept, by kind."""
    told = list(lies())
    for split in dict.fromkeys(each.line["split"] for each in told):
        some = [each for each in told if each.line["split"] == split]
        table = Table((f"lies, {split}", "n", "kept"))
        kept = Counter(each.line["type"] for each in some if each.reason() == "kept")
        for kind, count in sorted(Counter(each.line["type"] for each in some).items()):
            table.add(kind, count, kept[kind])
        table.show()
        yield Number(f"freely told lies kept, {split}", percent(kept.total(), len(some)), "%", at_most=0)


def _strange() -> Number:
    """The share of honest claims that are dropped when they cite another document's quotes."""
    chance = random.Random(3)
    drafts = list(honest("test")) or [each for each in honest() if each.id.startswith(_DRAWN)]
    reasons: Counter[str] = Counter()
    for draft in drafts:
        others = [each for each in drafts if each.line["source"] != draft.line["source"]]
        for other in chance.sample(others, _STRANGE_QUOTES):
            block = replace(draft.block, quotes=other.block.quotes)
            reasons[replace(draft, block=block, issued=other.issued).reason()] += 1
    print("  claims with the quotes of another document: " + _told(reasons))
    return Number(
        "claims with strange quotes dropped", percent(reasons.total() - reasons["kept"], reasons.total()), "%"
    )


def _mutated() -> Iterator[Number]:
    """The share of mutations of each kind that is dropped, read at random chunk boundaries; the certain must all be."""
    chance = random.Random(11)
    found = {mutation.name: Counter[str]() for mutation in MUTATIONS}
    for mutation, draft in _mutations():
        found[mutation.name][streamed(draft, chance).reason()] += 1
    table = Table(("mutations of honest drafts", "n", "kept", "dropped for"))
    for mutation in MUTATIONS:
        reasons = found[mutation.name]
        table.add(mutation.name, reasons.total(), reasons["kept"], _told(reasons))
    table.show()
    some = sum((found[each.name] for each in MUTATIONS if each.certain), Counter[str]())
    dropped = percent(some.total() - some["kept"], some.total())
    yield Number("mutations dropped, certain", dropped, "%", at_least=100.0)


def _mutations() -> Iterator[tuple[Mutation, Draft]]:
    """Mutations of every kind over all honest drafts that are kept, round after round, until there are enough."""
    drafts = [each for each in (*honest(), *replied()) if each.reason() == "kept"]
    made = 0
    for seed in range(_MUTATIONS):
        chance = random.Random(seed)
        for mutation in MUTATIONS:
            for draft in drafts:
                for each in mutation.make(draft, chance):
                    yield mutation, each
                    made += 1
        if made >= _MUTATIONS:
            return


def _pace() -> Number:
    """CPU milliseconds to judge a claim, its passages seen before."""
    drafts = list(honest())
    for each in drafts:
        each.judged()
    started = time.process_time()
    for each in drafts:
        each.judged()
    return Number("a claim through all gates", 1000 * (time.process_time() - started) / len(drafts), "ms", at_most=20.0)


def _told(reasons: Counter[str]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in reasons.most_common() if reason != "kept")
