"""The week in plain lines, for a channel of coaches: nothing in them that not all who read the channel may read."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from assistant.questions import Language
from integrations.review.agreement import Measures
from integrations.review.corrections import Corrections
from integrations.review.gaps import Gaps, Seen
from integrations.review.stats import Stats, stats, with_documents
from integrations.store import Store
from knowledge.access import Reader

DAYS = 7
_DAY = 86_400.0
_GAPS, _DOCUMENTS, _ROLES = 5, 3, 3
_COLUMNS: Mapping[Language, int] = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}
_SAID: Mapping[str, tuple[str, str, str]] = {
    "title": (
        "Account Coach, {begun} to {ended}",
        "客户教练，{begun} 至 {ended}",
        "客戶教練，{begun} 至 {ended}",
    ),
    "nothing": (
        "Nobody asked anything.",
        "本周没有人提问。",
        "本週沒有人提問。",
    ),
    "asked": (
        "Questions: {questions}, people: {people}. Answered: {answered}, in part: {partial}, declined: {declined}.",
        "提问 {questions} 次，共 {people} 人。已回答 {answered}，部分回答 {partial}，未能回答 {declined}。",
        "提問 {questions} 次，共 {people} 人。已回答 {answered}，部分回答 {partial}，未能回答 {declined}。",
    ),
    "judged": (
        "Judged by coaches: {judged}, approved: {approval} (95 % interval {low} to {high}).",
        "教练已评 {judged} 条，认可 {approval}（95% 置信区间 {low} 至 {high}）。",
        "教練已評 {judged} 則，認可 {approval}（95% 信賴區間 {low} 至 {high}）。",
    ),
    "hours": (
        "Median time to a verdict: {hours} hours.",
        "评审用时中位数：{hours} 小时。",
        "評審用時中位數：{hours} 小時。",
    ),
    "waiting": (
        "Waiting for a coach: {waiting}, later than promised: {late}.",
        "等待教练：{waiting} 条，其中已超时 {late} 条。",
        "等待教練：{waiting} 則，其中已逾時 {late} 則。",
    ),
    "agreement": (
        "Agreement between coaches beyond chance (Krippendorff's alpha): {value} ({low} to {high}).",
        "教练之间的一致性（Krippendorff α）：{value}（{low} 至 {high}）。",
        "教練之間的一致性（Krippendorff α）：{value}（{low} 至 {high}）。",
    ),
    "helped": (
        "Corrections that helped: {helped}, that did not: {not_helped}.",
        "有帮助的更正：{helped} 条，没帮助的：{not_helped} 条。",
        "有幫助的更正：{helped} 則，沒幫助的：{not_helped} 則。",
    ),
    "gaps": (
        "What the library does not answer yet:",
        "资料库还回答不了的问题：",
        "資料庫還回答不了的問題：",
    ),
    "gap": (
        "• {label}: asked {asked} times by {people}{roles}{owner}",
        "• {label}：{people} 人问了 {asked} 次{roles}{owner}",
        "• {label}：{people} 人問了 {asked} 次{roles}{owner}",
    ),
    "roles": (" ({roles})", "（{roles}）", "（{roles}）"),
    "owner": (
        "; owner of the nearest document: {owner}",
        "；最相关文档的负责人：{owner}",
        "；最相關文件的負責人：{owner}",
    ),
    "closed": (
        "a topic not open to everybody here",
        "一个并非对此处所有人开放的主题",
        "一個並非對此處所有人開放的主題",
    ),
    "more": ("• and {more} more", "• 另有 {more} 项", "• 另有 {more} 項"),
    "most": (
        "Most used: {titles}.",
        "引用最多：{titles}。",
        "引用最多：{titles}。",
    ),
    "stale": (
        "Out of date: {count} ({titles}).",
        "已过时：{count} 份（{titles}）。",
        "已過時：{count} 份（{titles}）。",
    ),
}


def digest(
    store: Store,
    gaps: Gaps | None,
    reader: Reader,
    now: float,
    language: Language,
    measures: Measures | None = None,
    corrections: Corrections | None = None,
) -> tuple[str, ...]:
    """The last seven days, as all who read along (`reader` with all `beside`) may read them; gaps are for coaches."""
    since, today = now - DAYS * _DAY, datetime.fromtimestamp(now, UTC).date()
    found = with_documents(stats(store, now, since, measures), store, reader, today, since, corrections)
    return lines(found, gaps.seen(reader, since) if gaps else (), today, language)


def lines(found: Stats, gaps: Sequence[Seen], ended: date, language: Language) -> tuple[str, ...]:
    """Numbers and gaps as one reader may see them, in words."""
    said = _Words(language)
    begun = ended - timedelta(days=DAYS)
    return (
        said("title", begun=begun, ended=ended),
        *_numbers(found, said),
        *_gaps(gaps, said),
        *_documents(found, said),
    )


class _Words:
    """What is said, in one language."""

    def __init__(self, language: Language) -> None:
        self._column = _COLUMNS[language]
        self.apart = ", " if language == "en" else "、"

    def __call__(self, what: str, **values: object) -> str:
        return _SAID[what][self._column].format(**values)


def _numbers(found: Stats, said: _Words) -> Iterator[str]:
    asked = found.asked
    if asked.questions:
        ended = {name: asked.ended.get(name, 0) for name in ("answered", "partial", "declined")}
        yield said("asked", questions=asked.questions, people=asked.people, **ended)
    else:
        yield said("nothing")
    if found.approval is not None:
        low, high = map(_percent, found.between)
        yield said("judged", judged=found.judged, approval=_percent(found.approval), low=low, high=high)
    if found.hours is not None:
        yield said("hours", hours=f"{found.hours:.1f}")
    if found.waiting:
        yield said("waiting", waiting=found.waiting, late=found.late)
    if agreed := found.agreement.decisions:
        yield said("agreement", value=f"{agreed.value:.2f}", low=f"{agreed.low:.2f}", high=f"{agreed.high:.2f}")
    if found.helped or found.not_helped:
        yield said("helped", helped=found.helped, not_helped=found.not_helped)


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _gaps(gaps: Sequence[Seen], said: _Words) -> Iterator[str]:
    if gaps:
        yield said("gaps")
    for gap in gaps[:_GAPS]:
        roles = said.apart.join([f"{name} {count}" for name, count in list(gap.roles.items())[:_ROLES]])
        owner = said("owner", owner=gap.owners[0]) if gap.owners else ""
        label = said.apart.join(gap.label) or (gap.questions[0].question if gap.questions else said("closed"))
        whose = said("roles", roles=roles) if roles else ""
        yield said("gap", label=label, asked=gap.asked, people=gap.people, roles=whose, owner=owner)
    if len(gaps) > _GAPS:
        yield said("more", more=len(gaps) - _GAPS)


def _documents(found: Stats, said: _Words) -> Iterator[str]:
    if found.documents is None:
        return
    if most := [each.title for each in found.documents.most[:_DOCUMENTS]]:
        yield said("most", titles=said.apart.join(most))
    if stale := found.documents.stale:
        yield said("stale", count=len(stale), titles=said.apart.join(each.title for each in stale[:_DOCUMENTS]))
