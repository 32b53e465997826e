"""Two arms, one order: what words say and what vectors say of the same passages, weighed.

Scores are weighed, not ranks: a weak arm with an equal say in ranks costs far more than it brings. The shares
follow measurements with a small English model (0.3 to 0.5 help English single facts and paraphrases; any share
of a model that knows no Chinese costs Chinese), so a model that is good at both may be given more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.language import has_han
from knowledge.ports import Scored

# Stretching differences smaller than this would weigh noise.
_ABOUT_THE_SAME = 0.01


@dataclass(frozen=True, slots=True)
class Shares:
    """What vectors count, from 0 to 1, by the language a question is asked in; words count the rest."""

    english: float = 0.3
    chinese: float = 0.2

    def of(self, question: str) -> float:
        """The share for a question; Chinese as soon as it has a Chinese character."""
        return self.chinese if has_han(question) else self.english


def fuse(lexical: Sequence[Scored], near: Mapping[str, float], share: float) -> list[Scored]:
    """The passages of both arms, best first, with relevances above 0 and up to 1.

    `lexical` is best first; `near` has cosines by passage. Words count by their part of the best
    score, cosines by their place between the lowest and the highest: models differ in what they
    call near. A passage of `lexical` that has no cosine yet is judged by its words alone.
    """
    best = max((each.relevance for each in lexical), default=0.0)
    words = {each.passage: each.relevance / best for each in lexical if best > 0}
    fused = [*_weighed(lexical, words, _spread(near), share), *_only_near(words, _spread(near), share)]
    return sorted((each for each in fused if each.relevance > 0), key=lambda each: (-each.relevance, each.passage))


def _weighed(
    lexical: Sequence[Scored], words: Mapping[str, float], near: Mapping[str, float], share: float
) -> Iterator[Scored]:
    for each in lexical:
        said = words.get(each.passage, 0.0)
        yield replace(each, relevance=(1 - share) * said + share * near.get(each.passage, said))


def _only_near(words: Mapping[str, float], near: Mapping[str, float], share: float) -> Iterator[Scored]:
    """Passages that no word led to; whoever shows them makes their bags."""
    return (Scored(passage, share * score, "") for passage, score in near.items() if passage not in words)


def _spread(near: Mapping[str, float]) -> dict[str, float]:
    """Cosines stretched to 1 for the highest and 0 for the lowest, unless all of them are about the same."""
    high = max(near.values(), default=0.0)
    width = max(high - min(near.values(), default=0.0), _ABOUT_THE_SAME)
    return {passage: 1.0 - (high - each) / width for passage, each in near.items()}
