"""Families of wordings around denial, as data: alternatives of regular expressions over folded text.

`negators` puts them together; the comment above each says why it is a family.
"""

DENY_NOTHING = (
    # The denial is part of a set phrase that affirms.
    r"不仅如此|不外乎|不失为|不失时机|不约而同|不遗余力|不厌其[烦详]|不谋而合|不相上下|不折不扣|不言[而自][喻明]"
    r"|不可或缺"
    r"|不可多得|不胜枚举|不用说|不在话下|不乏|不缺(?!席)[少乏]?|不亚于|不啻|不一而足|不可避免|不可开交|不辞辛?劳?|不耻下问|不屈不挠"
    r"|不慌不忙"
    r"|不偏不倚|不动声色|不打折扣|不假思索|不请自来|不期而遇|不得已|不计其数|不[可容]小[觑看视]|不容忽视|不容置疑"
    r"|不在少数"
    r"|不免|不无|不拘|毫不(?:犹豫|逊色|含糊|松懈|动摇|迟疑)|持续不断|[源连接]+不断|永不间断|[丝分]毫不差|八九不离十"
    r"|少不了"
    r"|免不[了得]|跑不了|错不了|差不离|说不定|保不[齐准]|莫过于|莫大|没准(?![备时确点])|没日没夜|无微不至|无孔不入"
    r"|无时无刻不?"
    r"|无可厚非|无与伦比|无出其右|无所不[在包]|无一不|无偿|无私|无愧|无妨|无异于|无缝|非同小可|非同一般|非凡|除此之外"
    r"|除此以外|[也均都]?不例外|一个[都也]?不[能可]?[漏少落]|仅此而已|毫无例外|没有例外|毫无疑问|二话不说|说一不二|一丝不苟|无条件|不限于|不打折|无论如何"
    r"|非[一-龥]{1,4}(?:不可|不行)"
    r"|不分(?:好坏|大小|新旧)|别出心裁|别具一格|别开生面|另别|分门别类|久别",
    # Nothing is left out: the denial says all of them.
    r"一[一-龥]都?不[落漏剩差少拉]|一[一-龥][都也]?(?:没有?)(?:落下|漏掉?|少)|一字不[差改漏落]|原封不动|(?:保持|维持"
    r"|始终|永远|长期|依旧|仍然?|都)不变|不变(?=$|[,.;，。；的])|一成不变|缺一不可",
    # Two denials in one word.
    r"不可不|不会不|不至于不|没有不(?!同)(?=[一-龥])|未尝不|未必不",
    # Whether or not.
    r"与否|(?<=[能可是])否(?![认决定则])|有无|有\W?(?:还是|或者?|、|和|与)\W?没有|没有?就[一-龥]{0,2}没有?"
    r"|(?<=核[对实查][一-龥]{2})没有?(?=$|[,.;?!，。；？！])"
    r"|(?<=(?:确认|检查|看看|问问|问清)[一-龥]{2})没有?(?=$|[,.;?!，。；？！])"
    r"|(?<=(?:确认|检查|看看|问问|问清|核对|核实)[一-龥]{3})没有?(?=$|[,.;?!，。；？！])"
    r"|\bor\ not\b(?=\s*(?:$|[,.;?]))",
    # A name made of numbers: one-too-much, 一多二少三无.
    r"(?:[一二两三四五六七八九][一-龥]){2}(?:[一二两三四五六七八九][一-龥])*|\b(?:one|two|three|four|five)-(?:too-)?[a-z]+\b",
    # Terms that name a thing by what it is not.
    r"(?:禁止|不得?|反|非|防|竞业)(?:招揽|挖角|竞争|竞业|泄露|披露|独家|起诉|贬损|禁止|限制)+(?=的?(?:条[款文]"
    r"|协[议定]|约定|义务|承诺|合[约同]))"
    r"|禁止(?=[^,.。;；，]{1,6}(?:条[款文]|协议|清单|名单))|不可抗力|不动产|不锈钢|不干胶|不定期|不记名|不等式|不对称"
    r"|不合格品"
    r"|不良(?=率|品|资产|贷款)|无障碍|无损检测|无烟|无菌|无纸化|未婚|未成年|未知数|免疫|免税|免检|免签|免责",
    r"\b(?:wire|regard|nonethe|neverthe|seam|count|end|time|price|relent|paper|doubt)less(?:ly)?\b|\bnotwithstanding\b"
    r"|\bunlike\b|\bunanim\w*|\buncover\w*|\bunravel\w*|\bunleash\w*|\bunearth\w*",
    r"\bnon-?(?:disclosure|compete|competition|solicitation|disparagement|circumvention|poaching)\b",
    # English idioms that affirm.
    r"\bnot\ (?:infrequently|uncommon(?:ly)?|unusual(?:ly)?)\b|\bno\ sooner\b|\bwhy\ not\b|\b(?:if"
    r"|or)\ not\b(?=\ (?:more|better|always|all)\b)"
    r"|\bnothing\ (?:less\ than|short\ of)\b|\bnone\ other\ than\b|\bmore\ often\ than\ not\b|\b(?:as\ (?:often"
    r"|likely)\ as\ not)\b"
    r"|\bwithout\ (?:delay|exception|fail|question|doubt|hesitation|further\ ado)\b"
    r"|\bno\ exceptions?\b|\bin\ no\ time\b|\band\ nothing\ (?:more|else)\b|\bfree\ of\ charge\b"
    r"|\bunavoidabl[ey]\b|\bno\ small\b|\bnothing\ if\ not\b|\bno\ mean\b"
    r"|\bbelieve\ it\ or\ not\b|\bnever\ mind\b|\blast\ but\ not\ least\b|\bbar\ none\b|\bnot\ (?:a\ )?few\b",
    r"\bhard(?:[-\ ]?work(?!\ (?:to|for)\b)\w*|ware|[-\ ](?:cop(?:y|ies)|data|numbers|figures|facts|evidence"
    r"|currency))\b"
    r"|(?<=\bwork\ )hard\b|(?<=\bworks\ )hard\b|(?<=\bworking\ )hard\b|(?<=\bworked\ )hard\b"
    r"|\bshort(?:list\w*|hand|cuts?)\b|\bin\ short\b|\bsmall\ (?:talk|print)\b|\blittle\ by\ little\b",
    r"\bout\ of\b(?!\ (?:scope|stock|reach|date|sight|touch|order|control|hand|season|business|place|bounds|work|money"
    r"|time|favou?r|the\ question|line|tune|step|office)\b)",
    r"不同的(?=[一-龥]{2})",
)
"""What looks like a denying word and denies nothing."""

