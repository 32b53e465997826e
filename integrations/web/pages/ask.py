"""Ask: a question, the answer with its sources, votes; for one person alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import uuid4

from starlette.background import BackgroundTask
from starlette.responses import Response

from assistant.questions import Asker, Question, Turn
from integrations.answer_store import Given, Place
from integrations.slack.texts import PROMPTS
from integrations.web.console import Menu, Page, Section, Visitor, Words
from integrations.web.followed import FOLLOWED, followed, own
from integrations.web.showing import path_of, shown
from integrations.web.visit import Visit
from knowledge.access import ANYONE, Reader
from knowledge.language import whole

_LONGEST = 2000
_VOTES = ("up", "down", "coach", "reason")

WORDS: Words = {
    "ask": ("Ask", "提问", "提問"),
    "ask_title": ("Ask the coach", "向教练提问", "向教練提問"),
    "ask_more": ("Ask on", "继续追问", "繼續追問"),
    "ask_new": ("Ask something else", "问别的问题", "問別的問題"),
    "ask_label": ("Your question", "您的问题", "您的問題"),
    "ask_hint": (
        "In English or Chinese. Only documents open to you are used, and only you see the answer.",
        "中英文均可。只使用对您开放的文档，回答只有您能看到。",
        "中英文皆可。只使用對您開放的文件，回答只有您看得到。",
    ),
    "ask_empty": ("Write a question first.", "请先写下问题。", "請先寫下問題。"),
    "ask_examples": ("For example", "例如", "例如"),
    "ask_thinking": ("Reading the library \u2026", "正在查阅资料库\u2026", "正在查閱資料庫\u2026"),
    "answer": ("Answer", "回答", "回答"),
    "you_asked": ("You asked", "您的问题", "您的問題"),
    "sources": ("Sources", "来源", "來源"),
    "source_open": ("Read it in its document", "在文档中查看", "在文件中查看"),
    "source_number": ("Source {number}: {title}", "来源 {number}：{title}", "來源 {number}：{title}"),
    "source_link": ("Open the original", "打开原文件", "開啟原始文件"),
    "drafted": (
        "Worded by {model}, every statement checked against its source",
        "由 {model} 撰写，每条陈述均已与来源核对",
        "由 {model} 撰寫，每條陳述均已與來源核對",
    ),
    "quoted": ("Quoted word for word from the sources", "逐字引用来源原文", "逐字引用來源原文"),
    "unowned": (
        "Nobody owns this gap yet; “Ask a coach” reports it.",
        "这个空白还没有负责人；点“请教练看看”可以报告。",
        "這個空白還沒有負責人；點「請教練看看」可以回報。",
    ),
    "votes": ("Was this of use?", "这个回答有用吗？", "這個回答有用嗎？"),
    "vote_up": ("Helpful", "有帮助", "有幫助"),
    "vote_down": ("Not helpful", "没帮助", "沒幫助"),
    "vote_coach": ("Ask a coach", "请教练看看", "請教練看看"),
    "vote_reason": ("What was wrong? The coaches read it.", "哪里不对？教练会看到。", "哪裡不對？教練會看到。"),
    "voted_up": (
        "Thank you. Your vote is kept with the answer.",
        "谢谢，您的评价已和这条回答一起保存。",
        "謝謝，您的評價已和這則回答一起保存。",
    ),
    "voted_down": (
        "Thank you. Your vote is kept with the answer.",
        "谢谢，您的评价已和这条回答一起保存。",
        "謝謝，您的評價已和這則回答一起保存。",
    ),
    "voted_coach": (
        "Noted. A coach will see this question and the answer.",
        "已记录，教练会看到这个问题和回答。",
        "已記錄，教練會看到這個問題和回答。",
    ),
    "voted_reason": (
        "Thank you. The coaches will read it.",
        "谢谢，教练会看到您的说明。",
        "謝謝，教練會看到您的說明。",
    ),
}


def ask(visit: Visit) -> Response:
    """An empty form, or one with a question to begin with."""
    return _form(visit, visit.asked("q", _LONGEST))


def _form(visit: Visit, text: str = "", problem: str = "") -> Response:
    examples = PROMPTS[visit.language]
    return visit.page(
        "ask.html", 422 if problem else 200, text=text, problem=problem, examples=examples, shown=None, mine=own(visit)
    )


def answer(visit: Visit) -> Response:
    """Answer a question; the answer has an address of its own, so that reloading asks nothing again."""
    text = whole(visit.field("question", _LONGEST))
    if not text.strip():
        return _form(visit, problem="ask_empty")
    question, place = _question(visit, text)
    given = visit.console.assistant.ask(question)
    reader = question.reader_now()
    given = visit.console.review.recheck.still(given, reader)
    visit.console.review.answers.keep(given, place)
    shown_to = replace(question, reader=reader)
    return visit.to(f"/ask/{given.id}", BackgroundTask(visit.console.on_answered, shown_to, given, place))


def _question(visit: Visit, text: str) -> tuple[Question, Place]:
    """What is asked, after what, and for this person's eyes alone."""
    before, who = _own(visit, visit.field("after")), visit.who
    thread = before.place.thread if before else uuid4().hex
    turns = _turns(visit, thread) if before else ()
    reader = who.reader.alone()
    asker = Asker(who.person, visit.console.language)
    rights = _later(visit, who)
    return Question(text, asker, tuple(turns), reader, thread, rights), Place(who.person, "web", thread=thread)


