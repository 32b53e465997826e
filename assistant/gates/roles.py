"""The roles that a text names, equal across languages: 财务总监, CFO and finance director are one."""

import re
from collections.abc import Iterable, Mapping

from knowledge.language import fold

_FUNCTIONS = {
    "finance": r"财务|会计|financ\w+|accounting|controlling",
    "procurement": r"采购|purchas\w+|procurement|sourcing",
    "sales": r"销售|sales",
    "technology": r"技术|technolog\w+|technical",
    "operations": r"运营|营运|经营|operati\w+",
    "marketing": r"市场|营销|行销|marketing",
    "personnel": r"人力资源|人事|人资|human resources|personnel|hr",
    "information": r"信息|资讯|information|it",
    "legal": r"法务|法律|legal",
    "delivery": r"交付|履行|delivery|fulfil?l?ment",
    "solution": r"解决方案|方案|solutions?",
    "product": r"产品|products?",
    "project": r"项目|专案|projects?",
    "account": r"大?客户|accounts?|customers?|clients?",
    "quality": r"质量|品质|quality",
    "manufacturing": r"制造|生产|厂务|工厂|manufacturing|production|plants?",
    "audit": r"审计|稽核|审核|audits?",
    "network": r"网络|网路|networks?",
    "infrastructure": r"基础设施|infrastructure",
    "compliance": r"合规|compliance",
    "strategy": r"战略|策略|strateg\w+",
}
_TOP = {
    "chief executive": (
        r"(?<!副)总经理|(?<!副)总裁|首席执行官|执行长|\bchief executive\b|\b(?:general manager|managing director)\b"
    ),
    "vice president": r"副总裁|副总经理|副总(?!监)|\bvice[ -]president\b",
    "chair": r"董事长|\bchair(?:man|woman|person)?\b",
}
INITIALS = {
    "cfo": "finance",
    "cto": "technology",
    "coo": "operations",
    "cmo": "marketing",
    "cio": "information",
    "chro": "personnel",
    "ar": "account",
    "sr": "solution",
    "fr": "delivery",
    "ceo": "chief executive",
    "vp": "vice president",
}
# Bodies and outsiders: how a claim names them, and what in a source bears them out.
_PARTIES = {
    "investors": (r"投资[者人]|股东|\b(?:investor|shareholder)s?\b", r"投资|股东|\b(?:invest|shareholder)"),
    "consultants": (r"顾问|咨询公司|\bconsultants?\b", r"顾问|[咨征]询|\b(?:consult|advis)"),
    "counsel": (r"律师|\blawyers?\b", r"律师|法[务律]|\b(?:lawyer|counsel|legal)"),
    "rivals": (
        r"[对敌]手|竞品|友商|\b(?:rivals?|competitors?)\b",
        r"[对敌友]手|竞|友商|同行|\b(?:rival|compet|incumbent|other)",
    ),
    "authorities": (
        r"监管|政府|主管机关|\b(?:regulators?|governments?)\b",
        r"监管|政府|官|\b(?:regulat|government|authorit)",
    ),
    "auditors": (r"内审|审计|稽核|\bauditors?\b", r"[内审核稽]|\baudit"),
    "academics": (
        r"教授|外教|大学|高校|\b(?:professors?|universit\w+)\b",
        r"教|大学|高校|学院|讲师|\b(?:profess|universit|academ|lectur)",
    ),
    "press": (r"媒体|记者|\b(?:media|journalists?)\b", r"媒|记者|报|新闻|\b(?:press|media|journal|news)"),
}
_LEVEL = r"(?:总监|经理|部长|处长|主管|负责人|责任人|工程师|官|长(?![期远处久度时大短]))"
_TITLE = r"(?:officer|director|manager|head|lead|leader|engineer)s?"


def _patterns() -> Mapping[str, re.Pattern[str]]:
    found = {}
    for role, words in _FUNCTIONS.items():
        found[role] = re.compile(
            rf"(?:{words})(?:部门?|处)?{_LEVEL}|首席(?:{words})官|(?:{words})(?:部门?(?!署)|系统)"
            rf"|\b(?:{words})\ (?:department\ )?{_TITLE}\b|\b(?:head|director|chief|vp)\ of\ (?:the\ )?(?:{words})\b"
            rf"|\bchief\ (?:{words})\b|\b(?:{words})\ (?:department|division|unit|system)s?\b",
            re.ASCII,
        )
    return found | {role: re.compile(words, re.ASCII) for role, words in _TOP.items()}


_ROLES = _patterns()
_WORDS = {role: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])") for role, words in _FUNCTIONS.items()}
_OUTSIDERS = tuple((re.compile(claimed, re.ASCII), re.compile(held, re.ASCII)) for claimed, held in _PARTIES.values())
_ACRONYM = re.compile(rf"\b(?:{'|'.join(INITIALS)})\b", re.ASCII)


def roles(folded: str) -> dict[str, str]:
    """Each role that a folded text names, with the words that name it first."""
    found = {role: match[0] for role, pattern in _ROLES.items() if (match := pattern.search(folded))}
    return {**{INITIALS[each[0]]: each[0] for each in _ACRONYM.finditer(folded)}, **found}


def foreign_roles(claim: str, evidence: Iterable[str]) -> tuple[str, ...]:
    """The words of a claim that name a role or outsiders whom its evidence does not, not even by their department."""
    there = fold("\n".join(evidence))
    known = roles(there)
    here = fold(claim)
    named = roles(here).items()
    outsiders = (found[0] for told, held in _OUTSIDERS if (found := told.search(here)) and not held.search(there))
    return (*(words for role, words in named if role not in known and not _department(role, there)), *outsiders)


def _department(role: str, text: str) -> bool:
    return role in _WORDS and _WORDS[role].search(text) is not None
