package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// may says whether an act can be done with somebody now, as far as this page knows.
func (p *Page) may(a act, v person.Person) bool {
	switch {
	case !v.May(a.do, p.roster.Settings.Unit):
		return false
	case a.do == person.Ungroup:
		return len(p.leaves(v)) > 0
	case len(a.of) > 0:
		return len(p.mandates(a, v)) > 0
	}
	return true
}

// mandates are those of somebody that an act can be done with: "" stands for a new one.
func (p *Page) mandates(a act, v person.Person) (found []kit.Option) {
	if slices.Contains(a.of, "") {
		found = append(found, kit.Option{Text: "登记新的职务"})
	}
	for _, m := range v.Held() {
		if slices.Contains(a.of, m.Standing) && (!m.Owned || person.Keeper(p.roster.Settings.Unit, m.Level)) {
			found = append(found, kit.Option{Code: m.Key(), Text: m.String(), Note: words.Standings.Name(m.Standing)})
		}
	}
	return found
}

// leaves are the stations that somebody can be taken out of from here.
func (p *Page) leaves(v person.Person) (found []kit.Option) {
	for _, s := range v.Seats {
		if unit.Above(p.roster.Settings.Unit, s.Station) {
			found = append(found, kit.Option{Code: s.Station, Text: p.place(s.Station), Note: words.Parts.Name(s.Part)})
		}
	}
	return found
}

