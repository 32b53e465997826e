"""A question that needs it is made whole and split into searches, by one short call of the model."""

import re
import secrets
from contextlib import closing
from dataclasses import dataclass

from assistant.errors import ModelFailed
from assistant.ports import ChatModel, Usage
from assistant.prompting import prompt
from assistant.questions import Question
from assistant.tokens import tokens
from assistant.understand import leans_back

_SEVERAL = re.compile(
    r"\b(?:compare|comparison|versus|vs|differences? between|differ from|pros and cons|apply .{1,40} to|plan for)\b"
    r"|对比|比较|比一比|區別|区别|差异|差別|差别|對比|比較|差異|制定.{0,12}(?:计划|方案)|制定.{0,12}(?:計劃|方案)"
    r"|结合.{1,20}(?:客户|情况)|結合.{1,20}(?:客戶|情況)|套用到|应用到|應用到",
    re.IGNORECASE,
)
_LINE = re.compile(r"[\s>*#\-]*(QUESTION|SEARCH)[\s*]*[:\uff1a]\s*(.+)", re.IGNORECASE)
_SEARCHES = 4
_TURNS = 6
_LONGEST = 400
_SECONDS = 10.0
_WRITTEN = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole question, None where it was not made; further searches; what that took."""

    question: str | None = None
    searches: tuple[str, ...] = ()
    usage: Usage | None = None


def needed(question: Question) -> bool:
    """Whether a question leans on earlier ones, or asks for things that stand in several places."""
    leans = any(turn.role == "user" for turn in question.history) and leans_back(question.text)
    return leans or _SEVERAL.search(question.text) is not None


def plan(model: ChatModel, question: Question, seconds: float) -> Plan:
    """Ask the model; a model that fails or rambles makes no plan, and the question is read by rule."""
    messages = prompt("plan").fill(
        delimiter=secrets.token_hex(6),
        most=str(_SEARCHES),
        conversation="\n".join(f"{turn.role}: {_line(turn.text)}" for turn in question.history[-_TURNS:]),
        question=_line(question.text),
    )
    text, finish, usage = "", None, None
    try:
        with closing(model.stream(messages, min(seconds, _SECONDS), _WRITTEN)) as pieces:
            for piece in pieces:
                text += piece.text
                finish, usage = piece.finish or finish, piece.usage or usage
    except ModelFailed:
        finish = None
    used = usage or Usage(sum(tokens(each.text) for each in messages), tokens(text))
    return _read(text, used) if finish == "stop" else Plan(usage=used)


def _read(text: str, usage: Usage) -> Plan:
    lines = [match.groups() for line in text.splitlines() if (match := _LINE.fullmatch(line))]
    said = [(label.upper(), _line(rest)) for label, rest in lines if len(rest) <= _LONGEST]
    questions = [rest for label, rest in said if label == "QUESTION"]
    searches = dict.fromkeys(rest for label, rest in said if label == "SEARCH")
    return Plan(questions[0] if len(questions) == 1 else None, tuple(searches)[:_SEARCHES], usage)


def _line(text: str) -> str:
    return " ".join(text.split())
