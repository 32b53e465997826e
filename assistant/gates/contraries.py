"""Opposites in both languages: what one side denies, the other may say with the opposite word.

Avoid hiding your plans: be open about them. Unlike `opposites`, these need not contradict one another
wherever they stand, so they only explain a denial, and tell two denials of opposite things apart.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.gates.denying import Denying, base
from assistant.gates.negators import Denial, negators
from knowledge.language import has_han

# A pole a line, the opposite one indented below it; English words with * in any ending, _ for a space.
_LINES = """
hid hide hides hidden hiding conceal* disguis* 藏 隐瞒 掩盖 遮掩 掩饰 瞒
    open openly openness transparen* candid frank* 公开 坦诚 坦白 透明 开诚布公 敞开 亮出 摆到
mix mixed mixing mixes confus* conflat* lump* 混为一谈 混淆 混同 搞混 弄混 混在 当成一回事 划等号 合并 merg*
    apart separate* distinguish* distinct tell_apart 分开 区分 分清 区别开 区别 两回事 两码事
(?<!do_the_)same identical alike 同一 相同 一样 一致 一套
    differ* various varies own separate* diverg* 不同 各自 各用 各异 各有 有别 差异 分别 有差
near anywhere_near close 接近
    far distant long_way 很远 还远 差得远 甚远
hurry rush* jump* 急着 急于 忙着 抢着 急 忙
    before first wait* 之前 先
delay* postpon* linger* sit_on put_off 拖 拖延 耽搁 迟疑
    immediately at_once prompt* straight_away right_away quickly 马上 立即 立刻 当场 当天 尽快 及时 赶紧 第一时间
gone_anywhere go_anywhere gone_away went_away 离开 流失 走掉
    still remain* 仍 还是 依然 依旧
ignor* neglect* overlook* disregard* 忽略 忽视 无视 轻视
    consider* attend* heed* respect* 顾及 重视 关注 兼顾 照顾 尊重
stop_at stuck stay_at halt_at 停在 停留 局限 限于 止步 止于
    rais* beyond get_past gets_past upgrade* lift* mov* 升级 提升 上升 扩展 拓展 超越 延伸 走向
oral* verbal* by_word 口头 嘴上
    written writing 书面 白纸黑字 文字
guess* assum* suppos* 猜 猜测 臆测 想当然 凭空
    ask asking find_out check* verif* 问清 核实 求证 打听
share shares shared common 共同 相通 同一种
    foreign alien 外语 外国 陌生 不通
reveal* disclos* leak* divulg* 透露 泄露 外传 泄漏
    confidential* secret* 保密 守口如瓶
attack* criticis* bash* badmouth* disparag* slander* belittl* 贬低 攻击 诋毁 批评 说坏话
    respect* neutral* polite* fair 尊重 客观 体面 中立
vague* generalis* 笼统 模糊 空泛 含糊 泛泛
    specific* concrete* precise* exact* 具体 明确 精确 点名
copy copying copied imitat* transplant* 照搬 抄 照抄 套用
    adapt* tailor* adjust* 调整 因地制宜 量身
averag* 平均 取平均
    separate* individually each_on 分别 单独 分开 逐一
abandon* give_up drop 放弃 丢下 舍弃
    keep* retain* continu* persist* stick* 保留 坚持 继续 守住
trust* believ* 轻信 相信 采信
    doubt* suspect* sceptic* skeptic* 怀疑 质疑 存疑
real exist existing exists genuine 真实 存在 真有
    invented fictitious fictional fake made_up imaginary fabricated 虚构 编造 杜撰 虚拟
passive* idle 被动 坐等 干等
    active* proactive* initiative 主动
generous* lavish* expensive luxur* extravagan* 贵重 奢 高档 破费
    modest* simple cheap* token frugal* 简单 朴素 得体 便宜
alone single-handed 单打独斗 一个人扛 独自
    team* joint* 共同 联合 团队
late delayed overdue 晚 迟到 延误 逾期
    on_time punctual* 准时 按时 按期 如期
easy easily 容易 轻易 简单
    hard difficult tough 很难 困难 费力 不易
often frequent* common always 经常 常常 常见 总是
    rare* seldom infrequent* 很少 少见 罕见 偶尔
wrong false mistaken incorrect 错 有误
    right correct true accurate 正确 属实 准确
unconditional* free* 无偿 白给
    condition* exchange return 条件 交换 回报
fair even consistent 平均 均匀 稳定
    uneven patchy inconsistent 参差 不一 不均
