"""Denials that only a claim or only its evidence has: which of them change what is said."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.gates.clauses import Clause
from assistant.gates.contraries import told_by_contrary
from assistant.gates.denied_lists import AND, halved, heads, in_list, said_twice
from assistant.gates.denying import Denying, Sense, base, contrary, unable
from assistant.gates.pairing import alike, family, says_difference
from assistant.gates.sides import DENIES, NEITHER, REFUSES, Comparison, Side
from knowledge.language import bag_of

_REPEATED = 0.4
_NEARLY = 0.6
_FAINT = 0.1
_NOTHING = 0.05
_UNDONE = 0.6
_ASIDE = 0.2
_CLOSE = 0.4
_BARE = 5
# A clause that a denial in the one before covers.
_WITHIN = re.compile(r"\s*(?:while|which|who)\b")
_ALSO = re.compile(r"[也又]|还(?=[要有得应需须可])|同时|除了|此外|\b(?:also|too|besides|both|as well|in addition)\b")
_ATTRIBUTE = re.compile(r"[^的地]{1,6}[的地]")
_CONDITION = re.compile(r"\b(?:that|which|who|whom|unless|without|if|when)\b|的|之前|就|则|时")
_BY_ITSELF = re.compile(r"\b(?:by (?:itself|themselves)|on (?:its|their) own)\b")
_PREDICATE = re.compile(r"[的、]")
_TAKES_UP = re.compile(r"\b(?:that|this|it|them|so)\b")
_WHOLE = 0.99
_BESIDES = "除了"
_UNLESS = frozenset(("unless", "除非"))
_SAYS_NO = frozenset((Sense.PLAIN, Sense.SOFT, Sense.NOT_ONLY, Sense.NOT_UNTIL, Sense.ELSE))


def changes(seen: Comparison) -> Iterator[Denying]:
    """The denials by which a claim says something else than its evidence."""
    yield from (each for each in _left(seen, seen.claim, seen.evidence) if _added(each, seen))
    repeated = _repeated(seen)
    for each in _left(seen, seen.evidence, seen.claim):
        if _told(each, repeated, seen) and _dropped(each, seen):
            yield each
    yield from (
        mine
        for mine, other in seen.pairs
        if _moved(mine, other, seen)
        or _in_another(mine, other, seen)
        or _left_undenied(mine, other, seen)
        or _elsewhere(mine, other, repeated, seen)
        or _only_threatens(mine, other, seen)
        or _unlimited(mine, other, seen)
    )


def _left(seen: Comparison, own: Side, other: Side) -> list[Denying]:
    """The denials of a side that are alone, but for two in one clause that undo each other."""
    left: list[Denying] = []
    mine, theirs = ([each.text for each in side.clauses] for side in (own, other))
    for each in seen.alone(own):
        if each.sense in REFUSES and told_by_contrary(each, _apart(own, each) if own is seen.claim else mine, theirs):
            continue
        outer = next((mate for mate in left if _undo(mate, each, other, seen)), None)
        if outer:
            left.remove(outer)
        else:
            left.append(each)
    return left


def _apart(side: Side, denial: Denying) -> list[str]:
    """The clauses of a side in other sentences than a denial's."""
    sentence = side.clauses[denial.clause].sentence
    return [each.text for each in side.clauses if each.sentence != sentence]


def _undo(outer: Denying, inner: Denying, other: Side, seen: Comparison) -> bool:
    """Whether the other side affirms what two denials of a clause say: 不要只授权不监督, 授权的同时要监督."""
    if (
        {outer.word, inner.word} <= NEITHER
        or outer.clause != inner.clause
        or AND.search(outer.text[outer.end : inner.start])
    ):
        return False
    both = (outer, inner)
    extends = any(each.sense is Sense.NOT_ONLY for each in both)
    plain = any(each.sense is Sense.PLAIN for each in both)
    denies = all(each.sense in (Sense.PLAIN, Sense.NOT_ONLY) or base(each.word) or contrary(each.word) for each in both)
    affirmed = seen.like.most(inner.scope, other.affirmed) >= _UNDONE
    return plain and denies and affirmed and (not extends or _adds(seen.claim))


