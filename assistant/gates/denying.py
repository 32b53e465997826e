"""What a text denies, word by word: each denying word with its kind, and the words that it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.gates.clauses import Clause
from assistant.gates.negators import UN, Denial, Negator, negators
from knowledge.language import HAN, bag_of, has_han
from knowledge.mapping import Edit, edited


class Sense(Enum):
    """What a denying word says where it stands: the kinds of `Denial`, and what several words say together."""

    PLAIN = "plain"
    SOFT = "soft"
    LOW = "low"
    ONLY = "only"
    NEAR = "near"
    LEAVE = "leave"
    FAINT = "faint"
    NOT_ONLY = "not only"
    """Not ... only, 不要只: it denies nothing but the limit."""
    NOT_UNTIL = "not until"
    """Not ... until, 不要……才: only then."""
    UNTIL = "until"
    """Until without a denial before it, which says when something ends."""
    ELSE = "else"
    """Otherwise, or else, 否则: what comes if not."""


@dataclass(frozen=True, slots=True)
class Denying:
    """A denying word of a text.

    `clause` is the number of its clause there, `text` that clause, `start` and `end` its place in it;
    `scope` is what it denies, `around` its clause without plain denials (with the clause before where
    it has no words of its own), `place` how far into the text it stands, 0 to 1.
    """

    word: str
    sense: Sense
    clause: int
    text: str
    start: int
    end: int
    scope: str
    around: str
    place: float

    @property
    def behind(self) -> str:
        """The rest of its clause."""
        return self.text[self.end :]


# An English double negation: nothing but auxiliaries and articles between two denials.
_AUXILIARIES = re.compile(
    r"\s*(?:(?:has|have|had|can|could|will|would|be|been|is|was|are|do|does|did|to|a|an|one|the|any|that|yet)\s+){0,3}"
)
_WITHIN = re.compile(r"(?:un|in|im|dis)(?P<base>[a-z]{4,})|(?P<root>[a-z]{3,})less")
_CONTRARY = re.compile(r"contradict|conflict|矛盾|冲突|出入")
_FAULT = re.compile(r"wrong|mistake|bad|poor|错误|大忌|禁忌|忌讳|犯忌")
_NOUNS = re.compile(r"缺|没|未|无|毫无|欠|without|lack|no$|none|nobody|nothing|free|neither")
_JOINS = re.compile(r"\b(?:and|but)\b|而|但|、")
_UNTIL = frozenset(("until", "till", "直到", "为止"))
# These deny the verb before them.
_OBJECTS = frozenset(("nothing", "none"))
_NO_ONE = frozenset(("no", "nobody", "none", "nothing"))
_BEFORE = re.compile(r"\bbefore\b")
_EXTENDS = re.compile(r"[只仅单光]|only|just|merely|除了")
_ELSE = re.compile(
    r"\W*(?:否则|不然|要不(?!要)|otherwise"
    r"|or (?=(?:else|you|they|it|nobody|everyone|no one)\b|.*\b(?:will|would|may|might)\b))"
)
_UNLESS = re.compile(r"除非|\bunless\b")
_RESULT = re.compile(rf"[{HAN}]不")
_UNABLE = re.compile(rf"[{HAN}]不[{HAN}]")
_HAN_AFTER, _HAN_SCOPE, _WORDS_AFTER, _WORDS_BEFORE = 6, 10, 7, 6
_BARE = 4
# To leave a thing unchanged says once that it does not change.
_LEAVES_AS_IT_IS = re.compile(
    r"(?:leav(?:es?|ing)|left|ke(?:eps?|pt)|remain(?:s|ed)?)\b"
    rf"(?:(?: \S+){{1,5}}? {UN}[a-z]{{3,}}| un(?:chang|alter|touch|mov|affect)ed\b)"
)


# No point in it, so don't: one denial, and its bare order.
_POINTLESS = re.compile(r"\b(?:no|any) (?:point|use|sense|reason|need)\b.*\bso (?=(?:please )?do(?:n't| not)\s*$)")


def base(word: str) -> str:
    """What a word denies within itself: familiar of unfamiliar; empty for others."""
    found = _WITHIN.fullmatch(word)
    return (found["base"] or found["root"]) if found else ""


def contrary(word: str) -> bool:
    """Whether a word says of two things that they do not agree."""
    return _CONTRARY.match(word) is not None


def unable(word: str) -> bool:
    """Whether a denying word says that something cannot be brought about: 谈不拢."""
    return _UNABLE.fullmatch(word) is not None


def affirmed(clause: Clause) -> str:
    """A clause without its plain denials."""
    plain = (each for each in negators(clause.text) if each.denial is Denial.PLAIN)
    return edited(clause.text, [Edit(each.start, each.end, " ") for each in plain])


def denying(clauses: Sequence[Clause], affirmations: Sequence[str]) -> Iterator[Denying]:
    """The denying words of a text in clauses; `affirmations` are these without their plain denials."""
    length = max(1, sum(len(each.text) for each in clauses))
    before = 0
    for number, clause in enumerate(clauses):
        around = affirmations[number]
        if number and _bare(around) and clauses[number - 1].sentence == clause.sentence:
            around = f"{affirmations[number - 1]} {around}"
        for word, sense, start, end in _senses(clause.text):
            if sense is Sense.ELSE and number and _UNLESS.search(clauses[number - 1].text):
                continue  # unless, otherwise: one condition in two words
            scope = _scope(clause.text, start, end)
            yield Denying(word, sense, number, clause.text, start, end, scope, around, (before + start) / length)
        before += len(clause.text)


def _bare(text: str) -> bool:
    """Whether a clause has next to no words of its own."""
    return len(bag_of(text).replace(" ", "")) <= _BARE


_Found = tuple[str, Sense, int, int]


def _senses(text: str) -> Iterator[_Found]:
    """The denying words of a clause, those taken together that say one thing."""
    found = [
        each for each in _without_double(list(negators(text)), text) if not _LEAVES_AS_IT_IS.match(text, each.start)
    ]
    taken = [_joined(each, found[at + 1 :], text) for at, each in enumerate(found)]
    used = {other.start for _, other in taken if other}
    if (bare := _POINTLESS.search(text)) and len(found) > 1:
        used |= {each.start for each in found if each.start >= bare.end()}
    if _ELSE.match(text):
        yield "", Sense.ELSE, 0, 0
        used |= {each.start for each in found if text[each.start : each.end] == "otherwise"}
    for each, (sense, _) in zip(found, taken, strict=True):
        if each.start not in used:
            yield text[each.start : each.end], sense, each.start, each.end


def _without_double(found: list[Negator], text: str) -> list[Negator]:
    """The denials of a clause but for those that undo one another: not unable, no one has not, 不矛盾."""
    kept: list[Negator] = []
    for each in found:
        if kept and _undone(kept[-1], each, text):
            kept.pop()
        else:
            kept.append(each)
    return kept


def _undone(one: Negator, other: Negator, text: str) -> bool:
    word = text[other.start : other.end]
    within = base(word) or contrary(word) or word.endswith("-free") or _FAULT.fullmatch(word)
    inner = within or (other.denial is Denial.PLAIN and word.isascii())
    near = one.denial is Denial.PLAIN and _AUXILIARIES.fullmatch(text, one.end, other.start)
    return bool(inner and near and text[one.start : one.end].isascii() == word.isascii())


def _joined(each: Negator, behind: Sequence[Negator], text: str) -> tuple[Sense, Negator | None]:
    """What a word says where it stands, and the word behind it that it says it with."""
    word = text[each.start : each.end]
    if each.denial is Denial.ONLY and word in _UNTIL:
        return Sense.UNTIL, None
    if each.denial is Denial.SOFT and _EXTENDS.search(word):
        return Sense.NOT_ONLY, None
    if each.denial is Denial.PLAIN and not _NOUNS.match(word):
        only = next((other for other in behind if other.denial is Denial.ONLY), None)
        if only and not _JOINS.search(text, each.end, only.start):
            until = text[only.start : only.end] in _UNTIL | {"才"}
            return (Sense.NOT_UNTIL if until else Sense.NOT_ONLY), only
        if _BEFORE.search(text, each.end):
            return Sense.NOT_UNTIL, None
    if each.denial is Denial.PLAIN and word in _NO_ONE:
        ends = next((other for other in behind if text[other.start : other.end] in _UNTIL), None)
        if ends or _BEFORE.search(text, each.end):
            return Sense.NOT_UNTIL, ends
    return Sense(each.denial.value), None


def _scope(text: str, start: int, end: int) -> str:
    """What a denying word is about: what follows it in its clause, or what precedes it where nothing does."""
    word, after = text[start:end], text[end:]
    after = f"{base(word)} {after}" if base(word) else after
    if word in _OBJECTS:
        after = f"{' '.join(text[:start].split()[-1:])} {after}"
    after = after[:_HAN_SCOPE] if has_han(after[:_HAN_AFTER]) else " ".join(after.split()[:_WORDS_AFTER])
    scope = ((word[0] if _RESULT.match(word) else "") + after).strip()
    if bag_of(scope).strip():
        return scope
    before = text[:start]
    return before[-_HAN_SCOPE:] if has_han(before[-_HAN_AFTER:]) else " ".join(before.split()[-_WORDS_BEFORE:])