DENY = (
    # To stay out of a thing.
    r"\b(?:keep|keeps|kept|stay|stays|stayed|steer|remain|remains)\ (?:(?:it|them|us|well)\ )?"
    r"(?:away\ from|out\ of|clear\ of)\b",
    r"\b(?:decid|advis|vot|argu|warn)\w*\ against\b",
    r"\b(?:look|search|wait|ask)(?:s|ed|ing)?\ in\ vain\b",
    # To refuse.
    r"\bturn(?:s|ed|ing)?\ down\b",
    # Away from somebody is not for him.
    r"\b(?:keep|keeps|keeping|kept|stay|stays|staying|steer|steering)\b(?=\ [^,.;:]{0,60}?\b(?:away\ from|out\ of"
    r"|secret\ from|hidden\ from|clear\ of)\b)",
    # Not so far.
    r"\byet\ to\b",
    # To see to it that something is not done.
    r"\b(?:refrain(?:s|ed|ing)?|abstain(?:s|ed|ing)?|withh[oe]ld(?:s|ing)?|prevent(?:s|ed|ing)?|bann(?:ed|ing)|bans?"
    r"|barred)\b",
    # Not always is not surely.
    r"不一定|不见得|不尽然|不必然",
)
"""What denies plainly in several words."""

LEAVE = (
    # To leave a thing undone.
    r"(?:撇开|抛开|丢开|放开|撇下)[^,，。;；]{1,12}不[谈说论提管]|省[去掉略]|略[去过]|跳过|绕[开过]|躲开|远离|免[去掉]|撇开|搁[置下]|按下不|打住|收手|作罢|罢手|停[手下掉止]|叫停"
    r"|中止|终止|抛开|丢开|剔除|排除|拒之门外|戒[掉除]|先放一?放|留到|忍住",
    r"\b(?:skip(?:s|ped|ping)?|h(?:o|e)ld(?:s|ing)?\ (?:back|off)|shun\w*|for(?:e)?go(?:es|ing)?|bypass\w*"
    r"|sidestep\w*|ceas\w+|halt\w*|quit\w*|ditch\w*|scrap\w*|rul(?:e|es|ed|ing)\ out|do(?:es)?\ without"
    r"|off[-\ ]limits|taboo"
    r"|walk(?:s|ed)?\ away|shy\ away|exclud\w+|leav(?:e|es|ing)\ (?:out|off|aside|alone)|give\ up|gave\ up"
    r"|dispens\w+\ with|resist(?:s|ed|ing)?|stay(?:s|ing)?\ (?:away|out|off|clear)|steer\w*\ clear|(?:bad"
    r"|poor)\ (?:idea|move|form)"
    r"|far\ from|anything\ but|beware|wary\ of|watch\ out|think\ twice|silent\ (?:on|about)"
    r"|minus|stop(?:s|ped)?\ short|guard(?:s|ed|ing)?\ against|outstanding|pending"
    r"|still\ to\ (?:be|come)|no-go|(?:temptation|urge)\ to)\b",
    r"[没无](?:有)?(?:动静|声息|消息)|远?不[用必]等到?|谨防|提防|当心|警惕|慎[重言用]|三思|不详|阙如|按住|压住|往后[放排推]|推后|退[让居]|让位|靠边",
    # To be without it.
    r"空白|空缺|空着|待[定办补解]|悬而|尚待|有待|徒劳|枉费|一无所有|两手空空|存疑|有违|违背|犯忌|忌讳|大忌|禁忌|红线"
    r"|雷区|禁区|无从|两码事|两回事|另一回事",
    r"\b(?:devoid|bereft|deficient|inadequate\w*|void|vacant|unaware|fall(?:s|en)?\ (?:short|through)|fell\ (?:short"
    r"|through)"
    r"|remain(?:s|ed)?\ to\ be|in\ vain|impossib\w+|nominal|in\ name)\b",
)
"""What a paraphrase may tell a denial with, though by itself it denies nothing."""

