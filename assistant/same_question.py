"""Whether two questions ask the same, in any of the three writings.

Both are taken apart into concepts, and what one says of its subject is looked for in the other, both ways. What tells
two questions apart however alike they sound (another account, number, grade or name, a denial, another thing asked
for, another place on a scale such as before and after) rules them out.
"""

import re
from collections.abc import Collection
from difflib import SequenceMatcher

from assistant.gates.counting import Quantity
from assistant.gates.dates import missing_dates
from assistant.gates.names import foreign_names
from assistant.gates.quantities import supports
from assistant.gates.units import BARE, COUNTS
from assistant.question_kinds import answered_by
from assistant.question_parts import Asked, Unit
from assistant.question_words import known
from knowledge.glossary import Glossary

# From here on the answer to one question answers the other.
THRESHOLD = 0.75
# What only a statement has of a question counts less: an answer also speaks of what was not asked.
_STATED = 0.6
# What each has that the other lacks: one may stand for the other, by the weight of the lesser.
_SWAPPED, _SWAPPED_MOST = 0.25, 0.7
# A word of weight that only the one who asks has narrows the question; one left out may go without saying.
_NARROWED, _LEFT_OUT, _WEIGHTY = 0.93, 0.95, 0.6
# Not so when it is a place on one of these scales, nor where each names a role that the other does not.
_BOUND, _TELLING, _OTHER_ROLE = 0.75, ("when", "order", "side"), 0.5
# One that is mostly the other, letter for letter, but for a word that says more than this.
_VERBATIM, _EDITED, _SLIGHT = 0.68, 0.6, 0.15
_MOST_COUNTED = 12
# Who says who they are more plainly than they must asks about themselves, and not about the customer.
_OURSELVES = re.compile(r"\b(?:ourselves|our own)\b|我们自己|自己这边")
_OUR_SIDE = re.compile("我们公司|我方|我司|本公司")
_PARTIES = re.compile(r"(\b(?:we|us|our)\b|我们|我方|我司|咱们?)|(\b(?:customer|client|buyer)s?\b|客户|对方|买方|甲方)")
# These deny what went on before.
_ENDS = re.compile(r"\b(?:drop|abandon|stop|avoid|refus|exclud)|放弃|停止|避免")


def same(asked: Asked, reviewed: Asked, glossary: Glossary) -> float:
    """How sure it is that one question asks what another does, 0 to 1; 0 where something tells them apart.

    From THRESHOLD on, the answer to `reviewed` answers `asked`.
    """
    score = likeness(asked, reviewed)
    if not score or _swapped(asked, reviewed) or _other_polarity(asked, reviewed):
        return 0.0
    if differ(asked, reviewed, glossary):
        return 0.0
    return score * _EDITED if _edited(asked, reviewed) else score


def likeness(asked: Asked, reviewed: Asked) -> float:
    """The most that `same` may say of two questions, 0 to 1, and quicker."""
    if asked.accounts != reviewed.accounts or not answered_by(asked.wants, reviewed.wants):
        return 0.0
    return shared(asked, reviewed)


def shared(asked: Asked, reviewed: Asked) -> float:
    """How much of each question the other says, 0 to 1."""
    mine = _unmatched(asked, reviewed)
    if len(mine) == len(asked.units):
        return 0.0
    theirs = _unmatched(reviewed, asked)
    if len(theirs) == len(reviewed.units) or _on_one_scale(mine, theirs):
        return 0.0
    unsaid = [each for each in mine if not each.stands(reviewed.stated, reviewed.said)]
    lost, total = _weight(unsaid) + (1 - _STATED) * (_weight(mine) - _weight(unsaid)), _weight(asked.units)
    there, back = 1 - lost / total, 1 - _weight(theirs) / _weight(reviewed.units)
    score = 2 * there * back / (there + back) if there + back else 0.0
    score *= 1 - min(_SWAPPED_MOST, _SWAPPED * min(_weight(mine), _weight(theirs)))
    score *= _NARROWED ** _weighty(unsaid) * _LEFT_OUT ** _weighty(theirs)
    score *= _BOUND if any(each.scale in _TELLING for each in (*unsaid, *theirs)) else 1.0
    other_role = any(each.role for each in mine) and any(each.role for each in theirs)
    return score * _OTHER_ROLE if other_role else score


def _edited(asked: Asked, reviewed: Asked) -> bool:
    """Whether one is the other word for word but for a word that tells: who asks the same again changes more."""
    told = (*_unmatched(asked, reviewed), *_unmatched(reviewed, asked))
    if not any(each.weight > _SLIGHT for each in told):
        return False
    return _alike(asked, reviewed) >= _VERBATIM


def _unmatched(one: Asked, other: Asked) -> list[Unit]:
    return [each for each in one.units if not each.stands(other.keys, other.folded)]


def _weight(units: Collection[Unit]) -> float:
    return sum(each.weight for each in units)


def _weighty(units: Collection[Unit]) -> int:
    return sum(each.weight >= _WEIGHTY for each in units)


