"""Advice is the coach's own and checked against nothing, so it may state no fact."""

import re
from collections.abc import Collection

from assistant.gates.dates import missing_dates
from assistant.gates.quantities import missing_quantities
from assistant.gates.surface import characters_reason, link_reason
from assistant.reasons import Reason
from assistant.understand import accounts_named
from knowledge.language import fold

# Up to three of something is a manner of speaking, unless it is money, time or a share; so is the lowest of grades.
_SMALL = re.compile(r"(?:[1-3]|one|two|three|[一两二三])\s*[个次位条件份项名人点种家步级]?")
# A grade that the asker spoke of is theirs.
_GRADE = re.compile(r"[a-z]\s*[级类]|\b(?:tier|grade|class)\s*[a-z]\b")
# What was said and who agreed to it, and the approved slides, speak of something without stating it.
_REFERS = re.compile(
    r"\b(?:what|whatever|who|whom|which)\s+(?:\w+\s+){0,2}?"
    r"(?:(?:was|were|had|did)\b(?:\s+(?:said|told|agreed|promised|approved|signed|decided)\b)?"
    r"|(?:said|told|agreed|promised|approved|signed)\b)"
    r"|\bgets? lost\b|\b(?:the|an?|own|your|their|our|its|any)\s+"
    r"(?:reported|approved|agreed|promised|confirmed|signed)\s+(?=[a-z]{4})"
)
# This year and next week are a manner of speaking as well.
_CALENDAR = re.compile(r"\d|[一二三四五六七八九十]月|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)")
# The year before and doubling up are manners of speaking too.
_SPOKEN = re.compile(r"(?:前|近|最近|过去|上|这|那|每)一(?:年|个月|周|季度?)|\bdoubl(?:e|es|ing) up\b")
_QUOTED = re.compile(r"[\u201c\u300c\u300e\"][^\u201d\u300d\u300f\"]{8,}[\u201d\u300d\u300f\"]")
_ASKS = re.compile(r"\?|\b(?:ask|whether|if|find out|check)\b|是否|有没有|问|确认(?!了)|核实")
_RECORD = re.compile(
    r"""\b(?:was|were|had|did|signed|bought|paid|confirmed|agreed|promised|approved|rejected|won|lost|decided|said|told
          |reported|already|yesterday|last\ (?:week|month|quarter|year)|according\ to)\b
      | 已经|曾|去年|上个?月|上周|昨天|根据|据说|(?:签|买|付|同意|批准|答应|承诺|拒绝|确认|说)[了过]
    """,
    re.VERBOSE,
)


def advice_reason(
    text: str, accounts: Collection[str], known_accounts: Collection[str], question: str = ""
) -> Reason | None:
    """Why a piece of advice is dropped: a link, deceiving characters, or ADVICE_FACT.

    A fact is any number but a small count (one to three of something), any date, share, amount or
    quote, any account that was not asked about, and any statement of what happened. What it tells
    people to ask or to find out is none, nor is a grade that the `question` names.
    """
    if reason := characters_reason(text) or link_reason(text):
        return reason
    other = set(accounts_named(text, known_accounts)) - set(accounts)
    folded = fold(text)
    recorded = _RECORD.search(_REFERS.sub(" ", folded)) and not _ASKS.search(folded)
    asked = fold(question)
    numbers = (fold(each) for each in missing_quantities(_SPOKEN.sub(" ", folded), ()))
    counted = any(not (_SMALL.fullmatch(each) or (_GRADE.fullmatch(each) and each in asked)) for each in numbers)
    dated = any(_CALENDAR.search(fold(each)) for each in missing_dates(text, ()))
    stated = other or recorded or counted or dated or _QUOTED.search(text)
    return Reason.ADVICE_FACT if stated else None
