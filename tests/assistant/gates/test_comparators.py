"""A claim may not turn a bound around, nor say all, never, only, must or guarantee where its source does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.comparators import comparator_changes, quantifier_changes
from tests.assistant.gates.test_retold import objections

SAME_SIDE = [
    ("at least 30 accounts", "不少于30家客户"),
    ("不少于30家客户", "at least 30 accounts"),
    ("30家以上", "30 or more accounts"),
    ("more than 30 accounts", "30家以上"),
    ("超过30家", "30+ accounts"),
    ("no less than 30%", "30%以上"),
    ("a minimum of 3 people", "至少三人"),
    ("最少三人", "3 people at least"),
    ("above 30%", "高于30%"),
    ("more than 30% of revenue", "超过年收入的30%"),
    ("at most 15%", "不超过15%"),
    ("up to 15%", "15%以内"),
    ("不得超过15%", "no more than 15%"),
    ("capped at 15%", "上限15%"),
    ("less than 30%", "不到30%"),
    ("低於30%", "below 30%"),
    ("under 5 accounts", "少于5家"),
    ("about 30 accounts", "约30家"),
    ("約30家", "approximately 30 accounts"),
    ("30家左右", "roughly 30 accounts"),
    ("nearly 30%", "近30%"),
    ("about 30 accounts", "30家"),
    ("more than 30 dealers", "30多家经销商"),
    ("about 30 dealers", "三十多家经销商"),
    ("reached 30%", "达到30%"),
    ("at least 30%", "达到30%"),
    ("a 30% threshold", "30%作门槛"),
    ("within 30 days", "30天内"),
    ("no later than 30 days", "30天之内"),
    ("30天以内", "at most 30 days"),
    ("in 30 days", "30天内"),
    ("after two weeks", "两周后"),
    ("two weeks before the visit", "拜访前两周"),
    ("over the past three years", "近三年"),
    ("over two years", "用了两年"),
    ("Never give a discount over 15%.", "折扣不得超过15%。"),
    ("折扣不要给到15%以上", "Discounts are at most 15%."),
    ("sign 30 accounts", "签约30家"),
    ("the 30 accounts with the highest sales", "销售额最高的30家"),
    ("at least 3 people", "三到五人"),
    ("at most 5 people", "三到五人"),
    ("by 30 June 2026", "2026年6月30日前"),
    ("before 30 June", "6月30日之前"),
    ("截至6月30日", "until 30 June"),
    ("not later than 30 June", "不晚于6月30日"),
    ("since 2023", "自2023年起"),
    ("after 2014", "2014年后"),
    ("It began in 1998.", "从1998年开始"),
    ("By 1998 revenue had passed 8 billion.", "1998年营收达到80多亿"),
    ("in 2026", "2026年6月30日前签署"),
    ("by the end of 2026", "到2026年底"),
    ("最高扣5%", "up to a ceiling of 5%"),
    ("at most 3 visits and 5 calls", "最多3次拜访、最多5次电话"),
    ("six ones in each plan", "The plan is built around six ones."),
    ("thirty-odd dealers", "三十多家经销商"),
    ("some 30 dealers", "约30家经销商"),
    ("more than doubled", "翻了一番多"),
    ("no fewer than three", "三个以上"),
    ("not until 2027", "2027年之后才"),
    ("SR和FR至少要再留两个季度", "SR and FR stay for at least two quarters"),
    ("The 2024 report shows it.", "It is confirmed by the 2024 report."),
    ("valid for 30 days", "30天有效"),
    ("valid within 30 days", "30天有效"),
    ("more than the RMB 900 million it reported", "远高于它公布的9亿元"),
    ("到2026年底", "by the end of 2026"),
    ("from 2023 to 2025", "2023到2025年"),
]

TURNED = [
    ("at most 30 accounts", "不少于30家客户", ("30",)),
    ("不超过30家", "at least 30 accounts", ("30家",)),
    ("30家以下", "30家以上", ("30家",)),
    ("30 or fewer accounts", "30 or more accounts", ("30",)),
    ("less than 30%", "超过30%", ("30%",)),
    ("超過15%", "at most 15%", ("15%",)),
    ("at least 15%", "15%以内", ("15%",)),
    ("no less than 15%", "no more than 15%", ("15%",)),
    ("不低于15%", "不高于15%", ("15%",)),
    ("a minimum of 3 people", "最多三人", ("3 people",)),
    ("under 30%", "30%以上", ("30%",)),
    # a bound lost or won
    ("30 accounts", "约30家", ("30",)),
    ("30家", "30多家", ("30家",)),
    ("30家", "about 30 accounts", ("30家",)),
    ("30% of revenue", "收入的30%以上", ("30%",)),
    ("15% discount", "折扣不超过15%", ("15%",)),
    ("at least 30 accounts", "30家客户", ("30",)),
    ("more than 30 accounts", "约30家", ("30",)),
    # times
    ("after 30 days", "30天内", ("30 days",)),
    ("30天后", "within 30 days", ("30天",)),
    ("30 days before", "30天后", ("30 days",)),
    ("two weeks after the visit", "拜访两周前", ("two weeks",)),
    ("after 30 June 2026", "2026年6月30日前", ("30 June 2026",)),
    ("6月30日之后", "by 30 June", ("6月30日",)),
    ("on 30 June", "6月30日前", ("30 June",)),
    ("before 2014", "2014年后", ("2014",)),
    ("until 2023", "自2023年起", ("2023",)),
    ("in 2014", "2014年之后", ("2014",)),
    ("每季度最多由总监评审两次", "reviewed by the director at least twice a quarter", ("两次",)),
    ("at most 3 visits and 5 calls", "最多3次拜访、至少5次电话", ("5",)),
    ("at most 82% of customers", "至少占客户总数的82%", ("82%",)),
]

BORNE_OUT = [
    ("不允许向评审人员送礼", "不得向评审人员送礼"),
    ("Gifts to reviewers are not allowed.", "Avoid gifts to reviewers."),
    ("Dealers usually keep a list.", "经销商常有一份名单"),
    ("供应商通常自己记录工时", "Suppliers often record the hours themselves."),
    ("All key accounts have a plan.", "所有大客户都有计划。"),
    ("所有大客户都要有计划", "Every key account has a plan."),
    ("Every account has an owner.", "每个客户都有负责人。"),
    ("每個客戶都有負責人", "Each account has an owner."),
    ("一律上报", "All cases are reported."),
    ("Always write it down.", "一律书面记录。"),
    ("always", "总是"),
    ("100% of the dealers", "全部经销商"),
    ("Each account has an owner.", "客户都有负责人。"),
    ("all three teams", "三个团队"),
    ("first of all, call", "先打电话"),
    ("Not all accounts qualify.", "并非所有客户都合格。"),
    ("It is not at all clear.", "并不清楚。"),
    ("every quarter", "每季度"),
    ("Never promise a price.", "不要承诺价格。"),
    ("绝不承诺价格", "Do not promise a price."),
    ("never", "从不"),
    ("No one may sign alone.", "任何人不得单独签字。"),
    ("从来没有订单", "It has never had an order."),
    ("Only the account manager may quote.", "只有客户经理可以报价。"),
    ("只有客户经理能报价", "Only the account manager may quote."),
    ("The only contact is the buyer.", "唯一的联系人是采购。"),
    ("only after the first win", "赢了第一单才谈"),
    ("only 3 engineers", "三名工程师"),
    ("只有三名工程师", "three engineers"),
    ("不仅要写，还要签", "Write it and sign it."),
    ("You must write it down.", "应书面记录。"),
    ("You must write it down.", "要书面记录。"),
    ("Sellers have to log every gift.", "每一份礼品都要登记。"),
    ("You should write it down.", "Write it down."),
    ("必須書面記錄", "It should be written down."),
    ("must close the oldest complaint", "Close the oldest complaint first."),
    ("You must not cut the price.", "不要降价。"),
    ("Write it down.", "必须书面记录。"),
    ("This guarantees delivery.", "这能保证交付。"),
    ("一定会交付", "Delivery is guaranteed."),
    ("It does not guarantee delivery.", "不一定能交付。"),
    ("一定的客户", "some customers"),
    ("只是换个说法", "The wording changes."),
    ("两只手", "two hands"),
    ("几乎所有客户", "most customers"),
    # set phrases, and other words for all and must
    ("All along the team follows the strategy all the way.", "团队按战略走。"),
    ("After all, above all, all in all, it works.", "毕竟这样有效。"),
    ("It is not at all clear.", "并不清楚。"),
    ("Settle it once and for all.", "彻底解决。"),
    ("All right, all the better.", "好的，更好。"),
    ("Call every now and then, every so often.", "时不时打个电话。"),
    ("Call every once in a while.", "偶尔打个电话。"),
    ("Do it all at once, all over again.", "一次做完，重来一遍。"),
    ("It is all too easy, all but done.", "太容易，几乎完成。"),
    ("Make every effort.", "尽力而为。"),
    ("a must-have feature", "刚需功能"),
    ("a must-win deal", "志在必得的单子"),
    ("Only then does the work start.", "之后开始工作。"),
    ("Only when the plan is signed does it start.", "计划签了才开工。"),
    ("If only it were so; only recently.", "要是这样就好；最近。"),
    ("It was only just signed.", "刚签。"),
    ("In any case, write it down. Not all agree any more.", "无论如何要写下来，并非都同意。"),
    ("Help one another; trust each other.", "互相帮助。"),
    ("Each team and the other trust each other.", "各团队互信。"),
    ("No one answers.", "没有人回答。"),
    ("Nobody answered.", "无人回应。"),
    ("沒有人回應", "Nobody answered."),
    ("人人有责", "Everyone is responsible."),
    ("全都要写", "All of it is written down."),
    ("统统写下来", "Write it all down."),
    ("悉数归还", "All were returned."),
    ("Everyone is responsible.", "人人有责。"),
    ("All of it is reported.", "悉数上报。"),
    ("Everything is reported.", "统统上报。"),
    ("凡是大客户都有计划", "Every key account has a plan."),
    ("无不满意", "All are satisfied."),
    ("Without fail, every visit is logged.", "每次拜访都要登记。"),
    ("每次拜访都要登记", "Log every visit without fail."),
    ("The rule applies across the board.", "一律适用。"),
    ("一概适用", "It applies across the board."),
    ("It always works.", "屡试不爽。"),
    ("All day long, all year round.", "整天整年。"),
    ("All hands on deck.", "全员参与。"),
    ("All parties sign.", "各方签字。"),
    ("All members sign.", "成员都签字。"),
    ("非签不可", "must be signed"),
    ("You must sign.", "不得不签。"),
    ("You have to sign.", "必须签。"),
    ("不签不行", "must be signed"),
    ("Signing is a must.", "非签不可。"),
    ("只此一家", "the only one"),
    ("The only supplier.", "独此一家。"),
    ("the sole supplier", "唯一供应商"),
    ("just one supplier", "只有一家供应商"),
    ("千篇一律、万无一失", "uniform and foolproof"),
    ("逐个写，一个个写", "Write them separately."),
]

OVERSTATED = [
    ("没有年收入就不允许成立事业部", "年收入不到5亿元的公司不必马上成立事业部", ("不允许",)),
    ("Selling to the branch is forbidden.", "It is not necessary to sell to the branch.", ("forbidden",)),
    (
        "Most dealer businesses keep a list of their own.",
        "One dealer keeps a list of its own.",
        ("Most dealer businesses",),
    ),
    ("供应商大多自己记录工时", "柏川机电自己记录工时", ("大多",)),
    ("各个部门的名单都在他手里", "他只掌握工程部的名单", ("各个",)),
    ("No company at all escapes the three traps.", "95%以上的企业都逃不过三个陷阱", ("No company at all",)),
    ("All key accounts have a plan.", "部分大客户有计划。", ("All",)),
    ("所有客户都有计划", "Some accounts have a plan.", ("所有",)),
    ("every dealer", "多数经销商", ("every",)),
    ("Dealers always pay late.", "经销商往往晚付款。", ("always",)),
    ("總是晚付款", "They often pay late.", ("總是",)),
    ("All dealers agree.", "有些经销商都同意了。", ("All",)),
    ("一律上报", "They may report it.", ("一律",)),
    ("任何客户都适用", "It applies to some customers.", ("任何",)),
    ("They never pay on time.", "他们有时不按时付款。", ("never",)),
    ("从不降价", "They rarely cut the price.", ("从不",)),
    ("绝不降价", "They cut the price.", ("绝不",)),
    ("Nobody visits.", "The team visits weekly.", ("Nobody",)),
    ("Only the account manager quotes.", "客户经理报价。", ("Only",)),
    ("只有客户经理报价", "The account manager quotes.", ("只有",)),
    ("solely by price", "by price", ("solely",)),
    ("唯一的供应商", "a supplier", ("唯一",)),
    ("You must start with a project team.", "可以先用项目制。", ("must",)),
    ("必须另派一人", "Consider a second person.", ("必须",)),
    ("務必另派一人", "建议另派一人", ("務必",)),
    ("必须并列引用", "可以并列引用，不应取平均值。", ("必须",)),
    ("A second person is required.", "You may send a second person.", ("required",)),
    ("This guarantees the order.", "这可能带来订单。", ("guarantees",)),
    ("一定会赢", "It may win.", ("一定会",)),
    ("保证交付", "We aim to deliver.", ("保证",)),
    ("It will certainly grow.", "可能增长", ("certainly",)),
    ("All teams follow.", "团队按战略走，有些例外。", ("All",)),
    ("It works for all.", "对部分客户有效。", ("all",)),
    ("Settle all of it.", "解决一部分。", ("all",)),
    ("Always call.", "偶尔打个电话。", ("Always",)),
    ("Help everyone.", "互相帮助，有时例外。", ("everyone",)),
    ("Everybody answered.", "有些人回应。", ("Everybody",)),
    ("人人有责", "Some are responsible.", ("人人",)),
    ("统统上报", "They may report it.", ("统统",)),
    ("一概适用", "It usually applies.", ("一概",)),
    ("凡是客户都要回访", "Some customers are visited again.", ("凡是",)),
    ("悉数归还", "Most were returned.", ("悉数",)),
    ("All agree.", "无论如何要写下来，并非都同意。", ("All",)),
    ("All accounts qualify.", "并非所有客户都合格。", ("All",)),
    ("所有客户都合格", "Not all accounts qualify.", ("所有",)),
    ("Every dealer pays.", "Not every dealer pays.", ("Every",)),
    ("A signature is a must.", "可以签字。", ("must",)),
]


@pytest.mark.parametrize(("claim", "source"), SAME_SIDE)
def test_the_same_side_in_other_words_is_no_change(claim: str, source: str) -> None:
    assert comparator_changes(claim, (source,)) == ()


@pytest.mark.parametrize(("claim", "source", "turned"), TURNED)
def test_a_bound_that_is_turned_lost_or_won_is_a_change(claim: str, source: str, turned: tuple[str, ...]) -> None:
    assert comparator_changes(claim, (source,)) == turned


@pytest.mark.parametrize(("claim", "source"), BORNE_OUT)
def test_a_universal_word_that_the_source_has_in_its_own_way_passes(claim: str, source: str) -> None:
    assert quantifier_changes(claim, (source,)) == ()


@pytest.mark.parametrize(("claim", "source", "words"), OVERSTATED)
def test_a_universal_word_that_the_source_does_not_bear_out_is_a_change(
    claim: str, source: str, words: tuple[str, ...]
) -> None:
    assert quantifier_changes(claim, (source,)) == words


def test_a_number_that_stands_nowhere_is_not_also_a_changed_comparator() -> None:
    assert comparator_changes("at least 31 accounts", ("不超过30家",)) == ()


def test_one_span_with_the_same_bound_is_enough() -> None:
    assert comparator_changes("at least 30 accounts", ("约30家", "不少于30家")) == ()
    assert quantifier_changes("All dealers agree.", ("部分经销商同意", "全部经销商同意")) == ()


RETOLD_BOUNDS = [
    ("at most half", "不超过一半", "at least half"),
    ("no more than three", "最多三个", "no fewer than three"),
    ("三個以內", "up to three", "三個以上"),
    ("north of 30%", "30%以上", "south of 30%"),
    ("south of 30%", "低于30%", "north of 30%"),
    ("just over 30%", "30%出头", "just under 30%"),
    ("30%出头", "slightly more than 30%", "不到30%"),
    ("just under 30%", "略低于30%", "just over 30%"),
    ("略低于30%", "slightly below 30%", "略高于30%"),
    ("well over 30%", "远超30%", "well under 30%"),
    ("close on 30%", "接近30%", "more than 30%"),
    ("nearing 30%", "逼近30%", "past 30%"),
    ("突破30%", "surpassed 30%", "跌破30%"),
    ("fell below 30%", "跌破30%", "rose above 30%"),
    ("跌破30%", "fell below 30%", "升破30%"),
    ("short of 30%", "不到30%", "in excess of 30%"),
    ("falls short of 30%", "未达30%", "exceeds 30%"),
    ("未滿30%", "less than 30%", "超過30%"),
    ("不足三成", "less than 30%", "超过三成"),
    ("三成不到", "under 30%", "三成以上"),
    ("as many as 30 accounts", "多达30家", "fewer than 30 accounts"),
    ("高達30%", "as high as 30%", "不足30%"),
    ("at the very least three", "起码三个", "at the very most three"),
    ("不下三次", "at least three times", "不超过三次"),
    ("at the most three", "顶多三个", "at the least three"),
    ("three or so", "三个左右", "three or more"),
    ("30家上下", "around 30", "30家以下"),
    ("大致30家", "roughly 30", "至少30家"),
    ("about 30, give or take", "大约30家", "over 30, give or take"),
    ("in the region of 30 accounts", "约30家", "at least 30 accounts"),
    ("exactly 30", "正好30", "more than 30"),
    ("刚好30家", "exactly 30", "30多家"),
    ("a full 30 accounts", "整整30家", "fewer than 30 accounts"),
    ("不早于3月", "not before March", "不晚于3月"),
    ("by March at the latest", "最迟3月", "from March at the earliest"),
    ("not until March", "3月才", "until March"),
    ("until March", "到3月为止", "from March on"),
    ("March onwards", "3月起", "until March"),
    ("自3月起", "from March on", "截至3月"),
    ("30 days or more", "30天以上", "30 days or less"),
    ("over 30 days old", "超过30天", "under 30 days old"),
    ("older than 30 days", "超过30天", "younger than 30 days"),
    ("no longer than 30 minutes", "不超过30分钟", "longer than 30 minutes"),
    ("limit it to 30 minutes", "控制在30分钟以内", "let it take more than 30 minutes"),
    ("控制在30分钟", "within 30 minutes", "至少30分钟"),
    ("30 minutes or under", "30分钟以内", "30 minutes or over"),
    ("上不封顶，下限3家", "a floor of 3", "上限3家"),
    ("30岁以下", "under 30", "30岁以上"),
    ("two or more contacts", "两个以上的联系人", "two or fewer contacts"),
    ("至少一位高層", "at least one executive", "最多一位高層"),
    ("more than one contact", "不止一个联系人", "at most one contact"),
    ("不只一位联系人", "more than one contact", "最多一位联系人"),
    ("no single contact may exceed 30%", "任一联系人不得超过30%", "each contact must exceed 30%"),
    ("three times at most", "至多三次", "three times at least"),
    ("three at a minimum", "至少三个", "three at a maximum"),
    ("a maximum of three", "上限三个", "a minimum of three"),
]


@pytest.mark.parametrize(("claim", "source", "altered"), RETOLD_BOUNDS)
def test_a_bound_told_in_other_words_meets_no_objection(claim: str, source: str, altered: str) -> None:
    assert objections(claim, source) == {}
    assert objections(altered, source) != {}


_LOW = ["at least {} accounts", "more than {} accounts", "{} or more accounts", "不少于{}家", "{}家以上", "超过{}家"]
_HIGH = ["at most {} accounts", "fewer than {} accounts", "{} or fewer accounts", "不超过{}家", "{}家以下", "少于{}家"]


@given(st.integers(2, 10**6), st.sampled_from(_LOW), st.sampled_from(_LOW), st.sampled_from(_HIGH))
def test_low_and_high_bounds_never_stand_for_each_other(number: int, low: str, other: str, high: str) -> None:
    assert comparator_changes(low.format(number), (other.format(number),)) == ()
    assert comparator_changes(low.format(number), (high.format(number),)) != ()
    assert comparator_changes(high.format(number), (low.format(number),)) != ()


_SNIPPETS = st.sampled_from([text for pair in SAME_SIDE + BORNE_OUT for text in pair])


@given(st.one_of(st.text(), st.lists(_SNIPPETS, max_size=6).map("; ".join)))
def test_a_claim_equal_to_its_evidence_changes_nothing(text: str) -> None:
    assert comparator_changes(text, (text,)) == ()
    assert quantifier_changes(text, (text,)) == ()


def test_an_amount_told_again_in_brackets_keeps_its_bound() -> None:
    held = ["我方约有180万元的监测设备要迁移。"]
    assert not comparator_changes("About RMB 1.8 million (180万元) of equipment has to be moved.", held)
    assert comparator_changes("At least RMB 1.8 million (180万元) of equipment has to be moved.", held)


def test_the_time_before_something_is_not_the_time_after_it() -> None:
    held = ["对手合同到期前的半年到一年，是提出替代方案的窗口。"]
    assert not comparator_changes("The half-year to one year before a contract expires is the window.", held)
    assert comparator_changes("The half-year to one year after a contract expires is the window.", held)


def test_a_number_told_twice_keeps_its_side_each_time() -> None:
    held = ["曹敏钦用30%作门槛，大客户贡献30%以上收入的企业值得专门设计业务。"]
    assert not comparator_changes("门槛是30%：大客户贡献30%以上收入的企业值得专门设计业务。", held)
    assert comparator_changes("门槛是30%：大客户贡献30%以下收入的企业值得专门设计业务。", held)
