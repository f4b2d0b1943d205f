package book

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
)

// chosen are the fields whose value is one of a few.
var chosen = map[string]words.List{
	"sex": words.Sexes, "ageBand": words.AgeBands, "purpose": words.Purposes, "urgency": words.Urgencies, "mode": words.Modes,
	"confidential": {{Code: "true", Name: "保密"}, {Code: "false", Name: "不保密"}}, "anonymous": {{Code: "true", Name: "匿名"}, {Code: "false", Name: "留姓名"}},
}

// long are the fields of several lines.
var long = map[string]bool{"words": true, "onSpotAnswer": true, "proposal": true}

// value is what a field of a matter holds, as it is typed.
func value(v ledger.View, field string) string {
	b, _ := json.Marshal(v.Report)
	all := map[string]any{}
	_ = json.Unmarshal(b, &all)
	b, _ = json.Marshal(v.Private)
	_ = json.Unmarshal(b, &all)
	switch x := all[field].(type) {
	case string:
		if field == "occurred" {
			return strings.TrimSuffix(v.Occurred.Format("2006-01-02 15:04"), " 00:00") // a day without a time
		}
		return x
	case bool:
		return strconv.FormatBool(x)
	case float64:
		return strconv.Itoa(int(x))
	case []any:
		return strings.Join(v.Deputies, "、")
	}
	return ""
}

// raw is what was typed for a field as a correction carries it: numbers, true and false and lists as such. Words that are
// no number stay words, so that they are told to be wrong.
func raw(field, s string) json.RawMessage {
	var v any = strings.TrimSpace(s)
	switch field {
	case "people":
		if n, err := strconv.Atoi(strings.TrimSpace(spelling.Plain(s))); err == nil {
			v = n
		}
	case "confidential", "anonymous":
		v = s == "true"
	case "deputies":
		v = append([]string{}, spelling.People(s)...)
	}
	b, _ := json.Marshal(v)
	return b
}

// editor makes what a field is corrected with, and gives what was put in.
func editor(field, now string) (fyne.CanvasObject, func() string) {
	if words, ok := chosen[field]; ok {
		chips := kit.NewChips(false)
		var options []kit.Option
		for _, w := range words {
			options = append(options, kit.Option{Code: w.Code, Text: w.Name})
		}
		chips.SetOptions(options)
		chips.Choose(now)
		return chips, chips.One
	}
	if field == "category" {
		pick := kit.NewPicker("名称、首字母或代码", func(q string) (found []kit.Option) {
			for _, c := range category.Find(spelling.Plain(q), 6) {
				found = append(found, kit.Option{Code: c.Code, Text: c.Name, Note: c.GroupName})
			}
			return found
		})
		if c, ok := category.ByCode(now); ok {
			pick.Choose(kit.Option{Code: c.Code, Text: c.Name})
		}
		return pick.Container, func() string {
			if code := pick.Chosen().Code; code != "" {
				return code
			}
			return pick.Entry.Text
		}
	}
	e := kit.NewEntry("")
	if long[field] {
		e = kit.NewArea("", 5)
	}
	e.SetText(now)
	return e, func() string { return e.Text }
}

// correct asks which field is wrong and what is right.
func (p *Page) correct() {
	m := p.matter
	which := kit.NewChips(false)
	var options []kit.Option
	for _, w := range matter.Correctable {
		options = append(options, kit.Option{Code: w.Code, Text: w.Name})
	}
	which.SetOptions(options)
	field := kit.NewField("改成", false, kit.Hint("先选上面的一项。"))
	place := container.NewVBox(field.Container)
	read := func() string { return "" }
	which.OnChanged = func() {
		code := which.One()
		if code == "" {
			return
		}
		var o fyne.CanvasObject
		o, read = editor(code, value(m.View, code))
		field = kit.NewField(matter.Correctable.Name(code)+"改成", false, o)
		place.Objects = []fyne.CanvasObject{field.Container}
		place.Refresh()
	}
	yes := func() {
		code := which.One()
		if code == "" {
			field.Say("请先选要更正的一项。")
			return
		}
		p.actions.Correct(m.View, map[string]json.RawMessage{code: raw(code, read())}, func(err error) {
			p.done(field, err, code, "已更正。原来写的也留着，可以查。")
		})
	}
	content := container.NewVScroll(container.NewVBox(kit.Hint("哪一项写错了？"), which, place))
	p.sheet("更正 "+m.Number, content, fyne.NewSize(900, 560), "更正", yes)
	kit.Focus(which)
}

// void asks for a reason.
func (p *Page) void() {
	m := p.matter
	reason := kit.NewArea("例如：同一件登记了两次", 3)
	field := kit.NewField("原因", true, reason)
	yes := func() {
		if strings.TrimSpace(reason.Text) == "" {
			field.Say("请写明作废的原因。")
			kit.Focus(reason)
			return
		}
		p.actions.Void(m.View, reason.Text, func(err error) { p.done(field, err, "note", "已作废，原因记在台账里。") })
	}
	content := container.NewVBox(kit.Text("登记错了才作废。作废后不再办理，但记录和原因一直留着，上级也看得到。"), field.Container)
	p.sheet("作废 "+m.Number, content, fyne.NewSize(720, 380), "作废", yes)
	kit.Focus(reason)
}

func (p *Page) sheet(title string, content fyne.CanvasObject, size fyne.Size, yes string, do func()) {
	m := p.matter
	no := kit.NewButton("不改了", "Esc", false, func() { m.sheet.Close() })
	m.sheet = kit.Show(p.host.Canvas(), title, content, size, no, kit.NewButton(yes, "", true, do))
}

// done closes the sheet where all went well, else it says at the field what did not.
func (p *Page) done(field *kit.Field, err error, name, well string) {
	var wrong problem.Problems
	switch {
	case err == nil:
		if p.matter != nil && p.matter.sheet != nil {
			p.matter.sheet.Close()
		}
		p.host.Say(kit.Good, well)
		p.Shown()
	case errors.As(err, &wrong) && wrong[name] != "":
		field.Say(wrong[name])
	default:
		field.Say(p.host.Explain(err))
	}
}
