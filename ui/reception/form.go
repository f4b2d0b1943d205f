package reception

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/app/office"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
)

func itoa(n int) string { return strconv.Itoa(n) }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// inputs makes everything that can be filled in.
func (p *Page) inputs() {
	entry := func(hint string) *kit.Entry {
		e := kit.NewEntry(hint)
		e.OnChanged = func(string) { p.changed() }
		return e
	}
	area := func(hint string, lines int) *kit.Entry {
		e := kit.NewArea(hint, lines)
		e.OnChanged = func(string) { p.changed() }
		return e
	}
	chips := func(multi bool, ws words.List) *kit.Chips {
		c := kit.NewChips(multi, options(ws)...)
		c.OnChanged = p.changed
		return c
	}
	look := func() { p.know.look(p.draft()) }

	p.name, p.phone = entry("群众的姓名"), entry("手机或座机")
	p.name.OnLeave, p.phone.OnLeave = look, look
	p.name.OnEnter = func() { kit.Focus(p.phone) } // 匿名 is for Tab
	p.anonymous = kit.NewCheck("匿名", func(bool) { p.changed() })
	p.address = kit.NewPicker("村名或首字母，如 yjz", p.findPlace)
	picked := p.address.Entry.OnChanged
	p.address.Entry.OnChanged = func(s string) { picked(s); p.changed() }
	p.address.OnGrown = p.settle

	p.usual = kit.NewChips(false)
	p.usual.OnChanged = func() { p.pickCategory(p.usual.One()); p.changed() }
	p.category = kit.NewPicker("其他类别，如 psp", findCategory)
	typed := p.category.Entry.OnChanged
	p.category.Entry.OnChanged = func(s string) { typed(s); p.usual.Choose(p.category.Chosen().Code); p.changed() }
	p.category.OnChosen = func(o kit.Option) { p.usual.Choose(o.Code); p.changed() }
	p.category.OnGrown = p.settle
	p.words = area("照群众的原话写。换行按 Shift+Enter", 4)
	p.title = entry("不写就取原话第一句")
	p.words.OnLeave, p.title.OnLeave = look, look
	p.place = entry("事情发生在哪里")

	p.onSpot = chips(false, words.OnSpots)
	p.onSpot.OnChanged = func() { p.spot(); p.changed(); look() }
	p.answer = area("当场怎样答复的", 2)
	p.reason = chips(false, words.Reasons)
	p.reason.OnChanged = func() {
		defer look() // where to go follows from why, until somebody wrote something else
		if p.door.Text == "" || slices.Contains(slices.Collect(maps.Values(p.desk.Profile.Doors)), p.door.Text) {
			p.door.SetText(p.desk.Profile.Doors[p.reason.One()])
		}
		p.changed()
	}
	p.door = area("哪个部门，在哪里，电话，什么时候上班", 2)
	p.deputies = kit.NewChips(true)
	p.deputies.OnChanged = p.changed
	p.deputy = kit.NewEntry("再加一位，按 Enter")
	p.deputy.OnEnter = func() {
		if strings.TrimSpace(p.deputy.Text) == "" {
			kit.Next(p.deputy)
			return
		}
		p.seat(nil, append(p.deputies.Chosen(), strings.TrimSpace(p.deputy.Text)))
		p.deputy.SetText("")
		p.changed()
	}

	p.channel, p.purpose, p.urgency = chips(false, words.Channels), chips(false, words.Purposes), chips(false, words.Urgencies)
	p.age, p.sex, p.mode = chips(false, words.AgeBands), chips(false, words.Sexes), chips(false, words.Modes)
	p.urgency.OnChanged = func() { p.changed(); look() }
	p.occurred, p.paper = entry("不写就是现在，如 2026-11-21 19:30"), entry("先写在纸本上的，写纸上的编号")
	p.people, p.proposal = entry("1"), area("站里打算怎么办", 2)
	p.confidential = kit.NewCheck("群众要求保密", func(bool) { p.changed(); look() })
}

// later are the fields that are folded away until they are wanted.
var later = []string{"channel", "purpose", "urgency", "people", "ageBand", "sex", "occurred", "paperNumber", "confidential", "mode", "proposal"}

// lay puts the fields in the order of a conversation.
func (p *Page) lay() *fyne.Container {
	field := func(name, label string, required bool, content fyne.CanvasObject) *kit.Field {
		f := kit.NewField(label, required, content)
		p.fields[name], p.order = f, append(p.order, name)
		return f
	}
	form := container.NewVBox(
		field("name", "姓名", false, container.NewBorder(nil, nil, nil, p.anonymous, p.name)).Container,
		field("phone", "电话", false, p.phone).Container,
		field("address", "住址", false, p.address.Container).Container,
		field("category", "类别", false, container.NewVBox(p.usual, p.category.Container)).Container,
		field("words", "群众原话", true, p.words).Container,
		field("title", "标题", false, p.title).Container,
		field("place", "地点", false, p.place).Container,
		field("onSpot", "现场处理", true, p.onSpot).Container,
		field("onSpotAnswer", "现场答复", false, p.answer).Container,
		field("reason", "不受理原因", false, p.reason).Container,
		field("door", "请群众去找", false, p.door).Container,
		field("deputies", "接待代表", false, container.NewVBox(p.deputies, p.deputy)).Container,
	)
	p.more = container.NewVBox()
	for _, f := range []struct {
		name, label string
		content     fyne.CanvasObject
	}{
		{"channel", "来源渠道", p.channel}, {"purpose", "诉求目的", p.purpose}, {"urgency", "紧急程度", p.urgency},
		{"people", "一起来的人数", p.people}, {"ageBand", "年龄", p.age}, {"sex", "性别", p.sex}, {"occurred", "反映时间", p.occurred},
		{"paperNumber", "纸本编号", p.paper}, {"confidential", "保密", p.confidential},
		{"mode", "打算怎样办", container.NewVBox(p.mode, kit.Hint("代表引导："+office.Law))},
		{"proposal", "拟办意见", p.proposal},
	} {
		p.more.Add(field(f.name, f.label, false, f.content).Container)
	}
	p.more.Hide()
	fold := kit.NewButton("更多：来源、目的、紧急、保密、补录纸本…", "", false, func() {
		p.more.Hidden = !p.more.Hidden
		p.settle()
	})
	form.Add(container.NewHBox(fold, layout.NewSpacer()))
	form.Add(p.more)
	return form
}

// spot shows the fields that follow from what was decided at the table.
func (p *Page) spot() {
	now := p.onSpot.One()
	for name, shown := range map[string]bool{
		"onSpotAnswer": now != "register" && now != "", "reason": now == "out-of-scope", "door": now == "out-of-scope",
	} {
		if f := p.fields[name]; f != nil && f.Hidden == shown {
			f.Hidden = !shown
			p.settle()
		}
	}
}

// twoThirds gives the form what it needs to be written in, as far as lines can be read, and the rest to what is known.
type twoThirds struct{}

func (twoThirds) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(os[0].MinSize().Width+os[1].MinSize().Width+16, 300)
}

func (twoThirds) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	right := min(max(size.Width*0.34, 330), 30*em)
	left := min(size.Width-right-16, 54*em)
	os[0].Resize(fyne.NewSize(left, size.Height))
	os[1].Move(fyne.NewPos(left+16, 0))
	os[1].Resize(fyne.NewSize(right, size.Height))
}