def _adds(side: Side) -> bool:
    return any(_ALSO.search(each.text) for each in side.clauses)


def _added(mine: Denying, seen: Comparison) -> bool:
    """Whether a denial that only the claim has says something that its evidence does not."""
    limits = any(each.sense is Sense.ONLY for each in seen.alone(seen.evidence))
    if mine.word in _UNLESS:
        return not limits or not _refused(mine, seen.claim)
    if mine.sense in DENIES:
        if limits and any(_refused(each, seen.claim) == mine for each in seen.alone(seen.claim)):
            return False
        neither = mine.word in NEITHER and any(each.word in NEITHER for each in seen.mates(seen.claim))
        return not neither and not in_list(mine, seen.claim, seen.evidence, seen)
    if mine.sense is Sense.NOT_ONLY:
        return mine.word != _BESIDES and (limits or not seen.evidence.has(Sense.ONLY, Sense.NOT_ONLY))
    if mine.sense is Sense.SOFT:
        stem = base(mine.word)[:5]
        said = stem and not seen.across and any(stem in each.text for each in seen.evidence.clauses)
        return contrary(mine.word) or bool(said)
    if mine.sense is Sense.ELSE and not seen.evidence.has(Sense.ELSE):
        same = (pair for pair in seen.pairs if pair[0].clause == mine.clause and pair[0].sense is Sense.PLAIN)
        return _advises(mine, seen) or any(seen.like.fit(one.around, other.around) >= _CLOSE for one, other in same)
    return mine.sense is Sense.UNTIL and limits


def _advises(threat: Denying, seen: Comparison) -> bool:
    """Whether a claim threatens what comes if not, of a thing it does not deny, and its evidence denies nothing."""
    before = threat.clause - 1
    denied = any(each.clause == before and each.sense in REFUSES for each in seen.claim.denials)
    return before >= 0 and not denied and not seen.evidence.has(Sense.PLAIN, Sense.NOT_UNTIL)


def _refused(condition: Denying, side: Side) -> Denying | None:
    """The denial that a condition lifts: no proposal goes out unless both have signed."""
    before = (each for each in side.denials if each.sense is Sense.PLAIN and each.clause == condition.clause - 1)
    return next(before, None) if condition.word in _UNLESS else None


def _repeated(seen: Comparison) -> frozenset[int]:
    """The clauses of the evidence that some clause of the claim repeats best, or nearly so.

    What a claim's clause repeats nowhere may be any clause that the claim repeats nowhere.
    """
    there = list(seen.evidence.affirmed)
    for at in range(1, len(there)):
        joins = seen.evidence.clauses[at - 1].sentence == seen.evidence.clauses[at].sentence
        if joins and len(bag_of(there[at]).replace(" ", "")) <= _BARE:
            there[at] = f"{there[at - 1]} {there[at]}"
    fits = [[seen.like.fit(mine, other) for other in there] for mine in seen.claim.affirmed]
    if not any(map(any, fits)):
        return frozenset()
    nowhere = {at for at in range(len(there)) if max(row[at] for row in fits) < _FAINT}
    found: set[int] = set()
    for row in fits:
        best = max(row)
        found |= {at for at, fit in enumerate(row) if fit >= _NEARLY * best} if best >= _FAINT else nowhere
    return frozenset(found)


