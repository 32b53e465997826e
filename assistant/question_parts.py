"""A question taken apart into what is compared: its words as concepts, its accounts, numbers, letters and denials."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.gates.counting import Quantity
from assistant.gates.labels import letters
from assistant.gates.negators import Denial, negators
from assistant.gates.quantities import quantities
from assistant.question_kinds import Wants, wanted
from assistant.question_words import Item, Rows, items, known, scale_of, weight_of
from assistant.understand import accounts_named
from knowledge.glossary import Glossary
from knowledge.language import bag_of, fold, has_han, is_han, query_terms

_SHORT_NAME = 4
_SPELT = re.compile(r"[a-z0-9]+|[^\x00-\x7f]")
_ALONE = re.compile(r"(?<![A-Za-z0-9])(?<!^)(?<![:,.] )[B-HJ-Z](?![A-Za-z0-9'])")
_KEEPS_OUT = re.compile(r"\b(?:stay|keep|steer) (?:out|away|clear) (?:of|from)\b|\boff limits\b|\brefrain\b")
_OF_OTHERS = re.compile(r"(?:that|which) (?:the )?others? (?:do|does|did)(?:n't| not)|别人没有的?|其他\S{0,3}没有的?")
_DENIES = re.compile(r"[不没无未别]|\b(?:not|no|never|non|un|cannot)|n't")
_BARE_DENIALS = frozenset(("没有", "no", "without"))

Key = int | frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or term of a question that says something of its subject: any of its keys says it."""

    weight: float
    keys: frozenset[Key]
    scale: str
    role: bool
    text: str = ""
    """The word itself, if no row lists it and it is Chinese: another may be longer."""

    def stands(self, keys: frozenset[Key], folded: str) -> bool:
        """Whether a question has it in some writing."""
        return not self.keys.isdisjoint(keys) or (self.text != "" and self.text in folded)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart, to be compared with many; `stated` is what its statements say too."""

    text: str
    folded: str
    words: tuple[str, ...]
    units: tuple[Unit, ...]
    keys: frozenset[Key]
    accounts: frozenset[str]
    wants: frozenset[Wants]
    denials: tuple[int, int]
    numbers: tuple[Quantity, ...]
    letters: frozenset[str]
    deeds: tuple[tuple[int, Rows], ...] = ()
    """Each role, and the word nearest to it that says what it does."""
    stated: frozenset[Key] = frozenset()
    said: str = ""


def taken_apart(question: str, accounts: Collection[str], glossary: Glossary, statements: Iterable[str] = ()) -> Asked:
    """A question, or a reviewed one with the statements that answer it; `accounts` are all that its reader may know."""
    folded, named = fold(question), _accounts(question, accounts)
    found = items(question, _written(named))
    told = tuple(dict.fromkeys(each for each in found if each.weight and not _is_named(each, named)))
    units, keys = _units(told, question, glossary)
    said = "\n".join(statements)
    stated = _units(items(said, named), said, glossary)[1] if said else frozenset()
    return Asked(
        question,
        folded,
        tuple(_SPELT.findall(folded)),
        units,
        keys,
        frozenset(named),
        wanted(question),
        _denials(folded, told),
        tuple(each for each in quantities(question) if not each.weak),
        _lettered(question),
        _deeds(found),
        keys | stated,
        f"{folded}\n{fold(said)}",
    )


def _accounts(question: str, accounts: Collection[str]) -> tuple[str, ...]:
    """The accounts named in full or by how their name begins, if that is no other's and no word besides."""
    named, folded = accounts_named(question, accounts), fold(question)
    unlisted = {each.text for each in items(question, named) if not each.rows and len(each.text) > 1}
    heads = {head for each in accounts if (head := _head(each)) and head in folded}
    short = ([each for each in accounts if _begins(fold(each), word)] for word in unlisted | heads)
    return tuple(dict.fromkeys((*named, *(found[0] for found in short if len(found) == 1))))


def _begins(name: str, word: str) -> bool:
    return name.startswith(word) if has_han(word) else len(word) >= _SHORT_NAME and name.split()[0] == word


def _head(account: str) -> str:
    """What a Chinese name begins with, which stands for it: the first two of four characters or more."""
    name = fold(account)
    return name[:2] if is_han(name[:2]) and len(name) >= _SHORT_NAME and not known(name[:2]) else ""


