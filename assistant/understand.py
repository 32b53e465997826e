"""What a question is about: follow-ups made whole, accounts found by name, the language to answer in."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.errors import EmptyQuestion
from assistant.questions import Language, Question
from knowledge.language import fold, is_han, language_of, query_terms

_REFERS_BACK = re.compile(
    r"""^(?:and|but|so|or|also|then|what\ about|how\ about|why\ not|which\ one|anything\ else|more\b)\b
      | \b(?:it|its|they|them|their|theirs|that|those|these|this|he|she|his|her|there)\b
      | \bthe\ (?:next|other|last|first|second|third|former|latter|same|following|previous|one\ (?:after|before))\b
      | ^(?:那|那么|还有|另外|然后|接着|再|为什么呢|具体)|[它他她]们?|这[个些种样]|那[个些种样]
      | 其中|上述|前者|后者|该[^怎如]|此|刚才|上面|下一[个步]|另一[个种]
      | 第[一二三四五六七八九]个?呢|呢\s*[?？]?$""",
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:ok(?:ay)?|right|thanks|thank you|got it|fine|great|good|yes|yeah|sure|well|hm+"
    r"|好的?|嗯|谢谢|明白了?|懂了|对|行)"
    r"[\s,.!。]+"
)
_CLAUSE = re.compile(r"[,;:?!\n\u3002]|(?<=[a-z])\.(?=\s|$)")
_ASKS = re.compile(
    r"什么|哪|谁|多少|几|怎|如何|为何|是否|[吗呢啥]|能不能|要不要|该不该|可不可以|有没有|是不是|行不行|多[久长大]|列|给我"
    r"|\b(?:what|which|who|whom|whose|how|when|where|why|can|could|should|would|do|does|did|is|are|was|were"
    r"|list|explain|describe|tell|give|name)\b"
)
_FEW = 3
_OWN_WORD = 7


@dataclass(frozen=True, slots=True)
class Understood:
    """A question ready to be searched: its text, the turn it leans on, accounts it names.

    `topic` is the question without those names: what a playbook can say about it.
    """

    text: str
    context: str
    accounts: tuple[str, ...]
    language: Language
    topic: str = ""


def understand(question: Question, accounts: Collection[str], language: Language | None = None) -> Understood:
    """Read a question by rule. `accounts` are the names its reader may know.

    `language` overrides the asker's. Raises EmptyQuestion.
    """
    text = " ".join(question.text.split())
    if not text:
        raise EmptyQuestion("nothing was asked: type a question")
    context = _context(text, question)
    named = accounts_named(f"{text}\n{context}", accounts)
    topic = _without(text, [name for each in named for name in _names(tuple(sorted(accounts)))[each]])
    return Understood(text, context, named, language or question.asker.language or _language(text, question), topic)


def _context(text: str, question: Question) -> str:
    """The earlier turns a follow-up needs: the last one, and what that one leant on itself."""
    asked = [turn.text for turn in question.history if turn.role == "user" and turn.text.strip()]
    needed: list[str] = []
    current = text
    while asked and leans_back(current):
        current = asked.pop()
        needed.append(current)
    return "\n".join(needed)


def leans_back(text: str) -> bool:
    """Whether a question cannot stand alone: it points back, or holds next to nothing."""
    text = _OPENING.sub("", fold(text))
    terms = query_terms(text)
    content = [term for term in terms if not is_han(term) or len(term) == 2]
    return len(content) < _FEW or _REFERS_BACK.search(text) is not None


def asking(text: str) -> str:
    """The clauses of a question that ask, folded, without the story before them; its last clause if none does."""
    clauses = [clause for clause in _CLAUSE.split(fold(text)) if clause.strip()]
    return " ".join([clause for clause in clauses if _ASKS.search(clause)] or clauses[-1:])


def accounts_named(text: str, accounts: Collection[str]) -> tuple[str, ...]:
    """The accounts that a text names, by their whole name or what people call them for short."""
    folded = fold(text)
    known = _names(tuple(sorted(accounts)))
    return tuple(account for account, names in known.items() if any(name in folded for name in names))


@lru_cache(maxsize=16)
def _names(accounts: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """What people call each account: its name, its first two words, or a long first word that is its own."""
    words = {account: fold(account).split() for account in accounts}
    first = Counter(each[0] for each in words.values() if each)
    return {
        account: (
            " ".join(each),
            " ".join(each[:2]),
            *([each[0]] if first[each[0]] == 1 and len(each[0]) >= _OWN_WORD else []),
        )
        for account, each in words.items()
        if each
    }


def _without(text: str, names: Collection[str]) -> str:
    """A text, folded where names were taken out of it."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), " ", fold(text))


def language_of_question(text: str) -> Language:
    """The language a question is written in, when nothing else is known."""
    found = language_of(text)
    return "zh-Hans" if found == "zh-Hans" else "zh-Hant" if found == "zh-Hant" else "en"


def _language(text: str, question: Question) -> Language:
    """The question's own; one that fits both scripts takes that of the turns before."""
    found = language_of_question(text)
    before = [language_of_question(turn.text) for turn in question.history if turn.role == "user"]
    return "zh-Hant" if found == "zh-Hans" and "zh-Hant" in before and fold(text) == text else found
