package words

// The closed lists of a station's calendar.
var (
	// Sessions are the kinds of sessions.
	Sessions = List{{"reception", "进站接待"}, {"visit", "走访"}, {"activity", "活动"}}
	// Activities are what deputies do together besides receiving and visiting citizens.
	Activities = List{
		{"talk", "宣讲"}, {"forum", "座谈"}, {"training", "学习培训"}, {"survey", "视察调研"}, {"inspection", "执法检查"},
		{"group", "小组活动"}, {"salon", "学术沙龙"}, {"account", "述职评议"}, {"box", "开意见箱"}, {"congress", "出席人代会"},
		{"guest", "列席应邀"}, {"deed", "办实事"}, {"other", "其他"},
	}
	// Callings are how somebody is called to a session.
	Callings = List{{"lead", "主接"}, {"join", "参加"}, {"guest", "特邀"}}
	// Replies are what somebody who is called answers.
	Replies = List{{"yes", "参加"}, {"leave", "请假"}}
	// Rhythms are by what days a station receives: a date or an n-th weekday of each month, days of the week, a market's
	// days, days by hand.
	Rhythms = List{{"month", "每月"}, {"week", "每周"}, {"cycle", "集日"}, {"day", "指定日期"}}
	// Shifts are where a day goes that is not worked: to the next or the previous working day, or it stays.
	Shifts = List{{"next", "顺延"}, {"previous", "提前"}, {"keep", "不调整"}}
	// Duties are what a record of duty holds: sessions, activities by type, matters and suggestions.
	Duties = List{
		{"reception", "进站接待"}, {"visit", "走访"}, {"talk", "宣讲"}, {"forum", "座谈"}, {"training", "学习培训"}, {"survey", "视察调研"},
		{"inspection", "执法检查"}, {"group", "小组活动"}, {"salon", "学术沙龙"}, {"account", "述职评议"}, {"box", "开意见箱"}, {"congress", "出席人代会"},
		{"guest", "列席应邀"}, {"deed", "办实事"}, {"other", "其他活动"}, {"guided", "引导解决"}, {"consulted", "协商解决"}, {"taken", "接单办理"},
		{"led", "领办"}, {"suggestion", "代表建议"},
	}
)