def _later(visit: Visit, who: Visitor) -> Callable[[], Reader]:
    def reader() -> Reader:
        still = visit.console.visitor(who.person)
        return still.reader.alone() if still else ANYONE

    return reader


def _turns(visit: Visit, thread: str) -> Sequence[Turn]:
    """What was said before, as far as its reader may still read the sources."""
    turns: list[Turn] = []
    for each in visit.console.review.answers.conversation("", "", [thread]):
        left = visit.console.review.recheck.still(each, visit.who.reader)
        told = " ".join(claim.plain or claim.text for claim in left.claims)
        turns += [Turn("user", each.question), *([Turn("assistant", told)] if told else [])]
    return turns


def _own(visit: Visit, answer_id: str) -> Given | None:
    """An answer that this person was given here; those of others do not exist."""
    given = visit.console.review.answers.find(answer_id) if answer_id else None
    mine = given and given.place.surface == "web" and given.place.person == visit.who.person
    return given if mine else None


def answered(visit: Visit) -> Response:
    """An answer, without what its reader may not read at this moment."""
    given = _own(visit, visit.part("answer"))
    if given is None:
        return visit.not_found()
    votes = [vote for vote, _ in visit.console.review.answers.votes(given.answer.id)]
    left = visit.console.review.recheck.still(given.answer, visit.who.reader)
    return visit.page(
        "ask.html",
        text="",
        problem="",
        examples=(),
        shown=shown(left),
        voted=votes[-1] if votes else "",
        after=followed(visit, [given])[0],
        path_of=path_of,
    )


def vote(visit: Visit) -> Response:
    """Keep a vote, or what was wrong."""
    given, said = _own(visit, visit.part("answer")), visit.field("vote")
    if given is None or said not in _VOTES:
        return visit.not_found()
    reason = whole(visit.field("reason", 2900)) if said == "reason" else ""
    if said != "reason" or reason.strip():
        visit.console.review.intake.voted(given.answer.id, visit.who.person, said, reason)
    return visit.to(f"/ask/{given.answer.id}#votes")


SECTION = Section(
    pages=(
        Page("/ask", ask),
        Page("/ask", answer, "POST", slow=True),
        Page("/ask/{answer}", answered),
        Page("/ask/{answer}/vote", vote, "POST"),
    ),
    words={**WORDS, **FOLLOWED},
    menu=Menu("/ask", "ask"),
)
