package matter

import (
	"slices"

	"lianluo.local/data/field"
	"lianluo.local/data/words"
)

// Columns are what a table of matters that leaves the program may have, in the usual order: where the matter stands, what
// was written down at the table, what the offices did, what came of it. Their codes are the keys of a matter as JSON; the
// place by its names, the group of its category and the letter of its result are added by whoever knows them.
var Columns = slices.Concat(
	field.List{{Code: "number", Name: "编号"}, {Code: "id", Name: "事项标识"}, {Code: "stateName", Name: "状态"},
		{Code: "step", Name: "第几步", Input: field.Number}, {Code: "overdue", Name: "超期", Input: field.Tick, Words: words.Of("true", "超期")},
		{Code: "county", Name: "县（市、区）"}, {Code: "township", Name: "乡镇（街道）"}, {Code: "village", Name: "村（社区）"}},
	Fields.In("station 站点代码", "occurred", "register", "channel", "paperNumber").Without("category"),
	field.List{{Code: "group", Name: "大类"}, {Code: "category", Name: "类别代码"}, {Code: "categoryName", Name: "类别"},
		{Code: "due", Name: "承诺答复日"}, {Code: "holder", Name: "承办层级"}, {Code: "term", Name: "这一步期限"},
		{Code: "units", Name: "承办单位", Input: field.People}, {Code: "guides", Name: "引导协商的代表", Input: field.People},
		{Code: "assigned", Name: "交办日期"}, {Code: "signed", Name: "签收日期"}, {Code: "leader", Name: "领办领导"},
		{Code: "intoNumber", Name: "并入"}, {Code: "suggestion", Name: "代表建议标识"}, {Code: "suggests", Name: "代表建议"},
		{Code: "proposers", Name: "提出建议的代表", Input: field.People}, {Code: "congress", Name: "届次"},
		{Code: "class", Name: "结果类别", Input: field.Number}, {Code: "className", Name: "办理结果"}, {Code: "letter", Name: "结果字母"},
		{Code: "answer", Name: "答复"}, {Code: "answeredBy", Name: "答复单位"}, {Code: "answeredOn", Name: "答复日期"},
		{Code: "minutes", Name: "协商纪要"}, {Code: "promise", Name: "承诺事项"}, {Code: "promiseBy", Name: "承诺兑现日"},
		{Code: "urged", Name: "催办次数", Input: field.Number}, {Code: "supervised", Name: "督办次数", Input: field.Number},
		{Code: "deputyTold", Name: "反馈代表日期"}, {Code: "told", Name: "反馈群众日期"},
		{Code: "tellWay", Name: "反馈方式", Input: field.Chips, Words: words.Ways}, {Code: "ratedOn", Name: "评议日期"},
		{Code: "attitude", Name: "对态度的评议", Input: field.Chips, Words: words.Ratings},
		{Code: "result", Name: "对结果的评议", Input: field.Chips, Words: words.Ratings}, {Code: "complaint", Name: "不满意的原因"},
		{Code: "redone", Name: "重办次数", Input: field.Number}})

// Written are the codes of what somebody wrote of a matter in his own words, where all may read it who see the matter.
var Written = []string{"title", "place", "proposal", "door", "answer", "minutes", "promise", "complaint", "suggests"}
