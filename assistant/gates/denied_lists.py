"""Lists that a denial covers: which of their things are denied, once for all or word by word."""

import re
from collections.abc import Sequence

from assistant.gates.denying import Denying
from assistant.gates.sides import DENIES, NEITHER, REFUSES, Comparison, Side
from knowledge.language import HAN, has_han

AND = re.compile(r"(?:、|和|与|及|或|跟|\band\b|\bor\b|,)\s*(?:\S+ )?$")
_GOES_ON = re.compile(r"\s*(?:[也更亦并]|and|or|nor|also)\s*(?:do|does|should|must|to)?\s*")
_LISTED = re.compile(
    r"[^的应]{0,10}(?:、|和|与|及|或|跟)$|\s*(?:\S+ ){0,6}(?:and|or|nor) (?!some |but |also )(?:\S+ ){0,2}$"
)
_HEAD = re.compile(
    rf"\s*(?:(?:have|be|to|a|an|the|any|by|in|of|on|for|been|了|有|把|能|要)\s*)*(?:([{HAN}]{{2,4}})|([a-z]{{3,}}))"
)
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_LIST = re.compile(rf"[{HAN}]{{0,2}}?([{HAN}]{{2}})(?:、|和|与|及|或)([{HAN}]{{2}})(?=$|[^{HAN}]|的)")
_LIST_OF_A_KIND = re.compile(
    rf"[{HAN}]{{0,2}}?([{HAN}]{{2}})([{HAN}]{{2}})(?:、|和|与|及|或)([{HAN}]{{2}})\2(?![{HAN}])"
)
_LIST_OF_WORDS = re.compile(r"\s*(?:any )?([a-z]{4,})(?: [a-z]+)? n?or (?:any )?([a-z]{4,})\b")
_NEARBY = 4


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
    heads = _heads(one)
    told = [each.text for each in other.clauses if any(head in each.text for head in heads)]
    if not told:
        return bool(heads) and not seen.across
    return any(_denied(head, text, other, reach) for head in heads for text in told)


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


def _heads(one: Denying) -> list[str]:
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
