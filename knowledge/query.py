"""A question as the terms it is searched by, and what a text has of them."""

from dataclasses import dataclass

from knowledge.glossary import Glossary
from knowledge.language import has_han, needle, query_terms

# A translation counts like the asker's own word, a synonym less: it may mean something else.
TRANSLATED = 1.0
ALIAS_CHINESE = 0.7
ALIAS_ENGLISH = 0.15


@dataclass(frozen=True, slots=True)
class Group:
    """Terms any of which will do: a term of the question, or a concept in its other writings.

    `stands_for` are the question's own terms that a translation replaces (empty for those).
    The index that was searched fills in how rare it is, and whether it is `known` there at all.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    stands_for: frozenset[str] = frozenset()
    idf: float = 1.0
    known: bool = True

    def present(self, bag: str) -> bool:
        """Whether any of the terms stands in a bag."""
        return any(needle(term) in bag for term in self.terms)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; `groups` is empty when a question has no content words."""

    text: str
    groups: tuple[Group, ...]

    @property
    def own(self) -> tuple[Group, ...]:
        """The groups of the question's own terms, without what the glossary added."""
        return tuple(each for each in self.groups if not each.stands_for)

    def overlap(self, bag: str) -> float:
        """The summed weight of everything asked for that stands in a bag."""
        return sum(each.weight * each.idf for each in self.groups if each.present(bag))

    def coverage(self, bag: str) -> float:
        """The share, 0 to 1, of the question's own content (by idf) that stands in a bag."""
        found = [each for each in self.groups if each.present(bag)]
        covered = {term for each in found for term in (each.stands_for or each.terms)}
        own = self.own
        total = sum(each.weight * each.idf for each in own)
        return sum(each.weight * each.idf for each in own if each.terms[0] in covered) / total if total else 0.0

    def unknown(self) -> float:
        """The share, 0 to 1, of the question's own content that the library has in no writing."""
        own = self.own
        elsewhere = {term for each in self.groups if each.stands_for and each.known for term in each.stands_for}
        total = sum(each.weight * each.idf for each in own)
        missing = (each for each in own if not each.known and each.terms[0] not in elsewhere)
        return sum(each.weight * each.idf for each in missing) / total if total else 0.0


def understand(text: str, glossary: Glossary, context: str = "") -> Query:
    """The query for a question; `context` (the turn before a follow-up) counts as much.

    An English word and its translations are one group: a stray English word in a Chinese document,
    rare as it is there, must not outweigh what the document says in Chinese.
    """
    text, context = (each.encode(errors="replace").decode() for each in (text, context))
    own = {term: Group((term,)) for term in (*query_terms(text), *query_terms(context))}
    wider: list[Group] = []
    for concept in glossary.concepts(f"{text}\n{context}" if context else text):
        word = next(iter(concept.surface)) if len(concept.surface) == 1 else ""
        if word in own and not has_han(word):
            own[word] = Group((word, *concept.translations))
        elif concept.translations:
            wider.append(Group(concept.translations, TRANSLATED, concept.surface))
        if concept.aliases:
            weight = ALIAS_CHINESE if has_han(concept.aliases[0]) else ALIAS_ENGLISH
            wider.append(Group(concept.aliases, weight, concept.surface))
    return Query(text, tuple(dict.fromkeys((*own.values(), *wider))))
