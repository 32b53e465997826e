"""Denials that the other side tells without one: as an order, a limit, or a superlative.

No figure before the customer side is filled in: fill in the customer side before any figure. Not longer
than ten minutes: ten minutes at most. Nothing matters more than the map: the map matters most.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.gates.clauses import Clause, Likeness
from assistant.gates.denying import Denying, Sense
from assistant.gates.negators import Denial, Negator, negators

_HAN_NUMBER = "[\\d一二两三四五六七八九十百千万亿半几]"
_NUMBER = (
    rf"(?:the |an? |about |some )?(?:[$€£]|us\$)?(?:{_HAN_NUMBER}|one|two|three|four|five|six|seven|eight|nine|ten"
    rf"|eleven"
    r"|twelve|fifteen|twenty|thirty|forty|fifty|half|hundred|quarter|hour|page|minute|day|week|month|year)"
)
_UPPER, _LOWER = "upper", "lower"
# A denied bound says the other one.
_DENIED_BOUNDS = {
    _UPPER: re.compile(
        rf"[^,;]{{0,60}}?\b(?<!no )(?<!not )(?:(?:more|longer|larger|bigger|greater|higher|later) than|over|above"
        rf"|beyond|exceed\w*) {_NUMBER}"
        rf"|[^,;]{{0,16}}?(?:超[过出]?|多[于过]|高于|大于|长于|长过|晚于){_HAN_NUMBER}"
    ),
    _LOWER: re.compile(
        rf"[^,;]{{0,60}}?\b(?:(?:less|fewer|shorter|smaller|lower|earlier) than|under|below) {_NUMBER}"
        rf"|[^,;]{{0,16}}?(?:少于|少过|低于|小于|短于|早于|不[到足]){_HAN_NUMBER}"
    ),
}
_BOUNDS = {
    _UPPER: re.compile(
        r"\b(?:at most|no (?:more|longer|later|larger|higher)|maximum|max|limit(?:s|ed)?|cap(?:s|ped)?|ceiling|within"
        r"|up to"
        r"|or (?:less|fewer|shorter)|enough|the most)\b|最[多长高晚大]|至多|顶多|不[超多高大长晚][于过]?|上限"
        r"|以[内下]|之内|封顶|为限|不到|控制在|限|够"
    ),
    _LOWER: re.compile(
        r"\b(?:at least|no (?:less|fewer|shorter|lower|earlier)|minimum|min|floor|or (?:more|longer|above)|from)\b"
        r"|最[少低短早小]|至少|起码|不[少低小短早]于|下限|以上|底线|起步"
    ),
}
_COMPARED = re.compile(
    r"\b(?:no|nothing|none|nobody|never|not|nowhere|hardly)\b[^,;.]*?\b(?:more|better|greater|bigger|stronger|higher"
    r"|likelier|[a-z]{3,}ier)\b[^,;.]*?\bthan\b"
    r"|(?:没有?|无|再没有?)[^,;.，。]{0,12}?比[^,;.，。]{1,30}?更|不如(?!果)|比不上|[没无]有?[^,;.]{0,8}(?:能比|可比"
    r"|胜过|超过)"
)
_MOST = re.compile(
    r"\b(?:most|best|first|biggest|greatest|strongest|highest|above all|chief|main|prime|primary|top|number one"
    r"|outweighs?"
    r"|beats?|foremost|[a-z]{3,}iest)\b|最|首[要先位]|第一|头等|头号|莫过于|居首"
)
_EXCEEDS = re.compile(
    r"\b(?:more|better|greater|stronger|higher)\b[^,;.]*?\bthan\b"
    rf"(?!\s*(?:any|all|every|{_NUMBER}))|比[^,;.]{{1,20}}更"
)

_THE_FIRST, _THE_THEN = r"(?P<first>[^;.]{2,}?)", r"(?P<then>[^;.]{2,})"
_BEFORE = re.compile(rf"^{_THE_FIRST} (?:well )?(?:before|ahead of|prior to) {_THE_THEN}$")
# What comes first and what comes then, in a sentence.
_ORDERS = tuple(
    re.compile(each)
    for each in (
        _BEFORE.pattern,
        r"^before (?P<then>[^,;.]{2,}),(?P<first>[^;.]{2,})$",
        r"^(?:only )?(?:once|after|when|as soon as|if) (?P<first>[^,;.]{2,}),(?P<then>[^;.]{2,})$",
        r"^(?P<then>[^;.]{2,}?) (?:only (?:once|after|when|if)|once|after) (?P<first>[^;.]{2,})$",
        rf"^{_THE_FIRST}(?: first)?,? (?:and )?(?:then|afterwards|only then) {_THE_THEN}$",
        r"^(?P<then>[^;.]{2,}?)(?:之前|以前|前(?=[,先要应须请把]))[,]?(?P<first>[^;.]{2,})$",
        r"先(?P<first>[^;.]{2,}?),?(?:再|然后|才)(?P<then>[^;.]{2,})$",
        r"^(?P<first>[^;.]{2,}?)(?:要|应|须|应当)?(?:放在|排在|早于|先于)(?P<then>[^;.]{2,}?)(?:之前|以前|前)",
        r"^(?P<then>[^;.]{2,}?)(?:要|应|须|应当)?(?:放在|排在|晚于)(?P<first>[^;.]{2,}?)(?:之后|以后|后)",
        r"^(?:等|待|只有)?(?P<first>[^;.先]{2,}?)(?:之后|以后|后|了)?,?(?:再|才|方可|方能)(?P<then>[^;.]{2,})$",
    )
)
# What is denied until then, where the denial stands between or before the two.
_UNTIL = re.compile(r"^(?P<then>.{2,}?)\b(?:until|till|before|unless)\b(?P<first>.{2,})$")
_AWAITED = re.compile(r"^(?P<first>.{2,}?)(?:之前|以前|(?<![目])前),?(?P<then>.*)$")
_INVERTED = re.compile(
    r"\s*先(?P<then>[^,;.]{1,}?)[再后](?P<first>[^,;.]{1,})"
    r"|\s*(?P<then2>[a-z][^,;.]+?) first and (?P<first2>[^,;.]+?)(?: later| afterwards| second)?$"
)
_JOINS = ","
_MARGIN = 0.1
_SURELY = 0.5
_SAME = 0.2
_REFUSES = frozenset((Sense.PLAIN, Sense.SOFT, Sense.NOT_UNTIL, Sense.LEAVE))


def restated(
    denial: Denying, own: Sequence[Clause], other: Sequence[Clause], others: Sequence[Denying], like: Likeness
) -> bool:
    """Whether the other side, in clauses with denials, tells what a denial says without denying it."""
    denied = {each.clause for each in others if each.sense in (Sense.PLAIN, Sense.NOT_UNTIL)}
    affirming = [each.text for at, each in enumerate(other) if at not in denied]
    if any(_DENIED_BOUNDS[side].match(denial.behind) for side in _BOUNDS):
        side = next(side for side in _BOUNDS if _DENIED_BOUNDS[side].match(denial.behind))
        nearest = max((like.fit(denial.text, each) for each in affirming), default=0.0)
        return any(_BOUNDS[side].search(each) and like.fit(denial.text, each) >= nearest for each in affirming)
    if _COMPARED.match(denial.text, denial.start):
        return any(_MOST.search(each) for each in affirming)
    told = [order for sentence in _sentences(other, denied) for order in _orders(sentence)]
    return any(_crossed(mine, each, like) for mine in _awaited(denial, own) for each in told)


_UNREADY = re.compile(r"(?:没有?|未)[^,;.]{1,20}(?:之前|以前|前(?=$|先|,))")
# Not to wait until then is to do it before.
_PUTS_OFF = re.compile(
    r"\s*(?:(?:need|reason|point|just|simply|be|to|in)\s+){0,3}"
    r"(?:wait|delay|postpon|put\w* off|hold\w* (?:off|back|out)\b)"
)
_LASTS = re.compile(
    r"\b(?:wait\w*|h(?:o|e)ld\w*|(?:leav\w+|left)(?= (?:it|them|him|her|this|that|\w+ ?(?:out|open|aside|alone)"
    r"|out|open|aside|alone)\b)|keep\w*|kept|stay\w*|postpon\w+|delay\w*|remain\w*|continu\w+|last\w*"
    r"|r[ua]n|work\w*|from (?=[^,;]{1,60} (?:until|till)))\b|等|留|拖|持续|保持"
)
_AS_SOON_AS = re.compile(r"\s*(?P<first>[^,;]{2,}?)[就则]先(?P<then>[^,;]{2,})$")
_WHO = re.compile(r"\s*(?:who|which)\b")
_WAITS = re.compile(r"先|等|再|只|才|以?[前后]再")


def hurried(claim: Sequence[Clause], denials: Sequence[Denying], evidence: Sequence[Clause], like: Likeness) -> bool:
    """Whether a claim has something done until, or before another is ready, that its evidence puts after it."""
    if any(_UNREADY.search(each.text) for each in evidence):
        return False
    lasting = [
        _UNTIL.match(each.text) for each in denials if each.sense is Sense.UNTIL and not _LASTS.search(each.text)
    ]
    for said in filter(None, lasting):
        mine = (said["first"], said["then"])
        refused = (each.text for each in evidence if any(word.denial is Denial.PLAIN for word in negators(each.text)))
        if any(like.fit(said["then"], each) >= _SAME for each in refused):
            return not any(_UNTIL.match(each.text) for each in evidence)
        orders = (order for sentence in _sentences(evidence, set()) for order in _orders(sentence))
        if any(_crossed(mine, each, like) for each in orders):
            return True
    if _before_what_comes_first(claim, evidence, like) or _on_the_reverse(claim, evidence, like):
        return True
    for at, each in enumerate(claim):
        around = " ".join(part.text for part in claim[at : at + 2])
        if _UNREADY.search(each.text) and not _WAITS.search(around):
            return not any(denial.clause in (at, at + 1) and denial.sense in _REFUSES for denial in denials)
    return False


def _on_the_reverse(claim: Sequence[Clause], evidence: Sequence[Clause], like: Likeness) -> bool:
    """Whether a claim has something done as soon as what its evidence puts first is lacking, or not once it is."""
    orders = [order for sentence in _sentences(evidence, set()) for order in _orders(sentence)]
    for said in filter(None, (_AS_SOON_AS.match(each.text) for each in claim)):
        lacking, refused = (any(map(_refuses, negators(said[each]))) for each in ("first", "then"))
        mine = (said["first"], said["then"])
        if lacking != refused and any(_crossed(mine, each, like) for each in orders):
            return True
    return False


def _refuses(word: Negator) -> bool:
    return word.denial in (Denial.PLAIN, Denial.SOFT, Denial.LEAVE)


def _before_what_comes_first(claim: Sequence[Clause], evidence: Sequence[Clause], like: Likeness) -> bool:
    """Whether a claim puts one thing before another, its evidence the other before the one, in so many words."""
    mine, theirs = (list(filter(None, map(_BEFORE.match, _sentences(side, set())))) for side in (claim, evidence))
    return any(
        _crossed((one["then"], one["first"]), (other["first"], other["then"]), like, _SURELY)
        for one in mine
        for other in theirs
    )


def mistold(one: Denying, own: Sequence[Clause], other: Denying, others: Sequence[Clause], like: Likeness) -> bool:
    """Whether of two paired denials one denies going beyond a bound or the best, the other that it is one.

    Or one has come first what the other has come then.
    """
    if _denies_bound(one, other) or _denies_bound(other, one) or _refuses_the_ready(one, own, other, like):
        return True
    if Sense.NEAR in (one.sense, other.sense):
        return False
    mine, theirs = tuple(_awaited(one, own)), tuple(_awaited(other, others))
    pairs = [(each, told) for each in mine for told in theirs]
    reversed_ = any(_crossed(each, told[::-1], like) for each, told in pairs)
    return reversed_ and not any(_crossed(each, told, like) for each, told in pairs)


def _refuses_the_ready(one: Denying, own: Sequence[Clause], other: Denying, like: Likeness) -> bool:
    """Whether a denial is of those (who had passed) that the other has wait only until then (before they had)."""
    until, after = _UNTIL.match(other.text), own[one.clause + 1 : one.clause + 2]
    if (one.sense, other.sense) != (Sense.PLAIN, Sense.NOT_UNTIL) or not until or not after:
        return False
    who = _WHO.match(after[0].text) and not any(map(_refuses, negators(after[0].text)))
    return bool(who) and like.share(until["first"], after[0].text) >= _SAME


def _denies_bound(one: Denying, other: Denying) -> bool:
    if one.sense is Sense.ONLY:
        return False
    text = other.text
    for side, bound in _DENIED_BOUNDS.items():
        if bound.match(one.behind) and not bound.match(other.behind) and _BOUNDS[side].search(text):
            return True
    return bool(_COMPARED.match(one.text, one.start) and _MOST.search(text) and not _COMPARED.match(text, other.start))


def outdone(claim: Sequence[Clause], evidence: Sequence[Clause]) -> bool:
    """Whether a claim only compares (matters more than) where its evidence has the superlative."""
    here, there = (" ".join(each.text for each in side) for side in (claim, evidence))
    return bool(
        _EXCEEDS.search(here)
        and not _COMPARED.search(here)
        and not _MOST.search(here)
        and _MOST.search(there)
        and not _EXCEEDS.search(there)
        and not re.search(r"\bthan\b|比", there)
    )


def _sentences(clauses: Sequence[Clause], denied: set[int]) -> Iterator[str]:
    """The sentences of a text that deny nothing, and their clauses."""
    numbers = dict.fromkeys(each.sentence for each in clauses)
    for number in numbers:
        parts = [(at, each.text.strip()) for at, each in enumerate(clauses) if each.sentence == number]
        if not any(at in denied for at, _ in parts):
            yield _JOINS.join(text for _, text in parts)
        yield from (text for at, text in parts if at not in denied)


def _orders(sentence: str) -> Iterator[tuple[str, str]]:
    for pattern in _ORDERS:
        if found := pattern.search(sentence):
            yield found["first"], found["then"]


def _awaited(denial: Denying, own: Sequence[Clause]) -> Iterator[tuple[str, str]]:
    """What must come first and what comes then, of a denial that says not until."""
    text, before = denial.text, denial.text[: denial.start]
    previous = own[denial.clause - 1].text if denial.clause else ""
    if found := _INVERTED.match(denial.behind):
        yield found["first"] or found["first2"], found["then"] or found["then2"]
    until = _UNTIL.match(text)
    if until and denial.start < until.end("then"):
        order = (until["first"], until["then"])
        yield order[::-1] if _PUTS_OFF.match(denial.behind) else order
    for condition, rest in ((before, denial.behind), (previous, text)):
        if (found := _AWAITED.match(condition)) and denial.word[:1] in "不别勿切没严禁":
            yield found["first"], rest
    if not until:
        yield from (order[::-1] for order in _orders(f"{before} {denial.behind}".strip()))


def _crossed(mine: tuple[str, str], other: tuple[str, str], like: Likeness, margin: float = _MARGIN) -> bool:
    """Whether the same comes first in both, rather than the reverse."""
    (first, then), (earlier, later) = mine, other
    straight = like.fit(first, earlier) + like.fit(then, later)
    crossed = like.fit(first, later) + like.fit(then, earlier)
    return straight > crossed + margin and like.fit(first, earlier) > 0