enough sufficient adequate 足够 充分
    insufficient inadequate too_little too_few 不足 不够
public* 公开
    confidential* private* secret* 保密 私下 秘密
confirm* verif* 已确认 确认过 证实 核实
    assum* 假设 假定 推测 猜测
(?<=been_)kept (?<=was_)kept (?<=were_)kept fulfilled honoured 兑现 守约
    missed broken unkept promise_is_open promises_are_open 落空 食言 违约
some_point some_sense some_use
    avoid* 避免
(?<!dis)continuity continuous* (?<!不)连续
    discontinu* interrupt* 不连续 中断
那么深 很深 较深 更深 deep deeply deeper
    程度较低 程度低 较浅 shallow*
still_(?:serve|work|help|appl|matter)*
    失去.{0,12}作用 失去.{0,12}意义 失去.{0,12}价值
alike 不分好坏 不分大小 不分新旧
    (?<!不)分(?:好坏|大小|新旧)
漏 遗漏 漏掉 落下
    覆盖 齐全 都要
例外 exception*
    包括 同样 一样 一视同仁 includ*
opponent* 反对者 反对派
    supporter* backer* 支持者 拥护者
consistent agree* 一致 吻合
    in_one_[a-z]+_.{2,99}_in_another
有分歧 分歧 disagree*
    agree agreed agrees 一致 统一 谈妥 谈拢
"""
_HAN_REACH, _WORDS_REACH = 6, 4
_PLAINLY = (Denial.PLAIN, Denial.SOFT)


def _pole(words: str) -> re.Pattern[str]:
    """The words of one pole: English ones as whole words, Chinese ones anywhere."""
    told = [each.replace("_", " ").replace("*", r"\w*") for each in words.split()]
    english = [each for each in told if not has_han(each)]
    spelt = [rf"\b(?:{'|'.join(english)})\b"] if english else []
    return re.compile("|".join((*spelt, *filter(has_han, told))), re.ASCII)


_POLES = tuple(map(_pole, _LINES.strip().splitlines()))
_PAIRS = tuple(zip(_POLES[::2], _POLES[1::2], strict=True))
_OPPOSITES = (*_PAIRS, *((other, one) for one, other in _PAIRS))


def told_by_contrary(denial: Denying, own: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the clauses of the other side say the opposite word of what a denial denies, more often than its own.

    And say the denied word nowhere without denying it.
    """
    reach = _reach(denial.text, denial.end)
    return any(
        _times(other, opposite) > _times(own, opposite) and not any(_times(other, each) for each in _kin(word, [reach]))
        for word, opposite in _within(reach)
    )


def contradicted(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether the clauses of a claim affirm a word of which those of its evidence have only the opposite."""
    return any(
        _times(here, word)
        and _times(there, opposite)
        and not any(each.search(text) for each in _kin(word, here) for text in there)
        for word, opposite in _OPPOSITES
    )


def _kin(word: re.Pattern[str], clauses: Sequence[str]) -> Iterator[re.Pattern[str]]:
    """The poles that have a word as clauses say it: an English one may stand in several lines."""
    said = {found[0] for each in clauses for found in word.finditer(each)}
    return (pole for pole in _POLES if pole is word or any(map(pole.fullmatch, said)))


def contrary_things(one: Denying, other: Denying) -> bool:
    """Whether two denials deny opposite words: not open, not hidden."""
    mine, theirs = (_reach(each.text, each.end) for each in (one, other))
    return any(
        opposite.search(theirs) and not word.search(theirs) and not opposite.search(mine)
        for word, opposite in _within(mine)
    )


def _within(reach: str) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    return ((word, opposite) for word, opposite in _OPPOSITES if word.search(reach))


def _reach(text: str, start: int) -> str:
    """What a denial at a place denies first of all."""
    behind = text[start:]
    return behind[:_HAN_REACH] if has_han(behind[:_HAN_REACH]) else " ".join(behind.split()[:_WORDS_REACH])


def _times(clauses: Sequence[str], word: re.Pattern[str]) -> int:
    """How often clauses say a word without a denial before it."""
    return sum(_said(each, word) for each in clauses)


@lru_cache(maxsize=8192)
def _said(clause: str, word: re.Pattern[str]) -> int:
    found = (each for each in negators(clause) if each.denial in _PLAINLY)
    denied = [each.start for each in found if not base(clause[each.start : each.end])]
    return sum(not any(at < found.start() for at in denied) for found in word.finditer(clause))