FAINT = (
    # Little of something, or not the same.
    r"寥寥|稀[少缺]|少见|罕见|少有|[甚很极]少|微薄|微乎其微|薄弱|单薄|低迷|欠佳|吃力|费[力劲]|艰[难辛]|困难|困境|辛苦"
    r"|棘手|紧张|有限|轻微|零[星散头]|缓慢"
    r"|拖[沓延拉]|精?简短?|逊色|落[伍后空]|[偏较][低小慢弱短差]|迟迟|仓促|细[小微]|琐碎|各自|各异|分别|参差|因人而异"
    r"|减少|下降|缩减|打架|争[执议端吵]|对立|相悖|白费|泡汤|作废|难题|难处|难[缠啃搞]|问题|毛病|不顺|过[早多]|太[早多]",
    r"\b(?:scarce\w*|sparse\w*|limited|thin|faint|modest|minor|tough\w*|tricky|mea?gre|tight|brief|tiny|sluggish"
    r"|inferior|shaky|fragile|reduc\w+|decreas\w+|fewer|lag\w*|struggl\w+"
    r"|uphill|challeng\w+|infrequent\w*|rare|low(?:er|est)|small(?:est)|slow(?:er|est|ly)|weak(?:er|est|ness|nesses)"
    r"|short(?:er|est)|poor(?:er|est|ly)"
    r"|hard(?:er)|differ\w*|var(?:y|ies|ied|ious|iety)|separate\w*|distinct\w*|tailor\w*|apart|mismatch\w*|at\ odds"
    r"|diverg\w+|clash\w*|one\ (?:thing|way)|tension\w*|disput\w+"
    r"|trouble\w*|difficult\w+|hardship|gaps?|too\ (?:early|soon|late|much|many))\b",
)
"""What may tell a low degree or a difference in other words, and alone says nothing."""
