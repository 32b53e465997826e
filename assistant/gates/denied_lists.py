"""Lists that a denial covers: which of their things are denied, once for all or word by word."""

import re
from collections.abc import Sequence

from assistant.gates.denying import Denying, unable
from assistant.gates.sides import DENIES, NEITHER, REFUSES, Comparison, Side
from knowledge.language import HAN, bag_of, has_han

AND = re.compile(r"(?:、|和|与|及|或|跟|\band\b|\bor\b|,)\s*(?:\S+ )?$")
_GOES_ON = re.compile(r"\s*(?:[也更亦并]|and|or|nor|also)\s*(?:do|does|should|must|to)?\s*")
_LISTED = re.compile(
    r"[^的应]{0,10}(?:、|和|与|及|或|跟)$|\s*(?:\S+ ){0,6}(?:and|or|nor) (?!some |but |also )(?:\S+ ){0,2}$"
)
_HEAD = re.compile(
    rf"\s*(?:(?:(?:have|be|to|a|an|the|any|by|in|of|on|for|been)(?![a-z])|了|有|把|能|要)\s*)*(?:([{HAN}]{{2,4}})|([a-z]{{3,}}))"
)
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_LIST = re.compile(rf"[{HAN}]{{0,2}}?([{HAN}]{{2}})(?:、|和|与|及|或)([{HAN}]{{2}})(?=$|[^{HAN}]|的)")
_LIST_OF_A_KIND = re.compile(
    rf"[{HAN}]{{0,2}}?([{HAN}]{{2}})([{HAN}]{{2}})(?:、|和|与|及|或)([{HAN}]{{2}})\2(?![{HAN}])"
)
_LIST_OF_WORDS = re.compile(r"\s*(?:any )?([a-z]{4,})(?: [a-z]+)? n?or (?:any )?([a-z]{4,})\b")
_NEARBY = 4
_OBJECTS = frozenset(("nothing", "none"))
_CONSEQUENCE = re.compile(r"[就则便才]|\bthen\b")
_LACKS = re.compile(r"缺[少乏]?|欠缺|没有?|未|lack\w*|missing|not?")
_TAKES_UP = re.compile(r"\s*(?:这|此|即|也就是|which is|this is|that is)")
_WHOLE = 0.99
_AFFIRMED = 0.5


def in_list(one: Denying, own: Side, other: Side, seen: Comparison) -> bool:
    """Whether a denial repeats the one before it in a list, and the other side denies the list or leaves it out.

    No scale and no threshold; 别谈价格、别许承诺 for 不谈价格和承诺.
    """
    mates = [mate for mate in seen.mates(own) if one.sense in DENIES and _listed(one, mate)]
    if not mates:
        return False
    reach = (
        2 if own is seen.claim and all((one.clause, one.start) < (mate.clause, mate.start) for mate in mates) else -1
    )
    words = heads(one)
    told = [each.text for each in other.clauses if any(head in each.text for head in words)]
    if not told:
        return bool(words) and not seen.across
    return any(_denied(head, text, other, reach) for head in words for text in told)


def _listed(one: Denying, mate: Denying) -> bool:
    if one.clause == mate.clause and {one.word, mate.word} == NEITHER:
        return True
    same = one.word[:1] == mate.word[:1] if has_han(one.word) else one.word == mate.word
    if not same:
        return False
    second = max(one, mate, key=lambda each: each.clause)
    if abs(one.clause - mate.clause) == 1:
        return _GOES_ON.fullmatch(second.text[: second.start]) is not None
    if one.clause != mate.clause:
        return False
    first, second = (mate, one) if mate.start < one.start else (one, mate)
    between = one.text[: one.start] if first is mate else second.text[first.end : second.start]
    return AND.search(between) is not None


def heads(one: Denying) -> list[str]:
    """The words right behind a denial: pairs of Chinese characters, or an English word without its ending."""
    found = _HEAD.match(one.behind)
    if found is None:
        return []
    if found[2]:
        return [_ENDING.sub("", found[2])]
    return [found[1][at : at + 2] for at in range(len(found[1]) - 1)]


