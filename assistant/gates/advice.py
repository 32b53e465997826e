"""Advice is the coach's own and checked against nothing, so it may state no fact."""

import re
from collections.abc import Collection

from assistant.gates.surface import characters_reason, link_reason
from assistant.reasons import Reason
from assistant.understand import accounts_named

# Up to three of something is a manner of speaking, unless it is money, time or a share.
_SMALL = re.compile(
    r"(?:[1-3]|one|two|three|\u4e00|\u4e24|\u5169|\u4e8c|\u4e09)\s*(?:\u4e2a|\u500b|\u6b21|\u4f4d|\u6761|\u689d|\u4ef6|\u4efd|\u9879|\u9805|\u540d|\u4eba|\u70b9|\u9ede|\u79cd|\u7a2e|\u5bb6|\u6b65)?"
)
_QUOTED = re.compile(r"[\u201c\u300c\u300e\"][^\u201d\u300d\u300f\"]{8,}[\u201d\u300d\u300f\"]")
_ASKS = re.compile(r"[?\uff1f]|\b(?:ask|whether|if|find out|check)\b|\u662f\u5426|\u6709\u6ca1\u6709|\u6709\u6c92\u6709|\u95ee|\u554f|\u786e\u8ba4|\u78ba\u8a8d|\u6838\u5b9e|\u6838\u5be6")
_RECORD = re.compile(
    r"""\b(?:was|were|had|did|signed|bought|paid|confirmed|agreed|promised|approved|rejected|won|lost|decided|said|told
          |reported|already|yesterday|last\ (?:week|month|quarter|year)|according\ to)\b
      | \u5df2\u7ecf|\u5df2\u7d93|\u66fe|\u53bb\u5e74|\u4e0a\u4e2a?\u6708|\u4e0a\u500b\u6708|\u4e0a\u5468|\u4e0a\u9031|\u6628\u5929|\u6839\u636e|\u6839\u64da|\u636e\u8bf4|\u64da\u8aaa
      | (?:\u7b7e|\u7c3d|\u4e70|\u8cb7|\u4ed8|\u540c\u610f|\u6279\u51c6|\u7b54\u5e94|\u7b54\u61c9|\u627f\u8bfa|\u627f\u8afe|\u62d2\u7edd|\u62d2\u7d55|\u786e\u8ba4|\u78ba\u8a8d|\u8bf4|\u8aaa)[\u4e86\u8fc7\u904e]
    """,
    re.VERBOSE | re.IGNORECASE,
)


def advice_reason(text: str, accounts: Collection[str], known_accounts: Collection[str]) -> Reason | None:
    """Why a piece of advice is dropped: a link, deceiving characters, or ADVICE_FACT.

    A fact is any number but a small count (one to three of something), any date, share, amount or
    quote, any account that was not asked about, and any statement of what happened. What it tells
    people to ask or to find out is none.
    """
    if reason := characters_reason(text) or link_reason(text):
        return reason
    other = set(accounts_named(text, known_accounts)) - set(accounts)
    recorded = _RECORD.search(text) and not _ASKS.search(text)
    return Reason.ADVICE_FACT if other or recorded or _QUOTED.search(text) or _numbers(text) else None
