package exchange

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/assets/places"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
)

// trouble is one thing that is not well: the word for it in a line, and the sentence that says what it means and what
// to do.
type trouble struct {
	short, long string
	mild        bool // good to know, nothing is lost or late by it
	do          courier.Step
}

// said has the words for a trouble; none for what stands elsewhere on the page. them is how people call the other:
// 县里, or 它.
func said(t courier.Trouble, p courier.Progress, them string, now time.Time) (short, long string) {
	switch t.Code {
	case "revoked":
		return "已停用", "已停用，不再收它的文件；以前收到的都还在。要恢复，请让它再报送一次，重新核对校验号。"
	case "unheard":
		return "还没送来过", "已经接上，还没有收到过" + them + "的文件。过几天还没有，请打电话提醒按一次“现在报送”。"
	case "silent":
		heard, _ := time.Parse(time.RFC3339, p.LastHeard)
		n := courier.Days(heard, now)
		return fmt.Sprintf("%d 天没消息", n),
			fmt.Sprintf("已经 %d 天没有%s的消息。请打电话问一问，电脑、U盘或网络是不是有问题。", n, them)
	case "forked":
		return "两台电脑一份资料", fmt.Sprintf("有两台电脑用了同一份资料，重了 %d 条，都留着没有丢。"+
			"请打电话让其中一台停下来，在那台上重新建站，再在这里核对校验号接入。", t.N)
	case "diverged":
		return "台账对不上", "两边台账对不上，从 " + day(p.Diverged, now) + " 起；记录都在。请两边都按“核对台账”重做一遍；程序旧的一方先更新。"
	case "missing":
		return fmt.Sprintf("缺 %d 条", t.N), fmt.Sprintf("还缺 %d 条。按“再要一次”，下次交换%s就会补来。", t.N, them)
	case "fault":
		short := map[string]string{"claim": "回执对不上", "unsent": "送不出去", "unproven": "有记录核对不了"}[t.Why]
		return cmp.Or(short, "文件有问题"), explain.Sentence(courier.Reason(t.Why))
	case "refused":
		what := "（文件 " + path.Base(t.Files[0]) + "）"
		if t.N > 1 {
			what = fmt.Sprintf("（%d 个文件，%s 等）", t.N, path.Base(t.Files[0]))
		}
		return fmt.Sprintf("%d 个文件没采用", t.N), explain.Sentence(courier.Reason(t.Why)) + what
	case "unnamed":
		return fmt.Sprintf("另有 %d 个文件没采用", t.N),
			fmt.Sprintf("还有 %d 个文件没有采用，不再一一列出。请看一看共享文件夹里是不是有人放了别的东西；您的记录没有丢。", t.N)
	case "disputed":
		return fmt.Sprintf("%d 件两边都改过", t.N), fmt.Sprintf("%d 件在两台电脑上都改过，两份都留着。请打开看看对不对%s。", t.N, some(p.Disputed))
	case "clock":
		return "钟" + clock(t.N), them + "的时钟比本机" + clock(t.N) + "。请打电话核对，把不准的那台调好；记录的先后不受影响。"
	case "program":
		return "程序不一样", them + "的程序是 " + version(p.Program) + "，本机是 " + version(courier.Program) + "。请把旧的更新。"
	case "waiting":
		return fmt.Sprintf("%d 条在等", t.N), fmt.Sprintf("%d 条在等前面的记录，到齐后自动进台账，不用处理。", t.N)
	}
	return "", ""
}

// some tells which they are, the first few by name.
func some(disputed []string) (which string) {
	for i, name := range disputed[:min(3, len(disputed))] {
		which += []string{"：", "、"}[min(i, 1)] + thing.Told(name, func(code string) string { return places.Of(code).Where })
	}
	if len(disputed) > 3 {
		which += "等"
	}
	return which
}

// troubles is what is not well between us and one other; none where all is well.
func troubles(p courier.Progress, them string, now time.Time) []trouble {
	return worded(p.Troubles(), p, them, now)
}

// refused is what was put aside in a round.
func refused(files []courier.Aside) []trouble {
	return worded(courier.Refused(files), courier.Progress{}, "", time.Time{})
}

