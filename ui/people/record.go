package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/agenda"
	"lianluo.local/app/agenda/duty"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Record is where records of duty come from, and what is done with them.
type Record struct {
	Agenda  *agenda.Agenda
	Of      func(ctx context.Context, id, from, to string) (duty.Record, error)
	Session func(id string)                                     // shows one whole
	Print   func(kind string, v person.Person, from, to string) // a paper about somebody's record of these days, after a preview
}

// year is the record of somebody in a year, with what stands in no record yet.
type year struct {
	duty.Record
	waits   []session.Session // what he did elsewhere, and nobody has confirmed
	objects []string          // what he has against what is written, and what was answered
}

// yearly derives the record of somebody, by all his IDs.
func (p *Page) yearly(ctx context.Context, ids []string, of int) (y year, err error) {
	from, to := days(of, 1, 12)
	if y.Record, err = p.actions.Record.Of(ctx, ids[0], from, to); err != nil {
		return y, err
	}
	for _, id := range ids {
		ss, _, err := p.actions.Record.Agenda.Sessions(ctx, agenda.Filter{From: from, To: to, Person: id})
		if err != nil {
			return y, err
		}
		for _, s := range ss {
			if s.State == session.Told {
				y.waits = append(y.waits, s)
			}
			for _, o := range s.Objects {
				if o.Key == id {
					y.objects = append(y.objects, show.Date(s.Day)+" "+s.Title()+"，有异议："+answered(o))
				}
			}
		}
	}
	return y, nil
}

