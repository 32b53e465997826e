"""The roles that a text names, equal across languages: 财务总监, CFO and finance director are one."""

import re
from collections.abc import Iterable, Mapping

from knowledge.language import fold

_FUNCTIONS = {
    "finance": r"财务|会计|financ\w+|accounting",
    "procurement": r"采购|purchas\w+|procurement|sourcing",
    "sales": r"销售|sales",
    "technology": r"技术|technolog\w+|technical",
    "operations": r"运营|营运|operati\w+",
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
_LEVEL = r"(?:总监|经理|部长|处长|主管|负责人|责任人|工程师|官|长(?![期远处久度时大短]))"
_TITLE = r"(?:officer|director|manager|head|lead|leader|engineer)s?"


def _patterns() -> Mapping[str, re.Pattern[str]]:
    found = {}
    for role, words in _FUNCTIONS.items():
        found[role] = re.compile(
            rf"(?:{words})(?:部门?|处)?{_LEVEL}|首席(?:{words})官"
            rf"|\b(?:{words})\ (?:department\ )?{_TITLE}\b|\b(?:head|director|chief|vp)\ of\ (?:the\ )?(?:{words})\b"
            rf"|\bchief\ (?:{words})\b",
            re.ASCII,
        )
    return found | {role: re.compile(words, re.ASCII) for role, words in _TOP.items()}


_ROLES = _patterns()
_WORDS = {role: re.compile(rf"(?<![a-z])(?:{words})(?![a-z])") for role, words in _FUNCTIONS.items()}
_ACRONYM = re.compile(rf"\b(?:{'|'.join(INITIALS)})\b", re.ASCII)


def roles(folded: str) -> dict[str, str]:
    """Each role that a folded text names, with the words that name it first."""
    found = {role: match[0] for role, pattern in _ROLES.items() if (match := pattern.search(folded))}
    return {**{INITIALS[each[0]]: each[0] for each in _ACRONYM.finditer(folded)}, **found}


def foreign_roles(claim: str, evidence: Iterable[str]) -> tuple[str, ...]:
    """The words of a claim that name a role which its evidence does not, not even by its department."""
    there = fold("\n".join(evidence))
    known = roles(there)
    named = roles(fold(claim)).items()
    return tuple(words for role, words in named if role not in known and not _department(role, there))


def _department(role: str, text: str) -> bool:
    return role in _WORDS and _WORDS[role].search(text) is not None