def _on_one_scale(mine: Collection[Unit], theirs: Collection[Unit]) -> bool:
    """Whether one says before where the other says after."""
    scales = {each.scale for each in mine if each.scale}
    return any(each.scale in scales for each in theirs if each.scale)


def _other_polarity(asked: Asked, reviewed: Asked) -> bool:
    """Whether one denies and the other has no word, however soft, that could say the same."""
    (here, soft_here), (there, soft_there) = asked.denials, reviewed.denials
    if here % 2 == there % 2:
        return False
    other = reviewed if here % 2 else asked
    return not (soft_there if here % 2 else soft_here) and _ENDS.search(other.folded) is None


def _other_numbers(asked: Asked, reviewed: Asked) -> bool:
    """Whether a number of one is none of the other; small counts may be left out on one side."""
    if missing_dates(asked.text, (reviewed.text,)) or missing_dates(reviewed.text, (asked.text,)):
        return True
    mine, theirs = _lost(asked.numbers, reviewed.numbers), _lost(reviewed.numbers, asked.numbers)
    if any(not (_is_count(each) or _is_one(each)) for each in (*mine, *theirs)):
        return True
    return all(any(not _is_one(each) for each in lost) for lost in (mine, theirs))


def _lost(mine: Collection[Quantity], theirs: Collection[Quantity]) -> list[Quantity]:
    return [each for each in mine if not any(supports(each, other) for other in theirs)]


def _is_one(number: Quantity) -> bool:
    """A year, a day: a rate, and no number."""
    return number.low == number.high == 1 or number.number.rough


def _is_count(number: Quantity) -> bool:
    small = number.low == number.high and 1 <= number.low <= _MOST_COUNTED
    return small and not number.ordinal and number.unit.kind in (*COUNTS, BARE)


def _other_letters(asked: Asked, reviewed: Asked) -> bool:
    return bool(asked.letters and reviewed.letters) and asked.letters != reviewed.letters


def _swapped(asked: Asked, reviewed: Asked) -> bool:
    """Whether two roles, two parties or two numbers of one have changed places in the other."""
    if _roles_swapped(asked, reviewed) or _another_party(asked, reviewed):
        return True
    here, there = ([(each.unit.kind, each.low, each.high) for each in one.numbers] for one in (asked, reviewed))
    kinds = {kind for kind, _, _ in here}
    return here != there and here == there[::-1] and kinds.isdisjoint((*COUNTS, BARE))


def _another_party(asked: Asked, reviewed: Asked) -> bool:
    """Whether one is plainly about ourselves and the other is not, or we and the customer changed places in it."""
    here, there = asked.folded, reviewed.folded
    if bool(_OURSELVES.search(here)) != bool(_OURSELVES.search(there)):
        return True
    first, second = ([each.lastindex for each in _PARTIES.finditer(one)] for one in (here, there))
    if any(_OUR_SIDE.search(one) and 1 not in other and 2 in other for one, other in ((here, second), (there, first))):
        return True
    return first != second and len(first) > 1 and first == second[::-1] and _alike(asked, reviewed) >= _VERBATIM


def _alike(asked: Asked, reviewed: Asked) -> float:
    """How much of the words of two questions is the same in the same order, 0 to 1."""
    return SequenceMatcher(None, asked.words, reviewed.words, autojunk=False).ratio()


def _roles_swapped(asked: Asked, reviewed: Asked) -> bool:
    """Whether one role does in one what another does in the other, and the other way round: A leaves and B stays."""
    here, there = dict(asked.deeds), dict(reviewed.deeds)
    other = [role for role in here.keys() & there.keys() if here[role].isdisjoint(there[role])]
    return any(here[one] & there[two] and here[two] & there[one] for one in other for two in other)


def at_odds(asked: Asked, reviewed: Asked) -> bool:
    """Whether each names an account, a grade or a number of something where the other names another."""
    if asked.accounts and reviewed.accounts and asked.accounts != reviewed.accounts:
        return True
    mine, theirs = _lost(asked.numbers, reviewed.numbers), _lost(reviewed.numbers, asked.numbers)
    kinds = {each.unit.kind for each in theirs if not _is_one(each)}
    return _other_letters(asked, reviewed) or any(each.unit.kind in kinds for each in mine if not _is_one(each))


def differ(asked: Asked, reviewed: Asked, glossary: Glossary) -> bool:
    """Whether a number, a grade or a name of one is none of the other."""
    if _other_numbers(asked, reviewed) or _other_letters(asked, reviewed):
        return True
    return _names_differ(asked, reviewed, glossary)


def _names_differ(asked: Asked, reviewed: Asked, glossary: Glossary) -> bool:
    """Whether one names somebody or something that the other does not; told last, as it takes longest."""
    both = ((asked.text, reviewed.text), (reviewed.text, asked.text))
    strange = (name for one, other in both for name in foreign_names(one, (other,), (), (), glossary))
    compared = " ".join(asked.accounts)
    return any(name not in compared and not known(name) for name in strange)
