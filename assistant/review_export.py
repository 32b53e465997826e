"""What coaches said as benchmark questions: lines for evals/questions, for a person to complete and to propose."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answers import Answer, Citation
from assistant.correction import Correction
from assistant.gates.quantities import quantities
from assistant.review import Decision, Mark, Verdict
from knowledge.access import PUBLIC, Audience

_CATEGORIES = ("single_fact", "synthesis")


def benchmark_line(
    correction: Correction, audiences: Sequence[Audience], asker: str = "", confidential: bool = False
) -> dict[str, Any] | None:
    """The benchmark question of a correction, or None where its text is not for everyone and nobody said it may go out.

    `audiences` are those of the documents it cites, as they are now. Key facts are the numbers that its quotes tell;
    where there are none, a person has to add some.
    """
    if not confidential and not all(map(_open, (correction.audience, *audiences))):
        return None
    groups = [_gold(each.citations) for each in correction.statements if each.citations]
    quotes = [span["quote"] for group in groups for span in group]
    told = " ".join(each.text for each in correction.statements if each.citations)
    return _line(correction.id, correction.question, correction.language, asker) | {
        "category": _CATEGORIES[len({span["document"] for group in groups for span in group}) > 1],
        "gold": groups,
        "facts": [[each] for each in _numbers(told, quotes)],
        "group": correction.answer,
    }


def benchmark_line_of(
    verdict: Verdict, answer: Answer, audiences: Sequence[Audience], asker: str = "", confidential: bool = False
) -> dict[str, Any] | None:
    """The benchmark question of a verdict without a correction: what was right is gold; nothing where nothing was.

    A rejected answer has no gold, and `why` says what the coach wrote.
    """
    if not confidential and not all(map(_open, audiences)):
        return None
    right = [
        claim.citations
        for number, claim in enumerate(answer.claims)
        if claim.citations and verdict.marks.get(number, _unmarked(verdict)) is Mark.RIGHT
    ]
    groups = [_gold(each) for each in right]
    quotes = [span["quote"] for group in groups for span in group]
    return _line(verdict.answer, answer.question, answer.language, asker) | {
        "category": _CATEGORIES[len(groups) > 1] if groups else "unanswerable",
        "gold": groups,
        "facts": [[each] for each in _numbers(" ".join(quotes), quotes)],
        "group": verdict.answer,
        "why": "" if groups else verdict.reason,
    }


def to_complete(line: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person has to do before the line is a good benchmark question; nobody has read it as one yet."""
    if not line["gold"]:
        return ("gold, facts and category, if the library does answer this; else why: what it lacks",)
    several = len(line["gold"]) > 1
    keep = ("gold and facts: keep what a full answer to the question needs, and nothing else",) if several else ()
    facts = () if line["facts"] else ("facts: what a right answer must state, in words that its quotes have",)
    return (*facts, *keep)


def _unmarked(verdict: Verdict) -> Mark:
    """What an approval says of claims that were not marked one by one."""
    return Mark.RIGHT if verdict.decision is Decision.APPROVE else Mark.UNSUPPORTED


def _open(audience: Audience) -> bool:
    return PUBLIC in audience.names


def _line(origin: str, question: str, language: str, asker: str) -> dict[str, Any]:
    said = {"language": language, "question": question, "asker": asker, "paraphrases": [], "why": ""}
    return {"id": f"review-{origin}", **said, "origin": f"review {origin}"}


def _gold(citations: Sequence[Citation]) -> list[Mapping[str, str]]:
    """A document is named by its folder and file, as questions name those of a library."""
    return [{"document": "/".join(each.source.split("/")[-2:]), "quote": each.quote} for each in citations]


def _numbers(told: str, quotes: Sequence[str]) -> list[str]:
    """The numbers of a text that stand in its quotes as they are written."""
    written = (each.surface.strip() for each in quantities(told) if not each.weak)
    return list(dict.fromkeys(each for each in written if each and any(each in quote for quote in quotes)))
