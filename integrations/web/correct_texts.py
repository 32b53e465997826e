"""What the pages of corrections say, in the reader's language."""

from integrations.web.console import Words

CORRECT: Words = {
    "correct": ("Correction", "修正", "修正"),
    "correct_title": ("Correct this answer", "修正这条回答", "修正這則回答"),
    "correct_question": ("The question", "问题", "問題"),
    "correct_lines": ("What should be said", "应当怎么说", "應當怎麼說"),
    "correct_hint": (
        "One statement a line; end it with the number of its source, like [1]. A line without a number is your own"
        " experience, shown under your name.",
        "每行一条，行末用 [1] 这样的编号注明出处。没有编号的行是您的个人经验，会署您的名字。",
        "每行一則，行末用 [1] 這樣的編號註明出處。沒有編號的行是您的個人經驗，會署您的名字。",
    ),
    "correct_language": ("Language", "语言", "語言"),
    "correct_topics": ("Topics, with commas between them", "话题，用逗号分开", "話題，用逗號分開"),
    "correct_check": ("Check", "核对", "核對"),
    "correct_publish": ("Publish", "发布", "發布"),
    "correct_passages": ("Passages to cite", "可引用的原文", "可引用的原文"),
    "correct_gone": ("Source {number} is not there any more.", "来源 {number} 已不存在。", "來源 {number} 已不存在。"),
    "correct_search": ("Search for others", "查找其他原文", "查找其他原文"),
    "correct_found": ("Found for \u201c{text}\u201d", "\u201c{text}\u201d的查找结果", "「{text}」的查找結果"),
    "correct_near": ("Near the question", "与问题相近的原文", "與問題相近的原文"),
    "correct_not_found": (
        "Nothing new was found for \u201c{text}\u201d.",
        "没有找到与\u201c{text}\u201d相关的新内容。",
        "沒有找到與「{text}」相關的新內容。",
    ),
    "correct_add": ("Add as [{number}]", "加为 [{number}]", "加為 [{number}]"),
    "correct_enough": ("No more than {most} can be added.", "最多只能添加 {most} 段。", "最多只能加入 {most} 段。"),
    "correct_nothing": ("Nothing is said there yet.", "这里还没有内容。", "這裡還沒有內容。"),
    "correct_faults": (
        "Lines to mend: {number}. Nothing was published.",
        "有 {number} 行需要修改，尚未发布。",
        "有 {number} 行需要修改，尚未發布。",
    ),
    "correct_stands": (
        "Every line stands. You can publish it.",
        "每一行都成立，可以发布。",
        "每一行都成立，可以發布。",
    ),
    "correct_line": ("Line {number}", "第 {number} 行", "第 {number} 行"),
    "correct_fine": ("stands", "成立", "成立"),
    "correct_experience": (
        "your own experience, under your name",
        "您的个人经验，署您的名字",
        "您的個人經驗，署您的名字",
    ),
    "correct_tells": (
        "Once published, it answers this question for all who may read its sources; {person} will be told.",
        "发布后，凡有权阅读其来源的人问到这个问题，都会得到这条回答，并会告知 {person}。",
        "發布後，凡有權閱讀其來源的人問到這個問題，都會得到這則回答，並會告知 {person}。",
    ),
}
KEPT: Words = {
    "corrections": ("Corrections", "修正", "修正"),
    "corrections_title": ("What coaches corrected", "教练的修正", "教練的修正"),
    "corrections_count": (
        "{held} hold, {stale} hold no longer",
        "{held} 条有效，{stale} 条已失效",
        "{held} 則有效，{stale} 則已失效",
    ),
    "corrections_none": ("There is no correction yet.", "还没有修正。", "還沒有修正。"),
    "corrections_by": (
        "by {coach}, from {begun} until {ended}",
        "{coach}，{begun} 至 {ended}",
        "{coach}，{begun} 至 {ended}",
    ),
    "corrections_stale": ("holds no longer", "已失效", "已失效"),
    "corrections_experience": ("{coach}'s own experience", "{coach} 的个人经验", "{coach} 的個人經驗"),
    "corrections_withdraw": ("Withdraw this correction", "撤回这条修正", "撤回這則修正"),
    "corrections_sure": (
        "Nobody will be answered with it any more. What was said stays on record.",
        "撤回后不会再用它回答。说过的内容仍有记录。",
        "撤回後不會再用它回答。說過的內容仍有紀錄。",
    ),
    "corrections_by_key": (
        "{key}: open what can be done with the marked one",
        "{key}：展开选中条目的操作",
        "{key}：展開選取項目的操作",
    ),
}