func worded(ts []courier.Trouble, p courier.Progress, them string, now time.Time) (list []trouble) {
	for _, t := range ts {
		switch {
		case p.Revoked && t.Code != "revoked",
			p.LastHeard == "" && t.Code == "silent", // it never spoke
			// who shows himself as the office above has a card of his own
			t.Why == "other-office", t.Why == "other-digits":
			continue
		}
		if short, long := said(t, p, them, now); short != "" {
			list = append(list, trouble{short, long, t.Mild, t.Step})
		}
	}
	return list
}

// clock says how far a clock is off, in seconds.
func clock(seconds int) string {
	word := "快 "
	if seconds < 0 {
		word, seconds = "慢 ", -seconds
	}
	switch {
	case seconds >= 24*3600:
		return fmt.Sprintf("%s%d 天", word, seconds/(24*3600))
	case seconds >= 3600:
		return fmt.Sprintf("%s%d 小时", word, seconds/3600)
	}
	return fmt.Sprintf("%s%d 分钟", word, seconds/60)
}

// older is the version that wrote the other's last file, "" where it is ours.
func older(p courier.Progress) string {
	if p.Program == courier.Program {
		return ""
	}
	return version(p.Program)
}

func version(program string) string { return strings.TrimPrefix(program, "lianluo ") }

// grave says whether somebody should do something.
func grave(list []trouble) bool {
	return slices.ContainsFunc(list, func(t trouble) bool { return !t.mild })
}

// urgency puts those first where somebody should do something, then those that are good to know of, then the others,
// and what is out of use last.
func (p *Page) urgency(a, b courier.Progress) int {
	rank := func(g courier.Progress) int {
		list := troubles(g, "它", p.courier.Now())
		switch {
		case g.Revoked:
			return 3
		case grave(list):
			return 0
		case len(list) > 0:
			return 1
		}
		return 2
	}
	return cmp.Or(rank(a)-rank(b), strings.Compare(a.Unit, b.Unit))
}

// lines shows troubles below each other, each with its button.
type lines struct {
	*fyne.Container
	p     *Page
	unit  string
	shown []trouble
}

func newLines(p *Page) *lines { return &lines{Container: kit.Rows(), p: p} }

// show leaves what is shown already as it is, so that a button keeps the keyboard.
func (l *lines) show(unit, name string, list []trouble) {
	l.Hidden = len(list) == 0
	if unit == l.unit && slices.Equal(list, l.shown) {
		return
	}
	l.unit, l.shown = unit, list
	l.RemoveAll()
	for _, t := range list {
		says := kit.Text(t.long)
		if says.Importance = widget.DangerImportance; t.mild {
			says.Importance = widget.MediumImportance
		}
		var act fyne.CanvasObject
		if b := l.p.button(t, unit, name); b != nil {
			act = container.NewVBox(b)
		}
		l.Add(container.NewBorder(nil, nil, nil, act, says))
	}
	l.Refresh()
}

// button is the one thing to do about a trouble; nil where it heals by itself.
func (p *Page) button(t trouble, unit, name string) *kit.Button {
	b := func(text string, do func()) *kit.Button { return kit.NewButton(text, "", false, do) }
	switch t.do {
	case courier.Again:
		return b("再要一次", p.Sync)
	case courier.Call:
		return b("打电话", func() { p.call(unit, name, t.long) })
	case courier.Settle:
		return b("去看看", func() { p.do.Conflict(unit) })
	case courier.Rebuild:
		return b("核对台账", func() {
			p.notice.Say(kit.Plain, "正在核对台账，请稍等。")
			p.act(p.do.Rebuild, func() string {
				return "核对好了：本机台账和流水一致。对方也核对以后，下次交换就对上了。"
			}, p.failed)
		})
	case courier.Update:
		return b("看程序版本", func() { p.host.Go("preferences") })
	}
	return nil
}

// call shows a unit's telephone number, as large as a title, and what to talk about.
func (p *Page) call(unit, name, why string) {
	number := digits()
	if number.SetText(p.seen.phones[unit]); number.Text == "" {
		number.SetText("没有留电话，请查通讯录")
	}
	var s *kit.Dialog
	s = kit.Show(p.host.Canvas(), "打电话给"+name, container.NewVBox(number, kit.Text(why)), fyne.NewSize(640, 320),
		kit.NewButton("关闭", "Esc", false, func() { s.Close() }))
}
