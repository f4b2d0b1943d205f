// Package trail is the page 审计记录: who looked at what in this home, and when. It says what was done and to which number,
// never what was read: an auditor sees that somebody's telephone was looked at, and not the telephone.
//
// That somebody reads the log is written down, too, so it is read when the page is opened or another time is asked for, and
// not whenever something else came about.
package trail

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
)

// Line is one line of the log, in words.
type Line struct {
	At            time.Time
	Act           string // its code, by which lines are chosen
	Who, Do, What string
	Result        string
	Amiss         bool // it was refused, or did not come about
	N             uint64
}

// Actions are what the page asks of the window. What takes a context is called away from the main thread.
type Actions struct {
	Now    func() time.Time
	Lines  func(ctx context.Context, from, until time.Time) ([]Line, error)                      // the newest first
	Sound  func(ctx context.Context) (amiss string, err error)                                   // what is wrong with the log as a whole, "" for nothing
	Accept func(context.Context) (int, error)                                                    // what is wrong is known, and the log goes on from here
	Print  func(title string, lines []Line)                                                      // after a preview
	Save   func(ctx context.Context, dir string, from, until time.Time) (file string, err error) // signed, for who looks at it elsewhere
}

// Group is a kind of acts that are looked at together.
type Group struct{ Name, Acts string }

// Page is the page 审计记录.
type Page struct {
	host   kit.Host
	do     Actions
	groups []Group
	period *kit.Chips
	group  *kit.Chips
	find   *kit.Entry
	table  *kit.Table[Line]
	count  *kit.Label
	notice *kit.Notice
	all    []Line
	object fyne.CanvasObject
}

// The periods.
const (
	day   = "day"
	week  = "week"
	month = "month"
	year  = "year"
	ever  = "ever"
)

// New makes the page; groups are the kinds of acts that there are to choose from.
func New(h kit.Host, groups []Group, do Actions) *Page {
	p := &Page{host: h, do: do, groups: groups, find: kit.NewEntry("姓名或编号"), count: kit.Hint(""),
		period: kit.NewChips(false, kit.Option{Code: day, Text: "今天"}, kit.Option{Code: week, Text: "近七天"},
			kit.Option{Code: month, Text: "近三十天"}, kit.Option{Code: year, Text: "近一年"}, kit.Option{Code: ever, Text: "全部"})}
	p.notice = kit.NewNotice(kit.NewButton("查清了…", "", false, p.accept))
	options := []kit.Option{{Code: "", Text: "全部"}}
	for _, g := range groups {
		options = append(options, kit.Option{Code: g.Acts, Text: g.Name})
	}
	p.group = kit.NewChips(false, options...)
	p.period.Choose(week)
	p.group.Choose("")
	p.period.OnChanged = func() {
		if p.period.One() == "" { // the chosen one chosen again
			p.period.Choose(week)
		}
		p.read()
	}
	p.group.OnChanged = func() {
		p.group.Choose(p.group.One()) // the chosen one chosen again: the first stands for all
		p.narrow()
	}
	p.find.OnChanged = func(string) { p.narrow() }
	p.table = kit.NewTable("这段时间没有。换一个时间再看。",
		kit.Column[Line]{Title: "什么时候", Width: 9.5, Text: func(l Line) string { return l.At.Format("2006-01-02 15:04:05") }},
		kit.Column[Line]{Title: "谁", Width: 7.5, Text: func(l Line) string { return l.Who }, Less: func(a, b Line) bool { return a.Who < b.Who }},
		kit.Column[Line]{Title: "做什么", Width: 9, Text: func(l Line) string { return l.Do }, Less: func(a, b Line) bool { return a.Do < b.Do }},
		kit.Column[Line]{Title: "哪一件", Text: func(l Line) string { return l.What }},
		kit.Column[Line]{Title: "结果", Width: 5, Text: func(l Line) string { return l.Result }, Tone: func(l Line) kit.Tone {
			if l.Amiss {
				return kit.Bad
			}
			return kit.Plain
		}})
	head := kit.Rows(p.notice.Container, p.period, p.group, p.find)
	p.object = kit.Page("审计记录", "谁在什么时候看了、查了、打印了、导出了什么。只记编号，不记内容；改过、缺了都查得出来。",
		container.NewBorder(head, p.count, nil, nil, p.table.Container),
		kit.NewButton("导出签名文件…", "", false, p.save), kit.NewButton("打印", "Ctrl+P", true, p.Print))
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown has nothing to ask again.
func (p *Page) Shown() {}

// Start reads the log, and puts the keyboard on the list.
func (p *Page) Start() {
	p.read()
	p.table.Focus()
}

// Back goes to where the page was opened.
func (p *Page) Back() bool {
	p.host.Go("preferences")
	return true
}

// span is the time that is looked at; zero for no bound.
func (p *Page) span() (from, until time.Time) {
	now := p.do.Now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch p.period.One() {
	case day:
		return today, until
	case week:
		return today.AddDate(0, 0, -6), until
	case month:
		return today.AddDate(0, 0, -29), until
	case year:
		return today.AddDate(-1, 0, 0), until
	}
	return from, until
}

func (p *Page) read() {
	period := p.period.One()
	from, until := p.span()
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]Line, error) { return p.do.Lines(ctx, from, until) },
		func(ls []Line, err error) {
			switch {
			case period != p.period.One(): // another was chosen meanwhile
			case err != nil:
				p.say(kit.Bad, p.host.Explain(err))
			default:
				p.all = ls
				p.narrow()
			}
		})
	kit.Do(p.host.Run, p.host.Context, p.do.Sound, func(amiss string, err error) {
		if err != nil {
			amiss = p.host.Explain(err)
		}
		p.say(kit.Bad, amiss)
	})
}

func (p *Page) say(tone kit.Tone, s string) {
	p.notice.Say(tone, s)
	p.object.Refresh() // makes room, or takes it back
}

// narrow shows the lines that are looked for.
func (p *Page) narrow() {
	acts, typed := strings.Fields(p.group.One()), strings.TrimSpace(p.find.Text)
	var some []Line
	for _, l := range p.all {
		if (len(acts) == 0 || slices.Contains(acts, l.Act)) && (strings.Contains(l.Who, typed) || strings.Contains(l.What, typed)) {
			some = append(some, l)
		}
	}
	p.table.Update(some, func(a, b Line) bool { return a.N == b.N })
	p.count.SetText(fmt.Sprintf("%d 条", len(some)))
}

// Print shows what is listed as it will print.
func (p *Page) Print() {
	var period string
	for _, o := range p.period.Options() {
		if o.Code == p.period.One() {
			period = o.Text
		}
	}
	p.do.Print("审计记录（"+period+"）", p.table.Rows())
}

// save writes the lines of the period into a folder that somebody chooses.
func (p *Page) save() {
	from, until := p.span()
	kit.Browse(p.host.Canvas(), "审计记录存到哪里", "", func(dir string) {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (string, error) { return p.do.Save(ctx, dir, from, until) },
			func(file string, err error) {
				if err != nil {
					p.host.Say(kit.Bad, p.host.Explain(err))
					return
				}
				p.host.Say(kit.Good, "已签名，存在 "+file)
			})
	})
}

// accept lets an auditor say that he knows what is wrong with the log.
func (p *Page) accept() {
	kit.Ask(p.host.Canvas(), "查清了", "确认以后，这几处不再提醒，日志从这里接着记；谁确认的也记下来。", "确认", func() {
		kit.Do(p.host.Run, p.host.Context, p.do.Accept, func(n int, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.host.Say(kit.Good, fmt.Sprintf("确认了 %d 处。", n))
			p.read()
		})
	})
}
