"""The words around quotes, in the reader's language and script. Quotes stay as their source has them."""

from assistant.questions import Language

_WORDS: dict[str, tuple[str, str, str]] = {
    "rule": ("What the playbook says", "打法手册怎么说", "打法手冊怎麼說"),
    "fact": ("What this account's own record says", "这个客户自己的记录", "這個客戶自己的紀錄"),
    "precedent": ("What another case did", "别的案例怎么做", "別的案例怎麼做"),
    "advice": ("The coach's suggestion", "教练建议", "教練建議"),
    "next_steps": ("Next steps the playbook lists", "手册列出的下一步", "手冊列出的下一步"),
    "questions": ("Questions to ask", "可以问的问题", "可以問的問題"),
    "sources": ("Sources", "来源", "來源"),
    "sources_differ": ("Sources differ: {about}", "各来源说法不同：{about}", "各來源說法不同：{about}"),
    "named_only": (
        "“{about}” is named in the sources but not described there.",
        "资料里只提到“{about}”，没有说明它的内容。",
        "資料裡只提到「{about}」，沒有說明它的內容。",
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
    "page": ("p. {page}", "第 {page} 页", "第 {page} 頁"),
    "empty_library": (
        "The library is empty: add documents with `coach ingest PATH`.",
        "资料库是空的：请先用 `coach ingest 路径` 加入文档。",
        "資料庫是空的：請先用 `coach ingest 路徑` 加入文件。",
    ),
}
_COLUMN = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def say(what: str, language: Language, **values: object) -> str:
    """A phrase in a language, its {names} filled in."""
    return _WORDS[what][_COLUMN[language]].format(**values)
