package matter

import (
	"slices"

	"lianluo.local/data/field"
	"lianluo.local/data/mask"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Fields are what is written down of a matter at the table, in the order of the form. Each is a member of Report or,
// if it is private, of Private by its code.
var Fields = field.Of(Name, []field.Field{
	{Code: "name", Name: "姓名", Hint: "群众的姓名", Most: 60,
		Private: true, Correctable: true, Mask: mask.Name},
	{Code: "anonymous", Name: "匿名", Input: field.Tick, Hint: "匿名", Words: words.Of("true", "匿名", "false", "留姓名"),
		Beside: "name", Correctable: true},
	{Code: "phone", Name: "电话", Hint: "手机或座机", Most: 60, Wrong: misdialled,
		Private: true, Correctable: true, Mask: mask.Phone},
	{Code: "address", Name: "住址", Input: field.Place, Hint: "村名或首字母，如 yjz", Most: 200,
		Private: true, Correctable: true, Mask: covered, Wide: true},
	{Code: "category", Name: "类别", Input: field.Category, Hint: "名称、首字母或代码",
		Correctable: true, Wide: true},
	{Code: "words", Name: "原话", Label: "群众原话", Input: field.Area, Hint: "照群众的原话写。换行按 Shift+Enter", Lines: 4,
		Most: 20000, Must: true, Private: true, Correctable: true},
	{Code: "title", Name: "标题", Hint: "不写就取原话第一句", Most: 30,
		Sealed: true, Correctable: true},
	{Code: "place", Name: "地点", Hint: "事情发生在哪里", Most: 200,
		Sealed: true, Correctable: true, Wide: true},
	{Code: "onSpot", Name: "现场处理", Input: field.Chips, Words: words.OnSpots, Otherwise: "register",
		Must: true},
	{Code: "onSpotAnswer", Name: "现场答复", Input: field.Area, Hint: "当场怎样答复的", Lines: 2, Most: 20000,
		When: onSpot("answered", "resolved", "out-of-scope"), Private: true, Correctable: true},
	{Code: "reason", Name: "原因", Label: "不受理原因", Input: field.Chips, Words: words.Reasons,
		When: onSpot("out-of-scope"), Wide: true},
	{Code: "door", Name: "请群众去找", Hint: "哪个部门，在哪里，电话，什么时候上班", Lines: 2, Most: 200,
		When: onSpot("out-of-scope"), Wide: true},
	{Code: "deputies", Name: "接待代表", Input: field.People, Most: 20, Counted: "位代表",
		Correctable: true},
	{Code: "register", Name: "登记簿", Input: field.Chips, Words: words.Registers, Unasked: true},
	{Code: "station", Name: "联络站", Unasked: true},

	{Code: "channel", Name: "来源渠道", Input: field.Chips, Words: words.Channels, Otherwise: "walk-in",
		More: true},
	{Code: "purpose", Name: "诉求目的", Input: field.Chips, Words: words.Purposes,
		More: true, Correctable: true},
	{Code: "urgency", Name: "紧急程度", Input: field.Chips, Words: words.Urgencies, Otherwise: "normal",
		More: true, Correctable: true},
	{Code: "people", Name: "人数", Label: "一起来的人数", Input: field.Number, Hint: "1", Otherwise: "1", Most: 99999,
		Counted: "人", More: true, Correctable: true},
	{Code: "ageBand", Name: "年龄段", Label: "年龄", Input: field.Chips, Words: words.AgeBands,
		More: true, Private: true, Correctable: true},
	{Code: "sex", Name: "性别", Input: field.Chips, Words: words.Sexes,
		More: true, Private: true, Correctable: true},
	{Code: "occurred", Name: "反映时间", Input: field.Day, Hint: "不写就是现在，如 2026-11-21 19:30",
		More: true, Correctable: true},
	{Code: "wanted", Name: "想找的领域", Hint: "如 农业农村", Most: 30, When: ordered, More: true},
	{Code: "asked", Name: "点的代表", Hint: "群众点名找的代表", Most: 30, When: ordered, More: true},
	{Code: "session", Name: "场次", Unasked: true, Wide: true},
	{Code: "paperNumber", Name: "纸质编号", Label: "纸本编号", Hint: "先写在纸本上的，写纸上的编号", Most: 40,
		More: true},
	{Code: "confidential", Name: "保密", Input: field.Tick, Hint: "群众要求保密", Words: words.Of("true", "保密", "false", "不保密"),
		More: true, Correctable: true, Wide: true},
	{Code: "mode", Name: "处理方式", Label: "打算怎样办", Input: field.Chips, Words: words.Modes,
		More: true, Correctable: true},
	{Code: "proposal", Name: "拟办意见", Input: field.Area, Hint: "站里打算怎么办", Lines: 2, Most: 20000,
		More: true, Sealed: true, Correctable: true},
}...)

// Correctable are the fields that a station may put right later, in the order in which a history names them.
var Correctable = Fields.Where(func(f field.Field) bool { return f.Correctable }).In(
	"name", "phone", "sex", "ageBand", "address", "words", "onSpotAnswer", "title", "category",
	"purpose", "place", "urgency",
	"deputies", "people", "proposal", "mode", "confidential", "anonymous", "occurred")

// Values are what is known of a matter's fields.
func (m Matter) Values() field.Values {
	return field.From(m.Report, m.Private).With(field.Values{"occurred": m.Occurred})
}

func misdialled(phone string) string {
	_, wrong := spelling.Phones(phone)
	return wrong.Sentence()
}

func covered(string) string { return "已遮住" }

// onSpot says that a field is asked for where the matter was dealt with at the table in one of these ways.
func onSpot(ways ...string) func(field.Values) bool {
	return func(v field.Values) bool { return slices.Contains(ways, v.Text("onSpot")) }
}

// ordered says that a field is asked for where the citizen wishes for a deputy.
func ordered(v field.Values) bool { return v.Text("channel") == "order" }
