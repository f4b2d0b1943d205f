package book

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/paper"
	"lianluo.local/data/day"
	"lianluo.local/ui/kit"
)

// span is a stretch of days that books and lists are printed for: from its first day, up to the day after its last.
type span struct {
	code, name string
	from, to   func(today time.Time) time.Time
}

// spans are the usual ones.
var spans = []span{
	{"year", "今年", year(0), year(1)}, {"last-year", "去年", year(-1), year(0)},
	{"quarter", "本季度", quarter(0), quarter(1)}, {"last-quarter", "上季度", quarter(-1), quarter(0)},
	{"month", "本月", month(0), month(1)}, {"last-month", "上月", month(-1), month(0)},
}

func year(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return time.Date(t.Year()+n, 1, 1, 0, 0, 0, 0, t.Location()) }
}

func quarter(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		return time.Date(t.Year(), (t.Month()-1)/3*3+1+time.Month(3*n), 1, 0, 0, 0, 0, t.Location())
	}
}

func month(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Location())
	}
}

// own is the code of a span that somebody writes.
const own = "own"

// lists is the sheet from which books and lists are printed: under each choice those that take it.
type lists struct {
	p                      *Page
	sheet                  *kit.Dialog
	when                   *kit.Chips
	from, to, first, count *kit.Entry
	days, blanks           *kit.Field
}

// chooseList asks for what time a book or list is wanted, or for which numbers a blank one, and which.
func (p *Page) chooseList() {
	l := &lists{p: p, when: kit.NewChips(false), from: kit.NewEntry("从哪天，如 11月1日"), to: kit.NewEntry("到哪天，这天也算"),
		first: kit.NewEntry("接着上次的编号"), count: kit.NewEntry("20 份")}
	var options []kit.Option
	for _, s := range spans {
		options = append(options, kit.Option{Code: s.code, Text: s.name})
	}
	l.when.SetOptions(append(options, kit.Option{Code: own, Text: "自己定"}))
	l.when.Choose(spans[0].code)
	l.days = kit.NewField("起止日期", false, container.NewGridWithColumns(2, l.from, l.to))
	l.days.Hide()
	l.blanks = kit.NewField("空白的", false, container.NewGridWithColumns(2, l.first, l.count))
	l.blanks.Hide()
	timed, numbered, plain := container.NewGridWithColumns(2), container.NewGridWithColumns(2),
		container.NewGridWithColumns(2)
	var yearly []*kit.Button // of a whole year alone
	for _, k := range p.actions.Lists {
		b := kit.NewButton(k.Name, "", false, func() { l.print(k) })
		switch {
		case k.Takes(paper.Days):
			timed.Add(b)
		case k.Takes(paper.OfYear):
			timed.Add(b)
			yearly = append(yearly, b)
		case k.Takes(paper.First):
			l.blanks.Show()
			numbered.Add(b)
		default:
			plain.Add(b)
		}
	}
	rest := kit.NewField("空表", false, plain)
	rest.Hidden = len(plain.Objects) == 0
	content := kit.Scroll(container.NewVBox(kit.NewField("哪一段时间", false, l.when).Container, l.days.Container, timed,
		l.blanks.Container, numbered, rest.Container))
	l.when.OnChanged = func() {
		if l.when.One() == "" {
			l.when.Choose(spans[0].code)
		}
		for _, b := range yearly {
			b.Hidden = l.span().whole() == 0
		}
		if l.days.Hidden = l.when.One() != own; !l.days.Hidden {
			defer kit.Focus(l.from)
		}
		content.Content.Refresh()
	}
	l.sheet = kit.Show(p.host.Canvas(), "打印簿册", content, fyne.NewSize(860, 640),
		kit.NewButton("不打了", "Esc", false, func() { l.sheet.Close() }))
	kit.Focus(l.when)
}

// dates is what a span is today: from a day up to the day after its last.
type dates struct{ from, to time.Time }

// whole is the year that it is, 0 where it is none.
func (d dates) whole() int {
	if d.from.YearDay() == 1 && d.to.Equal(d.from.AddDate(1, 0, 0)) {
		return d.from.Year()
	}
	return 0
}

// span is the one that is chosen, nothing where somebody writes it.
func (l *lists) span() (d dates) {
	today := l.p.ledger.Now()
	for _, s := range spans {
		if s.code == l.when.One() {
			d = dates{s.from(today), s.to(today)}
		}
	}
	return d
}

// print prints one, where what was written can be read.
func (l *lists) print(k paper.Kind) {
	l.days.Say("")
	l.blanks.Say("")
	wish, d := paper.Wish{}, l.span()
	switch {
	case k.Takes(paper.Days):
		if l.when.One() == own {
			why := ""
			if d, why = l.written(); why != "" {
				l.days.Say(why)
				kit.Focus(l.from)
				return
			}
		}
		wish.Which.From, wish.Which.To = d.from, d.to
	case k.Takes(paper.OfYear):
		wish.Year = d.whole()
	case k.Takes(paper.First):
		for e, n := range map[*kit.Entry]*int{l.first: &wish.First, l.count: &wish.Count} {
			var err error
			if text := strings.TrimSpace(e.Text); text != "" {
				if *n, err = strconv.Atoi(text); err != nil || *n < 1 {
					l.blanks.Say("请写数字：从第几号起，印几份；不写就接着上次的编号，印 20 份")
					kit.Focus(e)
					return
				}
			}
		}
	}
	l.sheet.Close()
	l.p.actions.List(k, wish)
}

// written is the stretch of days that somebody writes, and why it is none.
func (l *lists) written() (d dates, why string) {
	today := l.p.ledger.Now()
	if d.from, why = read(l.from.Text, today); why == "" {
		d.to, why = read(l.to.Text, today)
	}
	if why == "" && d.to.Before(d.from) {
		why = "后一天在前一天以前，请核对"
	}
	d.to = d.to.AddDate(0, 0, 1)
	return d, why
}

func read(s string, today time.Time) (time.Time, string) {
	if strings.TrimSpace(s) == "" {
		return time.Time{}, "请写从哪天到哪天"
	}
	at, _, why := day.Read(s, today)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, today.Location()), why
}
