"""Search: the passages that fit a text."""

from starlette.responses import Response

from assistant.questions import Asker, Question
from assistant.understand import understand
from integrations.web.console import Menu, Page, Section, Words
from integrations.web.visit import Visit
from knowledge.documents import Hit
from knowledge.language import whole

_TOP = 12

WORDS: Words = {
    "search": ("Search", "搜索", "搜尋"),
    "search_title": ("Search the library", "搜索资料库", "搜尋資料庫"),
    "search_label": ("What to look for", "要找什么", "要找什麼"),
    "search_hint": (
        "Words or a whole question. You find what is open to you.",
        "可以输入词语或完整的问题。只会找到对您开放的内容。",
        "可以輸入詞語或完整的問題。只會找到對您開放的內容。",
    ),
    "search_button": ("Search", "搜索", "搜尋"),
    "search_found": ("{number} passages", "{number} 段内容", "{number} 段內容"),
    "search_none": ("Nothing fits. Try other words.", "没有找到。请换些词语再试。", "沒有找到。請換些詞語再試。"),
}


def search(visit: Visit) -> Response:
    """A form with what was found."""
    text = whole(visit.asked("q"))
    return visit.page("search.html", text=text, hits=_found(visit, text) if text.strip() else None)


def _found(visit: Visit, text: str) -> list[Hit]:
    reader, library = visit.who.reader, visit.console.library
    question = Question(text, Asker(visit.who.person), (), reader)
    understood = understand(question, library.accounts(reader), visit.console.language)
    return library.stretches(understood.text, reader, _TOP, understood.context)


SECTION = Section(pages=(Page("/search", search),), words=WORDS, menu=Menu("/search", "search"))
