"""Whether two questions ask the same, in any of the three writings.

Their words are compared both ways, widened by the glossary and by everyday words that mean the same; what tells two
questions apart however alike they sound (another account, number, grade or name, a denial, an opposite, another thing
asked for) rules them out first.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from assistant.gates.counting import Quantity
from assistant.gates.dates import missing_dates
from assistant.gates.labels import letters
from assistant.gates.names import foreign_names
from assistant.gates.negators import Denial, negators
from assistant.gates.quantities import quantities, supports
from assistant.gates.units import BARE, COUNTS
from assistant.question_kinds import Wants, answered_by, wanted
from assistant.question_words import alike, apart, opposite, tells
from assistant.understand import accounts_named
from knowledge.glossary import Concept, Glossary
from knowledge.language import HAN, bag, bag_of, fold, has_han, needle, words

# From here on the answer to one question answers the other; from SIMILAR on it is worth offering.
THRESHOLD, SIMILAR = 0.75, 0.5
_GENERIC, _UNKNOWN, _KNOWN = 0.1, 0.6, 1.0
# What only a statement has of a question counts half: an answer also speaks of what was not asked.
_STATED = 0.5
# Where each has such a word that the other lacks, one may stand for the other.
_SWAPPED = 0.8
# More so where all the rest is repeated word for word: who asks the same again changes more than one word.
_EDITED, _MOSTLY = 0.6, 0.5
_LEFT_OUT = 0.93
_MOST_COUNTED = 12
_ASKING = re.compile(
    rf"[第几多]?[零一二两三四五六七八九十百\d几]+[个件条项样种次回年月天周季度分钟小时家位]*(?![{HAN}])"
    r"|^(?:第?[一二两三四五六七八九十几\d]+[^人]{0,2}|多.{1,3}|什么.*|怎么.*|哪.*|是否|最晚|之内|一个)$"
)
_ALONE = re.compile(r"(?<![A-Za-z0-9])(?<!^)(?<![:,.] )[B-HJ-Z](?![A-Za-z0-9'])")
_KEEPS_OUT = re.compile(r"\b(?:stay|keep|steer) (?:out|away|clear) (?:of|from)\b|\boff limits\b|\brefrain\b")
# These deny what went on before.
_ENDS = re.compile(r" (?:drop|abandon|stop|avoid|refus|exclud) |放弃|停止|避免")
_ENGLISH_ASKING = frozenset(
    "mani much long soon often come look itself one two three four five six seven eight nine".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a term of a question: its own forms together, or any of the `others`, say it."""

    own: tuple[str, ...]
    others: frozenset[str]
    weight: float

    def stands(self, text_bag: str) -> bool:
        """Whether a bag has it in some writing."""
        own = all(needle(each) in text_bag for each in self.own)
        return own or any(needle(each) in text_bag for each in self.others)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart, to be compared with many."""

    text: str
    bag: str
    units: tuple[Unit, ...]
    accounts: frozenset[str]
    wants: frozenset[Wants]
    denials: tuple[int, int]
    numbers: tuple[Quantity, ...]
    letters: frozenset[str]
    stated: str = ""


def taken_apart(question: str, accounts: Collection[str], glossary: Glossary, statements: Iterable[str] = ()) -> Asked:
    """A question, or a reviewed one with the statements that answer it; `accounts` are all that its reader may know."""
    folded = fold(question)
    return Asked(
        question,
        bag_of(folded),
        tuple(_units(folded, tuple(glossary.concepts(question)))),
        frozenset(accounts_named(question, accounts)),
        wanted(question),
        _denials(folded),
        tuple(each for each in quantities(question) if not each.weak),
        _lettered(question),
        bag("\n".join((question, *statements))),
    )


def same(asked: Asked, reviewed: Asked, glossary: Glossary) -> float:
    """How sure it is that one question asks what another does, 0 to 1; 0 where something tells them apart.

    From THRESHOLD on, the answer to `reviewed` answers `asked`; from SIMILAR on it may help, and is only to be offered.
    """
    if any(differ(asked, reviewed) for differ in _DIFFERENCES):
        return 0.0
    there = (1 - _STATED) * _share(asked.units, reviewed.bag) + _STATED * _share(asked.units, reviewed.stated)
    back = _share(reviewed.units, asked.bag)
    score = 2 * there * back / (there + back) if there and back else 0.0
    lost = _lacking(reviewed.units, asked.bag)
    score *= _LEFT_OUT**lost
    if lost and _lacking(asked.units, reviewed.stated, _UNKNOWN):
        score *= _EDITED if _verbatim(asked, reviewed) >= _MOSTLY else _SWAPPED
    if score < THRESHOLD / 2 or not _names_differ(asked, reviewed, glossary):
        return score
    return 0.0


def _share(units: Collection[Unit], text_bag: str) -> float:
    total = sum(each.weight for each in units)
    return sum(each.weight for each in units if each.stands(text_bag)) / total if total else 0.0


def _lacking(units: Collection[Unit], text_bag: str, least: float = _KNOWN) -> int:
    """How many words of this weight or more a bag lacks."""
    return sum(each.weight >= least and not each.stands(text_bag) for each in units)


def _verbatim(asked: Asked, reviewed: Asked) -> float:
    """The share of a question's words, 0 to 1, that another has as they are."""
    whole = sum(each.weight for each in asked.units)
    kept = (each.weight for each in asked.units if all(needle(part) in reviewed.bag for part in each.own))
    return sum(kept) / whole if whole else 0.0


