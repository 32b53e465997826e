"""What the bot says around answers, in the reader's language."""

from assistant.questions import Language

_SAID: dict[str, tuple[str, str, str]] = {
    "reading": ("is reading {passages} passages …", "正在阅读 {passages} 段资料…", "正在閱讀 {passages} 段資料…"),
    "open_passage": ("Show passage", "查看原文", "查看原文"),
    "passage_title": ("Passage", "原文", "原文"),
    "close": ("Close", "关闭", "關閉"),
    "send": ("Send", "提交", "送出"),
    "helpful": ("Helpful", "有帮助", "有幫助"),
    "not_helpful": ("Not helpful", "没帮助", "沒幫助"),
    "ask_coach": ("Ask a coach", "请教练看看", "請教練看看"),
    "share": ("Share in this channel", "分享到本频道", "分享到本頻道"),
    "similar": ("Show me that answer", "给我看那条回答", "給我看那則回答"),
    "retry": ("Try again", "重试", "重試"),
    "shared_by": ("{person} asked: {question}", "{person} 问：{question}", "{person} 問：{question}"),
    "thanks": (
        "Thank you. Your vote is kept with the answer.",
        "谢谢，您的评价已和这条回答一起保存。",
        "謝謝，您的評價已和這則回答一起保存。",
    ),
    "coach_called": (
        "Noted. A coach will see this question and the answer.",
        "已记录，教练会看到这个问题和回答。",
        "已記錄，教練會看到這個問題和回答。",
    ),
    "reason_title": ("What was wrong?", "哪里不对？", "哪裡不對？"),
    "reason_label": ("Tell the coaches in your own words", "请用您自己的话告诉教练", "請用您自己的話告訴教練"),
    "gone": (
        "This passage is no longer available: its document was changed, withdrawn or closed.",
        "这段原文已不可用：文档已被修改、撤回或限制访问。",
        "這段原文已無法使用：文件已被修改、撤回或限制存取。",
    ),
    "failed": (
        "I could not answer: {cause}. Nobody else sees this message.",
        "这次没能回答：{cause}。这条消息只有您能看到。",
        "這次沒能回答：{cause}。這則訊息只有您看得到。",
    ),
    "cause_library": ("the library is busy or cannot be opened", "资料库正忙或无法打开", "資料庫忙碌或無法開啟"),
    "cause_slack": (
        "Slack refused my reply ({code})",
        "Slack 拒绝了我的回复（{code}）",
        "Slack 拒絕了我的回覆（{code}）",
    ),
    "cause_unknown": ("something went wrong on our side", "我们这边出了问题", "我們這邊出了問題"),
    "stopped": ("Stopped. Ask again whenever you like.", "已停止。随时可以再问。", "已停止。隨時可以再問。"),
    "nothing_asked": (
        "Ask me about accounts, playbooks and plans, for example: {example}",
        "可以问我关于客户、打法和规划的问题，例如：{example}",
        "可以問我關於客戶、打法和規劃的問題，例如：{example}",
    ),
    "cannot_share": (
        "I cannot share this here: not everyone in this channel may see its sources, or I am not a member.",
        "不能分享到这里：并非频道里每个人都能看它的来源，或者我不在这个频道。",
        "不能分享到這裡：並非頻道裡每個人都能看它的來源，或者我不在這個頻道。",
    ),
    "unowned": (
        "Nobody owns this gap yet; “Ask a coach” reports it.",
        "这个空白还没有负责人；点“请教练看看”可以报告。",
        "這個空白還沒有負責人；點「請教練看看」可以回報。",
    ),
    "home_title": ("Account Coach", "客户教练", "客戶教練"),
    "home_what": ("What you can ask", "可以问什么", "可以問什麼"),
    "home_last": ("Your last questions", "您最近的问题", "您最近的問題"),
    "home_none": ("You have not asked anything yet.", "您还没有提过问题。", "您還沒有提過問題。"),
    "home_library": (
        "You can read {documents} documents of the library.",
        "资料库中您能看到 {documents} 份文档。",
        "資料庫中您能看到 {documents} 份文件。",
    ),
    "home_access": (
        "These are the public ones and those open to you. To see more, ask your administrator.",
        "包括公开文档和对您开放的文档。如需查看更多，请联系管理员。",
        "包括公開文件和對您開放的文件。如需查看更多，請聯絡管理員。",
    ),
    "more_alone": ("There is more for you alone", "还有仅供您查看的内容", "還有僅供您查看的內容"),
}
_COLUMN = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}

PROMPTS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Win back a quiet account", "How do we win back a key account that went quiet?"),
        ("Tier my customers", "How should we tier our customers?"),
        ("Beat an incumbent", "How do we open an account that a competitor holds?"),
    ),
    "zh-Hans": (
        ("挽回沉默的大客户", "沉默的大客户怎么挽回？"),
        ("给客户分级", "大客户怎么分级？"),
        ("撬动对手的客户", "客户被竞争对手把持，怎么打开突破口？"),
    ),
    "zh-Hant": (
        ("挽回沉默的大客戶", "沉默的大客戶怎麼挽回？"),
        ("為客戶分級", "大客戶怎麼分級？"),
        ("撬動對手的客戶", "客戶被競爭對手把持，怎麼打開突破口？"),
    ),
}


def said(what: str, language: Language, **values: object) -> str:
    """A phrase in a language, its {names} filled in."""
    return _SAID[what][_COLUMN[language]].format(**values)


def language_of_locale(locale: str) -> Language:
    """The language for a Slack locale such as zh-TW; English for all we do not speak."""
    if locale.lower() in ("zh-tw", "zh-hk", "zh-mo"):
        return "zh-Hant"
    return "zh-Hans" if locale.lower().startswith("zh") else "en"