def _told(other: Denying, repeated: frozenset[int], seen: Comparison) -> bool:
    """Whether the claim tells what a denial of its evidence is about; what it leaves out needs no denial."""
    if other.word in _UNLESS and other.clause not in repeated:
        there = seen.evidence.clauses
        return any(there[at].sentence == there[other.clause].sentence for at in repeated)
    share = seen.like.most(other.scope, seen.claim.affirmed)
    if other.clause not in repeated and share < _REPEATED:
        plain = other.sense is Sense.PLAIN or unable(other.word)
        silent = not repeated or (plain and not seen.claim.has(*_SAYS_NO))
        return silent and (seen.across or max(share, seen.like.most(other.around, seen.claim.affirmed)) >= _NOTHING)
    aside = other.sense is Sense.PLAIN and share < _ASIDE and not seen.across
    return not (aside and any(_nested(other, mate) for mate in seen.mates(seen.evidence)))


def _nested(one: Denying, other: Denying) -> bool:
    """Whether of two denials in a clause one is within an attribute of the other: 不要长期不换打法地硬熬."""
    inner = max(one, other, key=lambda each: each.start)
    return one.clause == other.clause and other.sense is Sense.PLAIN and _ATTRIBUTE.match(inner.behind) is not None


def _dropped(other: Denying, seen: Comparison) -> bool:
    """Whether what a denial of the evidence says is lost when the claim does not tell it."""
    if any(each.sense is Sense.ONLY for each in seen.alone(seen.claim)):
        refused = [(each, _refused(each, seen.evidence)) for each in seen.alone(seen.evidence)]
        if any(other in pair and pair[1] for pair in refused):
            return False
    if said_twice(other, seen):
        return False
    if other.sense in DENIES:
        return not (in_list(other, seen.evidence, seen.claim, seen) or _waits(other, seen.evidence, seen.claim, seen))
    if other.sense is Sense.NOT_ONLY:
        halved = any(mate.clause == other.clause and mate.sense is Sense.PLAIN for mate in seen.mates(seen.evidence))
        limited = any(each.sense is Sense.ONLY for each in seen.alone(seen.claim))
        return other.word != _BESIDES and (halved or limited or not _adds(seen.claim))
    if other.sense is Sense.LOW:
        said = any(each.word == other.word for each in seen.claim.denials)
        return not said and not other.word.startswith(("小", "small"))
    return other.sense is Sense.SOFT and not _differs_alike(other, seen)


def _differs_alike(other: Denying, seen: Comparison) -> bool:
    """Whether the claim tells a difference, and no other one, with a word that denies nothing: 不同说法, 各有说法."""
    told, known = (
        [each.text for each in side.clauses if says_difference(each.text)] for side in (seen.claim, seen.evidence)
    )
    fits = says_difference(other.word) and any(seen.like.fit(each, other.text) >= _CLOSE for each in told)
    return fits and len(told) <= len(known)


def _waits(one: Denying, own: Side, other: Side, seen: Comparison) -> bool:
    """Whether of two denials one is the condition of the other (what is not confirmed), and a not until tells both."""
    mates = (pair for pair in seen.pairs if any(each.clause == one.clause and each.text == one.text for each in pair))
    for mine, theirs in mates:
        mate = mine if mine.text == one.text else theirs
        told = theirs if mate is mine else mine
        first, second = sorted((one, mate), key=lambda each: each.start)
        between = first.text[first.end : second.start]
        if told.sense is Sense.NOT_UNTIL and _CONDITION.search(between) and first.sense is Sense.PLAIN:
            return True
    return False


def _moved(mine: Denying, other: Denying, seen: Comparison) -> bool:
    """Whether a denial stands elsewhere in the claim than in its evidence: within one language only."""
    if seen.across:
        return False
    if other.sense is Sense.PLAIN and halved(other, seen.claim):
        return True
    if mine.sense is not Sense.PLAIN:
        return False
    alone = (each for at, each in enumerate(seen.evidence.affirmed) if at not in _denying(seen.evidence))
    elsewhere = max((seen.like.fit(mine.around, each) for each in alone), default=0.0)
    fits = alike(mine, other, seen.like)
    apart = fits < _FAINT or (other.sense is Sense.NOT_ONLY and fits < elsewhere / 2)
    return apart and elsewhere >= _CLOSE