def _other_accounts(asked: Asked, reviewed: Asked) -> bool:
    return asked.accounts != reviewed.accounts


def _other_wish(asked: Asked, reviewed: Asked) -> bool:
    return not answered_by(asked.wants, reviewed.wants)


def _other_polarity(asked: Asked, reviewed: Asked) -> bool:
    """Whether one denies and the other has no word, however soft, that could say the same."""
    (here, soft_here), (there, soft_there) = asked.denials, reviewed.denials
    if here % 2 == there % 2:
        return False
    other = reviewed if here % 2 else asked
    return not (soft_there if here % 2 else soft_here) and _ENDS.search(other.bag) is None


def _other_numbers(asked: Asked, reviewed: Asked) -> bool:
    """Whether a number of one is none of the other; a small count may be left out."""
    if missing_dates(asked.text, (reviewed.text,)) or missing_dates(reviewed.text, (asked.text,)):
        return True
    pairs = ((asked.numbers, reviewed.numbers), (reviewed.numbers, asked.numbers))
    return any(_lost(mine, theirs) for mine, theirs in pairs)


def _lost(mine: Collection[Quantity], theirs: Collection[Quantity]) -> bool:
    counts = {each.low for each in theirs if _is_count(each)}
    lost = [each for each in mine if not any(supports(each, other) for other in theirs)]
    return any(not (_is_count(each) or _is_one(each)) or (_is_count(each) and counts - {each.low}) for each in lost)


def _is_one(number: Quantity) -> bool:
    """A year, a day: a rate, and no number."""
    return number.low == number.high == 1 or number.number.rough


def _is_count(number: Quantity) -> bool:
    small = number.low == number.high and 1 <= number.low <= _MOST_COUNTED
    return small and not number.ordinal and number.unit.kind in (*COUNTS, BARE)


def _other_letters(asked: Asked, reviewed: Asked) -> bool:
    return bool(asked.letters and reviewed.letters) and asked.letters != reviewed.letters


def _denials(folded: str) -> tuple[int, int]:
    """How many words of a question plainly deny, and how many lean that way."""
    kept_out = [each.span() for each in _KEEPS_OUT.finditer(folded)]
    rest = [each for each in negators(folded) if not any(a < each.end and each.start < b for a, b in kept_out)]
    plain = sum(each.denial is Denial.PLAIN for each in rest)
    return plain + len(kept_out), len(rest) - plain


def _lettered(question: str) -> frozenset[str]:
    """The letters that stand for a grade or a company, alone or beside what they name; no article."""
    return frozenset((*(letter for _, letter in letters(question)), *_ALONE.findall(question)))


def _opposite(asked: Asked, reviewed: Asked) -> bool:
    return opposite(asked.bag, reviewed.bag)


_DIFFERENCES = (_other_accounts, _other_wish, _other_polarity, _other_numbers, _other_letters, _opposite)


def _names_differ(asked: Asked, reviewed: Asked, glossary: Glossary) -> bool:
    """Whether one names somebody or something that the other does not; told last, as it takes longest."""
    both = ((asked.text, reviewed.text), (reviewed.text, asked.text))
    strange = (name for one, other in both for name in foreign_names(one, (other,), (), (), glossary))
    compared = " ".join(asked.accounts)
    return any(name not in compared and not alike(bag_of(fold(name)).strip()) for name in strange)


def _units(folded: str, concepts: Collection[Concept]) -> Iterator[Unit]:
    """The terms of the field that a question names, then its other words; one that is both is the term."""
    covered: set[str] = set()
    for concept in concepts:
        name = max(concept.surface, key=len)
        if concept.surface & _ENGLISH_ASKING or _ASKING.fullmatch(name):
            continue
        covered |= concept.surface
        single = all(part in name for part in concept.surface)
        others = frozenset((*concept.translations, *concept.aliases)) | (alike(name) if single else frozenset())
        told = any(map(tells, (name,) if single else concept.surface))
        yield Unit(tuple(sorted(concept.surface)), others, _KNOWN if told else _GENERIC)
    for word in dict.fromkeys(_words(folded)):
        if word in covered or word in _ENGLISH_ASKING or _ASKING.fullmatch(word):
            continue
        forms = alike(word)
        yield Unit((word,), forms, (_KNOWN if forms else _UNKNOWN) if tells(word) else _GENERIC)


def _words(folded: str) -> Iterator[str]:
    """The content words: Chinese as it is written, English by its stem."""
    for each in words(apart(folded)):
        yield each if has_han(each) else bag_of(each).strip()