// choose asks which of a few is meant; an only one needs no asking.
func (p *Page) choose(title string, options []kit.Option, then func(kit.Option)) {
	if len(options) == 1 {
		then(options[0])
		return
	}
	box := container.NewVBox()
	var on *kit.Dialog
	var first *kit.Button
	for _, o := range options {
		b := kit.NewButton(strings.Trim(o.Text+"　"+o.Note, "　"), "", false, func() { on.Close(); then(o) })
		if box.Add(b); first == nil {
			first = b
		}
	}
	on = kit.Show(p.host.Canvas(), title, kit.Scroll(box), fyne.NewSize(620, 480),
		kit.NewButton("不办了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}

// do opens the sheet of an act with the open person.
func (p *Page) do(a act) {
	if p.open == nil || !p.may(a, p.open.Person) {
		return
	}
	v := p.open.Person
	p.host.Say(kit.Plain, "") // what came of the last
	switch {
	case len(a.of) > 0:
		p.choose(a.word+" "+v.Name, p.mandates(a, v), func(o kit.Option) {
			begin := field.Values{}
			if m, has := v.Mandate(o.Code); has && a.do == person.Named {
				begin = mandate(m)
			} else if has {
				begin = field.Values{"level": m.Level, "congress": m.Congress}
			}
			p.ask(a, v, o.Text, begin)
		})
	case a.do == person.Ungroup:
		p.choose(a.word+" "+v.Name, p.leaves(v), func(o kit.Option) { p.ask(a, v, o.Text, field.Values{"stations": o.Code}) })
	default:
		begin := field.Values{}
		if a.begin != nil {
			begin = a.begin(p, v)
		}
		p.ask(a, v, "", begin)
	}
}

// mandate is what is known of one, as its form takes it.
func mandate(m person.Mandate) field.Values {
	v := field.From(m)
	var offices []string
	for _, code := range m.Offices {
		offices = append(offices, words.Offices.Name(code))
	}
	v["offices"] = offices
	return v
}

// ask opens the sheet of an act with somebody; about says more closely with what of him.
func (p *Page) ask(a act, v person.Person, about string, begin field.Values) {
	var odd []string
	p.form = p.sheets.Open(show.Sheet{Title: strings.TrimSpace(a.word + " " + v.Name + " " + about), Hint: a.hint, Yes: a.word, Fields: a.fields,
		More: "更多", Begin: begin, Own: p.input, Do: func(ctx context.Context, now, changed field.Values) error {
			o := a.order(begin.With(now), changed)
			o.Do = a.do
			after, err := p.roster.Act(ctx, p.by, v.ID, o)
			if err == nil && (a.do == person.Add || a.do == person.Correct || a.do == person.Group || a.do == person.Named) {
				odd, err = p.roster.Caveats(ctx, v, after)
			}
			return renamed(err)
		}, Done: func() { p.done(strings.Join(append([]string{a.said}, odd...), "　")) }})
}

// renamed tells what is wrong with a person's one mandate at the first field of it.
func renamed(err error) error {
	var wrong problem.Problems
	if errors.As(err, &wrong) {
		if wrong = wrong.Bare(); wrong["mandates"] != "" {
			wrong["level"] = wrong["mandates"]
			delete(wrong, "mandates")
			return wrong
		}
	}
	return err
}

func (p *Page) done(said string) {
	p.host.Say(kit.Good, said)
	p.Shown()
}

// add opens the sheet on which somebody is put on the roster.
func (p *Page) add() {
	if p.open == nil {
		p.ask(addition, person.Person{}, "", field.Values{})
	}
}

// part parts somebody again who was joined to the open person.
func (p *Page) part(v person.Person) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (person.Person, error) {
		return p.roster.Act(ctx, p.by, v.ID, roster.Order{Do: person.Join})
	}, func(_ person.Person, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.done("已分开，现在是两位。")
	})
}

// group opens the sheet on which the open person, all who are ticked or the chosen one come to a station.
func (p *Page) group() {
	chosen, ok := p.table.Chosen()
	switch {
	case p.role == journal.Station: // its office does
		return
	case p.open != nil:
		p.do(acts[slices.IndexFunc(acts, func(a act) bool { return a.do == person.Group })])
		return
	case len(p.marked) > 0:
	case ok:
		p.marked = append(p.marked, chosen)
		p.redraw()
	default:
		p.host.Say(kit.Plain, "请先选一位，或者用空格给几位打勾，再按 G 编入站点。")
		return
	}
	people := slices.Clone(p.marked)
	a := acts[slices.IndexFunc(acts, func(a act) bool { return a.do == person.Group })]
	var refused []string
	p.form = p.sheets.Open(show.Sheet{Title: fmt.Sprintf("编入站点 %d 位", len(people)), Hint: people[0].Name + map[bool]string{true: " 等"}[len(people) > 1],
		Yes: a.word, Fields: a.fields, Own: p.input, Do: func(ctx context.Context, now, changed field.Values) (first error) {
			refused = nil
			o := a.order(now, changed)
			o.Do = a.do
			for _, v := range people {
				if _, err := p.roster.Act(ctx, p.by, v.ID, o); err != nil {
					if first == nil {
						first = err
					}
					refused = append(refused, v.Name)
				}
			}
			if len(refused) < len(people) {
				return nil
			}
			return first
		}, Done: func() {
			p.marked = nil
			said := fmt.Sprintf("已编入 %d 位。", len(people)-len(refused))
			if len(refused) > 0 {
				said += fmt.Sprintf("%d 位没有编入，请到他的页上看：%s。", len(refused), strings.Join(refused, "、"))
			}
			p.done(said)
		}})
}

// input makes what this page knows more of than the list of fields does: stations, people and the county's fields.
func (p *Page) input(f field.Field, changed func()) (kit.Input, bool) {
	switch f.Code {
	case "stations":
		pick := kit.NewPicker(f.Hint, p.stations)
		return show.Picked(pick, f.Code, func(code string) string { return p.place(code) }, changed), true
	case "with":
		pick := kit.NewPicker(f.Hint, nil)
		pick.Ask = func(typed string, answer func([]kit.Option)) {
			kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]person.Person, error) {
				list, _, err := p.roster.People(ctx, roster.Filter{Query: typed, Limit: 7})
				return list, err
			}, func(list []person.Person, _ error) {
				var found []kit.Option
				for _, v := range list {
					if p.open == nil || v.ID != p.open.ID {
						found = append(found, kit.Option{Code: v.ID, Text: v.Name, Note: strings.Trim(levels(v)+"　"+v.Employer+v.Post, "　")})
					}
				}
				answer(found)
			})
		}
		return show.Picked(pick, f.Code, func(string) string { return "" }, changed), true
	case "fields":
		c := kit.NewChips(true)
		offer := func(has []string) {
			var options []kit.Option
			for _, name := range p.fields {
				options = append(options, kit.Option{Code: name, Text: name})
			}
			for _, name := range has {
				if !slices.Contains(p.fields, name) {
					options = append(options, kit.Option{Code: name, Text: name})
				}
			}
			c.SetOptions(options)
		}
		offer(nil)
		c.OnChanged = changed
		return kit.Input{Object: c, First: c, Get: func() any { return append([]string{}, c.Chosen()...) }, Put: func(v field.Values) {
			offer(v.List(f.Code))
			c.Choose(v.List(f.Code)...)
		}}, true
	}
	return kit.Input{}, false
}