def _denied(word: str, text: str, side: Side, reach: int = -1) -> bool:
    """Whether a word of a clause is in a list that a denial there begins, or within `reach` characters of one."""
    denials = [each for each in side.denials if each.text == text and each.sense in REFUSES]
    places = [each.start() for each in re.finditer(re.escape(word), text)]
    return any(
        each.end <= at and (at <= each.end + reach or _LISTED.match(text[each.end : at]) is not None)
        for at in places
        for each in denials
    )


def said_twice(other: Denying, seen: Comparison) -> bool:
    """Whether a denial of the evidence says again what another one says that the claim tells.

    In another sentence, of the same predicate, or in a clause that takes up a lack (缺少会谈，这是唯一没有做的).
    What it is about may stand undenied nowhere in the claim.
    """
    return any(_says_again(other, mate, seen) for mate in seen.mates(seen.evidence)) and not _affirmed(other, seen)


def _says_again(other: Denying, mate: Denying, seen: Comparison) -> bool:
    first, second = sorted((other, mate), key=lambda each: each.clause)
    there = seen.evidence.clauses
    if there[first.clause].sentence == there[second.clause].sentence:
        lacks = all(_LACKS.fullmatch(each.word) for each in (first, second))
        return lacks and second.clause == first.clause + 1 and _TAKES_UP.match(second.text) is not None
    if other.sense is not mate.sense or _predicate(other) != _predicate(mate):
        return False
    own = _CONSEQUENCE.split(other.text)[0] if seen.across else other.text[: other.start]
    return not bag_of(own).strip() or seen.like.share(own, mate.text) >= _WHOLE


def _predicate(denial: Denying) -> tuple[str, ...]:
    """A denying word with what it denies: the verb before nothing, within 谈不拢 itself, else what is behind it."""
    if unable(denial.word):
        return (denial.word,)
    before = denial.text[: denial.start].split()[-1:]
    return denial.word, *(before if denial.word in _OBJECTS else heads(denial)[:1])


def _affirmed(other: Denying, seen: Comparison) -> bool:
    """Whether the claim has, in a clause that denies nothing, what a denial of the evidence is about."""
    denied = {each.clause for each in seen.claim.denials if each.sense in REFUSES}
    affirming = [each.text for at, each in enumerate(seen.claim.clauses) if at not in denied]
    before, behind = other.text[: other.start], _CONSEQUENCE.split(other.behind)[0]
    return any(seen.like.most(each, affirming) >= _AFFIRMED for each in (behind, f"{before} {behind}"))


def halved(other: Denying, claim: Side) -> bool:
    """Whether of two things that a denial lists one stands undenied in the claim: 谈价格、别许承诺."""
    lists = (each.match(other.behind) for each in (_LIST, _LIST_OF_A_KIND, _LIST_OF_WORDS))
    listed = next(filter(None, lists), None)
    items = [_ENDING.sub("", listed[each]) for each in (1, listed.lastindex or 1)] if listed else []
    return any(_undenied(item, items, claim) for item in items)


def _undenied(item: str, items: Sequence[str], claim: Side) -> bool:
    """Whether a claim tells one of several items, nowhere behind a denial, nor with all of them before one."""
    told = [at for at, each in enumerate(claim.clauses) if item in each.text]
    return bool(told) and not any(_denies_item(item, items, at, claim) for at in told)


def _denies_item(item: str, items: Sequence[str], at: int, claim: Side) -> bool:
    text = claim.clauses[at].text
    if _denied(item, text, claim, reach=_NEARBY):
        return True
    after = max(text.rfind(each) for each in items)
    both = all(each in text for each in items)
    return both and any(
        each.clause == at + 1 or (each.clause == at and each.start > after)
        for each in claim.denials
        if each.sense in REFUSES
    )
