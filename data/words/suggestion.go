package words

// The closed lists of deputies' suggestions.
var (
	// Proposals are what deputies hand in: a suggestion, or a motion, which the law wants more of them for.
	Proposals = List{{"suggestion", "建议"}, {"motion", "议案"}}
	// Occasions are when it is handed in: while the congress meets, or between its sessions.
	Occasions = List{{"session", "大会期间"}, {"between", "闭会期间"}}
	// Openness is how much of a suggestion and its answer is made public.
	Openness = List{{"full", "主动公开"}, {"summary", "摘要公开"}, {"no", "不公开"}}
	// Origins are from what it came to be.
	Origins = List{{"station", "联络站事项"}, {"citizens", "联系群众"}, {"survey", "视察调研"}, {"congress", "会议审议"}, {"other", "其他"}}
	// Contacts are the ways in which a unit talks with those who signed, before it answers.
	Contacts = List{{"meet", "当面"}, {"forum", "座谈"}, {"site", "现场"}, {"phone", "电话"}, {"letter", "书面"}}
	// Verdicts are how deputies rate work and result; the last where they say nothing.
	Verdicts = List{{"satisfied", "满意"}, {"basically", "基本满意"}, {"unsatisfied", "不满意"}, {"none", "未表态"}}
	// Takings are how much of what they proposed was taken.
	Takings = List{{"taken", "采纳"}, {"partly", "部分采纳"}, {"later", "近期不能落实"}, {"not", "未采纳"}}
	// Pauses are the only reasons for which a clock stands still.
	Pauses = List{{"material", "等代表补充材料"}, {"approval", "等上级批准"}, {"emergency", "突发事件中止"}}
)
