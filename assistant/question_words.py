"""Everyday words of questions in English and Chinese, a row for words that ask the same.

Terms of the field are in the glossary; here is what stands between them. A row that begins with * tells little of what
a question is about. Chinese is simplified; English words meet by their stems.
"""

import re
from collections.abc import Mapping
from functools import cache

from knowledge.language import bag_of, fold, has_han, needle

_ROWS = """
* customer account client / 客户 顾客
* company firm business corporation / 公司 企业
* our us we / 我们 我方 我司
* people person somebody someone man member / 人 人员 人士 成员
* thing item matter point aspect / 东西 事 件事 方面 项 内容 事项 东西
* make do take have get got hold / 做 进行 搞 办 弄
* need require necessary want / 需要 要 必要 需
* must should ought have / 必须 应该 应当 该 须
* say speak tell according / 说 讲 按照 根据 按 讲法 说法 怎么说
* lecture talk speech / 讲座 演讲
* book article text / 书 文章 文
* case example / 案例 例子
* good right suitable appropriate fit suit okay / 合适 好 适合 恰当 对 行
* time / 时候 时间
* year yearly annual annually / 年 每年 一年 年度 全年
* happen go / 发生 情况
* use used / 用 使用
* exactly really truly actually real true / 真正 到底 究竟 实际 真 实质
* because whether look looks receive / 因为 收到 发出 做到 达到
* name called / 叫 名字 分别
* different various / 不同
* contain include consist comprise make belong / 包括 包含 组成 由 属于 构成
* plan schedule / 安排 计划
* way method / 方法 方式 办法 做法
* place / 地方
* now still yet already / 现在 还 仍 已经 目前
* important key main / 关键 重要 主要
* special extra / 特殊 特别 专门
* whole all total every / 全部 所有 一共 总共 每
* show shown display present / 展示 给 看
* give provide offer receive / 给 提供 得到 享受 享有
attend participate join present / 参加 出席 到场
invite invitation / 邀请 请
leave departed depart quit resign resignation left / 离开 离职 走 辞职 走了
replace replaced change switch rotate rotated rotation / 更换 换 替换 轮换 轮岗 换人 换岗 改
* stay remain keep hold held work / 留 保留 待 留下 留任
successor new inherit / 接任 接任者 继任 继任者 新人 新来 接手
send mail forward / 发 寄 发送 发出 发给
report inform tell hear notify / 报告 上报 汇报 通知 告诉 报给
meet meeting encounter session / 见 见面 会议 见到 会面 开会 会
visit travel / 访问 拜访 来访 互访 参观
free empty gap spare blank / 空闲 空 留白 空出 空档
* before prior ahead precede / 之前 以前 前
after once afterwards following / 之后 以后 结束后
* within during while / 期间 之内 以内
finish finished end over complete done closed close / 结束 完成 关闭 做完 关掉 完
* become place take right away yet / 成为 马上 那里 那边 这样 某个 有人
* begin start first initial / 开始 首先 先 起步 第一 一开始 首次 最先 头几天 前几天 第一步
last final end / 最后 最终 末
* limit deadline period ceiling maximum high max / 期限 上限 限度
promise commit commitment promised / 承诺 答应
list listing / 清单 名单 列表
topic subject theme / 话题 主题
avoid off touch / 避开 不碰 不谈 避免
secure protect preserve save / 保住 抓住 落实 保护
* information data fact material document / 信息 资料 数据 材料 情报
star top best ace / 明星 王牌 销冠 顶尖 最好
seller salesperson salespeople sales rep representative / 销售 业务员 销售员
responsible responsibility accountable charge own / 负责 责任
large largest big biggest most / 大 最大 最重 重
small smaller smallest little few short / 小 少 不够 紧张
lead leader head / 领导 牵头 带头 高层
executive boss senior management / 高管 高层 老板 领导
often frequently frequency interval rhythm regularly / 频率 多久 隔 次 回
event standard / 事件 标准事件 动作
count counts considered tick complete done / 算 算是 视为
condition criterion requirement caveat / 条件 前提 要求 标准
prove demonstrate show verify confirm / 证明 验证 证实 说明
trial pilot test experiment / 试点 试验 实验 试验局 实验局
sales turnover / 销售额
sell sold / 卖
buy bought purchase purchased / 买 采购 购买 采购额
cost spend spent expense / 花 成本 花费 付出 费用 投入
lose lost loss / 损失 丢 失去
win won gain / 赢 赢得 拿下 突破
dealer distributor reseller / 经销商 代理商
grade tier level class band rank / 级 等级 级别 分级 档 类
boundary border threshold line / 边界 线 门槛 界限 分级线
close near nearby within distance / 近 靠近 距离 附近 以内 离
hand manual manually / 人工 手工 手动
review check reviewed recheck / 复核 复查 评审 审核 检查 复盘 看一遍
measure measured appraise evaluate assess appraisal / 考核 衡量 考评 评价 评估
indicator kpi metric target / 指标 KPI 目标
market / 市场
mature old established / 成熟
broken newly recent / 突破 刚突破 刚刚突破 刚刚
improve improvement better / 改进 改善 提升 提高
choose pick select selection / 选择 选 挑选 挑 选定
action actions / 动作 行动
* quarter month week day minute / 季度 个月 分钟
hour / 小时 工时
question ask asked put / 问 问题 打听 提问 请教
invest investment funding fund money / 投资 投入 投钱 投 资金 钱
farm cultivate develop / 开垦 耕 做
mean meaning define definition meant / 意思 定义 指 含义 所指
interview interviews / 访谈
strategy strategic / 战略 策略
decode decoding / 解码
learn understand know fact / 了解 摸清 弄清 掌握 知道
enough sufficient / 够 足够 合格
part piece section / 部分 三块 几块 部份
* divide split separate into / 分 分成 分为 划分 区分
role roles / 角色
purchasing procurement / 采购
chain / 链
coach / 教练 内线
blocker block oppose opponent / 拦路者 拦路 反对 反对者 阻挠
support supporter champion / 支持 支持者 关键支持者 关键人
deal handle cope manage treat meet face encounter / 遇到 碰到 处理 应对 对待 怎么办 做工作
gift present / 礼品 礼物
doubtful suspicious questionable / 可疑 有疑问 疑问 有问题
compliance / 合规
meal dinner eat lunch / 吃饭 用餐 宴请 餐 顿饭
tender bid bidding / 招标 投标 标 标书 招投标
evaluate evaluator evaluators judge / 评标 评委
complaint complain complains / 投诉 抱怨
repair fix restore / 修复 补救 修
damage / 损失 损害
explain explanation / 解释 说明 讲
cause reason / 原因 理由
write note record log / 记 写 记录 记下
contact contacts / 接触 联系人 对接人 联系
sign feature characteristic trait / 特征 特点 标志
elite / 精英
process / 流程
commission / 提成 佣金
bonus / 奖金
cut reduce lower decrease / 降低 砍 减少 动 下降
raise increase / 提高 涨 增加
director / 总监
above upwards higher / 以上 往上
below under lower / 以下
order sequence / 顺序 次序 先后
order orders / 订单 单
stage phase step / 阶段 分步 分阶段
revenue income turnover / 收入 营收 年收入 年营收
zero without no / 零 没有 无
supplier vendor / 供应商
certification certify certified / 认证
audit / 审计 审核 稽核
last lasts duration / 多久 持续 前后
roadmap / 路线图
exchange session / 交流 交流会 会
late later final / 后期 晚
allowed allow may permit / 可以 能 允许
competitor rival competing / 竞争对手 对手 友商 竞争者
polite politely friendly / 客气 礼貌
progress / 进展
attack attacking / 进攻 攻 打 抢
stop continue / 停止 去留 继续 要不要继续
drop dropping abandon dropped / 放弃 不再服务 不再 舍弃
notice advance tell / 通知 提前 通知期 告诉
test tests / 检验 测试
department unit / 部门
agree agreement / 一致 谈拢 同意
disagree dispute / 谈不拢 不一致 达不成
half-yearly half-year / 半年 半年度
target targets goal / 目标
share percentage proportion part / 比例 占比 份额
worth worthwhile pay / 值得 划算
independent separate / 独立 单独 专门
division / 事业部
set establish build create become / 成立 设 建 设立 建立
design / 设计
natural / 自然
unplanned unscheduled / 计划外 非计划
outage outages downtime / 停电 停机 停工
machine equipment device / 设备 机器
employee staff worker / 员工
price / 价格 价 议价
negotiate negotiation bargaining / 议价 谈判 谈价格
central centrally unified / 统一 集中
cheap cheaper lower undercut below price / 便宜 低 价格 低了
expensive dear higher / 贵
office / 代表处 办公室
return payback / 回报 收益
board / 董事会
approve approval sanction / 批准 审批
sponsor / 负责人 发起人
why / 为什么
discount / 折扣 降价 返利
service / 服务
delivery deliver / 交付
contract / 合同
deposit payment pay / 付款 支付
recruit hire / 招聘 雇
salary wage / 工资 薪水
problem trouble issue / 问题
answer reply respond / 回答 答复 回复
decide decision / 决定 决策
owner / 负责人
rule rules / 规则
file document / 文件
thanks thank / 感谢
showroom / 展厅
reference / 样板
fail failed failure / 失败
number quantity / 数量 个数
working / 工作
"""


