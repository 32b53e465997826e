"""The words around quotes, in the reader's language and script. Quotes stay as their source has them."""

from assistant.answers import Answer, Claim, ClaimKind, Reviewed
from assistant.errors import Failure
from assistant.questions import Language
from knowledge.language import words

_WORDS: dict[str, tuple[str, str, str]] = {
    "rule": ("What the playbook says", "打法手册怎么说", "打法手冊怎麼說"),
    "fact": ("What this account's own record says", "这个客户自己的记录", "這個客戶自己的紀錄"),
    "precedent": ("What another case did", "别的案例怎么做", "別的案例怎麼做"),
    "advice": ("The coach's suggestion", "教练建议", "教練建議"),
    "reviewed": ("Reviewed by {coach} on {on}", "由 {coach} 审阅，{on}", "由 {coach} 審閱，{on}"),
    "reviewed_as": (
        "Reviewed by {coach} on {on}, who was asked: \u201c{question}\u201d",
        "由 {coach} 审阅，{on}，当时的问题是：\u201c{question}\u201d",
        "由 {coach} 審閱，{on}，當時的問題是：「{question}」",
    ),
    "similar": (
        "Coach {coach} answered a question like this on {on}: \u201c{question}\u201d"
        " Ask it in those words to read the answer.",
        "教练 {coach} 于 {on} 回答过类似的问题：\u201c{question}\u201d用这句话提问即可查看回答。",
        "教練 {coach} 於 {on} 回答過類似的問題：「{question}」用這句話提問即可查看回答。",
    ),
    "experience": ("{coach}'s own experience", "{coach} 的个人经验", "{coach} 的個人經驗"),
    "next_steps": ("Next steps the playbook lists", "手册列出的下一步", "手冊列出的下一步"),
    "questions": ("Questions to ask", "可以问的问题", "可以問的問題"),
    "sources": ("Sources", "来源", "來源"),
    "sources_differ": ("Sources differ: {about}", "各来源说法不同：{about}", "各來源說法不同：{about}"),
    "named_only": (
        "“{about}” is named in the sources but not described there.",
        "资料里只提到“{about}”，没有说明它的内容。",
        "資料裡只提到「{about}」，沒有說明它的內容。",
    ),
    "without_model": (
        "{about}, so the sources are quoted word for word.",
        "{about}，因此直接引用原文。",
        "{about}，因此直接引用原文。",
    ),
    "broken_off": (
        "{about}. What stands above was checked; the rest is missing.",
        "{about}。以上内容均已核对，其余部分缺失。",
        "{about}。以上內容均已核對，其餘部分缺失。",
    ),
    "declined": (
        "The library does not answer this.",
        "资料库里没有能回答这个问题的内容。",
        "資料庫裡沒有能回答這個問題的內容。",
    ),
    "partial": (
        "The library answers this only in part.",
        "资料库只能回答这个问题的一部分。",
        "資料庫只能回答這個問題的一部分。",
    ),
    "searched": (
        "Searched {documents} documents for: {terms}",
        "已检索 {documents} 份文档，检索词：{terms}",
        "已檢索 {documents} 份文件，檢索詞：{terms}",
    ),
    "nearest": ("Nearest passages", "最接近的内容", "最接近的內容"),
    "owners": (
        "Who answers for the playbooks nearest to this: {owners}",
        "与此最接近的手册由谁负责：{owners}",
        "與此最接近的手冊由誰負責：{owners}",
    ),
    "open": ("Open the document", "打开文档", "開啟文件"),
    "reading": (
        "Reading {passages} passages \u2026",
        "正在阅读 {passages} 段资料\u2026",
        "正在閱讀 {passages} 段資料\u2026",
    ),
    "page": ("p. {page}", "第 {page} 页", "第 {page} 頁"),
    "empty_library": (
        "The library is empty: add documents with `coach ingest PATH`.",
        "资料库是空的：请先用 `coach ingest 路径` 加入文档。",
        "資料庫是空的：請先用 `coach ingest 路徑` 加入文件。",
    ),
}
_FAILURES: dict[Failure, tuple[str, str, str]] = {
    Failure.UNREACHABLE: ("The model cannot be reached", "模型无法连接", "模型無法連線"),
    Failure.SLOW: ("The model took too long", "模型响应超时", "模型回應逾時"),
    Failure.BUSY: ("The model is overloaded", "模型服务繁忙", "模型服務忙碌"),
    Failure.NO_QUOTA: ("The model's account has no quota left", "模型账户额度已用完", "模型帳戶額度已用完"),
    Failure.KEY: ("The model's server rejects our key", "模型服务拒绝了密钥", "模型服務拒絕了金鑰"),
    Failure.UNKNOWN: ("The server does not know this model", "服务器上没有这个模型", "伺服器上沒有這個模型"),
    Failure.REFUSED: ("The model's server refused the request", "模型服务拒绝了请求", "模型服務拒絕了請求"),
    Failure.TOO_LONG: ("This is too long for the model", "内容超出模型的长度限制", "內容超出模型的長度限制"),
    Failure.BROKEN: ("The model's reply cannot be read", "模型的回复无法解析", "模型的回覆無法解析"),
    Failure.CUT: ("The model's reply broke off", "模型的回复中断了", "模型的回覆中斷了"),
    Failure.LENGTH: (
        "The model's reply reached its limit (COACH_ANSWER_TOKENS)",
        "模型的回复达到长度上限（COACH_ANSWER_TOKENS）",
        "模型的回覆達到長度上限（COACH_ANSWER_TOKENS）",
    ),
    Failure.FILTERED: ("The model's provider withheld the reply", "模型服务方过滤了回复", "模型服務方過濾了回覆"),
    Failure.EMPTY: ("The model said nothing", "模型没有给出内容", "模型沒有給出內容"),
    Failure.FORMAT: ("The model's reply was of no use", "模型的回复格式不可用", "模型的回覆格式不可用"),
    Failure.UNPROVEN: (
        "Nothing the model wrote stood up to checking",
        "模型写的内容没有一条通过核对",
        "模型寫的內容沒有一條通過核對",
    ),
    Failure.BUDGET: ("Today's budget for the model is used up", "今天的模型用量已达上限", "今天的模型用量已達上限"),
}
_COLUMN = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def say(what: str, language: Language, **values: object) -> str:
    """A phrase in a language, its {names} filled in."""
    return _WORDS[what][_COLUMN[language]].format(**values)


def label(claim: Claim, answer: Answer) -> str:
    """What stands behind a claim; a line of a reviewed answer that no source vouches for is its coach's experience."""
    if answer.reviewed and claim.kind is ClaimKind.ADVICE and not claim.citations:
        return say("experience", answer.language, coach=answer.reviewed.coach)
    return say(claim.kind.value, answer.language)


def reviewed_by(answer: Answer) -> str:
    """By whom an answer was reviewed, when, and for what question if it was in other words; empty if by nobody."""
    by = answer.reviewed
    if by is None:
        return ""
    asked_so = words(by.question) == words(answer.question)
    return _of_coach("reviewed" if asked_so else "reviewed_as", by, answer)


def similar_to(answer: Answer) -> str:
    """That a coach answered a question like this one; empty if none did."""
    return _of_coach("similar", answer.similar, answer) if answer.similar else ""


def _of_coach(what: str, by: Reviewed, answer: Answer) -> str:
    return say(what, answer.language, coach=by.coach, on=by.on.isoformat(), question=by.question)


def because(failure: Failure, language: Language) -> str:
    """What went wrong with a model, as the beginning of a sentence."""
    return _FAILURES[failure][_COLUMN[language]]
