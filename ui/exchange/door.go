package exchange

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// asker is a unit that asks to be accepted, with whatever number of requests: anybody may lay those down. It has the
// name that its code gives, and not what a request calls itself: that might be a number to call.
type asker struct {
	unit, name string
	asked      time.Time
	papers     int
	used       bool // a computer of it is in use
	former     bool // all that ask were put out of use, or have other keys now
}

// askers are the units that ask, in the order of their codes, those last that need not be minded.
func askers(asking []trust.Asking, below []courier.Progress) (list []asker) {
	at := map[string]int{}
	for _, a := range asking {
		i, ok := at[a.Unit]
		if !ok {
			i = len(list)
			at[a.Unit] = i
			list = append(list, asker{unit: a.Unit, name: places.Of(a.Unit).Full, former: true})
		}
		u := &list[i]
		if u.papers++; a.Asked.After(u.asked) {
			u.asked = a.Asked
		}
		u.former = u.former && a.Out
	}
	for _, g := range below {
		if i, ok := at[g.Unit]; ok && !g.Revoked {
			list[i].used = true
		}
	}
	slices.SortFunc(list, func(a, b asker) int {
		if a.former != b.former {
			return map[bool]int{false: -1, true: 1}[a.former]
		}
		return strings.Compare(a.unit, b.unit)
	})
	return list
}

// many is from how many requests of one unit on somebody should ask why.
const many = 5

func (a asker) word() string {
	switch {
	case a.former:
		return "停用过的，不用管"
	case a.papers >= many:
		return fmt.Sprintf("%d 份申请", a.papers)
	case a.used:
		return "已有电脑在用"
	}
	return ""
}

func (a asker) tone() kit.Tone {
	if !a.former && a.papers >= many {
		return kit.Soon
	}
	return kit.Plain
}

// door is where those stand who ask to be accepted: a line for each unit, and beside it what is said on the telephone.
type door struct {
	p       *Page
	find    *kit.Entry
	table   *kit.Table[asker]
	list    []asker // whether they are shown now or not
	request *request
	own     *own
	alone   *kit.Label // what to do with our own digits while nobody asks
}

func newDoor(p *Page) *door {
	d := &door{p: p, find: kit.NewEntry("找：写几个字或首字母"), own: newOwn(p, false), alone: kit.Text("")}
	d.table = kit.NewTable("",
		kit.Column[asker]{Title: "单位", Text: func(a asker) string { return a.name }},
		kit.Column[asker]{Title: "情况", Width: 6.5, Spare: true, Text: asker.word, Tone: asker.tone})
	d.request = newRequest(d)
	d.table.OnChosen = d.request.about
	d.table.OnOpen = func(asker) { kit.Focus(d.request.digits.Entry) }
	d.find.OnChanged = func(string) { d.fill() }
	d.find.OnEnter = func() {
		if len(d.table.Rows()) > 0 {
			d.table.Choose(0)
			kit.Focus(d.request.digits.Entry)
		}
	}
	return d
}

func (d *door) side() *side {
	list := container.NewBorder(d.find, nil, nil, nil, d.table.Container)
	talk := kit.Scroll(kit.Rows(d.request.Container, kit.Card(closely(d.alone, d.own.Container))))
	return &side{"asking", container.New(talking{}, list, talk), d.text, d.show}
}

// talking gives the list two fifths of the width, and what is said on the telephone the rest.
type talking struct{}

func (talking) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(a.Width+8+b.Width, max(a.Height, b.Height))
}

func (talking) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := max(size.Width*2/5, os[0].MinSize().Width)
	os[0].Resize(fyne.NewSize(w, size.Height))
	os[1].Move(fyne.NewPos(w+8, 0))
	os[1].Resize(fyne.NewSize(size.Width-w-8, size.Height))
}

func (d *door) day(a asker) string {
	return a.asked.In(d.p.courier.Now().Location()).Format("1月2日")
}

func (d *door) text(s seen) string {
	if len(s.asking) == 0 && d.p.courier.Settings.Role == journal.Station {
		return ""
	}
	if s.folder != nil { // nobody knows now
		return "等待接入"
	}
	return fmt.Sprintf("等待接入 %d 个", waiting(s.asking))
}

// waiting counts the units that wait for somebody here to accept them.
func waiting(asking []trust.Asking) (n int) {
	for _, a := range askers(asking, nil) {
		if !a.former {
			n++
		}
	}
	return n
}

func (d *door) show(s seen) {
	d.list = askers(s.asking, s.below)
	d.find.Hidden = len(d.list) < 8 && d.find.Text == ""
	d.fill()
	d.own.show(s)
	d.alone.SetText("本单位的十六位，电话里念给对方，或印成接入单交给各站：")
}

