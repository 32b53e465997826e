"""Whether a claim denies what its evidence affirms, or the reverse."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.gates.clauses import Clause, clauses, clauses_of
from assistant.gates.negators import Denial, Negator, denials, negators
from knowledge.glossary import Glossary
from knowledge.language import HAN, fold
from knowledge.mapping import Edit, edited
from knowledge.query import Query, understand

_ALIGNED = 0.25
_FAINT = 0.12
_NEARLY = 0.7
_VERBATIM = 0.9
_ONLY = re.compile(r"\b(?:only|just|alone)\b|[只仅]")
_BEHIND = re.compile(
    rf"\s*([{HAN}]{{2}}|(?!(?:be|been|a|an|the|to|have|any|by|in|of|on|for)\b)[a-z]{{4,}} [a-z]{{3,}})"
)
# These deny the verb before them.
_COMPLEMENT = re.compile(r"不[过来去住动了起开掉完成上下出进齐全准清透到好]")
_ACHIEVES = re.compile(rf"(?P<verb>[{HAN}])不(?P<result>[过来去住动起开掉上下齐全清透到拢好])(?!\1)")
_OTHERWISE = re.compile(r"\W*(?:否则|不然|要不|免得|以免|otherwise|or\b|lest)")
_SUPPOSES = re.compile(r"\bif\b|\bbefore\b|如果|若|一旦|要是|倘若|之前|以前")


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause with its terms and its denying words."""

    clause: Clause
    query: Query
    negators: tuple[Negator, ...]

    def count(self, *kinds: Denial) -> int:
        """How many denying words of these kinds it has."""
        return sum(each.denial in kinds for each in self.negators)

    def denials(self) -> int:
        """How many different words plainly deny: of "no scale and no threshold" a paraphrase may keep one."""
        return len({self.clause.text[each.start : each.end] for each in self.negators if each.denial is Denial.PLAIN})


def negation_changes(claim: str, evidence: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
    """The clauses of a claim whose polarity is not that of the clauses they repeat."""
    here = tuple(_said(each, glossary) for each in clauses(claim))
    there = tuple(_said(each, glossary) for each in clauses_of(evidence))
    wrong = [mine for mine in here if _added(mine, here, there)]
    wrong += [mine for other in there for mine in _dropped(other, here, there)]
    wrong += [mine for mine in here if _turned(mine, there)]
    folded, quoted = (" ".join(each.clause.text for each in said) for said in (here, there))
    turned = any(_turned(other, here) for other in there) or _completed(folded, quoted) or _completed(quoted, folded)
    if turned or _silent(here, there, evidence):
        wrong += here[:1]
    return tuple(dict.fromkeys(each.clause.text.strip() for each in wrong))


def _said(clause: Clause, glossary: Glossary) -> _Said:
    found = tuple(negators(clause.text))
    plain = [each for each in found if each.denial is Denial.PLAIN]
    rest = edited(clause.text, [Edit(each.start, each.end, " ") for each in plain])
    return _Said(clause, understand(rest, glossary), found)


def _turned(one: _Said, others: Sequence[_Said]) -> bool:
    """Whether the very words behind a denying word stand among the others, only in sentences that deny nothing."""
    denying = {other.clause.sentence for other in others if other.count(Denial.PLAIN, Denial.SOFT)}
    for each in one.negators:
        if each.denial is not Denial.PLAIN or _COMPLEMENT.fullmatch(one.clause.text, each.start, each.end):
            continue
        words = _BEHIND.match(one.clause.text, each.end)
        holding = {other.clause.sentence for other in others if words and words[1] in other.clause.text}
        if holding and not holding & denying:
            return True
    return False


def _completed(one: str, other: str) -> bool:
    """Whether one text says that something cannot be brought about (谈不拢), the other only that it is (谈拢)."""
    for each in _ACHIEVES.finditer(one):
        whole = f"{each['verb']}{each['result']}"
        if each[0] not in other and whole in other and whole not in one:
            return True
    return False


def _silent(here: Sequence[_Said], there: Sequence[_Said], evidence: Sequence[str]) -> bool:
    """Whether nothing at all is denied here, though every quote denies something and they speak of one thing."""
    warns = any(mine.negators or _OTHERWISE.match(mine.clause.text) for mine in here)
    if warns or not all(denials(fold(each)) % 2 for each in evidence):
        return False
    return any(_fit(mine, other) for mine in here for other in there)


def _added(mine: _Said, here: Sequence[_Said], there: Sequence[_Said]) -> bool:
    """A clause that denies more than all that it may repeat; what would happen otherwise repeats nothing."""
    if _miscounted(mine, there):
        return True
    if not mine.denials() or _OTHERWISE.match(mine.clause.text):
        return False
    near = _repeated(mine, there, here, (mine,)) or list(there)
    beside = [each for each in there if each.clause.sentence == near[0].clause.sentence and each not in near]
    near += beside if mine.denials() > 1 else [each for each in beside if _best(each, here) is None]
    kinds = (Denial.PLAIN, Denial.SOFT) if _ONLY.search(mine.clause.text) else tuple(Denial)
    return mine.denials() > sum(other.count(*kinds) for other in near)


def _miscounted(mine: _Said, there: Sequence[_Said]) -> bool:
    """Whether a clause repeats another one nearly word for word, but once denies and once does not."""
    same = (other for other in there if _fit(mine, other) >= _VERBATIM)
    kinds = (Denial.PLAIN, Denial.SOFT)
    return any((mine.count(*kinds) - other.count(*kinds)) % 2 for other in same)


def _dropped(other: _Said, here: Sequence[_Said], there: Sequence[_Said]) -> Sequence[_Said]:
    """The clause that repeats one that denies, when nothing that repeats it denies as much.

    Two denials less are none less, and to suppose something (if you do) is a way to warn of it.
    """
    near = _repeated(other, here, there, (other, None)) if other.denials() else []
    if not near:
        return ()
    said = sum(mine.count(Denial.PLAIN, Denial.SOFT) for mine in near)
    missing = other.denials() - said
    twofold = not said and other.count(Denial.SOFT)
    warns = _OTHERWISE.match(near[0].clause.text) or _SUPPOSES.search(near[0].clause.text)
    if missing <= 0 or missing % 2 == 0 or twofold or warns:
        return ()
    return near[:1] if _best(near[0], there) == other else ()


def _repeated(
    one: _Said, others: Sequence[_Said], own: Sequence[_Said], besides: Sequence[_Said | None]
) -> list[_Said]:
    """The clauses that say what this one says, the best first, and those beside it that repeat one of `besides`."""
    fits = sorted(((_fit(one, each), at) for at, each in enumerate(others)), reverse=True)
    if not fits or fits[0][0] < _ALIGNED:
        return []
    near = [others[at] for fit, at in fits if fit >= _NEARLY * fits[0][0]]
    sentence = near[0].clause.sentence
    beside = (each for each in others if each.clause.sentence == sentence and each not in near)
    return near + [each for each in beside if _best(each, own) in besides]


def _best(one: _Said, others: Sequence[_Said]) -> _Said | None:
    best = max(others, key=lambda other: _fit(one, other), default=None)
    return best if best and _fit(one, best) >= _FAINT else None


def _fit(mine: _Said, other: _Said) -> float:
    """How much of two clauses is the same, 0 to 1: the harmonic mean of what each has of the other."""
    one, two = mine.query.coverage(other.clause.bag), other.query.coverage(mine.clause.bag)
    return 2 * one * two / (one + two) if one and two else 0.0