// days are the first and the last of some months of a year.
func days(of, from, to int) (first, last string) {
	return fmt.Sprintf("%d-%02d-01", of, from), time.Date(of, time.Month(to)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func (p *Page) print(kind string, v person.Person, of, from, to int) {
	first, last := days(of, from, to)
	p.actions.Record.Print(kind, v, first, last)
}

// answered is an objection with what was answered to it.
func answered(o session.Object) string {
	if o.Answer == "" {
		return o.Note + "（还没有答复）"
	}
	return o.Note + "；答复：" + o.Answer
}

// counted are how often he did what, in words.
func counted(counts map[string]int) string {
	var list []string
	for _, w := range words.Duties {
		if n := counts[w.Code]; n > 0 {
			list = append(list, fmt.Sprintf("%s %d", w.Name, n))
		}
	}
	return strings.Join(list, "，")
}

// lines are a year in a few lines: each month, the whole, the goals, what waits and what is disputed.
func (y year) lines() *fyne.Container {
	box := container.NewVBox()
	months := map[string]map[string]int{}
	for _, it := range y.Items {
		m := it.Day[5:7]
		if months[m] == nil {
			months[m] = map[string]int{}
		}
		months[m][it.Kind]++
	}
	by := kit.Snug()
	for i := range 12 {
		if m := fmt.Sprintf("%02d", i+1); months[m] != nil {
			by.Add(kit.Text(fmt.Sprintf("%d月　%s", i+1, counted(months[m]))))
		}
	}
	box.Add(by)
	if len(y.Items) == 0 {
		box.Add(kit.Hint("这一年还没有记录。签到、走访、办事都会自己记进来。"))
	} else {
		box.Add(kit.Bold(fmt.Sprintf("全年　%s，共 %d 天", counted(y.Counts), y.Counts["days"])))
	}
	for _, g := range y.Goals {
		box.Add(kit.Text(fmt.Sprintf("%s　%d / %d", cmp.Or(words.Duties.Name(g.Kind), "履职天数"), g.Done, g.Of)))
	}
	if n := len(y.waits); n > 0 {
		box.Add(kit.Text(fmt.Sprintf("别处的履职 %d 条待确认，确认了才计入", n)))
	}
	for _, o := range y.objects {
		box.Add(kit.Text(o))
	}
	return box
}

// item is one line of a record.
type item struct {
	duty.Item
	waits, session bool
}

// items are the lines of a year by day, what waits among them.
func (y year) items() (list []item) {
	for _, it := range y.Items {
		i := slices.IndexFunc(words.Duties, func(w words.Word) bool { return w.Code == it.Kind })
		list = append(list, item{it, false, i < guided})
	}
	for _, s := range y.waits {
		list = append(list, item{duty.Item{Day: s.Day, Kind: s.Type, What: strings.Trim(s.Title()+"，"+s.Place, "，"), ID: s.ID}, true, true})
	}
	slices.SortStableFunc(list, func(a, b item) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

// guided is where the kinds of matters begin among words.Duties; those before are sessions.
var guided = slices.IndexFunc(words.Duties, func(w words.Word) bool { return w.Code == "guided" })

// ids are those of the open person.
func (o *open) ids() []string {
	ids := []string{o.ID}
	for _, v := range o.joined {
		ids = append(ids, v.ID)
	}
	return ids
}

// record shows the record of the open person in a year, line by line.
func (p *Page) record(of int) {
	if p.open == nil || p.actions.Record == nil {
		return
	}
	v, ids := p.open.Person, p.open.ids()
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (year, error) { return p.yearly(ctx, ids, of) }, func(y year, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		var on *kit.Dialog
		t := kit.NewTable("这一年还没有记录。", kit.Column[item]{Title: "日期", Width: 5.5, Text: func(i item) string { return i.Day }},
			kit.Column[item]{Title: "履职", Width: 5, Text: func(i item) string { return words.Duties.Name(i.Kind) }},
			kit.Column[item]{Title: "内容", Least: 8, Text: func(i item) string { return i.What }},
			kit.Column[item]{Title: "", Width: 3.4, Text: func(i item) string { return map[bool]string{true: "待确认"}[i.waits] },
				Tone: func(item) kit.Tone { return kit.Bad }})
		t.ClickOpens = true
		t.OnOpen = func(i item) {
			on.Close()
			switch {
			case i.session:
				p.actions.Record.Session(i.ID)
			case i.Kind == "suggestion" && p.actions.Proposed != nil:
				p.actions.Proposed(i.ID)
			case i.Kind != "suggestion" && p.actions.Matter != nil:
				p.actions.Matter(i.ID)
			}
		}
		t.Set(y.items())
		does := func(text string, do func()) *kit.Button {
			return kit.NewButton(text, "", false, func() { on.Close(); do() })
		}
		on = kit.Show(p.host.Canvas(), fmt.Sprintf("%s %d年的履职记录", v.Name, of), kit.Shares(t.Container, kit.Scroll(y.lines())),
			fyne.NewSize(1400, 2000), does("上一年", func() { p.record(of - 1) }), does("下一年", func() { p.record(of + 1) }),
			does("记别处的履职…", func() { p.elsewhere(v) }), does("季度核对表…", func() { p.quarter(v, of) }),
			does("履职档案…", func() { p.print("duty-book", v, of, 1, 12) }), kit.NewButton("关闭", "Esc", false, func() { on.Close() }))
		t.Choose(0)
		t.Focus()
	})
}

// quarter asks which quarter is to be checked, and prints the sheet to sign.
func (p *Page) quarter(v person.Person, of int) {
	var options []kit.Option
	for i, name := range []string{"第一季度", "第二季度", "第三季度", "第四季度"} {
		options = append(options, kit.Option{Code: strconv.Itoa(i + 1), Text: name})
	}
	p.choose(fmt.Sprintf("%s %d年哪个季度", v.Name, of), options, func(o kit.Option) {
		i, _ := strconv.Atoi(o.Code)
		p.print("duty-check", v, of, 3*i-2, 3*i)
	})
}

// away are the fields of what somebody did elsewhere.
var away = func() (list field.List) {
	for _, f := range session.Fields {
		switch f.Code {
		case "type":
			f.When = nil
		case "from", "to", "organiser":
			f.More = true
		case "day", "topic", "place":
		default:
			continue
		}
		list = append(list, f)
	}
	return list
}()

// elsewhere adds what somebody did elsewhere; it counts when it was confirmed.
func (p *Page) elsewhere(v person.Person) {
	p.form = p.sheets.Open(show.Sheet{Title: "记别处的履职 " + v.Name, Hint: "在别处开会、学习、视察的，记在这里；本站或者上级核对、确认以后才计入。",
		Yes: "记下", Fields: away, More: "更多：时间、组织单位…",
		Do: func(ctx context.Context, now, _ field.Values) error {
			set := field.Values{"kind": "activity"}
			for _, f := range away {
				set[f.Code] = now[f.Code]
			}
			_, err := p.actions.Record.Agenda.Act(ctx, p.by, "", agenda.Order{Do: session.Plan, Becomes: "told", Set: set,
				Planned: []agenda.Person{{Who: v.ID}}})
			return err
		}, Done: func() { p.done("已记下，等着确认。") }})
}
