package slip

import (
	"fmt"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// Joining carries the sixteen digits of this computer to whoever is to type them on the other side: an office hands
// it to those below (接入单), and whoever is below to its office (up, 接入申请单). What it says is no secret; what counts is
// that it comes from hand to hand, or over a telephone number that one knows, and not out of the shared folder.
func Joining(digits string, o form.Issuer, up bool) (typeset.Document, error) {
	s := given()
	title, whose, next := "接入单", "本级校验号", []string{
		"在自己的电脑上打开联络站，照第一页选好单位和共享文件夹（或插上U盘），把上面的十六位填进“上级校验号”。",
		"已经建好站的，到“报送”页，照卡片上的第③步填上面的十六位，按“确认”。",
		"按“现在报送”；用U盘的，把U盘交给上级。再打上面的电话，念“报送”页上本机的十六位。",
		"上级确认以后（用U盘的，拿回U盘），再按一次“现在报送”，就接上了。",
	}
	if up {
		title, whose, next = "接入申请单", "本机校验号", []string{
			"本单位先报送一次，共享文件夹（或U盘）里才有申请。",
			"上级在“报送”页的“等待接入”里选中本单位，把上面的十六位填进去，按“确认接入”。",
			"上级把自己的接入单交来，或在电话里念十六位，本单位填在“报送”页的卡片上，按“确认”。",
			"两边都填好以后，本单位再报送一次，就接上了。",
		}
	}
	y, err := s.Head(form.Head{Organisation: form.Line(o.Name), Title: title,
		Note: map[bool]string{true: "交给上级 · 当面或派人送", false: "交给下级 · 当面或派人送"}[up]})
	if err != nil {
		return typeset.Document{}, err
	}
	f := table(s, y, 9.5, 10.6, 30)
	f.Pad = 1.6 * s.K
	f.Row(form.Cell{Label: "单位", Value: form.Line(o.Name), Lines: 2})
	f.Row(form.Cell{Label: "单位代码", Value: o.Unit})
	number(s, &f, whose, digits)
	f.Row(form.Cell{Label: "电话", Value: form.Or(form.Line(o.Phone)), Share: .5},
		form.Cell{Label: "经办人", Value: form.Or(form.Line(o.Clerk)), Share: .5})
	f.Row(form.Cell{Label: "日期", Value: form.Day(o.Today)})
	f.Close()
	y = f.Y + 8*s.K
	for i, step := range next {
		y = paragraph(s, y, s.Style(typeset.Sans, 10.2), fmt.Sprintf("%d．%s", i+1, step), 3) + 2.4*s.K
	}
	y = paragraph(s, y+1.5*s.K, s.Style(typeset.Bold, 10.2), "校验号不怕别人知道，只怕填的不是真的。请只填这张纸上的，或用您一直用的号码打电话听到的；"+
		"不要照着U盘、微信或申请文件里的抄。填了说“对不上”的，先不要确认，打电话问清楚。", 4) + 9*s.K
	other := "对方校验号"
	if up {
		other = "上级校验号"
	}
	blank := table(s, y, 9.5, 10.6, 30)
	number(s, &blank, other, "")
	blank.Close()
	s.Sign(s.Margin, blank.Y+9*s.K, s.Right(), "经办人签名", "单位（盖章）")
	if o.Practice {
		s.Practice(0, s.Page.H, 30, 80)
	}
	return typeset.Document{Title: title, Made: o.Today, Pages: []*typeset.Page{s.Page}}, nil
}

// number adds the row of sixteen digits in groups of four, large; without digits there are boxes to write them in.
func number(s form.Leaf, f *form.Grid, label, digits string) {
	const groups, each = 4, 4
	height := 18 * s.K
	f.Begin()
	f.Title(f.X, height, label, false)
	left, room := f.X+f.Column, f.W-f.Column
	if digits != "" {
		f.Page.Tint(left, f.Y, room, height, form.Blush)
	}
	style := s.Style(typeset.Bold, 18)
	style.Ink = form.Red
	gap := 3.4 * s.K
	cell := (room - (groups+1)*gap) / (groups * each)
	middle := f.Y + height/2
	for i := range groups * each {
		x := left + gap + float64(i)*cell + float64(i/each)*gap
		if digits == "" {
			f.Page.Frame(x, middle-5*s.K, cell, 10*s.K, .25, form.Grey)
		} else if i < len(digits) {
			f.Page.Text(x+cell/2, middle, typeset.Centre, style, digits[i:i+1])
		}
	}
	f.End(height)
}
