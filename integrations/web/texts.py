"""The words around everything, in the reader's language; each section of pages brings its own beside these."""

from collections.abc import Iterable, Mapping

from assistant.questions import Language
from integrations.web.console import Words

LANGUAGES: Mapping[Language, str] = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}

FRAME: Words = {
    "product": ("Account Coach", "客户教练", "客戶教練"),
    "skip": ("Skip to the content", "跳到正文", "跳到正文"),
    "menu": ("Sections", "栏目", "欄目"),
    "language": ("Language", "语言", "語言"),
    "you": ("you", "您", "您"),
    "signed_in_as": ("Signed in as {person}", "当前用户：{person}", "目前使用者：{person}"),
    "sign_out": ("Sign out", "退出登录", "登出"),
    "coach": ("coach", "教练", "教練"),
    "send": ("Send", "提交", "送出"),
    "back": ("Back", "返回", "返回"),
    "page_previous": ("Previous", "上一页", "上一頁"),
    "page_next": ("Next", "下一页", "下一頁"),
    "keys": ("Keyboard", "键盘操作", "鍵盤操作"),
    "keys_on": ("Single keys work as shortcuts", "启用单键快捷键", "啟用單鍵快捷鍵"),
    "keys_find": ("{key}: to the main field", "{key}：转到主输入框", "{key}：移到主輸入框"),
    "keys_move": ("{key}: next or previous item", "{key}：下一项或上一项", "{key}：下一項或上一項"),
    "not_found": ("There is no such page", "没有这个页面", "沒有這個頁面"),
    "not_found_why": (
        "It may have been moved or withdrawn, or it is not open to you.",
        "它可能已被移动或撤回，或者未对您开放。",
        "它可能已被移動或撤回，或者未對您開放。",
    ),
    "stale_form": ("This form is too old", "表单已失效", "表單已失效"),
    "stale_form_why": (
        "Open the page again and send it once more.",
        "请重新打开页面后再提交一次。",
        "請重新開啟頁面後再送出一次。",
    ),
    "too_large": ("This is too long", "内容太长", "內容太長"),
    "too_large_why": ("Shorten it and send it again.", "请缩短后再提交。", "請縮短後再送出。"),
    "busy": ("The library cannot be used right now", "资料库暂时无法使用", "資料庫暫時無法使用"),
    "busy_why": (
        "It is busy or cannot be opened. Try again in a moment.",
        "它正忙或无法打开，请稍后再试。",
        "它正忙碌或無法開啟，請稍後再試。",
    ),
    "failed": ("Something went wrong on our side", "我们这边出了问题", "我們這邊出了問題"),
    "failed_why": (
        "Nothing you did. Try again; if it stays, tell whoever runs the coach.",
        "这不是您的问题。请再试一次；如仍不行，请告诉管理员。",
        "這不是您的問題。請再試一次；如仍不行，請告訴管理員。",
    ),
}
_COLUMN = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def together(parts: Iterable[Words]) -> Words:
    """The words of all sections. Raises ValueError for a key that means two things."""
    found: dict[str, tuple[str, str, str]] = {}
    for words in parts:
        if twice := found.keys() & words.keys():
            raise ValueError(f"two sections have words for {sorted(twice)[0]}")
        found |= words
    return found


def phrase(words: Words, what: str, language: Language, **values: object) -> str:
    """A phrase in a language, its {names} filled in."""
    return words[what][_COLUMN[language]].format(**values)


def chosen(header: str) -> Language:
    """The language that a browser asks for by Accept-Language; English when it asks for none of ours."""
    for tag in _by_preference(header):
        if tag.startswith("zh"):
            parts = set(tag.split("-"))
            return "zh-Hant" if {"hant", "tw", "hk", "mo"} & parts and "hans" not in parts else "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return "en"


def _by_preference(header: str) -> list[str]:
    """The tags of an Accept-Language, the most wanted first."""
    weighed = []
    for each in header.lower().split(",")[:20]:
        tag, _, weight = each.partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda pair: pair[0]) if weight < 0]


def spoken(raw: str) -> Language | None:
    """A language by its code, or None."""
    return next((each for each in LANGUAGES if each == raw), None)