def _written(named: Collection[str]) -> tuple[str, ...]:
    return (*named, *filter(None, map(_head, named)))


def _is_named(item: Item, named: Collection[str]) -> bool:
    """Whether an unlisted word is part of the name of an account."""
    return not item.rows and any(item.text in fold(name) for name in named)


def _units(found: Collection[Item], text: str, glossary: Glossary) -> tuple[tuple[Unit, ...], frozenset[Key]]:
    """The units of a text, and every key it has; the glossary knows a term in other writings."""
    terms = [(each.surface, _names(each.translations), _names(each.aliases)) for each in glossary.concepts(text)]
    units: list[Unit] = []
    keys: set[Key] = set()
    for item in found:
        own: set[Key] = {*item.rows, *([] if item.rows else [_key(item.text)])}
        # A place on a scale is that place alone, whatever the glossary takes it for.
        wider = (
            [] if scale_of(item.rows) else [names | more for surface, names, more in terms if _covers(surface, item)]
        )
        wide = frozenset(own.union(*wider))
        # A compound is as good as its parts: who visits whom may be said apart.
        units += [Unit(weight_of(rows), wide | rows, scale_of(rows), False) for rows in _apart(item)] or [
            _unit(item, wide)
        ]
        keys |= own.union(*item.parts)
    keys |= {surface for surface, _, _ in terms}
    return tuple(units), frozenset(keys)


def _apart(item: Item) -> tuple[Rows, ...]:
    return () if item.facet == "role" else item.parts


def _unit(item: Item, keys: frozenset[Key]) -> Unit:
    unlisted = not item.rows and has_han(item.text) and len(item.text) > 1
    return Unit(item.weight, keys, scale_of(item.rows), item.facet == "role", item.text if unlisted else "")


def _covers(surface: frozenset[str], item: Item) -> bool:
    """Whether a term of the glossary is this word; of a word that is not listed, whether it is part of the term."""
    parts = _key(item.text)
    return parts == surface if item.rows else parts <= surface


@lru_cache(maxsize=65536)
def _key(term: str) -> frozenset[str]:
    """A term as it is compared: what it consists of."""
    return frozenset(query_terms(term) if has_han(term) else bag_of(term).split()) or frozenset((term,))


def _names(forms: Collection[str]) -> frozenset[Key]:
    return frozenset(_key(each) if has_han(each) else frozenset(each.split()) for each in forms)


def _denials(folded: str, told: Collection[Item]) -> tuple[int, int]:
    """How many words of a question plainly deny, and how many lean that way; what a concept says counts no more."""
    folded = _OF_OTHERS.sub(" ", folded)
    forbidden = any(each.facet == "denial" for each in told)
    for each in told:
        if len(each.text) > 1 and (each.facet == "denial" or _is_concept_of_denial(each)):
            folded = folded.replace(each.text, " ")
    kept_out = [each.span() for each in _KEEPS_OUT.finditer(folded)]
    rest = [each for each in negators(folded) if not any(a < each.end and each.start < b for a, b in kept_out)]
    plain = sum(each.denial is Denial.PLAIN for each in rest)
    return plain + (len(kept_out) or forbidden), len(rest) - plain


def _is_concept_of_denial(item: Item) -> bool:
    """Gone quiet is no answer: such a word says what happened, and denies nothing that was asked."""
    return bool(item.rows) and item.text not in _BARE_DENIALS and _DENIES.search(item.text) is not None


def _lettered(question: str) -> frozenset[str]:
    """The letters that stand for a grade or a company, alone or beside what they name; no article."""
    return frozenset((*(letter for _, letter in letters(question)), *_ALONE.findall(question)))


def _deeds(found: Collection[Item]) -> tuple[tuple[int, Rows], ...]:
    """What each role does: the deed nearest to it, of two as near the one behind; roles in a row do the same."""
    roles: list[tuple[int, int]] = []
    acts: list[tuple[int, Rows]] = []
    at, last = 0, ""
    for each in found:
        at += not each.facet == last == "role"
        last = each.facet
        if each.facet == "role":
            roles += [(at, row) for row in each.rows]
        elif each.facet in ("light", "core"):
            acts.append((at, each.rows))
    if not acts:
        return ()
    return tuple((row, min(acts, key=lambda act: (abs(act[0] - at), -act[0]))[1]) for at, row in roles)
