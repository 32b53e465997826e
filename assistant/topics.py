"""What a question is about: its terms, each known in English, simplified and traditional alike."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.review import topic_words
from knowledge.glossary import Concept, Glossary
from knowledge.language import bag, fold, has_han, needle

_CONCEPT, _WORD_OF_ITS_OWN = 1.0, 0.6
# Words of many questions, folded and stemmed, that tell nothing of what one is about.
_GENERIC = frozenset(
    """客户 顾客 公司 企业 人 一个 这个 那个 哪个 几个 多长时间 时间 时候 需要 应该 可以 没有 怎么办 我要 一下 今年
    custom account client compani firm busi peopl need want make take get say much mani one two three time year way long
    often after befor itself come keep someth rather per""".split()
)
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:['\u2019][A-Za-z\u00c0-\u024f]+)*")


@dataclass(frozen=True, slots=True)
class Term:
    """What a question is about, folded, as the asker `said` it, with all `forms` that say the same in any writing."""

    name: str
    said: str
    forms: frozenset[str]
    weight: float

    def means(self, other: "Term") -> bool:
        """Whether two terms say the same."""
        return self.name in other.forms or other.name in self.forms

    def stands(self, text_bag: str) -> bool:
        """Whether a bag has it in some writing."""
        return any(all(needle(part) in text_bag for part in form.split()) for form in self.forms)


@lru_cache(maxsize=8192)
def terms_of(question: str, glossary: Glossary) -> tuple[Term, ...]:
    """What a question is about, each thing once: the terms of the field that it names, then its other words."""
    folded = fold(question)
    found: dict[str, Term] = {}
    covered: set[str] = set()
    for concept in glossary.concepts(question):
        covered |= concept.surface
        name = _name(concept, folded)
        forms = frozenset((name, *map(_sorted, (*concept.translations, *concept.aliases))))
        found.setdefault(name, Term(name, _said(name, question, folded), forms, _CONCEPT))
    named = "".join(name for name in found if has_han(name))
    for word in topic_words(question):
        name = word if has_han(word) else bag(word).strip()
        if name and name not in covered and word not in named:
            found.setdefault(name, Term(name, _said(name, question, folded), frozenset((name,)), _WORD_OF_ITS_OWN))
    return tuple(term for name, term in found.items() if name not in _GENERIC)


def _sorted(form: str) -> str:
    return form if has_han(form) else " ".join(sorted(form.split()))


def _name(concept: Concept, folded: str) -> str:
    """A concept by the stems it was named by; the parts of a Chinese one overlap and are put together again."""
    others = sorted(each for each in concept.surface if not has_han(each))
    chinese = sorted(concept.surface.difference(others))
    pairs = "".join("+" if pair in chinese else " " for pair in map("".join, pairwise(folded)))
    runs = (folded[run.start() : run.end() + 1] for run in re.finditer(r"\++", pairs))
    return " ".join((*others, *([max((*chinese, *runs), key=len)] if chinese else ())))


def _said(name: str, question: str, folded: str) -> str:
    """A term in the words of the question."""
    if has_han(name):
        found = re.search(r"\s*".join(map(re.escape, name.split())), folded)
        return question[slice(*found.span())] if found and len(folded) == len(question) else name
    stems = name.split()
    return " ".join(dict.fromkeys(each for each in _WORD.findall(question) if bag(each).strip() in stems)) or name
