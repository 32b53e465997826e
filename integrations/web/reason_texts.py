"""Why answers wait, why claims were dropped, why corrections lapsed: codes in words."""

from integrations.web.console import Words

WHY: Words = {
    "why_down_vote": ("voted not helpful", "被评为没帮助", "被評為沒幫助"),
    "why_asked_for_coach": ("a coach was asked for", "请教练来看", "請教練來看"),
    "why_low_coverage": ("the library covers little of it", "资料覆盖不足", "資料涵蓋不足"),
    "why_sources_differ": ("sources differ", "各来源说法不同", "各來源說法不同"),
    "why_rejected_claims": ("statements failed their checks", "有内容未通过核对", "有內容未通過核對"),
    "why_sample": ("random sample", "随机抽查", "隨機抽查"),
    "why_new_topic": ("new topic", "新话题", "新話題"),
    "why_stale": ("a correction no longer holds", "一条修正已失效", "一則修正已失效"),
}
LAPSES: Words = {
    "lapse_changed": ("a document it cites changed", "所引文档有改动", "所引文件有改動"),
    "lapse_superseded": (
        "a newer document replaces one it cites",
        "所引文档已被新版取代",
        "所引文件已被新版取代",
    ),
    "lapse_expired": (
        "its time is over, or that of a document it cites",
        "本身或所引文档已过期",
        "本身或所引文件已過期",
    ),
    "lapse_gone": ("a document it cites is gone", "所引文档已不在资料库", "所引文件已不在資料庫"),
}
REJECTED: Words = {
    "no_truncated": ("the model broke off before it was whole", "模型没有写完就中断了", "模型沒有寫完就中斷了"),
    "no_format": ("the model did not keep to the form", "模型没有按规定的格式书写", "模型沒有按規定的格式書寫"),
    "no_size": ("it is too long", "内容过长", "內容過長"),
    "no_unknown_id": ("it cites a source that was not offered", "引用了未提供的来源", "引用了未提供的來源"),
    "no_source_gone": (
        "its source is not in force, or was closed to the asker",
        "来源已失效，或未对提问人开放",
        "來源已失效，或未對提問人開放",
    ),
    "no_uncited": ("it states a fact without a source", "陈述事实却没有来源", "陳述事實卻沒有來源"),
    "no_quote_short": ("its quote is too short to prove anything", "引文太短，不足为据", "引文太短，不足為據"),
    "no_quote_long": ("its quote is too long", "引文过长", "引文過長"),
    "no_quote_spliced": (
        "its quote joins words that stand apart",
        "引文把原文中分开的字句拼在了一起",
        "引文把原文中分開的字句拼在了一起",
    ),
    "no_quote_not_found": ("its quote is not in the source", "来源里没有这段引文", "來源裡沒有這段引文"),
    "no_quote_altered": (
        "its quote changes a number, date, name or denial of the source",
        "引文改动了原文的数字、日期、名称或否定",
        "引文改動了原文的數字、日期、名稱或否定",
    ),
    "no_number": ("a number is not in its quote", "有数字不在引文中", "有數字不在引文中"),
    "no_date": ("a date is not in its quote", "有日期不在引文中", "有日期不在引文中"),
    "no_comparator": (
        "it sets another bound than its quote (at least, at most, before, after)",
        "界限与引文不同（至少、至多、之前、之后）",
        "界限與引文不同（至少、至多、之前、之後）",
    ),
    "no_quantifier": (
        "it says all, never, only or must; its quote does not",
        "说了全部、从不、只能或必须，引文没有这样说",
        "說了全部、從不、只能或必須，引文沒有這樣說",
    ),
    "no_negation": (
        "it denies what its quote affirms, or the other way round",
        "与引文一个肯定、一个否定",
        "與引文一個肯定、一個否定",
    ),
    "no_name": ("a name is not in its quote", "有名称不在引文中", "有名稱不在引文中"),
    "no_other_account": (
        "it tells another account's record as this one's",
        "把别的客户的记录当成了这个客户的",
        "把別的客戶的紀錄當成了這個客戶的",
    ),
    "no_unrelated": ("its quote does not speak of this", "引文没有讲到这一点", "引文沒有講到這一點"),
    "no_advice_fact": ("advice that states a fact", "建议中夹带了事实陈述", "建議中夾帶了事實陳述"),
    "no_link": (
        "it has a link, mention or markup that its quote has not",
        "含有引文中没有的链接、提及或标记",
        "含有引文中沒有的連結、提及或標記",
    ),
    "no_characters": (
        "it has characters that look like others",
        "含有形似的异体字符",
        "含有形似的異體字元",
    ),
    "no_no_citation": ("a quotation without a source", "引用原文却没有来源", "引用原文卻沒有來源"),
    "no_not_the_quote": ("a quotation that is not its source's words", "引文与来源原文不符", "引文與來源原文不符"),
    "no_other": ("it failed a check", "未通过核对", "未通過核對"),
}
