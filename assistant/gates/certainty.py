"""What a claim must not make surer: assumed into confirmed, planned into done, side by side into because."""

import re
from collections.abc import Sequence

from knowledge.language import fold


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_OPEN = _words(
    r"""假设|假定|推[测断]|预[计期]|估[计算]|可能|或许|也许|有望|打算|拟|正在|考虑|起草|草案|草稿|尚未|还没|若|如果|目标
      | 应当?|建议|未[必经]|待确认|将|逐步|争取
      | \b(?:assum\w*|may|might|could|possibl[ey]|perhaps|consider\w*|plan(?:s|ned|ning)?|draft\w*|intend\w*|expect\w*
        |likely|estimat\w*|would|if|aim\w*|should|propos\w*|developing|being|target\w*|goal\w*|hope\w*|will|not\ yet
        |unconfirmed|whether)\b"""
)
_SETTLED = _words(
    r"""已经|已[确决开拿获打完建组落签证]|确[定认](?!是否|后|了?谁)|证实|证明|(?<!未)达成了?|(?:实现|克服|完成|组建|拿到)了
      | \b(?:decided|established|confirmed|already|proved|proven|demonstrabl[ey]|certain(?:ly)?|in\ force|definitely
        |ha(?:s|ve)\ (?:put|set|built|become|agreed|signed|opened|launched|formed))\b"""
)
_ASSUMED = _words(r"假设|假定|推测|\bassum\w*")
_UNSURE = _words(
    r"""假设|假定|推[测断]|可能|估|待|判断|或许|也许|大概|看来|似乎|不确定|[尚未没][经]?[确证]
      | \b(?:assum\w*|may|might|could|presum\w*|likely|estimat\w*|believ\w*|unconfirmed|unverified|unproven|suppos\w*
        |think|thought|apparently|guess\w*|suspect\w*|expect\w*|would|reportedly|seems?|hypothe\w*|uncertain|hunch
        |not\ (?:yet\ )?(?:been\ )?(?:confirmed|proven|verified|certain))\b"""
)
_CAUSED = _words(
    r"""因为|因而|因此|由于|导致|使得|致使|促使|促成|正因|(?<!没有)原因(?!是否)|归因|得益于|受益于|归功于|之所以|从而|以致
      | 受[^,。]{1,14}影响 | (?<![原成起])因(?![此而为素应果地人])(?=[^,。]{3,14})
      | \b(?:because|thanks\ to|due\ to|owing\ to|as\ a\ (?:result|consequence)|therefore|hence|thus|leads?\ to|led\ to
        |caus(?:e[sd]?|ing)|(?:the|a)\ reasons?\ (?:why|for|that)|owes?|was\ what|result(?:ed|s)?\ (?:in|from))\b"""
)
_LINKED = _words(
    r"""因|由于|所以|导致|使(?!用)|令|促|从而|否则|不然|以致|引[发起]|为了|免得|以免|以便|理由|来源|目的|得益|影响
      | 才[能会]|只有|靠|关系到|取决|逼|结果|如果
      | \b(?:because|since|so|therefore|thus|hence|due|thanks|reasons?|owing|why|otherwise|if)\b
      | \b(?:caus|result|push|driv)"""
)
# What tells of a cause within one quote, and of none between two.
_WITHIN = _words(
    r"""让|造成|带[来有]|推动|会
      | \b(?:mak(?:e|es|ing)|made|leads?|led|as|for|lets?|when)\b | \b(?:br(?:ing|ought)|creat|turn|giv|help)
      | \bto\ (?:reduce|raise|keep|make|avoid|win|get|show|prove|save|find|help)\b"""
)
# A reason given for an instruction that the source gives beside it is what every reader understands.
_INSTRUCTION = _words(
    r"""不要|避免|[应需]|(?<!主)要(?![点素求])|建议|不能|不得|可以|必须|先|务必|请|约定
      | \b(?:avoid|do\ not|don't|should|must|never|need|ought|before|only|let|keep|ask|make|use|put|choose|check|write
        |set|show|start|treat|read|plan|offer)\b
      | ^\W*(?!company)[a-z]+\ (?:the|a|an|one|each|every|your|all)\b"""
)
_PROVEN = _words(
    r"""研究(?:发现|表明|显示|证明)|调查(?:证明|表明|显示|发现)|统计(?:显示|表明)|法[律规](?:规定|要求|禁止)|依法
      | \b(?:(?:stud(?:y|ies)|research|surveys?|statistics)\b[^,.]{0,40}\ (?:show|find|found|prove)
        |the\ law\ (?:requires|forbids|says)|legally|by\ law|scientifically)"""
)
_SHOWN = _words(r"研究|调查|统计|法[律规定]|依法|\b(?:stud(?:y|ies)|research|survey|statistic|laws?|legal|scientific)")


# A question settles nothing.
_ASKED = re.compile(r"[^.!?。]*\?")


def surer(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a claim is surer than its evidence: of a fact, of what caused it, or of who has proven it."""
    told, held = _ASKED.sub("", fold(claim)), [fold(each) for each in evidence]
    everything = "\n".join(held)
    return (
        _settles(told, everything)
        or bool(told and all(map(_ASSUMED.search, held)) and not _UNSURE.search(told))
        or _explains(told, held)
        or bool(_PROVEN.search(told) and not _SHOWN.search(everything))
    )


def _settles(told: str, held: str) -> bool:
    """Whether what is open in the evidence is settled in the claim, and nothing of it is left open."""
    settled = _SETTLED.search(told) and not _SETTLED.search(held)
    return bool(settled and _OPEN.search(held) and not _OPEN.search(told))


def _explains(told: str, held: Sequence[str]) -> bool:
    """Whether a claim makes one fact the cause of another where the evidence only has both."""
    everything = "\n".join(held)
    if not _CAUSED.search(told) or _LINKED.search(everything) or _INSTRUCTION.search(everything):
        return False
    return len(held) > 1 or not _WITHIN.search(everything)
