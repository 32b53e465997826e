"""Whether a claim denies what its evidence affirms, or the reverse.

The denying words of both are paired one to one by what they say and what they are about. One that
stays alone changes what is said, unless the other side leaves out what it is about. In doubt it does:
a claim dropped for that can still be told in the source's own words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.gates.clauses import Clause, Likeness, clauses, clauses_of
from assistant.gates.contraries import contradicted, contrary_things, told_by_contrary
from assistant.gates.denying import Denying, Sense, affirmed, denying
from assistant.gates.negators import UN, UNDOES, Denial, negators
from assistant.gates.pairing import alike, pairs
from assistant.gates.restated import hurried, mistold, outdone, restated
from assistant.gates.sides import Comparison, Side
from assistant.gates.unpaired import changes, clauses_told
from knowledge.glossary import Glossary
from knowledge.language import HAN, has_han

_VERBATIM = 0.9
_LED_IN = 0.7
_SHARED = 0.5
_ABOUT_ELSE = 0.05
# More denying words than a reader can follow: nobody can say which tells which.
_MOST = 40
_PLAINLY = (Sense.PLAIN, Sense.NOT_UNTIL)
_OF_VERBS = frozenset(("not", "n't", "cannot", "never"))
_BEHIND = re.compile(
    rf"\s*([{HAN}]{{2}}|(?!(?:be|been|a|an|the|to|have|any|by|in|of|on|for)\b)[a-z]{{4,}} [a-z]{{3,}})"
)
# These deny the verb before them.
_COMPLEMENT = re.compile(r"不[过来去住动了起开掉完成上下出进齐全准清透到好]")
_ACHIEVES = re.compile(rf"(?P<verb>[{HAN}])不(?P<result>[过来去住动起开掉上下齐全清透到拢好])(?!\1)")
# A question of the source is told as something to find out, not as something to leave alone.
_UNASKED = re.compile(
    r"(?:\bnot|\bnever|n't)\s+(?:\w+\s+){0,2}"
    r"(?:ask|establish|check|find out|clarif|determin|look into|identif|verif|review|examin|decid)\w*"
    r"|(?:\u4e0d|\u522b|\u52ff|\u672a|\u83ab)[\u8981\u8be5\u5e94\u9700\u5fc5]?[\u53bb\u518d]?"
    r"(?:\u95ee|\u786e\u8ba4|\u67e5|\u5f04\u6e05|\u641e\u6e05|\u660e\u786e|\u6838\u5bf9|\u4e86\u89e3|\u68c0\u89c6)"
)
_SO_DO = re.compile(r"\bno (?:point|use|sense|reason)\b.*\bso (?:please )?do\s*$")
_NOT_WITHIN = re.compile(
    r"(?:\bnot|n't|\bnever)\s+(?:(?:a|an|the|be|been)\s+)?"
    rf"(?P<word>(?!{UNDOES}){UN}[a-z]{{4,}}"
    r"|dis(?:satisf|agree|contin|like)\w*|in(?:complete|correct|sufficient)\w*)"
)
_MODAL = re.compile(
    r"\b(?P<may>can|could|will|would|may|might|should|must)(?:not|n't|'t|\s+not|\s+never) (?P<verb>[a-z]{3,})\b"
)
_HOW_FAR = re.compile(r"\b(?:only|until|till|before|after|once|when|nothing|none|no|nobody|neither|little|few|less)\b")
_COUNTED = (Denial.PLAIN, Denial.SOFT, Denial.NEAR)
_DENIES = (*_COUNTED, Denial.LEAVE)


def negation_changes(claim: str, evidence: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
    """The clauses of a claim whose polarity is not that of the clauses they repeat."""
    here, there = _side(tuple(clauses(claim))), _side(clauses_of(evidence))
    if not here.clauses or not there.clauses:
        return ()
    like = Likeness(glossary)
    if _says_else(here, there, like):
        return (here.clauses[0].text.strip(),)
    if not (here.denials or there.denials):
        return ()
    if max(len(here.denials), len(there.denials)) > _MOST or _left_unasked(here, evidence):
        return (here.clauses[0].text.strip(),)
    wrong = [*_turned(here, there, like), *_miscounted(here, there, like)]
    if wrong or any(_turned(there, here, like)) or _completed(here, there):
        return tuple(dict.fromkeys(each.strip() for each in wrong or (here.clauses[0].text,)))
    here, there = _denied_only(here, there, like), _denied_only(there, here, like)
    here = _not_told_by_contrary(here, there, like)
    seen = Comparison(here, there, pairs(here.denials, there.denials, like), like)
    wrong = [
        one.text
        for one, other in seen.pairs
        if mistold(one, here.clauses, other, there.clauses, like) or _of_contraries(one, other)
    ]
    if wrong:
        return tuple(each.strip() for each in wrong)
    return clauses_told(changes(seen), here.clauses)


def _says_else(here: Side, there: Side, like: Likeness) -> bool:
    """Whether a claim says the opposite in other words than denials, or in another order."""
    if any(_SO_DO.search(each.text) for each in here.clauses) or _allows(here, there):
        return True
    if _unsaid(here, there) or _unsaid(there, here):
        return True
    if contradicted(*([each.text for each in side.clauses] for side in (here, there))):
        return True
    return outdone(here.clauses, there.clauses) or hurried(here.clauses, here.denials, there.clauses, like)


def _unsaid(one: Side, other: Side) -> bool:
    """Whether a side denies a word that itself denies (not unstable) and that the other one only says: unstable."""
    said = {found["word"] for each in one.clauses for found in _NOT_WITHIN.finditer(each.text)}
    return any(_freely(word, other) and not _freely(word, one) for word in said)


def _allows(here: Side, there: Side) -> bool:
    """Whether a claim affirms, without a limit, the very verb that its evidence only denies: would buy."""
    refused = {(found["may"], found["verb"]) for each in there.clauses for found in _MODAL.finditer(each.text)}
    for may, verb in refused:
        words = f"{may} {verb}"
        told = [each.text for each in here.clauses if words in each.text]
        if any(map(_HOW_FAR.search, told)) or not _freely(words, here) or _freely(words, there):
            continue
        if not any(verb in each.behind for each in here.denials if each.sense in _PLAINLY):
            return True
    return False


def _of_contraries(one: Denying, other: Denying) -> bool:
    """Whether two plain denials deny opposite things."""
    return one.sense is other.sense is Sense.PLAIN and contrary_things(one, other)


def _left_unasked(here: Side, evidence: Sequence[str]) -> bool:
    """Whether a claim says not to ask what its evidence, questions all, asks."""
    asks = all(each.rstrip("\"'\u201d\u300d )").endswith(("?", "\uff1f")) for each in evidence)
    return asks and any(_UNASKED.search(each.text) for each in here.clauses)


def _denied_only(own: Side, other: Side, like: Likeness) -> Side:
    """A side without the denials that the other one tells without a denial."""
    kept = (each for each in own.denials if not _is_restated(each, own, other, like))
    return replace(own, denials=tuple(kept))


def _not_told_by_contrary(own: Side, other: Side, like: Likeness) -> Side:
    """A side without the denials that only an opposite word of the other one tells."""
    kept = (each for each in own.denials if not _is_told_by_contrary(each, own, other, like))
    return replace(own, denials=tuple(kept))


def _is_told_by_contrary(denial: Denying, own: Side, other: Side, like: Likeness) -> bool:
    """Whether the other side has the opposite of what a denial denies, and denies nothing that it is about."""
    sentence = own.clauses[denial.clause].sentence
    apart = [each.text for each in own.clauses if each.sentence != sentence]
    if denial.sense is not Sense.PLAIN or not told_by_contrary(denial, apart, [each.text for each in other.clauses]):
        return False
    return all(alike(denial, each, like) < _ABOUT_ELSE for each in other.denials)


def _is_restated(denial: Denying, own: Side, other: Side, like: Likeness) -> bool:
    same = [each for each in own.denials if each.clause == denial.clause and each.sense in _PLAINLY]
    return same == [denial] and restated(denial, own.clauses, other.clauses, other.denials, like)


def _side(found: tuple[Clause, ...]) -> Side:
    affirmations = tuple(map(affirmed, found))
    return Side(found, affirmations, tuple(denying(found, affirmations)))


def _count(clause: Clause, *kinds: Denial) -> int:
    """How many denying words of these kinds a clause has."""
    return sum(each.denial in kinds for each in negators(clause.text))


def _turned(one: Side, other: Side, like: Likeness) -> Iterator[str]:
    """The clauses that deny the very words which the other side has, only in sentences that deny nothing."""
    denies = {each.sentence for each in other.clauses if _count(each, *_DENIES)}
    for denial in one.denials:
        if denial.sense is not Sense.PLAIN or _COMPLEMENT.fullmatch(denial.word):
            continue
        words = _BEHIND.match(denial.behind)
        holding = {each.sentence for each in other.clauses if words and words[1] in each.text}
        spoken = words and denial.word in _OF_VERBS and _freely(words[1], other) and not _freely(words[1], one)
        if holding and (spoken or not holding & denies) and not _is_restated(denial, one, other, like):
            yield denial.text


def _freely(words: str, side: Side) -> bool:
    """Whether a side has words with no denial before them in their clause."""
    places = ((each.text, each.text.find(words)) for each in side.clauses)
    return any(at >= 0 and not any(each.start < at for each in negators(text)) for text, at in places)


def _miscounted(here: Side, there: Side, like: Likeness) -> Iterator[str]:
    """The clauses that repeat another one nearly word for word, but once deny and once do not."""
    for at, (mine, own) in enumerate(zip(here.clauses, here.affirmed, strict=True)):
        for place, (other, text) in enumerate(zip(there.clauses, there.affirmed, strict=True)):
            odd = (_count(mine, *_COUNTED) - _count(other, *_COUNTED)) % 2
            if not odd or not _may_repeat(own, text) or like.fit(own, text) < _VERBATIM:
                continue
            if not (_led_in(at, here, other, like) or _led_in(place, there, mine, like)):
                yield mine.text


def _led_in(at: int, side: Side, other: Clause, like: Likeness) -> bool:
    """Whether a clause has, without the comma, another one and what leads it in, and denies as often as both."""
    lead, own = side.clauses[max(at - 1, 0)], side.clauses[at]
    if lead is own or lead.sentence != own.sentence or like.share(lead.text, other.text) < _LED_IN:
        return False
    return _count(lead, *_COUNTED) + _count(own, *_COUNTED) == _count(other, *_COUNTED)


def _may_repeat(one: str, other: str) -> bool:
    """Whether two texts share enough characters to be one nearly word for word, which is quick to see."""
    if has_han(one) != has_han(other):
        return True
    mine, theirs = set(one), set(other)
    return len(mine & theirs) >= _SHARED * max(len(mine), len(theirs))


def _completed(here: Side, there: Side) -> bool:
    """Whether one text says that something cannot be brought about (谈不拢), the other only that it is (谈拢)."""
    one, other = (" ".join(each.text for each in side.clauses) for side in (here, there))
    return _unachieved(one, other) or _unachieved(other, one)


def _unachieved(one: str, other: str) -> bool:
    for each in _ACHIEVES.finditer(one):
        whole = f"{each['verb']}{each['result']}"
        if each[0] not in other and whole in other and whole not in one:
            return True
    return False
