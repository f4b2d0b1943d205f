package session

import (
	"slices"

	"lianluo.local/data/field"
	"lianluo.local/data/words"
)

// Fields are what is written down of a session, in the order of the form: members of Facts by their codes.
var Fields = field.Of(Name, slices.Concat([]field.Field{
	{Code: "kind", Name: "类型", Input: field.Chips, Words: words.Sessions, Otherwise: "reception", Must: true},
	{Code: "type", Name: "活动种类", Input: field.Chips, Words: words.Activities,
		When: func(now field.Values) bool { return now.Text("kind") == "activity" }, Correctable: true},
	{Code: "day", Name: "日期", Hint: "如 2027-01-11", Most: 10, Must: true, Correctable: true},
	{Code: "from", Name: "开始时间", Hint: "如 19:30", Otherwise: "19:30", Most: 5, Correctable: true},
	{Code: "to", Name: "结束时间", Hint: "如 21:00", Otherwise: "21:00", Most: 5, Correctable: true},
	{Code: "topic", Name: "主题", Most: 60, Correctable: true, Wide: true},
	{Code: "place", Name: "地点", Hint: "不写就是本站点", Most: 60, Correctable: true},
	{Code: "liaison", Name: "联络员", Most: 30, Correctable: true},
	{Code: "tier", Name: "领导层级", Input: field.Chips, Words: words.Tiers, More: true, Correctable: true},
	{Code: "organiser", Name: "组织单位", Most: 60, More: true, Correctable: true},
	{Code: "explained", Name: "政策宣讲", Input: field.Area, Lines: 2, Most: 500, More: true, Correctable: true},
	{Code: "citizens", Name: "来访群众", Input: field.Number, Most: 9999, Counted: "人", More: true, Correctable: true},
	{Code: "slips", Name: "意见条", Input: field.Number, Most: 9999, Counted: "张", More: true, Correctable: true},
}, Counts, []field.Field{
	{Code: "minutes", Name: "活动记录", Input: field.Area, Lines: 4, Most: 4000, More: true, Correctable: true, Wide: true},
})...)

// Counts are the fields of Ballots.
var Counts = field.List{ballots("issued", "发出测评票"), ballots("collected", "收回测评票"), ballots("satisfied", "满意票"),
	ballots("basically", "基本满意票"), ballots("unsatisfied", "不满意票"), ballots("abstained", "弃权票"), ballots("spoiled", "无效票")}

// ballots is how many ballots of one sort there were when deputies were rated.
func ballots(code, name string) field.Field {
	return field.Field{Code: code, Name: name, Input: field.Number, Most: 9999, Counted: "票", More: true, Correctable: true,
		When: func(now field.Values) bool { return now.Text("type") == "account" }}
}

// What else an act on a session says.
var _ = field.Of(Name, []field.Field{
	{Code: "station", Name: "站点"}, {Code: "planned", Name: "安排的代表"}, {Code: "who", Name: "人员"}, {Code: "with", Name: "换成"},
	{Code: "part", Name: "参加方式"}, {Code: "unit", Name: "单位"}, {Code: "date", Name: "公告日期"}, {Code: "places", Name: "张贴地点"},
	{Code: "reason", Name: "原因"}, {Code: "present", Name: "到场"}, {Code: "absent", Name: "缺席"}, {Code: "arrived", Name: "到场时间"},
	{Code: "left", Name: "离开时间"}, {Code: "reply", Name: "答复"}, {Code: "note", Name: "说明"}, {Code: "stop", Name: "走访户"},
	{Code: "name", Name: "姓名"}, {Code: "phone", Name: "电话"}, {Code: "address", Name: "住址"}, {Code: "words", Name: "群众说了什么"},
	{Code: "said", Name: "宣传解释"}, {Code: "matter", Name: "事项"}, {Code: "again", Name: "回访日期"}, {Code: "what", Name: "内容"},
	{Code: "done", Name: "已办"}, {Code: "result", Name: "交办的意见"}, {Code: "object", Name: "异议"}, {Code: "answer", Name: "答复"},
	{Code: "off", Name: "不再请"}, {Code: "at", Name: "时间"}, {Code: "becomes", Name: "办成"}, {Code: "anyway", Name: "照样安排"}, {Code: "stops", Name: "走访户"}, {Code: "gone", Name: "删去"}, {Code: "rule", Name: "规则"}, {Code: "do", Name: "办理动作"}, {Code: "guests", Name: "另邀站点"},
}...)