def _in_another(mine: Denying, other: Denying, seen: Comparison) -> bool:
    """Whether two denials stand in clauses that have nothing in common, and that repeat other clauses."""
    here, there = seen.claim.affirmed, seen.evidence.affirmed
    if not {mine.sense, other.sense} <= REFUSES or family(mine.word) == family(other.word) >= 0:
        return False
    if alike(mine, other, seen.like) >= _NOTHING or seen.like.fit(here[mine.clause], there[other.clause]) >= _NOTHING:
        return False
    told, at = max((seen.like.fit(here[mine.clause], each), at) for at, each in enumerate(there))
    if at == other.clause + 1 and _WITHIN.match(there[at]):
        return False
    known = max(seen.like.fit(each, there[other.clause]) for each in here)
    return told >= _CLOSE and (known >= _CLOSE or (told >= _UNDONE and not seen.across))


def _left_undenied(mine: Denying, other: Denying, seen: Comparison) -> bool:
    """Whether what the evidence denies stands in a clause of the claim that denies nothing, not beside the denial."""
    denied, like = _PREDICATE.split(other.scope)[0], seen.like
    if not {mine.sense, other.sense} <= DENIES or _TAKES_UP.search(mine.scope):
        return False
    if max(like.share(denied, mine.around), like.share(mine.scope, other.scope)) >= _NOTHING:
        return False
    others = (each.scope for each in seen.evidence.denials if each is not other and each.sense in DENIES)
    if like.share(mine.scope, other.around) >= _NOTHING > like.most(mine.scope, others):
        return False
    if like.fit(mine.text[: mine.start], other.text[: other.start]) >= _UNDONE:
        return False
    refusing = {each.clause for each in seen.claim.denials if each.sense in REFUSES}
    told = [(like.share(denied, each), at not in refusing) for at, each in enumerate(seen.claim.affirmed)]
    share, free = max(told, key=lambda each: (each[0], not each[1]))
    return free and share >= _CLOSE


def _unlimited(mine: Denying, other: Denying, seen: Comparison) -> bool:
    """Whether a claim denies a verb altogether that its evidence denies with a limit: not to interview only friends."""
    limited = any(each.sense is Sense.ONLY and each.clause == mine.clause for each in seen.claim.denials)
    if limited or _BY_ITSELF.search(mine.text) or mine.sense is not Sense.PLAIN or other.sense is not Sense.NOT_ONLY:
        return False
    own, theirs = heads(mine)[:1], heads(other)[:1]
    return bool(own and theirs) and seen.like.share(own[0], theirs[0]) >= _WHOLE


def _elsewhere(mine: Denying, other: Denying, repeated: frozenset[int], seen: Comparison) -> bool:
    """Whether a denial could only be told by one in a sentence that the claim leaves out."""
    if mine.sense is not Sense.PLAIN or not repeated:
        return False
    there = seen.evidence.clauses
    told = any(there[at].sentence == there[other.clause].sentence for at in repeated)
    return (
        not told
        and alike(mine, other, seen.like) < _FAINT
        and seen.like.most(other.scope, seen.claim.affirmed) < _REPEATED
    )


def _only_threatens(mine: Denying, other: Denying, seen: Comparison) -> bool:
    """Whether the clause before an otherwise, rather than what it threatens with, is what the evidence denies."""
    if mine.sense is not Sense.ELSE or other.sense is not Sense.PLAIN or not mine.clause:
        return False
    before = seen.claim.affirmed[mine.clause - 1]
    return seen.like.fit(before, other.around) > seen.like.fit(mine.around, other.around)


def _denying(side: Side) -> frozenset[int]:
    return frozenset(each.clause for each in side.denials)


def clauses_told(denials: Iterable[Denying], claim: Sequence[Clause]) -> tuple[str, ...]:
    """The clauses of the claim that denials stand in; its first for those of its evidence."""
    own = [each.text for each in claim]
    told = (each.text if each.text in own else own[0] for each in denials)
    return tuple(dict.fromkeys(each.strip() for each in told))