_OPPOSITES = """
before prior ahead 之前 以前 前要 / after afterwards following 之后 以后 后要
during while 期间 / after 以后 之后
铁三角 iron / 黄金三角 金三角 golden
largest most biggest 最大 最多 最重 / smallest least fewest 最小 最少 最轻
cheaper cheap lower 便宜 更低 / expensive dearer higher 贵
supporter champion 支持 / blocker opponent opposer 反对 拦路
resign quit 辞职 离职 / join joined hire 入职 招聘
above upwards 以上 往上 / below downwards 以下 往下
win won 赢 拿下 / lose lost 输 丢
buy bought 采购 / sell sold 销售给
small little 小客户 小公司 / key large big major 大客户 大公司
upgrade promote 升级 / drop downgrade 降级 放弃
early earlier 前期 / late later 后期
internal 内部会 / external
own / competitor rival
polite warm 客气 / cold rude 冷淡
first 首先 第一步 / last 最后
"""


@cache
def _listed() -> tuple[tuple[frozenset[str], bool], ...]:
    """Each row: its forms, and whether it tells what a question is about."""
    lines = [line.strip() for line in fold(_ROWS).splitlines() if line.strip()]
    return tuple((_forms(line.lstrip("* ")), not line.startswith("*")) for line in lines)


