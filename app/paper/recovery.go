package paper

import (
	"cmp"
	"fmt"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/journal"
)

// Recovery (恢复单) is the sheet for the safe: the twelve characters that give a burnt computer's confidential words
// back, large enough to be read without glasses and in a code, with what it is for, where it is kept and who may open
// it. number tells it from other sheets of the unit. Its words stand nowhere in the description of the file, and it
// belongs into no folder of the program.
func Recovery(words []string, number string, o form.Issuer) (typeset.Document, error) {
	s := form.A4(1.4, 18)
	y, err := s.Head(form.Head{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: "恢复单",
		Note: "只此一张 · 锁进保险柜", Number: number, Heavy: true})
	if err != nil {
		return typeset.Document{}, err
	}
	f := form.Grid{Page: s.Page, X: s.Margin, Y: y, W: s.Width(), Label: s.Note(10), Value: s.Style(typeset.Kai, 11),
		Column: 26, Pad: 1.2}
	f.Row(form.Cell{Label: "单位", Value: form.Line(o.Name), Lines: 2})
	f.Row(form.Cell{Label: "制作日期", Value: form.Day(o.Today), Share: .5},
		form.Cell{Label: "经手人", Value: form.Line(o.Clerk), Share: .5})
	f.Close()
	y = characters(s, f.Y+5, words)
	const side = 38
	if err := s.Page.QR(s.Right()-side, y+6, side, grouped(words), form.Black); err != nil {
		return typeset.Document{}, err
	}
	note := s.Note(7.6)
	s.Page.Text(s.Right()-side/2, y+6+side+4.6, typeset.Centre, note, "扫出来也是这十二个字")
	what := "要求保密的群众，他的姓名、电话和原话，只存在本单位的电脑里。上级替我们存着一份锁好的，自己打不开，全世界只有这十二个字打得开。" +
		"电脑坏了、丢了、烧了，在新电脑上输入，就都回来了。"
	if o.Role != journal.Station {
		what = "本单位电脑上有、别处没有的内容，凭这十二个字找回来。各站要求保密的内容，由各站自己的恢复单保管，这一张打不开。"
	}
	at := y + 5
	for _, part := range []struct {
		title, text string
		room        float64
	}{
		{"有什么用", what, s.Width() - side - 8},
		{"放在哪里", "装进信封，封口签字盖章，锁进单位的保险柜（铁皮柜），和电脑、U盘分开放。不复印，不拍照，不发微信。", s.Width() - side - 8},
		{"谁能打开", "只有负责人同意，并有两人在场。用过以后它还有效：在下面记一笔，重新封好，放回去。", s.Width()},
		{"找不到了", "这张纸丢了、或者给别人看到了：当天在“设置帮助”的“恢复单”里换一张新的，这一张销毁。", s.Width()},
	} {
		at = told(s, at, part.title, part.text, part.room) + 2.6
	}
	record(s, max(at, y+side+14)+1)
	if o.Practice {
		s.Practice(0, s.Page.H, 30, 80)
	}
	return typeset.Document{Title: form.Names["recovery-sheet"] + " " + number, Made: o.Today,
		Pages: []*typeset.Page{s.Page}}, nil
}

// grouped writes the characters in groups of four, as they are read aloud.
func grouped(words []string) string {
	var groups []string
	for i := 0; i < len(words); i += 4 {
		groups = append(groups, strings.Join(words[i:min(i+4, len(words))], ""))
	}
	return strings.Join(groups, " ")
}

// characters draws three rows of four, each in a box with its place, from the height y, and tells where they end.
func characters(s form.Leaf, y float64, words []string) float64 {
	const columns, height, gap = 4, 22.0, 2.2
	w := (s.Width() - (columns-1)*gap) / columns
	big := s.Style(typeset.Song, 31)
	for i, word := range words {
		x, top := s.Margin+float64(i%columns)*(w+gap), y+float64(i/columns)*(height+gap)
		s.Page.Tint(x, top, w, height, form.Blush)
		s.Page.Frame(x, top, w, height, .35, form.Grey)
		s.Page.Text(x+3, top+5.5, typeset.Left, s.Note(9.5), fmt.Sprint(i+1))
		s.Page.Text(x+w/2+2, top+height/2, typeset.Centre, big, word)
	}
	rows := (len(words) + columns - 1) / columns
	return y + float64(rows)*(height+gap) - gap
}

// told sets a text after its title, and tells where it ends.
func told(s form.Leaf, y float64, title, text string, room float64) float64 {
	const column = 26
	head := s.Style(typeset.Bold, 10.4)
	style, lines := s.Style(typeset.Sans, 10).Block(text, room-column, 6, "…")
	step := style.Size * form.Pt * form.Leading
	s.Page.Text(s.Margin, y+.5*step, typeset.Left, head, title)
	for i, l := range lines {
		s.Page.Line(s.Margin+column, y+(float64(i)+.5)*step, style, l)
	}
	return y + float64(len(lines))*step
}

// record leaves lines on which is written when the sheet was tried and opened, and by whom.
func record(s form.Leaf, y float64) {
	column := func(title string, width float64) table.Column {
		return table.Column{Title: title, Width: width, Align: typeset.Centre}
	}
	t := table.Table{
		Columns: []table.Column{column("日期", .24), column("做什么", .3), column("经手人", .23), column("在场人", .23)},
		Rows: []table.Row{{Cells: []string{"", "试过，没有抄错", "", ""}}, {Cells: make([]string, 4)},
			{Cells: make([]string, 4)}},
	}
	small := table.Layout{Body: 10 * s.K, Head: 9.5 * s.K, Titles: 7.5, Least: 9, Written: true}
	small.Place(t, s.Page, s.Margin, y, s.Width())
}
