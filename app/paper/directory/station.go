package directory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Sheets are 站点基本信息表 (form F15): all that there is to know of a station, and who is grouped there, by the highest level
// of his mandates. It goes on to further pages where it is long.
func Sheets(d Directory, o form.Issuer) (doc typeset.Document, err error) {
	doc = typeset.Document{Title: form.Names["station-sheet"], Made: o.Today}
	for _, s := range d.Sites {
		pages, err := d.sheet(s, o)
		if err != nil {
			return doc, err
		}
		doc.Pages = append(doc.Pages, pages...)
	}
	return doc, nil
}

// sheet draws one station's.
func (d Directory) sheet(at site.Site, o form.Issuer) (pages []*typeset.Page, err error) {
	f := form.Folio{Foot: 32, Begin: func(part int) (s form.Leaf, g form.Grid, err error) { // at the foot they sign
		s = form.A4(1.3, 18)
		s.Least = form.Official
		note := "截至 " + form.Day(o.Today)
		if part > 1 {
			note += "（续）"
		}
		y, err := s.Head(form.Head{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: form.Names["station-sheet"],
			Note: note, Number: at.Code})
		if o.Practice {
			s.Practice(0, s.Page.H, 30, 70)
		}
		return s, form.Grid{Page: s.Page, X: s.Margin, Y: y, W: s.Width(), Label: s.Note(8.5), Value: s.Style(typeset.Kai, 9.5), Column: 27, Pad: 2.1}, err
	}}
	row := func(cells ...form.Cell) {
		for i := range cells {
			cells[i].Value, cells[i].Lines = form.Or(form.Line(cells[i].Value)), 20
		}
		f.Row(cells...)
	}
	phone, opening := reached(at, o)
	row(form.Cell{Label: "名称", Value: named(at, o)})
	row(form.Cell{Label: "类别", Value: words.Sites.Name(at.Kind)}, form.Cell{Label: "简称", Value: at.Short})
	row(form.Cell{Label: "上级", Value: o.Named(cmp.Or(at.Via, unit.Parent(at.Code)))},
		form.Cell{Label: "设立日期", Value: form.Date(at.Opened)})
	row(form.Cell{Label: "地址", Value: at.Address})
	row(form.Cell{Label: "面积", Value: area(at.Area)}, form.Cell{Label: "网络", Value: at.Network})
	row(form.Cell{Label: "电话", Value: phone}, form.Cell{Label: "接听时间", Value: opening})
	row(form.Cell{Label: "站长", Value: at.Head}, form.Cell{Label: "联络员", Value: list(at.Liaisons)})
	if at.Kind == "base" || at.Field != "" {
		row(form.Cell{Label: "专业领域", Value: at.Field})
	}
	row(form.Cell{Label: "设备", Value: list(at.Equipment)})
	if at.State == site.Closed {
		over := form.Date(at.Closed)
		if at.Successor != "" {
			over += "　并入" + o.Named(at.Successor)
		}
		row(form.Cell{Label: "撤销", Value: over})
	}
	ps := d.at(at.Code)
	serving := slices.DeleteFunc(slices.Clone(ps), func(p person.Person) bool { return len(acting(p)) == 0 })
	row(form.Cell{Label: "编组代表", Value: count(serving)})
	for _, level := range append(words.Levels, words.Word{}) {
		for _, names := range grouped(ps, level.Code) {
			label := level.Name + "级代表"
			switch level.Code {
			case "":
				label = "其他人员"
			case "nation":
				label = "全国代表"
			}
			row(form.Cell{Label: label, Value: names})
		}
	}
	f.Close()
	f.Sign(f.Margin, f.Y+11, f.Right(), "填表人", "站长签名", "联络站（盖章）")
	return f.Pages, f.Err
}

func area(s string) string {
	if s != "" && strings.Trim(s, "0123456789.") == "" {
		return s + " 平方米"
	}
	return s
}

// grouped names those whose highest level is one, "" for those without a mandate that they exercise, as many together as stand in one row;
// what he is besides stands behind a name.
func grouped(ps []person.Person, level string) (rows []string) {
	var names []string
	for _, p := range ps {
		if highest(p) != level {
			continue
		}
		name, more := p.Name, seals(p, acting(p))
		if len(more) > 1 {
			name += "（兼" + strings.Join(more[1:], "、") + "）"
		}
		if r := strings.Trim(roles(p)+"，"+standing(p.Held()), "，"); r != "" && level == "" {
			name += "（" + r + "）"
		}
		names = append(names, name)
	}
	total := len(names)
	for part := range slices.Chunk(names, 24) {
		text := strings.Join(part, "、")
		if rows == nil && total > 1 {
			text += "（共 " + strconv.Itoa(total) + " 人）"
		}
		rows = append(rows, text)
	}
	return rows
}