// fill shows those that are looked for, and what is said of the chosen one.
func (d *door) fill() {
	found, query := d.list, strings.TrimSpace(d.find.Text)
	if query != "" {
		at := map[string]bool{}
		for _, place := range places.Find(spelling.Plain(query), "", 0) {
			at[strings.TrimRight(place.Code, "0")] = true
		}
		found = slices.DeleteFunc(slices.Clone(found), func(a asker) bool {
			return !strings.Contains(a.name+a.unit, query) && !at[strings.TrimRight(a.unit[:min(12, len(a.unit))], "0")]
		})
	}
	switch {
	case d.p.seen.folder != nil:
		d.table.Nothing("共享文件夹没有连上，看不到有没有新的申请。")
	case len(d.list) > 0:
		d.table.Nothing("没有找到，换个写法试试。")
	default:
		d.table.Nothing("没有新的单位在等。新单位报送一次，申请就会出现在这里。")
	}
	d.table.Update(found, func(a, b asker) bool { return a.unit == b.unit })
	if _, ok := d.table.Chosen(); !ok {
		d.table.Choose(0)
	}
	a, ok := d.table.Chosen()
	if d.request.Hidden = !ok; ok {
		d.request.about(a)
	}
}

// What becomes of the computer that a unit has in use already.
const both, instead = "both", "instead"

// errInUse says that the digits are those of the computer that a unit has already.
var errInUse = problem.New("the digits are of a computer in use", "这是这个单位已经在用的那台电脑的校验号，不是新来的这台，没有改动。请对方念新电脑屏幕上的十六位。")

// request is the call with one that asks to be accepted. Its digits are not shown, and neither is the number that it
// gives of itself.
type request struct {
	*fyne.Container
	d      *door
	asks   asker
	name   *kit.Label
	what   *kit.Label
	call   *kit.Label
	second *fyne.Container // asks what becomes of the computer in use
	fate   *kit.Chips
	digits *kit.Digits
	typed  map[string]string // by unit, what was typed for it and not finished
}

func newRequest(d *door) *request {
	r := &request{d: d, name: kit.Bold(""), what: kit.Hint(""), call: kit.Text(""), typed: map[string]string{},
		digits: d.p.digits("对方的十六位校验号"),
		fate:   kit.NewChips(false, kit.Option{Code: both, Text: "两台都用"}, kit.Option{Code: instead, Text: "换掉旧的"})}
	r.digits.Entry.OnEnter = r.do
	r.second = container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), // closely would lay the field over it
		container.NewVBox(kit.Text("这个单位已经有一台电脑在用，这一台来了以后："), r.fate))
	field := container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("确认接入", "", false, r.do)),
		r.digits.Container)
	r.Container = kit.Card(closely(r.name, r.what, r.call, kit.Text("② 请它念屏幕上或接入申请单上的十六位，填在这里。对得上，才是它："), r.second,
		field,
		kit.Text("③ 再把本单位的十六位念给它，请它填上。")))
	return r
}

// about turns to a unit; what was typed for another is kept for it.
func (r *request) about(a asker) {
	if before := r.asks.unit; before != a.unit {
		r.typed[before] = r.digits.Entry.Text
		r.digits.Clear()
		r.digits.Entry.SetText(r.typed[a.unit])
		r.fate.Choose("")
	}
	r.asks = a
	r.name.SetText(a.name)
	what := a.unit + "　" + r.d.day(a) + "申请"
	switch {
	case a.former:
		what += "。是停用过的电脑或换掉的密钥，不用管；弄错了要恢复的，才打电话核对。"
	case a.papers >= many:
		what += fmt.Sprintf("。用这个名义的申请有 %d 份，可能有人捣乱；只有校验号对得上的那一份会接入。", a.papers)
	}
	r.what.SetText(what)
	r.call.SetText("① 打电话给它（用您自己本子上的号码，不要用申请、U盘里写的）。")
	r.second.Hidden = !a.used
}

func (r *request) do() {
	fate, a, p := r.fate.One(), r.asks, r.d.p
	if r.digits.Right() && a.used && fate == "" {
		r.digits.Say("请先选：两台都用，还是换掉旧的。") // the keyboard stays: digits that are typed once more choose nothing
		return
	}
	heard, ok := r.digits.Take()
	if !ok {
		kit.Focus(r.digits.Entry)
		return
	}
	replace := a.used && fate == instead
	p.act(func(ctx context.Context) error {
		ps, err := p.courier.Peers(ctx)
		if err != nil {
			return err
		}
		card, err := p.courier.Accept(ctx, a.unit, heard)
		switch {
		case err != nil:
			return err
		case slices.ContainsFunc(ps, func(o trust.Peer) bool { return o.Card.Replica == card.Replica && !o.Revoked }):
			return errInUse
		case replace:
			_, err = p.courier.Replace(ctx, a.unit, heard)
		}
		return err
	}, func() string {
		if delete(r.typed, a.unit); r.asks.unit == a.unit { // nobody went on to another meanwhile
			r.digits.Clear()
			if r.d.find.Text != "" {
				r.d.find.SetText("")
				kit.Focus(r.d.find)
			} else {
				r.d.table.Focus()
			}
		}
		next := "请把本单位的十六位也念给它。用U盘的，可以拔下交还了。"
		if replace {
			return "已接入 " + a.name + " 的新电脑，旧的停用了。" + next
		}
		return "已接入 " + a.name + "。" + next
	}, func(s string) {
		if r.asks.unit != a.unit {
			p.failed(a.name + "：" + s)
			return
		}
		r.digits.Say(s)
		kit.Focus(r.digits.Entry)
	})
}
