package schedule

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// span is what planning asks.
func (p *Page) span() field.List {
	list := field.List{{Code: "from", Name: "从哪天起", Hint: "如 2027-01-01", Must: true}, {Code: "to", Name: "到哪天止", Hint: "如 2027-03-31", Must: true}}
	if p.role != journal.Station {
		list = append(list, field.Field{Code: "station", Name: "只排一个站", Hint: "不写就是所有的站", Input: field.Place})
	}
	return list
}

// plan asks for a span, shows what its rules would make, and makes it: of all stations, or of those that are ticked.
func (p *Page) plan() {
	var span agenda.Span
	var out agenda.Outcome
	begin := field.Values{"from": p.month.first.Format("2006-01-02"), "to": p.month.first.AddDate(0, 1, -1).Format("2006-01-02"), "station": p.view.only}
	fields, hint := p.span(), "照轮值规则排好日子和代表；手工改过的不动。先看一看，再决定。"
	var codes, names []string
	for _, r := range p.month.rows {
		if p.ticked[r.code] {
			codes, names = append(codes, r.code), append(names, p.month.place(r.code))
		}
	}
	if len(codes) > 0 {
		fields, hint = fields.Without("station"), fmt.Sprintf("只排勾选的 %d 个站：%s。", len(codes), strings.Join(names, "、"))+hint
	}
	p.form = p.sheets.Open(show.Sheet{Title: "按规则安排", Hint: hint, Yes: "看会安排什么",
		Fields: fields, Begin: begin,
		Own: func(f field.Field, changed func()) (kit.Input, bool) {
			return p.input(act{}, session.Session{}, f, changed)
		},
		Do: func(ctx context.Context, now, _ field.Values) (err error) {
			span = agenda.Span{From: now.Text("from"), To: now.Text("to"), Station: now.Text("station")}
			if len(codes) > 0 {
				span.Station = strings.Join(codes, "、")
			}
			out, err = p.agenda.Preview(ctx, span)
			return err
		}, Done: func() { p.sure(span, out) }})
}

// sure shows what would be made, and makes it when somebody says so.
func (p *Page) sure(span agenda.Span, out agenda.Outcome) {
	t := kit.NewTable("没有要新安排的。没有轮值规则的站，先定规则。", append(p.columns()[:len(p.columns())-1:len(p.columns())-1],
		kit.Column[session.Session]{Title: "缺", Width: 4.6, Text: func(s session.Session) string {
			if len(s.Called) == 0 {
				return "缺代表"
			}
			return ""
		}, Tone: func(session.Session) kit.Tone { return kit.Bad }})...)
	t.Set(out.Sessions)
	said := fmt.Sprintf("会新安排 %d 场，原有 %d 场不动。", out.Made, out.Kept)
	if n := len(out.Without); n > 0 {
		said += fmt.Sprintf("其中 %d 场代表不够，先排日子。", n)
	}
	top := container.NewVBox(kit.Text(said))
	for _, odd := range out.Odd {
		top.Add(kit.Hint(odd))
	}
	var on *kit.Dialog
	no := kit.NewButton("先不安排", "Esc", false, func() { on.Close() })
	yes := kit.NewButton(fmt.Sprintf("安排这 %d 场", out.Made), "", true, nil)
	yes.OnTapped = func() {
		yes.Disable()
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (agenda.Outcome, error) {
			return p.agenda.Plan(ctx, p.by, span)
		}, func(o agenda.Outcome, err error) {
			on.Close()
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.host.Say(kit.Good, strings.Join(append([]string{o.Sentence()}, o.Odd...), "　"))
			p.Shown()
		})
	}
	buttons := []*kit.Button{no, yes}
	if out.Made+out.Dropped+out.Doubled+len(out.Sessions) == 0 {
		buttons = buttons[:1]
	}
	on = kit.Show(p.host.Canvas(), "会这样安排", container.NewBorder(top, nil, nil, nil, t.Container), fyne.NewSize(1100, 2000), buttons...)
}

// rules sets a rule by which days come, or changes or stops one that holds.
func (p *Page) rules() {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]rota.Rota, error) { return p.agenda.Rules(ctx, "") },
		func(list []rota.Rota, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			t := kit.NewTable("还没有轮值规则。定一条，就能按月安排。", kit.Column[rota.Rota]{Title: "站点", Width: 8,
				Text: func(r rota.Rota) string { return p.month.place(r.Station) }},
				kit.Column[rota.Rota]{Title: "规则", Text: func(r rota.Rota) string {
					return strings.Join(append([]string{r.String()}, rota.Kind.Contests(&r)...), "；")
				}})
			t.Set(list)
			var on *kit.Dialog
			t.ClickOpens = true
			t.OnOpen = func(r rota.Rota) { on.Close(); p.rule(r) }
			on = kit.Show(p.host.Canvas(), "轮值规则", t.Container, fyne.NewSize(960, 700), kit.NewButton("关闭", "Esc", false, func() { on.Close() }),
				kit.NewButton("定一条新的…", "", true, func() { on.Close(); p.rule(rota.Rota{}) }))
			if len(list) > 0 {
				t.Choose(0)
				t.Focus()
			}
		})
}

// rhythmic are the fields of a rule, those of its days as far as its rhythm has them.
func rhythmic() (list field.List) {
	of := map[string]string{"day": "month cycle", "weekday": "month week", "nth": "month", "days": "cycle", "lunar": "month cycle", "dates": "day"}
	for _, f := range rota.Fields {
		if rhythms, some := of[f.Code]; some {
			f.When = func(now field.Values) bool { return slices.Contains(strings.Fields(rhythms), now.Text("every")) }
		}
		list = append(list, f)
	}
	return list
}

// rule asks for a new rule, or for what becomes of one that is there.
func (p *Page) rule(r rota.Rota) {
	fields, do := rhythmic(), rota.Set
	begin := field.Values{"since": p.agenda.Now().Format("2006-01-02")}
	title := "定轮值规则"
	if r.ID != "" {
		do, begin, title = rota.Change, field.From(r.Rule), "改轮值规则 "+p.month.place(r.Station)
		var on []string
		for _, d := range r.Weekday {
			on = append(on, rota.Weekday(d))
		}
		begin["weekday"] = strings.Join(on, "、")
		if r.Nth != 0 {
			begin["nth"] = fmt.Sprint(r.Nth)
		}
		fields = append(fields[:len(fields):len(fields)], field.Field{Code: "stop", Name: "停用", Input: field.Tick, Hint: "这条规则不再用", More: true})
	} else if p.role != journal.Station {
		fields = append(field.List{{Code: "station", Name: "站点", Hint: "站名、首字母或代码；领导轮流下站的不写", Input: field.Place}}, fields...)
	}
	p.form = p.sheets.Open(show.Sheet{Title: title, Yes: "记下规则", Fields: fields, Begin: begin, More: "更多：地点、领导层级、截止…",
		Own: func(f field.Field, changed func()) (kit.Input, bool) {
			return p.input(act{}, session.Session{}, f, changed)
		},
		Do: func(ctx context.Context, now, _ field.Values) error {
			o := agenda.RuleOrder{Do: do, ID: r.ID, Station: now.Text("station"), Set: field.Values{}}
			if now.Yes("stop") {
				o.Do = rota.Stop
			} else {
				for _, f := range rota.Fields {
					if v, said := now[f.Code]; said && v != "" {
						o.Set[f.Code] = v
					}
				}
			}
			_, err := p.agenda.SetRule(ctx, p.by, o)
			return err
		}, Done: func() {
			p.host.Say(kit.Good, "规则已记下。按 P 照规则安排。")
			p.Shown()
		}})
}
