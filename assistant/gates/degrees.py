"""Degrees: stricter is not looser, far above not slightly above, and what no source compares stays uncompared."""

import re
from collections.abc import Sequence

from knowledge.language import fold

_OPPOSED = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            r"严格|[从更]严|\bstrict(?:er|est)?\b|\btighter\b",
            r"宽松|[较更]宽|\b(?:loose[rn]?|lenient|permissive|allows? more)\b",
        ),
        (r"[偏较更]低|低于|\blower\b", r"[偏较更]高|高于|\bhigher\b"),
        (
            r"[少小]于|更[少小]|\b(?:smaller|fewer)\b",
            r"[多大]于|更[多大]|\b(?:larger|bigger|outnumber\w*)\b",
        ),
        (
            r"远[高低大小多少]于|远超|\bfar (?:above|below|beyond|more|less)\b|\bmuch (?:more|less|higher|lower)\b",
            r"[略稍][高低大小多少微]|\b(?:slightly|a little)\b",
        ),
    )
)
_COMPARES = re.compile(
    r"超过(?![\d一二两三四五六七八九十百半])|[高低多少优]于|胜过|比[^,。]{1,20}更"
    r"|\b(?:larger|bigger|higher|lower|smaller|better|worse|faster|slower|greater|fewer|stronger|weaker|cheaper|longer"
    r"|shorter|(?:more|less) [a-z]+) than\b"
    r"|\bout(?:s[oe]ld|sell|perform|number)\w*|\bexceed(?:s|ed|ing)? (?!\d|eur|rmb|us)|\bsurpass"
)
# Numbers may be compared by whoever reads them.
_COMPARED = re.compile(
    r"\d|比(?![例如])|更|超|[高低大小多少强弱优]于|偏[高低大小]|较|胜|不如|不及|最|领先|落后"
    r"|\b(?:than|more|less|most|least|above|below|exceed\w*|over|under|beyond|best|worst|rather|instead|higher|lower|larger"
    r"|bigger|smaller|better|worse|faster|greater|fewer|stronger|cheaper|longer|shorter|first|before|[a-z]{3,}est)\b"
)


def other_degree(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim has the opposite degree of its evidence, or compares what that does not compare."""
    told, held = fold(claim), fold("\n".join(evidence))
    sides = (pair for one, other in _OPPOSED for pair in ((one, other), (other, one)))
    if any(_only(mine, other, told) and _only(other, mine, held) for mine, other in sides):
        return True
    return bool(_COMPARES.search(told)) and not _COMPARED.search(held)


def _only(said: re.Pattern[str], unsaid: re.Pattern[str], text: str) -> bool:
    return bool(said.search(text)) and not unsaid.search(text)