@cache
def _rows() -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, (forms, _) in enumerate(_listed()):
        for form in forms:
            found.setdefault(form, []).append(number)
    return {form: tuple(numbers) for form, numbers in found.items()}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs = (line.split("/") for line in fold(_OPPOSITES).splitlines() if line.strip())
    return tuple((_forms(one), _forms(other)) for one, other in pairs)


def _forms(line: str) -> frozenset[str]:
    listed = line.replace("/", " ").split()
    return frozenset(word if has_han(word) else bag_of(word).strip() or word for word in listed)


@cache
def _han() -> re.Pattern[str]:
    forms = {form for form in _rows() if has_han(form) and len(form) > 1}
    return re.compile("|".join(sorted(forms, key=lambda form: (-len(form), form))))


def apart(folded: str) -> str:
    """A folded text with its Chinese words that stand in a row set apart by spaces."""
    return _han().sub(lambda found: f" {found[0]} ", folded)


def alike(word: str) -> frozenset[str]:
    """What else says the same as a folded Chinese word or an English stem; no lone character."""
    forms = frozenset().union(*(_listed()[row][0] for row in _rows().get(word, ())))
    return frozenset(each for each in forms if len(each) > 1 or not has_han(each))


def tells(word: str) -> bool:
    """Whether a word says anything of what a question is about; what no row has does."""
    rows = _rows().get(word, ())
    return not rows or any(_listed()[row][1] for row in rows)


def opposite(one: str, other: str) -> bool:
    """Whether one bag has a word, and the other only its opposite."""
    return any(
        (_has(one, left) and _has(other, right) and not _has(one, right) and not _has(other, left))
        or (_has(one, right) and _has(other, left) and not _has(one, left) and not _has(other, right))
        for left, right in _opposites()
    )


def _has(bag: str, forms: frozenset[str]) -> bool:
    return any(needle(each) in bag for each in forms)
