"""Evaluations: the runs there are, and their reports."""

from collections.abc import Mapping

from starlette.responses import Response

from integrations.web.console import Menu, Page, Section, Words
from integrations.web.reports import Reports
from integrations.web.safety import REPORT_POLICY
from integrations.web.visit import Visit
from knowledge.access import Audience

WORDS: Words = {
    "evaluations": ("Evaluations", "评测", "評測"),
    "evaluations_title": ("Evaluation runs", "评测记录", "評測記錄"),
    "evaluations_none": (
        "There is no run yet: make one with coach eval run.",
        "还没有评测：请运行 coach eval run。",
        "還沒有評測：請執行 coach eval run。",
    ),
    "run": ("Run", "评测", "評測"),
    "run_set": ("Questions", "题集", "題集"),
    "run_began": ("Begun", "开始于", "開始於"),
    "run_model": ("Model", "模型", "模型"),
    "run_report": ("Report", "报告", "報告"),
    "run_open": ("Open the report of {name}", "打开 {name} 的报告", "開啟 {name} 的報告"),
    "run_closed": (
        "quotes documents that are not open to you",
        "引用了未对您开放的文档",
        "引用了未對您開放的文件",
    ),
    "run_unwritten": (
        "none yet: coach eval report {name}",
        "尚未生成：coach eval report {name}",
        "尚未產生：coach eval report {name}",
    ),
    "without_model": ("none", "无", "無"),
}


def evaluations(visit: Visit) -> Response:
    """The runs, newest first."""
    return visit.page("evaluations.html", runs=_reports(visit).all(visit.who.reader))


def report(visit: Visit) -> Response:
    """A report as it was written, shut off from the console."""
    page = _reports(visit).page(visit.part("run"), visit.who.reader)
    if page is None:
        return visit.not_found()
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": REPORT_POLICY})


def _reports(visit: Visit) -> Reports:
    unguarded = visit.console.catalogue.unguarded()

    def audiences(ids: frozenset[str]) -> Mapping[str, Audience]:
        return {name: entry.audience for name, entry in unguarded.entries_of(ids).items()}

    return Reports(visit.console.runs, visit.console.library.version(), audiences)


SECTION = Section(
    pages=(
        Page("/evaluations", evaluations, for_coaches=True),
        Page("/evaluations/{run}", report, for_coaches=True),
    ),
    words=WORDS,
    menu=Menu("/evaluations", "evaluations", for_coaches=True),
)
