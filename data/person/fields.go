package person

import (
	"lianluo.local/data/field"
	"lianluo.local/data/mask"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Fields are what is written down of a person besides mandates and stations, in the order of the form. Each is a member
// of Facts or, if it is private, of Private by its code. Lists of codes are typed as their words.
var Fields = field.Of(Name, []field.Field{
	{Code: "name", Name: "姓名", Most: 30, Must: true, Correctable: true},
	{Code: "sex", Name: "性别", Input: field.Chips, Words: words.Sexes, Correctable: true},
	{Code: "birth", Name: "出生年月", Hint: "如 1975-03", Most: 10, Private: true, Correctable: true,
		Mask: func(string) string { return "已遮住" }},
	{Code: "phone", Name: "电话", Hint: "手机或座机", Most: 60, Wrong: misdialled, Private: true, Correctable: true, Mask: mask.Phone},
	{Code: "employer", Name: "工作单位", Most: 60, Correctable: true, Wide: true},
	{Code: "post", Name: "职务", Most: 60, Correctable: true, Wide: true},
	{Code: "fields", Name: "专业领域", Input: field.People, Most: 9, Counted: "个领域", Correctable: true},
	{Code: "tier", Name: "领导层级", Input: field.Chips, Words: words.Tiers, More: true, Correctable: true},
	{Code: "roles", Name: "站点工作", Input: field.People, Words: words.Roles, Most: 5, Counted: "项", More: true, Correctable: true},
	{Code: "nationality", Name: "民族", Most: 12, More: true, Correctable: true},
	{Code: "party", Name: "党派", Most: 20, More: true, Correctable: true},
	{Code: "education", Name: "文化程度", Most: 20, More: true, Correctable: true},
	{Code: "structures", Name: "代表结构", Input: field.People, Words: words.Structures, Most: 8, Counted: "类", More: true, Correctable: true},
	{Code: "email", Name: "邮箱", Most: 60, More: true, Private: true, Correctable: true, Mask: func(string) string { return "已遮住" }},
	{Code: "address", Name: "通讯地址", Most: 100, More: true, Private: true, Correctable: true, Wide: true,
		Mask: func(string) string { return "已遮住" }},
	{Code: "open", Name: "公开手机", Input: field.Tick, Hint: "本人同意公开手机", Words: words.Of("true", "同意公开手机", "false", "不公开手机"),
		More: true, Correctable: true},
	{Code: "shown", Name: "公开照片", Input: field.Tick, Hint: "本人同意公开照片", Words: words.Of("true", "同意公开照片", "false", "不公开照片"),
		More: true, Correctable: true},
	{Code: "remark", Name: "备注", Input: field.Area, Lines: 2, Most: 500, More: true, Private: true, Correctable: true},
}...)

// Terms are what is written down of a mandate, in the order of the form: members of Mandate by their codes.
var Terms = field.Of(Name, []field.Field{
	{Code: "level", Name: "级别", Input: field.Chips, Words: words.Levels, Must: true},
	{Code: "congress", Name: "届次", Hint: "如 十四届", Most: 10, Must: true},
	{Code: "place", Name: "哪里的人大", Hint: "乡镇或县的名称，不写就是本级", Input: field.Place, Most: 30},
	{Code: "district", Name: "选区或选举单位", Most: 60},
	{Code: "delegation", Name: "代表团", Most: 30},
	{Code: "number", Name: "代表证号", Most: 30},
	{Code: "how", Name: "产生方式", Input: field.Chips, Words: words.Elections, More: true},
	{Code: "offices", Name: "人大职务", Input: field.People, Words: words.Offices, Most: 6, Counted: "项", More: true},
	{Code: "since", Name: "当选日期", Hint: "如 2021-06-01", Most: 10},
	{Code: "until", Name: "终止日期", Most: 10, More: true},
	{Code: "state", Name: "现状", Input: field.Chips, Words: words.Standings, Otherwise: "office", More: true},
	{Code: "reason", Name: "原因", Most: 30, More: true},
	{Code: "notice", Name: "公告号", Most: 40, More: true},
}...)

// What else an act on a person says.
var _ = field.Of(Name, []field.Field{
	{Code: "mandates", Name: "代表职务"}, {Code: "station", Name: "站点"}, {Code: "stations", Name: "站点"}, {Code: "part", Name: "参加方式"},
	{Code: "day", Name: "日期"}, {Code: "from", Name: "从哪天起"}, {Code: "to", Name: "到哪天止"}, {Code: "with", Name: "另一位"},
	{Code: "photo", Name: "照片"}, {Code: "note", Name: "说明"}, {Code: "batch", Name: "批次"}, {Code: "do", Name: "办理动作"},
	{Code: "person", Name: "人员"},
}...)

// Values are what is known of a person's fields, lists of codes in their words.
func (p Person) Values() field.Values {
	v := field.From(p.Facts, p.Private)
	for code, list := range map[string]words.List{"roles": words.Roles, "structures": words.Structures} {
		var names []string
		for _, c := range v.List(code) {
			names = append(names, list.Name(c))
		}
		v[code] = names
	}
	return v
}

func misdialled(phone string) string {
	_, wrong := spelling.Phones(phone)
	return wrong.Sentence()
}
