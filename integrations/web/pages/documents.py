"""Documents: which there are and who may see them; one of them; one passage with what stands around it."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from starlette.responses import Response

from integrations.people import WrongPeople
from integrations.web.console import Menu, Page, Section, Words
from integrations.web.listing import beginning, elsewhere
from integrations.web.shelf import Shelf
from integrations.web.showing import Span, marked, spans_of
from integrations.web.visit import Visit
from knowledge.documents import Entry, Kind, Passage
from knowledge.explain import TEAM_OF, Admitted, admitted
from knowledge.people import Directory

_A_PAGE = 50
_PASSAGES = 60
_AROUND = 500

WORDS: Words = {
    "documents": ("Documents", "文档", "文件"),
    "documents_title": ("Documents you can read", "您可以查看的文档", "您可以查看的文件"),
    "documents_filter": (
        "Title, account, owner or person contains",
        "标题、客户、负责人或人员包含",
        "標題、客戶、負責人或人員包含",
    ),
    "documents_kind": ("Kind", "类型", "類型"),
    "documents_all": ("All kinds", "全部类型", "全部類型"),
    "documents_button": ("Filter", "筛选", "篩選"),
    "documents_count": (
        "{number} of {total} documents",
        "{total} 份文档中的 {number} 份",
        "{total} 份文件中的 {number} 份",
    ),
    "documents_none": ("No document fits.", "没有符合的文档。", "沒有符合的文件。"),
    "title": ("Title", "标题", "標題"),
    "kind": ("Kind", "类型", "類型"),
    "account": ("Account", "客户", "客戶"),
    "written_in": ("Language", "语言", "語言"),
    "effective": ("From", "生效", "生效"),
    "expires": ("Until", "失效", "失效"),
    "owner": ("Owner", "负责人", "負責人"),
    "admits": ("Who may see it", "谁可以看", "誰可以看"),
    "source_file": ("Source", "来源文件", "來源檔案"),
    "standing": ("Standing", "状态", "狀態"),
    "in_force": ("in force", "有效", "有效"),
    "not_yet": ("not yet in force", "尚未生效", "尚未生效"),
    "expired": ("expired", "已失效", "已失效"),
    "superseded": ("replaced by a newer one", "已被新版取代", "已被新版取代"),
    "playbook": ("playbook", "打法手册", "打法手冊"),
    "account_plan": ("account plan", "客户规划", "客戶規劃"),
    "case_history": ("case history", "案例", "案例"),
    "reviewed_answer": ("reviewed answer", "已审核的回答", "已審核的回答"),
    "lang_en": ("English", "英文", "英文"),
    "lang_zh-Hans": ("Chinese (simplified)", "简体中文", "簡體中文"),
    "lang_zh-Hant": ("Chinese (traditional)", "繁体中文", "繁體中文"),
    "everyone": ("everyone", "所有人", "所有人"),
    "nobody": ("nobody", "无人", "無人"),
    "group": ("the group {name}", "{name} 组", "{name} 組"),
    "team": ("the team of {name}", "{name} 的团队", "{name} 的團隊"),
    "person": ("{name}", "{name}", "{name}"),
    "nobody_known": ("{name} (nobody known)", "{name}（没有已知成员）", "{name}（沒有已知成員）"),
    "members": ("{names}", "{names}", "{names}"),
    "passage": ("Passage", "原文", "原文"),
    "passage_of": ("From “{title}”", "出自《{title}》", "出自《{title}》"),
    "page_number": ("p. {page}", "第 {page} 页", "第 {page} 頁"),
    "whole_document": ("The whole document", "查看整份文档", "查看整份文件"),
    "document_text": ("Text", "正文", "正文"),
    "quote_marked": ("The quoted words are marked.", "引用的文字已标出。", "引用的文字已標出。"),
}


def documents(visit: Visit) -> Response:
    """A table of what this reader may read, filtered."""
    every = _shelf(visit).entries(visit.who.reader)
    directory = _directory(visit)
    words, kind = visit.asked("q").casefold().split(), visit.asked("kind")
    admits = {each.entry.id: admits_words(visit, each.entry, directory) for each in every}
    found = [each for each in every if _fits(each.entry, words, kind, admits[each.entry.id])]
    first = beginning(visit.asked("from"), len(found))
    return visit.page(
        "documents.html",
        rows=found[first : first + _A_PAGE],
        admits=admits,
        number=len(found),
        total=len(every),
        text=visit.asked("q"),
        kind=kind,
        kinds=list(Kind),
        earlier=elsewhere(visit, first - _A_PAGE) if first else "",
        later=elsewhere(visit, first + _A_PAGE) if first + _A_PAGE < len(found) else "",
    )


def _fits(entry: Entry, words: Iterable[str], kind: str, admits: Sequence[str]) -> bool:
    about = " ".join((entry.title, entry.account or "", entry.owner or "", *admits)).casefold()
    return (not kind or entry.kind.value == kind) and all(word in about for word in words)


def document(visit: Visit) -> Response:
    """One document: what it is, and its text."""
    found = _shelf(visit).entry(visit.part("document"), visit.who.reader)
    if found is None:
        return visit.not_found()
    passages = visit.console.library.document(found.entry.id, visit.who.reader)
    first = beginning(visit.asked("from"), len(passages))
    return visit.page(
        "document.html",
        found=found,
        admits=admits_words(visit, found.entry, _directory(visit)),
        passages=passages[first : first + _PASSAGES],
        earlier=elsewhere(visit, first - _PASSAGES) if first else "",
        later=elsewhere(visit, first + _PASSAGES) if first + _PASSAGES < len(passages) else "",
    )


def passage(visit: Visit) -> Response:
    """A passage with its quotes marked, among what stands before and after it in its document."""
    wanted, reader = visit.part("passage"), visit.who.reader
    found = visit.console.library.passages([wanted], reader).get(wanted)
    if found is None:
        return visit.not_found()
    passage, entry = found
    whole = visit.console.library.document(entry.id, reader)
    spans: list[Span] = spans_of(visit.request.query_params.getlist("at"))
    return visit.page(
        "passage.html",
        entry=entry,
        passage=passage,
        before=_near([each for each in whole if each.end <= passage.start][::-1])[::-1],
        pieces=marked(passage.text, passage.start, spans),
        after=_near([each for each in whole if each.start >= passage.end]),
    )


def _near(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The nearest of some passages: whole ones, one at least, and no more than one wants to read."""
    lengths = accumulate(len(each.text) for each in passages)
    return [each for each, length in zip(passages, lengths, strict=True) if length - len(each.text) < _AROUND]


def _shelf(visit: Visit) -> Shelf:
    return Shelf(visit.console.catalogue, visit.console.review.corrections)


def admits_words(visit: Visit, entry: Entry, directory: Directory) -> list[str]:
    """Who may see a document, in words; the members of groups are named to coaches and admins."""
    names = [_admits(visit, each) for each in admitted(entry.audience, directory)]
    return names or [visit.say("nobody")]


def _admits(visit: Visit, each: Admitted) -> str:
    what = each.what.replace(" ", "_")
    said = visit.say(what, name=each.name.removeprefix(TEAM_OF) if what == "team" else each.name)
    if what in ("group", "team") and (visit.who.coach or visit.who.admin):
        return f"{said} ({', '.join(each.people)})"
    return said


def _directory(visit: Visit) -> Directory:
    try:
        return visit.console.people.directory()
    except WrongPeople:
        return Directory()


SECTION = Section(
    pages=(
        Page("/documents", documents),
        Page("/documents/{document}", document),
        Page("/passages/{passage}", passage),
    ),
    words=WORDS,
    menu=Menu("/documents", "documents"),
)
