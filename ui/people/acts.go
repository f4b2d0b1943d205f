package people

import (
	"slices"

	"fyne.io/fyne/v2"

	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/words"
)

// act is what one act with a person asks, and what is said about it.
type act struct {
	do, word string
	key      fyne.KeyName // does it with the open person; "" for none
	hint     string
	fields   field.List
	begin    func(p *Page, v person.Person) field.Values // what stands there at first; nil for nothing
	order    func(now, changed field.Values) roster.Order
	of       []string // with one mandate of these standings, which is chosen first
	said     string   // when it is done
}

// What acts ask besides the fields of people and mandates.
var (
	station = field.Field{Code: "stations", Name: "站点", Hint: "站名、首字母或代码", Input: field.Place, Must: true}
	part    = field.Field{Code: "part", Name: "参加方式", Input: field.Chips, Words: words.Parts, Otherwise: "main"}
	day     = field.Field{Code: "day", Name: "从哪天起", Hint: "不写就是今天"}
	notice  = field.Field{Code: "notice", Name: "公告号"}
	note    = field.Field{Code: "note", Name: "说明", Hint: "可以不写", Input: field.Area, Lines: 2}
	why     = field.Field{Code: "note", Name: "原因", Input: field.Area, Lines: 2, Must: true}
	since   = field.Field{Code: "since", Name: "从哪天起", Hint: "不写就不记"}
)

func reasons(list words.List) field.Field {
	return field.Field{Code: "reason", Name: "原因", Input: field.Chips, Words: list, Must: true}
}

// terms are the fields of a mandate of which a form asks at once; what becomes of it is an act of its own.
var terms = person.Terms.Without("until", "state", "reason", "notice")

// acts are all that are done with one person who is there, the likeliest first.
var acts = []act{
	{do: person.Correct, word: "更正", key: fyne.KeyE, fields: person.Fields, said: "已更正。原来写的也留着，可以查。",
		begin: func(_ *Page, v person.Person) field.Values { return v.Values() },
		order: func(_, changed field.Values) roster.Order { return roster.Order{Set: changed} }},
	{do: person.Named, word: "代表职务", key: fyne.KeyM, hint: "一届一个职务；一个人可以同时是几级代表。", fields: terms, said: "代表职务已登记。",
		of: []string{"", "office", "suspended"}, order: mandated},
	{do: person.Group, word: "编入站点", key: fyne.KeyG, fields: field.List{station, part, since, note}, said: "已编入。",
		order: grouped},
	{do: person.Away, word: "请假", key: fyne.KeyL, hint: "请假的日子里不排他接待。", fields: field.List{
		{Code: "from", Name: "从哪天起", Hint: "不写就是今天"}, {Code: "to", Name: "到哪天止", Hint: "还不知道的不写"},
		{Code: "reason", Name: "原因", Hint: "可以不写"}, note}, said: "请假已记下。", order: func(now, _ field.Values) roster.Order {
		o := roster.Order{From: now.Text("from"), To: now.Text("to"), Note: now.Text("note")}
		o.Reason = now.Text("reason")
		return o
	}},
	{do: person.Ungroup, word: "调出站点", fields: field.List{note}, said: "已调出。", order: grouped},
	{do: person.Suspend, word: "暂停执行职务", hint: "只有两种情形（代表法第六十一条）；情形没有了，就恢复。", of: []string{"office"},
		fields: field.List{reasons(words.Suspensions), day, notice, note}, said: "已暂停。", order: ruled},
	{do: person.Resume, word: "恢复执行职务", of: []string{"suspended"}, fields: field.List{day, notice, note}, said: "已恢复。",
		order: ruled},
	{do: person.End, word: "职务终止", hint: "换届请在名册里按“换届”一起办。", of: []string{"office", "suspended"},
		fields: field.List{reasons(words.Ends), day, notice, note}, said: "职务已终止，人还在名册里。", order: ruled},
	{do: person.Join, word: "并为一人", hint: "两处登记的其实是同一个人，并起来只算一位，职务和站点都在一起；并错了可以分开。",
		fields: field.List{{Code: "with", Name: "和哪一位", Hint: "姓名或首字母", Input: field.Place, Must: true}, note},
		said:   "已并为一人。", order: func(now, _ field.Values) roster.Order {
			return roster.Order{With: now.Text("with"), Note: now.Text("note")}
		}},
	{do: person.Cancel, word: "作废", hint: "登记错了才作废。不当代表了的，请办职务终止。", fields: field.List{why}, said: "已作废，原因留着。",
		order: func(now, _ field.Values) roster.Order { return roster.Order{Note: now.Text("note")} }},
}

// addition is the one act with somebody who is not there yet.
var addition = act{do: person.Add, word: "登记一位", hint: "先找一找：名册里有了的不要再登记。",
	fields: slices.Concat(person.Fields.Where(func(f field.Field) bool { return !f.More }),
		optional(terms, "level", "congress", "district", "number"), optional(field.List{station}, "stations"),
		person.Fields.Where(func(f field.Field) bool { return f.More })),
	said: "已登记。", order: func(now, _ field.Values) roster.Order {
		o := roster.Order{Set: field.Values{}}
		for _, f := range person.Fields {
			o.Set[f.Code] = now[f.Code]
		}
		if code := now.Text("stations"); code != "" {
			o.Stations = []string{code}
		}
		if now.Text("level")+now.Text("congress") != "" {
			o.Mandates = []person.Mandate{mandated(now, nil).Mandate}
		}
		return o
	}}

// optional are the fields of some codes, of which none is needed.
func optional(list field.List, codes ...string) (some field.List) {
	for _, code := range codes {
		f, _ := list.Field(code)
		f.Must = false
		some = append(some, f)
	}
	return some
}

func mandated(now, _ field.Values) (o roster.Order) {
	now.Into(&o.Mandate)
	o.Note = now.Text("note")
	return o
}

func ruled(now, _ field.Values) roster.Order {
	o := roster.Order{Day: now.Text("day"), Note: now.Text("note")}
	o.Level, o.Congress, o.Reason, o.Notice = now.Text("level"), now.Text("congress"), now.Text("reason"), now.Text("notice")
	return o
}

func grouped(now, _ field.Values) roster.Order {
	o := roster.Order{Stations: []string{now.Text("stations")}, Part: now.Text("part"), Note: now.Text("note")}
	o.Since = now.Text("since")
	return o
}
