"""What a model is sent: the prompt with the question and the passages, fenced as data."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.ports import Message
from assistant.prompting import prompt
from assistant.questions import Language, Question
from assistant.tokens import tokens
from knowledge.documents import Hit, Kind

LANGUAGES: Mapping[Language, str] = {
    "en": "English",
    "zh-Hans": "Simplified Chinese (\u7b80\u4f53\u4e2d\u6587)",
    "zh-Hant": "Traditional Chinese (\u7e41\u9ad4\u4e2d\u6587)",
}
_KINDS = {Kind.ACCOUNT_PLAN: "account plan", Kind.CASE_HISTORY: "case", Kind.REVIEWED_ANSWER: "reviewed answer"}
_PASSAGES = 10
_TURNS = 4
_TURN = 600


@dataclass(frozen=True, slots=True)
class Request:
    """The messages, and the passages by the numbers they have in them."""

    messages: tuple[Message, ...]
    issued: Mapping[int, Hit]

    @property
    def tokens(self) -> int:
        """An estimate of what reading it takes."""
        return sum(tokens(each.text) for each in self.messages)


def request(question: Question, language: Language, hits: Sequence[Hit], most: int) -> Request:
    """A request for a draft that takes about `most` tokens; passages that do not fit are left out, the last first."""
    delimiter = secrets.token_hex(6)
    left = most - tokens(prompt("draft").text) - tokens(question.text)
    issued: dict[int, Hit] = {}
    shown: list[str] = []
    for number, hit in enumerate(hits[:_PASSAGES], start=1):
        fenced = _fenced(number, hit, delimiter)
        left -= tokens(fenced)
        if left < 0 and issued:
            break
        issued[number] = hit
        shown.append(fenced)
    messages = prompt("draft").fill(
        delimiter=delimiter,
        language=LANGUAGES[language],
        history=_history(question),
        question=question.text,
        passages="\n\n".join(shown),
    )
    return Request(messages, issued)


def again(asked: Request, problem: str) -> Request:
    """The same once more, saying what was wrong with the first draft."""
    return Request((*asked.messages, *prompt("repair").fill(problem=problem)), asked.issued)


def _fenced(number: int, hit: Hit, delimiter: str) -> str:
    """A passage between marks that no document can know."""
    place = " \u203a ".join(filter(None, (hit.entry.title, hit.passage.heading)))
    whose = f", {hit.entry.account}" if hit.entry.account else ""
    head = " ".join(f"{place} ({_KINDS.get(hit.entry.kind, 'playbook')}{whose})".split())
    return f"<<<{delimiter} [{number}] {head}\n{hit.passage.repaired().strip()}\n{delimiter}>>>"


def _history(question: Question) -> str:
    """The last turns, for a question that leans on them."""
    turns = question.history[-_TURNS:]
    lines = (f"{'Asker' if turn.role == 'user' else 'Coach'}: {' '.join(turn.text.split())[:_TURN]}" for turn in turns)
    said = "\n".join(lines)
    return f"Said before:\n{said}\n\n" if said else ""
