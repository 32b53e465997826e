"""What coach review says in Slack, in the reader's language."""

from assistant.questions import Language

_SAID: dict[str, tuple[str, str, str]] = {
    # Why an answer waits.
    "down_vote": ("Voted not helpful", "被评为没帮助", "被評為沒幫助"),
    "asked_for_coach": ("A coach was asked for", "请教练来看", "請教練來看"),
    "low_coverage": ("The library covers little of it", "资料覆盖不足", "資料涵蓋不足"),
    "sources_differ": ("Sources differ", "各来源说法不同", "各來源說法不同"),
    "rejected_claims": ("Claims failed their checks", "有内容未通过核对", "有內容未通過核對"),
    "sample": ("Random sample", "随机抽查", "隨機抽查"),
    "new_topic": ("New topic", "新话题", "新話題"),
    "stale": ("A correction no longer holds", "一条修正已失效", "一則修正已失效"),
    # Why a correction no longer holds.
    "changed": ("a document it cites changed", "所引文档有改动", "所引文件有改動"),
    "superseded": ("a newer document replaces one it cites", "所引文档已被新版取代", "所引文件已被新版取代"),
    "expired": ("its time is over, or that of a document it cites", "本身或所引文档已过期", "本身或所引文件已過期"),
    "gone": ("a document it cites is gone", "所引文档已不在资料库", "所引文件已不在資料庫"),
    # Cards and lists.
    "asked_by": ("Asked by {person}", "提问人：{person}", "提問人：{person}"),
    "somebody": ("somebody people.yaml does not know", "people.yaml 中没有的人", "people.yaml 中沒有的人"),
    "waiting": ("waiting since ", "等待自 ", "等待自 "),
    "promised": ("promised by ", "承诺时间 ", "承諾時間 "),
    "closed_card": (
        "Not everyone in this channel may read this question. Open it to see it, if you may.",
        "本频道并非人人都能看这个问题。如果您有权限，请点“打开”查看。",
        "本頻道並非人人都能看這個問題。如果您有權限，請點「開啟」查看。",
    ),
    "only_part": (
        "This is not all of it: open it to judge.",
        "以上不是全部内容：请打开后再评定。",
        "以上不是全部內容：請開啟後再評定。",
    ),
    "claimed": ("{coach} is on it", "{coach} 正在处理", "{coach} 正在處理"),
    "for": ("For {name}", "分派给 {name}", "分派給 {name}"),
    "done": ("Done", "已完成", "已完成"),
    "differ": ("Coaches differ on this.", "教练们的意见不一致。", "教練們的意見不一致。"),
    "approve": ("approves", "认可", "認可"),
    "correct": ("corrects", "修正", "修正"),
    "reject": ("rejects", "否定", "否定"),
    "card_text": ("An answer waits for a coach", "有一条回答等待教练审阅", "有一則回答等待教練審閱"),
    "erased": ("This question was erased.", "这个问题已被删除。", "這個問題已被刪除。"),
    # Buttons.
    "claim_it": ("Claim", "认领", "認領"),
    "open_it": ("Open", "打开", "開啟"),
    "approve_it": ("Approve", "认可", "認可"),
    "correct_it": ("Correct", "修正", "修正"),
    "reject_it": ("Reject", "否定", "否定"),
    "release_it": ("Give back", "放回", "放回"),
    "verify_it": ("Verify again", "重新核实", "重新核實"),
    "show": ("Show", "查看", "查看"),
    # What a press of a button comes to.
    "no_coach": (
        "Only coaches can do this. Nothing was changed.",
        "只有教练可以这样做，未作任何更改。",
        "只有教練可以這樣做，未作任何更改。",
    ),
    "no_case": (
        "This is not in the queue any more, or not open to you.",
        "它已不在待审队列中，或未对您开放。",
        "它已不在待審佇列中，或未對您開放。",
    ),
    "taken": (
        "{coach} is on it. Open it to add a verdict of your own.",
        "{coach} 正在处理。您可以打开它，另加您的意见。",
        "{coach} 正在處理。您可以開啟它，另加您的意見。",
    ),
    "kept": ("Thank you, your verdict is kept.", "谢谢，您的意见已保存。", "謝謝，您的意見已保存。"),
    "verified": (
        "Verified: it holds anew from today.",
        "已核实：从今天起重新生效。",
        "已核實：從今天起重新生效。",
    ),
    "not_verified": (
        "Not all that it quotes stands in the documents now. Please correct it.",
        "它引用的内容已不全在文档中，请修正。",
        "它引用的內容已不全在文件中，請修正。",
    ),
    # Modals.
    "review_title": ("Review", "审阅", "審閱"),
    "correct_title": ("Correction", "修正", "修正"),
    "loading": ("One moment …", "请稍候…", "請稍候…"),
    "checking": ("Checking every line …", "正在逐行核对…", "正在逐行核對…"),
    "close": ("Close", "关闭", "關閉"),
    "question": ("The question", "问题", "問題"),
    "votes": ("What askers said", "提问人的反馈", "提問人的回饋"),
    "verdicts": ("Verdicts so far", "已有意见", "已有意見"),
    "correction": ("The correction", "这条修正", "這則修正"),
    "answer": ("The answer", "回答", "回答"),
    "judge_claims": (
        "Judge each claim, if you like",
        "如有需要，请逐条评定",
        "如有需要，請逐條評定",
    ),
    "no_answer": ("It was declined.", "当时没有回答。", "當時沒有回答。"),
    "mark": ("right, wrong, unsupported?", "对、错、没有依据？", "對、錯、沒有依據？"),
    "right": ("Right", "对", "對"),
    "wrong": ("Wrong", "错", "錯"),
    "unsupported": ("Not supported by its source", "来源不支持", "來源不支持"),
    "rubric": ("As coaching, apart from its facts, it …", "不论事实，作为辅导，它……", "不論事實，作為輔導，它……"),
    "reason": ("Why", "理由", "理由"),
    "reason_hint": (
        "If you reject the answer, whoever asked is told this.",
        "如果您否定这条回答，提问人会看到这里的内容。",
        "如果您否定這則回答，提問人會看到這裡的內容。",
    ),
    "better_source": ("A better source", "更好的来源", "更好的來源"),
    "passages": ("Passages to cite", "可引用的原文", "可引用的原文"),
    "search": ("Search for others (press Enter)", "查找其他原文（按回车）", "查找其他原文（按 Enter）"),
    "not_found": ("Nothing new was found for this.", "没有找到新的内容。", "沒有找到新的內容。"),
    "enough": ("No more than {most} can be added.", "最多只能添加 {most} 段。", "最多只能加入 {most} 段。"),
    "lines": ("What should be said", "应当怎么说", "應當怎麼說"),
    "lines_hint": (
        "One statement a line; end it with [1]. A line without a number is your own experience, shown under your name.",
        "每行一条，行末用 [1] 注明出处。没有编号的行是您的个人经验，会署您的名字。",
        "每行一則，行末用 [1] 註明出處。沒有編號的行是您的個人經驗，會署您的名字。",
    ),
    "topics": ("Topics, with commas between them", "话题，用逗号分开", "話題，用逗號分開"),
    "teach": ("Teach it", "提交修正", "送出修正"),
    "fault": ("Line {number}: {mend}", "第 {number} 行：{mend}", "第 {number} 行：{mend}"),
    "busy": (
        "The library is busy: nothing was kept. Please send it again.",
        "资料库正忙，内容没有保存，请再提交一次。",
        "資料庫忙碌，內容沒有儲存，請再送出一次。",
    ),
    "nothing_said": ("Nothing is said there yet.", "这里还没有内容。", "這裡還沒有內容。"),
    "taught": (
        "It is kept, and whoever asked will be told.",
        "已保存，并会告知提问人。",
        "已保存，並會告知提問人。",
    ),
    "failed": (
        "This did not work. What you typed is below.",
        "这次没有成功，您输入的内容在下面。",
        "這次沒有成功，您輸入的內容在下面。",
    ),
    # The App Home of coaches.
    "queue": ("Answers that wait for a coach", "等待教练审阅的回答", "等待教練審閱的回答"),
    "queue_none": ("Nothing waits.", "没有待审的回答。", "沒有待審的回答。"),
    "filter": ("Which", "筛选", "篩選"),
    "all": ("All", "全部", "全部"),
    "mine": ("For me or my teams", "分派给我或我的团队", "分派給我或我的團隊"),
    "more": ("More", "更多", "更多"),
    "first": ("From the start", "回到开头", "回到開頭"),
    # To whoever asked.
    "reviewed_this": ("Coach {coach} reviewed this", "教练 {coach} 审阅了这个问题", "教練 {coach} 審閱了這個問題"),
    "you_asked": ("You asked", "您问过", "您問過"),
    "not_for_you": (
        "A coach reviewed this; you may not see its sources.",
        "教练已审阅；您没有查看其来源的权限。",
        "教練已審閱；您沒有查看其來源的權限。",
    ),
    "taken_back": ("A coach takes this answer back.", "教练撤回了这条回答。", "教練撤回了這則回答。"),
    "because": ("Why: {reason}", "理由：{reason}", "理由：{reason}"),
    "marked_correct": (
        "Corrected by coach {coach} on {on}",
        "教练 {coach} 已于 {on} 修正",
        "教練 {coach} 已於 {on} 修正",
    ),
    "marked_reject": (
        "Coach {coach} takes this back, {on}",
        "教练 {coach} 已于 {on} 撤回",
        "教練 {coach} 已於 {on} 撤回",
    ),
    "marked_approve": ("Coach {coach} approves it, {on}", "教练 {coach} 于 {on} 认可", "教練 {coach} 於 {on} 認可"),
    "helped": ("This helped", "有帮助", "有幫助"),
    "not_helped": ("It did not", "没帮助", "沒幫助"),
    "thanks": ("Thank you, this is kept with the answer.", "谢谢，已和回答一起保存。", "謝謝，已和回答一起保存。"),
    "not_yours": (
        "Only whoever asked can say this.",
        "只有提问人可以这样回复。",
        "只有提問人可以這樣回覆。",
    ),
    "filled": (
        "The library can answer this now.",
        "资料库现在能回答这个问题了。",
        "資料庫現在能回答這個問題了。",
    ),
    "ask_again": ("Ask again", "再问一次", "再問一次"),
}
_COLUMN = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def said(what: str, language: Language, **values: object) -> str:
    """A phrase in a language, its {names} filled in."""
    return _SAID[what][_COLUMN[language]].format(**values)
